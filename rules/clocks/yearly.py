"""A year of one calendar beside the same year of another, and beside the statutory days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.clocks.calendar import LATE_DECEMBER, CalendarDays
from rules.clocks.statutory import statutory_days


@dataclass(frozen=True, slots=True)
class DayBeside:
    """One date on which something is not as its weekday is.

    ``new`` and ``present`` are what two calendars say of it: ``off``, ``worked``, or None where it
    is as its weekday; ``statutory`` is the festival by law, where there is one.
    """

    day: date
    name: str
    new: str | None
    present: str | None
    statutory: str | None

    @property
    def changed(self) -> bool:
        """Whether people work or rest otherwise than before."""
        return _rests(self.new, self.day) is not _rests(self.present, self.day)

    @property
    def unlawful(self) -> bool:
        """Whether it is a statutory day on which the new calendar lets people work."""
        return self.statutory is not None and not _rests(self.new, self.day)


def beside(new: CalendarDays, present: CalendarDays, years: Iterable[int]) -> list[DayBeside]:
    """Return the dates of some years that either calendar or the law speaks of, in order.

    To a year belong the last days of the year before, which its notice may settle.
    """
    found = []
    for year in sorted(set(years)):
        lawful = statutory_days(year)
        first, last = date(year - 1, *LATE_DECEMBER), date(year, 12, 31)
        spoken = {d for days in (new.days, present.days) for d in days if first <= d <= last}
        for day in sorted(spoken | lawful.keys()):
            entry = new.days.get(day) or present.days.get(day)
            law = lawful.get(day) if day.year == year else None
            name = entry.name if entry is not None else law or ""
            found.append(DayBeside(day, name, _said(new, day), _said(present, day), law))
    return found


def _said(calendar: CalendarDays, day: date) -> str | None:
    entry = calendar.days.get(day)
    if entry is not None:
        return "off" if entry.off else "worked"
    if not calendar.official(day) and day in statutory_days(day.year):
        return "off"
    return None


def _rests(said: str | None, day: date) -> bool:
    return day.weekday() > 4 if said is None else said == "off"
