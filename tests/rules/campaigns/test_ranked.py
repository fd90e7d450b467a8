"""What 特殊时期 are to the ranking, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from rules.campaigns.ranked import APART, ranked_in
from rules.clocks.emergency import Emergency
from rules.ranking.lastplace import MonthTable, last_places, running
from rules.ranking.rules import FlagPolicy
from tests.rules.ranking.standings import month, unit

WEEK = datetime(2026, 11, 16, tzinfo=UTC)

UNITS = {1: "420111", 2: "420106", 3: None}

NAMES = {1: "暴雨（1号文）"}


def event(first: float, last: float | None, *areas: str) -> Emergency:
    """Return an event of the week, from and to in days since its Monday."""
    ends = None if last is None else WEEK + timedelta(days=last)
    since = WEEK + timedelta(days=first)
    return Emergency(1, "暴雨", areas, ("close",), ("特急",), (), since, ends)


@pytest.mark.parametrize(
    ("held", "apart", "spared", "notes"),
    [
        (event(-9, -1), (), (), 0),
        (event(7, 9), (), (), 0),
        (event(0, 7), (1, 2, 3), (1, 2, 3), 1),
        (event(3, None), (1, 2, 3), (1, 2, 3), 1),
        (event(-2, 2), (), (1, 2, 3), 1),
        (event(-2, 3), (1, 2, 3), (1, 2, 3), 1),
        (event(0, 7, "420111"), (1,), (1,), 1),
        (event(0, 1, "420111"), (), (1,), 1),
    ],
    ids=[
        "over before",
        "begins after",
        "all of it",
        "lasts still",
        "two days of it",
        "three days of it",
        "one district",
        "one day in one district",
    ],
)
def test_units_are_listed_apart_for_a_share_and_spared_for_any_part(
    held: Emergency, apart: tuple[int, ...], spared: tuple[int, ...], notes: int
) -> None:
    after = WEEK + timedelta(days=7)
    found = ranked_in([held], WEEK, after, UNITS, Decimal("0.3"), NAMES)
    assert found.apart == dict.fromkeys(apart, APART)
    assert (found.spared, len(found.notes)) == (frozenset(spared), notes)


FIVE = [unit(n, 100 - 10 * n, 100) for n in range(1, 6)]


def table(period: str, *spared: int) -> MonthTable:
    """Return a month in which unit 5 stands last."""
    return MonthTable(period, month(*FIVE), spared=frozenset(spared))


def test_a_last_place_in_one_counts_for_nothing_and_names_nobody_else() -> None:
    assert set(last_places(table("2026-07"), FlagPolicy())) == {5}
    assert last_places(table("2026-07", 5), FlagPolicy()) == {}


@pytest.mark.parametrize(
    ("spared", "months"),
    [((), 3), (("2026-08",), 2), (("2026-07",), 2), (("2026-07", "2026-08"), 1)],
)
def test_such_a_month_neither_counts_nor_breaks_a_run(spared: tuple[str, ...], months: int) -> None:
    tables = [
        table(period, *([5] if period in spared else []))
        for period in ("2026-07", "2026-08", "2026-09")
    ]
    (run,) = running(tables, FlagPolicy())
    assert len(run.months) == months
