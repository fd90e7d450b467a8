"""Runs a calendar case through the engine, so that a bureau can prove the arithmetic for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rules.clocks.calendar import (
    WEEKDAYS,
    CalendarDay,
    CalendarDays,
    OfficeDays,
    OfficeHours,
    spans_of,
)
from rules.clocks.deadlines import due_instant
from rules.clocks.limit_table import office_terms
from rules.clocks.limits import Limit
from rules.clocks.section import OfficePolicy
from rules.clocks.worktime import WorkCalendar
from rules.errors import CalendarError, LimitError

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine answered to one case.

    ``passed`` is None where the case gives no answer to compare with. ``fault`` says why a case
    could not be run; ``got`` is then None and the case failed.
    """

    id: str
    got: str | int | None
    passed: bool | None
    fault: str = ""


def check_case(case: Case) -> Outcome:
    """Run one case and compare; a case that cannot be run has failed, it stops nothing."""
    id = str(case.get("id", "?"))
    try:
        got = run_case(case)
    except CalendarError as fault:
        return Outcome(id, None, False, str(fault))
    if "expect" not in case and "expect_seconds" not in case:
        return Outcome(id, got, None)
    return Outcome(id, got, _same(case.get("expect", case.get("expect_seconds")), got))


def run_case(case: Case) -> str | int:
    """What the engine answers to one case.

    ``add`` and ``due`` give an instant with the offset of the start, ``between`` seconds,
    ``add_days`` a date, as text. ``due`` takes a ``limit`` such as ``3wd`` and, in ``office``,
    how the office counts (after_hours, cutoff, due_time). CalendarError names a case that cannot
    be read.
    """
    try:
        return _answer(case)
    except (KeyError, TypeError, ValueError, OverflowError, CalendarError, LimitError) as fault:
        raise CalendarError(
            f"用例 {case.get('id', '?')} 无法读取（{fault}），请核对其写法"
        ) from fault


def _answer(case: Case) -> str | int:
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
        case "due":
            terms = office_terms(Limit.parse(case["limit"]), OfficePolicy(**case.get("office", {})))
            return due_instant(calendar, terms, start).astimezone(start.tzinfo).isoformat()
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


def _same(expected: object, got: str | int) -> bool:
    """Whether two answers say the same; one instant may be written with another offset."""
    if expected == got or not (isinstance(expected, str) and isinstance(got, str)):
        return expected == got
    try:
        return datetime.fromisoformat(expected) == datetime.fromisoformat(got)
    except (TypeError, ValueError):
        return False
