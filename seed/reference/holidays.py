"""The State Council's calendar: built in, and extended by holiday-cn JSON files (DESIGN §5).

A file is one year's notice; its days may include late December of the year before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays

from rules.clocks import LATE_DECEMBER, CalendarDay, CalendarDays, Notice
from rules.errors import CalendarError
from seed.reference.content import packaged, rows


@dataclass(frozen=True, slots=True)
class YearNotice:
    """One year's notice: its days off and makeup workdays, its number and date if it tells them.

    One that is not ``whole`` changes days of a year that is known; ``extends`` are holidays that it
    lets last until a date.
    """

    year: int
    days: Mapping[date, CalendarDay]
    form: str = "holiday-cn"
    whole: bool = True
    extends: tuple[tuple[str, date], ...] = ()
    number: str = ""
    issued: date | None = None

    @property
    def called(self) -> str:
        """``holiday-cn 2027``, ``国务院通知 2020调整``."""
        return f"{self.form} {self.year}{'' if self.whole else '调整'}"

    def dated(self, days: Mapping[date, CalendarDay]) -> dict[date, CalendarDay]:
        """Return days as this notice says them."""
        notice = Notice(self.year, self.number or self.called, self.issued)
        return {day: replace(entry, notice=notice) for day, entry in days.items()}


def read_notice(text: str, file: str) -> YearNotice:
    """Read one holiday-cn file; CalendarError for a damaged or an empty year."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
        year = int(data["year"])
        entries = [_entry(item) for item in data["days"]]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as fault:
        raise CalendarError(f"{file} 不是 holiday-cn 格式的年度日历，请核对文件") from fault
    if not entries:
        raise CalendarError(f"{file}：{year}年尚无放假安排，待国务院办公厅发布后再装入")
    days = dict(entries)
    if len(days) < len(entries):
        raise CalendarError(f"{file} 中有日期重复，请核对文件")
    for day in days:
        if day.year != year and not (day.year == year - 1 and _late(day)):
            raise CalendarError(f"{file} 是{year}年的日历，却写有 {day.isoformat()}，请核对文件")
    return YearNotice(year, days)


def extended(base: CalendarDays, notices: list[YearNotice]) -> CalendarDays:
    """Return ``base`` with the notices' years in place of its own; CalendarError for a gap.

    Late December settled by a notice already held stays unless that year's notice comes again.
    Notices of part of a year change what then stands.
    """
    if not notices:
        raise CalendarError("没有可装入的年度日历：请指定放假通知或年度日历文件")
    whole = [notice for notice in notices if notice.whole]
    by_year = {notice.year: notice for notice in whole}
    if len(by_year) < len(whole):
        raise CalendarError("同一年的日历给了两份，请只留一份")
    days = {day: entry for day, entry in base.days.items() if not _replaced(day, by_year)}
    for year in sorted(by_year):
        days |= by_year[year].dated(by_year[year].days)
    first, last = _official(base, set(by_year))
    for notice in notices:
        if not notice.whole:
            if not first.year <= notice.year <= last.year:
                raise CalendarError(
                    f"{notice.year}年的日历还没有装入，无从调整：请连同那一年的放假通知一起装入"
                )
            days |= _amended(days, notice)
    told = [notice.called for notice in sorted(notices, key=_in_order)]
    return CalendarDays(days, first, last, " + ".join(filter(None, (base.source, *told))))


def _in_order(notice: YearNotice) -> tuple[int, bool]:
    return notice.year, not notice.whole


def _amended(days: Mapping[date, CalendarDay], notice: YearNotice) -> dict[date, CalendarDay]:
    """Return the days that a notice of part of a year sets."""
    found = dict(notice.days)
    for name, until in notice.extends:
        before = [d for d, e in days.items() if e.off and name in e.name and d.year == notice.year]
        if not before or until <= max(before):
            raise CalendarError(f"{notice.year}年的{name}假期延长不到{until}：请核对通知和现行日历")
        last = max(before)
        more = (last + timedelta(n) for n in range(1, (until - last).days + 1))
        found |= {day: CalendarDay(name, True) for day in more}
    return notice.dated(found)


def _entry(item: Any) -> tuple[date, CalendarDay]:
    off = item["isOffDay"]
    if not isinstance(off, bool):
        raise ValueError("isOffDay is true or false")
    return date.fromisoformat(item["date"]), CalendarDay(str(item["name"]), off)


def _late(day: date) -> bool:
    return (day.month, day.day) >= LATE_DECEMBER


def _replaced(day: date, by_year: Mapping[int, YearNotice]) -> bool:
    return day.year + 1 in by_year if _late(day) else day.year in by_year


def _official(base: CalendarDays, years: set[int]) -> tuple[date, date]:
    """Return the stretch of whole years covered, which has no gap."""
    if base.official_from and base.official_through:
        years = years | set(range(base.official_from.year, base.official_through.year + 1))
    if not years:
        raise CalendarError("现行日历还没有一年的放假安排，无从调整：请先装入全年的通知")
    first, last = min(years), max(years)
    for year in range(first, last):
        if year not in years:
            raise CalendarError(f"缺{year}年的日历，请连同{year}年的文件一起装入")
    return date(first, 1, 1), date(last, 12, 31)


def builtin_calendar() -> CalendarDays:
    """Return every day off and every makeup workday that ``chinesecalendar`` knows.

    Each with the notice that says so, where ``notices.csv`` has it.
    """
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    days = {day: CalendarDay(names[name], True) for day, name in holidays.items()}
    days |= {day: CalendarDay(names[name], False) for day, name in workdays.items()}
    return CalendarDays(
        days=_noticed(days),
        official_from=date(min(days).year, 1, 1),
        official_through=date(max(days).year, 12, 31),
        source=f"chinesecalendar {version('chinesecalendar')}",
    )


def _noticed(days: Mapping[date, CalendarDay]) -> dict[date, CalendarDay]:
    """Return days with their notices: that of the year, or of part of it from a date to another.

    New Year's days of late December stand in the notice of the year to come.
    """
    whole: dict[int, Notice] = {}
    parts: list[tuple[date, date, Notice]] = []
    for _, cells in rows(packaged("notices.csv"), ("year", "number", "issued"), "notices.csv"):
        issued = date.fromisoformat(cells["issued"]) if cells["issued"] else None
        notice = Notice(int(cells["year"]), cells["number"], issued)
        if cells["from"]:
            first, last = (date.fromisoformat(cells[end]) for end in ("from", "to"))
            parts.append((first, last, notice))
        else:
            whole[notice.year] = notice
    found = {
        day: replace(entry, notice=whole.get(day.year + _late(day))) for day, entry in days.items()
    }
    for first, last, notice in parts:
        found |= {
            day: replace(entry, notice=notice)
            for day, entry in found.items()
            if first <= day <= last
        }
    return found
