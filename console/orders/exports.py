"""What is exported beside the signed papers: marked copies, and the ledger as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from docx import Document

from console.paper import HEI, RIGHT, Book, Span, chinese_moment, frozen_zip, shape, write
from models.orders import COLUMNS, CopyMark, LedgerLine


def marked_copy(content: bytes, mark: CopyMark) -> bytes:
    """Return the .docx with serial, exporter and time in the head of every page."""
    document = Document(BytesIO(content))
    told = f"副本第{mark.serial}号　导出人：{mark.exporter}　{chinese_moment(mark.at)}"
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        shape(paragraph, RIGHT, 0, 0, 0, 0, 0, None)
        write(paragraph, Span(told, HEI, 9, red=True))
    out = BytesIO()
    document.save(out)
    return frozen_zip(out.getvalue())


WIDTHS = (
    24,
    18,
    14,
    16,
    12,
    40,
    40,
    10,
    12,
    24,
    20,
    16,
    16,
    40,
    14,
    24,
    16,
    18,
    12,
    12,
    16,
    12,
    24,
    12,
)


def ledger_workbook(
    lines: Sequence[LedgerLine],
    *,
    bureau: str,
    made: datetime,
    local: Callable[[datetime], datetime],
) -> bytes:
    """Return the ledger's .xlsx; ``made`` and what ``local`` gives are in the bureau's zone."""
    book = Book("督办台账", bureau, made)
    sheet = book.sheet("督办台账", [float(width) for width in WIDTHS])
    sheet.merge_range(0, 0, 0, 10, f"督办台账（{len(lines)}件）", book.title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, f"{bureau}　{made:%Y-%m-%d %H:%M}")
    for at, title in enumerate(COLUMNS):
        sheet.write_string(2, at, title, book.head)
    sheet.set_row(2, 32)
    for row, line in enumerate(lines, 3):
        for at, cell in enumerate(_cells(line, local)):
            book.put(sheet, row, at, cell)
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, 2 + max(1, len(lines)), len(COLUMNS) - 1)
    sheet.repeat_rows(2)
    return book.save()


def _cells(line: LedgerLine, local: Callable[[datetime], datetime]) -> list[str]:
    def moment(instant: datetime | None) -> str:
        return f"{local(instant):%Y-%m-%d %H:%M}" if instant else ""

    return [
        line.title,
        line.ticket,
        line.contact,
        line.external_id,
        line.channel,
        line.content,
        line.reply,
        line.nature,
        line.rating,
        line.callback,
        line.order,
        moment(line.order_callback_at),
        moment(line.order_closed_at),
        line.order_feedback,
        line.order_rating,
        line.order_callback,
        line.cause,
        line.category,
        line.result,
        "是" if line.final else "否",
        moment(line.planned_at),
        line.reclassified,
        line.unit,
        line.outcome,
    ]
