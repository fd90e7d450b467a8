"""How long is left, in the words of a person and the measure of the limit (DESIGN §5)."""

from __future__ import annotations

from datetime import datetime

from rules.limits import Limit
from rules.wording import length
from rules.worktime import WorkCalendar


def remaining_text(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> str:
    """``余2个工作日`` ``余6小时20分`` ``超期4个工作日`` ``超10分``.

    Limits in days count dates: after today up to due, and when late after the due date up to
    today; within a day they speak in hours. ``wh`` speaks in working time, ``h`` and ``m`` in
    real time.
    """
    days = _days(calendar, limit, due, now) if limit.by_days else 0
    unit = "天" if limit.unit == "d" else "个工作日"
    if now < due:
        return f"余{days}{unit}" if days else f"余{length(_left(calendar, limit, now, due))}"
    return f"超期{days}{unit}" if days else f"超{length(_late(calendar, limit, due, now))}"


def _days(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> int:
    today, last = calendar.local(now).date(), calendar.date_ending(due)
    if limit.unit == "d":
        return abs((last - today).days)
    return abs(calendar.days_between(today, last))


def _left(calendar: WorkCalendar, limit: Limit, now: datetime, due: datetime) -> int:
    real = int((due - now).total_seconds())
    if not limit.working:
        return real
    return calendar.between(now, due) or (real if limit.by_days else 0)


def _late(calendar: WorkCalendar, limit: Limit, due: datetime, now: datetime) -> int:
    if limit.unit == "wh":
        return calendar.between(due, now)
    return int((now - due).total_seconds())
