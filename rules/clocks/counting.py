"""How an amount of time was counted, line by line: each day with its number, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from rules.clocks.calendar import DAY, Day
from rules.clocks.colours import due_date
from rules.clocks.deadlines import counted_from, last_day, rolled
from rules.clocks.limits import UNITS, Limit, Terms
from rules.clocks.wording import clock, exact_length, long_instant, short_day, short_instant
from rules.clocks.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a derivation: a date or a heading, what it is, and what follows from it."""

    label: str
    name: str = ""
    detail: str = ""


DUE_TIMES = {"close": "下班", "open": "上班", "midnight": "", "same-time": "与起点同一钟点"}


def counting(calendar: WorkCalendar, terms: Terms, start: datetime, due: datetime) -> Iterator[Row]:
    """Tell how a limit runs from its start to its due instant, before any pause, and its sum."""
    limit = terms.limit
    if limit.unit == "fixed":
        ends = long_instant(calendar.local(due), ends=True)
        yield Row("来源定时", ends, "到期时间由来源确定，不另推算")
        return
    if limit.by_days:
        counted = counted_from(calendar, terms, start)
        last = due_date(calendar, terms, due)
        yield from _moved_start(calendar, terms, start, last if limit.same_day else counted)
        if limit.same_day:
            yield Row(short_day(last), limit.label, _open(calendar.day(last)))
        yield from days(calendar, terms, limit, counted)
    else:
        yield from hours(calendar, limit.working, start, due)
    yield _sum(calendar, terms, start, due)


def extending(
    calendar: WorkCalendar, terms: Terms, extension: Limit, before: datetime, after: datetime
) -> Iterator[Row]:
    """Tell how an extension runs from the due instant before it to the one after it."""
    if extension.by_days:
        yield from days(calendar, terms, extension, due_date(calendar, terms, before), "延")
    else:
        yield from hours(calendar, extension.working, before, after)


def days(
    calendar: WorkCalendar, terms: Terms, limit: Limit, counted: date, named: str = ""
) -> Iterator[Row]:
    """Number the days of a limit after the date counted from."""
    if limit.unit == "wd":
        yield from _working_days(calendar, counted, limit.count, named)
        return
    last = last_day(calendar, limit, counted)
    if limit.unit == "mo":
        yield from _months(calendar, counted, limit.count, named)
    else:
        yield from _natural_days(calendar, counted, last, named)
    moved = rolled(calendar, terms, last)
    if moved != last:
        yield Row(short_day(last), "休息日", f"末日顺延至 {short_day(moved)}")


def hours(calendar: WorkCalendar, working: bool, start: datetime, due: datetime) -> Iterator[Row]:
    """Tell what each date gives of the time from one instant to another."""
    first, last = calendar.local(start).date(), calendar.date_ending(due)
    if not working:
        for day in _dates(first, last):
            yield from _whole_day(calendar, day, start, due)
        return
    for worked, found in _runs(calendar, first, last):
        if not worked:
            yield _closed(found)
            continue
        for one in found:
            spans = _clipped(calendar.spans_on(one.date), start, due)
            if spans:
                yield _held(calendar, one.date, spans, _remark(one))


def _sum(calendar: WorkCalendar, terms: Terms, start: datetime, due: datetime) -> Row:
    """Add up what was counted against the limit, and say when its last day ends."""
    limit = terms.limit
    if limit.by_days:
        agrees, told = True, limit.label
        last, local = due_date(calendar, terms, due), calendar.local(due)
        ends = f"末日 {clock(local) if local.date() == last else '24:00'}"
        if limit.unit != "wd" and terms.keeps_time:
            ends = ends.replace("末日", f"末日{DUE_TIMES['same-time']}")
        if limit.unit == "wd":
            counted = calendar.days_between(counted_from(calendar, terms, start), last)
            agrees = limit.same_day or counted == limit.count
            told = limit.label if agrees else f"{counted}{UNITS['wd']}"
            word = "下班" if limit.same_day else DUE_TIMES.get(terms.due_time, "")
            ends = ends.replace("末日", f"末日{word}")
        return _summed(limit, agrees, told, ends)
    counted = calendar.between(start, due) if limit.working else int((due - start).total_seconds())
    if limit.unit == "half":
        half = calendar.half_day(start)
        whole = f"当日办公时间{exact_length(half * 2)}的一半"
        return _summed(limit, counted == half, exact_length(counted), whole)
    return _summed(limit, counted == limit.seconds, exact_length(counted))


def _summed(limit: Limit, agrees: bool, told: str, ends: str = "") -> Row:
    said = "等于时限" if agrees else f"与时限{limit.label}不等"
    return Row("合计", told, " · ".join(filter(None, (said, ends))))


def _moved_start(
    calendar: WorkCalendar, terms: Terms, start: datetime, counted: date
) -> Iterator[Row]:
    day = calendar.local(start).date()
    if counted != day:
        after = "截止钟点以后" if terms.cutoff is not None else "下班以后"
        why = after if calendar.is_working(day) else "休息日"
        begun = short_day(counted)
        if terms.keeps_time:
            begun = short_instant(calendar.local(calendar.opening(counted)))
        yield Row(short_day(day), f"{why}，视同", f"{begun} 起点")


def _working_days(calendar: WorkCalendar, counted: date, count: int, named: str) -> Iterator[Row]:
    number, last = 0, calendar.add_days(counted, count)
    for worked, found in _runs(calendar, counted + timedelta(days=1), last):
        if not worked:
            yield _closed(found)
            continue
        for one in found:
            number += 1
            yield Row(short_day(one.date), f"{named}第{number}日", _open(one))


def _natural_days(calendar: WorkCalendar, counted: date, last: date, named: str) -> Iterator[Row]:
    """Number natural days month by month; a date that the zone skipped is none."""
    number = 0
    for _, month in groupby(_dates(counted + timedelta(days=1), last), key=lambda day: day.month):
        found = [day for day in month if calendar.at(day, 0) < calendar.at(day, DAY)]
        if found:
            numbers = f"{number + 1}至{number + len(found)}" if len(found) > 1 else f"{number + 1}"
            yield Row(_label(found[0], found[-1]), f"{named}第{numbers}日", "自然日，休息日照计")
        number += len(found)


def _months(calendar: WorkCalendar, counted: date, count: int, named: str) -> Iterator[Row]:
    """Tell each month of a limit, to the date of the same number."""
    since = counted
    for number in range(1, count + 1):
        until = last_day(calendar, Limit(number, "mo"), counted)
        yield Row(_label(since + timedelta(days=1), until), f"{named}第{number}个月", "到对应日")
        since = until


def _whole_day(calendar: WorkCalendar, day: date, start: datetime, due: datetime) -> Iterator[Row]:
    """Tell what one date gives round the clock; a change of summer time is named."""
    begin, end = calendar.at(day, 0), calendar.at(day, DAY)
    spans = _clipped([(begin, end)], start, due)
    if spans:
        since, until = (calendar.local(each).utcoffset() for each in spans[0])
        yield _held(calendar, day, spans, "" if since == until else "当日调整夏令时")


def _held(
    calendar: WorkCalendar, day: date, spans: list[tuple[datetime, datetime]], remark: str
) -> Row:
    held = sum(int((end - begin).total_seconds()) for begin, end in spans)
    parts = [f"{clock(calendar.local(begin))}–{_end(calendar, end)}" for begin, end in spans]
    detail = " ".join(filter(None, (*parts, remark)))
    return Row(short_day(day), f"计{exact_length(held)}", detail)


def _runs(calendar: WorkCalendar, first: date, last: date) -> Iterator[tuple[bool, list[Day]]]:
    """Stretches of worked days, and of closed days under one name."""
    found = (calendar.day(day) for day in _dates(first, last))
    for (worked, *_), run in groupby(found, key=_likeness):
        yield worked, list(run)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _likeness(day: Day) -> tuple[bool, str, str]:
    return (True, "", "") if day.spans else (False, day.name, _freed(day))


def _closed(found: list[Day]) -> Row:
    first, last = found[0], found[-1]
    said = " · ".join(filter(None, ("不计", _freed(first))))
    return Row(_label(first.date, last.date), first.name or "休息日", said)


def _freed(day: Day) -> str:
    """Name what frees a closed day: nothing where its weekday alone does."""
    return "" if day.notice is None else day.notice.number


def _label(first: date, last: date) -> str:
    return short_day(first) if first == last else f"{first:%m-%d} 至 {last:%m-%d}"


def _open(day: Day) -> str:
    spans = " ".join(f"{_of_day(begin)}–{_of_day(end)}" for begin, end in day.spans)
    return " ".join(part for part in (spans, _remark(day)) if part)


def _remark(day: Day) -> str:
    match day.kind:
        case "makeup":
            return f"调休上班（{day.name}）" if day.name else "调休上班"
        case "special":
            return "特别办公时间"
        case _:
            return ""


def _clipped(
    spans: Iterable[tuple[datetime, datetime]], start: datetime, due: datetime
) -> list[tuple[datetime, datetime]]:
    held = ((max(begin, start), min(end, due)) for begin, end in spans)
    return [(begin, end) for begin, end in held if begin < end]


def _end(calendar: WorkCalendar, instant: datetime) -> str:
    return long_instant(calendar.local(instant), ends=True).rpartition(" ")[2]


def _of_day(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" if seconds < DAY else "24:00"
