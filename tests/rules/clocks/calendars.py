"""Calendars and timekeepers that the tests of time share; 2026 as 国办 2025-11-04 arranged it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.bureau.policy import Policy, read_policy
from rules.clocks.calendar import CalendarDay, CalendarDays
from rules.clocks.timekeeper import Timekeeper

SHANGHAI = ZoneInfo("Asia/Shanghai")

_OFF_2026 = {
    "元旦": ("01-01", "01-03"),
    "春节": ("02-15", "02-23"),
    "清明节": ("04-04", "04-06"),
    "劳动节": ("05-01", "05-05"),
    "端午节": ("06-19", "06-21"),
    "中秋节": ("09-25", "09-27"),
    "国庆节": ("10-01", "10-07"),
}

_WORKED_2026 = {
    "01-04": "元旦",
    "02-14": "春节",
    "02-28": "春节",
    "05-09": "劳动节",
    "09-20": "国庆节",
    "10-10": "国庆节",
}

DEFAULTS = """
[[limits]]
dispatch = "4wh"
acknowledge = "1wd"
contact = "1wd"
close = "5wd"
extension = "5wd"
[[limits]]
nature = "咨询"
close = "2wd"
extension = "2wd"
[[limits]]
urgency = "特急"
dispatch = "15m"
close = "24h"
extension = "none"
"""


def calendar_2026() -> CalendarDays:
    """The official days of 2026."""
    days: dict[date, CalendarDay] = {}
    for name, (first, last) in _OFF_2026.items():
        day = date.fromisoformat(f"2026-{first}")
        while day <= date.fromisoformat(f"2026-{last}"):
            days[day] = CalendarDay(name, True)
            day += timedelta(days=1)
    for worked, name in _WORKED_2026.items():
        days[date.fromisoformat(f"2026-{worked}")] = CalendarDay(name, False)
    return CalendarDays(days, date(2026, 1, 1), date(2026, 12, 31), "国办2025-11-04")


def keeper(policy: str | Policy = DEFAULTS) -> Timekeeper:
    """A timekeeper of 2026 under a policy."""
    read = read_policy(policy) if isinstance(policy, str) else policy
    return Timekeeper(read, calendar_2026())


def at(text: str) -> datetime:
    """``2026-11-20 10:00`` by Shanghai's clock, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(instant: datetime) -> str:
    """An instant by Shanghai's clock, as ``2026-11-20 10:00``."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
