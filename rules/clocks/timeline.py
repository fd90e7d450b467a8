"""Instants as integers, and working stretches summed so that adding is a bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from threading import Lock
from zoneinfo import ZoneInfo

from rules.clocks.calendar import DAY
from rules.errors import CalendarError

TICK = timedelta(microseconds=1)

TICKS = 1_000_000
"""Ticks (microseconds) in a second."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years in which working time can be reckoned."""

Stretch = tuple[int, int]
"""Half-open span of time in ticks since the epoch."""

Pauses = Sequence[tuple[datetime, datetime]]
"""Spans cut out of the timeline, as aware (from, to); they may overlap and come in any order."""


def ticks_of(instant: datetime) -> int:
    """Ticks since the epoch of an aware instant; ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime: every instant carries its zone")
    return (instant - EPOCH) // TICK


def in_utc(instant: datetime) -> datetime:
    """The instant in UTC; ValueError for a naive one, CalendarError for an absurd year."""
    if instant.tzinfo is UTC and FIRST_YEAR <= instant.year <= LAST_YEAR:
        return instant
    if instant.tzinfo is None:
        raise ValueError("naive datetime: every instant carries its zone")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise beyond_reckoning()
    return instant.astimezone(UTC)


def beyond_reckoning() -> CalendarError:
    """What is said of a date outside the computable years."""
    return CalendarError(
        f"日期超出可计算的范围（{FIRST_YEAR}—{LAST_YEAR}年），或此后再无办公时间；请核对日期与办公时间"
    )


def instant_of(moment: int) -> datetime:
    """Ticks since the epoch as an aware UTC instant."""
    return EPOCH + moment * TICK


def united(pauses: Pauses) -> list[Stretch]:
    """Pauses as disjoint spans in order, in ticks; empty ones are dropped."""
    whole: list[Stretch] = []
    for begin, until in sorted((ticks_of(begin), ticks_of(until)) for begin, until in pauses):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], until))
        elif begin < until:
            whole.append((begin, until))
    return whole


def on_the_wall(day: date, seconds: int, zone: ZoneInfo, *, ends: bool = False) -> datetime:
    """The instant (aware UTC) at which the wall clock shows ``seconds`` after midnight.

    86400 is 24:00. Of a clock time shown twice a span begins at the first and ``ends`` at the
    second; one that is skipped is the instant of the skip.
    """
    if seconds == DAY:
        day, seconds, ends = day + timedelta(days=1), 0, False
    clock = time(seconds // 3600, seconds % 3600 // 60, seconds % 60)
    first = datetime.combine(day, clock, zone)
    second = first.replace(fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before is not None and after is not None and before < after:
        return _skip(second.astimezone(UTC), first.astimezone(UTC), zone)
    return (second if ends else first).astimezone(UTC)


def _skip(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two at which the zone's clocks are put forward."""
    offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)


_MARGIN = timedelta(days=2)  # local days begin before or after those of UTC


@dataclass(frozen=True, slots=True)
class _Coverage:
    """Whole years of working time; replaced as one, and only by more of it."""

    first: int
    last: int
    starts: list[int]
    ends: list[int]
    worked: list[int]  # ordinals of dates with working time
    before: list[int]  # working ticks before each span
    idle: list[int]  # its start less those: what turns a position into a moment
    total: int
    since: int  # every moment from here
    until: int  # to here is covered whatever the zone

    def position(self, moment: int) -> int:
        """Working ticks from the first covered moment."""
        span = bisect_right(self.starts, moment) - 1
        if span < 0:
            return 0
        end = self.ends[span]
        return (moment if moment < end else end) - self.idle[span]


class Timeline:
    """Working time as arithmetic: no walk over days, only bisection.

    ``stretches(date)`` gives a date's working spans in order. Years outside 1900 to 2200 raise
    CalendarError, as does looking for working time where none is left. Threads may share it.
    """

    def __init__(self, stretches: Callable[[date], list[Stretch]]) -> None:
        self._stretches = stretches
        self._known: _Coverage | None = None
        self._growth = Lock()

    def elapsed(self, begin: int, end: int) -> int:
        """Working ticks from one moment to another; negative when reversed."""
        self._covering(begin)
        covered = self._covering(end)
        return covered.position(end) - covered.position(begin)

    def add(self, moment: int, amount: int) -> int:
        """The moment ``amount`` working ticks later; negative goes back.

        A result at a closing (going back: at an opening) stays there. Zero from a closed moment
        gives the next opening. Every deadline passes here, so it asks what is covered itself.
        """
        if amount == 0:
            return self.opening(moment)
        covered = self._known
        if covered is None or not covered.since <= moment < covered.until:
            covered = self._covering(moment)
        target = covered.position(moment) + amount
        while not 0 <= target <= covered.total:
            covered = self._grown(covered.last + 1 if amount > 0 else covered.first - 1)
            target = covered.position(moment) + amount
        find = bisect_left if amount > 0 else bisect_right
        return target + covered.idle[find(covered.before, target) - 1]

    def opening(self, moment: int) -> int:
        """The moment itself where the office is open, else the next opening."""
        covered = self._covering(moment)
        while (span := bisect_right(covered.ends, moment)) == len(covered.starts):
            covered = self._grown(covered.last + 1)
        return max(moment, covered.starts[span])

    def worked_after(self, ordinal: int, count: int) -> int:
        """The ``count``-th worked date strictly after (negative: before) a date; 0 is the date."""
        covered = self._covering_date(ordinal)
        if count == 0:
            return ordinal
        find = bisect_right if count > 0 else bisect_left
        skip = count - 1 if count > 0 else count
        while True:
            index = find(covered.worked, ordinal) + skip
            if index < 0:
                covered = self._grown(covered.first - 1)
            elif index >= len(covered.worked):
                covered = self._grown(covered.last + 1)
            else:
                return covered.worked[index]

    def worked_between(self, ordinal: int, other: int) -> int:
        """Worked dates strictly after the first up to the second; negative when reversed."""
        self._covering_date(ordinal)
        worked = self._covering_date(other).worked
        return bisect_right(worked, other) - bisect_right(worked, ordinal)

    def _covering(self, moment: int) -> _Coverage:
        covered = self._known
        if covered is not None and covered.since <= moment < covered.until:
            return covered
        return self._covering_date(_day(moment).toordinal())

    def _covering_date(self, ordinal: int) -> _Coverage:
        day = date.fromordinal(ordinal)
        first, last = (day - _MARGIN).year, (day + _MARGIN).year
        covered = self._known or self._grown(first)
        while covered.first > first:
            covered = self._grown(covered.first - 1)
        while covered.last < last:
            covered = self._grown(covered.last + 1)
        return covered

    def _grown(self, year: int) -> _Coverage:
        """The coverage with the years up to this one added, at either end.

        Another thread may have covered other years meanwhile: none between is left out.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise beyond_reckoning()
        with self._growth:
            known = self._known
            if known is None:
                known = self._year(year)
            while year < known.first:
                known = _joined(self._year(known.first - 1), known)
            while year > known.last:
                known = _joined(known, self._year(known.last + 1))
            self._known = known
            return known

    def _year(self, year: int) -> _Coverage:
        starts: list[int] = []
        ends: list[int] = []
        worked: list[int] = []
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            stretches = self._stretches(date.fromordinal(ordinal))
            if stretches:
                worked.append(ordinal)
            for start, end in stretches:
                start = max(start, ends[-1]) if ends else start  # clocks put back overlap
                if start < end:
                    starts.append(start)
                    ends.append(end)
        return _summed(year, year, starts, ends, worked)


def _joined(one: _Coverage, other: _Coverage) -> _Coverage:
    return _summed(
        one.first,
        other.last,
        one.starts + other.starts,
        one.ends + other.ends,
        one.worked + other.worked,
    )


def _summed(
    first: int, last: int, starts: list[int], ends: list[int], worked: list[int]
) -> _Coverage:
    lengths = (end - start for start, end in zip(starts, ends, strict=True))
    *before, total = accumulate(lengths, initial=0)
    since = _midnight(date(first, 1, 1) + _MARGIN)
    until = _midnight(date(last, 12, 31) - _MARGIN)
    idle = [start - worked_by for start, worked_by in zip(starts, before, strict=True)]
    return _Coverage(first, last, starts, ends, worked, before, idle, total, since, until)


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * TICKS


def _day(moment: int) -> date:
    try:
        return datetime.fromtimestamp(moment // TICKS, UTC).date()
    except (OverflowError, ValueError, OSError):
        raise beyond_reckoning() from None
