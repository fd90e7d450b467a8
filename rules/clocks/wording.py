"""Instants, lengths of time, and how much of a limit is left, as people here write them."""

from __future__ import annotations

from datetime import date, datetime

from rules.clocks.limits import Limit
from rules.clocks.worktime import WorkCalendar

WEEKDAY_NAMES = "一二三四五六日"


def weekday(day: date) -> str:
    """``周三``."""
    return f"周{WEEKDAY_NAMES[day.weekday()]}"


def long_instant(local: datetime, *, ends: bool = False) -> str:
    """``2026-09-30 周三 10:00``; with ``ends`` a midnight is the 24:00 of the day it ends."""
    day, time = day_and_clock(local, ends=ends)
    return f"{day.isoformat()} {weekday(day)} {time}"


def short_instant(local: datetime, *, ends: bool = False) -> str:
    """``10-09 周五 09:00``; ``ends`` as for a long one."""
    day, time = day_and_clock(local, ends=ends)
    return f"{short_day(day)} {time}"


def short_due(local: datetime) -> str:
    """Return a due instant in eleven cells: ``10-09 17:30``, ``10-09 24:00``."""
    day, time = day_and_clock(local, ends=True)
    return f"{day:%m-%d} {time[:5]}"


def due_day(local: datetime) -> date:
    """Return the date on which something is due: midnight ends the day before."""
    return day_and_clock(local, ends=True)[0]


def plain_due(local: datetime) -> str:
    """Return a due instant for tables: ``2026-10-09 17:30``, ``2026-10-09 24:00``."""
    day, time = day_and_clock(local, ends=True)
    return f"{day.isoformat()} {time[:5]}"


def sheet_due(local: datetime | None) -> datetime | str | None:
    """Return a due instant as the cell of a workbook: itself, or ``2026-10-09 24:00`` in words."""
    if local is None or due_day(local) == local.date():
        return local
    return plain_due(local)


def day_and_clock(local: datetime, *, ends: bool) -> tuple[date, str]:
    """Return the date and the clock of an instant; with ``ends`` a midnight ends the day before."""
    if ends and (local.hour, local.minute, local.second) == (0, 0, 0):
        return date.fromordinal(local.toordinal() - 1), "24:00"
    return local.date(), clock(local)


def short_day(day: date) -> str:
    """``10-09 周五``."""
    return f"{day:%m-%d} {weekday(day)}"


def chinese_date(day: date) -> str:
    """Return 2026年11月9日: Arabic digits, no padding (GB/T 9704, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_day(day: date, today: date) -> str:
    """Return 11月9日, with its year when it is not that of ``today``."""
    return chinese_date(day) if day.year != today.year else f"{day.month}月{day.day}日"


def chinese_moment(instant: datetime) -> str:
    """Return 2026年11月25日17:30 of a local instant."""
    return f"{chinese_date(instant)}{instant:%H:%M}"


def chinese_due(due: datetime, today: date | None = None) -> str:
    """Return 2026年11月25日17:30 of a due instant, without the year of ``today``.

    A midnight is the 24:00 of the day it ends.
    """
    day, time = day_and_clock(due, ends=True)
    return f"{chinese_day(day, today) if today else chinese_date(day)}{time[:5]}"


def dotted(day: date | None, today: date) -> str:
    """Return 11.9 for narrow table cells, 2025.11.9 where the year is another, or nothing."""
    if day is None:
        return ""
    year = f"{day.year}." if day.year != today.year else ""
    return f"{year}{day.month}.{day.day}"


def clock(local: datetime) -> str:
    """``09:00``, with seconds where there are any."""
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def length(seconds: int) -> str:
    """``8小时30分``, ``不足1分``."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours and not minutes:
        return "不足1分"
    return (f"{hours}小时" if hours else "") + (f"{minutes}分" if minutes else "")


def exact_length(seconds: int) -> str:
    """``8小时30分``, ``29分23秒``, ``0分``: to the second, so that lengths add up."""
    minutes, rest = divmod(seconds, 60)
    told = length(seconds) if minutes else ""
    return told + (f"{rest}秒" if rest else "") or "0分"


def remaining_text(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> str:
    """``余2个工作日`` ``余6小时20分`` ``超期4个工作日`` ``超10分``.

    Limits in days count dates: after today up to due, and when late after the due date up to
    today; within a day they speak in hours. ``wh`` speaks in working time, ``h`` and ``m`` in
    real time.
    """
    days = _days(calendar, limit, due, now)
    if now <= due:
        return f"余{days}" if days else f"余{length(_left(calendar, limit, now, due))}"
    return f"超期{days}" if days else f"超{length(_late(calendar, limit, due, now))}"


def kept_text(
    calendar: WorkCalendar, limit: Limit, original_due: datetime, due: datetime, ended: datetime
) -> str:
    """Return how what has ended kept its limit: ``按时`` ``延期后按时`` ``逾期9个工作日``.

    At the due second it is on time; late is counted in the limit's unit, as what still runs is.
    """
    if ended <= due:
        return "按时" if ended <= original_due else "延期后按时"
    days = _days(calendar, limit, due, ended)
    return f"逾期{days or length(_late(calendar, limit, due, ended))}"


def _days(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> str:
    """Return the dates between in words, nothing within a day or for a limit not in days."""
    if not limit.by_days:
        return ""
    today, last = calendar.local(now).date(), calendar.date_ending(due)
    if limit.unit in ("d", "mo"):
        days, unit = abs((last - today).days), "天"
    else:
        days, unit = abs(calendar.days_between(today, last)), "个工作日"
    return f"{days}{unit}" if days else ""


def _left(calendar: WorkCalendar, limit: Limit, now: datetime, due: datetime) -> int:
    real = int((due - now).total_seconds())
    if not limit.working:
        return real
    return calendar.between(now, due) or (real if limit.by_days else 0)


def _late(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> int:
    if limit.working and not limit.by_days:
        return calendar.between(due, now)
    return int((now - due).total_seconds())
