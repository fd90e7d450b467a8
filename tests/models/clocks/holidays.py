"""Calendars as the tests of loading need them: the store's own with a year of 2027 beside it."""

from __future__ import annotations

import json

from models.clocks.calendars import days_of
from models.store.store import Store
from rules.clocks.calendar import CalendarDays
from seed.reference.holidays import extended, read_notice


def notice(year: int, off: tuple[str, ...] = (), worked: tuple[str, ...] = ()) -> str:
    """Return a year's notice in the holiday-cn form."""
    days = [{"name": "元旦", "date": day, "isOffDay": True} for day in off]
    days += [{"name": "元旦", "date": day, "isOffDay": False} for day in worked]
    return json.dumps({"year": year, "papers": [], "days": days})


def with_2027(store: Store, *off: str, worked: tuple[str, ...] = ()) -> CalendarDays:
    """Return the calendar in force with a notice of 2027 of these days."""
    with store.reading() as reader:
        base = days_of(reader, store.versions(reader)[1])
    return extended(base, [read_notice(notice(2027, off, worked), "2027.json")])
