"""Instants, dates and lengths of time as people here write them."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAY_NAMES = "一二三四五六日"


def weekday(day: date) -> str:
    """``周三``."""
    return f"周{WEEKDAY_NAMES[day.weekday()]}"


def long_instant(local: datetime, *, ends: bool = False) -> str:
    """``2026-09-30 周三 10:00``; with ``ends`` a midnight is the 24:00 of ``day_ending``."""
    if ends and (local.hour, local.minute, local.second) == (0, 0, 0):
        day = date.fromordinal(local.toordinal() - 1)
        return f"{day.isoformat()} {weekday(day)} 24:00"
    return f"{local.date().isoformat()} {weekday(local)} {clock(local)}"


def short_instant(local: datetime) -> str:
    """``10-09 周五 09:00``."""
    return f"{short_day(local)} {clock(local)}"


def short_day(day: date) -> str:
    """``10-09 周五``."""
    return f"{day:%m-%d} {weekday(day)}"


def clock(local: datetime) -> str:
    """``09:00``, with seconds where there are any."""
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def length(seconds: int) -> str:
    """``8小时30分``, ``不足1分``."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours and not minutes:
        return "不足1分"
    return (f"{hours}小时" if hours else "") + (f"{minutes}分" if minutes else "")
