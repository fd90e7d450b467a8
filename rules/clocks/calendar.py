"""What one date is in an office: published calendar, statutory days beyond it, office hours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from rules.clocks.statutory import statutory_days
from rules.errors import CalendarError

LATE_DECEMBER = (12, 25)
"""From here on a date may still be settled by the notice of the year to come."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that arranges the days off of a year, or changes some of them.

    ``number`` is its own (国办发明电〔2025〕7号), or the name of the file that stands for it.
    """

    year: int
    number: str
    issued: date | None = None

    @property
    def title(self) -> str:
        """``国办发明电〔2025〕7号 2025-11-04``."""
        return f"{self.number} {self.issued}" if self.issued else self.number


LAW = "全国年节及纪念日放假办法"
"""What frees a statutory day while the notice of its year has not been issued."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One date that differs from its weekday: off (放假) or worked (上班), and for what.

    Days are equal whatever notice says so.
    """

    name: str
    off: bool
    notice: Notice | None = field(default=None, compare=False)


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

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that say so, in the order of the days they arrange."""
        told = (entry.notice for _, entry in sorted(self.days.items()))
        return tuple(dict.fromkeys(notice for notice in told if notice is not None))

    def notices_of(self, first: date, last: date) -> tuple[Notice, ...]:
        """The notices that arrange days from the first date to the last, or else their year."""
        within = {day: entry.notice for day, entry in self.days.items() if first <= day <= last}
        found = dict.fromkeys(within[day] for day in sorted(within))
        if not any(found):
            found = dict.fromkeys(each for each in self.notices if each.year == first.year)
        return tuple(notice for notice in found if notice is not None)

    def to_json(self) -> str:
        """Canonical JSON: equal calendars give equal text."""
        notices = self.notices
        return json.dumps(
            {
                "days": {
                    day.isoformat(): [
                        entry.name,
                        entry.off,
                        *((notices.index(entry.notice),) if entry.notice else ()),
                    ]
                    for day, entry in sorted(self.days.items())
                },
                "notices": [[each.year, each.number, _written(each.issued)] for each in notices],
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
            notices = [
                Notice(int(year), str(number), _read(issued))
                for year, number, issued in data.get("notices", ())
            ]
            days = {
                date.fromisoformat(day): CalendarDay(
                    str(name), bool(off), notices[notice[0]] if notice else None
                )
                for day, (name, off, *notice) in data["days"].items()
            }
            first, last = _read(data["official_from"]), _read(data["official_through"])
            return cls(days, first, last, str(data["source"]))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
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
    """One local date; no spans means closed. ``name`` is the holiday's, empty on usual days.

    ``notice`` is what frees it or has it worked, where one does.
    """

    date: date
    kind: Kind
    name: str
    spans: tuple[Span, ...]
    notice: Notice | None = None


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
            return Day(day, "holiday", entry.name, (), entry.notice)
        return Day(day, "makeup", entry.name, self.hours.makeup(day), entry.notice)

    def _entry(self, day: date) -> CalendarDay | None:
        entry = self.own.get(day)
        if entry is not None or self.published is None:
            return entry
        entry = self.published.days.get(day)
        if entry is None and not self.published.official(day):
            name = statutory_days(day.year).get(day)
            law = Notice(day.year, LAW)
            return None if name is None else CalendarDay(name, off=True, notice=law)
        return entry
