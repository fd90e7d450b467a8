"""How much a workbook may hold, and what is said of one that holds more."""

from __future__ import annotations

from dataclasses import dataclass

from rules.errors import DubanError

MIB = 1 << 20

MOST_ENTRIES = 10_000

MOST_UNPACKED = 2048 * MIB
"""All parts of an archive together."""

MOST_STRINGS = 256 * MIB
"""A part whose texts are held in memory as a whole."""

MOST_RATIO, RATIO_FROM = 100, 48 * MIB
"""No office packs a part of this size so small; what does is a bomb."""

MOST_OLD = 64 * MIB
"""A workbook of the old binary form (.xls)."""

MOST_TAG = 4 * MIB
"""One tag with its attributes, or one text between two tags."""

MOST_CELLS = 12_000_000
"""The reader keeps every cell of the rectangle that holds the filled ones, 32 bytes each."""

SPARSE_FROM, SPARSE = 1_000_000, 50
"""A rectangle of this many cells or more that has so many for each filled one has a stray cell."""

MOST_REPEATED = 10_000
"""Cells that one filled cell of an OpenDocument stands for."""


class WorkbookRefused(DubanError):
    """A workbook that no reader gets; the message says why, without naming the file."""


@dataclass(slots=True)
class Extent:
    """The rectangle of a sheet's filled cells, from 1, and how many are filled."""

    filled: int = 0
    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def add(self, top: int, bottom: int, left: int, right: int, filled: int) -> None:
        """Make room for filled cells."""
        self.top = min(self.top or top, top)
        self.left = min(self.left or left, left)
        self.bottom, self.right = max(self.bottom, bottom), max(self.right, right)
        self.filled += filled

    def check(self) -> None:
        """Refuse what the reader could not hold."""
        cells = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        if cells > SPARSE_FROM and cells > SPARSE * self.filled:
            raise WorkbookRefused(
                f"有单元格离表格太远（最远到 {column_name(self.right)}{self.bottom}）："
                "请删去表格以外的行和列，另存后再导入"
            )
        if cells > MOST_CELLS:
            raise WorkbookRefused(
                f"有{cells:,}个单元格，超过{MOST_CELLS:,}个：请分成几份，或另存为 .csv 再导入"
            )


def column_name(number: int) -> str:
    """Return the letters of a column, from 1: 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: bytes) -> int:
    """Return the number of a column's letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
