"""Floors and rooms: imports go one way, rooms have one door, no files go in circles."""

from __future__ import annotations

import pytest

from tests.house import rooms
from tests.house.tree import FLOORS, HOUSE, held


def test_a_floor_imports_only_downward() -> None:
    held("a floor imports itself and those below", rooms.floors_upward(HOUSE))


def test_a_room_imports_only_the_rooms_below_it() -> None:
    held("rooms stand in the order of tests/house/rooms.py", rooms.rooms_upward(HOUSE))


def test_only_console_reads_what_is_read_for_screens() -> None:
    held("only console imports models.views", rooms.views_read_below(HOUSE))


def test_a_room_is_entered_by_its_door() -> None:
    held(
        "another room is imported from the room, the own room from its files",
        rooms.past_the_door(HOUSE),
    )


@pytest.mark.parametrize("floor", FLOORS)
def test_no_files_of_a_floor_import_each_other_in_a_circle(floor: str) -> None:
    held("no circle of files", rooms.circles(HOUSE, floor))


def test_what_a_lazy_room_gives_is_told_twice_alike_and_defined_once() -> None:
    held("a lazy room's two tables agree and every name is defined", rooms.doors_ajar(HOUSE))
