"""Weeks, months and quarters as half-open stretches of time in the bureau's zone (DESIGN §5).

A week runs from Monday 00:00 to the next Monday 00:00 and bears its ISO number; a month runs from
the first to the first, a quarter from the first of January, April, July or October. Boundaries are
aware UTC instants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

import pendulum

from rules.clocks import day_start
from rules.errors import DubanError

Kind = Literal["week", "month", "quarter"]

_WEEK = re.compile(r"\d{4}-W(?!00)\d{2}")

_MONTH = re.compile(r"\d{4}-\d{2}")

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


class PeriodError(DubanError):
    """A period is written in a form nobody can read."""


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch: ``[from_at, to_at)`` in UTC, with its key and its Chinese label."""

    key: str
    kind: Kind
    from_at: datetime
    to_at: datetime
    label: str

    @property
    def titled(self) -> str:
        """What it is called in a heading, with its year: 2026年第47周（11月16日—22日）."""
        if self.kind != "week":
            return self.label
        days, number = self.label.split(" ")
        first, last = days.split("—")
        month = first[: first.index("月") + 1]
        return f"{self.key[:4]}年{number}（{first}—{last.removeprefix(month)}）"

    def __contains__(self, instant: datetime) -> bool:
        return self.from_at <= instant < self.to_at


def parse_period(text: str, zone: tzinfo) -> Period:
    """Read ``2018-W45``, ``2018-10`` or ``2018-Q4``; PeriodError for anything else."""
    written = text.strip().upper()
    try:
        if _WEEK.fullmatch(written):
            return _week(_date(written), zone)
        if _MONTH.fullmatch(written):
            return _month(_date(written), zone)
        if found := _QUARTER.fullmatch(written):
            return _quarter(pendulum.date(int(found[1]), 3 * int(found[2]), 1), zone)
    except (ValueError, OverflowError):
        pass
    raise PeriodError(f"看不懂统计期“{text}”：周写作 2018-W45，月写作 2018-10，季度写作 2018-Q4")


def period_containing(kind: Kind, instant: datetime, zone: tzinfo) -> Period:
    """Return the week, month or quarter in which an aware instant lies."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime: an instant needs its zone")
    day = pendulum.instance(instant.astimezone(zone)).date()
    return _AROUND[kind](day, zone)


def last_complete(kind: Kind, now: datetime, zone: tzinfo) -> Period:
    """Return the newest period that has ended at or before ``now``."""
    return period_before(period_containing(kind, now, zone), zone)


def period_before(period: Period, zone: tzinfo) -> Period:
    """Return the period of the same kind that ends where this one begins."""
    return period_containing(period.kind, period.from_at - timedelta(seconds=1), zone)


def period_after(period: Period, zone: tzinfo) -> Period:
    """Return the period of the same kind that begins where this one ends."""
    return period_containing(period.kind, period.to_at, zone)


def _week(day: pendulum.Date, zone: tzinfo) -> Period:
    first, last = day.start_of("week"), day.end_of("week")
    year, week, _ = first.isocalendar()
    label = f"{first.month}月{first.day}日—{last.month}月{last.day}日 第{week}周"
    return _between(first, last, "week", f"{year:04}-W{week:02}", label, zone)


def _month(day: pendulum.Date, zone: tzinfo) -> Period:
    first, last = day.start_of("month"), day.end_of("month")
    label = f"{day.year}年{day.month}月"
    return _between(first, last, "month", f"{day.year:04}-{day.month:02}", label, zone)


def _quarter(day: pendulum.Date, zone: tzinfo) -> Period:
    first, last = day.first_of("quarter"), day.last_of("quarter")
    label = f"{day.year}年第{day.quarter}季度"
    return _between(first, last, "quarter", f"{day.year:04}-Q{day.quarter}", label, zone)


_AROUND = {"week": _week, "month": _month, "quarter": _quarter}


def _between(
    first: pendulum.Date, last: pendulum.Date, kind: Kind, key: str, label: str, zone: tzinfo
) -> Period:
    return Period(key, kind, day_start(first, zone), day_start(last.add(days=1), zone), label)


def _date(iso: str) -> pendulum.Date:
    """Return the first day of an ISO week or month."""
    read = pendulum.parse(iso, strict=True, exact=True)
    assert isinstance(read, pendulum.Date)
    return read
