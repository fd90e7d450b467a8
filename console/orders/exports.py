"""What is exported beside the signed papers: marked copies, and the ledger as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.paper import Book, Cell, in_every_head
from models.orders import COLUMNS, LedgerLine
from rules.clocks import chinese_moment, sheet_due
from rules.paper import SheetColumn
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

NEAR = timedelta(days=1)
"""What is due within it is shaded as near."""


def _local(instant: datetime | None, local: Local) -> datetime | None:
    return local(instant) if instant else None


CELLS: tuple[tuple[float, Callable[[LedgerLine, Local], Cell]], ...] = (
    (22, lambda line, _: line.title),
    (19, lambda line, _: line.ticket),
    (13, lambda line, _: line.contact),
    (14, lambda line, _: line.external_id),
    (11, lambda line, _: line.channel),
    (40, lambda line, _: line.content),
    (40, lambda line, _: line.reply),
    (7, lambda line, _: line.nature),
    (9, lambda line, _: line.rating),
    (20, lambda line, _: line.callback),
    (20, lambda line, _: line.order),
    (17, lambda line, local: _local(line.order_callback_at, local)),
    (17, lambda line, local: _local(line.order_closed_at, local)),
    (40, lambda line, _: line.order_feedback),
    (11, lambda line, _: line.order_rating),
    (20, lambda line, _: line.order_callback),
    (14, lambda line, _: line.cause),
    (14, lambda line, _: line.category),
    (9, lambda line, _: line.result),
    (9, lambda line, _: "是" if line.final else "否"),
    (17, lambda line, local: sheet_due(_local(line.planned_at, local))),
    (9, lambda line, _: line.reclassified),
    (20, lambda line, _: line.unit),
    (10, lambda line, _: line.outcome),
)
"""Width and cell of each of the ledger's ``COLUMNS``."""

DETAILS = ("联系号码", "诉求号码", "不满意回访内容", "督办单短信评价满意度", "督办单回访内容")
"""Columns that are folded away where only the course of an order is looked at."""


def ledger_workbook(
    lines: Sequence[LedgerLine], *, bureau: str, made: datetime, local: Local
) -> bytes:
    """Return the ledger's .xlsx; ``made`` and what ``local`` gives are in the bureau's zone."""
    book = Book("督办台账", bureau, made)
    table = book.table(
        "督办台账",
        f"督办台账（{len(lines)}件）",
        [f"{bureau}　{made:%Y-%m-%d %H:%M}"],
        [
            SheetColumn(title, width, title in DETAILS)
            for title, (width, _) in zip(COLUMNS, CELLS, strict=True)
        ],
        [[cell(line, local) for _, cell in CELLS] for line in lines],
        named=2,
    )
    planned = "计划完成时间（非最终结果填）"
    book.shade_before(table, planned, made, "red")
    book.shade_before(table, planned, made + NEAR, "yellow")
    return book.save()
