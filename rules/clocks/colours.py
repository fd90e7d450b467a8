"""Red, yellow, blue: when each begins under a preset, and how deep a red is (DESIGN §5).

A colour is a comparison of stored instants with now. Blue and yellow begin at their instant, red
after it: at the very second of ``due_at`` a clock is on time, and what is done then is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rules.clocks.calendar import DAY
from rules.clocks.limits import Limit, Terms
from rules.clocks.worktime import WorkCalendar

LEVEL_COLOURS = {
    "blue": "blue",
    "yellow": "yellow",
    "red1": "red",
    "red2": "red",
    "red3": "red",
}
"""The colour of each threshold that a sweep records."""

CROSSING_NAMES = {
    "blue": "转蓝",
    "yellow": "转黄",
    "red1": "转红1",
    "red2": "转红2",
    "red3": "转红3",
}
"""What is said of a clock that crossed a threshold; red levels are read by their digit."""

DEPTHS = ("blue", "yellow", "red")
"""The colours, the lightest first."""

DAYS_TO_RED = (4, 6)
"""Working dates after the due date on which red 2 and red 3 begin."""


class Marks(NamedTuple):
    """Where the colours of one due instant begin; ``blue`` None means with the clock itself."""

    blue: datetime | None
    yellow: datetime
    red: datetime


def worst(colours: Iterable[str]) -> str:
    """Return the deepest of some colours, blue if there is none."""
    return max(colours, key=DEPTHS.index, default="blue")


def colour_of(
    blue_at: datetime, yellow_at: datetime, red_at: datetime, now: datetime
) -> str | None:
    """``red``, ``yellow``, ``blue``, or None before the first colour begins."""
    if now > red_at:
        return "red"
    if now >= yellow_at:
        return "yellow"
    return "blue" if now >= blue_at else None


def marks(
    calendar: WorkCalendar, preset: str, terms: Terms, start: datetime, due: datetime
) -> Marks:
    """The colours of a due instant under a preset; not yet held back to the start."""
    near = near_end(calendar, terms, start, due)
    match preset:
        case "near-due":
            return Marks(near, _middle(calendar, terms.limit, max(near, start), due), due)
        case "overdue-bands":
            return Marks(near, due, deep_red(calendar, terms.limit, due))
        case _:
            return Marks(None, near, due)


def near_end(calendar: WorkCalendar, terms: Terms, start: datetime, due: datetime) -> datetime:
    """When the end is near: the yellow instant of the ``remaining`` preset."""
    limit = terms.limit
    if terms.yellow is not None:
        return _lead(calendar, terms, terms.yellow, due)
    match limit.unit:
        case "wh":
            return calendar.add(due, -(limit.seconds // 4))
        case "half":
            return calendar.add(due, -(_office_seconds(calendar, calendar.date_ending(due)) // 8))
        case "h" | "m":
            return due - timedelta(seconds=min(limit.seconds // 4, DAY))
    last = due_date(calendar, terms, due)
    days = _days_given(calendar, limit, start, last)
    if days >= 3:
        return _days_before(calendar, last, due, 1)
    if limit.unit == "d" or days < 1:
        real = limit.seconds if limit.unit == "d" else int((due - start).total_seconds())
        return due - timedelta(seconds=min(real // 4, DAY))
    return calendar.add(due, -(days * _office_seconds(calendar, last) // 4))


def _days_given(calendar: WorkCalendar, limit: Limit, start: datetime, last: date) -> int:
    """How many days a limit in days gives; the day of the start itself counts as one."""
    match limit.unit:
        case "fixed":
            return calendar.days_between(calendar.local(start).date(), last)
        case "mo":
            return limit.count * 28
        case _:
            return limit.count or 1


def due_date(calendar: WorkCalendar, terms: Terms, due: datetime) -> date:
    """The date a due instant belongs to.

    Midnight is the 24:00 of the day before, unless the terms let a last day end as it begins: at
    00:00, or with ``open`` and ``same-time`` where the office opens then.
    """
    day, ended = calendar.local(due).date(), calendar.date_ending(due)
    if terms.limit.unit != "wd":
        return day if terms.keeps_time else ended
    if day == ended:
        return day
    begins = terms.due_time == "00:00" or (
        terms.due_time in ("open", "same-time")
        and calendar.is_working(day)
        and calendar.opening(day) == due
    )
    return day if begins else ended


def deep_red(calendar: WorkCalendar, limit: Limit, due: datetime) -> datetime:
    """Where ``overdue-bands`` turns red: more than five working days late, or 5 × 24 hours."""
    if limit.unit in ("h", "m"):
        return due + timedelta(days=5)
    return _red_day(calendar, due, DAYS_TO_RED[1])


def deeper(calendar: WorkCalendar, limit: Limit, due: datetime) -> tuple[datetime, datetime]:
    """Where red 2 and red 3 begin.

    Limits in days: on the 4th and 6th working date after the due date. Others: late by once and
    by three times the limit.
    """
    if limit.by_days:
        two, three = (_red_day(calendar, due, count) for count in DAYS_TO_RED)
        return two, three
    if limit.working:
        length = calendar.half_day(due) if limit.unit == "half" else limit.seconds
        return calendar.add(due, length), calendar.add(due, 3 * length)
    return due + timedelta(seconds=limit.seconds), due + timedelta(seconds=3 * limit.seconds)


def _red_day(calendar: WorkCalendar, due: datetime, count: int) -> datetime:
    return calendar.at(calendar.add_days(calendar.date_ending(due), count), 0)


def _lead(calendar: WorkCalendar, terms: Terms, lead: Limit, due: datetime) -> datetime:
    match lead.unit:
        case "wd":
            return _days_before(calendar, due_date(calendar, terms, due), due, lead.count)
        case "d":
            local = calendar.local(due)
            clock = local.hour * 3600 + local.minute * 60 + local.second
            return calendar.at(calendar.days_after(local.date(), -lead.count), clock)
        case "wh":
            return calendar.add(due, -lead.seconds)
        case _:
            return due - timedelta(seconds=lead.seconds)


def _days_before(calendar: WorkCalendar, last: date, due: datetime, count: int) -> datetime:
    """The same clock time on the ``count``-th working date before ``last``, the date of due."""
    local = calendar.local(due)
    clock = local.hour * 3600 + local.minute * 60 + local.second if local.date() == last else DAY
    return calendar.at(calendar.add_days(last, -count), clock)


def _office_seconds(calendar: WorkCalendar, day: date) -> int:
    return calendar.seconds_on(day) or calendar.seconds_on(calendar.add_days(day, -1))


def _middle(calendar: WorkCalendar, limit: Limit, near: datetime, due: datetime) -> datetime:
    if limit.working:
        return calendar.add(near, calendar.between(near, due) // 2)
    return near + timedelta(seconds=int((due - near).total_seconds()) // 2)
