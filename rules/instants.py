"""Instants as whole ticks, and the clock on the wall as instants, also where clocks change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.errors import CalendarError
from rules.officehours import DAY

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
