"""What is new, rises, repeats or crosses, and the day it could first have been known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from rules.insight.judging import findings_of
from rules.insight.series import Kind, known_from, watched_by
from rules.insight.watch import InsightPolicy
from tests.rules.insight.days import POLICY, START, WEEK_ASKED, found, horizon, quiet, series

CITY = quiet(40)


def burst(*last: int, usual: int = 0) -> list[int]:
    """Return a series that is as usual up to the days asked for, and then this."""
    return [*[usual] * START, *last, *[usual] * (WEEK_ASKED - len(last))]


def test_what_rises_is_known_on_the_first_day_it_does() -> None:
    finding = found(series(burst(4, 4, 4, 4, usual=1)), horizon(CITY))
    assert finding is not None
    assert "rises" in finding.signs
    assert finding.known == START + 2  # 16 appeals in the week to that day, the usual being 7
    assert finding.level.count == 19 and finding.level.mean == 7


@pytest.mark.parametrize(
    ("last", "usual", "rises"),
    [
        ((7,), 0, False),
        ((8,), 0, True),
        ((6, 6, 6, 6, 6, 6, 5), 3, False),
        ((2, 2, 2, 2, 2, 2, 2), 1, False),
        ((6, 6, 6, 6, 6, 6, 6), 3, True),
    ],
    ids=["seven", "eight", "not twice", "twice, but no three deviations", "twice"],
)
def test_a_rise_is_eight_and_twice_and_three_deviations(
    last: tuple[int, ...], usual: int, rises: bool
) -> None:
    one = series(burst(*last, usual=usual), citizens=4)
    finding = found(one, horizon(CITY))
    assert (finding is not None and "rises" in finding.signs) == rises


def test_where_very_much_is_watched_chance_is_given_its_due() -> None:
    scattered = [1 if day % 4 == 0 else 0 for day in range(START)]
    counts = [*scattered, 3, 3, 2, 0, 0, 0, 0]
    assert found(series(counts, "word", citizens=4), horizon(CITY, watched=1)) is not None
    assert found(series(counts, "word", citizens=4), horizon(CITY, watched=20_000)) is None
    assert found(series(counts, citizens=4), horizon(CITY, watched=20_000)) is not None


def test_what_all_the_city_does_is_no_rise_of_one_thing() -> None:
    one = series(burst(*[4] * 7, usual=1))
    assert found(one, horizon(CITY)) is not None
    assert found(one, horizon([*CITY[:START], *[160] * WEEK_ASKED])) is None


def test_what_came_as_much_a_year_ago_is_the_season() -> None:
    past = [*[1] * (START - 7), *[4] * 21]
    one = series(burst(*[3] * 7, usual=1), year_ago=past)
    assert found(replace(one, year_ago=None), horizon(CITY)) is not None
    assert found(one, horizon(CITY)) is None


def test_what_was_never_there_is_new_once_five_citizens_report_it() -> None:
    finding = found(series(burst(2, 2, 0, 1)), horizon(CITY))
    assert finding is not None
    assert finding.signs == ("new",)
    assert finding.known == START + 3
    assert found(series(burst(2, 2, 0, 1), citizens=4), horizon(CITY)) is None
    before = burst(2, 2, 0, 1)
    before[START - 80] = 1
    assert found(series(before), horizon(CITY)) is None


def test_nothing_is_new_or_rises_before_four_weeks_are_known() -> None:
    assert found(series(burst(20)), horizon(CITY, known=START - 34)) is not None
    assert found(series(burst(20)), horizon(CITY, known=START - 20)) is None


@pytest.mark.parametrize(
    ("kind", "citizens", "repeats"),
    [("object", 9, True), ("place", 9, True), ("category", 9, False), ("object", 2, False)],
)
def test_different_citizens_repeat_one_thing_or_place(
    kind: Kind, citizens: int, repeats: bool
) -> None:
    finding = found(series(burst(3, 3), kind, citizens=citizens), horizon(CITY))
    assert (finding is not None and "repeats" in finding.signs) == repeats


def test_three_within_thirty_days_repeat_where_chance_would_not_bring_them() -> None:
    slowly = burst(1)
    slowly[START - 12] = slowly[START - 24] = 1
    finding = found(series(slowly, "object"), horizon(CITY, watched=10))
    assert finding is not None and finding.span == 30
    assert (finding.signs, finding.known, finding.reporters) == (("repeats",), START, 3)
    assert found(series(slowly, "object"), horizon(CITY, watched=5000)) is None


def test_a_problem_is_new_on_its_alarm_if_it_formed_within_a_month() -> None:
    formed = series(burst(2, 2, 1), "problem", alarm=START + 2)
    finding = found(formed, horizon(CITY))
    assert finding is not None
    assert (finding.signs, finding.known) == (("new", "repeats"), START + 2)
    everywhere = series(burst(2, 2, 1), "problem", alarm=START + 2, places=("甲", "乙", "丙"))
    assert found(everywhere, horizon(CITY)) is None
    slowly = burst(0, 0, 1)
    slowly[START - 100 :: 30] = [1] * len(slowly[START - 100 :: 30])
    assert found(series(slowly, "problem", alarm=START + 2), horizon(CITY)) is None


def test_a_confirmed_problem_is_followed_whatever_chance_may_bring() -> None:
    often = series(quiet(1), "problem", alarm=40)
    assert found(often, horizon(CITY)) is None
    finding = found(replace(often, sure=True), horizon(CITY))
    assert finding is not None and finding.signs == ("repeats",)


def test_it_crosses_where_several_channels_or_districts_have_more_than_usual() -> None:
    channels = ("12345电话", "微信", "城市留言板")
    finding = found(series(burst(12), channels=channels, districts=("甲", "乙")), horizon(CITY))
    assert finding is not None
    assert "crosses" in finding.signs
    assert sorted(finding.channels) == sorted(channels)
    assert sorted(finding.districts) == ["乙", "甲"]
    lone = found(series(burst(12), channels=channels[:2]), horizon(CITY))
    assert lone is not None and "crosses" not in lone.signs and lone.channels == ()


def test_what_went_on_is_known_since_it_began() -> None:
    counts = quiet(0)
    counts[START - 5 :] = [3] * 12
    finding = found(series(counts), horizon(CITY))
    assert finding is not None and finding.known == START - 4


COUNTS = st.lists(st.integers(0, 6), min_size=START + WEEK_ASKED, max_size=START + WEEK_ASKED)


@given(COUNTS, COUNTS, st.integers(0, WEEK_ASKED - 1), st.sampled_from(["category", "object"]))
def test_no_verdict_reads_a_later_day(
    counts: list[int], other: list[int], day: int, kind: Kind
) -> None:
    """What is known by a day is found, and found on the same day, whatever comes later."""
    quietly = [min(1, count) for count in counts[:START]]
    here = [*quietly, *counts[START:]]
    until = START + day + 1
    past = found(series(here[:until], kind), horizon(CITY[:until]))
    later = found(series([*here[:until], *other[until:]], kind), horizon(CITY))
    if past is not None:
        assert later is not None and later.known == past.known
    elif later is not None:
        assert later.known >= until


@given(COUNTS)
def test_a_stricter_policy_finds_nothing_more(counts: list[int]) -> None:
    strict = InsightPolicy(least=12, fresh=9, week_reporters=9, month_reporters=9)
    one = series(counts, "object")
    if found(one, horizon(CITY), strict) is not None:
        assert found(one, horizon(CITY)) is not None


def test_each_series_is_found_once_or_not_at_all() -> None:
    every = [series(burst(12)), series(quiet(1), citizens=2)]
    assert len(list(findings_of(every, horizon(CITY), POLICY))) == 1


def test_stray_old_appeals_tell_nothing_of_what_was_usual() -> None:
    assert known_from([1, *[0] * 20, *[2] * 14]) == 18
    assert known_from([0, 1, 0, 0]) == 4


def test_subjects_are_watched_from_the_day_they_appear() -> None:
    watched = watched_by([("word", 0), ("word", 2), ("place", 2)], 4)
    assert (watched["word"], watched["place"]) == ([1, 1, 2, 2], [0, 0, 1, 1])
