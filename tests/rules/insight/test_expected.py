"""What a week was to be expected to hold."""

from __future__ import annotations

from datetime import date
from math import comb, isclose

import pytest
from hypothesis import given, strategies as st

from rules.clocks import Day
from rules.insight.expected import SUNDAY, Level, chance_of, level_on, season_of, weekday_of

WEEKDAYS = [day % 7 for day in range(35)]

WORKED = [3, 3, 3, 3, 3, 0, 0]  # nobody writes on a weekend


def test_the_four_weeks_before_give_the_mean_and_the_weekdays_what_is_expected() -> None:
    level = level_on([*WORKED * 4, *[6] * 5, 0, 0], WEEKDAYS)
    assert (level.count, level.mean, level.expected) == (30, 15, 15)
    assert level.z == pytest.approx(15 / (15 * 1.25) ** 0.5)


def test_a_holiday_expects_what_sundays_bring() -> None:
    holidays = [*WEEKDAYS[:28], *[SUNDAY] * 5, 5, 6]
    assert level_on([*WORKED * 4, *[1] * 5, 0, 0], holidays).expected == 0


@pytest.mark.parametrize(
    ("kind", "weekday"), [("usual", 3), ("holiday", 6), ("makeup", 0), ("rest", 3)]
)
def test_a_holiday_counts_as_a_sunday_and_worked_rest_as_a_monday(kind: str, weekday: int) -> None:
    thursday = Day(date(2026, 10, 1), kind, "", ())  # type: ignore[arg-type]  # of a table
    assert weekday_of(thursday) == weekday


def test_weeks_that_differ_much_widen_the_spread() -> None:
    even, odd = [2] * 28, [0] * 7 + [4] * 7 + [0] * 7 + [4] * 7
    assert level_on([*odd, *[6] * 7], WEEKDAYS).z < level_on([*even, *[6] * 7], WEEKDAYS).z


def test_out_of_nothing_the_spread_is_one_appeal_at_least() -> None:
    assert level_on([*[0] * 28, *[1] * 7], WEEKDAYS) == Level(7, 0, 0, 7.0, chance_of(7, 0, 4), 1.0)


@given(st.lists(st.integers(0, 20), min_size=35, max_size=35), st.integers(0, 34))
def test_one_appeal_more_in_the_week_never_makes_it_less_striking(
    counts: list[int], day: int
) -> None:
    more = [*counts]
    more[28 + day % 7] += 1
    before, after = level_on(counts, WEEKDAYS), level_on(more, WEEKDAYS)
    assert after.z > before.z and after.chance <= before.chance


@given(st.integers(1, 30), st.integers(0, 30), st.sampled_from([1, 3, 4]))
def test_chance_is_the_tail_of_what_one_past_lets_expect(
    count: int, before: int, times: int
) -> None:
    """With a whole shape the tail is a sum of binomials; ours lies between its neighbours."""
    share = 1 / (1 + times)

    def tail(shape: int) -> float:
        below = range(count)
        return 1 - sum(comb(k + shape - 1, k) * share**k * (1 - share) ** shape for k in below)

    low = tail(before) if before else 0.0
    assert low - 1e-9 <= chance_of(count, before, times) <= tail(before + 1) + 1e-9


@given(st.integers(0, 50), st.integers(0, 50))
def test_more_is_never_likelier(count: int, before: int) -> None:
    assert 0 < chance_of(count + 1, before, 4) <= chance_of(count, before, 4) <= 1
    assert isclose(chance_of(0, before, 4), 1)


@pytest.mark.parametrize(
    ("week", "factor"), [(28, 29 / 13.25), (7, 1), (0, 1)], ids=["a season", "as ever", "a lull"]
)
def test_the_same_weeks_a_year_ago_tell_the_season(week: int, factor: float) -> None:
    year_ago = [1] * 35
    year_ago[28 - 7 :] = [week // 7] * 28
    assert season_of(year_ago, 34) == pytest.approx(factor)
