"""Deadlines found the slow and obvious way: one day after another, with a pencil.

Knows nothing of the engine. Everything here is a local clock time of Wuhan without a zone (the city
has had no summer time since 1991). Holidays and worked rest days are written out from the notices
of the State Council's office for 2025 (2024-11-12) and 2026 (2025-11-04).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

Span = tuple[datetime, datetime]

CLOSED = (
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)

WORKED = (
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
)

MORNING, NOON = time(9), time(12)

AFTERNOON, CLOSE = time(13, 30), time(17, 30)

DAY = timedelta(days=1)

OFFICE_SECONDS = 7 * 3600


def is_working(day: date) -> bool:
    """Whether people are at their desks."""
    if day.isoformat() in WORKED:
        return True
    if any(first <= day.isoformat() <= last for first, last in CLOSED):
        return False
    return day.weekday() < 5


def spans(day: date) -> list[Span]:
    """When they are."""
    if not is_working(day):
        return []
    return [
        (datetime.combine(day, MORNING), datetime.combine(day, NOON)),
        (datetime.combine(day, AFTERNOON), datetime.combine(day, CLOSE)),
    ]


def working_day(day: date, count: int) -> date:
    """The ``count``-th working day after a day, or before it."""
    step = DAY if count > 0 else -DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working(day)
    return day


def later(moment: datetime, seconds: int) -> datetime:
    """The moment when so many office seconds have passed."""
    day = moment.date()
    while True:
        for opening, closing in spans(day):
            begin = max(opening, moment)
            room = int((closing - begin).total_seconds())
            if room > 0 and seconds <= room:
                return begin + timedelta(seconds=seconds)
            seconds -= max(0, room)
        day += DAY


def earlier(moment: datetime, seconds: int) -> datetime:
    """The moment from which so many office seconds led here."""
    day = moment.date()
    while True:
        for opening, closing in reversed(spans(day)):
            end = min(closing, moment)
            room = int((end - opening).total_seconds())
            if room > 0 and seconds <= room:
                return end - timedelta(seconds=seconds)
            seconds -= max(0, room)
        day -= DAY


def due(limit: str, start: datetime) -> datetime:
    """When a limit such as ``5wd`` that started then runs out."""
    count, unit = int(limit.rstrip("wdhm")), limit.lstrip("0123456789")
    if unit == "wd":
        return datetime.combine(working_day(start.date(), count), CLOSE)
    if unit == "wh":
        return later(start, count * 3600)
    return start + timedelta(**{{"h": "hours", "m": "minutes"}[unit]: count})


def extended(limit: str, current: datetime) -> datetime:
    """When it runs out after so many working days more."""
    return datetime.combine(working_day(current.date(), int(limit.removesuffix("wd"))), CLOSE)


def yellow(limit: str, start: datetime, end: datetime) -> datetime:
    """When a limit is near its end; ``fixed`` is a date that the source itself gave."""
    last = (end - timedelta(seconds=1)).date()  # 24:00 ends a day
    unit = limit.lstrip("0123456789")
    if unit == "fixed":
        day, days = start.date(), 0
        while day < last:
            day += DAY
            days += is_working(day)
        unit, limit = "wd", f"{days}wd"
    count = int(limit.rstrip("wdhm"))
    if unit == "wh":
        found = earlier(end, count * 3600 // 4)
    elif unit == "wd" and count >= 3:
        before = working_day(last, -1)
        found = datetime.combine(before, time()) + (end - datetime.combine(last, time()))
    elif unit == "wd" and count:
        found = earlier(end, count * OFFICE_SECONDS // 4)
    else:
        seconds = int((end - start).total_seconds())
        found = end - min(timedelta(seconds=seconds // 4), DAY)
    return max(start, found)
