"""一格一码 to be printed: a card for each cell of a community, six on an A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.shared import Mm

from console.paper import CENTRE, FANG, HEI, OfficialPage, Span, shape, write

if TYPE_CHECKING:
    from models.grid import CellCode

ACROSS, WIDE, HIGH = 2, 78, 73
"""Cards across, and how large one is, in millimetres."""

SIDE = 42
"""Millimetres of a code's side."""

URGENT = "警情、火情、急救请拨 110、119、120，不在这里报"


def code_sheet(
    community: str, cells: Sequence[CellCode], address: str, bureau: str, made: datetime
) -> bytes:
    """Return the .docx; ``address`` holds one ``{token}``, ``made`` is in the bureau's zone."""
    page = OfficialPage(f"{community}一格一码", bureau, made)
    rows = (len(cells) + ACROSS - 1) // ACROSS
    table = page.document.add_table(rows=rows, cols=ACROSS)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for row in table.rows:
        row.height, row.height_rule = Mm(HIGH), WD_ROW_HEIGHT_RULE.EXACTLY
        for place in row.cells:
            place.width = Mm(WIDE)
    for n, cell in enumerate(cells):
        _card(table.cell(n // ACROSS, n % ACROSS), community, cell, address, bureau)
    return page.save()


def _card(place: Any, community: str, cell: CellCode, address: str, bureau: str) -> None:
    _line(place.paragraphs[0], f"{community} {cell.name}", HEI, 14)
    picture = place.add_paragraph()
    shape(picture, CENTRE, 0, 0, 0, 0, 0, None)
    picture.add_run().add_picture(_drawn(address.replace("{token}", cell.token)), width=Mm(SIDE))
    _line(place.add_paragraph(), cell.code, FANG, 10.5)
    _line(place.add_paragraph(), "微信扫一扫　我要说事 · 我要参与", HEI, 10.5)
    _line(place.add_paragraph(), bureau, FANG, 7.5)
    _line(place.add_paragraph(), URGENT, FANG, 7.5)


def _line(paragraph: Any, text: str, face: str, size: float) -> None:
    shape(paragraph, CENTRE, 0, 0, 0, 1, 1, None)
    write(paragraph, Span(text, face, size))


def _drawn(held: str) -> BytesIO:
    """Return a code as a picture; a quarter of it may be dirty and it is read all the same."""
    picture = BytesIO()
    segno.make(held, error="q", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    return picture
