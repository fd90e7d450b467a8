"""From a start and its terms to the due instant; pauses and extensions move it (DESIGN §5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rules.clocks.limits import Limit, Terms
from rules.clocks.office import DAY, clock_seconds
from rules.clocks.timeline import Pauses, instant_of, united
from rules.clocks.worktime import WorkCalendar


def counted_from(calendar: WorkCalendar, terms: Terms, start: datetime) -> date:
    """The date after which days are counted.

    With ``next-workday`` a start after the cutoff or on a closed day counts as the next working
    day; otherwise it is the start's own date.
    """
    local = calendar.local(start)
    day = local.date()
    if terms.cutoff is None:
        return day
    late = local.hour * 3600 + local.minute * 60 + local.second > terms.cutoff
    if late or not calendar.is_working(day):
        return calendar.add_days(day, 1)
    return day


def due_instant(
    calendar: WorkCalendar, terms: Terms, start: datetime, counted: date | None = None
) -> datetime:
    """When a clock started at ``start`` is due; ``counted`` saves asking ``counted_from`` again."""
    limit = terms.limit
    if limit.unit in ("h", "m"):
        return start + timedelta(seconds=limit.seconds)
    if limit.unit == "wh":
        return calendar.add(start, limit.seconds)
    day = counted_from(calendar, terms, start) if counted is None else counted
    if limit.unit == "wd":
        return _at_due_time(calendar, terms, calendar.add_days(day, limit.count), start)
    day += timedelta(days=limit.count)
    return calendar.at(rolled(calendar, terms, day), DAY)


def rolled(calendar: WorkCalendar, terms: Terms, day: date) -> date:
    """The last day of a natural-day limit, moved off a closed day where the terms ask for it."""
    return calendar.add_days(day, 1) if terms.roll and not calendar.is_working(day) else day


def extended_due(calendar: WorkCalendar, terms: Terms, due: datetime, extension: Limit) -> datetime:
    """The due instant after an extension, counted from the current one; days keep due time."""
    if extension.unit in ("h", "m"):
        return due + timedelta(seconds=extension.seconds)
    if extension.unit == "wh":
        return calendar.add(due, extension.seconds)
    last = calendar.date_ending(due)
    if extension.unit == "wd":
        return _at_due_time(calendar, terms, calendar.add_days(last, extension.count), due)
    return calendar.at(rolled(calendar, terms, last + timedelta(days=extension.count)), DAY)


def pause_seconds(calendar: WorkCalendar, limit: Limit, start: datetime, pauses: Pauses) -> int:
    """The pauses' own time after the start, in the limit's measure: working or real seconds."""
    held = 0
    for cut, resumed in united(pauses):
        since, until = max(instant_of(cut), start), instant_of(resumed)
        if since < until:
            real = int((until - since).total_seconds())
            held += calendar.between(since, until) if limit.working else real
    return held


def resumed_due(
    calendar: WorkCalendar, limit: Limit, due: datetime, held: int, *, rounding: str
) -> datetime:
    """The due instant after pauses of ``held`` seconds.

    Limits in days move on to the close of the working day then reached (``rounding`` "day"),
    never to an earlier moment; a result that already ends a day stays there.
    """
    if held == 0:
        return due
    moved = calendar.add(due, held) if limit.working else due + timedelta(seconds=held)
    return close_at_or_after(calendar, moved) if limit.by_days and rounding == "day" else moved


def close_at_or_after(calendar: WorkCalendar, instant: datetime) -> datetime:
    """The instant itself where it ends a day, else the first closing not before it."""
    local = calendar.local(instant)
    if local.hour == local.minute == local.second == 0:
        return instant
    day = local.date()
    if not calendar.is_working(day) or calendar.closing(day) < instant:
        day = calendar.add_days(day, 1)
    return calendar.closing(day)


def _at_due_time(calendar: WorkCalendar, terms: Terms, day: date, start: datetime) -> datetime:
    match terms.due_time:
        case "close":
            return calendar.closing(day)
        case "open":
            return calendar.opening(day)
        case "midnight":
            return calendar.at(day, DAY)
        case "same-time":
            return _nearest_office_instant(calendar, day, start)
        case clock:
            return calendar.at(day, clock_seconds(clock))


def _nearest_office_instant(calendar: WorkCalendar, day: date, start: datetime) -> datetime:
    local = calendar.local(start)
    wanted = calendar.at(day, local.hour * 3600 + local.minute * 60 + local.second)
    inside = (min(max(wanted, begin), until) for begin, until in calendar.spans_on(day))
    return min(inside, key=lambda each: (abs(each - wanted), wanted - each))
