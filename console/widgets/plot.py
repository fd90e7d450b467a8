"""Bars of block characters: shares over time that can be read without colour.

Every bar stands on nought and the whole height is 100 per cent; axis, labels and numbers are text,
laid out by display width, so that Chinese labels stand under their bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len

from console.frame import Symbols, cut, fit

AXIS = 6
"""Cells left of the bars: a share, a blank, the wall."""

SLOT = 6
"""Cells of one bar with its gap; labels and numbers under it have as many."""

BAR = 4


def slots(room: int) -> int:
    """Return how many bars there is room for in so many cells."""
    return max(0, (room - AXIS) // SLOT)


def bar_lines(
    values: Sequence[Fraction | None], height: int, symbols: Symbols, whole: str = "100%"
) -> list[str]:
    """Return bars of shares from 0 to 1, the top line first, with axis and ground line.

    A value that is None leaves its place empty; the least share above nought is still seen.
    ``whole`` is what the full height is called; halfway is told of shares of a hundred alone.
    """
    steps = len(symbols.bars) - 1
    sizes = [0 if value is None else _size(value, height * steps) for value in values]
    lines = []
    for row in range(height - 1, -1, -1):
        filled = (symbols.bars[max(0, min(steps, size - row * steps))] for size in sizes)
        bars = "".join(fit(" " + sign * BAR, SLOT) for sign in filled)
        lines.append(f"{_mark(row, height, whole)}{symbols.wall}{bars}".rstrip())
    ground = symbols.rule * (SLOT * len(values))
    nought = "0%" if whole == "100%" else "0"
    return [*lines, f"{_edge(nought)}{symbols.corner}{ground}"]


def day_lines(counts: Sequence[int], height: int, room: int, symbols: Symbols) -> list[str]:
    """Return a curve of counts, day by day, in so many cells; the newest days where not all fit.

    The whole height is the greatest count; each day takes two cells where there is room.
    """
    wide = day_width(len(counts), room)
    shown = counts[-((room - AXIS) // wide) :]
    steps, most = len(symbols.bars) - 1, max([*shown, 1])
    sizes = [_size(Fraction(count, most), height * steps) for count in shown]
    lines = []
    for row in range(height - 1, -1, -1):
        filled = (symbols.bars[max(0, min(steps, size - row * steps))] for size in sizes)
        edge = _edge(short_count(most) if row == height - 1 else "")
        lines.append(f"{edge}{symbols.wall}{''.join(sign * wide for sign in filled)}".rstrip())
    return [*lines, f"{_edge('0')}{symbols.corner}{symbols.rule * (wide * len(shown))}"]


def day_width(days: int, room: int) -> int:
    """Return how many cells each of so many days takes in a room: two, or one."""
    return 2 if 2 * days <= room - AXIS else 1


def short_count(count: int, cells: int = AXIS - 2) -> str:
    """Return a count in so many cells: in ten thousands where its digits do not fit."""
    return str(count) if len(str(count)) <= cells else f"{(count + 5000) // 10_000}万"


def under(text: str) -> tuple[str, str, str]:
    """Return a text under its bar: the blank before it, the text, the blanks behind it."""
    shown = cut(text, SLOT - 1)
    return " ", shown, fit("", SLOT - 1 - cell_len(shown))


def _size(value: Fraction, whole: int) -> int:
    """Return how many steps of the whole height a share takes, half up."""
    size = (min(max(value, Fraction(0)), Fraction(1)) * whole + Fraction(1, 2)).__floor__()
    return max(1, size) if value > 0 else 0


def _mark(row: int, height: int, whole: str) -> str:
    """Return what stands left of a row: what its upper edge means, where that is told."""
    half = "50%" if whole == "100%" else ""
    return _edge({height: whole, height / 2: half}.get(row + 1, ""))


def _edge(word: str) -> str:
    return fit(word, AXIS - 2, align="right") + " "
