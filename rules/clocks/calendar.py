"""What one date is in an office: published calendar, statutory days beyond it, office hours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

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


LATE_DECEMBER = (12, 25)
"""From here on a date may still be settled by the notice of the year to come."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date that differs from its weekday: off (放假) or worked (上班), and for what."""

    name: str
    off: bool


@dataclass(frozen=True)
class CalendarDays:
    """What the State Council's notices say, date by date, and how far they reach.

    From ``official_from`` to ``official_through`` (both included) the days are complete. Outside
    them deadlines are provisional (暂定), and so are those of the last days of the last year, which
    the next notice may still move. ``None`` on either side means nothing is official.
    """

    days: Mapping[date, CalendarDay]
    official_from: date | None
    official_through: date | None
    source: str

    def official(self, day: date) -> bool:
        """Whether the notices cover the date."""
        first, last = self.official_from, self.official_through
        return first is not None and last is not None and first <= day <= last

    @property
    def official_years(self) -> range:
        """The years that the notices cover."""
        first, last = self.official_from, self.official_through
        return range(first.year, last.year + 1) if first and last else range(0)

    @property
    def settled_through(self) -> date | None:
        """The last date that no notice to come can change."""
        last = self.official_through
        if last is None or (last.month, last.day) != (12, 31):
            return last
        return date(last.year, *LATE_DECEMBER) - timedelta(days=1)

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


Span = tuple[int, int]
"""Half-open span of one local day in seconds after midnight; the end may be 86400 (24:00)."""

Week = tuple[tuple[Span, ...], ...]
"""Seven tuples of spans, Monday first; an empty tuple is a closed weekday."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY = 86_400

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def clock_seconds(text: str) -> int:
    """Seconds after midnight of ``HH:MM``, 00:00 to 24:00; ValueError (Chinese) otherwise."""
    match = _CLOCK.fullmatch(text.strip())
    if match:
        hour, minute = int(match[1]), int(match[2])
        seconds = hour * 3600 + minute * 60
        if minute < 60 and seconds <= DAY:
            return seconds
    raise ValueError(f"“{text}”不是钟点，请写成 09:00 这样的时:分，最晚 24:00")


def spans_of(pairs: Iterable[tuple[str, str]]) -> tuple[Span, ...]:
    """Spans in order of time; ValueError (Chinese) for an empty or overlapping one."""
    spans = sorted((clock_seconds(opening), clock_seconds(closing)) for opening, closing in pairs)
    last = 0
    for opening, closing in spans:
        if closing < opening:
            begin, end = (
                f"{each // 3600:02}:{each % 3600 // 60:02}" for each in (opening, closing)
            )
            raise ValueError(
                f"{begin}-{end} 跨过零点，请分成两段写：当天 {begin}-24:00，次日 00:00-{end}"
            )
        if closing == opening:
            raise ValueError("办公时间的结束必须晚于开始")
        if opening < last:
            raise ValueError("同一天的办公时间互相重叠，请分开写")
        last = closing
    return tuple(spans)


def read_spans(texts: Iterable[str]) -> tuple[Span, ...]:
    """Spans written as ``["09:00-12:00", "13:30-17:30"]``."""
    return spans_of(_pair(text) for text in texts)


def read_week(hours: object) -> Week:
    """A week written as one list of spans (Monday to Friday) or as a table of weekday = list."""
    if isinstance(hours, list | tuple):
        usual = read_spans(hours)
        return (*([usual] * 5), (), ())
    if not isinstance(hours, Mapping):
        raise ValueError('办公时间请写成 ["09:00-12:00", "13:30-17:30"] 这样的列表')
    for name in hours:
        if name not in WEEKDAYS:
            raise ValueError(f"“{name}”不是星期，请用 {'、'.join(WEEKDAYS)}")
    return tuple(read_spans(hours.get(name, ())) for name in WEEKDAYS)


def _pair(text: str) -> tuple[str, str]:
    opening, dash, closing = str(text).replace("—", "-").replace("–", "-").partition("-")
    if not dash:
        raise ValueError(f"“{text}”不是办公时间，请写成 09:00-12:00")
    return opening, closing


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year with hours of its own, both ends included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    week: Week

    def holds(self, day: date) -> bool:
        """Whether the date lies in the season; a season may run over the new year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours an office keeps: the usual week, its seasons, and single dates that differ."""

    week: Week
    seasons: tuple[Season, ...] = ()
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def usual(self, day: date) -> tuple[Span, ...]:
        """The hours of the date's weekday in its season."""
        return self._week(day)[day.weekday()]

    def makeup(self, day: date) -> tuple[Span, ...]:
        """The hours of a worked rest day: its weekday's, else Monday's, else the first there is."""
        week = self._week(day)
        return week[day.weekday()] or next((spans for spans in week if spans), ())

    def _week(self, day: date) -> Week:
        return next((season.week for season in self.seasons if season.holds(day)), self.week)


Kind = Literal["usual", "rest", "holiday", "makeup", "special"]


@dataclass(frozen=True, slots=True)
class Day:
    """One local date; no spans means closed. ``name`` is the holiday's, empty on usual days."""

    date: date
    kind: Kind
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class OfficeDays:
    """Office hours laid over the published calendar.

    The nearer word wins: special hours of a date, then the office's own holidays and worked days
    (``own``), then the published calendar (``None``: the office follows none), then, beyond the
    official years, the statutory days, then the weekday.
    """

    hours: OfficeHours
    published: CalendarDays | None
    own: Mapping[date, CalendarDay] = field(default_factory=dict)

    def day(self, day: date) -> Day:
        """What the date is."""
        special = self.hours.special.get(day)
        if special is not None:
            return Day(day, "special", "特别办公时间", special)
        entry = self._entry(day)
        if entry is None:
            spans = self.hours.usual(day)
            return Day(day, "usual" if spans else "rest", "", spans)
        if entry.off:
            return Day(day, "holiday", entry.name, ())
        return Day(day, "makeup", entry.name, self.hours.makeup(day))

    def _entry(self, day: date) -> CalendarDay | None:
        entry = self.own.get(day)
        if entry is not None or self.published is None:
            return entry
        entry = self.published.days.get(day)
        if entry is None and not self.published.official(day):
            name = statutory_days(day.year).get(day)
            return None if name is None else CalendarDay(name, off=True)
        return entry
