"""What a week was to be expected to hold, and how far it lies above.

A series is its appeals of each day, a day's place in it the days since the horizon began. A verdict
on a day reads that day and what was before it, never what came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt
from statistics import pvariance

from rules.clocks import Day

WEEK, BASE, YEAR = 7, 28, 364
"""Days of a week, of the four it is compared with, and back to the same weekday a year ago."""

SEASON = 21
"""Days around the same week a year ago that tell of its season."""

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Level:
    """A week beside what was to be expected of it.

    ``mean``: of the four weeks before. ``expected``: by their weekdays, and ``factor`` times that
    by what else is known. ``chance``: how likely so many or more are if nothing has changed.
    """

    count: int
    mean: float
    expected: float
    z: float
    chance: float
    factor: float = 1.0


def weekday_of(day: Day) -> int:
    """Return as which weekday, 0 to 6, a date counts: a holiday as Sunday, a makeup as Monday."""
    if day.kind == "holiday":
        return SUNDAY
    return 0 if day.kind == "makeup" else day.date.weekday()


def level_on(counts: Sequence[int], weekdays: Sequence[int], factor: float = 1.0) -> Level:
    """Return the week at the end of 35 days beside the four weeks before it.

    ``factor`` is how many times more than usual is to be expected. The spread is that of chance (a
    Poisson's, widened because four weeks tell the mean only roughly), or that of the four weeks if
    they differ more, and never less than one.
    """
    base, days = counts[:BASE], counts[BASE:]
    count, before = sum(days), sum(base)
    expected = factor * _by_weekday(base, weekdays[:BASE], weekdays[BASE:])
    weeks = [sum(base[at : at + WEEK]) for at in range(0, BASE, WEEK)]
    spread = max(1.0, expected * (1 + WEEK / BASE), pvariance(weeks))
    times = before / expected if before and expected else BASE / WEEK
    return Level(
        count,
        before * WEEK / BASE,
        expected,
        (count - expected) / sqrt(spread),
        chance_of(count, before, times),
        factor,
    )


def _by_weekday(base: Sequence[int], past: Sequence[int], days: Sequence[int]) -> float:
    """Return the sum, over some days, of the mean of the days of the same weekday before."""
    sums, seen = [0] * WEEK, [0] * WEEK
    for count, weekday in zip(base, past, strict=True):
        sums[weekday] += count
        seen[weekday] += 1
    overall = sum(base) / BASE
    return sum(sums[day] / seen[day] if seen[day] else overall for day in days)


@lru_cache(maxsize=1 << 16)
def chance_of(count: int, before: float, times: float) -> float:
    """Return how likely ``count`` or more are where ``before`` came in a time ``times`` as long.

    How often something happens is known by what was before it alone, however little that is: the
    number to come is then distributed as a negative binomial (Gamma-Poisson, Jeffreys' prior).
    """
    if count <= 0:
        return 1.0
    shape, more = before + 0.5, 1 / (1 + times)
    term = exp(
        lgamma(count + shape)
        - lgamma(count + 1)
        - lgamma(shape)
        - shape * log(1 + 1 / times)
        + count * log(more)
    )
    whole, n = 0.0, count
    while term > whole * 1e-9:
        whole += term
        term *= (n + shape) / (n + 1) * more
        n += 1
    return min(1.0, whole)


def season_of(year_ago: Sequence[int], day: int) -> float:
    """Return how many times its four weeks before the week of a day held a year ago, 1 at least.

    ``year_ago`` holds in the place of each day what the same weekday held a year before it, up to
    a week beyond ``day``. Three weeks around the date count, so that one odd week is no season.
    """
    last = day + 1
    around = sum(year_ago[last - 2 * WEEK : last + WEEK]) * WEEK / SEASON
    before = sum(year_ago[last - WEEK - BASE : last - WEEK]) * WEEK / BASE
    return max(1.0, (around + 1) / (before + 1))
