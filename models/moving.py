"""Moving the due instants of a round's running clocks, by an extension or a pause."""

from __future__ import annotations

from datetime import datetime

from models.clocks import Running, clocks_of, columns, first_threshold
from models.crossings import annul, reached, record, until
from models.matter import Matter
from models.tables import Deadline
from models.work import Work
from rules.remaking import Remade
from rules.timekeeper import Clock, Timekeeper

MOVED = ("close", "assist")
"""The clocks that an extension moves; a pause stops these and the reports."""
HALTED = ("close", "assist", "progress")


def running(work: Work, matter: Matter, steps: tuple[str, ...]) -> list[Running]:
    """Return the round's clocks of some steps that have not stopped, the close clock first."""
    found = [r for r in clocks_of(work, matter.round_id)
             if r.stopped_at is None and r.clock.step in steps]  # fmt: skip
    return sorted(found, key=lambda r: r.clock.step != "close")


def keeper_of(work: Work, clock: Running) -> Timekeeper:
    """Return the rules a clock was made by: a newer policy serves clocks started later."""
    if work.keeper_of is None:
        return work.timekeeper()
    return work.keeper_of(clock.policy, clock.calendar)


def note_crossings(work: Work, clock: Running, until_at: datetime) -> None:
    """Record what a clock crossed before it is changed, whether or not it was swept."""
    levels = until(work.timekeeper(), clock.clock, until_at)
    record(work, [(clock.id, clock.revision, level, when) for level, when in levels])


def move(work: Work, old: Running, new: Clock, since: datetime, why: str) -> None:
    """Let a clock be due at another instant, its crossings from ``since`` on annulled."""
    note_crossings(work, old, since)
    annul(work, old.id, old.revision, since, why)
    work.update(Deadline, old.id, old.version, revision=old.revision + 1,
                worst_colour=reached(work, old.id), next_at=first_threshold(work, new),
                **columns(new))  # fmt: skip


def resume(work: Work, old: Running, made: Remade, since: datetime) -> None:
    """Let a paused clock run again, due later by its pauses; the original due moves alike."""
    annul(work, old.id, old.revision, since, "挂起期间不计时")
    work.update(
        Deadline, old.id, old.version, revision=old.revision + 1, paused_at=None,
        worst_colour=reached(work, old.id),
        original_due_at=made.original_due_at, next_at=first_threshold(work, made.clock),
        **columns(made.clock),
    )  # fmt: skip
