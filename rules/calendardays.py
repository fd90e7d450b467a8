"""The published calendar: which dates are holidays and which rest days are worked (调休)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.errors import CalendarError


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date that differs from its weekday: off (放假) or worked (上班), and for what."""

    name: str
    off: bool


@dataclass(frozen=True)
class CalendarDays:
    """What the State Council's notices say, date by date, and how far they reach.

    From ``official_from`` to ``official_through`` (both included) the days are complete; outside
    them deadlines are provisional (暂定). ``None`` on either side means nothing is official.
    """

    days: Mapping[date, CalendarDay]
    official_from: date | None
    official_through: date | None
    source: str

    def official(self, day: date) -> bool:
        """Whether the notices cover the date."""
        first, last = self.official_from, self.official_through
        return first is not None and last is not None and first <= day <= last

    def to_json(self) -> str:
        """Canonical JSON: equal calendars give equal text."""
        return json.dumps(
            {
                "days": {
                    day.isoformat(): [entry.name, entry.off]
                    for day, entry in sorted(self.days.items())
                },
                "official_from": _written(self.official_from),
                "official_through": _written(self.official_through),
                "source": self.source,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> CalendarDays:
        """Read ``to_json`` back; CalendarError if the text is something else."""
        try:
            data = json.loads(text)
            days = {
                date.fromisoformat(day): CalendarDay(str(name), bool(off))
                for day, (name, off) in data["days"].items()
            }
            first, last = _read(data["official_from"]), _read(data["official_through"])
            return cls(days, first, last, str(data["source"]))
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise CalendarError("日历内容无法识别，请重新装入日历文件") from fault


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
