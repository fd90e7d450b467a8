"""Dates and times as sources write them, read into aware UTC instants of whole seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import isfinite
from typing import NamedTuple

from seed.channels.table import Cell, RowRefused, Shown, cell_text, doubt_in
from seed.channels.written import cause, named_day, on_clock, pieces, plain

NO_DATE = frozenset(
    ("", "-", "--", "—", "——", "/", "无", "null", "none", "nan", "nat", "n/a", "0000-00-00")
)

_PLAINLY = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII
)

_NEVER = 9999  # the year that means "no date" in several systems

_FIRST_YEAR = 1949

SINCE_1900, SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day 0 of the two systems in which table programs count days."""

_SERIALS = range(16802, 80000)  # 1950 to 2119, counted from 1904 and from 1900

_YEAR_LAST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}")

_SHORT = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?!\d)")

_MARKS = re.compile(r"[-/.]")

_ORDERS = ("ymd", "dmy", "mdy")

_SHORT_YEARS = 30  # how far back a year of two digits may lie


class Stamp(NamedTuple):
    """An instant, and whether its source gave the date alone (then it is that date's midnight)."""

    at: datetime
    date_only: bool


@dataclass(frozen=True, slots=True)
class Instants:
    """How one file writes its times.

    ``zone`` is that of naive times. ``day_first`` settles 04/02/2022; None means that the file
    does not tell; ``short`` settles 26-11-20 likewise: ymd, dmy or mdy. ``year`` completes
    11月20日. ``latest_year`` bounds what a date can mean. ``epoch`` reads milliseconds. ``since``
    is day 0 of bare day numbers, None where the file does not tell.
    """

    zone: tzinfo
    latest_year: int
    day_first: bool | None = None
    epoch: bool = False
    since: datetime | None = SINCE_1900
    short: str | None = None
    year: int | None = None

    def read(self, cell: Cell) -> Stamp | None:
        """Return the instant of a cell, None for an empty one or year 9999.

        Raises RowRefused with the reason for anything else that is no date.
        """
        if isinstance(cell, str) and not self.epoch and (stamp := self._plainly(cell)):
            return stamp
        if cell is None or cell == "" or cell_text(cell).strip().lower() in NO_DATE:
            return None
        return self._milliseconds(cell) if self.epoch else self._local(cell)

    def _plainly(self, cell: str) -> Stamp | None:
        """Read the two commonest forms without a closer look, None for any other."""
        try:
            if len(cell) == 19 and cell[4] == cell[7] == "-":
                return self._aware(datetime.fromisoformat(cell), False)
            if found := _PLAINLY.fullmatch(cell):
                at = datetime(*map(int, found.groups("0")))  # type: ignore[arg-type]  # six ints
                return self._aware(at, found[4] is None)
        except ValueError:
            pass
        return None

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
        return self._written(plain(cell_text(cell)))

    def _number(self, days: float, text: str) -> Stamp | None:
        """Read the day number that a cell without a date format shows, or a date as digits."""
        if not _is_serial(days):
            return self._written(plain(text))
        if self.since is None:
            raise RowRefused(
                "是日期的序号，按1900和1904两种日期系统是两个日期：请写成 2026-11-20 09:30 的样子"
            )
        counted = _counted(days, self.since)
        return self._aware(counted, counted.time() == time())

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
        found = pieces(text)
        if found is None:
            raise RowRefused(cause(text))
        if found.date is None:
            raise RowRefused("只有钟点，没有日期：请补上日期")
        try:
            day = self._day(found.date)
            read = day if found.clock is None else on_clock(day, found.clock)
        except ValueError as error:
            raise RowRefused("不是存在的日期时间") from error
        return self._aware(read, found.clock is None)

    def _day(self, date: Mapping[str, str]) -> datetime:
        """Return midnight of the date; what the date leaves open is told by the whole file."""
        if packed := date.get("packed"):
            return datetime(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
        if year := date.get("year"):
            return datetime(int(year), int(date["month"]), int(date["day"]))
        if "one" in date:
            return self._year_last(int(date["one"]), int(date["two"]), int(date["last"]))
        if year := date.get("yy"):
            return datetime(2000 + int(year), int(date["yymonth"]), int(date["yyday"]))
        if short := date.get("short"):
            return self._short(short)
        if month := date.get("nomonth"):
            if self.year is None:
                raise RowRefused("没有年份：请写成 2026-11-20 的样子")
            return datetime(self.year, int(month), int(date["noday"]))
        return named_day(date)

    def _year_last(self, one: int, two: int, year: int) -> datetime:
        """Return midnight of 04/02/2022."""
        if one > 12 or one == two or (self.day_first and two <= 12):
            return datetime(year, two, one)
        if two > 12 or self.day_first is False:
            return datetime(year, one, two)
        raise RowRefused("日月次序不明，请写成 2022-02-04 的样子")

    def _short(self, text: str) -> datetime:
        """Return midnight of 26-11-20, if the file shows in which order it is meant."""
        if self.short is None:
            raise RowRefused("年份只有两位，次序不明：请写成 2026-11-20 的样子")
        told = dict(zip(self.short, map(int, _MARKS.split(text)), strict=True))
        return datetime(2000 + told["y"], told["m"], told["d"])

    def _aware(self, read: datetime, date_only: bool) -> Stamp | None:
        """Give a naive time its zone, cut to seconds, and refuse years that mean nothing."""
        if read.year >= _NEVER:
            return None
        if not _FIRST_YEAR <= read.year <= self.latest_year:
            raise RowRefused("年份不合理")
        aware = read.replace(tzinfo=self.zone) if read.tzinfo is None else read
        at = aware.astimezone(UTC)
        return Stamp(at.replace(microsecond=0) if at.microsecond else at, date_only)


def dated(cell: Cell, since: datetime | None) -> Cell:
    """Return a bare day number as its date, or date and time; any other cell as it is."""
    if since is None or not isinstance(cell, float) or not _is_serial(cell):
        return cell
    counted = _counted(cell, since)
    return counted if counted.time() != time() else counted.date()


def _is_serial(days: float) -> bool:
    return isfinite(days) and int(days) in _SERIALS


def _counted(days: float, since: datetime) -> datetime:
    """Return the date and time of a day number, to the second."""
    return since + timedelta(seconds=round(days * 86400))


def order_of(cell: Cell) -> bool | None:
    """Say what one cell tells of its file: True day first, False month first, None nothing."""
    if not isinstance(cell, str) or (found := _YEAR_LAST.match(cell)) is None:
        return None
    one, two = int(found[1]), int(found[2])
    if one > 12 >= two:
        return True
    return False if two > 12 >= one else None


def orders_of(cell: Cell, now_year: int) -> frozenset[str] | None:
    """Return the orders of year, month and day in which a cell like 26-11-20 is a past date.

    None for any other cell.
    """
    if not isinstance(cell, str) or (found := _SHORT.match(cell)) is None:
        return None
    return frozenset(order for order in _ORDERS if _is_past(order, found.groups(), now_year))


def _is_past(order: str, digits: Sequence[str], now_year: int) -> bool:
    told = dict(zip(order, map(int, digits), strict=True))
    try:
        datetime(2000 + told["y"], told["m"], told["d"])
    except ValueError:
        return False
    return now_year - _SHORT_YEARS <= 2000 + told["y"] <= now_year
