"""A map of time, minute by minute: which local date and clock time each shows, and who works."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]
"""Office hours of a day as (from, to) in minutes after midnight."""

Week = tuple[Spans, ...]
"""Seven days, Monday first."""

MINUTE = 60


class OffTheMap(Exception):
    """The walk leads beyond the last minute that was mapped."""


STATUTORY = {
    *("2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-04-05"),
    *("2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25"),
    *("2026-10-01", "2026-10-02", "2026-10-03"),
    *("2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05"),
    *("2027-05-01", "2027-05-02", "2027-06-09", "2027-09-15"),
    *("2027-10-01", "2027-10-02", "2027-10-03"),
}
"""What the law gives off: New Year, Spring Festival from its eve, and so on."""


@dataclass(frozen=True)
class Office:
    """An office: its zone and hours, its own days, and the published calendar it follows.

    ``published`` says of single dates whether they are off; from ``official_from`` to
    ``official_through`` nothing else differs from the week. None: the office follows no calendar.
    """

    zone: str
    week: Week
    seasons: tuple[tuple[tuple[int, int], tuple[int, int], Week], ...] = ()
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    special: dict[date, Spans] = field(default_factory=dict)
    published: dict[date, bool] | None = None
    official_from: date = date.min
    official_through: date = date.max

    def spans(self, day: date) -> Spans:
        """Return the office hours of a date; the nearer word wins."""
        if day in self.special:
            return self.special[day]
        off = self._off(day)
        week = self._week_of(day)
        if off is None:
            return week[day.weekday()]
        return () if off else week[day.weekday()] or week[0]

    def _off(self, day: date) -> bool | None:
        """Whether a date is given off or worked by more than its weekday; None: neither."""
        if day in self.holidays:
            return True
        if day in self.workdays:
            return False
        if self.published is None:
            return None
        if day in self.published:
            return self.published[day]
        official = self.official_from <= day <= self.official_through
        return None if official or day.isoformat() not in STATUTORY else True

    def _week_of(self, day: date) -> Week:
        here = (day.month, day.day)
        for first, last, week in self.seasons:
            if first <= last and first <= here <= last:
                return week
            if first > last and (here >= first or here <= last):
                return week
        return self.week


class World:
    """Every minute of some months in an office, in order; instants are seconds since 1970."""

    def __init__(self, office: Office, first: date, days: int) -> None:
        zone = ZoneInfo(office.zone)
        self.begun = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
        self.dates: list[date] = []
        self.first_minute: list[int] = []
        self.wall = array("i")
        self.date_of = array("i")
        for minute in range(days * 24 * 60):
            local = datetime.fromtimestamp(self.begun + minute * MINUTE, zone)
            if not self.dates or self.dates[-1] != local.date():
                self.dates.append(local.date())
                self.first_minute.append(minute)
            self.wall.append(local.hour * 60 + local.minute)
            self.date_of.append(len(self.dates) - 1)
        self.first_minute.append(len(self.wall))
        self.open = bytearray(len(self.wall))
        for place, day in enumerate(self.dates):
            for begin, end in office.spans(day):
                self._open(place, begin, end)
        self.worked = [any(self.open[m] for m in self.minutes(p)) for p in range(len(self.dates))]

    def _open(self, place: int, begin: int, end: int) -> None:
        """Open the office from when the clock first shows ``begin`` to when it last shows ``end``.

        A clock put back shows some minutes twice, one put forward leaves some out.
        """
        after = [minute for minute in self.minutes(place) if self.wall[minute] >= begin]
        before = [minute for minute in self.minutes(place) if self.wall[minute] < end]
        if after and before:
            for minute in range(after[0], before[-1] + 1):
                self.open[minute] = 1

    # minutes

    def minutes(self, place: int) -> range:
        """Return the minutes of a date."""
        return range(self.first_minute[place], self.first_minute[place + 1])

    def minute_of(self, instant: int) -> int:
        """Return the minute an instant lies in."""
        minute = (instant - self.begun) // MINUTE
        if not 0 <= minute < len(self.open):
            raise OffTheMap
        return minute

    def starts(self, minute: int) -> int:
        """Return the instant a minute begins."""
        return self.begun + minute * MINUTE

    # working time

    def later(self, instant: int, seconds: int) -> int:
        """Return the instant when so many office seconds have passed since another."""
        minute = self.minute_of(instant)
        while minute < len(self.open):
            if self.open[minute]:
                begin, end = max(instant, self.starts(minute)), self.starts(minute + 1)
                if seconds <= end - begin:
                    return begin + seconds
                seconds -= end - begin
            minute += 1
        raise OffTheMap

    def earlier(self, instant: int, seconds: int) -> int:
        """Return the instant from which so many office seconds led to another."""
        minute = self.minute_of(instant - 1)
        while minute >= 0:
            if self.open[minute]:
                begin, end = self.starts(minute), min(instant, self.starts(minute + 1))
                if seconds <= end - begin:
                    return end - seconds
                seconds -= end - begin
            minute -= 1
        raise OffTheMap

    def office_seconds(self, since: int, until: int) -> int:
        """Return how many office seconds lie between two instants."""
        found = 0
        for minute in range(self.minute_of(since), self.minute_of(until) + 1):
            if self.open[minute]:
                begin, end = self.starts(minute), self.starts(minute + 1)
                found += max(0, min(end, until) - max(begin, since))
        return found

    # dates

    def place(self, instant: int) -> int:
        """Return the place of the date an instant lies in."""
        return self.date_of[self.minute_of(instant)]

    def place_ending(self, instant: int) -> int:
        """Return the place of the date an instant ends: midnight is 24:00 of the one before."""
        return self.place(instant - 1)

    def place_of(self, day: date) -> int:
        """Return the place of a date, of the last one before it where the zone skipped it."""
        if not self.dates[0] < day < self.dates[-1]:
            raise OffTheMap
        return max(place for place, each in enumerate(self.dates) if each <= day)

    def ends(self, place: int) -> int:
        """Return 24:00 of a date."""
        if place + 1 >= len(self.dates):
            raise OffTheMap
        return self.starts(self.first_minute[place + 1])

    def working_place(self, place: int, count: int) -> int:
        """Return the place of the ``count``-th working date after a date (negative: before)."""
        step = 1 if count > 0 else -1
        for _ in range(abs(count)):
            place += step
            while 0 <= place < len(self.dates) and not self.worked[place]:
                place += step
        if not 0 < place < len(self.dates) - 1:
            raise OffTheMap
        return place

    def opens(self, place: int) -> int:
        """Return when the office opens on a working date."""
        return self.starts(next(m for m in self.minutes(place) if self.open[m]))

    def closes(self, place: int) -> int:
        """Return when it closes."""
        return self.starts(max(m for m in self.minutes(place) if self.open[m]) + 1)

    def stretches(self, place: int) -> Iterator[tuple[int, int]]:
        """Give the stretches without a break in which the office is open on a date."""
        begun: int | None = None
        for minute in self.minutes(place):
            if self.open[minute] and begun is None:
                begun = minute
            if not self.open[minute] and begun is not None:
                yield self.starts(begun), self.starts(minute)
                begun = None
        if begun is not None:
            yield self.starts(begun), self.ends(place)

    def clock_shows(self, instant: int) -> int:
        """Return the clock time of an instant in seconds after midnight."""
        minute = self.minute_of(instant)
        return self.wall[minute] * MINUTE + instant - self.starts(minute)

    def when_clock_shows(self, place: int, seconds: int) -> int:
        """Return when the clock first shows a time on a date, or is past one that it skips."""
        for minute in self.minutes(place):
            if self.wall[minute] == seconds // MINUTE:
                return self.starts(minute) + seconds % MINUTE
            if self.wall[minute] > seconds // MINUTE:
                return self.starts(minute)
        return self.ends(place)

    def seconds_of(self, place: int) -> int:
        """Return the office seconds of a date."""
        return sum(self.open[minute] for minute in self.minutes(place)) * MINUTE
