"""A table read into memory cell by cell, from files that no reader of workbooks takes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from rules.text import harmless_line
from seed.channels.merging import Merged, Span
from seed.channels.table import Cell, ImportFileError, Record, Shape
from seed.workbook import Extent, WorkbookRefused

_MOST_FILLED = 3_000_000
"""Filled cells of one table, each an object of its own."""

_MOST_PLACES = 16_384

_BROKEN = re.compile(r"[\udc80-\udcff\ufffd]")  # bytes that could not be decoded

_UNREADABLE = "有无法识别的字节，文件在这里损坏"


class Grid:
    """One table; lines count from 1, places from 0. Cells must come line by line.

    ``hidden`` says that the table is on a hidden sheet. It is a Table itself once it is whole.
    """

    escaped = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_hidden = False
        self.since: datetime | None = None
        self.hidden: Sequence[str] = ()
        self.filtered: Container[int] = ()
        self.merged: Sequence[Span] = ()
        self._hides: set[int] = set()
        self._spans: list[Span] = []
        self._rows: list[tuple[int, list[Cell]]] = []
        self._extent = Extent()
        self._line = self._first = self._filled = self._width = 0
        self._row: list[Cell] = []  # that is being put

    def put(self, line: int, place: int, cell: Cell, *, across: int = 1, down: int = 1) -> None:
        """Put a cell that covers some places and lines; WorkbookRefused where it is too much."""
        if place >= _MOST_PLACES or self._filled >= _MOST_FILLED:
            raise WorkbookRefused("单元格过多，放不下：请用表格软件打开，另存为 .xlsx 再导入")
        if across > 1 or down > 1:
            self._spans.append(Span(line, line + down - 1, place, place + across - 1))
        if cell is None or cell == "":
            return
        if line != self._line:
            self._end_row()
            self._line, self._first, self._row = line, place, []
            self._rows.append((line, self._row))
        row = self._row
        if place > len(row):
            row.extend([""] * (place - len(row)))
        row.append(cell)
        self._filled += 1

    def _end_row(self) -> None:
        """Make room for the row that has been put."""
        if not self._row:
            return
        before, width = self._extent.filled, len(self._row)
        self._extent.add(self._line, self._line, self._first + 1, width, self._filled - before)
        self._extent.check()
        self._width = max(self._width, width)

    def hide(self, line: int) -> None:
        """Note that a line is hidden."""
        self._hides.add(line)

    def close(self) -> bool:
        """Make the table ready to be read; say whether it holds anything."""
        self._end_row()
        if self._rows:
            self.merged = Span.within(self._spans, self._rows[-1][0], self._width)
        self.filtered = self._hides
        return bool(self._rows)

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the filled rows, all of one width; bytes that could not be read are a fault."""
        merging = Merged(self.merged)
        for line, cells in self._rows:
            row = cells + [""] * (self._width - len(cells))
            merging.fill(line, row)
            broken = any(isinstance(cell, str) and _BROKEN.search(cell) for cell in row)
            yield Record(line, row, _UNREADABLE if broken else None)


def chosen(
    path: Path, sheets: Sequence[tuple[str, bool]], wanted: str | None
) -> tuple[list[str], list[str]]:
    """Return the names of the sheets to be read and of hidden ones that are left alone.

    ``sheets`` are names, each with whether it is visible. ImportFileError where none is the
    ``wanted`` one, or none is visible.
    """
    names = [name for name, visible in sheets if visible]
    if wanted is not None:
        names = [name for name, _ in sheets if harmless_line(name) == harmless_line(wanted)]
    if wanted is not None and not names:
        known = "、".join(f"“{harmless_line(name)}”" for name, _ in sheets)
        raise ImportFileError(f"{path} 里没有工作表“{harmless_line(wanted)}”：有 {known}")
    beside = [name for name, visible in sheets if not visible and name not in names]
    if beside and not names:
        hidden = "、".join(f"“{harmless_line(name)}”" for name in beside)
        raise ImportFileError(f"{path} 只有隐藏的工作表{hidden}：要读请用 --sheet 指明一张")
    return names, beside


def visible(path: Path, grids: Sequence[Grid], wanted: str | None) -> Sequence[Grid]:
    """Return the grids to be read, each with the names of those that are hidden; as ``chosen``."""
    names, beside = chosen(path, [(grid.name, not grid.is_hidden) for grid in grids], wanted)
    for grid in grids:
        grid.hidden = beside
    return [grid for grid in grids if grid.name in names]
