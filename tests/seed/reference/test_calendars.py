"""The built-in calendar, and years loaded from files in the holiday-cn form."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from rules.clocks.calendar import CalendarDay, CalendarDays, Notice
from rules.errors import CalendarError
from seed.reference.holidays import YearNotice, builtin_calendar, extended, read_notice

REAL = Path(__file__).parents[4] / "shared" / "data" / "holidays"

NOTHING = CalendarDays({}, None, None, "")

Days = dict[str, bool]


def paper(year: int, days: Days) -> str:
    entries = [{"name": "节", "date": day, "isOffDay": off} for day, off in days.items()]
    return json.dumps({"year": year, "papers": ["国办"], "days": entries})


def notice(year: int, days: Days | None = None) -> YearNotice:
    return read_notice(paper(year, days or {f"{year}-10-01": True}), f"{year}.json")


def off(calendar: CalendarDays) -> Days:
    return {day.isoformat(): entry.off for day, entry in calendar.days.items()}


def real_notices(years: range) -> list[YearNotice]:
    if not REAL.exists():
        pytest.skip("../shared/data/holidays is absent: the real notices cannot be compared")
    files = [REAL / f"{year}.json" for year in years]
    return [read_notice(file.read_text(encoding="utf-8"), file.name) for file in files]


def rest(calendar: CalendarDays, day: date) -> bool:
    """Whether a date is free, by weekday where the calendar says nothing."""
    entry = calendar.days.get(day)
    return entry.off if entry else day.weekday() >= 5


def test_the_builtin_calendar_knows_days_off_and_makeup_workdays_by_name() -> None:
    calendar = builtin_calendar()
    assert calendar.days[date(2026, 2, 14)] == CalendarDay("春节", False)
    assert calendar.days[date(2026, 10, 1)] == CalendarDay("国庆节", True)
    assert calendar.official(date(2026, 12, 31))
    assert (calendar.official_through or date.min) >= date(2026, 12, 31)
    assert calendar.source.startswith("chinesecalendar ")


def test_the_builtin_calendar_agrees_with_the_notices_day_by_day() -> None:
    builtin = builtin_calendar()
    loaded = extended(NOTHING, real_notices(range(2007, 2027)))
    assert (loaded.official_from, loaded.official_through) == (date(2007, 1, 1), date(2026, 12, 31))
    first = date(2007, 1, 1)
    days = [first + timedelta(n) for n in range((date(2026, 12, 31) - first).days + 1)]
    assert [str(day) for day in days if rest(builtin, day) != rest(loaded, day)] == []


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2006-12-31", "国办发明电〔2006〕49号 2006-12-14"),  # settled by the year to come
        ("2015-09-03", "国发明电〔2015〕1号 2015-05-13"),  # a day off of its own
        ("2015-10-01", "国办发明电〔2014〕28号 2014-12-16"),
        ("2019-05-02", "国办发明电〔2019〕3号 2019-03-22"),  # changed afterwards
        ("2020-01-31", "国办发明电〔2020〕1号 2020-01-26"),  # lengthened
        ("2020-01-30", "国办发明电〔2019〕16号 2019-11-21"),
        ("2026-10-01", "国办发明电〔2025〕7号 2025-11-04"),
        ("2026-10-10", "国办发明电〔2025〕7号 2025-11-04"),
    ],
)
def test_a_day_of_the_builtin_calendar_names_the_notice_that_says_so(day: str, number: str) -> None:
    kept = CalendarDays.from_json(builtin_calendar().to_json())
    entry = kept.days[date.fromisoformat(day)]
    assert entry.notice is not None and entry.notice.title == number


def test_every_official_year_since_2006_has_its_notice() -> None:
    calendar = builtin_calendar()
    assert {day.year for day, entry in calendar.days.items() if entry.notice is None} <= {
        2004,
        2005,
    }
    assert {notice.year for notice in calendar.notices} >= set(range(2006, 2027))


def test_a_loaded_year_names_its_own_source() -> None:
    loaded = extended(builtin_calendar(), [notice(2027)])
    entry = CalendarDays.from_json(loaded.to_json()).days[date(2027, 10, 1)]
    assert entry.notice == Notice(2027, "holiday-cn 2027")


def test_a_calendar_kept_before_notices_were_is_read_as_before() -> None:
    old = '{"days":{"2026-10-01":["国庆节",true]},"official_from":null,"official_through":null,'
    kept = CalendarDays.from_json(old + '"source":"x"}')
    assert kept.days == {date(2026, 10, 1): CalendarDay("国庆节", True)}
    assert kept.notices == ()


def test_the_empty_year_2027_is_refused() -> None:
    if not REAL.exists():
        pytest.skip("../shared/data/holidays is absent: there is no unpublished year to read")
    with pytest.raises(CalendarError, match="2027年尚无放假安排"):
        read_notice((REAL / "2027.json").read_text(encoding="utf-8"), "2027.json")


def test_an_empty_year_is_refused_rather_than_taken_for_monday_to_friday() -> None:
    with pytest.raises(CalendarError, match=r"^2031\.json：2031年尚无放假安排"):
        read_notice(paper(2031, {}), "2031.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"a":' * 50_000,
        '{"year":2028,"days":{"a":1}}',
        '{"year":2028,"days":[{"name":"节","date":"2028-13-01","isOffDay":true}]}',
        '{"year":2028,"days":[{"name":"节","date":"2028-10-01","isOffDay":"yes"}]}',
    ],
)
def test_a_damaged_file_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(CalendarError, match=r"年历\.json 不是 holiday-cn 格式"):
        read_notice(text, "年历.json")


@pytest.mark.parametrize("stray", ["2029-01-01", "2027-11-30", "2026-12-31"])
def test_a_date_of_another_year_is_refused(stray: str) -> None:
    with pytest.raises(CalendarError, match=stray):
        notice(2028, {"2028-10-01": True, stray: True})


def test_late_december_may_stand_in_the_next_years_notice() -> None:
    calendar = extended(
        NOTHING, [notice(2018), notice(2019, {"2018-12-29": False, "2018-12-31": True})]
    )
    assert off(calendar) == {"2018-10-01": True, "2018-12-29": False, "2018-12-31": True}


def test_loading_a_year_again_keeps_the_late_december_settled_by_the_next() -> None:
    next_year = notice(2019, {"2018-12-31": True, "2019-10-01": True})
    calendar = extended(NOTHING, [notice(2018), next_year])
    again = extended(calendar, [notice(2018, {"2018-05-01": True})])
    assert off(again) == {"2018-05-01": True, "2018-12-31": True, "2019-10-01": True}
    corrected = extended(again, [notice(2019, {"2019-10-01": True})])
    assert off(corrected) == {"2018-05-01": True, "2019-10-01": True}


def test_a_new_year_lengthens_the_official_stretch() -> None:
    calendar = extended(builtin_calendar(), [notice(2027)])
    assert calendar.official_through == date(2027, 12, 31)
    assert calendar.days[date(2026, 2, 14)].off is False
    assert calendar.source.endswith("+ holiday-cn 2027")


def test_a_gap_between_years_is_refused_naming_the_year() -> None:
    with pytest.raises(CalendarError, match="缺2027年的日历"):
        extended(builtin_calendar(), [notice(2028)])


def test_two_papers_of_one_year_or_none_at_all_are_refused() -> None:
    with pytest.raises(CalendarError, match="同一年"):
        extended(NOTHING, [notice(2027), notice(2027)])
    with pytest.raises(CalendarError, match="没有可装入"):
        extended(NOTHING, [])


def test_a_date_named_twice_is_refused() -> None:
    entry = {"name": "节", "date": "2028-10-01", "isOffDay": True}
    with pytest.raises(CalendarError, match="重复"):
        read_notice(json.dumps({"year": 2028, "days": [entry, entry]}), "2028.json")


years = st.integers(2000, 2060)


@given(years, st.dictionaries(st.integers(0, 364), st.booleans(), min_size=1))
def test_loading_the_same_year_twice_changes_nothing_more(
    year: int, entries: dict[int, bool]
) -> None:
    days = {(date(year, 1, 1) + timedelta(n)).isoformat(): off for n, off in entries.items()}
    once = extended(NOTHING, [notice(year, days)])
    assert off(once) == days
    twice = extended(once, [notice(year, days)])
    assert (twice.days, twice.official_through) == (once.days, once.official_through)
