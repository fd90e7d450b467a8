"""From a start and its terms to the due instant and the clock; pauses, extensions (DESIGN §5)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rules.clocks.calendar import DAY, clock_seconds
from rules.clocks.colours import Marks, due_date, marks
from rules.clocks.limits import FIXED_TERMS, Limit, Terms
from rules.clocks.timeline import LAST_YEAR, Pauses, beyond_reckoning, in_utc, instant_of, united
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
    late = _clock_shown(local) > terms.cutoff
    if late or not calendar.is_working(day):
        return calendar.add_days(day, 1)
    return day


def due_instant(
    calendar: WorkCalendar, terms: Terms, start: datetime, counted: date | None = None
) -> datetime:
    """When a clock started at ``start`` is due; ``counted`` saves asking ``counted_from`` again."""
    limit = terms.limit
    if limit.unit in ("wh", "h", "m", "half"):
        return _after(calendar, limit, start)
    day = counted_from(calendar, terms, start) if counted is None else counted
    if limit.same_day:
        return _same_day(calendar, terms, day, start)
    if terms.keeps_time and day != calendar.local(start).date():
        start = calendar.opening(day)
    if limit.unit == "wd":
        return _at_due_time(calendar, terms, calendar.add_days(day, limit.count), start)
    return _at_days_end(calendar, terms, last_day(calendar, limit, day), start)


def last_day(calendar: WorkCalendar, limit: Limit, day: date) -> date:
    """The last date of natural days or of months counted from a date.

    Months end on the date of the same number, or on the last of a month that has none.
    """
    if limit.unit == "d":
        return calendar.days_after(day, limit.count)
    year, month = divmod(day.year * 12 + day.month - 1 + limit.count, 12)
    if year > LAST_YEAR:
        raise beyond_reckoning()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rolled(calendar: WorkCalendar, terms: Terms, day: date) -> date:
    """The last day of a natural-day limit, moved off a closed day where the terms ask for it."""
    return calendar.add_days(day, 1) if terms.roll and not calendar.is_working(day) else day


def extended_due(calendar: WorkCalendar, terms: Terms, due: datetime, extension: Limit) -> datetime:
    """The due instant after an extension, counted from the current one; days keep due time."""
    if not extension.by_days:
        return _after(calendar, extension, due)
    day = due_date(calendar, terms, due)
    if extension.unit == "wd":
        return _at_due_time(calendar, terms, calendar.add_days(day, extension.count), due)
    return _at_days_end(calendar, terms, last_day(calendar, extension, day), due)


def _after(calendar: WorkCalendar, limit: Limit, start: datetime) -> datetime:
    """The instant a stretch of time after another: real time, working time, half an office day."""
    if limit.unit == "wh":
        return calendar.add(start, limit.seconds)
    if limit.unit == "half":
        return calendar.add(start, calendar.half_day(start))
    return start + timedelta(seconds=limit.seconds)


def _same_day(calendar: WorkCalendar, terms: Terms, day: date, start: datetime) -> datetime:
    """When the working day of a start ends, or the next one where it has: 当日办结.

    The day ends at its close; at midnight or at a clock time where the terms say so.
    """
    if terms.due_time in ("open", "same-time"):
        terms = replace(terms, due_time="close")
    if calendar.is_working(day) and start < calendar.closing(day):
        due = _at_due_time(calendar, terms, day, start)
        if start < due:
            return due
    return _at_due_time(calendar, terms, calendar.add_days(day, 1), start)


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


def _at_days_end(calendar: WorkCalendar, terms: Terms, day: date, start: datetime) -> datetime:
    """When natural days or months end on their last date: at 24:00 or at the clock of the start."""
    seconds = _clock_shown(calendar.local(start)) if terms.days_keep_time else DAY
    return calendar.at(rolled(calendar, terms, day), seconds)


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


def _clock_shown(local: datetime) -> int:
    return local.hour * 3600 + local.minute * 60 + local.second


def _nearest_office_instant(calendar: WorkCalendar, day: date, start: datetime) -> datetime:
    wanted = calendar.at(day, _clock_shown(calendar.local(start)))
    inside = (min(max(wanted, begin), until) for begin, until in calendar.spans_on(day))
    return min(inside, key=lambda each: (abs(each - wanted), wanted - each))


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline as instants; ``blue_at <= yellow_at <= red_at`` are where colours begin."""

    step: str
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    provisional: bool = False
    source_fixed: bool = False


class Clockwork:
    """Clocks on one calendar under one colour preset; answers that hang on a date are kept."""

    def __init__(self, calendar: WorkCalendar, preset: str, pause_rounding: str) -> None:
        self.calendar = calendar
        self._preset = preset
        self.rounding = pause_rounding
        self._dated: dict[tuple[Terms, date], tuple[datetime, Marks, bool]] = {}

    def started(self, step: str, terms: Terms, start: datetime) -> Clock:
        """The clock of a limit from its start, its instants in UTC."""
        calendar, start = self.calendar, in_utc(start)
        if not terms.by_date:
            due = due_instant(calendar, terms, start)
            return self._clock(step, terms, start, due, self._provisional(terms, due))
        counted = counted_from(calendar, terms, start)
        dated = self._dated.get((terms, counted))
        if dated is None:
            due = due_instant(calendar, terms, start, counted)
            found = marks(calendar, self._preset, terms, start, due)
            dated = self._dated[terms, counted] = (due, found, self._provisional(terms, due))
        return _clock_of(step, terms, start, *dated)

    def fixed(self, step: str, start: datetime, due: datetime) -> Clock:
        """A clock whose due instant the source fixed; no calendar can move it."""
        made = self._clock(step, FIXED_TERMS, in_utc(start), in_utc(due), False)
        return replace(made, source_fixed=True)

    def extended(self, clock: Clock, terms: Terms, extension: Limit) -> Clock:
        """The clock after an extension, counted from its current due instant."""
        due = extended_due(self.calendar, terms, clock.due_at, extension)
        leans = extension.working or terms.leans
        return self._moved(clock, terms, due, leans)

    def resumed(self, clock: Clock, terms: Terms, pauses: Pauses) -> Clock:
        """The clock after all its pauses at once."""
        calendar, limit = self.calendar, terms.limit
        held = pause_seconds(calendar, limit, clock.started_at, pauses)
        due = resumed_due(calendar, limit, clock.due_at, held, rounding=self.rounding)
        return self._moved(clock, terms, due, limit.working)

    def due_with(self, clock: Clock, terms: Terms, due: datetime, *, provisional: bool) -> Clock:
        """The clock due at another's instant, with colours of its own limit."""
        return self._clock(clock.step, terms, clock.started_at, due, provisional)

    def _moved(self, clock: Clock, terms: Terms, due: datetime, leans: bool) -> Clock:
        provisional = due != clock.due_at and leans and self.calendar.beyond(due)
        moved = self._clock(
            clock.step, terms, clock.started_at, due, clock.provisional or provisional
        )
        return replace(moved, source_fixed=clock.source_fixed)

    def _clock(
        self, step: str, terms: Terms, start: datetime, due: datetime, provisional: bool
    ) -> Clock:
        found = marks(self.calendar, self._preset, terms, start, due)
        return _clock_of(step, terms, start, due, found, provisional)

    def _provisional(self, terms: Terms, due: datetime) -> bool:
        return terms.leans and self.calendar.beyond(due)


def _clock_of(
    step: str, terms: Terms, start: datetime, due: datetime, found: Marks, provisional: bool
) -> Clock:
    """The clock with its colours held between start and red."""
    red = found.red
    yellow = min(max(found.yellow, start), red)
    blue = start if found.blue is None else max(found.blue, start)
    return Clock(step, terms.text, start, min(blue, yellow), yellow, red, due, provisional)
