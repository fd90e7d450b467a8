"""What one date is in this office: worked or not, from when to when, and by what name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.calendardays import CalendarDay, CalendarDays
from rules.officehours import OfficeHours, Span
from rules.statutory import statutory_days

Kind = Literal["usual", "rest", "holiday", "makeup", "special"]


@dataclass(frozen=True, slots=True)
class Day:
    """One local date; no spans means closed. ``name`` is the holiday's, empty on usual days."""

    date: date
    kind: Kind
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class OfficeDays:
    """Office hours laid over the published calendar.

    The nearer word wins: special hours of a date, then the office's own holidays and worked days
    (``own``), then the published calendar (``None``: the office follows none), then, beyond the
    official years, the statutory days, then the weekday.
    """

    hours: OfficeHours
    published: CalendarDays | None
    own: Mapping[date, CalendarDay] = field(default_factory=dict)

    def day(self, day: date) -> Day:
        """What the date is."""
        special = self.hours.special.get(day)
        if special is not None:
            return Day(day, "special", "特别办公时间", special)
        entry = self._entry(day)
        if entry is None:
            spans = self.hours.usual(day)
            return Day(day, "usual" if spans else "rest", "", spans)
        if entry.off:
            return Day(day, "holiday", entry.name, ())
        return Day(day, "makeup", entry.name, self.hours.makeup(day))

    def provisional(self, day: date) -> bool:
        """Whether the date lies beyond the official years, so that a notice may yet change it."""
        return self.published is not None and not self.published.official(day)

    def _entry(self, day: date) -> CalendarDay | None:
        entry = self.own.get(day)
        if entry is not None or self.published is None:
            return entry
        entry = self.published.days.get(day)
        if entry is None and not self.published.official(day):
            name = statutory_days(day.year).get(day)
            return None if name is None else CalendarDay(name, off=True)
        return entry
