"""The stored clocks of a ticket's round, kept in step with its acts by every verb."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.crossings import COLOURS, annul, record, until, worst
from models.matter import Matter, load
from models.tables import Deadline, Ticket
from models.work import Work
from rules.course import UNIT_STEPS, Leg, course
from rules.timekeeper import Clock, Tags, Timekeeper


@dataclass(frozen=True, slots=True)
class Running:
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


_SQL = """
SELECT id, version, revision, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at,
       provisional, source_fixed, unit_id, original_due_at, stopped_at, paused_at, next_at, leads,
       pressing, worst_colour
FROM deadline WHERE round_id = :round_id AND subject_kind = 'ticket' ORDER BY id
"""


_TRUTHS = (10, 11, 17, 18)  # columns that SQLite keeps as 0 and 1


def clocks_of(work: Work, round_id: int) -> list[Running]:
    """Return the stored clocks of a round, oldest first."""
    return [_running(list(row)) for row in work.rows(_SQL, round_id=round_id)]


def _running(row: list[Any]) -> Running:
    for place in _TRUTHS:
        row[place] = bool(row[place])
    return Running(row[0], row[1], row[2], Clock(*row[3:12]), *row[12:])


def started(keeper: Timekeeper, leg: Leg, tags: Tags, due: datetime | None) -> Clock | None:
    """Return the clock of a leg; the source's own due date rules the close clock."""
    if due is not None and leg.step == "close":
        return keeper.fixed("close", leg.started_at, due)
    return keeper.clock(leg.step, tags, leg.started_at)


def settle(work: Work, ticket_id: int, *, restart: Collection[str] = ()) -> Matter:
    """Bring the clocks of a ticket into line with what its round now says.

    Clocks whose act is done stop, with their crossings up to then; new ones start; those named in
    ``restart`` are made anew from their start under the tags of today, as a next revision.
    """
    matter = load(work.rows, ticket_id)
    legs = {leg.step: leg for leg in course(matter.acts)}
    stored = {running.clock.step: running for running in clocks_of(work, matter.round_id)}
    for step, running in stored.items():
        leg = legs.pop(step, None)
        if leg is None:
            _end(work, running, matter.closed_at or work.at)
        elif running.clock.step == "judge" and running.stopped_at is not None:
            _start(work, matter, leg)
        else:
            _follow(work, matter, running, leg, anew=step in restart)
    for leg in legs.values():
        if leg.stopped_at is None:
            _start(work, matter, leg)
    _lead(work, matter)
    return load(work.rows, ticket_id)


def _start(work: Work, matter: Matter, leg: Leg) -> None:
    clock = started(work.timekeeper(), leg, matter.tags, matter.due_fixed_at)
    if clock is None:
        return
    work.insert(
        Deadline,
        subject_kind="ticket",
        subject_id=matter.ticket_id,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        step=leg.step,
        unit_id=_unit(matter, leg.step),
        pressing=_pressing(matter),
        policy=work.policy_version,
        calendar=work.calendar_version,
        original_due_at=clock.due_at,
        next_at=_next(work, clock, leg),
        **_columns(clock),
    )


def _follow(work: Work, matter: Matter, running: Running, leg: Leg, *, anew: bool) -> None:
    """Bring one stored clock into line with its leg."""
    changes: dict[str, Any] = {}
    clock, revision = running.clock, running.revision
    if anew:
        made = started(work.timekeeper(), leg, matter.tags, matter.due_fixed_at)
        if made is None:
            _end(work, running, work.at)
            return
        clock, revision = made, revision + 1
        changes = {**_columns(clock), "original_due_at": clock.due_at, "revision": revision,
                   "policy": work.policy_version, "calendar": work.calendar_version,
                   "unit_id": _unit(matter, leg.step), "pressing": _pressing(matter),
                   "stopped_at": leg.stopped_at,
                   "next_at": _next(work, clock, leg)}  # fmt: skip
        annul(work, running.id, running.revision, clock.started_at, "时限重新起算")
    elif leg.stopped_at != running.stopped_at:
        changes = {"stopped_at": leg.stopped_at, "next_at": _next(work, clock, leg)}
    elif running.paused_at is None and leg.stopped_at is None and (
        leg.held or running.next_at is None
    ):
        next_at = _next(work, clock, leg)
        if next_at != running.next_at:
            changes = {"next_at": next_at}
    if not changes:
        return
    if leg.stopped_at is not None:
        changes["worst_colour"] = _close_book(work, matter, running.id, revision, clock, leg)
    work.update(Deadline, running.id, running.version, **changes)


def _end(work: Work, running: Running, at: datetime) -> None:
    """Stop a clock that its round no longer has."""
    if running.stopped_at is None:
        levels = until(work.timekeeper(), running.clock, at)
        record(work, [(running.id, running.revision, level, when) for level, when in levels])
        colour = worst([running.worst_colour, *(COLOURS[level] for level, _ in levels)])
        work.update(
            Deadline, running.id, running.version,
            stopped_at=max(at, running.clock.started_at), next_at=None, leads=False,
            worst_colour=colour,
        )  # fmt: skip


def _close_book(
    work: Work, matter: Matter, id: int, revision: int, clock: Clock, leg: Leg
) -> str:
    """Settle the crossings of a clock that stops; return the worst colour it really reached."""
    assert leg.stopped_at is not None
    levels = until(work.timekeeper(), clock, leg.stopped_at)
    record(work, [(id, revision, level, at) for level, at in levels])
    annulled = annul(work, id, revision, leg.stopped_at, "补录的办理时间证明未到此界限")
    if annulled:
        work.event("crossing.annul", "ticket", matter.ticket_id, unit_id=matter.unit_id,
                   payload={"step": clock.step, "levels": annulled})  # fmt: skip
    return worst(COLOURS[level] for level, _ in levels)


def _lead(work: Work, matter: Matter) -> None:
    """Let the running clock that turns red first lead; a held or paused one where none runs."""
    held = {leg.step for leg in course(matter.acts) if leg.held}
    stored = clocks_of(work, matter.round_id)
    able = [r for r in stored if r.stopped_at is None]
    able.sort(key=lambda r: (r.paused_at is not None, r.clock.step in held, r.clock.red_at,
                             r.clock.due_at, r.id))  # fmt: skip
    leader = able[0].id if able else None
    for running in sorted(stored, key=lambda r: r.id == leader):
        if running.leads != (running.id == leader):
            work.update(Deadline, running.id, running.version, leads=running.id == leader)
    state = "closed" if matter.closed_at is not None else "open"
    colours = work.rows("SELECT worst_colour FROM deadline WHERE ticket_id = :id AND "
                        "subject_kind = 'ticket'", id=matter.ticket_id)  # fmt: skip
    colour = worst(row[0] for row in colours)
    work.update(Ticket, matter.ticket_id, matter.ticket_version, state=state, worst_colour=colour)


def _next(work: Work, clock: Clock, leg: Leg) -> datetime | None:
    """Return the first threshold the sweep has to record, whether behind or ahead."""
    if leg.stopped_at is not None or leg.held:
        return None
    return min((at for _, at in work.timekeeper().thresholds(clock)), default=None)


def _columns(clock: Clock) -> dict[str, Any]:
    return {
        "limit_text": clock.limit_text, "started_at": clock.started_at, "blue_at": clock.blue_at,
        "yellow_at": clock.yellow_at, "red_at": clock.red_at, "due_at": clock.due_at,
        "provisional": clock.provisional, "source_fixed": clock.source_fixed,
    }  # fmt: skip


def _unit(matter: Matter, step: str) -> int | None:
    return matter.unit_id if step in UNIT_STEPS else None


def _pressing(matter: Matter) -> bool:
    return matter.urgency == "特急"
