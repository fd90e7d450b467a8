"""Working time: other engines' cases, and what must hold for any office."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from rules.clocks.calendar import (
    CalendarDay,
    CalendarDays,
    OfficeDays,
    OfficeHours,
    Season,
    read_spans,
    read_week,
)
from rules.clocks.worktime import WorkCalendar
from rules.errors import CalendarError

USUAL = read_week(["09:00-12:00", "13:30-17:30"])

ROUND_THE_CLOCK = tuple([read_spans(["00:00-24:00"])] * 7)

QUARTER = timedelta(minutes=15)

# Half the instants lie on the quarter hour, where spans begin and end.
instants = st.one_of(
    st.integers(0, 2 * 366 * 96).map(lambda n: datetime(2025, 1, 1, tzinfo=UTC) + n * QUARTER),
    st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
)

dates = st.dates(date(2025, 1, 1), date(2026, 12, 31))

amounts = st.integers(0, 40 * 7 * 3600)

weeks = st.sampled_from(
    [
        USUAL,
        read_week({"mon": ["22:00-24:00"], "tue": ["00:00-06:00"], "sat": ["11:00-14:30"]}),
        read_week({"wed": ["08:00-08:01", "09:00-09:15", "23:59-24:00"]}),
        ROUND_THE_CLOCK,
    ]
)

zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]
)


def office(
    week: object = USUAL,
    zone: str = "Asia/Shanghai",
    *,
    holidays: frozenset[date] | set[date] = frozenset(),
    workdays: frozenset[date] | set[date] = frozenset(),
    hours: OfficeHours | None = None,
) -> WorkCalendar:
    days = {day: CalendarDay("假", True) for day in holidays}
    days |= {day: CalendarDay("班", False) for day in workdays}
    published = CalendarDays(days, date.min, date.max, "")
    chosen = hours or OfficeHours(week)  # type: ignore[arg-type]  # hypothesis hands over a Week
    return WorkCalendar(OfficeDays(chosen, published), ZoneInfo(zone))


@st.composite
def offices(draw: st.DrawFn) -> WorkCalendar:
    return office(draw(weeks), draw(zones), holidays=draw(st.frozensets(dates, max_size=8)))


@given(offices(), instants, amounts)
def test_working_time_added_is_the_working_time_between(
    calendar: WorkCalendar, start: datetime, amount: int
) -> None:
    end = calendar.add(start, amount)
    assert calendar.between(start, end) == amount
    assert end >= start


@given(offices(), instants, amounts)
def test_working_time_taken_back_is_the_working_time_between(
    calendar: WorkCalendar, start: datetime, amount: int
) -> None:
    assert calendar.between(start, calendar.add(start, -amount)) == -amount


@given(offices(), instants, instants, amounts)
def test_a_later_start_never_ends_earlier(
    calendar: WorkCalendar, one: datetime, other: datetime, amount: int
) -> None:
    earlier, later = sorted((one, other))
    assert calendar.add(earlier, amount) <= calendar.add(later, amount)
    assert calendar.between(earlier, later) >= 0


@given(offices(), instants, amounts.filter(bool), amounts.filter(bool))
def test_an_amount_may_be_added_in_parts(
    calendar: WorkCalendar, start: datetime, part: int, rest: int
) -> None:
    assert calendar.add(calendar.add(start, part), rest) == calendar.add(start, part + rest)


@given(offices(), instants, instants, instants)
def test_time_between_adds_up(
    calendar: WorkCalendar, one: datetime, middle: datetime, other: datetime
) -> None:
    assert calendar.between(one, middle) + calendar.between(middle, other) == calendar.between(
        one, other
    )


@given(weeks, st.frozensets(dates, max_size=8), dates, instants, amounts)
def test_a_further_holiday_never_brings_a_deadline_forward(
    week: object, holidays: frozenset[date], further: date, start: datetime, amount: int
) -> None:
    before = office(week, holidays=holidays)
    after = office(week, holidays=holidays | {further})
    assert after.add(start, amount) >= before.add(start, amount)
    day = start.date()
    assert after.add_days(day, 5) >= before.add_days(day, 5)


@given(weeks, st.sampled_from(["UTC", "Asia/Kolkata", "Pacific/Honolulu"]), instants, amounts)
def test_the_same_local_calendar_answers_the_same_by_any_clock_on_the_wall(
    week: object, zone: str, start: datetime, amount: int
) -> None:
    here, there = office(week, "Asia/Shanghai"), office(week, zone)
    wall = start.replace(tzinfo=None)
    answers = set()
    for calendar in (here, there):
        end = calendar.local(calendar.add(wall.replace(tzinfo=calendar.zone), amount))
        answers.add(end.replace(tzinfo=None))
    assert len(answers) == 1


@given(offices(), instants, st.integers(1, 20 * 7 * 3600), st.data())
def test_a_pause_keeps_the_time_that_remained(
    calendar: WorkCalendar, start: datetime, amount: int, data: st.DataObject
) -> None:
    spans = data.draw(st.lists(st.tuples(instants, instants), max_size=4))
    pauses = [(min(span), max(span)) for span in spans]
    end = calendar.add(start, amount, pauses)
    assert calendar.between(start, end, pauses) == amount


@given(offices(), dates, st.integers(1, 40))
def test_counting_working_days_there_and_between_agree(
    calendar: WorkCalendar, day: date, count: int
) -> None:
    last = calendar.add_days(day, count)
    assert calendar.is_working(last)
    assert calendar.days_between(day, last) == count
    assert calendar.days_between(last, day) == -count
    assert calendar.add_days(last, -1) <= last - timedelta(days=1)


@settings(max_examples=30)
@given(weeks, zones, dates, amounts)
def test_bisection_agrees_with_a_walk_over_the_days(
    week: object, zone: str, day: date, amount: int
) -> None:
    calendar = office(week, zone)
    start = calendar.at(day, 0)
    left, day = amount, day
    while amount and left > calendar.seconds_on(day):
        left -= calendar.seconds_on(day)
        day += timedelta(days=1)
    end = calendar.add(start, amount)
    for begin, until in calendar.spans_on(day):
        length = int((until - begin).total_seconds())
        if left <= length:
            assert end == begin + timedelta(seconds=left)
            return
        left -= length
    assert amount == 0


def test_a_result_exactly_at_closing_time_stays_there() -> None:
    calendar = office()
    friday = datetime(2026, 11, 20, 16, 30, tzinfo=calendar.zone)
    assert calendar.local(calendar.add(friday, 3600)).isoformat() == "2026-11-20T17:30:00+08:00"


def test_zero_time_from_a_closed_moment_gives_the_next_opening() -> None:
    calendar = office()
    saturday = datetime(2026, 11, 21, 3, tzinfo=UTC)
    assert calendar.add(saturday, 0) == calendar.next_opening(saturday)
    assert calendar.local(calendar.add(saturday, 0)).isoformat() == "2026-11-23T09:00:00+08:00"


def test_a_pause_that_holds_the_opening_moves_a_zero_to_after_it() -> None:
    calendar = office()
    start = datetime(2026, 11, 20, 12, tzinfo=calendar.zone)
    pause = (start, start + timedelta(hours=3))
    assert calendar.local(calendar.add(start, 0, [pause])).hour == 15


def test_a_night_span_up_to_midnight_meets_the_next_day_without_a_seam() -> None:
    calendar = office(ROUND_THE_CLOCK)
    start = datetime(2026, 11, 20, 23, tzinfo=calendar.zone)
    assert calendar.add(start, 7200) == start + timedelta(hours=2)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_a_day_lasts_as_long_as_it_really_lasts_when_clocks_change(day: date, hours: int) -> None:
    berlin = office(ROUND_THE_CLOCK, "Europe/Berlin")
    assert berlin.seconds_on(day) == hours * 3600


@pytest.mark.parametrize(
    ("span", "seconds"), [("02:15-02:45", 0), ("01:00-02:30", 3600), ("02:30-04:00", 3600)]
)
def test_the_hour_that_is_skipped_counts_nothing(span: str, seconds: int) -> None:
    berlin = office(tuple([read_spans([span])] * 7), "Europe/Berlin")
    assert berlin.seconds_on(date(2026, 3, 29)) == seconds


def test_adjoining_spans_never_count_the_repeated_hour_twice() -> None:
    week = tuple([read_spans(["00:00-02:30", "02:30-24:00"])] * 7)
    assert (
        office(week, "Europe/Berlin").between(
            datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)
        )
        == 25 * 3600
    )


def test_a_worked_sunday_keeps_mondays_hours() -> None:
    sunday = date(2026, 9, 20)
    calendar = office(
        read_week({"mon": ["08:00-12:00"], "tue": ["09:00-17:00"]}), workdays={sunday}
    )
    assert calendar.seconds_on(sunday) == 4 * 3600


def test_a_worked_saturday_keeps_its_own_hours_where_it_has_any() -> None:
    saturday = date(2026, 9, 19)
    week = read_week({"mon": ["08:00-12:00"], "sat": ["10:00-11:00"]})
    assert office(week, workdays={saturday}).seconds_on(saturday) == 3600


def test_special_hours_win_over_a_holiday() -> None:
    day = date(2026, 10, 1)
    hours = OfficeHours(USUAL, special={day: read_spans(["10:00-11:00"])})
    assert office(hours=hours, holidays={day}).seconds_on(day) == 3600


def test_a_season_may_run_over_the_new_year() -> None:
    winter = Season((12, 1), (2, 28), read_week(["10:00-12:00"]))
    calendar = office(hours=OfficeHours(USUAL, (winter,)))
    hours = [calendar.seconds_on(date(2026, *day)) for day in ((1, 5), (3, 2), (12, 1))]
    assert hours == [7200, 7 * 3600, 7200]


def test_opening_and_closing_are_asked_of_working_days_only() -> None:
    calendar = office()
    friday = date(2026, 11, 20)
    assert calendar.local(calendar.opening(friday)).hour == 9
    assert calendar.local(calendar.closing(friday)).hour == 17
    with pytest.raises(CalendarError, match="2026-11-21 不是工作日"):
        calendar.closing(date(2026, 11, 21))


@pytest.mark.parametrize("year", [1, 9999])
def test_absurd_years_are_refused_in_words(year: int) -> None:
    with pytest.raises(CalendarError, match="1900—2200"):
        office().add(datetime(year, 6, 1, tzinfo=UTC), 3600)


def test_looking_for_working_time_where_none_is_left_ends() -> None:
    never = office(hours=OfficeHours(((),) * 7))
    with pytest.raises(CalendarError, match="再无办公时间"):
        never.add(datetime(2026, 1, 5, tzinfo=UTC), 1)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, naive: calendar.add(naive, 1),
        lambda calendar, naive: calendar.between(naive, naive),
        lambda calendar, naive: calendar.next_opening(naive),
        lambda calendar, naive: calendar.local(naive),
    ],
)
def test_an_instant_without_a_zone_is_refused(
    ask: Callable[[WorkCalendar, datetime], object],
) -> None:
    with pytest.raises(ValueError, match="naive"):
        ask(office(), datetime(2026, 1, 5))


def test_threads_may_share_a_calendar_while_it_grows() -> None:
    calendar = office()
    starts = [datetime(year, 6, 1, tzinfo=UTC) for year in range(1990, 2050)]
    asked = [starts[n * 37 % 60] for n in range(120)]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda start: calendar.add(start, 90_000), asked))
    assert got == [office().add(start, 90_000) for start in asked]


def test_no_year_is_left_out_where_two_threads_begin_far_apart() -> None:
    calendar, start = office(), datetime(1990, 6, 1, tzinfo=UTC)
    calendar.add(start, 1)
    calendar._line._grown(2010)  # what a thread asks for that saw nothing covered yet
    assert calendar.add(start, 90_000_000) == office().add(start, 90_000_000)


def test_closing_time_itself_is_closed() -> None:
    calendar = office()
    friday = datetime(2026, 11, 20, 17, 30, tzinfo=calendar.zone)
    assert calendar.local(calendar.next_opening(friday)).isoformat() == "2026-11-23T09:00:00+08:00"


def test_a_result_where_a_pause_begins_stays_there() -> None:
    calendar = office()
    ten = datetime(2026, 11, 20, 10, tzinfo=calendar.zone)
    pause = (ten + timedelta(hours=1), ten + timedelta(hours=6))
    assert calendar.add(ten, 3600, [pause]) == pause[0]


def test_a_pause_that_begins_with_the_day_holds_its_opening() -> None:
    calendar = office()
    nine = datetime(2026, 11, 20, 9, tzinfo=calendar.zone)
    pause = (nine, nine + timedelta(hours=1))
    assert calendar.add(nine, 0, [pause]) == pause[1]


def test_an_official_year_is_taken_at_its_word() -> None:
    published = CalendarDays({}, date(2027, 1, 1), date(2027, 12, 31), "")
    calendar = WorkCalendar(OfficeDays(OfficeHours(USUAL), published), ZoneInfo("Asia/Shanghai"))
    assert calendar.is_working(date(2027, 1, 1))
    assert not calendar.is_working(date(2029, 1, 1))
