"""The clocks of an order: receipt from delivery, feedback by the printed date, then judge."""

from __future__ import annotations

from datetime import datetime

from models.tables import Deadline
from models.work import Work
from rules.timekeeper import Clock


def start(work: Work, order_id: int, unit_id: int, clock: Clock) -> None:
    """Start one clock of an order and let its earliest one lead."""
    levels = [when for _, when in work.timekeeper().thresholds(clock) if when > clock.started_at]
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
        next_at=min(levels, default=None),
        policy=work.policy_version,
        calendar=work.calendar_version,
        provisional=clock.provisional,
        source_fixed=clock.source_fixed,
    )
    _lead(work, order_id)


def stop(work: Work, order_id: int, *steps: str, at: datetime | None = None) -> None:
    """Stop the running clocks of an order, all of them when no step is named."""
    for row in _running(work, order_id):
        id, version, step = row[:3]
        if not steps or step in steps:
            work.update(
                Deadline, id, version, stopped_at=at or work.at, next_at=None, leads=False
            )
    _lead(work, order_id)


def reopen(work: Work, order_id: int, step: str) -> None:
    """Let a stopped clock run again as if it had never stopped (feedback was sent back)."""
    sql = """SELECT id, version, revision, started_at, blue_at, yellow_at, red_at, due_at,
                    limit_text, provisional, source_fixed
             FROM deadline WHERE subject_kind = 'order' AND subject_id = :id AND step = :step
             ORDER BY id DESC"""
    found = work.one(sql, id=order_id, step=step)
    if found is None:
        return
    id, version, revision, started, blue, yellow, red, due, limit, provisional, fixed = found
    clock = Clock(step, limit, started, blue, yellow, red, due, bool(provisional), bool(fixed))
    ahead = _uncrossed(work, id, revision, clock)
    work.update(Deadline, id, version, stopped_at=None, next_at=min(ahead, default=None))
    _lead(work, order_id)


def _uncrossed(work: Work, deadline_id: int, revision: int, clock: Clock) -> list[datetime]:
    sql = "SELECT level FROM crossing WHERE deadline_id = :id AND revision = :revision"
    crossed = {row[0] for row in work.rows(sql, id=deadline_id, revision=revision)}
    levels = work.timekeeper().thresholds(clock)
    return [when for level, when in levels if level not in crossed and when > clock.started_at]


def _lead(work: Work, order_id: int) -> None:
    for place, (id, version, _, leads, *_) in enumerate(_running(work, order_id)):
        if bool(leads) != (place == 0):
            work.update(Deadline, id, version, leads=place == 0)


def _running(work: Work, order_id: int) -> list[tuple[int, int, str, bool]]:
    sql = """SELECT id, version, step, leads FROM deadline
             WHERE subject_kind = 'order' AND subject_id = :id AND stopped_at IS NULL
             ORDER BY red_at, due_at, id"""
    return [(int(r[0]), int(r[1]), str(r[2]), bool(r[3])) for r in work.rows(sql, id=order_id)]
