"""The calendar of one community: a month of weeks, each day with what was or will be done there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from rules.clocks import day_start

if TYPE_CHECKING:
    from models.visits import VisitView

HEAD = "  一    二    三    四    五    六    日"

HELD, COMING, UNTOLD, SEVERAL = "访", "待", "未", "多"

LEGEND = "访 已走访 · 待 待走访 · 未 到时未登记 · 多 几次"


def month_of(day: date) -> date:
    """Return the first day of the month in which a day lies."""
    return day.replace(day=1)


def beside(month: date, by: int) -> date:
    """Return the month so many before or after one."""
    months = month.year * 12 + month.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def span_of(month: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a month begins and when the next one does."""
    return day_start(month, zone), day_start(beside(month, 1), zone)


def signs_of(visits: Sequence[VisitView], now: datetime, zone: tzinfo) -> dict[date, str]:
    """Return what stands on each day of a calendar; what was called off does not."""
    found: dict[date, list[str]] = defaultdict(list)
    for one in visits:
        if one.void_at is None:
            sign = HELD if one.done_at else UNTOLD if one.at < now else COMING
            found[one.at.astimezone(zone).date()].append(sign)
    return {day: signs[0] if len(signs) == 1 else SEVERAL for day, signs in found.items()}


def week_lines(month: date, signs: dict[date, str]) -> Iterator[str]:
    """Yield the weeks of a month, Monday first, six cells a day."""
    day = month - timedelta(days=month.weekday())
    while day < beside(month, 1):
        week = [day + timedelta(days=n) for n in range(7)]
        yield "".join(
            f"{one.day:>2}{signs.get(one, '  ')}  " if one.month == month.month else " " * 6
            for one in week
        ).rstrip()
        day += timedelta(days=7)
