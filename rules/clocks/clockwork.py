"""Makes clocks: a start and its terms become the instants that a deadline stores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from rules.clocks.colours import Marks, marks
from rules.clocks.deadlines import (
    counted_from,
    due_instant,
    extended_due,
    pause_seconds,
    resumed_due,
)
from rules.clocks.limits import FIXED_TERMS, Limit, Terms
from rules.clocks.timeline import Pauses, in_utc
from rules.clocks.worktime import WorkCalendar


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


@dataclass(frozen=True, slots=True)
class _Dated:
    """What the date counted from decides alone."""

    due: datetime
    marks: Marks
    provisional: bool


class Clockwork:
    """Clocks on one calendar under one colour preset; answers that hang on a date are kept."""

    def __init__(self, calendar: WorkCalendar, preset: str, pause_rounding: str) -> None:
        self.calendar = calendar
        self._preset = preset
        self.rounding = pause_rounding
        self._dated: dict[tuple[Terms, date], _Dated] = {}

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
            dated = _Dated(due, found, self._provisional(terms, due))
            self._dated[terms, counted] = dated
        return _clock_of(step, terms, start, dated.due, dated.marks, dated.provisional)

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
