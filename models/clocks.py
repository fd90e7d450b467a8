"""The stored clocks of a ticket's round, kept in step with its acts by every verb."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.crossings import COLOURS, annul, reached, record, until, worst
from models.matter import Matter, load
from models.relief import relieved
from models.tables import Deadline, Pause, Ticket
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


def clocks_of(work: Work, round_id: int) -> list[Running]:
    """Return the stored clocks of a round, oldest first."""
    return [_running(list(row)) for row in work.rows(_SQL, round_id=round_id)]


def _running(row: list[Any]) -> Running:
    for place in _TRUTHS:
        row[place] = bool(row[place])
    return Running(row[0], row[1], row[2], Clock(*row[3:12]), *row[12:])


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


def settle(work: Work, ticket_id: int, *, restart: Collection[str] = ()) -> Matter:
    """Bring the clocks of a ticket into line with what its round now says.

    Clocks whose act is done stop, with their crossings up to then; new ones start; one that begins
    again (another unit's, the next report's, the next judgement's) is a clock of its own. Those
    named in ``restart`` are made anew from their start under the tags of today, as a next revision;
    what was granted of them stands. Co-units' clocks follow the close clock.
    """
    matter = load(work.rows, ticket_id)
    legs = {leg.step: leg for leg in course(matter.acts)}
    stored = {running.clock.step: running for running in clocks_of(work, matter.round_id)
              if running.clock.step != "assist"}  # fmt: skip
    for step, running in stored.items():
        leg = legs.pop(step, None)
        if leg is None:
            end(work, running, matter.closed_at or work.at)
        elif step not in restart and leg.started_at > running.clock.started_at and _again(
            matter, running, leg
        ):
            end(work, running, leg.started_at)
            if leg.stopped_at is None:
                _start(work, matter, leg)
        else:
            _follow(work, matter, running, leg, anew=step in restart)
    for leg in legs.values():
        if leg.stopped_at is None:
            _start(work, matter, leg)
    from models.assistance import settle_assistance

    settle_assistance(work, matter, anew="close" in restart)
    _lead(work, matter)
    return load(work.rows, ticket_id)


def _again(matter: Matter, running: Running, leg: Leg) -> bool:
    """Return whether a leg is another run of its step, not the stored one told otherwise."""
    if leg.step in ("dispatch", "judge"):
        return running.stopped_at is not None
    since = {"progress": matter.progressed_at}.get(leg.step) or matter.handed_at
    return leg.step != "close" and since == leg.started_at


def _made(work: Work, matter: Matter, leg: Leg) -> Clock | None:
    keeper = work.timekeeper()
    return started(keeper, leg, matter.tags, matter.due_fixed_at, matter.limit_text)


def _start(work: Work, matter: Matter, leg: Leg) -> None:
    clock = _made(work, matter, leg)
    if clock is not None:
        unit_id = _unit(matter, leg.step)
        put(work, matter, clock, unit_id, None if leg.held else first_threshold(work, clock))


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


def _follow(work: Work, matter: Matter, running: Running, leg: Leg, *, anew: bool) -> None:
    """Bring one stored clock into line with its leg."""
    changes: dict[str, Any] = {}
    clock, revision = running.clock, running.revision
    if anew:
        made = _made(work, matter, leg)
        if made is None:
            end(work, running, work.at)
            return
        clock, changes = remake(work, matter, running, leg, made)
        revision += 1
        changes["unit_id"] = _unit(matter, leg.step)
    elif leg.stopped_at != running.stopped_at:
        changes = {"stopped_at": leg.stopped_at, "next_at": _next(work, clock, leg)}
        if leg.stopped_at is None and leg.step in UNIT_STEPS:
            changes["unit_id"] = _unit(matter, leg.step)
    else:
        changes = _kept(work, matter, running, leg)
    if not changes:
        return
    if leg.stopped_at is not None:
        if running.paused_at is not None:
            _end_pause(work, running, leg.stopped_at)
            changes["paused_at"] = None
        stop = min(leg.stopped_at, running.paused_at or leg.stopped_at)
        changes["worst_colour"] = _close_book(work, matter, running.id, revision, clock, stop)
    work.update(Deadline, running.id, running.version, **changes)


def remake(
    work: Work, matter: Matter, running: Running, leg: Leg, made: Clock
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


def _kept(work: Work, matter: Matter, running: Running, leg: Leg) -> dict[str, Any]:
    """Return what changes of a clock that goes on as it is, running or stopped."""
    if leg.stopped_at is not None:
        return {}
    changes: dict[str, Any] = {}
    if running.unit_id != (unit_id := _unit(matter, leg.step)):
        changes["unit_id"] = unit_id
    if running.pressing != matter.pressing:
        changes["pressing"] = matter.pressing
    if running.paused_at is None and (leg.held or running.next_at is None):
        next_at = _next(work, running.clock, leg)
        if next_at != running.next_at:
            changes["next_at"] = next_at
    return changes


def end(work: Work, running: Running, at: datetime) -> None:
    """Stop a clock that its round no longer has, at ``at``."""
    if running.stopped_at is None:
        levels = until(work.timekeeper(), running.clock, min(at, running.paused_at or at))
        annul(work, running.id, running.revision, at, "时限已终止")
        record(work, [(running.id, running.revision, level, when) for level, when in levels])
        colour = worst([running.worst_colour, *(COLOURS[level] for level, _ in levels)])
        work.update(
            Deadline, running.id, running.version,
            stopped_at=max(at, running.clock.started_at), next_at=None, leads=False,
            worst_colour=colour,
        )  # fmt: skip


def _end_pause(work: Work, running: Running, at: datetime) -> None:
    """End the pause of a clock that stops while it stands still."""
    for id, version, since in work.rows(_OPEN_PAUSE, d=running.id):
        work.update(Pause, id, version, to_at=max(at, since))


_OPEN_PAUSE = """
SELECT id, version, from_at FROM pause WHERE deadline_id = :d AND granted AND to_at IS NULL
"""


def _close_book(
    work: Work, matter: Matter, id: int, revision: int, clock: Clock, stop: datetime
) -> str:
    """Settle the crossings of a clock that stops; return the worst colour it really reached."""
    levels = until(work.timekeeper(), clock, stop)
    record(work, [(id, revision, level, at) for level, at in levels])
    annulled = annul(work, id, revision, stop, "补录的办理时间证明未到此界限")
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


def _unit(matter: Matter, step: str) -> int | None:
    return matter.unit_id if step in UNIT_STEPS else None
