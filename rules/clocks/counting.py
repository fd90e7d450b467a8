"""时限核算单: the line-by-line derivation of a due instant, for whoever asks "why then?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from rules.clocks.deadlines import counted_from, rolled
from rules.clocks.limits import UNITS, Limit, Terms
from rules.clocks.office import DAY, Day
from rules.clocks.wording import clock, length, long_instant, short_day
from rules.clocks.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the derivation: a date or a heading, what it is, and what follows from it."""

    label: str
    name: str = ""
    detail: str = ""


DAY_NAMES = {"makeup": "调休上班", "special": "特别办公时间"}


def counting(calendar: WorkCalendar, terms: Terms, start: datetime, due: datetime) -> Iterator[Row]:
    """Tell how a limit runs from its start to its due instant, before any pause, and its sum."""
    match terms.limit.unit:
        case "fixed":
            yield Row("", "到期时间由来源确定，不另推算")
        case "h" | "m":
            yield Row("", "昼夜连续计算，不分工作日与休息日")
            yield _sum(terms.limit, int((due - start).total_seconds()))
        case "wh":
            yield from _working_hours(calendar, start, due)
            yield _sum(terms.limit, calendar.between(start, due))
        case _:
            counted = counted_from(calendar, terms, start)
            yield from _moved_start(calendar, terms, start, counted)
            if terms.limit.unit == "wd":
                yield from _working_days(calendar, counted, due)
                yield _sum(terms.limit, calendar.days_between(counted, calendar.date_ending(due)))
            else:
                yield from _natural_days(calendar, terms, counted)


def how_counted(limit: Limit) -> str:
    """Say in a word how the limit is counted."""
    return {
        "wd": "次日起算",
        "d": "次日起算，含休息日",
        "wh": "只计办公时间",
        "fixed": "来源确定",
    }.get(limit.unit, "昼夜连续")


def _sum(limit: Limit, counted: int) -> Row:
    """Add up what was counted, days for ``wd`` and seconds otherwise, against the limit."""
    asked = limit.count if limit.unit == "wd" else limit.seconds
    told = f"{counted}{UNITS['wd']}" if limit.unit == "wd" else length(counted)
    return Row("合计", told, "等于时限" if counted == asked else f"与时限{limit.label}不等")


def _moved_start(
    calendar: WorkCalendar, terms: Terms, start: datetime, counted: date
) -> Iterator[Row]:
    day = calendar.local(start).date()
    if counted != day:
        why = "截止钟点以后" if calendar.is_working(day) else "休息日"
        yield Row(short_day(day), f"{why}，视同", f"{short_day(counted)} 起点")


def _working_days(calendar: WorkCalendar, counted: date, due: datetime) -> Iterator[Row]:
    number = 0
    last = calendar.date_ending(due)
    for worked, days in _runs(calendar, counted + timedelta(days=1), last):
        if not worked:
            yield _closed(days)
            continue
        for day in days:
            number += 1
            yield Row(short_day(day.date), f"第{number}日", _open(day))


def _working_hours(calendar: WorkCalendar, start: datetime, due: datetime) -> Iterator[Row]:
    for worked, days in _runs(calendar, calendar.local(start).date(), calendar.date_ending(due)):
        if not worked:
            yield _closed(days)
            continue
        for day in days:
            spans = _clipped(calendar, day.date, start, due)
            if spans:
                held = sum(int((end - begin).total_seconds()) for begin, end in spans)
                yield Row(short_day(day.date), f"计{length(held)}", _hours(calendar, spans, day))


def _natural_days(calendar: WorkCalendar, terms: Terms, counted: date) -> Iterator[Row]:
    first = counted + timedelta(days=1)
    last = counted + timedelta(days=terms.limit.count)
    yield Row(f"{first:%m-%d} 至 {last:%m-%d}", f"第1至{terms.limit.count}日", "自然日，休息日照计")
    moved = rolled(calendar, terms, last)
    if moved != last:
        yield Row(short_day(last), "休息日", f"末日顺延至 {short_day(moved)}")


def _runs(calendar: WorkCalendar, first: date, last: date) -> Iterator[tuple[bool, list[Day]]]:
    """Stretches of worked days, and of closed days under one name."""
    days = (calendar.day(first + timedelta(days=n)) for n in range((last - first).days + 1))
    for (worked, _), run in groupby(days, key=_likeness):
        yield worked, list(run)


def _likeness(day: Day) -> tuple[bool, str]:
    return (True, "") if day.spans else (False, day.name)


def _closed(days: list[Day]) -> Row:
    first, last = days[0], days[-1]
    label = short_day(first.date)
    if first is not last:
        label = f"{first.date:%m-%d} 至 {last.date:%m-%d}"
    return Row(label, first.name or "休息日", "不计")


def _open(day: Day) -> str:
    hours = " ".join(f"{_of_day(begin)}–{_of_day(end)}" for begin, end in day.spans)
    return " ".join(part for part in (hours, _remark(day)) if part)


def _remark(day: Day) -> str:
    said = DAY_NAMES.get(day.kind, "")
    return f"{said}（{day.name}）" if day.kind == "makeup" and day.name else said


def _clipped(
    calendar: WorkCalendar, day: date, start: datetime, due: datetime
) -> list[tuple[datetime, datetime]]:
    spans = ((max(begin, start), min(end, due)) for begin, end in calendar.spans_on(day))
    return [(begin, end) for begin, end in spans if begin < end]


def _hours(calendar: WorkCalendar, spans: list[tuple[datetime, datetime]], day: Day) -> str:
    parts = [f"{clock(calendar.local(begin))}–{_end(calendar, end)}" for begin, end in spans]
    return " ".join(part for part in (*parts, _remark(day)) if part)


def _end(calendar: WorkCalendar, instant: datetime) -> str:
    return long_instant(calendar.local(instant), ends=True).rpartition(" ")[2]


def _of_day(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" if seconds < DAY else "24:00"
