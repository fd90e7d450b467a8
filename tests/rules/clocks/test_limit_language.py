"""What a limit can say: forms people type, 当日, half a day, months, cutoffs, zones, midnights.

Every date here was counted by hand on the calendar of 2026: the week of 16 to 20 November is
worked, 21 and 22 are a weekend; the office works 09:00-12:00 and 13:30-17:30, seven hours.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.clocks.assisting import assist_clock
from rules.clocks.calendar import read_spans
from rules.clocks.limits import Limit
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Origin
from rules.errors import CalendarError, LimitError, PolicyError
from tests.rules.clocks.calendars import at, keeper, shown

NIGHTS = '[office]\nhours = ["00:00-08:00"]\ndue_time = "open"'


def due(start: str, limit: str, *office: str) -> str:
    policy = "\n".join(("[office]", *office))
    return shown(keeper(policy).timed("close", limit, at(start)).due_at)


@pytest.mark.parametrize(
    ("typed", "stored", "label"),
    [
        ("5工作日", "5wd", "5个工作日"),
        ("5个工作日", "5wd", "5个工作日"),
        ("十五个工作日", "15wd", "15个工作日"),
        ("一百二十个工作日内", "120wd", "120个工作日"),
        ("５ 个 工作日", "5wd", "5个工作日"),
        ("当日", "0wd", "当日"),
        ("半个工作日", "0.5wd", "半个工作日"),
        ("0.5WD", "0.5wd", "半个工作日"),
        ("5工时", "5wh", "5个工作小时"),
        ("4个工作小时", "4wh", "4个工作小时"),
        ("24小时", "24h", "24小时"),
        ("两小时", "2h", "2小时"),
        ("30分钟", "30m", "30分钟"),
        ("半小时", "30m", "30分钟"),
        ("60日", "60d", "60日"),
        ("六十天", "60d", "60日"),
        ("7个自然日", "7d", "7日"),
        ("2个月", "2mo", "2个月"),
        ("两个月", "2mo", "2个月"),
        ("2MO", "2mo", "2个月"),
    ],
)
def test_a_limit_is_read_as_people_write_it(typed: str, stored: str, label: str) -> None:
    read = Limit.parse(typed)
    assert (str(read), read.label, Limit.parse(str(read))) == (stored, label, read)


@pytest.mark.parametrize(
    ("start", "office", "expected"),
    [
        ("2026-11-20 10:00", [], "2026-11-20 17:30"),  # Friday, in hours: that Friday's close
        ("2026-11-20 07:00", [], "2026-11-20 17:30"),  # before opening: still that Friday's
        ("2026-11-20 17:29", [], "2026-11-20 17:30"),
        ("2026-11-20 17:30", [], "2026-11-23 17:30"),  # at the closing second nothing is left
        ("2026-11-20 18:00", [], "2026-11-23 17:30"),  # after hours: Monday
        ("2026-11-21 10:00", [], "2026-11-23 17:30"),  # Saturday: Monday
        ("2026-02-13 18:00", [], "2026-02-14 17:30"),  # 14 February is a worked Saturday
        ("2026-02-14 18:00", [], "2026-02-24 17:30"),  # 春节 15 to 23 February
        ("2026-11-20 10:00", ['due_time = "midnight"'], "2026-11-21 00:00"),  # Friday's 24:00
        ("2026-11-20 18:00", ['due_time = "midnight"'], "2026-11-24 00:00"),  # Monday's 24:00
        ("2026-11-20 15:00", ['due_time = "16:00"'], "2026-11-20 16:00"),
        ("2026-11-20 16:00", ['due_time = "16:00"'], "2026-11-23 16:00"),  # 16:00 is past
        ("2026-11-20 10:00", ['due_time = "open"'], "2026-11-20 17:30"),
        ("2026-11-20 10:00", ['due_time = "same-time"'], "2026-11-20 17:30"),
    ],
)
def test_a_limit_of_the_day_itself(start: str, office: list[str], expected: str) -> None:
    assert due(start, "0wd", *office) == expected


@pytest.mark.parametrize(
    ("start", "office", "expected"),
    [
        ("2026-11-20 10:00", [], "2026-11-20 15:00"),  # 3 h 30: two to noon, 1 h 30 from 13:30
        ("2026-11-20 16:00", [], "2026-11-23 11:00"),  # 1 h 30 on Friday, two hours on Monday
        ("2026-11-21 10:00", [], "2026-11-23 14:00"),  # Monday: three to noon, half an hour more
        (  # Monday is open four hours only: half of them are two
            "2026-11-21 10:00",
            ['special_hours = { 2026-11-23 = ["09:00-13:00"] }'],
            "2026-11-23 11:00",
        ),
    ],
)
def test_half_a_day_is_half_of_the_office_hours(
    start: str, office: list[str], expected: str
) -> None:
    assert due(start, "0.5wd", *office) == expected


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-20 10:00", "2mo", "2027-01-21 00:00"),  # 20 January, 24:00
        ("2026-01-31 10:00", "1mo", "2026-03-01 00:00"),  # no 31 February: its last day, 24:00
        ("2026-08-31 10:00", "1mo", "2026-10-01 00:00"),  # 30 September, 24:00
        ("2026-12-31 10:00", "14mo", "2028-03-01 00:00"),  # 29 February 2028, 24:00
    ],
)
def test_months_end_on_the_date_of_the_same_number(start: str, limit: str, expected: str) -> None:
    assert due(start, limit) == expected


def test_months_roll_and_are_moved_by_the_cutoff_as_natural_days_are() -> None:
    rolls = keeper('[[limits]]\nclose = "3mo"\nroll = true')
    clock = rolls.timed("close", "3mo", at("2026-07-01 10:00"))
    assert shown(clock.due_at) == "2026-10-02 00:00"  # words given alone roll nowhere
    policy = 'after_hours = "next-workday"'
    assert due("2026-11-21 10:00", "1mo", policy) == "2026-12-24 00:00"  # from Monday the 23rd


def test_months_beyond_reckoning_are_refused() -> None:
    for limit in ("3000mo", "99999d", "99999mo"):
        with pytest.raises(CalendarError, match="1900"):
            due("2026-11-20 10:00", limit)


@pytest.mark.parametrize(
    ("limit", "by", "expected"),
    [
        ("5wd", "0.5wd", "2026-11-30 14:00"),  # due Friday 27 at close; half of Monday's hours
        ("5wd", "1mo", "2026-12-28 00:00"),  # 27 December, 24:00
        ("1mo", "2wd", "2026-12-22 17:30"),  # due Sunday 20 December at 24:00; Monday, Tuesday
    ],
)
def test_extensions_by_halves_and_months(limit: str, by: str, expected: str) -> None:
    timekeeper = keeper()
    clock = timekeeper.timed("close", limit, at("2026-11-20 10:00"))
    assert shown(timekeeper.extended(clock, by).due_at) == expected


@pytest.mark.parametrize(
    ("limit", "yellow", "left"),
    [
        ("0wd", "2026-11-20 15:45", "余6小时"),  # a quarter of seven hours before 17:30
        ("0.5wd", "2026-11-20 14:07", "余3小时30分"),  # an eighth: 52 minutes 30 before 15:00
        ("1mo", "2026-12-19 00:00", "余30天"),  # Sunday 20 December, 24:00: Friday the 18th's
    ],
)
def test_colours_and_words_of_the_new_measures(limit: str, yellow: str, left: str) -> None:
    timekeeper, start = keeper(), at("2026-11-20 10:00")
    clock = timekeeper.timed("close", limit, start)
    assert shown(clock.yellow_at) == yellow
    assert timekeeper.remaining(limit, clock.due_at, start) == left


@pytest.mark.parametrize(
    ("included", "start", "expected"),
    [
        ("true", "2026-11-20 16:00", "2026-11-23 17:30"),  # Friday counts as Friday
        ("false", "2026-11-20 15:59", "2026-11-23 17:30"),
        ("false", "2026-11-20 16:00", "2026-11-24 17:30"),  # as Monday: one day after it
        ("true", "2026-11-20 16:01", "2026-11-24 17:30"),
    ],
)
def test_the_second_of_the_cutoff_belongs_to_the_day_unless_the_policy_says_not(
    included: str, start: str, expected: str
) -> None:
    office = ('after_hours = "next-workday"', 'cutoff = "16:00"', f"cutoff_included = {included}")
    assert due(start, "1wd", *office) == expected


def test_an_entry_may_leave_its_own_cutoff_out() -> None:
    policy = """
        [office]
        after_hours = "next-workday"
        cutoff = "16:00"
        [[limits]]
        close = "1wd"
        cutoff_included = false
    """
    made = keeper(policy).derivation("close", "1wd", at("2026-11-20 16:00"))
    assert shown(made.clock.due_at) == "2026-11-23 17:30"  # words alone follow the office


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-20 10:00", "1wd", "2026-11-23 10:00"),
        ("2026-11-20 18:00", "1wd", "2026-11-24 09:00"),  # as Monday 09:00
        ("2026-11-21 10:00", "1wd", "2026-11-24 09:00"),  # Saturday, as Monday 09:00
        ("2026-11-20 07:00", "1wd", "2026-11-23 09:00"),  # nearest office instant
        ("2026-11-20 12:20", "2wd", "2026-11-24 12:00"),
    ],
)
def test_what_starts_after_hours_is_due_at_the_hour_of_the_opening_it_counts_from(
    start: str, limit: str, expected: str
) -> None:
    assert due(start, limit, 'after_hours = "next-workday"', 'due_time = "same-time"') == expected


@pytest.mark.parametrize(
    ("limit", "start", "due_at", "yellow"),
    [
        # Wednesday; Thursday, Friday, Monday at 00:00; the working date before is Friday
        ("3wd", "2026-11-18 10:00", "2026-11-23 00:00", "2026-11-20 00:00"),
        # Friday; Monday at 00:00; a quarter of Monday's eight hours back: Friday 06:00
        ("1wd", "2026-11-20 01:00", "2026-11-23 00:00", "2026-11-20 06:00"),
    ],
)
def test_a_limit_that_ends_as_its_day_begins_warns_by_that_day(
    limit: str, start: str, due_at: str, yellow: str
) -> None:
    clock = keeper(NIGHTS).timed("close", limit, at(start))
    assert [shown(clock.due_at), shown(clock.yellow_at)] == [due_at, yellow]


def test_hours_of_the_day_that_begins_count_not_those_of_the_day_before() -> None:
    week = '{ thu = ["00:00-04:00"], fri = ["00:00-06:00"] }'
    clock = keeper(f'[office]\nhours = {week}\ndue_time = "open"').timed(
        "close", "1wd", at("2026-11-19 01:00")
    )
    assert shown(clock.yellow_at) == "2026-11-19 02:30"  # a quarter of Friday's six hours


def test_an_extension_of_what_ends_as_its_day_begins_gives_a_whole_day() -> None:
    timekeeper = keeper(NIGHTS)
    clock = timekeeper.timed("close", "1wd", at("2026-11-20 10:00"))
    longer = timekeeper.extended(clock, "1wd")
    assert shown(longer.due_at) == "2026-11-24 00:00"  # from Monday to Tuesday


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2011-12-28 10:00", "1d", "2011-12-31 00:00"),  # 29 December, 24:00: the 30th never was
        ("2011-12-28 10:00", "2d", "2012-01-01 00:00"),  # 31 December, 24:00
        ("2011-12-29 10:00", "1d", "2012-01-01 00:00"),
        ("2011-12-29 10:00", "2d", "2012-01-02 00:00"),
        ("2011-12-31 10:00", "2d", "2012-01-03 00:00"),
    ],
)
def test_a_date_the_zone_skipped_is_no_day(start: str, limit: str, expected: str) -> None:
    apia = ZoneInfo("Pacific/Apia")
    policy = '[bureau]\ntimezone = "Pacific/Apia"\n[office]\ncalendar = "none"'
    begun = datetime.fromisoformat(start).replace(tzinfo=apia)
    found = keeper(policy).timed("close", limit, begun).due_at
    assert found.astimezone(apia).strftime("%Y-%m-%d %H:%M") == expected


def test_days_of_warning_leave_out_a_date_the_zone_skipped() -> None:
    # due on Monday 2 January 2012, 16:00; three dates before, without the 30th: the 29th
    apia = ZoneInfo("Pacific/Apia")
    policy = '[bureau]\ntimezone = "Pacific/Apia"\n[office]\ncalendar = "none"\n'
    policy += '[[limits]]\nclose = "2wd"\ndue_time = "16:00"\nyellow = "3d"'
    start = datetime(2011, 12, 28, 9, tzinfo=apia)
    clock = keeper(policy).clock("close", Tags(), start)
    assert clock is not None
    assert clock.due_at.astimezone(apia) == datetime(2012, 1, 2, 16, tzinfo=apia)
    assert clock.yellow_at.astimezone(apia) == datetime(2011, 12, 29, 16, tzinfo=apia)


def test_a_span_over_midnight_says_how_to_write_it() -> None:
    told = "22:00-06:00 跨过零点，请分成两段写：当天 22:00-24:00，次日 00:00-06:00"
    with pytest.raises(ValueError, match=told):
        read_spans(["22:00-06:00"])


@pytest.mark.parametrize("lead", ["0wd", "2mo", "当日"])
def test_a_lead_is_a_length(lead: str) -> None:
    with pytest.raises(PolicyError, match="不能用在这里"):
        keeper(f'[[limits]]\nclose = "5wd"\nyellow = "{lead}"')


@pytest.mark.parametrize(
    ("limit", "start", "lines"),
    [
        ("0wd", "2026-11-20 18:00", ["11-20 周五", "下班以后，视同", "11-23 周一 起点", "当日"]),
        ("0.5wd", "2026-11-20 10:00", ["计3小时30分", "等于时限"]),
        ("2mo", "2026-11-20 10:00", ["12-21 至 01-20", "第2个月", "2027-01-20 周三 24:00"]),
    ],
)
def test_the_derivation_tells_the_new_measures(limit: str, start: str, lines: list[str]) -> None:
    told = "\n".join(keeper().derivation("close", limit, at(start)).lines)
    assert [line for line in lines if line not in told] == []


def test_a_co_unit_has_a_working_day_less_than_a_date_that_ends_at_midnight() -> None:
    timekeeper, start = keeper(), at("2026-11-16 10:00")
    lead = timekeeper.fixed("close", start, at("2026-11-24 00:00"))  # Monday the 23rd, 24:00
    origin = Origin("close", "fixed", start)
    made = assist_clock(timekeeper, lead, origin, start)
    assert shown(made.clock.due_at) == "2026-11-20 17:30"  # the Friday before


def test_an_extension_by_nothing_is_refused() -> None:
    timekeeper = keeper()
    clock = timekeeper.timed("close", "1d", at("2026-11-20 10:00"))
    with pytest.raises(LimitError, match="延期不能是当日"):
        timekeeper.extended(clock, "当日")
    with pytest.raises(PolicyError, match="延期不能是当日"):
        keeper('[[limits]]\nclose = "5wd"\nextension = "0wd"')


def test_after_an_extension_in_months_the_next_counts_from_the_day_that_ended() -> None:
    timekeeper = keeper('[office]\ndue_time = "16:00"')
    clock = timekeeper.timed("close", "2wd", at("2026-11-18 10:00"))  # Friday the 20th at 16:00
    longer = timekeeper.extended(clock, "1mo")  # Sunday 20 December, 24:00
    assert shown(longer.due_at) == "2026-12-21 00:00"
    assert shown(timekeeper.extended(longer, "1wd").due_at) == "2026-12-21 16:00"  # Monday


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-11-20 10:02", "120d", "2027-03-20 10:02"),
        ("2026-11-20 10:02", "2mo", "2027-01-20 10:02"),
        ("2026-11-20 00:00", "1d", "2026-11-21 00:00"),
        ("2026-11-21 10:00", "1d", "2026-11-24 09:00"),  # Saturday, as Monday 09:00
    ],
)
def test_natural_days_end_at_the_clock_time_of_the_start_where_the_policy_says_so(
    start: str, limit: str, expected: str
) -> None:
    office = ('after_hours = "next-workday"', 'cutoff = "24:00"', 'days_due_time = "same-time"')
    assert due(start, limit, *office) == expected


def test_days_that_keep_the_clock_time_are_extended_and_told_by_it() -> None:
    timekeeper = keeper('[office]\ndays_due_time = "same-time"')
    clock = timekeeper.timed("close", "15d", at("2026-11-20 10:00"))
    assert shown(clock.yellow_at) == "2026-12-04 10:00"  # due Saturday 5 December: the Friday
    assert shown(timekeeper.extended(clock, "5d").due_at) == "2026-12-10 10:00"
    told = timekeeper.derivation("close", "15d", at("2026-11-20 10:00")).lines
    assert any("末日与起点同一钟点 10:00" in line for line in told)
