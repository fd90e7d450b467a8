"""办结时限核算单 as an annex of an order: why each deadline it holds a unit to fell when it did."""

from __future__ import annotations

from collections.abc import Sequence

from console.documents.faces import BIAO, HEI, KAI
from console.documents.page import CENTRE, LEFT, TITLE, OfficialPage, Span
from models.clocks import StoredDerivation

TITLE_WORDS = "办结时限核算单"


MOST = 10
"""Receipts printed at most; of a longer order the rest may be had from the bureau."""


WIDTHS = (36, 52, 68)


def receipt_annex(page: OfficialPage, label: str, receipts: Sequence[StoredDerivation]) -> None:
    """Print one table an appeal: the days that counted, what paused and extended it, the sum."""
    page.paragraph(Span(label, HEI), align=LEFT)
    page.blank()
    page.paragraph(Span(TITLE_WORDS, BIAO, TITLE), align=CENTRE, line=35)
    for stored in receipts[:MOST]:
        told = f"工单 {stored.number}" + (f"（第{stored.round}轮）" if stored.round > 1 else "")
        page.paragraph(Span(told, KAI, 12), align=LEFT, before=8, after=4, line=22, together=True)
        rows = [(row.label, row.name, row.detail) for row in stored.receipt.rows]
        page.table(WIDTHS, rows, head=False, size=9, aligns=(CENTRE, LEFT, LEFT))
    if len(receipts) > MOST:
        rest = f"其余{len(receipts) - MOST}件的核算单存本部备查。"
        page.paragraph(Span(rest, KAI, 12), align=LEFT, before=8, line=22)
