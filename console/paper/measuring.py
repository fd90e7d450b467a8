"""What a filled paper holds that its lines have no room for, as far as its file alone tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from console.paper.styles import MARK

TWIPS = 20  # to a point

LEAST = 22.0  # pt: a mark no larger than the title is none

SLACK = 4.0  # pt

ONE_WORD = 7.0  # pt: half a character of the least that is read on paper


def overflows(paper: bytes) -> Iterator[str]:
    """Yield, in Chinese, every place where text is wider or higher than it may be."""
    document = Document(BytesIO(paper))
    room = _room(document)
    for table in document.element.body.iter(qn("w:tbl")):
        widths = [int(one.get(qn("w:w"), "0")) for one in table.iter(qn("w:gridCol"))]
        if sum(widths) / TWIPS > room + SLACK:
            yield f"表格宽{_mm(sum(widths) / TWIPS)}，版心只有{_mm(room)}"
        yield from _narrow_cells(table)
    for paragraph in document.paragraphs:
        yield from _lines(paragraph, room)


def _room(document: Any) -> float:
    """Return the width of the type area in points."""
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return float(width) / 12700


def _lines(paragraph: Any, room: float) -> Iterator[str]:
    """Yield a mark too long at its least, and a centred line of a title that breaks again."""
    mark = "".join(run.text for run in paragraph.runs if _is_mark(run))
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size is not None]
    if mark and min(sizes, default=LEAST) < LEAST:
        yield f"发文机关标志“{mark[:10]}..”要排成一行，字号只有{min(sizes):.0f}磅"
    elif sizes and min(sizes) > 20 and "\n" not in paragraph.text:
        width = sum(_width(sign) for sign in paragraph.text) * max(sizes)
        if width > room + SLACK:
            yield f"标题行“{paragraph.text[:10]}..”超过一行"


def _is_mark(run: Any) -> bool:
    shape = run._r.rPr
    return shape is not None and shape.rStyle is not None and run.style.name == MARK


def _narrow_cells(table: Any) -> Iterator[str]:
    """Yield the words that no break divides and that are wider than their cell."""
    for cell in table.iter(qn("w:tc")):
        width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        if width is None or width.get(qn("w:type")) != "dxa":
            continue
        room = int(width.get(qn("w:w"))) / TWIPS
        text = "".join(one.text or "" for one in cell.iter(qn("w:t")))
        word = max(_unbroken(text), key=len, default="")
        if len(word) * ONE_WORD / 2 > room:
            yield f"单元格宽{_mm(room)}，放不下“{word[:12]}..”"


def _unbroken(text: str) -> list[str]:
    """Return the runs of a text that an office program does not divide."""
    return ["".join(run) for wide, run in groupby(text, _divides) if not wide]


def _divides(sign: str) -> bool:
    return sign.isspace() or sign in "-/" or _width(sign) == 1


def _width(sign: str) -> float:
    """Return the width of a character in characters of its size."""
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def _mm(points: float) -> str:
    return f"{points / 72 * 25.4:.0f}毫米"
