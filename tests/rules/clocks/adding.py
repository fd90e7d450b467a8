"""Adding up a 时限核算单 as whoever is handed the paper would: from its lines and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.clocks.counting import Row

DAY = timedelta(days=1)

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d) 周(.) (\d\d):(\d\d)(?::(\d\d))?")
_DAY = re.compile(r"(\d\d)-(\d\d) 周(.)")
_SPAN = re.compile(r"(\d\d)-(\d\d) 至 (\d\d)-(\d\d)")
_NUMBERS = re.compile(r"延?第(\d+)(?:至(\d+))?日")
_MONTH = re.compile(r"延?第(\d+)个月")
_HOURS = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?–(\d\d):(\d\d)(?::(\d\d))?")
_LENGTH = re.compile(r"(?:(\d+)小时)?(?:(\d+)分)?(?:(\d+)秒)?")
_LIMIT = re.compile(r"(\d+|半|当)(个工作日|个工作小时|小时|分钟|日|个月)")
_AMOUNTS = {"个工作小时": 3600, "小时": 3600, "分钟": 60}


def instant(text: str) -> datetime:
    """Read ``2026-09-30 周三 10:00``, its weekday checked; 24:00 is the midnight that follows."""
    found = _INSTANT.search(text)
    assert found is not None, f"no instant in {text!r}"
    day = date.fromisoformat(found[1])
    _weekday(day, found[2])
    return datetime.combine(day, datetime.min.time()) + _clock(found[3], found[4], found[5])


def seconds(text: str) -> int:
    """Read ``1小时29分23秒``."""
    found = _LENGTH.match(text)
    assert found is not None and found[0], f"no length in {text!r}"
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


@dataclass
class Paper:
    """The lines of a receipt, read in order; ``at`` is the instant reached so far."""

    rows: list[Row]
    at: datetime
    place: int = 0

    def next(self) -> Row | None:
        """The line to be read."""
        return self.rows[self.place] if self.place < len(self.rows) else None

    def take(self, *labels: str) -> Row | None:
        """Read the next line if it has one of these labels."""
        row = self.next()
        if row is None or row.label not in labels:
            return None
        self.place += 1
        return row

    def days(self) -> list[Row]:
        """Read the lines that begin with a date."""
        found = []
        while (row := self.next()) and (_DAY.fullmatch(row.label) or _SPAN.fullmatch(row.label)):
            found.append(row)
            self.place += 1
        return found


def added_up(rows: Sequence[Row]) -> datetime:
    """Return the local due instant that the lines give, each sum in them checked."""
    starts = [n for n, row in enumerate(rows) if row.detail.startswith("时限 ")]
    start = instant(rows[starts[0]].name)
    paper = Paper(list(rows[starts[0] + 1 :]), start)
    while paper.take("重办", "标签", "协办", "适用", "依据", "放假安排"):
        pass
    _counted(paper, rows[starts[0]].detail)
    while paper.take("转派"):
        pass
    _paused(paper)
    while extension := paper.take(*(f"第{n}次延期" for n in range(1, 10))):
        _extended(paper, extension)
    if cap := paper.take("不晚于主办"):
        assert instant(cap.name) < paper.at
        paper.at = instant(cap.name)
    while paper.take("转黄", "转红"):
        pass
    due = paper.take("到期")
    assert due is not None and paper.next() is None, paper.next()
    assert instant(due.name) == paper.at, f"{due} is not {paper.at}"
    return paper.at


def _counted(paper: Paper, limit: str) -> None:
    """Add up the limit itself."""
    if fixed := paper.take("来源定时"):
        paper.at = instant(fixed.name)
        return
    amount, unit = _limit(limit)
    lines = paper.days()
    total = paper.take("合计")
    assert total is not None and total.detail.startswith("等于时限"), total
    if half := re.search(r"当日办公时间(.+)的一半", total.detail):
        paper.at = _hours(lines, paper.at, seconds(half[1]) // 2)
        assert seconds(total.name) == seconds(half[1]) // 2
        return
    if unit in _AMOUNTS:
        paper.at = _hours(lines, paper.at, amount * _AMOUNTS[unit])
        assert seconds(total.name) == amount * _AMOUNTS[unit]
        return
    assert limit.startswith(f"时限 {total.name} ")
    day = _numbered(lines, paper.at.date(), amount, unit)
    clock = re.search(r"(\d\d):(\d\d)(?::(\d\d))?$", total.detail)
    assert clock is not None, total
    paper.at = datetime.combine(day, datetime.min.time()) + _clock(*clock.groups())


def _paused(paper: Paper) -> None:
    """Add pauses up, the overlapping ones as told together, and move on by their sum."""
    ended: dict[tuple[datetime, datetime], int] = {}
    count = 0
    while halt := paper.take("挂起"):
        if not halt.detail.endswith("尚未恢复"):
            ended[_ends(halt, paper.at)] = _last_length(halt)
            count += 1
    together: dict[tuple[datetime, datetime], int] = {}
    while whole := paper.take("合并"):
        together[_ends(whole, paper.at)] = _last_length(whole)
    assert list(together or ended) == _united(list(ended)) or not together
    assert bool(together) == (len(_united(list(ended))) < count)
    held = sum((together or ended).values())
    total = paper.take("挂起合计")
    assert (total is not None) == (count > 1)
    assert total is None or seconds(total.name) == held
    before = paper.take("未挂起时到期")
    if before is None:
        return
    assert instant(before.name) == paper.at
    lines = paper.days()
    if held:
        moved = paper.take(f"顺延{_told(held)}")
        assert moved is not None, f"{held} seconds are not told: {paper.next()}"
        paper.at = _hours(lines, paper.at, held)
        assert instant(moved.name) == paper.at, f"{moved} is not {paper.at}"
    if rounded := paper.take("按日取整"):
        assert instant(rounded.name) > paper.at
        paper.at = instant(rounded.name)


def _ends(row: Row, near: datetime) -> tuple[datetime, datetime]:
    """Read when a pause began and ended, in the year nearest to an instant."""
    told = re.findall(r"(\d\d)-(\d\d) 周. (\d\d):(\d\d)(?::(\d\d))?", f"{row.name} {row.detail}")
    began, ended = (_nearest(*each, near=near) for each in told[:2])
    return began, ended


def _nearest(month: str, day: str, *clock: str, near: datetime) -> datetime:
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        with suppress(ValueError):  # 29 February
            found.append(datetime(year, int(month), int(day)) + _clock(*clock))
    return min(found, key=lambda each: abs(each - near))


def _united(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    whole: list[tuple[datetime, datetime]] = []
    for begin, until in sorted(spans):
        if whole and begin <= whole[-1][1]:
            begin, until = whole[-1][0], max(until, whole.pop()[1])
        whole.append((begin, until))
    return whole


def _last_length(row: Row) -> int:
    told = row.detail.rpartition(" · ")[2]
    return 0 if told.startswith("无") else seconds(told)


def _extended(paper: Paper, extension: Row) -> None:
    amount, unit = _limit(extension.name)
    lines = paper.days()
    until = paper.take("延期至")
    assert until is not None
    if unit in _AMOUNTS or extension.name == "半个工作日":
        asked = amount * _AMOUNTS[unit] if unit in _AMOUNTS else None
        paper.at = _hours(lines, paper.at, asked)
        assert instant(until.name) == paper.at
        return
    day = _numbered(lines, _ending(paper.at), amount, unit)
    paper.at = instant(until.name)
    assert _ending(paper.at) == day, f"{until} is not on {day}"


def _numbered(lines: list[Row], start: date, amount: int, unit: str) -> date:
    """Return the last day: every date after the start is told, the counted ones by number."""
    day, number = start, 0
    for row in lines:
        if "视同" in row.name:
            assert _dates(row.label, day)[0] == day
            day = _dates(row.detail[: len("10-09 周五")], day)[0]
        elif row.name == "当日":
            assert amount == 0 and _dates(row.label, day)[0] == day
        elif "末日顺延至" in row.detail:
            assert _dates(row.label, day)[0] == day and number == amount
            day = _dates(row.detail.split("至 ")[1], day)[0]
        else:
            first, last = _dates(row.label, day + DAY)
            assert first == day + DAY, f"{row.label} does not follow {day}"
            number = _number_after(row, number, (last - first).days + 1, start, last)
            day = last
    assert number == amount, f"{number} are told of {amount}{unit}"
    return day


def _number_after(row: Row, number: int, days: int, start: date, last: date) -> int:
    """Return the number that a line of days comes to; a closed one leaves it as it was."""
    if month := _MONTH.fullmatch(row.name):
        assert int(month[1]) == number + 1
        assert last.day == start.day or (last + DAY).day == 1
        assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == number + 1
        return number + 1
    found = _NUMBERS.fullmatch(row.name)
    if found is None:
        assert row.detail.startswith("不计"), row
        return number
    since, until = int(found[1]), int(found[2] or found[1])
    assert since == number + 1 and until - since == days - 1, row
    return until


def _hours(lines: list[Row], start: datetime, amount: int | None) -> datetime:
    """Return the end of the last stretch: each line's stretches make its length, they the sum."""
    total, at = 0, start
    day: date | None = None
    for row in lines:
        first, last = _dates(row.label, day or start.date())
        assert day is None or first == day + DAY, f"{row.label} does not follow {day}"
        assert first <= start.date() + DAY or day is not None, f"{row.label} is late"
        day = last
        if row.detail.startswith("不计"):
            continue
        spans = [
            tuple(datetime.combine(first, datetime.min.time()) + _clock(*part) for part in ends)
            for ends in ((found[:3], found[3:]) for found in _HOURS.findall(row.detail))
        ]
        held = sum(int((end - begin).total_seconds()) for begin, end in spans)
        told = seconds(row.name.removeprefix("计"))
        assert told == held or "夏令时" in row.detail, f"{row} has {held} seconds"
        assert spans[0][0] >= at, f"{row} begins before {at}"
        total, at = total + told, spans[-1][1]
    assert amount is None or total == amount, f"{total} seconds are told of {amount}"
    return at


def _dates(text: str, after: date) -> tuple[date, date]:
    """Return the first and the last date of a label, in the first year from ``after`` on."""
    found = _SPAN.fullmatch(text)
    if found is not None:
        first = _from(after, found[1], found[2])
        return first, _from(first, found[3], found[4])
    one = _DAY.fullmatch(text)
    assert one is not None, f"no date in {text!r}"
    day = _from(after, one[1], one[2])
    _weekday(day, one[3])
    return day, day


def _from(after: date, month: str, day: str) -> date:
    for year in range(after.year, after.year + 9):
        try:
            found = date(year, int(month), int(day))
        except ValueError:  # 29 February
            continue
        if found >= after:
            return found
    raise AssertionError(f"{month}-{day} is no date")


def _weekday(day: date, told: str) -> None:
    assert "一二三四五六日"[day.weekday()] == told, f"{day} is not 周{told}"


def _limit(text: str) -> tuple[int, str]:
    found = _LIMIT.search(text)
    assert found is not None, f"no limit in {text!r}"
    return int(found[1]) if found[1].isdecimal() else 0, found[2]


def _clock(hour: str, minute: str, second: str | None) -> timedelta:
    return timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0))


def _ending(at: datetime) -> date:
    return (at - timedelta(seconds=1)).date()


def _told(held: int) -> str:
    hours, rest = divmod(held, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "小时"), (minutes, "分"), (rest, "秒"))
    return "".join(f"{count}{name}" for count, name in parts if count)
