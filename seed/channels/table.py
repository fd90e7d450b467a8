"""Rows as every kind of file gives them, and what can be wrong with a file or one of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from rules.errors import DubanError, system_reason

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


class ImportFileError(DubanError):
    """A file that cannot be read at all."""


class RowRefused(DubanError):
    """One row cannot be taken; the message is the reason in its Reject."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system says about ``path`` into one line a person can act on."""
    try:
        yield
    except FileNotFoundError as error:
        raise ImportFileError(f"找不到文件 {path}，请检查路径") from error
    except IsADirectoryError as error:
        raise ImportFileError(f"{path} 是文件夹，请给出其中的文件") from error
    except PermissionError as error:
        raise ImportFileError(f"没有读取 {path} 的权限，请检查权限或是否被占用") from error
    except OSError as error:
        raise ImportFileError(f"读不了 {path}（{system_reason(error)}），请换一份文件") from error
