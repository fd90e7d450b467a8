"""Files and functions can be seen whole, stand alone for a reason, and are called what they are."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from console.frame.plain import TWINS
from tests.house import shape
from tests.house.tree import FLOORS, HOUSE, WHOLE, held


@pytest.mark.parametrize("floor", FLOORS)
def test_no_two_files_of_a_floor_share_a_name(floor: str) -> None:
    held("file names of a floor differ", shape.shared_basenames(HOUSE, floor))


def test_no_file_is_longer_than_350_lines() -> None:
    held(f"a file has at most {shape.LONGEST_FILE} lines", shape.long_files(HOUSE))


def test_a_small_file_has_more_than_one_user() -> None:
    held(
        f"a file under {shape.SHORTEST_FILE} lines with one user stands in the user's file",
        shape.small_files(HOUSE),
    )


def test_no_function_is_longer_than_50_lines() -> None:
    held(f"a function has at most {shape.LONGEST_FUNCTION} lines", shape.long_functions(HOUSE))


def test_the_formatter_is_kept_away_from_few_lines() -> None:
    held(f"at most {shape.MOST_UNFORMATTED} fmt: skip or off", shape.unformatted(WHOLE))


def test_a_silenced_type_error_says_why_it_is_none() -> None:
    held("# type: ignore[code]  # why", shape.bare_ignores(WHOLE))


def test_red_levels_and_what_was_cut_are_written_with_clear_signs() -> None:
    held("红2 and .., no Roman numeral and no …", shape.unclear_signs(HOUSE))


def test_a_sign_that_terminals_draw_in_one_cell_or_two_has_a_plain_twin() -> None:
    signs = {sign for source in HOUSE.sources for _, text in source.texts() for sign in text}
    doubted = {sign for sign in signs if unicodedata.east_asian_width(sign) == "A"}
    assert {sign for sign in doubted if cell_len(sign)} - set(TWINS) == set()


def test_nothing_is_left_for_later() -> None:
    held("no TODO or FIXME", shape.later(WHOLE))


def test_a_name_says_what_the_thing_is() -> None:
    held("no utils, helpers, managers", shape.vague_names(WHOLE))
