"""The published calendar of days off and worked days, and the statutory days beyond it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import CalendarError

_MOVING = {  # year: first day of 春节 (初一), 清明, 端午, 中秋, as month-day
    2025: ("01-29", "04-04", "05-31", "10-06"),
    2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
    2036: ("01-28", "04-04", "05-30", "10-04"),
    2037: ("02-15", "04-04", "06-18", "09-24"),
    2038: ("02-04", "04-05", "06-07", "09-13"),
    2039: ("01-24", "04-05", "05-27", "10-02"),
    2040: ("02-12", "04-04", "06-14", "09-20"),
    2041: ("02-01", "04-04", "06-03", "09-10"),
    2042: ("01-22", "04-04", "06-22", "09-28"),
    2043: ("02-10", "04-05", "06-11", "09-17"),
    2044: ("01-30", "04-04", "05-31", "10-05"),
    2045: ("02-17", "04-04", "06-19", "09-25"),
    2046: ("02-06", "04-04", "06-08", "09-15"),
    2047: ("01-26", "04-05", "05-29", "10-04"),
    2048: ("02-14", "04-04", "06-15", "09-22"),
    2049: ("02-02", "04-04", "06-04", "09-11"),
    2050: ("01-23", "04-04", "06-23", "09-30"),
    2051: ("02-11", "04-05", "06-13", "09-19"),
    2052: ("02-01", "04-04", "06-01", "09-07"),
    2053: ("02-19", "04-04", "06-20", "09-26"),
    2054: ("02-08", "04-04", "06-10", "09-16"),
    2055: ("01-28", "04-05", "05-30", "10-05"),
    2056: ("02-15", "04-04", "06-17", "09-24"),
    2057: ("02-04", "04-04", "06-06", "09-13"),
    2058: ("01-24", "04-04", "06-25", "10-02"),
    2059: ("02-12", "04-05", "06-14", "09-21"),
    2060: ("02-02", "04-04", "06-03", "09-09"),
}

_FIXED = (
    ("元旦", 1, 1),
    ("劳动节", 5, 1),
    ("劳动节", 5, 2),
    ("国庆节", 10, 1),
    ("国庆节", 10, 2),
    ("国庆节", 10, 3),
)

_NAMES = ("清明节", "端午节", "中秋节")

FIRST_YEAR, LAST_YEAR = min(_MOVING), max(_MOVING)


def statutory_days(year: int) -> dict[date, str]:
    """Statutory days of a year with their names.

    Empty before 2025, when other rules held and the arrangements are known; without the days of
    the moon after 2060.
    """
    if year < FIRST_YEAR:
        return {}
    days = {date(year, month, day): name for name, month, day in _FIXED}
    if year in _MOVING:
        spring, *others = (date.fromisoformat(f"{year}-{text}") for text in _MOVING[year])
        days |= {spring + timedelta(days=offset): "春节" for offset in range(-1, 3)}
        days |= {day: name for name, day in zip(_NAMES, others, strict=True)}
    return dict(sorted(days.items()))


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
