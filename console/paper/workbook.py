"""Workbooks that look alike: tables that print legibly, text that stays text, equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range

from console.paper.faces import HEADING_SIZE, Faces
from console.paper.writing import frozen_zip
from rules.errors import DubanError
from rules.paper import (
    FACE_SIZE,
    MOST_LINES,
    MOST_ROWS,
    Printing,
    SheetColumn,
    day_number,
    folded,
    holdable,
    lines_in,
    pixels,
    printing,
    row_height,
    sheet_name,
)
from rules.text import printable
from seed.sheets import new_book, print_legibly

RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Signs at the beginning of a text that is marked as text, so that editing it makes no formula."""

PROSE = 110.0
"""Width of a sheet of paragraphs."""

WIDEST = 120.0
"""Width to which a column of long texts grows: it is still one page wide on A4."""

PAGE = 610
"""Pixels of charts that a page holds."""

TOO_TALL = "有{}格的文字比一行所能显示的高，打印不全；全文在格子里。"

Cell = str | int | Fraction | date | datetime | None
"""What a cell holds; a moment is the bureau's, with or without its zone."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it lies on its sheet: the rows of its head, its first and its last line.

    Rows and columns count from 0; ``last`` is the head's row where there are no lines.
    """

    sheet: Any
    titles: tuple[str, ...]
    head: int
    last: int
    printed: Printing

    @property
    def first(self) -> int:
        """Return the row of the first line."""
        return self.head + 1

    def at(self, title: str) -> int:
        """Return the place of a column."""
        return self.titles.index(title)


class Book:
    """A workbook under way; every text cell is written as text and can never be a formula."""

    def __init__(self, title: str, author: str, made: datetime, beside: Path | None = None) -> None:
        """Begin an empty workbook whose properties name what, who and when, nothing else.

        With ``beside``, a private folder, it may hold a long list: its rows wait there and are
        written one after the other, each once.
        """
        self._out = BytesIO()
        self.workbook = new_book(self._out, beside)
        self._author, self._names = printable(author), list[str]()
        self._long = beside is not None  # the grid rules its cells
        stamp = made.replace(tzinfo=None, microsecond=0)
        self.workbook.set_properties(
            {"title": printable(title), "author": printable(author), "created": stamp}
        )
        self.faces = Faces.of(self.workbook, ruled=not self._long)

    def table(
        self,
        name: str,
        title: str,
        notes: Sequence[str],
        columns: Sequence[SheetColumn],
        rows: Iterable[Sequence[Cell]],
        *,
        named: int = 0,
        printed: int | None = None,
        filtered: bool = True,
        bottom: float = 0,
    ) -> Table:
        """Add a sheet: title, notes, one heading row that stays in sight and on every page, lines.

        The first ``named`` columns stay in sight and begin every page; the first ``printed`` are
        printed, all where that is not said. Lines are at least ``bottom`` points high. Raises
        ``DubanError`` for more lines than a sheet has.
        """
        widths = [column.width for column in columns]
        if not self._long:
            rows = list(rows)
            widths, cut = roomy(rows, widths)
            notes = [*notes, *([TOO_TALL.format(cut)] if cut else [])]
        sheet, titles = self._sheet(name), tuple(printable(one.title) for one in columns)
        head = self._top(sheet, title, notes, sum(widths))
        self._heads(sheet, head, columns, widths)
        sheet.set_default_row(max(bottom, row_height(1)))
        last = head
        for last, cells in enumerate(rows, head + 1):
            if last >= MOST_ROWS:
                raise DubanError(f"超过一张工作表的{MOST_ROWS:,}行：请先筛选，分几次导出")
            self._line(sheet, last, cells, widths, bottom)
        sheet.freeze_panes(head + 1, named)
        if self._long:
            sheet.hide_gridlines(0)  # shown and printed
        if filtered:
            sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": _range(head, 0, last, len(columns) - 1)})
        shown = widths[:printed]
        how = printing(shown, named)
        running = "　".join((title, *notes[:1]))
        print_legibly(sheet, how, printable(running), self._author)
        sheet.print_area(head if how.breaks else 0, 0, last, len(shown) - 1)
        sheet.repeat_rows(head)
        if how.breaks:
            sheet.repeat_columns(0, max(0, named - 1))
        return Table(sheet, titles, head, last, how)

    def drawings(self, name: str, title: str, charts: Sequence[tuple[Any, int]]) -> None:
        """Add a sheet of charts, each given with its height in pixels, one below the other."""
        sheet = self._sheet(name)
        sheet.set_column_pixels(0, 0, pixels(PROSE + 20))
        row = self._top(sheet, title, (), PROSE)
        breaks, used = [], 0
        for chart, tall in charts:
            if used and used + tall > PAGE:
                breaks.append(row)
                used = 0
            sheet.insert_chart(row, 0, chart, {"object_position": 3, "y_offset": 4})
            rows = tall // 20 + 1
            row, used = row + rows, used + rows * 20
        sheet.print_area(0, 0, row, 0)
        how = printing((PROSE + 20,))
        print_legibly(sheet, how, printable(title), self._author)
        sheet.set_print_scale(how.percent)  # a sheet that is fitted to its page has no breaks
        sheet.set_h_pagebreaks(breaks)

    def prose(self, name: str, title: str, told: Sequence[str]) -> None:
        """Add a sheet of paragraphs, one a row."""
        sheet = self._sheet(name)
        sheet.set_column_pixels(0, 0, pixels(PROSE))
        top = self._top(sheet, title, (), PROSE)
        for row, text in enumerate(told, top):
            text = holdable(printable(text))
            sheet.set_row(row, row_height(lines_in(text, PROSE)))
            sheet.write_string(row, 0, text, self.faces.prose)
        sheet.print_area(0, 0, top + len(told), 0)
        print_legibly(sheet, printing((PROSE,)), printable(title), self._author)

    def put(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """Write one cell by its kind: text, count, moment, day, or rate as a percentage."""
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.faces.text)
        elif isinstance(cell, str):
            text, runs = _text(cell)
            sheet.write_string(row, column, text, self.faces.marked if runs else self.faces.text)
        elif isinstance(cell, date):
            face = self.faces.moment if isinstance(cell, datetime) else self.faces.day
            sheet.write_number(row, column, day_number(cell), face)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, self.faces.number)
        else:
            sheet.write_number(row, column, float(cell), self.faces.rate)

    def shade_words(
        self, table: Table, title: str, words: Mapping[str, str], also: Sequence[str] = ()
    ) -> None:
        """Shade the cells of a column that begin with some words, each in its shade.

        Those of the columns ``also`` are shaded with them.
        """
        place = table.at(title)
        for word, shade in words.items():
            rule = f'=LEFT({_cell(table.first, place)},{len(word)})="{word}"'
            for at in (place, *map(table.at, also)):
                self._shade(table, at, rule, shade)

    def shade_below(self, table: Table, title: str, limit: Fraction, shade: str) -> None:
        """Shade the numbers of a column that are below a limit."""
        at = table.at(title)
        cell = _cell(table.first, at)
        self._shade(table, at, f"=AND(ISNUMBER({cell}),{cell}<{float(limit)!r})", shade)

    def shade_before(self, table: Table, title: str, moment: datetime, shade: str) -> None:
        """Shade the moments of a column that lie before one; 24:00 of a date stands in words."""
        at = table.at(title)
        cell = _cell(table.first, at)
        told = f"IF(ISNUMBER({cell}),{cell},IFERROR(DATEVALUE(LEFT({cell},10))+1,9E9))"
        self._shade(table, at, f"={told}<{day_number(moment)!r}", shade)

    def bars(self, table: Table, title: str) -> None:
        """Draw the numbers of a column as bars behind them, from nothing to the largest."""
        at = table.at(title)
        bar = {"type": "data_bar", "bar_color": "#9DB2C9", "min_type": "num", "min_value": 0}
        table.sheet.conditional_format(table.first, at, max(table.first, table.last), at, bar)

    def __enter__(self) -> Book:
        """Begin a long list."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the rows of a list that was not saved."""
        if not self.workbook.fileclosed:
            self.workbook.close()

    def save(self) -> bytes:
        """Return the file's bytes; equal books give equal bytes."""
        self.workbook.close()
        return self._out.getvalue() if self._long else frozen_zip(self._out.getvalue())

    def _sheet(self, name: str) -> Any:
        self._names.append(sheet_name(printable(name), self._names))
        return self.workbook.add_worksheet(self._names[-1])

    def _top(self, sheet: Any, title: str, notes: Sequence[str], width: float) -> int:
        """Write the title and the notes, as wide as the table; return the row after them."""
        row = 0
        for line in folded(printable(title), width * FACE_SIZE / HEADING_SIZE):
            sheet.set_row(row, 28, self.faces.plain)
            sheet.write_string(row, 0, line, self.faces.heading)
            row += 1
        for note in notes:
            for line in folded(printable(note), width):
                sheet.set_row(row, row_height(1), self.faces.plain)
                sheet.write_string(row, 0, line, self.faces.plain)
                row += 1
        return row

    def _heads(
        self, sheet: Any, row: int, columns: Sequence[SheetColumn], widths: Sequence[float]
    ) -> None:
        """Give the columns their widths and write their headings."""
        sheet.set_row(
            row, row_height(max(lines_in(c.title, w) for c, w in zip(columns, widths, strict=True)))
        )
        for at, column in enumerate(columns):
            folds = {"level": 1} if column.detail else {}
            sheet.set_column_pixels(at, at, pixels(widths[at]), None, folds)
            sheet.write_string(row, at, printable(column.title), self.faces.head)

    def _line(
        self, sheet: Any, row: int, cells: Sequence[Cell], widths: Sequence[float], least: float
    ) -> None:
        tall = {
            at: lines_in(cell, widths[at])
            for at, cell in enumerate(cells)
            if type(cell) is str and (len(cell) * 2 >= widths[at] or "\n" in cell)
        }
        if tall:
            sheet.set_row(row, max(least, row_height(max(tall.values()))))
        write, faces = sheet.write_string, self.faces
        for at, cell in enumerate(cells):
            if type(cell) is str and cell:
                text, runs = _short(cell) if len(cell) < 32 else _text(cell)
                plain = None if self._long and at not in tall else faces.text
                write(row, at, text, faces.marked if runs else plain)
            elif cell or not self._long:
                self.put(sheet, row, at, cell)

    def _shade(self, table: Table, at: int, rule: str, shade: str) -> None:
        last = max(table.first, table.last)
        table.sheet.conditional_format(
            table.first,
            at,
            last,
            at,
            {"type": "formula", "criteria": rule, "format": self.faces.shades[shade]},
        )


def roomy(rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> tuple[list[float], int]:
    """Return widths in which the tallest row can show its texts, and how many cells still cannot.

    A column grows to at most ``WIDEST``.
    """
    grown = list(widths)
    tall = []
    for row in rows:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and (needed := lines_in(cell, widths[at])) > MOST_LINES:
                grown[at] = max(grown[at], min(WIDEST, widths[at] * (needed + 1) / MOST_LINES))
                tall.append((cell, at))
    return grown, sum(lines_in(cell, grown[at]) > MOST_LINES for cell, at in tall)


def _text(cell: str) -> tuple[str, bool]:
    """Return a text as its cell holds it, and whether it begins as a formula does."""
    text = holdable(printable(cell))
    return text, text.lstrip()[:1] in RUNS


_short = lru_cache(4096)(_text)


def _cell(row: int, column: int) -> str:
    return f"${xl_col_to_name(column)}{row + 1}"


def _range(first: int, left: int, last: int, right: int) -> str:
    return str(xl_range(first, left, last, right))
