"""The workbook of an edition: all columns of every group, and what the terms mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from console.paper import Book
from console.ranking.standings import (
    INDICATORS,
    PRINTED,
    footnotes,
    group_name,
    heading,
    standing_of,
)

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Standing


def ranking_workbook(view: EditionView) -> bytes:
    """Return the .xlsx of an edition: counts as numbers, rates as percentages."""
    made = view.made_at
    book = Book(heading(view), view.bureau, made)
    if len(view.groups) > 1:
        _sheet(book, view, "全部单位", view.rows, with_group=True)
    for group, table in view.groups.items():
        _sheet(book, view, group_name(group), table)
    _notes(book, view)
    return book.save()


def _sheet(
    book: Book,
    view: EditionView,
    name: str,
    table: Sequence[Standing],
    *,
    with_group: bool = False,
) -> None:
    lead = [12.0] if with_group else []
    sheet = book.sheet(name, [*lead, *(float(c.width) for c in INDICATORS)])
    titles = [*(["组别"] if with_group else []), *(c.title for c in INDICATORS)]
    sheet.merge_range(0, 0, 0, 12, f"{heading(view)}（{name}）", book.title)
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, f"{view.bureau}　{standing_of(view)}")
    for at, title in enumerate(titles):
        sheet.write_string(2, at, title, book.head)
    sheet.set_row(2, 30)
    for row, standing in enumerate(table, 3):
        _line(book, sheet, row, standing, with_group=with_group)
    sheet.freeze_panes(3, len(lead) + 3)
    sheet.autofilter(2, 0, 2 + max(1, len(table)), len(titles) - 1)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, 2 + len(table), len(lead) + PRINTED - 1)


def _line(book: Book, sheet: Any, row: int, standing: Standing, *, with_group: bool) -> None:
    lead = [group_name(standing.group)] if with_group else []
    for at, cell in enumerate([*lead, *(column.cell(standing) for column in INDICATORS)]):
        book.put(sheet, row, at, cell)


def _notes(book: Book, view: EditionView) -> None:
    sheet = book.sheet("指标说明", [110.0], landscape=False)
    for row, note in enumerate(footnotes(view)):
        sheet.write_string(row, 0, note, book.note)
