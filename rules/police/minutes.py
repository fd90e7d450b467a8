"""How fast the police answer and arrive: median and nine in ten, for the police alone, unranked."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

UNRANKED = "仅供公安机关内部掌握，不排名、不考核、不按人统计"
"""What stands under every table of minutes."""

LEAST_GROUPS = 3
"""A station with fewer groups is not told apart: its figures would be those of one officer."""


class Spread(NamedTuple):
    """How many times there were, with their median and ninetieth percentile in seconds."""

    times: int
    median: int | None
    p90: int | None


def spread(seconds: Iterable[int]) -> Spread:
    """Return the spread of some times in seconds, each of which really occurred (nearest rank)."""
    times = sorted(seconds)
    if not times:
        return Spread(0, None, None)
    return Spread(len(times), _at(times, 0.5), _at(times, 0.9))


def _at(times: list[int], share: float) -> int:
    return times[max(0, ceil(share * len(times)) - 1)]


def in_minutes(seconds: int | None) -> str:
    """Return a time as people say it: ``42秒``, ``4分05秒``, ``2时10分``; a dash of none."""
    if seconds is None:
        return "—"
    if seconds < 60:
        return f"{seconds}秒"
    if seconds < 3600:
        return f"{seconds // 60}分{seconds % 60:02}秒"
    return f"{seconds // 3600}时{seconds % 3600 // 60:02}分"
