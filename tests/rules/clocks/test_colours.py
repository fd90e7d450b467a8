"""Red, yellow, blue under the three presets, the levels of red, and what is left in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from rules.clocks.deadlines import Clock
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from tests.rules.clocks.calendars import at, keeper, shown

LIMITS = ["1wd", "2wd", "3wd", "5wd", "4wh", "40wh", "24h", "240h", "15m", "1d", "2d", "15d"]

PRESETS = ["remaining", "near-due", "overdue-bands"]


def coloured(preset: str) -> Timekeeper:
    return keeper(f'[colours]\npreset = "{preset}"')


def timed(limit: str, start: str = "2026-11-20 10:00", preset: str = "remaining") -> Clock:
    return coloured(preset).timed("close", limit, at(start))


@pytest.mark.parametrize(
    ("limit", "yellow"),
    [
        ("5wd", "2026-11-26 17:30"),
        ("3wd", "2026-11-24 17:30"),
        ("2wd", "2026-11-24 14:00"),
        ("1wd", "2026-11-23 15:45"),
        ("4wh", "2026-11-20 14:30"),
        ("24h", "2026-11-21 04:00"),
        ("240h", "2026-11-29 10:00"),
        ("60m", "2026-11-20 10:45"),
        ("1d", "2026-11-21 18:00"),
        ("2d", "2026-11-22 12:00"),
        ("3d", "2026-11-21 00:00"),
    ],
)
def test_yellow_begins_by_the_measure_of_the_limit(limit: str, yellow: str) -> None:
    assert shown(timed(limit).yellow_at) == yellow


def test_a_friday_deadline_turns_yellow_on_thursday_at_the_same_time() -> None:
    clock = timed("5wd", "2026-11-13 10:00")
    assert [shown(clock.due_at), shown(clock.yellow_at)] == ["2026-11-20 17:30", "2026-11-19 17:30"]


def test_a_monday_deadline_turns_yellow_on_friday() -> None:
    assert shown(timed("3wd", "2026-11-18 10:00").yellow_at) == "2026-11-20 17:30"


def test_a_short_makeup_day_shortens_the_warning_of_a_one_day_limit() -> None:
    policy = '[office]\nspecial_hours = { 2026-11-23 = ["09:00-13:00"] }'
    clock = keeper(policy).timed("close", "1wd", at("2026-11-20 10:00"))
    assert shown(clock.yellow_at) == "2026-11-23 12:00"


@pytest.mark.parametrize(
    ("due", "yellow"),
    [
        ("2026-11-25 12:00", "2026-11-24 12:00"),
        ("2026-11-24 12:00", "2026-11-23 17:00"),
        ("2026-11-20 18:00", "2026-11-20 16:00"),
        ("2026-11-28 18:00", "2026-11-27 18:00"),
        ("2026-11-22 18:00", "2026-11-22 04:00"),
    ],
)
def test_a_date_fixed_by_the_source_turns_yellow_by_how_far_it_is(due: str, yellow: str) -> None:
    clock = keeper().fixed("close", at("2026-11-20 10:00"), at(due))
    assert shown(clock.yellow_at) == yellow


def test_a_lead_of_ones_own_replaces_the_preset() -> None:
    assert shown(led("60d", '"10d"').yellow_at) == "2027-01-10 00:00"
    assert shown(led("10wd", '"2wd"').yellow_at) == "2026-12-02 17:30"
    assert shown(led("10wd", '"4wh"').yellow_at) == "2026-12-04 13:30"
    assert shown(led("48h", '"30m"').yellow_at) == "2026-11-22 09:30"


def test_a_lead_longer_than_the_limit_is_held_to_the_start() -> None:
    clock = led("2wd", '"10d"')
    assert clock.yellow_at == clock.started_at


def test_a_deadline_on_a_closed_day_is_warned_of_by_the_hours_of_the_day_before() -> None:
    thursday, saturday = at("2026-11-19 10:00"), at("2026-11-21 12:00")
    assert shown(keeper().fixed("close", thursday, saturday).yellow_at) == "2026-11-20 15:45"


def led(limit: str, lead: str) -> Clock:
    policy = f'[[limits]]\nclose = "{limit}"\nyellow = {lead}\n'
    clock = keeper(policy).clock("close", Tags(), at("2026-11-20 10:00"))
    assert clock is not None
    return clock


@given(
    st.sampled_from(LIMITS),
    st.sampled_from(PRESETS),
    st.integers(0, 400 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_colours_begin_in_order_and_never_before_the_start(
    limit: str, preset: str, later: timedelta
) -> None:
    start = at("2026-01-05 00:00") + later
    clock = coloured(preset).timed("close", limit, start)
    assert start <= clock.blue_at <= clock.yellow_at <= clock.red_at
    assert start < clock.due_at <= clock.red_at
    names = [name for name, _ in coloured(preset).thresholds(clock)]
    instants = [instant for _, instant in coloured(preset).thresholds(clock)]
    assert instants == sorted(instants)
    assert len(set(names)) == len(names)


def colour_at(clock: Clock, now: str) -> str | None:
    return keeper().colour(clock.blue_at, clock.yellow_at, clock.red_at, at(now))


def test_remaining_is_blue_from_the_start_then_yellow_then_red() -> None:
    clock = timed("5wd")
    moments = ["2026-11-20 10:00", "2026-11-26 17:29", "2026-11-26 17:30", "2026-11-27 17:31"]
    assert [colour_at(clock, now) for now in moments] == ["blue", "blue", "yellow", "red"]


def test_near_due_has_no_colour_until_the_end_is_near() -> None:
    clock = timed("5wd", preset="near-due")
    moments = [
        "2026-11-26 17:00",
        "2026-11-26 17:30",
        "2026-11-27 13:59",
        "2026-11-27 14:00",
        "2026-11-27 17:31",
    ]
    assert [colour_at(clock, now) for now in moments] == [None, "blue", "blue", "yellow", "red"]


def test_near_due_of_round_the_clock_limits_is_halved_in_real_time() -> None:
    clock = timed("24h", preset="near-due")
    assert shown(clock.blue_at) == "2026-11-21 04:00"
    assert shown(clock.yellow_at) == "2026-11-21 07:00"


def test_overdue_bands_are_yellow_for_five_working_days_late_and_red_beyond() -> None:
    clock = timed("5wd", "2026-11-13 10:00", preset="overdue-bands")
    moments = [
        "2026-11-19 17:00",
        "2026-11-20 17:00",
        "2026-11-20 17:31",
        "2026-11-27 23:59",
        "2026-11-30 00:01",
    ]
    assert [colour_at(clock, now) for now in moments] == [None, "blue", "yellow", "yellow", "red"]
    assert shown(clock.due_at) == "2026-11-20 17:30"
    assert coloured("overdue-bands").thresholds(clock)[-1] == ("red3", at("2026-11-30 00:00"))


@pytest.mark.parametrize(
    ("limit", "now", "level"),
    [
        ("5wd", "2026-11-20 17:29", 0),
        ("5wd", "2026-11-20 17:31", 1),
        ("5wd", "2026-11-25 23:00", 1),
        ("5wd", "2026-11-26 00:00", 2),
        ("5wd", "2026-11-27 23:59", 2),
        ("5wd", "2026-11-30 08:00", 3),
        ("24h", "2026-11-15 09:59", 1),
        ("24h", "2026-11-15 10:01", 2),
        ("24h", "2026-11-17 10:01", 3),
        ("7wh", "2026-11-17 10:00", 1),
        ("7wh", "2026-11-17 10:01", 2),
        ("7wh", "2026-11-19 10:01", 3),
    ],
)
def test_red_deepens_with_the_working_days_or_the_multiples_late(
    limit: str, now: str, level: int
) -> None:
    clock = timed(limit, "2026-11-13 10:00")
    assert keeper().level(limit, clock.started_at, clock.due_at, at(now)) == level


@given(
    st.sampled_from(LIMITS),
    st.sampled_from(PRESETS),
    st.integers(1, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_the_thresholds_swept_are_the_levels_shown(
    limit: str, preset: str, later: timedelta
) -> None:
    answer = coloured(preset)
    clock = answer.timed("close", limit, at("2026-11-13 10:00"))
    now = clock.started_at + later + timedelta(seconds=1)
    passed = [name for name, instant in answer.thresholds(clock) if instant <= now]
    colour = answer.colour(clock.blue_at, clock.yellow_at, clock.red_at, now)
    if colour == "red":
        level = answer.level(limit, clock.started_at, clock.due_at, now)
        assert passed[-1] == f"red{level}"
    elif passed:
        assert passed[-1] == colour


@pytest.mark.parametrize(
    ("limit", "now", "text"),
    [
        ("5wd", "2026-11-18 10:00", "余2个工作日"),
        ("5wd", "2026-11-15 10:00", "余5个工作日"),
        ("5wd", "2026-11-20 09:40", "余6小时20分"),
        ("5wd", "2026-11-20 17:29", "余1分"),
        ("5wd", "2026-11-20 17:40", "超10分"),
        ("5wd", "2026-11-21 17:30", "超24小时"),
        ("5wd", "2026-11-26 10:00", "超期4个工作日"),
        ("10wh", "2026-11-16 10:00", "余3小时"),
        ("10wh", "2026-11-17 09:30", "超3小时30分"),
        ("24h", "2026-11-14 09:30", "余30分"),
        ("24h", "2026-11-14 10:00", "余不足1分"),
        ("24h", "2026-11-14 10:00:01", "超不足1分"),
        ("24h", "2026-11-15 12:05", "超26小时5分"),
        ("10d", "2026-11-21 09:00", "余2天"),
        ("10d", "2026-11-23 22:00", "余2小时"),
        ("10d", "2026-11-24 00:30", "超期1天"),
    ],
)
def test_what_is_left_is_said_in_the_measure_of_the_limit(limit: str, now: str, text: str) -> None:
    clock = timed(limit, "2026-11-13 10:00")
    assert keeper().remaining(limit, clock.due_at, at(now)) == text


def test_the_last_evening_of_a_limit_that_ends_at_midnight_still_has_hours() -> None:
    late = keeper('[office]\ndue_time = "midnight"')
    clock = late.timed("close", "1wd", at("2026-11-19 10:00"))
    assert late.remaining("1wd", clock.due_at, at("2026-11-20 20:00")) == "余4小时"


@pytest.mark.parametrize("limit", LIMITS)
def test_at_the_due_second_a_clock_is_on_time_and_a_second_later_red(limit: str) -> None:
    answer, clock = coloured("remaining"), timed(limit)
    colours, levels, crossed = [], [], []
    for now in (clock.due_at, clock.due_at + timedelta(seconds=1)):
        colours.append(answer.colour(clock.blue_at, clock.yellow_at, clock.red_at, now))
        levels.append(answer.level(limit, clock.started_at, clock.due_at, now))
        crossed.append([level for level, _ in answer.crossed(clock, now)])
    assert (colours, levels) == (["yellow", "red"], [0, 1])
    assert crossed == [["yellow"], ["yellow", "red1"]]
    assert answer.kept(limit, clock.due_at, clock.due_at, clock.due_at) == "按时"


def test_yellow_begins_at_its_own_second() -> None:
    answer, clock = coloured("remaining"), timed("5wd")
    before = clock.yellow_at - timedelta(seconds=1)
    assert [level for level, _ in answer.crossed(clock, before)] == []
    assert [level for level, _ in answer.crossed(clock, clock.yellow_at)] == ["yellow"]
