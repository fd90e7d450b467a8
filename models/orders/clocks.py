"""The clocks of an order: receipt from delivery, feedback by the printed date, then judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.clocks import LEVEL_COLOURS, annul, record, until, worst
from models.store import Work
from models.tables import Deadline
from rules.clocks import Clock


@dataclass(frozen=True, slots=True)
class _Stored:
    id: int
    version: int
    revision: int
    leads: bool
    clock: Clock


def start(work: Work, order_id: int, unit_id: int, clock: Clock) -> None:
    """Start one clock of an order and let its earliest one lead."""
    work.insert(
        Deadline,
        subject_kind="order",
        subject_id=order_id,
        step=clock.step,
        unit_id=unit_id,
        limit_text=clock.limit_text,
        started_at=clock.started_at,
        blue_at=clock.blue_at,
        yellow_at=clock.yellow_at,
        red_at=clock.red_at,
        due_at=clock.due_at,
        original_due_at=clock.due_at,
        next_at=_first(work, clock),
        policy=work.policy_version,
        calendar=work.calendar_version,
        provisional=clock.provisional,
        source_fixed=clock.source_fixed,
    )
    _lead(work, order_id)


def stop(work: Work, order_id: int, *steps: str) -> None:
    """Stop the running clocks of an order at ``work.at``, all of them when no step is named.

    What they crossed by then is on record; what a sweep recorded after it is annulled.
    """
    for stored in _stored(work, order_id, running=True):
        if not steps or stored.clock.step in steps:
            _stop(work, order_id, stored)
    _lead(work, order_id)


def reopen(work: Work, order_id: int, step: str) -> None:
    """Let a stopped clock run again as if it had never stopped (feedback was sent back)."""
    found = [s for s in _stored(work, order_id, running=False) if s.clock.step == step]
    if found:
        last = found[-1]
        next_at = _first(work, last.clock)
        work.update(Deadline, last.id, last.version, stopped_at=None, next_at=next_at)
        _lead(work, order_id)


def _stop(work: Work, order_id: int, stored: _Stored) -> None:
    stopped_at = max(work.at, stored.clock.started_at)
    levels = until(work.timekeeper(), stored.clock, stopped_at)
    record(work, [(stored.id, stored.revision, level, at) for level, at in levels])
    why = "补录的办理时间证明未到此界限"
    annulled = annul(work, stored.id, stored.revision, stopped_at, why)
    if annulled:
        work.event("crossing.annul", "order", order_id, reason=why,
                   payload={"step": stored.clock.step, "levels": annulled})  # fmt: skip
    work.update(
        Deadline, stored.id, stored.version, stopped_at=stopped_at, next_at=None, leads=False,
        worst_colour=worst(LEVEL_COLOURS[level] for level, _ in levels),
    )  # fmt: skip


def _first(work: Work, clock: Clock) -> datetime:
    """Return the first threshold, for the sweep to record whatever of them lies behind."""
    return min(at for _, at in work.timekeeper().thresholds(clock))


def _lead(work: Work, order_id: int) -> None:
    running = _stored(work, order_id, running=True)
    running.sort(key=lambda s: (s.clock.red_at, s.clock.due_at, s.id))
    for place, stored in enumerate(running):
        if stored.leads != (place == 0):
            work.update(Deadline, stored.id, stored.version, leads=place == 0)


def _stored(work: Work, order_id: int, *, running: bool) -> list[_Stored]:
    sql = f"""SELECT id, version, revision, leads, step, limit_text, started_at, blue_at,
                     yellow_at, red_at, due_at, provisional, source_fixed
              FROM deadline WHERE subject_kind = 'order' AND subject_id = :id
              AND stopped_at IS {"" if running else "NOT"} NULL ORDER BY id"""
    return [_one(row) for row in work.rows(sql, id=order_id)]


def _one(row: Sequence[Any]) -> _Stored:
    times = list(row[4:])
    times[-2:] = [bool(cell) for cell in times[-2:]]
    return _Stored(row[0], row[1], row[2], bool(row[3]), Clock(*times))
