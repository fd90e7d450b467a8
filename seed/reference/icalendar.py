"""ICS: a published calendar of days off (休) and worked days (班), event by event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rules.clocks import LATE_DECEMBER, CalendarDay
from rules.errors import CalendarError
from seed.reference.holidays import YearNotice
from seed.reference.sentences import missing_festivals

FORM = "ICS"

_WORKED = re.compile("补班|上班|调班|班")
_OFF = re.compile("假期|放假|休假|休息|休|假")
_SWAPPED = "调休"
_COUNTED = re.compile(r"第\s*\d+\s*天\s*/\s*共\s*(\d+)\s*天")
_NAMED = re.compile(r"[“\"]?[\u4e00-\u9fff]+[”\"]?(?:[、和][“\"]?[\u4e00-\u9fff]+[”\"]?)*")
_MARKS = re.compile(rf"{_SWAPPED}|{_WORKED.pattern}|{_OFF.pattern}")

_LONGEST = 16

CHINA = timedelta(hours=8)


class _Event(NamedTuple):
    """One event: the dates it covers, whether they are off, of what, and how many it says."""

    days: list[date]
    name: str
    off: bool
    counted: int | None


def calendar_years(text: str, file: str) -> list[YearNotice]:
    """Read an ICS file, one notice for each year; CalendarError for one that is not complete.

    Events that say neither 休 nor 班 are commemorations and no days off; they are left out.
    """
    years: dict[int, dict[date, CalendarDay]] = defaultdict(dict)
    counted: dict[tuple[int, str, bool, int], set[date]] = defaultdict(set)
    for event in _events(text, file):
        for day in event.days:
            late = (day.month, day.day) >= LATE_DECEMBER and "元旦" in event.name
            year = day.year + late
            known = years[year].setdefault(day, CalendarDay(event.name, event.off))
            if known.off is not event.off:
                raise CalendarError(f"{file} 说 {day} 既放假又上班：请核对文件")
            if event.counted is not None:
                counted[year, event.name, event.off, event.counted].add(day)
    for (year, name, _, told), days in counted.items():
        if len(days) != told:
            raise CalendarError(f"{file} 说{year}年{name}共{told}天，却有{len(days)}天：请核对文件")
    if not years:
        raise CalendarError(f"{file} 里没有写明“休”或“班”的日子：请换一份标明放假和调休的日历")
    return [_notice(year, years[year], file) for year in sorted(years)]


def _notice(year: int, days: dict[date, CalendarDay], file: str) -> YearNotice:
    names = (entry.name for entry in days.values() if entry.off)
    if missing := missing_festivals(year, "、".join(names)):
        raise CalendarError(f"{file} 没有{year}年的{'、'.join(missing)}：请换一份全年的日历")
    return YearNotice(year, days, FORM)


def _events(text: str, file: str) -> Iterator[_Event]:
    """Give the events that say 休 or 班."""
    fields: dict[str, str] | None = None
    for line in _unfolded(text):
        key, _, value = line.partition(":")
        name = key.partition(";")[0].upper()
        if line.strip().lower() == "begin:vevent":
            fields = {}
        elif line.strip().lower() == "end:vevent" and fields is not None:
            event = _event(fields, file)
            if event is not None:
                yield event
            fields = None
        elif fields is not None:
            fields.setdefault(name, value.strip())


def _unfolded(text: str) -> Iterator[str]:
    """Give the lines of a file, those that were folded put together again."""
    whole = ""
    for line in text.splitlines():
        if line[:1] in (" ", "\t"):
            whole += line[1:]
            continue
        if whole:
            yield whole
        whole = line
    yield whole


def _event(fields: dict[str, str], file: str) -> _Event | None:
    told = fields.get("SUMMARY", "").replace("\\,", ",").replace("\\n", " ")
    counted = _COUNTED.search(told)
    bare = _COUNTED.sub("", told)
    plain = bare.replace(_SWAPPED, "")
    worked, off = _WORKED.search(plain) is not None, _OFF.search(plain) is not None
    if not (worked or off or _SWAPPED in bare):
        return None
    first = _moment(fields.get("DTSTART", ""), told, file).date()
    end = fields.get("DTEND")
    last = first if end is None else max(first, _last(_moment(end, told, file)))
    if last - first > timedelta(_LONGEST):
        raise CalendarError(f"{file} 的“{told}”从 {first} 到 {last}，不像一个假期：请核对文件")
    named = _NAMED.search(_MARKS.sub(" ", bare))
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    if not (worked or off):  # 调休 alone: a weekend is worked for it, a working day is free
        worked = days[0].weekday() > 4
        if any((day.weekday() > 4) is not worked for day in days):
            raise CalendarError(f"{file} 的“{told}”没有说是放假还是上班：请核对文件")
    name = named[0] if named is not None else "调休"
    return _Event(days, name, not worked, None if counted is None else int(counted[1]))


def _last(end: datetime) -> date:
    """Return the last date of an event: its end is the first moment that is not of it."""
    return (end - timedelta(seconds=1)).date()


def _moment(text: str, told: str, file: str) -> datetime:
    """Read a date, or a date and a time, which of a world-wide clock is moved to China's."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        raise CalendarError(f"{file} 的“{told}”没有看得懂的日期（{text}）：请核对文件") from None
    return moment + CHINA if text.endswith("Z") else moment
