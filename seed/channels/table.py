"""Rows as every kind of file gives them, and what can be wrong with a file or one of its rows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from rules.errors import DubanError, system_reason
from rules.text import harmless_line

SHOWN = 40
"""Signs of a cell quoted in a reason."""


class Doubt(NamedTuple):
    """A cell that lost what it said: what is shown of it, what happened and what to do next."""

    shown: str
    cause: str


class Shown(NamedTuple):
    """A number whose format shows it in another way: 00000042, 12%, ￥3.50."""

    text: str
    value: float


Cell = str | float | int | bool | date | datetime | time | timedelta | Doubt | Shown | None


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
    since: datetime | None  # day 0 of bare day numbers; None where the file does not tell
    filtered: Container[int]  # lines that a filter hides
    hidden: Sequence[str]  # sheets beside it that are hidden: nobody reads them

    def records(self, shape: Shape | None = None) -> Iterator[Record]:
        """Yield the rows in order; with ``shape``, rows that do not fit carry a fault."""
        ...


WHOLE = 1e15
"""A floating number from here on may have lost digits: a table program keeps fifteen."""

_BROKEN = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|EXTERNAL!|PYTHON!|GETTING_DATA)|Err:\d{3}",
    re.IGNORECASE,
)

_NARROW = re.compile(r"[#＃]{3,}")

NO_RESULT = "#无结果"
"""What is shown of a formula that was never worked out."""

_SHORTENED = "只留了15位，后面的数字已丢失：请在来源处把这一列设为文本，重新导出"

_CAUSES = (
    (_BROKEN, "是公式的错误值：请在表格软件里改好这一格再导入"),
    (_NARROW, "是列太窄时的显示，内容没有存下来：请在来源处加宽这一列，重新导出"),
    (re.compile(NO_RESULT), "公式没有结果：请用表格软件打开，另存后再导入"),
)


def doubt_in(cell: Cell) -> Doubt | None:
    """Return why a cell cannot be believed: an error value, a column too narrow, lost digits."""
    if isinstance(cell, str):
        text = cell.strip()
        if text[:1] not in "#＃Ee":
            return None
        return next((Doubt(text, cause) for form, cause in _CAUSES if form.fullmatch(text)), None)
    if isinstance(cell, Doubt):
        return cell
    value = cell.value if isinstance(cell, Shown) else cell
    if isinstance(value, float) and abs(value) >= WHOLE:
        return Doubt(cell_text(value), _SHORTENED)
    return None


def cell_text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, dates in ISO form, nothing as "".

    A number that may have lost digits stands as table programs show it, 4.20102E+17: it would
    otherwise pass for whole in a file of refused rows.
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if abs(cell) >= WHOLE:
            return f"{cell:.5E}"
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, Doubt):
        return cell.shown
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def day_told(cell: Cell) -> date | None:
    """Return the date of a cell, None where it is empty; ``ValueError`` where it tells none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell_text(cell).strip()
    return date.fromisoformat(text[:10].replace("/", "-")) if text else None


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether a row says nothing at all."""
    if cells and isinstance(cells[0], str) and cells[0].strip():
        return False
    return not any(cell is not None and cell_text(cell).strip() for cell in cells)


class ImportFileError(DubanError):
    """A file that cannot be read at all."""


class SeveralSheets(ImportFileError):
    """A workbook of which one sheet must be named; ``sheets`` are those that can be read."""

    def __init__(self, message: str, sheets: Sequence[str]) -> None:
        super().__init__(message)
        self.sheets = tuple(sheets)


class UnknownHeader(ImportFileError):
    """A file of which nobody knows the header."""


class RowRefused(DubanError):
    """One row cannot be taken; the message is the reason in its Reject."""


class Doubted(RowRefused):
    """A cell that is read holds a Doubt; the message lacks its column."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(f"“{harmless_line(doubt.shown)[:SHOWN]}”{doubt.cause}")


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
