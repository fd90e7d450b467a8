"""发文稿纸: the page on which a draft is approved, and the whole text that will be issued."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Mm
from docx.table import Table

from console.frame import exports_dir
from console.orders.exports import paper_name
from console.orders.preview import preview
from console.paper import (
    BIAO,
    CENTRE,
    FANG,
    HEI,
    KAI,
    LEFT,
    LINE,
    RIGHT,
    TITLE,
    OfficialPage,
    Span,
    fill_cell,
    in_every_head,
    shape,
    write,
)
from console.widgets import Writing
from models import orders
from rules.clocks import chinese_date, chinese_moment
from seed.putting import one_paper

if TYPE_CHECKING:
    from console.frame import FullScreen
    from models.orders import OrderView, Sheet, SheetForm
    from models.store import Store

WIDTHS = (24, 28, 24, 28, 24, 28)

SIGNED_HERE = "年　　月　　日　"

SHORT = 16  # hexadecimal digits of the digest that a person compares


def sheet_paper(sheet: Sheet, issued: bytes) -> bytes:
    """Return the sheet of a draft; ``issued`` is the .docx it would be issued as."""
    draft = sheet.draft
    page = OfficialPage(f"发文稿纸 {draft.name}", sheet.bureau, sheet.printed_at)
    page.paragraph(Span(sheet.bureau, BIAO, TITLE, red=True), align=CENTRE, line=35)
    page.paragraph(Span("发　文　稿　纸", BIAO, TITLE, red=True), align=CENTRE, line=35, after=6)
    _form(page, sheet)
    told = (
        f"本稿纸随附拟发全文。签发后编号印制；批准前改动文字的，须重新打印送批。"
        f"核验码 {draft.digest[:SHORT]}，{chinese_moment(sheet.printed_at)}"
        f"由{sheet.printed_by}打印。"
    )
    page.paragraph(Span(told, KAI, 10.5), before=6, line=18)
    page.page_break()
    page.paragraph(Span("拟发全文", HEI), align=LEFT)
    _text(page, issued)
    head = f"{draft.noun}送批稿　第{draft.version}版　核验码 {draft.digest[:SHORT]}"
    return in_every_head(page.save(), head)


def write_sheet(store: Store, order: OrderView, form: SheetForm, folder: Path) -> Path:
    """Write the sheet of a draft into a folder; it appears once it is on record."""
    issued = preview(store, order.id).paper
    return one_paper(
        folder,
        lambda keep: orders.circulate(
            store,
            order,
            form,
            lambda sheet: sheet_paper(sheet, issued),
            lambda name, content: keep(paper_name(name), content),
        ),
    )


def ask_sheet(screen: FullScreen, order: OrderView) -> None:
    """Ask for the 拟办意见, then print the sheet of a draft."""
    if order.status != "draft":
        screen.told(f"{order.name} {order.label}，不是草稿：发文稿纸只为草稿打印", warning=True)
        return
    folder = exports_dir() / "发文稿纸"

    def print_it(opinion: str) -> None:
        form = orders.SheetForm(opinion=opinion)
        screen.work(lambda session: f"已打印 {write_sheet(session.store, order, form, folder)}")

    asking = Writing(f"发文稿纸 {order.name}", "拟办意见，可不填", optional=True)
    screen.ask(asking, print_it)


def _form(page: OfficialPage, sheet: Sheet) -> None:
    draft, form = sheet.draft, sheet.form
    heights = (10, 28, 28, 14, 12, 12, 10, 40, 10)
    grid = page.table(WIDTHS, [[""] * 6] * len(heights), head=False, size=12)
    rows = [row.cells for row in grid.rows]
    for row, height in zip(grid.rows, heights, strict=True):
        row.height = Mm(height)
    for cells, texts in (
        (rows[0], ("缓急", form.urgency, "密级", form.secrecy, "份数", form.copies)),
        (rows[8], ("文种", draft.noun, "稿件", f"{draft.name}", "版本", f"第{draft.version}版")),
    ):
        for n, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            _fill(cell, text, label=n % 2 == 0)
    drafted = f"{draft.drafter}\n{chinese_date(sheet.drafted_at)}"
    _pair(rows[1], "签发", SIGNED_HERE, "会签", SIGNED_HERE)
    _pair(rows[2], "核稿", SIGNED_HERE, "拟稿", drafted)
    for cells, label, text in (
        (rows[3], "标题", draft.title),
        (rows[4], "主送", draft.recipient),
        (rows[5], "抄送", draft.copied_to),
        (rows[6], "附件", "见拟发全文"),
        (rows[7], "拟办意见", form.opinion),
    ):
        _fill(cells[0], label, label=True)
        _fill(_merged(cells[1], cells[5]), text)


def _pair(cells: tuple[Any, ...], *texts: str) -> None:
    first, one, second, other = texts
    _fill(cells[0], first, label=True)
    _fill(_merged(cells[1], cells[2]), one, low=one == SIGNED_HERE)
    _fill(cells[3], second, label=True)
    _fill(_merged(cells[4], cells[5]), other, low=other == SIGNED_HERE)


def _merged(first: Any, last: Any) -> Any:
    cell = first.merge(last)
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    return cell


def _fill(cell: Any, text: str, *, label: bool = False, low: bool = False) -> None:
    lines = text.splitlines() or [""]
    align = CENTRE if label else RIGHT if low else LEFT
    fill_cell(cell, [Span(lines[0], HEI if label else FANG, 12)], align)
    for line in lines[1:]:
        paragraph = cell.add_paragraph()
        shape(paragraph, LEFT, 0, 0, 0, 2, 2, None)
        write(paragraph, Span(line, FANG, 12))
    if low:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def _text(page: OfficialPage, issued: bytes) -> None:
    """Print what would be issued, paragraph by paragraph, its tables as tables."""
    for block in _blocks(issued):
        if isinstance(block, Table):
            _table(page, block)
        elif block.text.strip():
            shape_of = block.paragraph_format
            page.paragraph(
                block.text.replace("\t", "　　"),
                align=block.alignment,
                first=0 if block.alignment in (CENTRE, RIGHT) else _points(shape_of),
                line=LINE,
            )


def _blocks(issued: bytes) -> Iterator[Any]:
    yield from Document(BytesIO(issued)).iter_inner_content()


def _table(page: OfficialPage, table: Table) -> None:
    widths = [156 / len(table.columns)] * len(table.columns)
    rows = [_told_once(row) for row in table.rows]
    page.table(widths, rows, head=False, size=9)


def _told_once(row: Any) -> list[str]:
    """Return the texts of a row; a cell over several columns is told in its first."""
    seen: set[Any] = set()
    told = []
    for cell in row.cells:
        told.append("" if cell._tc in seen else cell.text)
        seen.add(cell._tc)
    return told


def _points(shape_of: Any) -> float:
    indent = shape_of.first_line_indent
    return float(indent.pt) if indent is not None else 0.0
