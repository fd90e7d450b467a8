"""Dates and times as sources write them, read into aware UTC instants of whole seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import isfinite
from typing import NamedTuple
from unicodedata import normalize

from seed.channels.table import Cell, RowRefused, Shown, cell_text, doubt_in

NO_DATE = frozenset(
    ("", "-", "--", "—", "——", "/", "无", "null", "none", "nan", "nat", "n/a", "0000-00-00")
)

_NEVER = 9999  # the year that means "no date" in several systems

_FIRST_YEAR = 1949

SINCE_1900, SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day 0 of the two systems in which table programs count days."""

_SERIALS = range(16802, 80000)  # 1950 to 2119, counted from 1904 and from 1900

_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*日?"
    r"|(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<last>\d{4})"
    r"|(?P<packed>\d{8})(?=\d{4}$|\d{6}$|$|\D))"
    r"(?:\s*(?:星期|周)[一二三四五六日天])?"
)

_CLOCK = re.compile(
    r"[T\s]*(?P<before>上午|下午|晚上|中午|凌晨|[AP]M)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*分?)?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?"
    r"\s*(?P<after>[AP]M)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)

_PACKED_CLOCK = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?")

_YEAR_LAST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")


class Stamp(NamedTuple):
    """An instant, and whether its source gave the date alone (then it is that date's midnight)."""

    at: datetime
    date_only: bool


@dataclass(frozen=True, slots=True)
class Instants:
    """How one file writes its times.

    ``zone`` is that of naive times. ``day_first`` settles 04/02/2022; None means that the file
    does not tell. ``latest_year`` bounds what a date can mean. ``epoch`` reads milliseconds.
    ``since`` is day 0 of bare day numbers, None where the file does not tell.
    """

    zone: tzinfo
    latest_year: int
    day_first: bool | None = None
    epoch: bool = False
    since: datetime | None = SINCE_1900

    def read(self, cell: Cell) -> Stamp | None:
        """Return the instant of a cell, None for an empty one or year 9999.

        Raises RowRefused with the reason for anything else that is no date.
        """
        if isinstance(cell, str) and len(cell) == 19 and cell[4] == cell[7] == "-":
            try:
                return self._aware(datetime.fromisoformat(cell), False)
            except ValueError:
                pass
        if cell is None or cell == "" or cell_text(cell).strip().lower() in NO_DATE:
            return None
        return self._milliseconds(cell) if self.epoch else self._local(cell)

    def _local(self, cell: Cell) -> Stamp | None:
        """Read a cell that a workbook typed, or a written date."""
        if isinstance(cell, datetime):
            return self._aware(cell + timedelta(microseconds=500_000), False)
        if isinstance(cell, date):
            return self._aware(datetime.combine(cell, time()), True)
        if isinstance(cell, Shown):
            return self._number(cell.value, cell.text)
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return self._number(cell, cell_text(cell))
        if isinstance(cell, timedelta):  # [h]:mm shows the hours since day 0
            return self._number(cell / timedelta(days=1), cell_text(cell))
        if doubt := doubt_in(cell):
            raise RowRefused(doubt.cause)
        return self._written(normalize("NFKC", cell_text(cell)).strip())

    def _number(self, days: float, text: str) -> Stamp | None:
        """Read the day number that a cell without a date format shows, or a date as digits."""
        if not isfinite(days) or int(days) not in _SERIALS:
            return self._written(text)
        if self.since is None:
            raise RowRefused(
                "是日期的序号，按1900和1904两种日期系统是两个日期：请写成 2026-11-20 09:30 的样子"
            )
        seconds = round(days * 86400)
        return self._aware(self.since + timedelta(seconds=seconds), seconds % 86400 == 0)

    def _milliseconds(self, cell: Cell) -> Stamp | None:
        """Read milliseconds since 1970 UTC, also written as ``1737823859000.0``."""
        try:
            value = cell.value if isinstance(cell, Shown) else float(cell_text(cell))
            seconds = int(value) // 1000
            return self._aware(datetime.fromtimestamp(seconds, UTC), False)
        except (ValueError, OverflowError, OSError) as error:
            raise RowRefused("不是可以识别的毫秒时间") from error

    def _written(self, text: str) -> Stamp | None:
        """Read a date in any of the written forms, with or without a time of day."""
        found = _DATE.match(text)
        if found is None:
            raise RowRefused("不是可以识别的日期时间")
        rest = text[found.end() :].strip()
        clock = (_PACKED_CLOCK if found["packed"] else _CLOCK).fullmatch(rest)
        if rest and clock is None and found["packed"]:
            clock = _CLOCK.fullmatch(rest)
        if rest and clock is None:
            raise RowRefused("不是可以识别的日期时间")
        try:
            day = self._day(found)
            return self._aware(day if clock is None else _at(day, clock.groupdict()), not rest)
        except ValueError as error:
            raise RowRefused("不是存在的日期时间") from error

    def _day(self, found: re.Match[str]) -> datetime:
        """Return midnight of the date; day and month are told apart by the whole file."""
        if packed := found["packed"]:
            return datetime(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
        if found["year"]:
            return datetime(int(found["year"]), int(found["month"]), int(found["day"]))
        one, two, year = int(found["one"]), int(found["two"]), int(found["last"])
        if one > 12 or one == two or (self.day_first and two <= 12):
            return datetime(year, two, one)
        if two > 12 or self.day_first is False:
            return datetime(year, one, two)
        raise RowRefused("日月次序不明，请写成 2022-02-04 的样子")

    def _aware(self, read: datetime, date_only: bool) -> Stamp | None:
        """Give a naive time its zone, cut to seconds, and refuse years that mean nothing."""
        if read.year >= _NEVER:
            return None
        if not _FIRST_YEAR <= read.year <= self.latest_year:
            raise RowRefused("年份不合理")
        aware = read.replace(tzinfo=self.zone) if read.tzinfo is None else read
        at = aware.astimezone(UTC)
        return Stamp(at.replace(microsecond=0) if at.microsecond else at, date_only)


def _at(day: datetime, clock: dict[str, str | None]) -> datetime:
    """Put a time of day on a date; 24:00 is the next midnight."""
    hour, minute = int(clock["hour"] or 0), int(clock["minute"] or 0)
    second = int(clock["second"] or 0)
    half = (clock.get("before") or clock.get("after") or "").upper()
    if half in ("下午", "晚上", "中午", "PM") and hour < 12 and not (half == "中午" and hour > 9):
        hour += 12
    elif half in ("AM", "凌晨", "上午") and hour == 12 and half != "上午":
        hour = 0
    if (hour, minute, second) == (24, 0, 0):
        return day + timedelta(days=1)
    local = day.replace(hour=hour, minute=minute, second=second)
    if not (zone := clock.get("zone")):
        return local
    return datetime.fromisoformat(local.isoformat() + zone.upper().replace("Z", "+00:00"))


def order_of(cell: Cell) -> bool | None:
    """Say what one cell tells of its file: True day first, False month first, None nothing."""
    if not isinstance(cell, str) or (found := _YEAR_LAST.match(cell)) is None:
        return None
    one, two = int(found[1]), int(found[2])
    if one > 12 >= two:
        return True
    return False if two > 12 >= one else None
