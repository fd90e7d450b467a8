"""并单: one clock for a lead and all that is merged into it, due when the first of them is.

What is merged keeps clocks of its own, which lead nothing and which no sweep looks for: whoever
leaves again has the clock it would have had. So nobody's due date moves later by a merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.clocks.granted import origin_of
from models.clocks.stored import Clocks, StoredClock, cells
from models.clocks.sweeping import until
from models.matter import Matter
from models.store import Query
from rules.clocks import Clock, Remade, Timekeeper, followed

SHARED = "并单：按最早到期的一件办理"
PARTED = "并单已拆分"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged(Clock):
    """A running clock of what is merged into a lead."""

    original_due_at: datetime
    pressing: bool


_MERGED = Query(
    _Merged,
    """
SELECT d.step, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
       d.original_due_at, d.pressing, d.provisional, d.source_fixed
FROM merged m JOIN ticket t ON t.id = m.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN deadline d ON d.round_id = r.id AND d.subject_kind || '' = 'ticket'
WHERE m.lead_id = :lead AND m.left_at IS NULL AND d.stopped_at IS NULL AND d.step <> 'assist'
""",
)


def sooner(own: Remade, others: Iterable[Remade]) -> Remade:
    """Return a clock as it ends when the first of several does that run for one step."""
    first = min((own, *others), key=lambda one: (one.clock.red_at, one.clock.due_at))
    ends = first.clock
    return Remade(
        replace(
            own.clock,
            blue_at=ends.blue_at,
            yellow_at=ends.yellow_at,
            red_at=ends.red_at,
            due_at=ends.due_at,
            provisional=ends.provisional,
        ),
        min(one.original_due_at for one in (own, *others)),
    )


def share(clocks: Clocks, matter: Matter) -> None:
    """Let the clocks of a lead end when the first of those merged into it does, and press as one.

    Where nothing is merged into it any more, those of an open round are as they would have been.
    """
    merged = clocks.work.read(_MERGED, lead=matter.ticket_id)
    for one in list(clocks):
        if one.step == "assist":
            continue
        if one.running:
            others = [each for each in merged if each.step == one.step]
            _share(clocks, matter, one, others)
        elif not merged and matter.closed_at is None:
            _part(clocks, matter, one)


def _share(clocks: Clocks, matter: Matter, one: StoredClock, others: Sequence[_Merged]) -> None:
    """Let a running clock end with the first of others of its step."""
    pressing = matter.pressing or any(each.pressing for each in others)
    if one.pressing != pressing:
        one = clocks.change(one, pressing=pressing)
    made = sooner(_alone(clocks, matter, one), [Remade(o, o.original_due_at) for o in others])
    if not _same(one, made):
        passed = None if others else _passed(clocks, matter, one)
        shared = clocks.remake(one, made, one.started_at, SHARED, passed=passed)
        if one.step == "close" and matter.replied_at is not None:
            clocks.change(shared, next_at=None)


def _part(clocks: Clocks, matter: Matter, one: StoredClock) -> None:
    """Let a clock that stopped while it was shared be as if it had run alone."""
    made, stopped = _alone(clocks, matter, one), one.stopped_at
    if stopped is not None and not _same(one, made):
        passed = _passed(clocks, matter, one)
        running = clocks.go_on(one)
        parted = clocks.remake(running, made, one.started_at, PARTED, passed=passed)
        clocks.stop(parted, stopped)


def _same(one: StoredClock, made: Remade) -> bool:
    return cells(one) == cells(made.clock) and one.original_due_at == made.original_due_at


@dataclass(frozen=True, slots=True)
class _Extended:
    """An extension that was granted of a clock."""

    asked_at: datetime


_EXTENDED = Query(
    _Extended,
    """
SELECT asked_at FROM extension WHERE deadline_id = :deadline AND granted ORDER BY decided_at, id
""",
)


def _passed(clocks: Clocks, matter: Matter, one: StoredClock) -> list[tuple[str, datetime]]:
    """Return what a clock would have crossed by itself before each extension was asked for."""
    if not one.id:
        return []
    keeper, made = _made(clocks, matter, one)
    tags = one.tags_or(matter.tags)
    origin = origin_of(clocks.work, one.id, made, tags, since=one.changed_at)
    crossed: dict[tuple[str, datetime], None] = {}
    for n, asked in enumerate(clocks.work.read(_EXTENDED, deadline=one.id)):
        pauses = tuple(pause for pause in origin.pauses if pause[1] < asked.asked_at)
        before = followed(keeper, made, tags, pauses, origin.extensions[:n]).clock
        crossed |= dict.fromkeys(until(keeper, before, asked.asked_at))
    return list(crossed)


def _made(clocks: Clocks, matter: Matter, one: StoredClock) -> tuple[Timekeeper, Clock]:
    """Return a clock as it was at first; one that has stopped goes by the calendar it ran by."""
    work, keeper = clocks.work, clocks.keeper_of(one)
    if one.stopped_at is not None and work.keeper_of is not None:
        keeper = work.keeper_of(one.policy, one.calendar)
    if one.source_fixed:
        due = matter.due_fixed_at or one.original_due_at
        return keeper, keeper.fixed(one.step, one.started_at, due)
    made = keeper.timed(one.step, one.limit_text, one.started_at, one.tags_or(matter.tags))
    return keeper, made


def _alone(clocks: Clocks, matter: Matter, one: StoredClock) -> Remade:
    """Return a clock as it would be if nothing had been merged into its matter.

    Of one that has stopped, a pause that ended with it gave no time.
    """
    keeper, made = _made(clocks, matter, one)
    if not one.id:
        return Remade(made, made.due_at)
    tags = one.tags_or(matter.tags)
    origin = origin_of(clocks.work, one.id, made, tags, since=one.changed_at)
    pauses = [p for p in origin.pauses if one.stopped_at is None or p[1] < one.stopped_at]
    return followed(keeper, made, tags, tuple(pauses), origin.extensions)
