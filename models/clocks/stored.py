"""One stored clock: put in, stopped, made again, moved by an extension or a pause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.clocks.crossings import LEVEL_COLOURS, annul, reached, record, until, worst
from models.matter import Matter
from models.store import Work
from models.tables import Deadline
from rules.casework import Leg
from rules.clocks import Clock, Remade, Tags, Timekeeper, followed


@dataclass(frozen=True, slots=True)
class StoredClock:
    """One stored clock of a round."""

    id: int
    version: int
    revision: int
    clock: Clock
    unit_id: int | None
    original_due_at: datetime
    stopped_at: datetime | None
    paused_at: datetime | None
    next_at: datetime | None
    leads: bool
    pressing: bool
    worst_colour: str
    policy: int
    calendar: int


_SQL = """
SELECT id, version, revision, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at,
       provisional, source_fixed, unit_id, original_due_at, stopped_at, paused_at, next_at, leads,
       pressing, worst_colour, policy, calendar
FROM deadline WHERE round_id = :round_id AND subject_kind || '' = 'ticket' ORDER BY id
"""
# the empty text keeps SQLite from seeking every ticket's clocks by their kind: 36 ms among 20,000


_TRUTHS = (10, 11, 17, 18)  # columns that SQLite keeps as 0 and 1


def clocks_of(work: Work, round_id: int) -> list[StoredClock]:
    """Return the stored clocks of a round, oldest first."""
    return [_running(list(row)) for row in work.rows(_SQL, round_id=round_id)]


def _running(row: list[Any]) -> StoredClock:
    for place in _TRUTHS:
        row[place] = bool(row[place])
    return StoredClock(row[0], row[1], row[2], Clock(*row[3:12]), *row[12:])


def started(
    keeper: Timekeeper, leg: Leg, tags: Tags, due: datetime | None, own: str | None = None
) -> Clock | None:
    """Return the clock of a leg.

    The source's due date rules the close clock, else the limit of the round's ``own``.
    """
    if leg.step == "close":
        if due is not None:
            return keeper.fixed("close", leg.started_at, due)
        if own is not None:
            return keeper.timed("close", own, leg.started_at, tags)
    return keeper.clock(leg.step, tags, leg.started_at)


def put(
    work: Work, matter: Matter, clock: Clock, unit_id: int | None, next_at: datetime | None
) -> None:
    """Put in a running clock of the matter's round."""
    work.insert(
        Deadline, subject_kind="ticket", subject_id=matter.ticket_id, ticket_id=matter.ticket_id,
        round_id=matter.round_id, step=clock.step, unit_id=unit_id, pressing=matter.pressing,
        policy=work.policy_version, calendar=work.calendar_version,
        original_due_at=clock.due_at, next_at=next_at, **columns(clock),
    )  # fmt: skip


def remake(
    work: Work, matter: Matter, running: StoredClock, leg: Leg, made: Clock
) -> tuple[Clock, dict[str, Any]]:
    """Return a clock ``made`` anew with all that was granted of it, and its changed columns.

    What it crossed so far is annulled, for the sweep to record by the new thresholds; a clock that
    stands still goes on doing so.
    """
    clock, original = relieved(work, work.timekeeper(), running.id, made, matter.tags)
    annul(work, running.id, running.revision, clock.started_at, "时限重新起算")
    halted = running.paused_at is not None and leg.stopped_at is None
    return clock, {
        **columns(clock), "original_due_at": original, "revision": running.revision + 1,
        "policy": work.policy_version, "calendar": work.calendar_version,
        "pressing": matter.pressing, "stopped_at": leg.stopped_at,
        "next_at": None if halted else _next(work, clock, leg),
        "worst_colour": reached(work, running.id),
    }  # fmt: skip


def end(work: Work, running: StoredClock, at: datetime) -> None:
    """Stop a clock that its round no longer has, at ``at``."""
    if running.stopped_at is None:
        levels = until(work.timekeeper(), running.clock, min(at, running.paused_at or at))
        annul(work, running.id, running.revision, at, "时限已终止")
        record(work, [(running.id, running.revision, level, when) for level, when in levels])
        colour = worst([running.worst_colour, *(LEVEL_COLOURS[level] for level, _ in levels)])
        work.update(
            Deadline, running.id, running.version,
            stopped_at=max(at, running.clock.started_at), next_at=None, leads=False,
            worst_colour=colour,
        )  # fmt: skip


def _next(work: Work, clock: Clock, leg: Leg) -> datetime | None:
    """Return the first threshold the sweep has to record of a leg that runs."""
    if leg.stopped_at is not None or leg.held:
        return None
    return first_threshold(work, clock)


def first_threshold(work: Work, clock: Clock) -> datetime | None:
    """Return the first threshold of a clock, whether behind or ahead."""
    return min((at for _, at in work.timekeeper().thresholds(clock)), default=None)


def columns(clock: Clock) -> dict[str, Any]:
    """Return a clock as the columns of its deadline."""
    return {
        "limit_text": clock.limit_text, "started_at": clock.started_at, "blue_at": clock.blue_at,
        "yellow_at": clock.yellow_at, "red_at": clock.red_at, "due_at": clock.due_at,
        "provisional": clock.provisional, "source_fixed": clock.source_fixed,
    }  # fmt: skip


MOVED = ("close", "assist")
"""The clocks that an extension moves; a pause stops these and the reports."""


HALTED = ("close", "assist", "progress")


def running_of(work: Work, matter: Matter, steps: tuple[str, ...]) -> list[StoredClock]:
    """Return the round's clocks of some steps that have not stopped, the close clock first."""
    found = [r for r in clocks_of(work, matter.round_id)
             if r.stopped_at is None and r.clock.step in steps]  # fmt: skip
    return sorted(found, key=lambda r: r.clock.step != "close")


def keeper_of(work: Work, clock: StoredClock) -> Timekeeper:
    """Return the rules a clock was made by: a newer policy serves clocks started later."""
    if work.keeper_of is None:
        return work.timekeeper()
    return work.keeper_of(clock.policy, clock.calendar)


def note_crossings(work: Work, clock: StoredClock, until_at: datetime) -> None:
    """Record what a clock crossed before it is changed, whether or not it was swept."""
    levels = until(work.timekeeper(), clock.clock, until_at)
    record(work, [(clock.id, clock.revision, level, when) for level, when in levels])


def move_clock(work: Work, old: StoredClock, new: Clock, since: datetime, why: str) -> None:
    """Let a clock be due at another instant, its crossings from ``since`` on annulled."""
    note_crossings(work, old, since)
    annul(work, old.id, old.revision, since, why)
    work.update(Deadline, old.id, old.version, revision=old.revision + 1,
                worst_colour=reached(work, old.id), next_at=first_threshold(work, new),
                **columns(new))  # fmt: skip


def resume_clock(work: Work, old: StoredClock, made: Remade, since: datetime) -> None:
    """Let a paused clock run again, due later by its pauses; the original due moves alike."""
    annul(work, old.id, old.revision, since, "挂起期间不计时")
    work.update(
        Deadline, old.id, old.version, revision=old.revision + 1, paused_at=None,
        worst_colour=reached(work, old.id),
        original_due_at=made.original_due_at, next_at=first_threshold(work, made.clock),
        **columns(made.clock),
    )  # fmt: skip


def relieved(
    work: Work, keeper: Timekeeper, deadline_id: int, clock: Clock, tags: Tags
) -> Remade:
    """Return ``clock``, as it ran at first, after the pauses that ended and what was extended."""
    pauses = tuple((row[0], row[1]) for row in work.rows(_PAUSES, d=deadline_id))
    extensions = tuple(str(row[0]) for row in work.rows(_EXTENSIONS, d=deadline_id))
    return followed(keeper, clock, tags, pauses, extensions)


_PAUSES = """
SELECT from_at, to_at FROM pause
WHERE deadline_id = :d AND granted AND to_at IS NOT NULL ORDER BY from_at, id
"""


_EXTENSIONS = """
SELECT limit_text FROM extension WHERE deadline_id = :d AND granted ORDER BY decided_at, id
"""
