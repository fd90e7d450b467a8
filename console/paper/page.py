"""A4 pages with the measures of GB/T 9704-2012, on python-docx.

Type area 156 × 225 mm, 22 lines of 28 characters in 3号 (16 pt) 仿宋, a line 28.95 pt high;
numbers in comments are the standard's clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from console.paper.blank import blank_document
from console.paper.frames import AFTER_SHADING, fill, set_in_frame
from console.paper.run_faces import insert_ordered, name_faces
from console.paper.styles import signature_indent
from console.paper.writing import FANG, HEI, SONG, frozen_zip
from rules.text import printable

BODY, TITLE, SMALL, PAGE_NUMBER = 16.0, 22.0, 14.0, 14.0  # 3号 2号 4号 4号

CLOSER = -0.25  # pt between body characters: 28 of 16 pt are wider than the type area

LINE = 28.95  # pt: 225 mm ÷ 22

WIDTH = 156 / 25.4 * 72  # pt of the type area

THICK, THIN = 1.0, 0.75  # pt: the rules of the imprint, 0.35 and 0.25 mm (7.4.1)

HAIR = 0.7  # pt: the lowest line of Word, for a paragraph nobody sees

FOOT = 10.5 / 25.4 * 72  # pt: the room of the page number below the type area

RED = RGBColor(0xE6, 0x00, 0x12)

LEFT, CENTRE, RIGHT, SPREAD = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one face; ``scale`` is the width of its characters in percent.

    ``style`` is the name of a character style: what is set when a template is filled.
    """

    text: str
    face: str = FANG
    size: float = BODY
    red: bool = False
    scale: int = 100
    bold: bool = False
    style: str = ""


class OfficialPage:
    """A document under way; each method adds what its name says at the end."""

    def __init__(self, title: str, author: str, made: datetime) -> None:
        """Begin an empty document whose properties name what, who and when, nothing else."""
        self.document = blank_document(title, author, made)
        self._number_pages(self.document.sections[0])

    def paragraph(
        self,
        *spans: Span | str,
        align: Any = SPREAD,
        first: float = 0.0,
        left: float = 0.0,
        right: float = 0.0,
        before: float = 0.0,
        after: float = 0.0,
        line: float | None = LINE,
        together: bool = False,
        tab: float | None = None,
        style: str = "",
    ) -> Any:
        """Add a paragraph; indents in points, ``line`` exact (``None``: as high as its text).

        ``tab`` is a right-aligned stop, ``together`` keeps it on the page of the next one,
        ``style`` names a paragraph style: what is set when a template is filled.
        """
        self._name_styles(WD_STYLE_TYPE.PARAGRAPH, style)
        self._name_styles(WD_STYLE_TYPE.CHARACTER, *(s.style for s in spans if isinstance(s, Span)))
        paragraph = self.document.add_paragraph(style=style or None)
        shape(paragraph, align, first, left, right, before, after, line)
        paragraph.paragraph_format.keep_with_next = together
        if tab is not None:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(tab), WD_TAB_ALIGNMENT.RIGHT)
        for span in spans:
            write(paragraph, span if isinstance(span, Span) else Span(span))
        return paragraph

    def blank(self, lines: float = 1.0, *, together: bool = False) -> None:
        """Leave white ``lines`` lines of body text."""
        self.paragraph("", line=LINE * lines, together=together)

    def body(self, *spans: Span | str) -> None:
        """Add a paragraph of the text: first line indented by two characters (7.3.3)."""
        self.paragraph(*spans, first=2 * BODY)

    def closing(self, *spans: Span | str) -> None:
        """Add the last paragraph of the text: it stays whole with the signature (7.3.5.5)."""
        paragraph = self.paragraph(*spans, first=2 * BODY, together=True)
        paragraph.paragraph_format.keep_together = True

    def heading(self, text: str) -> None:
        """Add a first-level heading 一、 in 黑体 (7.3.3)."""
        self.paragraph(Span(text, HEI), first=2 * BODY, together=True)

    def signature(self, name: str, day: str) -> None:
        """Add who signs, centred over the date, which ends four characters from the right."""
        right = signature_indent(name, day)
        self.paragraph(name, align=RIGHT, right=right, together=True)
        self.paragraph(day, align=RIGHT, right=4 * BODY)

    def may_break(self, row: Any) -> None:
        """Let a table row go over the end of a page: it holds a long text."""
        for mark in row._tr.trPr.findall(qn("w:cantSplit")):
            row._tr.trPr.remove(mark)

    def page_break(self) -> None:
        """Go on at the top of a new page, numbered on."""
        first = self.document.sections[0]._sectPr
        footers = [deepcopy(one) for one in first.iterchildren(qn("w:footerReference"))]
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for footer in reversed(footers):  # a section dropped from a template takes its own along
            section._sectPr.insert(0, footer)
        shape(self.document.paragraphs[-1], LEFT, 0, 0, 0, 0, 0, HAIR)

    def imprint(self, *lines: Span | float) -> None:
        """Print lines in a frame at the foot of the type area of the page reached (7.4).

        A number is a rule so many points high, ``THICK`` or ``THIN``. Lines added one after the
        other, also by several calls, stand in one frame. A tab leads to the right edge, further
        lines begin below what follows a colon (7.4.2).
        """
        for line in lines:
            if isinstance(line, Span):
                hung = line.size * (line.text.find("：") + 1)
                row = self.paragraph(
                    line,
                    align=LEFT,
                    first=-hung,
                    left=SMALL + hung,
                    right=0 if "\t" in line.text else SMALL,
                    line=line.size * 12 / 7,
                    tab=WIDTH - SMALL,
                )
            else:
                row = self.paragraph("", line=line)
                fill(row)
            set_in_frame(row, WIDTH)

    def end(self) -> None:
        """Add the paragraph that holds the frame of the imprint to its page."""
        self.paragraph("", line=HAIR)

    def table(
        self,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        head: bool = True,
        size: float = 10.5,
        aligns: Sequence[Any] = (),
    ) -> Any:
        """Add a ruled table; ``widths`` in mm, the first row repeats on each page if ``head``."""
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _narrow_cells(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for row in rows[:1] if head else ():
            _add_row(table, [Span(text, HEI, size) for text in row], widths, (), repeat=True)
        body = rows[1:] if head else rows
        if body:
            blank = [Span("x", FANG, size) for _ in widths]
            _repeat_row(table, _add_row(table, blank, widths, aligns, repeat=False), body)
        return table

    def save(self) -> bytes:
        """Return the file's bytes; equal documents give equal bytes."""
        out = BytesIO()
        self.document.save(out)
        return frozen_zip(out.getvalue())

    def _name_styles(self, kind: Any, *names: str) -> None:
        """Have a style of each name, of no look of its own."""
        for name in filter(None, names):
            if name not in self.document.styles:
                self.document.styles.add_style(name, kind)

    def _number_pages(self, section: Any) -> None:
        """Put — 1 — at the foot in 4号 宋体, odd right, even left, one character in (7.5)."""
        for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            footer._element.attrib.clear()
            paragraph = footer.paragraphs[0]
            left, right = (PAGE_NUMBER, 0.0) if align == LEFT else (0.0, PAGE_NUMBER)
            shape(paragraph, align, 0, left, right, FOOT - BODY, 0, BODY)
            write(paragraph, Span("— ", SONG, PAGE_NUMBER))
            _page_field(paragraph)
            write(paragraph, Span(" —", SONG, PAGE_NUMBER))


def shape(
    paragraph: Any,
    align: Any,
    first: float,
    left: float,
    right: float,
    before: float,
    after: float,
    line: float | None,
) -> None:
    """Set a paragraph's alignment, indents and spacing, all in points."""
    form = paragraph.paragraph_format
    form.alignment = align
    form.first_line_indent, form.left_indent, form.right_indent = Pt(first), Pt(left), Pt(right)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = Pt(line) if line is not None else 1.0
    form.widow_control = False


def write(paragraph: Any, span: Span) -> None:
    """Add a span to a paragraph, its Chinese and its Latin face both named."""
    # a tab is the page's own: it leads to the next stop
    run = paragraph.add_run("\t".join(map(printable, span.text.split("\t"))))
    if span.style:
        run.style = span.style
    run.font.size = Pt(span.size)
    run.font.bold = span.bold
    if span.red:
        run.font.color.rgb = RED
    properties = run._r.get_or_add_rPr()
    name_faces(properties, span.face)
    if span.size == BODY:
        insert_ordered(properties, "w:spacing", CLOSER * 20)
    if span.scale != 100:
        insert_ordered(properties, "w:w", span.scale)


def fill_cell(cell: Any, spans: Sequence[Span], align: Any, width: Any = None) -> None:
    """Write into a table cell, vertically centred, close-set; an empty one is as high as a line."""
    if width is not None:
        cell.width = width
    cell.vertical_alignment = 1
    paragraph = cell.paragraphs[0]
    size = max((span.size for span in spans), default=BODY)
    shape(paragraph, align, 0, 0, 0, 2, 2, round(size * 1.3))
    for span in spans:
        write(paragraph, span)


def rule(
    paragraph: Any, *, side: str = "bottom", red: bool = True, weight: int = 10, space: int = 6
) -> None:
    """Draw a line as wide as the type area; ``weight`` in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single"),
        ("sz", str(weight)),
        ("space", str(space)),
        ("color", "E60012" if red else "000000"),
    ):
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", *AFTER_SHADING)


def _page_field(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(PAGE_NUMBER)
        name_faces(run._r.get_or_add_rPr(), SONG)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _add_row(
    table: Any,
    cells: Sequence[Span],
    widths: Sequence[float],
    aligns: Sequence[Any],
    *,
    repeat: bool,
) -> Any:
    """Add a row that is not broken over pages and may repeat on each; return its element."""
    row = table.add_row()
    _unsplit(row._tr, repeat=repeat)
    for n, (cell, span) in enumerate(zip(row.cells, cells, strict=True)):
        fill_cell(cell, [span], aligns[n] if n < len(aligns) else CENTRE, Mm(widths[n]))
    return row._tr


def _repeat_row(table: Any, form: Any, rows: Sequence[Sequence[str]]) -> None:
    """Put rows that look like ``form`` in its place; copied, since cells come in thousands."""
    for row in rows:
        made = deepcopy(form)
        for node, text in zip(made.iter(qn("w:t")), row, strict=True):
            node.text = printable(text)
            node.set(qn("xml:space"), "preserve")
        form.addprevious(made)
    table._tbl.remove(form)


def _unsplit(row: Any, *, repeat: bool) -> None:
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _narrow_cells(table: Any) -> None:
    """Leave one millimetre, not two, beside the text of each cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "57")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
