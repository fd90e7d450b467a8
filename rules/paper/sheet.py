"""What fits in the cells of a workbook and on its paper: widths, heights, sizes that can be read.

Widths of columns are in digits of the text in their cells; a Chinese character takes two. Points
are 1/72 inch, pixels 1/96.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import ceil, floor

FACE_SIZE = 10.5
"""Points of the text in cells (五号)."""

LEAST_SIZE = 8.0
"""Points that text keeps on paper, however much a page is made smaller."""

MOST_HEIGHT = 409.0
"""Points of the tallest row that table programs show."""

MOST_LINES = int((MOST_HEIGHT - 4) / 15)

MOST_SIGNS = 32_000
"""Signs of a cell, of the 32,767 units of UTF-16 that one may hold; signs past the BMP take two."""

MOST_ROWS = 1_048_576
"""Rows of one sheet, its headings among them."""

CUT = "（余下文字超出单元格上限）"

MARGIN = 28.8
"""Points left free at the left and at the right of a page (0.4 inch)."""

_DAY_ZERO = date(1899, 12, 30).toordinal()

_WORD = re.compile(r"[!-,.-~]{2,}")  # a line may break after a hyphen


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper lying on its long side; ``code`` is how workbooks name it."""

    name: str
    code: int
    width: float
    height: float

    @property
    def room(self) -> float:
        """Return the points between the margins."""
        return self.width - 2 * MARGIN


A4 = Paper("A4", 9, 841.89, 595.28)
A3 = Paper("A3", 8, 1190.55, 841.89)


@dataclass(frozen=True, slots=True)
class Printing:
    """How a sheet is printed: on which paper, at how many percent, where pages begin.

    ``breaks`` holds the first column of every page after the first; without any, the sheet is one
    page wide.
    """

    paper: Paper
    percent: int
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: its heading and width; ``detail`` may be folded away."""

    title: str
    width: float
    detail: bool = False


def printing(widths: Sequence[float], repeated: int = 0) -> Printing:
    """Return how columns of some widths are printed so that their text can be read.

    One page wide on A4, else on A3, where that leaves at least ``LEAST_SIZE``; else several pages
    of A3, each beginning with the first ``repeated`` columns.
    """
    least = ceil(100 * LEAST_SIZE / FACE_SIZE)
    whole = sum(map(points, widths))
    for paper in (A4, A3):
        if (percent := min(100, floor(100 * paper.room / whole))) >= least:
            return Printing(paper, percent)
    lead = sum(map(points, widths[:repeated]))
    room = A3.room * 100 / least - lead
    pages = ceil((whole - lead) / room)
    breaks = _breaks(widths, repeated, (whole - lead) / pages, room)
    starts = [repeated, *breaks, len(widths)]
    widest = max(lead + sum(map(points, widths[a:b])) for a, b in pairwise(starts))
    return Printing(A3, max(least, min(100, floor(97 * A3.room / widest))), breaks)


def _breaks(widths: Sequence[float], repeated: int, share: float, room: float) -> tuple[int, ...]:
    """Return where pages begin: each takes about its share, and never more than there is room."""
    breaks: list[int] = []
    taken = 0.0
    for at in range(repeated, len(widths)):
        width = points(widths[at])
        if taken and (taken + width > room or taken + width / 2 > share):
            breaks.append(at)
            taken = 0.0
        taken += width
    return tuple(breaks)


def pixels(width: float) -> int:
    """Return how wide a column is on the screen: its digits, and what is left free beside them."""
    return int(width * FACE_SIZE * 2 / 3 + 5)


def points(width: float) -> float:
    """Return how wide a column is on paper at full size."""
    return pixels(width) * 0.75


def _cells(text: str) -> int:
    """Return how many digits wide a text is: two for each sign that is not ASCII."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, at most: words are kept whole."""
    room = max(2, int(width) - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: int) -> int:
    taken = _cells(line)
    if taken <= room:
        return 1
    full = max(1, room - 2)  # a sign of two cells, or one that may not begin a line, moves down
    words = [min(len(word), room) - 1 for word in _WORD.findall(line)]
    lost = min(sum(words), ceil(taken / full) * max(words)) if words else 0
    return ceil((taken + lost) / full)


def folded(text: str, width: float) -> list[str]:
    """Return a text as lines that are at most so many digits wide, and never none."""
    told, taken = [""], 0
    for sign in text:
        wide = _cells(sign)
        if sign == "\n" or taken + wide > width:
            told.append("")
            taken = 0
        if sign != "\n":
            told[-1] += sign
            taken += wide
    return told


def row_height(count: int) -> float:
    """Return the points of a row of so many lines, as tall as a row may be."""
    return min(MOST_HEIGHT, 4 + 15.0 * count)


def holdable(text: str, told: str = CUT) -> str:
    """Return a text as a cell can hold it; ``told`` stands at the end of one that was cut."""
    if len(text) <= MOST_SIGNS // 2 or len(text.encode("utf-16-le")) <= 2 * MOST_SIGNS:
        return text
    return text.encode("utf-16-le")[: 2 * MOST_SIGNS].decode("utf-16-le", "ignore") + told


def day_number(moment: date) -> float:
    """Return a day, or a moment by its own clock, as workbooks hold it: days since 1899-12-30."""
    days = moment.toordinal() - _DAY_ZERO
    if not isinstance(moment, datetime):
        return days
    return days + (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400


def sheet_name(name: str, taken: Sequence[str] = ()) -> str:
    """Return a name that a sheet may have beside those ``taken``, in any letter case.

    At most 31 units of UTF-16, no brackets, slashes or signs, and not one that table programs keep
    for themselves.
    """
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'").strip() or "表"
    if plain.casefold() == "history":
        plain += "表"
    known = {one.casefold() for one in taken}
    short, n = _short(plain, 31), 1
    while short.casefold() in known:
        n += 1
        short = f"{_short(plain, 31 - len(f'（{n}）'))}（{n}）"
    return short


def _short(name: str, most: int) -> str:
    return name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
