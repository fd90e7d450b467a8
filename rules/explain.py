"""Writes the 时限核算单: winner and losers, the days, pauses, extensions, rounding, colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rules.clockwork import Clock
from rules.deadlines import pause_seconds, resumed_due
from rules.derivation import counting, how_counted
from rules.limits import Limit
from rules.precedence import Choice
from rules.receipt import Basis, Grant, Halt, Receipt, Row
from rules.steps import STEP_NAMES, start_name
from rules.terms import Terms
from rules.wording import length, long_instant, short_instant

if TYPE_CHECKING:
    from rules.timekeeper import Timekeeper


def explain(
    keeper: Timekeeper,
    clock: Clock,
    terms: Terms,
    choice: Choice | None,
    halts: Sequence[Halt],
    grants: Sequence[Grant],
    basis: Basis | None = None,
) -> Receipt:
    """Explain a clock as it started, and what pauses and extensions then made of it."""
    rows = [*_opening(keeper, clock, terms, choice), *_based(keeper, basis)]
    rows += counting(keeper.calendar, terms, clock.started_at, clock.due_at)
    if halts:
        rows += _halted(keeper, clock, terms.limit, halts)
        clock = keeper.resumed(clock, _ended(halts), terms)
    original = clock.due_at
    for number, grant in enumerate(grants, 1):
        clock = keeper.extended(clock, grant.limit_text, terms)
        rows.append(_granted(keeper, clock, number, grant))
    rows += _closing(keeper, clock, paused=any(halt.to_at is None for halt in halts))
    title = f"{STEP_NAMES.get(clock.step, clock.step)}时限核算单"
    losers = tuple(entry.title() for entry in choice.losers) if choice else ()
    winner = choice.winner.title() if choice else ""
    return Receipt(title, clock, original, tuple(rows), winner, losers)


def _opening(
    keeper: Timekeeper, clock: Clock, terms: Terms, choice: Choice | None
) -> Iterator[Row]:
    begun = long_instant(keeper.local(clock.started_at))
    limit = terms.limit
    yield Row(start_name(clock.step), begun, f"时限 {limit.label} · {how_counted(limit)}")
    if choice:
        others = "、".join(
            f"{entry.title()}（{entry.limit(clock.step)}）" for entry in choice.losers
        )
        yield Row("适用", choice.winner.title(), f"先于 {others}" if others else "")


def _based(keeper: Timekeeper, basis: Basis | None) -> Iterator[Row]:
    if basis is not None:
        versions = f"规则第{basis.policy}版 日历第{basis.calendar}版"
        yield Row("依据", versions, keeper.days.source)


def _ended(halts: Sequence[Halt]) -> list[tuple[datetime, datetime]]:
    return [(halt.from_at, halt.to_at) for halt in halts if halt.to_at is not None]


def _halted(
    keeper: Timekeeper, clock: Clock, limit: Limit, halts: Sequence[Halt]
) -> Iterator[Row]:
    for halt in halts:
        yield _halt(keeper, clock, limit, halt)
    held = pause_seconds(keeper.calendar, limit, clock.started_at, _ended(halts))
    exact = resumed_due(keeper.calendar, limit, clock.due_at, held, rounding="exact")
    before, after = (_ending(keeper, each) for each in (clock.due_at, exact))
    yield Row("未挂起时到期", before)
    if held:
        rounded = limit.by_days and keeper.policy.office.pause_rounding == "day"
        yield Row(f"顺延{length(held)}", after, "按日取整至下班" if rounded else "")


def _halt(keeper: Timekeeper, clock: Clock, limit: Limit, halt: Halt) -> Row:
    approval = f"批准：{halt.approval}" if halt.approval else ""
    begin = short_instant(keeper.local(halt.from_at))
    if halt.to_at is None:
        said = " · ".join(filter(None, (halt.reason, approval, "尚未恢复")))
        return Row("挂起", f"{begin} 起", said)
    measure = "办公时间" if limit.working else "连续时间"
    held = pause_seconds(keeper.calendar, limit, clock.started_at, _ended([halt]))
    said = length(held) + measure if held else f"无{measure}"
    end = short_instant(keeper.local(halt.to_at))
    return Row("挂起", f"{begin} 至 {end}", " · ".join(filter(None, (halt.reason, approval, said))))


def _granted(keeper: Timekeeper, clock: Clock, number: int, grant: Grant) -> Row:
    said = (
        grant.reason,
        _when(keeper, grant.asked_at, "申请"),
        _when(keeper, grant.decided_at, "批准"),
        f"改为 {_ending(keeper, clock.due_at)}",
    )
    label = Limit.parse(grant.limit_text).label
    return Row(f"第{number}次延期", label, " · ".join(filter(None, said)))


def _when(keeper: Timekeeper, instant: datetime | None, act: str) -> str:
    return "" if instant is None else f"{short_instant(keeper.local(instant))} {act}"


def _closing(keeper: Timekeeper, clock: Clock, *, paused: bool) -> Iterator[Row]:
    if clock.yellow_at < clock.red_at:
        yield Row("转黄", _ending(keeper, clock.yellow_at))
    if clock.red_at != clock.due_at:
        yield Row("转红", _ending(keeper, clock.red_at))
    notes = (
        "挂起中，恢复后顺延" if paused else "",
        "暂定：该年放假安排尚未公布，公布后可能变动" if clock.provisional else "",
    )
    yield Row("到期", _ending(keeper, clock.due_at), "；".join(filter(None, notes)))


def _ending(keeper: Timekeeper, instant: datetime) -> str:
    return long_instant(keeper.local(instant), ends=True)
