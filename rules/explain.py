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
from rules.receipt import Grant, Halt, Receipt, Row
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
) -> Receipt:
    """Explain a clock as it started, and what pauses and extensions then made of it."""
    rows = [*_opening(keeper, clock, terms, choice)]
    rows += counting(keeper.calendar, terms, clock.started_at, clock.due_at)
    if halts:
        rows += _halted(keeper, clock, terms.limit, halts)
        clock = keeper.resumed(clock, [(halt.from_at, halt.to_at) for halt in halts], terms)
    for number, grant in enumerate(grants, 1):
        clock = keeper.extended(clock, grant.limit_text, terms)
        rows.append(_granted(keeper, clock, number, grant))
    rows += _closing(keeper, clock)
    title = f"{STEP_NAMES.get(clock.step, clock.step)}时限核算单"
    losers = tuple(entry.title() for entry in choice.losers) if choice else ()
    return Receipt(title, clock, tuple(rows), choice.winner.title() if choice else "", losers)


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


def _halted(
    keeper: Timekeeper, clock: Clock, limit: Limit, halts: Sequence[Halt]
) -> Iterator[Row]:
    calendar, measure = keeper.calendar, "办公时间" if limit.working else "连续时间"
    for halt in halts:
        begin, end = (short_instant(keeper.local(each)) for each in (halt.from_at, halt.to_at))
        held = pause_seconds(calendar, limit, clock.started_at, [(halt.from_at, halt.to_at)])
        said = length(held) + measure if held else f"无{measure}"
        yield Row("挂起", f"{begin} 至 {end}", " · ".join(filter(None, (halt.reason, said))))
    pauses = [(halt.from_at, halt.to_at) for halt in halts]
    held = pause_seconds(calendar, limit, clock.started_at, pauses)
    exact = resumed_due(calendar, limit, clock.due_at, held, rounding="exact")
    before, after = (_ending(keeper, each) for each in (clock.due_at, exact))
    yield Row("未挂起时到期", before)
    if held:
        rounded = limit.by_days and keeper.policy.office.pause_rounding == "day"
        yield Row(f"顺延{length(held)}", after, "按日取整至下班" if rounded else "")


def _granted(keeper: Timekeeper, clock: Clock, number: int, grant: Grant) -> Row:
    said = Limit.parse(grant.limit_text).label
    detail = f"改为 {_ending(keeper, clock.due_at)}"
    return Row(f"第{number}次延期", said, " · ".join(filter(None, (grant.reason, detail))))


def _closing(keeper: Timekeeper, clock: Clock) -> Iterator[Row]:
    if clock.yellow_at < clock.red_at:
        yield Row("转黄", _ending(keeper, clock.yellow_at))
    if clock.red_at != clock.due_at:
        yield Row("转红", _ending(keeper, clock.red_at))
    detail = "暂定：该年放假安排尚未公布，公布后可能变动" if clock.provisional else ""
    yield Row("到期", _ending(keeper, clock.due_at), detail)


def _ending(keeper: Timekeeper, instant: datetime) -> str:
    return long_instant(keeper.local(instant), ends=True)
