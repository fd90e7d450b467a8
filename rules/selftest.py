"""Calendar cases through the engine, so that a bureau can prove the arithmetic for itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.calendardays import CalendarDay, CalendarDays
from rules.errors import CalendarError
from rules.officedays import OfficeDays
from rules.officehours import WEEKDAYS, OfficeHours, spans_of
from rules.worktime import WorkCalendar


def run_case(case: Mapping[str, Any]) -> str | int:
    """What the engine answers to one case.

    ``add`` gives an instant with the offset of its start, ``between`` seconds, ``add_days`` a date,
    as text. CalendarError names a case that cannot be read.
    """
    try:
        return _answer(case)
    except (KeyError, TypeError, ValueError) as fault:
        raise CalendarError(
            f"用例 {case.get('id', '?')} 无法读取（{fault}），请核对其写法"
        ) from fault


def _answer(case: Mapping[str, Any]) -> str | int:
    calendar = case_calendar(case["calendar"])
    start = datetime.fromisoformat(case["start"])
    pauses = [_pause(each) for each in case.get("pauses", ())]
    match case["op"]:
        case "add":
            end = calendar.add(start, case["seconds"], pauses)
            return end.astimezone(start.tzinfo).isoformat()
        case "between":
            return calendar.between(start, datetime.fromisoformat(case["end"]), pauses)
        case "add_days":
            return calendar.add_days(calendar.local(start).date(), case["days"]).isoformat()
        case other:
            raise ValueError(f"op {other}")


def case_calendar(data: Mapping[str, Any]) -> WorkCalendar:
    """The calendar of a case: zone, hours by weekday, closed and worked dates, special hours."""
    week = tuple(spans_of(data["hours"].get(name, ())) for name in WEEKDAYS)
    special = {
        date.fromisoformat(day): spans_of(spans)
        for day, spans in data.get("special_hours", {}).items()
    }
    days = {date.fromisoformat(day): CalendarDay("", True) for day in data.get("holidays", ())}
    days |= {date.fromisoformat(day): CalendarDay("", False) for day in data.get("workdays", ())}
    published = CalendarDays(days, date.min, date.max, "用例")
    return WorkCalendar(
        OfficeDays(OfficeHours(week, special=special), published), ZoneInfo(data["tz"])
    )


def _pause(pair: tuple[str, str]) -> tuple[datetime, datetime]:
    begin, until = pair
    return datetime.fromisoformat(begin), datetime.fromisoformat(until)
