"""Who took what: kinds, places and their own units, recent matters."""

from __future__ import annotations

import pytest

from rules.dispatch.habits import HALF_LIFE, OWN, RECENT, Asked, Habits, Places

TODAY = 740_000

NORTH, SOUTH, POLICE, WATER = 1, 2, 3, 4

NORTHERN, SOUTHERN = "420102", "420103"


def asked(
    category: str | None = "供水/停水",
    *,
    grid: str = f"{NORTHERN}002001",
    object: str | None = None,
    day: int = TODAY,
) -> Asked:
    return Asked(category, "求助", grid, object, day)


def habits(*taken: tuple[Asked, int]) -> Habits:
    places = Places([(NORTHERN, NORTH, 50), (SOUTHERN, SOUTH, 50), (NORTHERN, POLICE, 20)])
    known = Habits(places, TODAY)
    for each, unit in taken:
        known.learn(each, unit)
    return known


@pytest.mark.parametrize(
    ("taken", "grid", "own"),
    [
        ([("420102002", NORTH, 3), ("420102002", POLICE, 3)], "420102002001", None),
        ([("420102002", NORTH, 9), ("420103002", SOUTH, 40)], "420102002001", NORTH),
        ([("420102002", NORTH, 4), ("420103002", SOUTH, 40)], "420102002001", None),
        ([("420102002", NORTH, 9), ("420103002", SOUTH, 40)], "420102003001", NORTH),
        ([("420102002", NORTH, 9), ("420103002", SOUTH, 40)], "420109", None),
        ([("420102002", NORTH, 9), ("420103002", SOUTH, 40)], None, None),
        (
            [("420102002", NORTH, 20), ("420102003", SOUTH, 9), ("420103002", POLICE, 99)],
            "420102003001",
            SOUTH,
        ),
    ],
)
def test_each_place_has_its_own_unit(
    taken: list[tuple[str, int, int]], grid: str | None, own: int | None
) -> None:
    assert Places(taken).own(grid) == own


def test_what_one_places_own_unit_takes_the_own_unit_of_another_takes() -> None:
    known = habits((asked(), NORTH), (asked(), NORTH), (asked(), POLICE))
    south = known.of_kind(asked(grid=f"{SOUTHERN}002001"))
    assert south is not None and max(south, key=lambda unit: south[unit]) == SOUTH
    assert NORTH not in south and OWN not in south


def test_chances_of_a_kind_are_one_in_sum_where_the_place_has_a_unit() -> None:
    known = habits((asked(), NORTH), (asked("供水/水费"), WATER), (asked("治安/斗殴"), POLICE))
    for category in ("供水/停水", "供水/水压", "供水", "治安/斗殴"):
        found = known.of_kind(asked(category))
        assert found is not None and sum(found.values()) == pytest.approx(1)


def test_a_rare_kind_is_told_by_the_wider_one() -> None:
    known = habits(*[(asked("供水/水费"), WATER)] * 9, (asked("供水/停水"), NORTH))
    found = known.of_kind(asked("供水/停水"))
    assert found is not None and found[NORTH] > 0.5 > found[WATER] > 0.1
    assert known.of_kind(asked("医疗/挂号")) is None and known.of_kind(asked(None)) is None


def test_older_dispatches_count_half_after_a_half_life() -> None:
    known = habits((asked(day=TODAY - HALF_LIFE), WATER), (asked(), POLICE))
    found = known.of_area(asked())
    assert found is not None and found[POLICE] > found[WATER]
    usual = known.usual(asked(), POLICE)
    assert usual is not None and usual.share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("again", "found"),
    [
        (asked(), {WATER: 1.0}),
        (asked(day=TODAY + RECENT), {WATER: 1.0}),
        (asked(day=TODAY + RECENT + 1), None),
        (asked(object="某某物业公司"), None),
        (asked(grid=f"{NORTHERN}002002"), None),
        (asked(grid=NORTHERN), None),
        (asked("供水/水费"), None),
    ],
)
def test_the_same_matter_is_the_same_cell_kind_and_object_within_days(
    again: Asked, found: dict[int, float] | None
) -> None:
    earlier = (asked(day=TODAY - 1), POLICE)
    assert habits((asked(), WATER), earlier).of_matter(again) == found


def test_what_is_usual_is_told_of_the_narrowest_kind_the_unit_is_known_for() -> None:
    known = habits((asked(), NORTH), (asked(), NORTH), (asked("供水/水费"), WATER))
    own, other = known.usual(asked(), NORTH), known.usual(asked(), WATER)
    assert own is not None and (own.kind, own.share, own.own) == ("停水", 1.0, True)
    assert other is not None and (other.kind, other.own) == ("供水", False)
    assert known.usual(asked(), POLICE) is None
