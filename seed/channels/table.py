"""Rows as every kind of file gives them, before anyone asks what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

Cell = str | float | int | bool | date | datetime | time | timedelta | None


class Shape(NamedTuple):
    """How many cells a whole row has: at least up to the last named column, at most the header."""

    least: int
    most: int


class Record(NamedTuple):
    """One row: the line or row number it begins at (from 1), its cells, what is wrong with it."""

    line: int
    cells: Sequence[Cell]
    fault: str | None = None


class Table(Protocol):
    """A file, or one sheet of it, that can be read from the top as often as needed."""

    name: str
    escaped: bool  # text cells may carry an apostrophe against formulas

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the rows in order; with ``shape``, rows that do not fit carry a fault."""
        ...


def cell_text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, dates in ISO form, nothing as ""."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether a row says nothing at all."""
    if cells and isinstance(cells[0], str) and cells[0].strip():
        return False
    return not any(cell is not None and cell_text(cell).strip() for cell in cells)
