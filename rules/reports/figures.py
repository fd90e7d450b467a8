"""What a report counts of its appeals: by day and week, beside the four weeks before, by sort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

WEEKS_BEFORE = 4
"""Weeks whose mean the last whole week stands beside."""

MOST_WEEKS = 12
"""Weeks that are drawn."""

KNOWN_BY = 5
"""Different citizens from whom on a problem could be known."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counted:
    """One appeal as a report counts it; ``day`` is when it came in, in the bureau's zone.

    ``reporter`` tells citizens apart, None where nobody is known. ``late``: past its limit and not
    answered. ``elsewhere``: told for analysis only, handled by where it came from. Each appeal has
    exactly one place, unit and channel.
    """

    number: str
    day: date
    place: str
    unit: str
    channel: str
    reporter: str | None = None
    closed: bool = False
    late: bool = False
    unsatisfied: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A name with its count; ``rest``: all the names that are not told."""

    name: str
    count: int
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of the whole; ``weeks`` are (Monday, count, mean of the four before or None).

    ``week`` is the last whole week before ``through`` with its count, None where the appeals do not
    reach back to one; ``mean`` is of the four weeks before it, None where the store does not hold
    them all. ``known`` is the day on which it could be known that several citizens mean the same.
    """

    total: int
    reporters: int
    unnamed: int
    closed: int
    late: int
    unsatisfied: int
    elsewhere: int
    first: date
    last: date
    known: date | None
    weeks: tuple[tuple[date, int, Fraction | None], ...]
    week: tuple[date, int] | None
    mean: Fraction | None
    through: date

    @property
    def partly(self) -> bool:
        """Whether the last week that is drawn is not over."""
        return self.weeks[-1][0] + _WEEK > self.through

    @property
    def open(self) -> int:
        """How many the bureau has not finished; what others handle is not among them."""
        return self.total - self.closed - self.elsewhere

    @property
    def ratio(self) -> Fraction | None:
        """How many times the mean the last whole week is; None where nothing can be compared."""
        if self.week is None or not self.mean:
            return None
        return self.week[1] / self.mean


def figures_of(
    appeals: Sequence[Counted],
    through: date,
    kept_from: date,
    known: date | None = None,
    before: Iterable[date] = (),
    *,
    alike: bool = True,
) -> Figures:
    """Count appeals, of which there is at least one, that came in before the day ``through``.

    ``kept_from`` is the first day of which the store holds all appeals: no mean is told of weeks
    before it. ``known`` is the day it could be known where a problem says so; else it is the day on
    which the fifth different citizen had come, where all are ``alike``: one thing that is meant.
    ``before`` are the days of like appeals that came before these: weeks are compared with them,
    nothing else is.
    """
    days = Counter(one.day for one in appeals)
    first, last = min(days), max(days)
    by_week: Counter[date] = Counter()
    earlier = Counter(before)
    for day, count in (days + earlier).items():
        by_week[monday(day)] += count
    newest = monday(through) - _WEEK
    whole = newest if newest >= monday(first) else None
    reporters = {one.reporter for one in appeals if one.reporter is not None}
    return Figures(
        total=len(appeals),
        reporters=len(reporters),
        unnamed=sum(one.reporter is None for one in appeals),
        closed=sum(one.closed and not one.elsewhere for one in appeals),
        late=sum(one.late for one in appeals),
        unsatisfied=sum(one.unsatisfied for one in appeals),
        elsewhere=sum(one.elsewhere for one in appeals),
        first=first,
        last=last,
        known=known or (_fifth(appeals) if alike else None),
        weeks=tuple(
            (week, by_week[week], _mean(by_week, week, kept_from))
            for week in _drawn(min([first, *earlier]), max(last, through - timedelta(days=1)))
        ),
        week=None if whole is None else (whole, by_week[whole]),
        mean=None if whole is None else _mean(by_week, whole, kept_from),
        through=through,
    )


def monday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _drawn(first: date, last: date) -> list[date]:
    """Return the Mondays of the weeks that are drawn, the newest last."""
    newest = monday(last)
    oldest = max(monday(first), newest - (MOST_WEEKS - 1) * _WEEK)
    return [oldest + n * _WEEK for n in range((newest - oldest).days // 7 + 1)]


def _mean(by_week: Counter[date], week: date, kept_from: date) -> Fraction | None:
    """Return the mean of the four weeks before one; None where they are not all kept."""
    if week - WEEKS_BEFORE * _WEEK < kept_from:
        return None
    before = (by_week[week - n * _WEEK] for n in range(1, WEEKS_BEFORE + 1))
    return Fraction(sum(before), WEEKS_BEFORE)


def _fifth(appeals: Sequence[Counted]) -> date | None:
    """Return the day on which so many different citizens had come."""
    seen: set[str] = set()
    for one in sorted(appeals, key=lambda each: each.day):
        if one.reporter is not None:
            seen.add(one.reporter)
            if len(seen) == KNOWN_BY:
                return one.day
    return None


def spread(names: Iterable[str], most: int) -> tuple[Share, ...]:
    """Return how often each name comes, most first; those beyond ``most`` are one line of the rest.

    The counts add up to the number of names.
    """
    found = sorted(Counter(names).items(), key=lambda one: (-one[1], one[0]))
    told = [Share(*one) for one in found]
    if len(told) <= most:
        return tuple(told)
    rest = told[most - 1 :]
    return (
        *told[: most - 1],
        Share(f"其余{len(rest)}个", sum(one.count for one in rest), rest=True),
    )
