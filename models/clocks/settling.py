"""The clocks of a round, its co-units' too, brought into line with its acts after every verb."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from models import clocks
from models.clocks.crossings import LEVEL_COLOURS, annul, record, until, worst
from models.clocks.stored import (
    StoredClock,
    _next,
    clocks_of,
    end,
    first_threshold,
    put,
    remake,
    started,
)
from models.matter import Matter, load_matter
from models.store import Work
from models.tables import Deadline, Pause, Ticket
from rules.casework import UNIT_STEPS, Leg, legs_of
from rules.clocks import Clock, assist_clock


def settle(work: Work, ticket_id: int, *, restart: Collection[str] = ()) -> Matter:
    """Bring the clocks of a ticket into line with what its round now says.

    Clocks whose act is done stop, with their crossings up to then; new ones start; one that begins
    again (another unit's, the next report's, the next judgement's) is a clock of its own. Those
    named in ``restart`` are made anew from their start under the tags of today, as a next revision;
    what was granted of them stands. Co-units' clocks follow the close clock.
    """
    matter = load_matter(work.rows, ticket_id)
    legs = {leg.step: leg for leg in legs_of(matter.acts)}
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

    settle_assistance(work, matter, anew="close" in restart)
    _lead(work, matter)
    return load_matter(work.rows, ticket_id)


def _again(matter: Matter, running: StoredClock, leg: Leg) -> bool:
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


def _follow(work: Work, matter: Matter, running: StoredClock, leg: Leg, *, anew: bool) -> None:
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


def _kept(work: Work, matter: Matter, running: StoredClock, leg: Leg) -> dict[str, Any]:
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


def _end_pause(work: Work, running: StoredClock, at: datetime) -> None:
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
    return worst(LEVEL_COLOURS[level] for level, _ in levels)


def _lead(work: Work, matter: Matter) -> None:
    """Let the running clock that turns red first lead; a held or paused one where none runs."""
    held = {leg.step for leg in legs_of(matter.acts) if leg.held}
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


def _unit(matter: Matter, step: str) -> int | None:
    return matter.unit_id if step in UNIT_STEPS else None


def settle_assistance(work: Work, matter: Matter, *, anew: bool = False) -> None:
    """Let the clock of every co-unit of a round run until it answered or the round is over.

    Nobody helps a matter that waits for dispatch; a clock of a unit that became the lead ends.
    ``anew``: the close clock was made anew, and so are these.
    """
    stored = clocks.clocks_of(work, matter.round_id)
    running = {r.unit_id: r for r in stored if r.clock.step == "assist" and r.stopped_at is None}
    close = next((r for r in stored if r.clock.step == "close" and r.stopped_at is None), None)
    wanted = _helping(work, matter) if close is not None else {}
    for unit_id, clock in running.items():
        if unit_id not in wanted:
            clocks.end(work, clock, _done_at(work, matter, unit_id))
        elif anew:
            _restart(work, matter, clock, wanted[unit_id])
        elif clock.pressing != matter.pressing:
            work.update(Deadline, clock.id, clock.version, pressing=matter.pressing)
    if close is None or close.paused_at is not None:
        return
    for unit_id, start in wanted.items():
        if unit_id not in running:
            clock_ = assist_clock(work.timekeeper(), close.clock, matter.tags, start)
            clocks.put(work, matter, clock_, unit_id, clocks.first_threshold(work, clock_))


def _restart(work: Work, matter: Matter, running: clocks.StoredClock, start: datetime) -> None:
    """Make a co-unit's clock anew from the limit that the lead unit now has."""
    keeper, since = work.timekeeper(), matter.dispatched_at
    assert since is not None
    lead = clocks.started(
        keeper, Leg("close", since, None), matter.tags, matter.due_fixed_at, matter.limit_text
    )
    if lead is not None:
        made = assist_clock(keeper, lead, matter.tags, start)
        _, changes = clocks.remake(work, matter, running, Leg("assist", start, None), made)
        work.update(Deadline, running.id, running.version, **changes)


def _helping(work: Work, matter: Matter) -> dict[int, datetime]:
    """Return the co-units whose answer is awaited and since when they help."""
    if matter.dispatched_at is None or matter.acts.returned:
        return {}
    found = work.rows(
        "SELECT unit_id, joined_at FROM round_unit WHERE round_id = :r AND replied_at IS NULL",
        r=matter.round_id,
    )
    return {unit: joined or matter.dispatched_at for unit, joined in found
            if unit != matter.unit_id}  # fmt: skip


def _done_at(work: Work, matter: Matter, unit_id: int | None) -> datetime:
    """Return when a co-unit's clock ended: its own answer, or the one that ended the round."""
    found = work.rows(
        "SELECT replied_at FROM round_unit WHERE round_id = :r AND unit_id = :u",
        r=matter.round_id, u=unit_id,
    )  # fmt: skip
    own: datetime | None = found[0][0] if found else None
    return own or matter.replied_at or matter.closed_at or work.at
