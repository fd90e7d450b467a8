"""All working time laid end to end: prefix sums over spans, grown year by year on demand.

Works on whole ticks (microseconds) since the epoch and on day ordinals; knows nothing of zones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from threading import Lock

from rules.instants import FIRST_YEAR, LAST_YEAR, TICKS, Stretch, beyond_reckoning

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
        """The coverage with a year added at either end."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise beyond_reckoning()
        with self._growth:
            known = self._known
            if known is None:
                known = self._year(year)
            elif year < known.first:
                known = _joined(self._year(year), known)
            elif year > known.last:
                known = _joined(known, self._year(year))
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
