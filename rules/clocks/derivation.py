"""时限核算单: the line-by-line derivation of a due instant, for whoever asks "why then?"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.clocks.clockwork import Clock, Clockwork
from rules.clocks.counting import Row, counting, how_counted
from rules.clocks.deadlines import pause_seconds, resumed_due
from rules.clocks.limits import STEP_NAMES, Limit, Terms, start_name
from rules.clocks.precedence import Choice
from rules.clocks.wording import length, long_instant, short_instant
from rules.clocks.worktime import WorkCalendar


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
    rows = [*_opening(calendar, clock, terms, choice), *_based(source, basis)]
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


def _based(source: str, basis: Basis | None) -> Iterator[Row]:
    if basis is not None:
        versions = f"规则第{basis.policy}版 日历第{basis.calendar}版"
        yield Row("依据", versions, source)


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
        "暂定：该年放假安排尚未公布，公布后可能变动" if clock.provisional else "",
    )
    yield Row("到期", _ending(calendar, clock.due_at), "；".join(filter(None, notes)))


def _ending(calendar: WorkCalendar, instant: datetime) -> str:
    return long_instant(calendar.local(instant), ends=True)
