"""When a limit is due: counting, the start after hours, the time of day, pauses, extensions."""

from __future__ import annotations

import pytest

from rules.clocks.deadlines import Clock
from rules.clocks.tags import Tags
from tests.rules.clocks.calendars import at, keeper, shown


def office(**settings: str) -> str:
    return "[office]\n" + "\n".join(f'{key} = "{value}"' for key, value in settings.items())


def due(start: str, limit: str, policy: str = "") -> str:
    return shown(keeper(policy).timed("close", limit, at(start)).due_at)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-02-13", "3wd", "2026-02-25"),
        ("2026-02-13", "5wd", "2026-02-27"),
        ("2026-02-12", "10wd", "2026-03-04"),
        ("2026-04-30", "5wd", "2026-05-11"),
        ("2026-09-18", "5wd", "2026-09-24"),
        ("2026-09-24", "5wd", "2026-10-09"),
        ("2026-09-30", "3wd", "2026-10-10"),
        ("2026-09-30", "15wd", "2026-10-27"),
    ],
)
def test_working_days_pass_over_the_holidays_of_2026(start: str, limit: str, expected: str) -> None:
    clock = keeper().timed("close", limit, at(f"{start} 10:00"))
    assert shown(clock.due_at) == f"{expected} 17:30"
    assert not clock.provisional


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("4wh", "2026-11-23 11:30"),
        ("24h", "2026-11-21 16:00"),
        ("90m", "2026-11-20 17:30"),
        ("2wd", "2026-11-24 17:30"),
        ("2d", "2026-11-23 00:00"),
    ],
)
def test_each_measure_from_a_friday_afternoon(limit: str, expected: str) -> None:
    assert due("2026-11-20 16:00", limit) == expected


def test_working_hours_start_at_the_next_opening() -> None:
    assert due("2026-11-21 08:00", "1wh") == "2026-11-23 10:00"


@pytest.mark.parametrize(
    ("after_hours", "start", "expected"),
    [
        ("same-day", "2026-11-20 23:00", "2026-11-23"),
        ("next-workday", "2026-11-20 17:30", "2026-11-23"),
        ("next-workday", "2026-11-20 17:31", "2026-11-24"),
        ("same-day", "2026-11-21 10:00", "2026-11-23"),
        ("next-workday", "2026-11-21 10:00", "2026-11-24"),
        ("next-workday", "2026-11-20 06:00", "2026-11-23"),
    ],
)
def test_a_start_after_hours_counts_as_the_policy_says(
    after_hours: str, start: str, expected: str
) -> None:
    assert due(start, "1wd", office(after_hours=after_hours)) == f"{expected} 17:30"


def test_natural_days_too_count_from_the_next_working_day_after_hours() -> None:
    policy = office(after_hours="next-workday", cutoff="16:00")
    assert due("2026-11-20 16:01", "3d", policy) == "2026-11-27 00:00"
    assert due("2026-11-20 16:00", "3d", policy) == "2026-11-24 00:00"


@pytest.mark.parametrize(
    ("due_time", "start", "expected"),
    [
        ("close", "2026-11-19 10:20", "2026-11-20 17:30"),
        ("open", "2026-11-19 10:20", "2026-11-20 09:00"),
        ("midnight", "2026-11-19 10:20", "2026-11-21 00:00"),
        ("16:00", "2026-11-19 10:20", "2026-11-20 16:00"),
        ("same-time", "2026-11-19 10:20", "2026-11-20 10:20"),
        ("same-time", "2026-11-19 12:30", "2026-11-20 12:00"),
        ("same-time", "2026-11-19 12:45", "2026-11-20 13:30"),
        ("same-time", "2026-11-19 23:00", "2026-11-20 17:30"),
        ("same-time", "2026-11-19 03:00", "2026-11-20 09:00"),
    ],
)
def test_the_time_of_day_a_working_day_limit_ends(due_time: str, start: str, expected: str) -> None:
    assert due(start, "1wd", office(due_time=due_time)) == expected


def test_due_time_is_no_concern_of_other_measures() -> None:
    policy = office(due_time="open")
    assert due("2026-11-20 16:00", "1d", policy) == due("2026-11-20 16:00", "1d")
    assert due("2026-11-20 16:00", "2wh", policy) == due("2026-11-20 16:00", "2wh")


def test_the_last_natural_day_rolls_off_a_closed_day_where_asked() -> None:
    entry = '[[limits]]\nclose = "1d"\nroll = {}\n'
    tags, friday = Tags(), at("2026-11-20 10:00")
    ends = []
    for roll in ("false", "true"):
        clock = keeper(entry.format(roll)).clock("close", tags, friday)
        assert clock is not None
        ends.append(shown(clock.due_at))
    assert ends == ["2026-11-22 00:00", "2026-11-24 00:00"]


def test_an_entry_may_count_otherwise_than_the_office() -> None:
    policy = """
        [[limits]]
        close = "1wd"
        [[limits]]
        channel = "人民网"
        close = "1wd"
        after_hours = "next-workday"
        cutoff = "12:00"
        due_time = "12:00"
    """
    usual = keeper(policy).clock("close", Tags(), at("2026-11-19 13:00"))
    other = keeper(policy).clock("close", Tags(channel="人民网"), at("2026-11-19 13:00"))
    assert usual is not None
    assert other is not None
    assert [shown(usual.due_at), shown(other.due_at)] == ["2026-11-20 17:30", "2026-11-23 12:00"]


def resumed(limit: str, *pauses: tuple[str, str], policy: str = "") -> str:
    clock = keeper(policy).timed("close", limit, at("2026-09-30 10:00"))
    spans = [(at(begin), at(until)) for begin, until in pauses]
    return shown(keeper(policy).resumed(clock, spans).due_at)


def test_a_pause_of_three_working_hours_moves_on_to_the_close_of_its_day() -> None:
    pause = ("2026-10-09 09:00", "2026-10-09 12:00")
    assert resumed("3wd", pause) == "2026-10-12 17:30"
    assert resumed("3wd", pause, policy=office(pause_rounding="exact")) == "2026-10-12 12:00"


def test_a_pause_over_a_holiday_gives_working_days_nothing() -> None:
    assert resumed("3wd", ("2026-10-01 00:00", "2026-10-08 00:00")) == "2026-10-10 17:30"


def test_overlapping_pauses_are_counted_once() -> None:
    pauses = (("2026-10-09 09:00", "2026-10-09 11:00"), ("2026-10-09 10:00", "2026-10-09 12:00"))
    exact = office(pause_rounding="exact")
    assert resumed("3wd", *pauses, policy=exact) == "2026-10-12 12:00"


def test_two_pauses_are_rounded_once_not_twice() -> None:
    pauses = (("2026-10-08 09:00", "2026-10-08 10:00"), ("2026-10-09 09:00", "2026-10-09 10:00"))
    assert resumed("3wd", *pauses) == "2026-10-12 17:30"


def test_what_a_pause_held_before_the_start_does_not_count() -> None:
    assert resumed("24h", ("2026-09-30 08:00", "2026-09-30 12:00")) == "2026-10-01 12:00"


def test_working_hours_and_real_hours_move_by_their_own_measure() -> None:
    lunch = ("2026-09-30 11:00", "2026-09-30 14:30")
    assert resumed("4wh", lunch) == "2026-09-30 17:30"
    assert resumed("24h", lunch) == "2026-10-01 13:30"


def test_a_natural_day_limit_moved_by_whole_days_still_ends_a_day() -> None:
    assert resumed("10d", ("2026-10-02 08:00", "2026-10-03 08:00")) == "2026-10-12 00:00"
    assert resumed("10d", ("2026-10-02 08:00", "2026-10-02 20:00")) == "2026-10-12 17:30"


def extended(limit: str, by: str) -> Clock:
    clock = keeper().timed("close", limit, at("2026-11-13 10:00"))
    return keeper().extended(clock, by)


@pytest.mark.parametrize(
    ("limit", "by", "expected"),
    [
        ("5wd", "5wd", "2026-11-27 17:30"),
        ("5wd", "24h", "2026-11-21 17:30"),
        ("5wd", "3d", "2026-11-24 00:00"),
        ("60d", "30d", "2027-02-12 00:00"),
        ("24h", "4wh", "2026-11-16 14:30"),
    ],
)
def test_an_extension_counts_from_the_current_due_instant(
    limit: str, by: str, expected: str
) -> None:
    assert shown(extended(limit, by).due_at) == expected


def test_an_extended_clock_keeps_its_limit_and_turns_yellow_anew() -> None:
    clock = extended("5wd", "5wd")
    assert clock.limit_text == "5wd"
    assert shown(clock.yellow_at) == "2026-11-26 17:30"


def test_an_extension_keeps_what_the_entry_overrides_when_it_knows_the_matter() -> None:
    policy = '[[limits]]\nclose = "60d"\nyellow = { close = "10d" }\n'
    answer, tags = keeper(policy), Tags()
    clock = answer.clock("close", tags, at("2026-03-02 10:00"))
    assert clock is not None
    assert shown(answer.extended(clock, "30d", tags).yellow_at) == "2026-05-22 00:00"


@pytest.mark.parametrize(
    ("limit", "provisional"),
    [("1wd", True), ("3wd", True), ("20wh", True), ("72h", False), ("10d", False)],
)
def test_a_deadline_that_leans_on_an_unpublished_year_is_provisional(
    limit: str, provisional: bool
) -> None:
    assert keeper().timed("close", limit, at("2026-12-30 10:00")).provisional is provisional


def test_a_bureau_without_a_calendar_has_nothing_provisional() -> None:
    plain = keeper(office(calendar="none"))
    clock = plain.timed("close", "3wd", at("2026-09-30 10:00"))
    assert shown(clock.due_at) == "2026-10-05 17:30"
    assert not plain.timed("close", "3wd", at("2026-12-30 10:00")).provisional


def test_statutory_days_are_kept_beyond_the_official_years() -> None:
    clock = keeper().timed("close", "1wd", at("2027-02-04 10:00"))
    assert shown(clock.due_at) == "2027-02-09 17:30"


def test_a_date_the_source_fixed_is_never_provisional() -> None:
    clock = keeper().fixed("close", at("2026-12-30 10:00"), at("2027-01-15 12:00"))
    assert (clock.provisional, clock.source_fixed) == (False, True)


@pytest.mark.parametrize(("day", "provisional"), [("23", False), ("24", True), ("30", True)])
def test_the_last_seven_days_of_the_official_year_are_provisional(
    day: str, provisional: bool
) -> None:
    late = keeper(office(due_time="midnight"))
    clock = late.timed("close", "1wd", at(f"2026-12-{day} 10:00"))
    assert shown(clock.due_at).endswith("00:00")
    assert clock.provisional is provisional


def test_a_provisional_instant_says_which_notice_it_waits_for() -> None:
    calendar = keeper().calendar
    assert calendar.unsettled(at("2026-12-28 17:30")).startswith("下一年放假安排尚未公布，年末七天")
    assert calendar.unsettled(at("2027-01-01 00:00")).startswith("下一年")
    assert calendar.unsettled(at("2027-01-04 17:30")).startswith("该年")


@pytest.mark.parametrize("override", ["roll = true", 'after_hours = "next-workday"'])
def test_natural_days_lean_on_the_calendar_where_closed_days_move_them(override: str) -> None:
    clock = keeper(f'[[limits]]\nclose = "10d"\n{override}\n').clock(
        "close", Tags(), at("2026-12-30 10:00")
    )
    assert clock is not None
    assert clock.provisional


def test_a_pause_of_a_whole_office_day_moves_to_the_next_close_and_no_further() -> None:
    assert resumed("3wd", ("2026-10-09 00:00", "2026-10-10 00:00")) == "2026-10-12 17:30"


def test_a_clock_made_under_an_older_limit_is_extended_as_it_was_made() -> None:
    answer, tags = keeper('[[limits]]\nclose = "60d"\nyellow = "10d"\n'), Tags()
    older = answer.timed("close", "5wd", at("2026-11-13 10:00"))
    assert answer.extended(older, "5wd", tags) == answer.extended(older, "5wd")
