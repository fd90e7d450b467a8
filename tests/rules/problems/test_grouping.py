"""Appeals of one name become one problem while it lasts, and another one in another time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.problems.grouping import LATELY, Group, Grouping, Told
from rules.problems.tying import Known

KEYS = (
    Known.of(1, "estate", "丽发新城", 10, 10_000),
    Known.of(2, "word", "搅拌", 10, 10_000),
)

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def placed(*days: float, groups: tuple[Group, ...] = ()) -> list[Group]:
    """Return the problems after an appeal of another citizen on each of some days."""
    grouping = Grouping({key.id: key for key in KEYS}, 3)
    grouping.know(groups, ())
    for n, day in enumerate(days, 1):
        grouping.place(Told(n, f"{n}", BEGUN + timedelta(days=day), KEYS))
    grouping.settle()
    return list(grouping.groups.values())


@pytest.mark.parametrize(
    ("days", "sizes"),
    [
        ((0, 10, 20), [3]),
        ((0, 10, 20, 49, 78, 107), [6]),
        ((0, 100, 200, 300), []),
        ((0, 1, 2, 100, 101, 102), [3, 3]),
        ((0, 1, 2, 100, 101, 102, 103, 104, 105, 106), [3, 7]),
        ((100, 101, 102, 0, 1, 2), [3, 3]),
    ],
    ids=[
        "within weeks",
        "again and again",
        "a few over the year",
        "another time",
        "another time, grown",
        "an old file that comes later",
    ],
)
def test_a_problem_lasts_while_appeals_come(days: tuple[float, ...], sizes: list[int]) -> None:
    assert [group.size for group in placed(*days)] == sizes


@pytest.mark.parametrize("free", [True, False])
def test_what_a_person_decided_lasts_for_ever(free: bool) -> None:
    decided = Group(7, 3, free=free, first_at=BEGUN, last_at=BEGUN)
    decided.counts.update({1: 3, 2: 3})
    late = (LATELY / timedelta(days=1) + 1,) * 3
    assert [(one.id, one.size) for one in placed(*late, groups=(decided,))] == (
        [(7, 3), (-1, 3)] if free else [(7, 6)]
    )
