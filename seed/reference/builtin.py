"""The built-in Chinese calendar: statutory days as published up to the package's release."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from chinese_calendar.constants import Holiday, holidays, workdays

from rules.clocks import CalendarDay, CalendarDays


def builtin_calendar() -> CalendarDays:
    """Return every day off and every makeup workday that ``chinesecalendar`` knows."""
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    days = {day: CalendarDay(names[name], True) for day, name in holidays.items()}
    days |= {day: CalendarDay(names[name], False) for day, name in workdays.items()}
    return CalendarDays(
        days=days,
        official_from=date(min(days).year, 1, 1),
        official_through=date(max(days).year, 12, 31),
        source=f"chinesecalendar {version('chinesecalendar')}",
    )
