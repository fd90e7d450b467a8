"""Office hours by weekday, season and single date, and what one date is in this office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.clocks.calendar import CalendarDay, CalendarDays, statutory_days

Span = tuple[int, int]
"""Half-open span of one local day in seconds after midnight; the end may be 86400 (24:00)."""

Week = tuple[tuple[Span, ...], ...]
"""Seven tuples of spans, Monday first; an empty tuple is a closed weekday."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY = 86_400

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def clock_seconds(text: str) -> int:
    """Seconds after midnight of ``HH:MM``, 00:00 to 24:00; ValueError (Chinese) otherwise."""
    match = _CLOCK.fullmatch(text.strip())
    if match:
        hour, minute = int(match[1]), int(match[2])
        seconds = hour * 3600 + minute * 60
        if minute < 60 and seconds <= DAY:
            return seconds
    raise ValueError(f"“{text}”不是钟点，请写成 09:00 这样的时:分，最晚 24:00")


def spans_of(pairs: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    """Spans in order of time; ValueError (Chinese) for an empty or overlapping one."""
    spans = sorted((clock_seconds(opening), clock_seconds(closing)) for opening, closing in pairs)
    last = 0
    for opening, closing in spans:
        if closing <= opening:
            raise ValueError("办公时间的结束必须晚于开始")
        if opening < last:
            raise ValueError("同一天的办公时间互相重叠，请分开写")
        last = closing
    return tuple(spans)


def read_spans(texts: Iterable[str]) -> tuple[Span, ...]:
    """Spans written as ``["09:00-12:00", "13:30-17:30"]``."""
    return spans_of(_pair(text) for text in texts)


def read_week(hours: object) -> Week:
    """A week written as one list of spans (Monday to Friday) or as a table of weekday = list."""
    if isinstance(hours, list | tuple):
        usual = read_spans(hours)
        return (*([usual] * 5), (), ())
    if not isinstance(hours, Mapping):
        raise ValueError('办公时间请写成 ["09:00-12:00", "13:30-17:30"] 这样的列表')
    for name in hours:
        if name not in WEEKDAYS:
            raise ValueError(f"“{name}”不是星期，请用 {'、'.join(WEEKDAYS)}")
    return tuple(read_spans(hours.get(name, ())) for name in WEEKDAYS)


def _pair(text: str) -> tuple[str, str]:
    opening, dash, closing = str(text).replace("—", "-").replace("–", "-").partition("-")
    if not dash:
        raise ValueError(f"“{text}”不是办公时间，请写成 09:00-12:00")
    return opening, closing


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year with hours of its own, both ends included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week

    def holds(self, day: date) -> bool:
        """Whether the date lies in the season; a season may run over the new year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours an office keeps: the usual week, its seasons, and single dates that differ."""

    week: Week
    seasons: tuple[Season, ...] = ()
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def usual(self, day: date) -> tuple[Span, ...]:
        """The hours of the date's weekday in its season."""
        return self._week(day)[day.weekday()]

    def makeup(self, day: date) -> tuple[Span, ...]:
        """The hours of a worked rest day: its weekday's, else Monday's, else the first there is."""
        week = self._week(day)
        return week[day.weekday()] or next((spans for spans in week if spans), ())

    def _week(self, day: date) -> Week:
        return next((season.week for season in self.seasons if season.holds(day)), self.week)


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
