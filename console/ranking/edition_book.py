"""The workbook of an edition: all columns of every group, and what the terms mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.paper import Book, Cell
from console.ranking.standings import (
    INDICATORS,
    PRINTED,
    footnotes,
    group_name,
    heading,
    standing_of,
)
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Standing

GROUP = SheetColumn("组别", 9)

COLUMNS = tuple(
    SheetColumn(column.title, column.width, detail=at >= PRINTED)
    for at, column in enumerate(INDICATORS)
)

BARS = ("不满意件", "逾期办结", "结转逾期未结")
"""Counts whose size is seen at a glance."""


def ranking_workbook(view: EditionView) -> bytes:
    """Return the .xlsx of an edition: counts as numbers, rates as percentages."""
    book = Book(heading(view), view.bureau, view.made_at)
    if len(view.groups) > 1:
        _sheet(book, view, "全部单位", view.rows, with_group=True)
    for group, table in view.groups.items():
        _sheet(book, view, group_name(group), table)
    book.prose("指标说明", f"{heading(view)}：指标说明", footnotes(view))
    return book.save()


def _sheet(
    book: Book,
    view: EditionView,
    name: str,
    table: Sequence[Standing],
    *,
    with_group: bool = False,
) -> None:
    lead = [GROUP] if with_group else []
    lines = book.table(
        name,
        f"{heading(view)}（{name}）",
        [f"{view.bureau}　{standing_of(view)}"],
        [*lead, *COLUMNS],
        [_line(standing, with_group=with_group) for standing in table],
        named=len(lead) + 3,
        printed=len(lead) + PRINTED,
    )
    book.shade_words(lines, "等次", {"不合格": "red"}, also=("单位", "群众满意率"))
    for title in BARS:
        book.bars(lines, title)


def _line(standing: Standing, *, with_group: bool) -> list[Cell]:
    lead: list[Cell] = [group_name(standing.group)] if with_group else []
    return [*lead, *(column.cell(standing) for column in INDICATORS)]
