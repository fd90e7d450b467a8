"""What the queue asks about days, and the instants a clock takes and gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from rules.clocks.tags import Tags
from rules.errors import CalendarError
from tests.rules.clocks.calendars import at, keeper, shown


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-11-20 15:20", "2026-11-20 00:00"),
        ("2026-11-22 15:20", "2026-11-20 00:00"),
        ("2026-10-05 09:00", "2026-09-30 00:00"),
        ("2026-10-10 09:00", "2026-10-10 00:00"),
    ],
)
def test_what_turned_red_since_the_last_working_day_began_is_new(now: str, start: str) -> None:
    assert shown(keeper().workday_start(at(now))) == start


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-19 15:20", "2026-11-21 00:00"),
        ("2026-11-20 15:20", "2026-11-24 00:00"),
        ("2026-09-30 15:20", "2026-10-09 00:00"),
    ],
)
def test_the_next_working_day_ends_at_its_midnight(now: str, end: str) -> None:
    assert shown(keeper().next_workday_end(at(now))) == end


def test_red_for_more_than_thirty_working_days_is_folded() -> None:
    answer, now = keeper(), at("2026-11-20 15:20")
    fold = answer.long_red_before(now)
    calendar = answer.calendar
    just_in = answer.local(fold).date()
    just_out = calendar.date_ending(fold)
    today = answer.local(now).date()
    assert calendar.days_between(just_out, today) == 31
    assert calendar.days_between(just_in, today) == 30


@pytest.mark.parametrize(
    ("limit", "original", "due", "ended", "told"),
    [
        ("5wd", "2026-11-20 17:30", "2026-11-20 17:30", "2026-11-20 17:30", "按时"),
        ("5wd", "2026-11-20 17:30", "2026-11-20 17:30", "2026-11-20 17:30:01", "逾期不足1分"),
        ("5wd", "2026-11-20 17:30", "2026-11-20 17:30", "2026-11-21 09:00", "逾期15小时30分"),
        ("5wd", "2026-11-20 17:30", "2026-11-20 17:30", "2026-12-03 09:00", "逾期9个工作日"),
        ("5wd", "2026-11-20 17:30", "2026-11-27 17:30", "2026-11-24 09:00", "延期后按时"),
        ("5wd", "2026-11-20 17:30", "2026-11-27 17:30", "2026-11-30 09:00", "逾期1个工作日"),
        ("5d", "2026-11-21 00:00", "2026-11-21 00:00", "2026-11-23 09:00", "逾期3天"),
        ("4wh", "2026-11-20 16:30", "2026-11-20 16:30", "2026-11-23 09:30", "逾期1小时30分"),
        ("30m", "2026-11-20 16:30", "2026-11-20 16:30", "2026-11-20 18:35", "逾期2小时5分"),
    ],
)
def test_what_has_ended_says_how_its_limit_was_kept(
    limit: str, original: str, due: str, ended: str, told: str
) -> None:
    assert keeper().kept(limit, at(original), at(due), at(ended)) == told


def test_a_deadline_hangs_on_the_date_not_on_who_asked_first() -> None:
    tags, answer = Tags("求助"), keeper()
    starts = [at("2026-11-20 08:00") + timedelta(minutes=37 * n) for n in range(20)]
    together = [answer.clock("close", tags, start) for start in starts]
    assert together == [keeper().clock("close", tags, start) for start in starts]


def test_a_clock_keeps_its_own_start_as_its_first_colour() -> None:
    answer = keeper()
    for minute in (0, 25):
        start = at(f"2026-11-20 10:{minute:02}")
        clock = answer.timed("close", "5wd", start)
        assert (clock.started_at, clock.blue_at) == (start, start)


def test_another_city_keeps_its_own_time() -> None:
    boston = keeper('[bureau]\ntimezone = "America/New_York"\n[office]\ncalendar = "none"')
    clock = boston.timed("close", "3wd", at("2026-10-30 10:00"))
    assert boston.local(clock.due_at).isoformat() == "2026-11-03T17:30:00-05:00"
    assert boston.local(clock.yellow_at).isoformat() == "2026-11-02T17:30:00-05:00"


@pytest.mark.parametrize("limit", ["1wd", "1wh", "1h", "1m", "1d"])
def test_a_start_without_a_zone_is_refused_by_every_measure(limit: str) -> None:
    naive = datetime(2026, 11, 20, 10)
    with pytest.raises(ValueError, match="naive"):
        keeper().timed("close", limit, naive)
    with pytest.raises(ValueError, match="naive"):
        keeper().fixed("close", at("2026-11-20 10:00"), naive)


@pytest.mark.parametrize("limit", ["1wd", "1wh", "1h", "1m", "1d"])
@pytest.mark.parametrize("year", [1, 9999])
def test_a_start_in_an_absurd_year_is_refused_in_words(limit: str, year: int) -> None:
    start = datetime(year, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14)))
    with pytest.raises(CalendarError, match="1900—2200年"):
        keeper().timed("close", limit, start)


@pytest.mark.parametrize(
    ("start", "due"), [("2026-10-31", "2026-11-01 11:00"), ("2026-03-07", "2026-03-08 13:00")]
)
def test_round_the_clock_limits_run_in_real_time_over_a_change_of_clocks(
    start: str, due: str
) -> None:
    zone = ZoneInfo("America/New_York")
    there = keeper('[bureau]\ntimezone = "America/New_York"\n')
    noon = datetime.fromisoformat(start).replace(hour=12, tzinfo=zone)
    clock = there.timed("close", "24h", noon)
    assert clock.due_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") == due
    assert clock.due_at - clock.started_at == timedelta(hours=24)


@pytest.mark.parametrize("limit", ["1wd", "1wh", "1h", "1d"])
def test_a_clock_tells_its_instants_in_utc_whatever_the_zone_of_its_start(limit: str) -> None:
    start = at("2026-11-20 10:00")
    elsewhere = start.astimezone(ZoneInfo("America/New_York"))
    clock = keeper().timed("close", limit, elsewhere)
    assert clock == keeper().timed("close", limit, start)
    assert clock.started_at.tzinfo is clock.due_at.tzinfo is UTC
