"""Bars of block characters as text: heights, axis, labels under their bars at CJK widths."""

from __future__ import annotations

from fractions import Fraction

import pytest
from rich.cells import cell_len

from console.frame.theme import ASCII, UNICODE, Symbols
from console.widgets.plot import AXIS, SLOT, bar_lines, day_lines, short_count, slots, under

SHARES = (Fraction(1), Fraction(1, 2), Fraction(7, 8), Fraction(1, 1000), Fraction(0), None)


def test_bars_are_read_against_their_axis() -> None:
    assert bar_lines(SHARES, 4, UNICODE) == [
        "100% │ ████        ▄▄▄▄",
        "     │ ████        ████",
        " 50% │ ████  ████  ████",
        "     │ ████  ████  ████  ▁▁▁▁",
        "  0% └" + "─" * SLOT * 6,
    ]


def test_without_block_characters_the_same_bars_are_drawn_in_ascii() -> None:
    assert bar_lines(SHARES, 2, ASCII) == [
        "100% | ####        ::::",
        " 50% | ####  ####  ####  ....",
        "  0% +" + "-" * SLOT * 6,
    ]
    assert all(ord(sign) < 128 for sign in "".join(bar_lines(SHARES, 4, ASCII)))


@pytest.mark.parametrize("symbols", [UNICODE, ASCII], ids=["blocks", "ascii"])
def test_more_is_never_drawn_lower(symbols: Symbols) -> None:
    steps = len(symbols.bars) - 1

    def height(share: Fraction) -> int:
        drawn = (line[AXIS + 1 : AXIS + 2] for line in bar_lines([share], 4, symbols)[:-1])
        return sum(symbols.bars.index(sign or " ") for sign in drawn)

    heights = [height(Fraction(n, 200)) for n in range(201)]
    assert heights == sorted(heights)
    assert (heights[0], heights[1], heights[100], heights[-1]) == (0, 1, 2 * steps, 4 * steps)


def test_labels_in_chinese_stand_under_their_bars() -> None:
    row = " " * AXIS + "".join("".join(under(word)) for word in ("46周", "5/7", "超过长度"))
    bars = bar_lines([Fraction(1)] * 3, 1, UNICODE)[0]
    assert [cell_len(row[: row.index(word)]) for word in ("46周", "5/7", "超")] == [
        AXIS + 1 + SLOT * n for n in range(3)
    ]
    assert cell_len(row) == AXIS + 3 * SLOT
    assert bars.index("█") == AXIS + 1


def test_twelve_weeks_have_room_on_a_narrow_screen() -> None:
    assert slots(78) == 12
    assert slots(AXIS) == slots(0) == 0


def test_a_curve_of_days_is_as_high_as_its_greatest_count() -> None:
    assert day_lines((0, 4, 2, 1), 2, AXIS + 8, UNICODE) == [
        "   4 │  ██",
        "     │  ████▄▄",
        "   0 └────────",
    ]
    assert day_lines((9, 9, 0, 4, 2, 1), 2, AXIS + 4, UNICODE)[0] == "   4 │ █"
    assert day_lines((0, 0), 1, 80, ASCII) == ["   1 |", "   0 +----"]


@pytest.mark.parametrize(
    ("count", "cells", "shown"),
    [(9999, 4, "9999"), (10_000, 4, "1万"), (314_999, 4, "31万"), (12_345, 5, "12345")],
)
def test_a_count_fits_its_cells(count: int, cells: int, shown: str) -> None:
    assert short_count(count, cells) == shown
    assert day_lines((count,), 2, AXIS + 4, UNICODE)[0].strip().startswith(short_count(count))
