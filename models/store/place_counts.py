"""What is counted of a place by month: appeals, first contacts, closings and ratings.

Counted for the city, its districts, streets and communities; what is smaller holds so few appeals
that they are read themselves. A month is named by the hour since 1970 in which it begins where the
bureau is. How long a first contact took is counted by spans that grow by a tenth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from models.store.reader import to_text
from models.store.rows import HOUR, aware

LEVELS = (4, 6, 9, 12)
"""Digits of the codes that are counted."""

OF_TICKET = ("grid", "received_at", "state")
"""The columns by which an appeal counts in its place."""

OF_ROUND = (
    "grid",
    "n",
    "dispatched_at",
    "dispatch_assumed",
    "contacted_at",
    "closed_at",
    "outcome",
    "result_rating",
    "rated_at",
)
"""The columns by which a round counts in the place of its appeal."""

CONTACT = "contact"
"""What a turn begins with that counts first contacts of one span; the span's number follows."""

RATED = {"满意": "satisfied", "基本满意": "fair", "不满意": "unsatisfied"}

_MONTHS = [(year, month) for year in range(2000, 2100) for month in range(1, 13)]

_SPANS = [60 * 1.1**n for n in range(130)]
"""Seconds by which each span but the last has ended."""

Told = tuple[str, int]
"""A turn, and the month in which it came about."""


class Months:
    """The months of a zone, each by the hour since 1970 in which it begins."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Reckon them once: asked for every appeal."""
        firsts = [datetime(year, month, 1, tzinfo=zone) for year, month in _MONTHS]
        self._begun = [to_text(first) for first in firsts]
        self._hours = [int(first.timestamp()) // HOUR for first in firsts]

    def of(self, instant: str | datetime) -> int:
        """Return the month of an instant."""
        told = instant if isinstance(instant, str) else to_text(instant)
        return self._hours[max(0, bisect_right(self._begun, told) - 1)]

    def last(self, instant: datetime, count: int) -> list[int]:
        """Return the month of an instant and those before it, the first one first."""
        place = self._hours.index(self.of(instant)) + 1
        return self._hours[max(0, place - count) : place]


@lru_cache
def months_of(zone: ZoneInfo) -> Months:
    """Return the months of a zone."""
    return Months(zone)


def levels_of(code: str) -> list[str]:
    """Return a code and those above it, as far as they are counted."""
    return [code[:digits] for digits in LEVELS if len(code) >= digits]


def counted_place(grid: str | None) -> str | None:
    """Return the smallest place that is counted of a code; None of what is no code."""
    return grid[: LEVELS[-1]] if grid and grid.isdecimal() and len(grid) >= LEVELS[0] else None


class PlaceTold(NamedTuple):
    """A place and what it counts there: as much as makes two rows count alike."""

    place: str
    told: tuple[Told, ...]


def of_ticket(cells: Sequence[Any], months: Months) -> PlaceTold | None:
    """Return what an appeal counts in its place; one that others answer counts nothing."""
    grid, received, state = cells
    place = counted_place(grid)
    if place is None or received is None or state == "analysis":
        return None
    return PlaceTold(place, (("received", months.of(received)),))


def of_round(cells: Sequence[Any], months: Months) -> PlaceTold | None:
    """Return what a round counts in the place of its appeal."""
    grid, n, dispatched, assumed, contacted, closed, outcome, rating, rated = cells
    place = counted_place(grid)
    if place is None:
        return None
    told: list[Told] = []
    if n in (None, 1) and not assumed and dispatched is not None and contacted is not None:
        told.append((f"{CONTACT}{_span(dispatched, contacted):03}", months.of(contacted)))
    if closed is not None:
        told.append(("closed", months.of(closed)))
        if outcome == "已解决":
            told.append(("solved", told[-1][1]))
    if rated is not None and rating in RATED:
        told.append((RATED[rating], months.of(rated)))
    return PlaceTold(place, tuple(told)) if told else None


def _span(begun: str | datetime, ended: str | datetime) -> int:
    """Return the number of the span that the time between two instants falls in."""
    first, last = (aware(one) if isinstance(one, str) else one for one in (begun, ended))
    return bisect_left(_SPANS, (last - first).total_seconds())


def seconds_of(turn: str) -> int:
    """Return the middle of the span that a turn counts first contacts of."""
    span = int(turn.removeprefix(CONTACT))
    return round(_SPANS[min(span, len(_SPANS) - 1)] / 1.05) if span else 30
