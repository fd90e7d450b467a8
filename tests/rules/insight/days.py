"""Series of appeals as tests write them: so many on each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from rules.insight.judging import Finding, findings_of, look_back
from rules.insight.series import KINDS, Horizon, Kind, Report, Series, Subject
from rules.insight.watch import InsightPolicy

POLICY = InsightPolicy()

START = look_back(POLICY)

WEEK_ASKED = 7

FIRST = date(2026, 1, 5)  # a Monday


def horizon(
    city: Sequence[int], *, known: int = 0, start: int = START, watched: int = 100
) -> Horizon:
    """Return days without holidays, those from ``start`` on asked for."""
    days = len(city)
    weekdays = [day % 7 for day in range(days)]
    each = {kind: [watched] * days for kind in KINDS}
    return Horizon(FIRST, weekdays, known, start, days, each, city)


def series(
    counts: Sequence[int],
    kind: Kind = "category",
    *,
    citizens: int = 10_000,
    channels: Sequence[str] = ("12345电话",),
    districts: Sequence[str] = ("洪山区",),
    alarm: int | None = None,
    sure: bool = False,
    year_ago: Sequence[int] | None = None,
    places: Sequence[str | None] = (None,),
) -> Series:
    """Return appeals of so many citizens in turn, by channels and districts in turn."""
    ids = count(1)
    reports = [
        Report(
            id,
            day,
            f"c{id % citizens}",
            channels[id % len(channels)],
            districts[id % len(districts)],
            places[id % len(places)],
        )
        for day, number in enumerate(counts)
        for id in (next(ids) for _ in range(number))
    ]
    return Series(Subject(kind, "公用事业/供水"), reports, alarm, sure, year_ago)


def found(one: Series, days: Horizon, policy: InsightPolicy = POLICY) -> Finding | None:
    """Return what is found of one series."""
    return next(findings_of([one], days, policy), None)


def quiet(per_day: int = 1, days: int = START + WEEK_ASKED) -> list[int]:
    """Return the same number on every day."""
    return [per_day] * days
