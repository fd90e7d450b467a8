"""The workbook of an edition: all columns of every group, and what the terms mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from console.paper import Book, Cell, Drawing, Table, bars, courses
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

MOST_DRAWN = 30
"""Bars that a page holds."""

BARS = ("不满意件", "逾期办结", "结转逾期未结")
"""Counts whose size is seen at a glance."""


def ranking_workbook(view: EditionView) -> bytes:
    """Return the .xlsx of an edition: counts as numbers, rates as percentages."""
    book = Book(heading(view), view.bureau, view.made_at)
    if len(view.groups) > 1:
        _sheet(book, view, "全部单位", view.rows, with_group=True)
    drawn: list[tuple[Any, int]] = []
    for group, table in view.groups.items():
        lines = _sheet(book, view, group_name(group), table)
        drawn += _charts(book, lines, group_name(group), table)
    drawn += _trend(book, view)
    if drawn:
        book.drawings("图", f"{heading(view)}：群众满意率（按位次）和走势", drawn)
    book.prose("指标说明", f"{heading(view)}：指标说明", footnotes(view))
    return book.save()


def _sheet(
    book: Book,
    view: EditionView,
    name: str,
    table: Sequence[Standing],
    *,
    with_group: bool = False,
) -> Table:
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
    return lines


def _trend(book: Book, view: EditionView) -> list[tuple[Any, int]]:
    """Add what came in and was closed in the last periods, where there are several; draw it."""
    periods = view.bulletin.trend if view.bulletin is not None else ()
    if len(periods) < 2:
        return []
    columns = (SheetColumn("统计期", 20), SheetColumn("受理", 14), SheetColumn("办结", 14))
    title = f"各期受理、办结（至{view.period.label}）"
    lines = book.table("走势", title, (), columns, periods, named=1)
    return [courses(book, lines, Drawing("各期受理、办结", "统计期", ("受理", "办结")))]


def _charts(
    book: Book, lines: Table, name: str, table: Sequence[Standing]
) -> list[tuple[Any, int]]:
    """Return the rates of those that have a grade, in the order of their places."""
    counted = sum(1 for standing in table if standing.grade)
    share = -(-counted // -(-counted // MOST_DRAWN)) if counted else 1
    parts = [range(n, min(n + share, counted)) for n in range(0, counted, share)]
    told = [f"（{n}/{len(parts)}）" if len(parts) > 1 else "" for n in range(1, len(parts) + 1)]
    return [
        bars(
            book,
            lines,
            Drawing(f"{name}{part}", "单位", ("群众满意率",), rows, form="0.0%", most=1),
        )
        for part, rows in zip(told, parts, strict=True)
    ]


def _line(standing: Standing, *, with_group: bool) -> list[Cell]:
    lead: list[Cell] = [group_name(standing.group)] if with_group else []
    return [*lead, *(column.cell(standing) for column in INDICATORS)]
