"""Weeks and months as half-open stretches of time in the bureau's zone (DESIGN §5 "Period").

A week runs from Monday 00:00 to the next Monday 00:00 and bears its ISO number; a month runs from
the first to the first. Boundaries are aware UTC instants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from rules.errors import DubanError

Kind = Literal["week", "month"]


_WEEK = re.compile(r"(\d{4})-W(\d{2})")


_MONTH = re.compile(r"(\d{4})-(\d{2})")


class PeriodError(DubanError):
    """A period is written in a form nobody can read."""


@dataclass(frozen=True, slots=True)
class Period:
    """One week or month: ``[from_at, to_at)`` in UTC, with its key and its Chinese label."""

    key: str
    kind: Kind
    from_at: datetime
    to_at: datetime
    label: str

    def __contains__(self, instant: datetime) -> bool:
        return self.from_at <= instant < self.to_at


def parse_period(text: str, zone: tzinfo) -> Period:
    """Read ``2018-W45`` or ``2018-10``; PeriodError for anything else."""
    written = text.strip().upper()
    try:
        if found := _WEEK.fullmatch(written):
            return _week(date.fromisocalendar(int(found[1]), int(found[2]), 1), zone)
        if found := _MONTH.fullmatch(written):
            return _month(date(int(found[1]), int(found[2]), 1), zone)
    except (ValueError, OverflowError):
        pass
    raise PeriodError(f"看不懂统计期“{text}”：周写作 2018-W45，月写作 2018-10")


def period_containing(kind: Kind, instant: datetime, zone: tzinfo) -> Period:
    """Return the week or month in which an aware instant lies."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime: an instant needs its zone")
    day = instant.astimezone(zone).date()
    if kind == "week":
        return _week(day - timedelta(days=day.weekday()), zone)
    return _month(day.replace(day=1), zone)


def last_complete(kind: Kind, now: datetime, zone: tzinfo) -> Period:
    """Return the newest period that has ended at or before ``now``."""
    return period_before(period_containing(kind, now, zone), zone)


def period_before(period: Period, zone: tzinfo) -> Period:
    """Return the period of the same kind that ends where this one begins."""
    return period_containing(period.kind, period.from_at - timedelta(seconds=1), zone)


def period_after(period: Period, zone: tzinfo) -> Period:
    """Return the period of the same kind that begins where this one ends."""
    return period_containing(period.kind, period.to_at, zone)


def _week(monday: date, zone: tzinfo) -> Period:
    year, week, _ = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    label = f"{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日 第{week}周"
    end = monday + timedelta(days=7)
    return Period(f"{year:04}-W{week:02}", "week", _start(monday, zone), _start(end, zone), label)


def _month(first: date, zone: tzinfo) -> Period:
    end = (first + timedelta(days=31)).replace(day=1)
    label = f"{first.year}年{first.month}月"
    return Period(f"{first:%Y-%m}", "month", _start(first, zone), _start(end, zone), label)


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
