"""Units in last place months running."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rules.ranking.lastplace import MonthTable, Run, last_running, running
from rules.ranking.rules import FlagPolicy
from rules.ranking.standing import Entry
from tests.rules.ranking.standings import month, unit

FLAGS = FlagPolicy()

MONTHS = ["2018-09", "2018-10", "2018-11", "2018-12", "2019-01", "2019-02"]


def ranked(last: int, units: tuple[int, ...] = (1, 2, 3, 4, 5)) -> tuple[Entry, ...]:
    """Return a group in which unit ``last`` is last."""
    return tuple(unit(n, 50 if n == last else 90 - n, 100) for n in units)


LEVEL = tuple(unit(n, 90, 100) for n in (1, 2, 3, 4, 5))  # no last place


def small(last: int, who: int) -> tuple[Entry, ...]:
    """Return a group where ``last`` is last and ``who`` has too few ratings to be ranked."""
    return tuple(unit(who, 0, 9) if e.unit_id == who else e for e in ranked(last))


def tables(*months: tuple[Entry, ...] | None, first: int = 0) -> list[MonthTable]:
    """Return the tables of months in a row; None is a month without any."""
    keys = MONTHS[first:]
    return [MonthTable(key, month(*e)) for key, e in zip(keys, months, strict=False) if e]


def flagged(found: tuple[Run, ...]) -> dict[int, list[str]]:
    return {run.unit_id: [place.period for place in run.months] for run in found}


def test_two_months_running_in_last_place_is_a_flag() -> None:
    (run,) = last_running(tables(ranked(5), ranked(5)), FLAGS)
    assert (run.unit_id, run.unit, run.group) == (5, "单位5", "中心城区")
    assert [place.period for place in run.months] == ["2018-09", "2018-10"]
    assert len(run.evidence) == 2
    assert run.evidence[0].startswith("2018年9月 中心城区 第5位/共5家")


def test_one_month_is_none_but_is_counted_as_a_run_of_one() -> None:
    assert last_running(tables(ranked(5)), FLAGS) == ()
    assert flagged(running(tables(ranked(5)), FLAGS)) == {5: ["2018-09"]}


def test_a_better_month_between_breaks_the_run() -> None:
    assert last_running(tables(ranked(5), ranked(4), ranked(5)), FLAGS) == ()


def test_a_run_that_ended_before_the_newest_month_is_not_raised_again() -> None:
    assert last_running(tables(ranked(5), ranked(5), ranked(4)), FLAGS) == ()
    assert last_running(tables(ranked(5), ranked(5), LEVEL), FLAGS) == ()


def test_a_long_run_is_one_flag_with_all_its_months_across_the_year() -> None:
    found = last_running(tables(*[ranked(5)] * 6), FLAGS)
    assert flagged(found) == {5: MONTHS}


@pytest.mark.parametrize(
    "between",
    [LEVEL, ranked(3, (1, 2, 3))[:2], small(4, who=5), ranked(4, (1, 2, 3, 4)), None],
    ids=["all level", "two units only", "itself too small", "itself not listed", "no ranking"],
)
def test_one_month_that_does_not_count_is_bridged_two_are_not(
    between: tuple[Entry, ...] | None,
) -> None:
    bridged = last_running(tables(ranked(5), between, ranked(5)), FLAGS)
    assert flagged(bridged) == {5: ["2018-09", "2018-11"]}
    assert last_running(tables(ranked(5), between, between, ranked(5)), FLAGS) == ()


def test_each_gap_of_one_month_is_bridged_for_itself() -> None:
    found = last_running(tables(ranked(5), LEVEL, ranked(5), LEVEL, ranked(5)), FLAGS)
    assert flagged(found) == {5: ["2018-09", "2018-11", "2019-01"]}


def test_ties_all_count() -> None:
    both = (unit(1, 90, 100), unit(2, 80, 100), unit(3, 50, 100), unit(4, 5, 10))
    assert flagged(last_running(tables(both, both), FLAGS)) == {
        3: ["2018-09", "2018-10"],
        4: ["2018-09", "2018-10"],
    }


def test_a_regrouped_unit_starts_anew() -> None:
    old = (*ranked(5), *(unit(n, 90, 100, "功能区") for n in (11, 12, 13)))
    moved = (
        *ranked(4, (1, 2, 3, 4)),
        unit(11, 90, 100, "功能区"),
        unit(12, 90, 100, "功能区"),
        unit(5, 10, 100, "功能区"),
    )
    assert flagged(running(tables(old, moved), FLAGS))[5] == ["2018-10"]
    found = last_running(tables(old, moved, moved), FLAGS)
    assert flagged(found)[5] == ["2018-10", "2018-11"]
    assert {run.group for run in found if run.unit_id == 5} == {"功能区"}


def test_a_unit_regrouped_while_no_month_counts_starts_anew_too() -> None:
    away = (*ranked(4, (1, 2, 3, 4)), unit(5, 1, 2, "功能区"))
    assert last_running(tables(ranked(5), away, ranked(5)), FLAGS) == ()


def test_a_renamed_unit_continues_its_run_under_its_new_name() -> None:
    months = tables(ranked(5), ranked(9, (1, 2, 3, 4, 9)))
    assert last_running(months, FLAGS) == ()
    (run,) = last_running(months, FLAGS, {5: 9})
    assert (run.unit_id, run.unit) == (9, "单位9")
    assert [(place.period, place.unit_id) for place in run.months] == [
        ("2018-09", 5),
        ("2018-10", 9),
    ]


def test_an_old_name_still_listed_without_ratings_does_not_keep_the_run() -> None:
    renamed = (*ranked(9, (1, 2, 3, 4, 9)), unit(5, 0, 0))
    assert set(flagged(last_running(tables(ranked(5), renamed), FLAGS, {5: 9}))) == {9}


def test_a_unit_renamed_twice_is_followed() -> None:
    months = tables(ranked(5), None, ranked(9, (1, 2, 3, 4, 9)))
    assert set(flagged(last_running(months, FLAGS, {5: 7, 7: 9}))) == {9}


def test_a_merger_of_several_units_starts_anew() -> None:
    months = tables(ranked(5), ranked(9, (1, 2, 3, 9)))
    assert last_running(months, FLAGS, {5: 9, 4: 9}) == ()


def test_an_exempted_month_breaks_the_run() -> None:
    spare = FlagPolicy.model_validate({"exempt_above": 0.5})
    assert last_running(tables(ranked(5), ranked(5)), spare) == ()


def test_the_policy_says_how_many_months_make_a_flag() -> None:
    three = FlagPolicy(months=3)
    assert last_running(tables(ranked(5), ranked(5)), three) == ()
    assert set(flagged(last_running(tables(*[ranked(5)] * 3), three))) == {5}


def test_a_run_with_an_unpublished_month_is_a_forecast() -> None:
    months = tables(ranked(5), ranked(5))
    assert not last_running(months, FLAGS)[0].provisional
    months[1] = MonthTable("2018-10", month(*ranked(5)), provisional=True)
    (run,) = last_running(months, FLAGS)
    assert run.provisional
    assert [line.endswith("预判") for line in run.evidence] == [False, True]


def test_two_tables_of_one_month_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="two tables of 2018-09"):
        running([*tables(ranked(5)), *tables(ranked(4))], FLAGS)


def test_no_months_no_flags() -> None:
    assert last_running([], FLAGS) == ()


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, 0]), max_size=6))
def test_a_run_is_read_off_the_sequence_of_last_units(lasts: list[int]) -> None:
    """Unit 0 stands for a month in which all are level."""
    found = running(tables(*[ranked(n) if n else LEVEL for n in lasts]), FLAGS)
    if not lasts or lasts[-1] == 0:
        assert found == ()
        return
    expected: list[str] = []
    missed = 0
    for key, n in reversed(list(zip(MONTHS, lasts, strict=False))):
        missed = missed + 1 if n == 0 else 0
        if missed > 1 or n not in (0, lasts[-1]):
            break
        if n:
            expected.insert(0, key)
    assert flagged(found) == {lasts[-1]: expected}
