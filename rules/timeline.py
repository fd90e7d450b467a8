"""All working time laid end to end: prefix sums over spans, grown year by year on demand.

Works on whole ticks (microseconds) since the epoch and on day ordinals; knows nothing of zones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from rules.errors import CalendarError

FIRST_YEAR, LAST_YEAR = 1900, 2200

TICKS = 1_000_000
"""Ticks in a second."""

Stretch = tuple[int, int]
"""Half-open span of time in ticks since the epoch."""


class Timeline:
    """Working time as arithmetic: no walk over days, only bisection.

    ``stretches(date)`` gives a date's working spans in order, already cut so that they never
    overlap. Years outside 1900 to 2200 raise CalendarError.
    """

    def __init__(self, stretches: Callable[[date], list[Stretch]]) -> None:
        self._stretches = stretches
        self._first = self._last = 0  # years covered, both included; 0 before the first use
        self._from = self._until = 0  # ticks safely inside the coverage
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []  # working ticks before each span
        self._total = 0
        self._worked: list[int] = []  # ordinals of dates with working time

    def elapsed(self, begin: int, end: int) -> int:
        """Working ticks from one moment to another; negative when reversed."""
        self._reach(begin)
        self._reach(end)
        return self._position(end) - self._position(begin)

    def add(self, moment: int, amount: int) -> int:
        """The moment ``amount`` working ticks later; negative goes back.

        A result at a closing (going back: at an opening) stays there. Zero from a closed moment
        gives the next opening.
        """
        if amount == 0:
            return self.opening(moment)
        self._reach(moment)
        target = self._position(moment) + amount
        while target > self._total:
            self._grow(self._last + 1)
        while target < 0:
            known = self._total
            self._grow(self._first - 1)
            target += self._total - known
        find = bisect_left if amount > 0 else bisect_right
        span = find(self._before, target) - 1
        return self._starts[span] + target - self._before[span]

    def opening(self, moment: int) -> int:
        """The moment itself where the office is open, else the next opening."""
        self._reach(moment)
        span = bisect_right(self._ends, moment)
        while span == len(self._starts):
            self._grow(self._last + 1)
        return max(moment, self._starts[span])

    def worked_after(self, ordinal: int, count: int) -> int:
        """The ``count``-th worked date strictly after (negative: before) a date; 0 is the date."""
        if count == 0:
            return ordinal
        self._reach_date(ordinal)
        while True:
            if count > 0:
                index = bisect_right(self._worked, ordinal) + count - 1
                if index < len(self._worked):
                    return self._worked[index]
                self._grow(self._last + 1)
            else:
                index = bisect_left(self._worked, ordinal) + count
                if index >= 0:
                    return self._worked[index]
                self._grow(self._first - 1)

    def worked_between(self, ordinal: int, other: int) -> int:
        """Worked dates strictly after the first up to the second; negative when reversed."""
        self._reach_date(ordinal)
        self._reach_date(other)
        return bisect_right(self._worked, other) - bisect_right(self._worked, ordinal)

    def _position(self, moment: int) -> int:
        span = bisect_right(self._starts, moment) - 1
        if span < 0:
            return 0
        return self._before[span] + min(moment, self._ends[span]) - self._starts[span]

    def _reach(self, moment: int) -> None:
        if not self._from <= moment < self._until:
            try:
                day = datetime.fromtimestamp(moment // TICKS, UTC).date()
            except (OverflowError, ValueError, OSError):
                raise _beyond() from None
            self._reach_date(day.toordinal())

    def _reach_date(self, ordinal: int) -> None:
        day = date.fromordinal(ordinal)
        if not self._first:
            self._grow(day.year)
        while (day - timedelta(days=2)).year < self._first:
            self._grow(self._first - 1)
        while (day + timedelta(days=2)).year > self._last:
            self._grow(self._last + 1)

    def _grow(self, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise _beyond()
        starts, ends, worked = self._year(year)
        if year > self._last:
            self._first = self._first or year
            self._last = year
            self._starts += starts
            self._ends += ends
            self._worked += worked
        else:
            self._first = year
            self._starts[:0] = starts
            self._ends[:0] = ends
            self._worked[:0] = worked
        self._sum()

    def _year(self, year: int) -> tuple[list[int], list[int], list[int]]:
        starts: list[int] = []
        ends: list[int] = []
        worked: list[int] = []
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            stretches = self._stretches(date.fromordinal(ordinal))
            if stretches:
                worked.append(ordinal)
            for start, end in stretches:
                start = max(start, ends[-1]) if ends else start
                if start < end:
                    starts.append(start)
                    ends.append(end)
        return starts, ends, worked

    def _sum(self) -> None:
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        sums = [0, *accumulate(lengths)]
        self._total = sums.pop()
        self._before = sums
        self._from = int(datetime(self._first, 1, 3, tzinfo=UTC).timestamp()) * TICKS
        self._until = int(datetime(self._last, 12, 30, tzinfo=UTC).timestamp()) * TICKS


def _beyond() -> CalendarError:
    return CalendarError(
        f"日期超出可计算的范围（{FIRST_YEAR}—{LAST_YEAR}年），或此后再无办公时间；请核对日期与办公时间"
    )
