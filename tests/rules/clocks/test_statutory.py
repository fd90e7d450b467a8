"""Statutory days of years whose arrangement is not published, and calendars as text."""

from __future__ import annotations

from datetime import date

import pytest

from rules.clocks.calendar import CalendarDay, CalendarDays
from rules.clocks.statutory import statutory_days
from rules.errors import CalendarError
from tests.rules.clocks.calendars import calendar_2026


def test_2027_as_the_law_has_it() -> None:
    by_name: dict[str, list[str]] = {}
    for day, name in statutory_days(2027).items():
        by_name.setdefault(name, []).append(f"{day:%m-%d}")
    assert by_name == {
        "元旦": ["01-01"],
        "春节": ["02-05", "02-06", "02-07", "02-08"],
        "清明节": ["04-05"],
        "劳动节": ["05-01", "05-02"],
        "端午节": ["06-09"],
        "中秋节": ["09-15"],
        "国庆节": ["10-01", "10-02", "10-03"],
    }


def test_every_statutory_day_of_2026_is_off_in_its_official_calendar() -> None:
    official = calendar_2026()
    for day, name in statutory_days(2026).items():
        assert official.days[day] == CalendarDay(name, True)


@pytest.mark.parametrize("year", range(2025, 2061))
def test_the_moon_keeps_its_distances(year: int) -> None:
    days: dict[str, date] = {}
    for day, name in statutory_days(year).items():
        days.setdefault(name, day)
    assert date(year, 1, 20) <= days["春节"] <= date(year, 2, 20)
    assert days["清明节"] in (date(year, 4, 4), date(year, 4, 5))
    # from 初一 to 端午 and on to 中秋 are four and three lunations, one more with a leap month
    assert (days["端午节"] - days["春节"]).days % 29.53 == pytest.approx(5, abs=2)
    if "中秋节" in days:
        assert (days["中秋节"] - days["端午节"]).days % 29.53 == pytest.approx(10, abs=2)


def test_years_before_the_law_and_moons_beyond_the_table_are_left_open() -> None:
    assert statutory_days(2024) == {}
    assert set(statutory_days(2061).values()) == {"元旦", "劳动节", "国庆节"}


def test_a_calendar_comes_back_from_its_text() -> None:
    calendar = calendar_2026()
    assert CalendarDays.from_json(calendar.to_json()) == calendar
    assert CalendarDays.from_json(calendar.to_json()).to_json() == calendar.to_json()


def test_equal_calendars_have_equal_text_whatever_their_order() -> None:
    calendar = calendar_2026()
    turned = CalendarDays(
        dict(sorted(calendar.days.items(), reverse=True)),
        calendar.official_from,
        calendar.official_through,
        calendar.source,
    )
    assert turned.to_json() == calendar.to_json()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"days": 3}', '{"days": {"2026-13-01": ["", 1]}}']
)
def test_text_that_is_no_calendar_is_refused_in_words(text: str) -> None:
    with pytest.raises(CalendarError, match="日历"):
        CalendarDays.from_json(text)
