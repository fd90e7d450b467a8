"""What is exported beside the signed papers: marked copies, and the ledger as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from console.paper import Book, in_every_head
from models.orders import COLUMNS, LedgerLine
from rules.clocks import chinese_moment
from rules.text import file_name

if TYPE_CHECKING:
    from models.orders import CopyMark


def marked_copy(content: bytes, mark: CopyMark) -> bytes:
    """Return the .docx with serial, exporter and time in the head of every page."""
    told = f"副本第{mark.serial}号　导出人：{mark.exporter}　{chinese_moment(mark.at)}"
    return in_every_head(content, told)


def paper_name(name: str) -> str:
    """Return the name of a paper as a file has it: the code in a number may hold any sign."""
    return file_name(name.removesuffix(".docx"), ".docx")


Local = Callable[[datetime], datetime]


def _moment(instant: datetime | None, local: Local) -> str:
    return f"{local(instant):%Y-%m-%d %H:%M}" if instant else ""


CELLS: tuple[tuple[float, Callable[[LedgerLine, Local], str]], ...] = (
    (24, lambda line, _: line.title),
    (18, lambda line, _: line.ticket),
    (14, lambda line, _: line.contact),
    (16, lambda line, _: line.external_id),
    (12, lambda line, _: line.channel),
    (40, lambda line, _: line.content),
    (40, lambda line, _: line.reply),
    (10, lambda line, _: line.nature),
    (12, lambda line, _: line.rating),
    (24, lambda line, _: line.callback),
    (20, lambda line, _: line.order),
    (16, lambda line, local: _moment(line.order_callback_at, local)),
    (16, lambda line, local: _moment(line.order_closed_at, local)),
    (40, lambda line, _: line.order_feedback),
    (14, lambda line, _: line.order_rating),
    (24, lambda line, _: line.order_callback),
    (16, lambda line, _: line.cause),
    (18, lambda line, _: line.category),
    (12, lambda line, _: line.result),
    (12, lambda line, _: "是" if line.final else "否"),
    (16, lambda line, local: _moment(line.planned_at, local)),
    (12, lambda line, _: line.reclassified),
    (24, lambda line, _: line.unit),
    (12, lambda line, _: line.outcome),
)
"""Width and cell of each of the ledger's ``COLUMNS``."""


def ledger_workbook(
    lines: Sequence[LedgerLine], *, bureau: str, made: datetime, local: Local
) -> bytes:
    """Return the ledger's .xlsx; ``made`` and what ``local`` gives are in the bureau's zone."""
    book = Book("督办台账", bureau, made)
    sheet = book.sheet("督办台账", [width for width, _ in CELLS])
    sheet.merge_range(0, 0, 0, 10, f"督办台账（{len(lines)}件）", book.title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, f"{bureau}　{made:%Y-%m-%d %H:%M}")
    for at, title in enumerate(COLUMNS):
        sheet.write_string(2, at, title, book.head)
    sheet.set_row(2, 32)
    for row, line in enumerate(lines, 3):
        for at, (_, cell) in enumerate(CELLS):
            book.put(sheet, row, at, cell(line, local))
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, 2 + max(1, len(lines)), len(COLUMNS) - 1)
    sheet.repeat_rows(2)
    return book.save()
