"""A bulletin as a .docx: the first page in large type, then the parts, then the annexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.paper import (
    BIAO,
    CENTRE,
    FANG,
    HEI,
    KAI,
    LEFT,
    RIGHT,
    SPREAD,
    TITLE,
    WIDTH,
    OfficialPage,
    Span,
    place_chart,
    rule,
)
from console.ranking.composing import Composed, compose
from console.ranking.passages import NUMERALS, Charts, Grid, Passage, Sentences, Variant
from rules.clocks import chinese_date

if TYPE_CHECKING:
    from models.ranking import EditionView

LARGE, TEXT, SMALL, NOTE = 16.0, 13.0, 10.5, 9.0  # pt: first page 3号, text, 5号, 小5号

LINE, LARGE_LINE, NOTE_LINE = 20.0, 27.0, 13.0  # pt

CHART = (76.0, 40.0)  # mm

SHORT_TABLE = 12
"""Rows up to which a table is not broken over pages."""


def bulletin_page(view: EditionView, variant: Variant) -> bytes:
    """Return the bulletin of an edition for its readers."""
    composed = compose(view, variant)
    page = OfficialPage(composed.title, view.bureau, view.made_at)
    _mast(page, view, composed)
    for n, part in enumerate(composed.parts):
        _heading(page, f"{NUMERALS[n]}、{part.title}")
        _blocks(page, part)
    _close(page, view, composed)
    for n, annex in enumerate(composed.annexes, 1):
        _annex(page, n, annex)
    _notes(page, composed)
    return page.save()


def _mast(page: OfficialPage, view: EditionView, composed: Composed) -> None:
    kind = "周" if view.period.kind == "week" else "月"
    page.paragraph(
        Span(f"群众诉求办理情况{kind}通报", BIAO, 40, red=True, scale=85),
        align=CENTRE,
        line=None,
    )
    page.paragraph(Span(composed.standing, FANG, TEXT), align=CENTRE, before=4, line=LINE)
    made = chinese_date(view.made_at)
    page.paragraph(
        Span(view.bureau, FANG, TEXT),
        Span(f"\t{made}", FANG, TEXT),
        align=LEFT,
        tab=WIDTH,
        line=LINE,
    )
    rule(page.paragraph("", line=6))
    page.paragraph(
        Span(view.period.titled, BIAO, TITLE),
        align=CENTRE,
        line=33,
        before=12,
        after=8,
        together=True,
    )
    for line in composed.lines:
        lead, colon, rest = line.partition("：")
        spans = [Span(lead + colon, HEI, LARGE), Span(rest, KAI, LARGE)] if colon else []
        page.paragraph(*(spans or [Span(line, HEI, LARGE)]), align=LEFT, line=LARGE_LINE)
    rule(page.paragraph("", line=6), red=False, weight=6)


def _heading(page: OfficialPage, text: str) -> None:
    page.paragraph(Span(text, HEI, TEXT), first=2 * TEXT, line=LINE, before=6, together=True)


def _blocks(page: OfficialPage, passage: Passage) -> None:
    for block in passage.blocks:
        if isinstance(block, Sentences):
            lead = [Span(block.lead, KAI, TEXT, bold=True)] if block.lead else []
            page.paragraph(
                *lead, Span(block.text, FANG, TEXT), align=SPREAD, first=2 * TEXT, line=LINE
            )
        elif isinstance(block, Grid):
            _grid(page, block)
        else:
            _charts(page, block)


def _grid(page: OfficialPage, grid: Grid) -> None:
    page.paragraph(
        Span(grid.title, HEI, SMALL), align=CENTRE, line=18, before=4, after=2, together=True
    )
    size = 8.0 if len(grid.head) > 10 else 9.0
    aligns = [LEFT if n in grid.lefts else CENTRE for n in range(len(grid.head))]
    table = page.table(grid.widths, [grid.head, *grid.rows], size=size, aligns=aligns)
    if len(grid.rows) <= SHORT_TABLE:
        _unbroken(table)
    page.paragraph("", line=6)


def _unbroken(table: Any) -> None:
    """Keep the rows of a table on one page."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _charts(page: OfficialPage, block: Charts) -> None:
    paragraph = page.paragraph(align=CENTRE, line=None, before=4)
    for chart in block.charts:
        place_chart(page.document, paragraph, chart, *CHART)


def _close(page: OfficialPage, view: EditionView, composed: Composed) -> None:
    if composed.annexes:
        named = "　".join(f"{n}.{annex.title}" for n, annex in enumerate(composed.annexes, 1))
        page.paragraph(
            Span(f"附件：{named}", FANG, TEXT), align=LEFT, first=2 * TEXT, line=LINE, together=True
        )
    page.paragraph(
        Span(view.bureau, FANG, TEXT), align=RIGHT, right=40, before=12, line=LINE, together=True
    )
    page.paragraph(Span(chinese_date(view.made_at), FANG, TEXT), align=RIGHT, right=54, line=LINE)


def _annex(page: OfficialPage, n: int, annex: Passage) -> None:
    if n == 1:
        page.page_break()
    page.paragraph(
        Span(f"附件{n}　{annex.title}", HEI, TEXT), align=LEFT, line=LINE, before=8, together=True
    )
    _blocks(page, annex)


def _notes(page: OfficialPage, composed: Composed) -> None:
    page.paragraph(Span("说明", HEI, SMALL), align=LEFT, line=18, before=8, together=True)
    for n, note in enumerate(composed.notes, 1):
        page.paragraph(Span(f"{n}.{note}", FANG, NOTE), align=LEFT, first=2 * NOTE, line=NOTE_LINE)
