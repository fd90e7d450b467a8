"""What the queue asks about days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.timekeeper import Tags
from tests.rules.calendars import at, keeper, shown


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
