"""What fits in cells and on paper: nothing is cut, and what is printed can be read."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from rules.paper.sheet import (
    A3,
    A4,
    CUT,
    FACE_SIZE,
    LEAST_SIZE,
    MOST_HEIGHT,
    folded,
    holdable,
    lines_in,
    points,
    printing,
    row_height,
    sheet_name,
)

SIGNS = st.sampled_from(
    ["诉", "求", "，", "。", " ", "a", "Word", "13871234567", "\n", "https://x.y/z"]
)
TEXTS = st.lists(SIGNS, max_size=60).map("".join)


def _needed(text: str, width: int) -> int:
    """Count lines as a table program breaks them: words whole, no comma at a line's beginning."""
    total = 0
    for line in text.split("\n"):
        total, used = total + 1, 0
        pieces = re.findall(r"[^，。\n][，。]+|[!-,.-~]+-?|.", line)
        for piece in pieces:
            wide = sum(2 if ord(sign) > 127 else 1 for sign in piece)
            if used + wide > width:
                total, used = total + (1 if used else 0), 0
                total, wide = total + (wide - 1) // width, (wide - 1) % width + 1
            used += wide
    return total


@given(TEXTS, st.integers(8, 60))
def test_a_row_is_as_tall_as_its_text_needs(text: str, width: int) -> None:
    assert lines_in(text, width) >= _needed(text.rstrip(" "), width - 1)


@given(st.integers(1, 300), st.integers(10, 60))
def test_plain_chinese_gets_at_most_a_fifth_and_a_line_too_much(signs: int, width: int) -> None:
    assert lines_in("诉" * signs, width) <= 1 + 1.5 * (2 * signs / (width - 1))


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("", 8, 1),
        ("洪山区", 7, 1),
        ("洪山区政府", 8, 2),
        ("一\n二\n三", 20, 3),
        ("2026-11-26 15:20", 17, 1),
    ],
)
def test_lines_of_a_cell(text: str, width: float, count: int) -> None:
    assert lines_in(text, width) == count


def test_no_row_is_taller_than_table_programs_show() -> None:
    assert row_height(3) == 49 and row_height(1000) == MOST_HEIGHT


WIDTHS = st.lists(st.floats(4, 60), min_size=1, max_size=40)


@given(WIDTHS, st.integers(0, 3))
def test_print_is_never_smaller_than_can_be_read(widths: list[float], repeated: int) -> None:
    lead = widths[: min(repeated, len(widths) - 1)]
    how = printing(widths, len(lead))
    assert FACE_SIZE * how.percent / 100 >= LEAST_SIZE
    for begin, end in pairwise((len(lead), *how.breaks, len(widths))):
        assert begin < end
        taken = sum(map(points, (*lead, *widths[begin:end])))
        assert taken * how.percent / 100 <= how.paper.room


def test_a4_is_taken_before_a3_and_one_page_before_several() -> None:
    assert printing([10] * 8).paper is A4 and printing([10] * 8).percent == 100
    narrower = printing([10] * 17)
    assert narrower.paper is A4 and 77 <= narrower.percent < 100
    assert printing([10] * 22).paper is A3 and printing([10] * 22).breaks == ()
    several = printing([20, 20, *[10] * 40], 2)
    assert several.paper is A3 and several.breaks == (22,)


def test_a_text_that_no_cell_holds_says_that_it_was_cut() -> None:
    assert holdable("诉" * 32_000) == "诉" * 32_000
    for sign in ("诉", "𠮷"):
        cut = holdable(sign * 40_000)
        assert cut.endswith(CUT) and cut.startswith(sign * 100)
        assert len(cut.encode("utf-16-le")) <= 2 * 32_767


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheets_have_lawful_names_of_their_own(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(sheet_name(name, taken))
    assert all(name and len(name.encode("utf-16-le")) <= 62 for name in taken)
    assert not set("[]:*?/\\'") & set("".join(taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    assert not any(name.casefold() == "history" for name in taken)


def test_a_long_note_becomes_lines_as_wide_as_the_table() -> None:
    assert folded("甲乙丙ab丁", 6) == ["甲乙丙", "ab丁"]
    assert folded("", 6) == [""] and folded("甲\n乙", 6) == ["甲", "乙"]
