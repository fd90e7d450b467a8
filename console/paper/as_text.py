"""An official .docx read back as lines, so that the screen shows the very paper that prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from rich.cells import cell_len

from console.frame import wrap
from console.paper.page import BODY, RED
from console.paper.writing import HEI

CLOSING = "，。、；：！？）》”"

HUNG = 2
"""Cells at a line's end for a sign that closes what stands before it."""

ALIGNED = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the paper as a screen shows it; ``rule`` is a drawn line, red or not."""

    text: str = ""
    align: str = "left"
    red: bool = False
    heavy: bool = False
    rule: bool = False


def lines_of(content: bytes, width: int) -> list[PaperLine]:
    """Return a document's text folded to ``width`` cells, its rules, reds and alignment kept."""
    document = Document(BytesIO(content))
    lines: list[PaperLine] = []
    for block in document.iter_inner_content():
        found = _table(block, width) if isinstance(block, Table) else _paragraph(block, width)
        lines.extend(found)
    return list(_without_white(lines))


def _paragraph(paragraph: Paragraph, width: int) -> Iterator[PaperLine]:
    if paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:shd")) is not None:
        yield PaperLine(rule=True)
        return
    above, below = (_ruled(paragraph, side) for side in ("top", "bottom"))
    red = any(run.font.color.rgb == RED for run in paragraph.runs)
    heavy = any(run.font.name == HEI for run in paragraph.runs)
    if above:
        yield PaperLine(rule=True)
    text = _indent(paragraph) + (paragraph.text.rstrip() or _drawn(paragraph))
    before, tab, after = text.partition("\t")
    if tab:
        gap = max(2, width - HUNG - cell_len(before) - cell_len(after))
        text = before + " " * gap + after
    align = ALIGNED.get(paragraph.alignment, "left")  # type: ignore[arg-type]  # None: left
    for line in _folded(text, width):
        yield PaperLine(line, align, red, heavy)
    if below:
        yield PaperLine(rule=True, red=below == "red")


def _drawn(paragraph: Paragraph) -> str:
    """Return what a drawing says of itself, "" where none stands there."""
    found = paragraph._p.xpath(".//wp:docPr/@descr")
    return f"〔图〕{found[0]}" if found else ""


def _indent(paragraph: Paragraph) -> str:
    """Return the characters by which a paragraph stands in from the left."""
    shape = paragraph.paragraph_format
    if paragraph.alignment in ALIGNED or "\t" in paragraph.text:
        return ""
    room = (shape.first_line_indent or 0) + (shape.left_indent or 0)
    return "　" * round(room / Pt(BODY) - 0.1)


def _folded(text: str, width: int) -> list[str]:
    """Fold text so that no line begins with a sign that closes what stands before it."""
    lines: list[str] = []
    for line in wrap(text, width - HUNG):
        if lines and line[:1] in CLOSING:
            lines[-1] += line[0]
            line = line[1:]
        if line or not lines:
            lines.append(line)
    return lines


def _ruled(paragraph: Paragraph, side: str) -> str | None:
    """Return ``red`` or ``black`` where a rule is drawn on that side of a paragraph."""
    properties: Any = paragraph._p.pPr
    found = properties.xpath(f"w:pBdr/w:{side}") if properties is not None else []
    if not found:
        return None
    return "red" if str(RED) in found[0].values() else "black"


def _table(table: Table, width: int) -> Iterator[PaperLine]:
    yield PaperLine(rule=True)
    for number, row in enumerate(table.rows):
        cells = list(dict.fromkeys(cell.text.replace("\n", "") for cell in row.cells))
        for line in wrap(" │ ".join(cells), width):
            yield PaperLine(line, heavy=number == 0)
    yield PaperLine(rule=True)


def _without_white(lines: list[PaperLine]) -> Iterator[PaperLine]:
    """Keep one blank line where the page leaves several."""
    blank = True
    for line in lines:
        empty = not line.rule and not line.text.strip()
        if not (empty and blank):
            yield line
        blank = empty
