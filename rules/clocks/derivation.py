"""时限核算单: the line-by-line derivation of a due instant, for whoever asks "why then?"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from rules.clocks.calendar import DAY, Day
from rules.clocks.colours import due_date
from rules.clocks.deadlines import (
    Clock,
    Clockwork,
    counted_from,
    last_day,
    pause_seconds,
    resumed_due,
    rolled,
)
from rules.clocks.limits import STEP_NAMES, UNITS, Limit, Terms, how_counted, start_name
from rules.clocks.precedence import Choice
from rules.clocks.wording import clock, length, long_instant, short_day, short_instant
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
            yield _sum(terms.limit, int((due - start).total_seconds()), terms.limit.seconds)
        case "wh" | "half":
            yield from _working_hours(calendar, start, due)
            asked = calendar.half_day(start) if terms.limit.unit == "half" else terms.limit.seconds
            yield _sum(terms.limit, calendar.between(start, due), asked)
        case _:
            yield from _days(calendar, terms, start, due)


def _days(calendar: WorkCalendar, terms: Terms, start: datetime, due: datetime) -> Iterator[Row]:
    if terms.limit.same_day:
        last = due_date(calendar, terms, due)
        yield from _moved_start(calendar, terms, start, last)
        yield Row(short_day(last), "当日", _open(calendar.day(last)))
        return
    counted = counted_from(calendar, terms, start)
    yield from _moved_start(calendar, terms, start, counted)
    if terms.limit.unit == "wd":
        last = due_date(calendar, terms, due)
        yield from _working_days(calendar, counted, last)
        yield _sum(terms.limit, calendar.days_between(counted, last), terms.limit.count)
    else:
        yield from _natural_days(calendar, terms, counted)


def _sum(limit: Limit, counted: int, asked: int) -> Row:
    """Add up what was counted, days for ``wd`` and seconds otherwise, against what was asked."""
    told = f"{counted}{UNITS['wd']}" if limit.unit == "wd" else length(counted)
    return Row("合计", told, "等于时限" if counted == asked else f"与时限{limit.label}不等")


def _moved_start(
    calendar: WorkCalendar, terms: Terms, start: datetime, counted: date
) -> Iterator[Row]:
    day = calendar.local(start).date()
    if counted != day:
        after = "截止钟点以后" if terms.cutoff is not None else "下班以后"
        why = after if calendar.is_working(day) else "休息日"
        begun = short_day(counted)
        if terms.due_time == "same-time" and not terms.limit.same_day:
            begun = short_instant(calendar.local(calendar.opening(counted)))
        yield Row(short_day(day), f"{why}，视同", f"{begun} 起点")


def _working_days(calendar: WorkCalendar, counted: date, last: date) -> Iterator[Row]:
    number = 0
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
    last = last_day(calendar, terms.limit, counted)
    told = f"第1至{terms.limit.count}日" if terms.limit.unit == "d" else terms.limit.label
    yield Row(f"{first:%m-%d} 至 {last:%m-%d}", told, "自然日，休息日照计")
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


@dataclass(frozen=True, slots=True)
class Halt:
    """挂起 as the derivation tells it; ``to_at`` None is a pause that has not ended."""

    from_at: datetime
    to_at: datetime | None
    reason: str = ""
    approval: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A granted 延期 as the derivation tells it, with when it was asked for and granted."""

    limit_text: str
    reason: str = ""
    asked_at: datetime | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """The versions a clock was made under: of the bureau's policy and of the calendar."""

    policy: int
    calendar: int


@dataclass(frozen=True, slots=True)
class Derivation:
    """The derivation of one clock.

    ``clock`` is the outcome after pauses and extensions. ``winner`` names the limit entry that
    applied, ``losers`` the fitting ones it beat; both are empty for a limit given in words.
    ``original_due_at`` is the due instant without extensions.
    """

    title: str
    clock: Clock
    original_due_at: datetime
    rows: tuple[Row, ...]
    winner: str = ""
    losers: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The derivation as text, its columns aligned by display width."""
        first = max(_width(row.label) for row in self.rows)
        second = max((_width(row.name) for row in self.rows if row.detail), default=0)
        return (self.title, *(_line(row, first, second) for row in self.rows))


def _line(row: Row, first: int, second: int) -> str:
    name = _padded(row.name, second) if row.detail else row.name
    return f"{_padded(row.label, first)}  {name}  {row.detail}".rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def explain(
    clockwork: Clockwork,
    source: str,
    clock: Clock,
    terms: Terms,
    choice: Choice | None,
    halts: Sequence[Halt],
    grants: Sequence[Grant],
    basis: Basis | None = None,
    cap: datetime | None = None,
) -> Derivation:
    """Explain a clock as it started, and what pauses and extensions then made of it."""
    calendar = clockwork.calendar
    rows = [*_opening(calendar, clock, terms, choice)]
    if basis is not None:
        rows.append(Row("依据", f"规则第{basis.policy}版 日历第{basis.calendar}版", source))
    rows += counting(calendar, terms, clock.started_at, clock.due_at)
    if halts:
        rows += _halted(clockwork, clock, terms.limit, halts)
        clock = clockwork.resumed(clock, terms, _ended(halts))
    original = clock.due_at
    for number, grant in enumerate(grants, 1):
        clock = clockwork.extended(clock, terms, Limit.parse(grant.limit_text))
        rows.append(_granted(calendar, clock, number, grant))
    if cap is not None and clock.due_at > cap:
        clock = clockwork.due_with(clock, terms, cap, provisional=clock.provisional)
        original = min(original, cap)
        rows.append(Row("不晚于主办", _ending(calendar, cap)))
    rows += _closing(calendar, clock, paused=any(halt.to_at is None for halt in halts))
    title = f"{STEP_NAMES.get(clock.step, clock.step)}时限核算单"
    losers = tuple(entry.title() for entry in choice.losers) if choice else ()
    winner = choice.winner.title() if choice else ""
    return Derivation(title, clock, original, tuple(rows), winner, losers)


def _opening(
    calendar: WorkCalendar, clock: Clock, terms: Terms, choice: Choice | None
) -> Iterator[Row]:
    begun = long_instant(calendar.local(clock.started_at))
    limit = terms.limit
    yield Row(start_name(clock.step), begun, f"时限 {limit.label} · {how_counted(limit)}")
    if choice:
        others = "、".join(
            f"{entry.title()}（{entry.limit(clock.step)}）" for entry in choice.losers
        )
        yield Row("适用", choice.winner.title(), f"先于 {others}" if others else "")


def _ended(halts: Sequence[Halt]) -> list[tuple[datetime, datetime]]:
    return [(halt.from_at, halt.to_at) for halt in halts if halt.to_at is not None]


def _halted(
    clockwork: Clockwork, clock: Clock, limit: Limit, halts: Sequence[Halt]
) -> Iterator[Row]:
    calendar = clockwork.calendar
    for halt in halts:
        yield _halt(calendar, clock, limit, halt)
    held = pause_seconds(calendar, limit, clock.started_at, _ended(halts))
    exact = resumed_due(calendar, limit, clock.due_at, held, rounding="exact")
    before, after = (_ending(calendar, each) for each in (clock.due_at, exact))
    yield Row("未挂起时到期", before)
    if held:
        rounded = limit.by_days and clockwork.rounding == "day"
        yield Row(f"顺延{length(held)}", after, "按日取整至下班" if rounded else "")


def _halt(calendar: WorkCalendar, clock: Clock, limit: Limit, halt: Halt) -> Row:
    approval = f"批准：{halt.approval}" if halt.approval else ""
    begin = short_instant(calendar.local(halt.from_at))
    if halt.to_at is None:
        said = " · ".join(filter(None, (halt.reason, approval, "尚未恢复")))
        return Row("挂起", f"{begin} 起", said)
    measure = "办公时间" if limit.working else "连续时间"
    held = pause_seconds(calendar, limit, clock.started_at, _ended([halt]))
    said = length(held) + measure if held else f"无{measure}"
    end = short_instant(calendar.local(halt.to_at))
    return Row("挂起", f"{begin} 至 {end}", " · ".join(filter(None, (halt.reason, approval, said))))


def _granted(calendar: WorkCalendar, clock: Clock, number: int, grant: Grant) -> Row:
    said = (
        grant.reason,
        _when(calendar, grant.asked_at, "申请"),
        _when(calendar, grant.decided_at, "批准"),
        f"改为 {_ending(calendar, clock.due_at)}",
    )
    label = Limit.parse(grant.limit_text).label
    return Row(f"第{number}次延期", label, " · ".join(filter(None, said)))


def _when(calendar: WorkCalendar, instant: datetime | None, act: str) -> str:
    return "" if instant is None else f"{short_instant(calendar.local(instant))} {act}"


def _closing(calendar: WorkCalendar, clock: Clock, *, paused: bool) -> Iterator[Row]:
    if clock.yellow_at < clock.red_at:
        yield Row("转黄", _ending(calendar, clock.yellow_at))
    if clock.red_at != clock.due_at:
        yield Row("转红", _ending(calendar, clock.red_at))
    notes = (
        "挂起中，恢复后顺延" if paused else "",
        f"暂定：{calendar.unsettled(clock.due_at)}" if clock.provisional else "",
    )
    yield Row("到期", _ending(calendar, clock.due_at), "；".join(filter(None, notes)))


def _ending(calendar: WorkCalendar, instant: datetime) -> str:
    return long_instant(calendar.local(instant), ends=True)
