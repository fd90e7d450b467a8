"""The clocks of a round, its co-units' too, brought into line with its acts after every verb."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from models.clocks.granted import RESUMED, end_pauses, from_zero, go_on, origin_of, relieved
from models.clocks.reading import clocks_of_matter
from models.clocks.sharing import share
from models.clocks.standing_still import follow_emergencies
from models.clocks.stored import Clocks, StoredClock, cells, first_threshold
from models.matter import CoUnit, Matter, co_units_of
from models.store import Work
from rules.casework import UNIT_STEPS, Leg, legs_of
from rules.clocks import Clock, Origin, Remade, Tags, Timekeeper, assist_clock

ANEW = "时限重新起算"
EXTENDED = "延期获准"


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


def settle(
    work: Work,
    matter: Matter,
    *,
    restart: Collection[str] = (),
    since: datetime | None = None,
) -> Matter:
    """Bring the clocks of a ticket into line with what its round now says, and write them.

    Clocks whose act is done stop, with their crossings up to then; new ones start; one that begins
    again (another unit's, the next report's, the next judgement's) is a clock of its own; one that
    starts from zero by a 补正 or a 批示 is the same clock, a revision further. Those named in
    ``restart`` are made anew from their start, or from when their limit was changed, under the tags
    they are for, as a next revision; what was granted since stands. A lead's end when the first of
    those merged into it does; what is merged leads nothing. What is derived (co-units' clocks,
    which clock leads, the worst colour) is derived again; ``since`` is from when that annuls what
    co-units crossed. Return the matter, owing its ticket the outcome.
    """
    clocks = clocks_of_matter(work, matter)
    legs = {leg.step: leg for leg in legs_of(matter.acts)}
    stored = {one.step: one for one in clocks if one.step != "assist"}
    for step, one in stored.items():
        leg = legs.pop(step, None)
        if leg is None:
            _over(clocks, one, matter.closed_at or work.at)
        elif (
            step not in restart
            and leg.started_at > one.started_at
            and _begins_again(matter, one, leg)
        ):
            _over(clocks, one, leg.started_at)
            if leg.stopped_at is None:
                _start(clocks, matter, leg)
        else:
            _follow(clocks, matter, _again(clocks, matter, one, leg), leg, anew=step in restart)
    for leg in legs.values():
        if leg.stopped_at is None:
            _start(clocks, matter, leg)
    if matter.carries:
        share(clocks, matter)
    following = follow_emergencies(clocks, matter)
    settle_assistance(clocks, matter, since or work.at)
    settled = written(work, matter, clocks)
    following.write(clocks)
    return settled


def written(work: Work, matter: Matter, clocks: Clocks) -> Matter:
    """Choose the leading clock, write all clocks, and let the ticket owe what follows."""
    if matter.merged_into is not None:
        clocks.stand_back()
    else:
        clocks.lead(leg.step for leg in legs_of(matter.acts) if leg.held)
    clocks.write()
    state = matter.ticket_state
    if not matter.for_analysis:
        state = "closed" if matter.closed_at is not None else "open"
    colour = clocks.worst_colour if matter.n == 1 else _worst_of_rounds(work, matter, clocks)
    changes = {"state": state} if state != matter.ticket_state else {}
    if colour != matter.worst_colour:
        changes["worst_colour"] = colour
    return matter.owing(**changes) if changes else matter


def _worst_of_rounds(work: Work, matter: Matter, clocks: Clocks) -> str:
    """Return the worst colour of all rounds of a ticket."""
    found = work.value(_WORST, ticket=matter.ticket_id)
    return str(found or clocks.worst_colour)


_WORST = """
SELECT worst_colour FROM deadline WHERE ticket_id = :ticket AND subject_kind = 'ticket'
ORDER BY CASE worst_colour WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END LIMIT 1
"""


def _begins_again(matter: Matter, one: StoredClock, leg: Leg) -> bool:
    """Return whether a leg is another run of its step, not the stored one told otherwise."""
    if leg.step in ("dispatch", "judge"):
        return one.stopped_at is not None
    since = {"progress": matter.progressed_at}.get(leg.step) or matter.handed_at
    return leg.step != "close" and since == leg.started_at


def _again(clocks: Clocks, matter: Matter, one: StoredClock, leg: Leg) -> StoredClock:
    """Return a clock as it starts again from zero by a 补正 or a 批示; what is late stays late."""
    by = (matter.supplemented_at, matter.instructed_at)
    late = (one.paused_at or leg.started_at) > one.due_at
    if not one.running or late or leg.started_at <= one.started_at or leg.started_at not in by:
        return one
    made = _made(clocks.work, matter, leg, matter.tags)
    return one if made is None else from_zero(clocks, one, made)


def _made(work: Work, matter: Matter, leg: Leg, tags: Tags) -> Clock | None:
    return started(work.timekeeper(), leg, tags, matter.due_fixed_at, matter.limit_text)


def _start(clocks: Clocks, matter: Matter, leg: Leg, changed_at: datetime | None = None) -> None:
    clock = _made(clocks.work, matter, leg, matter.tags)
    if clock is not None:
        clocks.put(
            clock,
            _unit(matter, leg.step),
            held=leg.held,
            pressing=matter.pressing,
            changed_at=changed_at,
        )


def begin_unlimited(work: Work, matter: Matter, since: datetime) -> None:
    """Start from a change on what a unit had no limit for, where its tags set one now."""
    clocks = clocks_of_matter(work, matter)
    known = {one.step: one for one in clocks}
    for leg in legs_of(matter.acts):
        if leg.step not in UNIT_STEPS or leg.stopped_at is not None:
            continue
        one, start = known.get(leg.step), max(leg.started_at, since)
        if one is None:
            _start(clocks, matter, leg._replace(started_at=start), changed_at=start)
        elif not one.running and _unlimited(work, matter, one, leg):
            again = clocks.change(one, stopped_at=None, made_for=None, changed_at=start)
            _follow(clocks, matter, again, leg, anew=True)


def _unlimited(work: Work, matter: Matter, one: StoredClock, leg: Leg) -> bool:
    """Return whether a clock has no limit any more, by the tags it is for."""
    return _made(work, matter, leg, one.tags_or(matter.tags)) is None


def _over(clocks: Clocks, one: StoredClock, at: datetime) -> None:
    """Stop a clock that its round no longer has."""
    if one.running:
        end_pauses(clocks.work, one, at)
        clocks.stop(one, at, over=True)


def _follow(clocks: Clocks, matter: Matter, one: StoredClock, leg: Leg, *, anew: bool) -> None:
    """Bring one stored clock into line with its leg."""
    work = clocks.work
    if anew:
        tags, since = (
            one.tags_or(matter.tags),
            max(leg.started_at, one.changed_at or leg.started_at),
        )
        made = _made(work, matter, leg._replace(started_at=since), tags)
        if made is None:
            _over(clocks, one, work.at)
            return
        relief = relieved(work, work.timekeeper(), one.id, made, tags, one.changed_at)
        one = clocks.remake(
            one,
            relief,
            since,
            ANEW,
            noted=one.changed_at is not None,
            policy=work.policy_version,
            pressing=matter.pressing,
            unit_id=_unit(matter, leg.step),
        )
        if leg.held:
            clocks.change(one, next_at=None)
    if leg.stopped_at is not None and (anew or leg.stopped_at != one.stopped_at):
        _stop(clocks, matter, one, leg.stopped_at)
    elif leg.stopped_at is None and one.stopped_at is not None:
        if not _unlimited(work, matter, one, leg):
            _run_again(clocks, matter, clocks.go_on(one), leg)
    elif leg.stopped_at is None and not anew:
        _keep_running(clocks, matter, one, leg)


def _run_again(clocks: Clocks, matter: Matter, one: StoredClock, leg: Leg) -> None:
    """Let a clock that goes on as if it had never stopped be of the unit that has it now."""
    changes: dict[str, Any] = {"next_at": None} if leg.held else {}
    if leg.step in UNIT_STEPS:
        changes["unit_id"] = _unit(matter, leg.step)
    clocks.change(one, **changes)


def _stop(clocks: Clocks, matter: Matter, one: StoredClock, at: datetime) -> None:
    """Stop a clock by its act; what a sweep recorded after it is annulled, and told."""
    work = clocks.work
    wrong = clocks.stop(go_on(clocks, matter, one, at), at)
    if wrong:
        work.event(
            "crossing.annul",
            "ticket",
            matter.ticket_id,
            unit_id=matter.unit_id,
            payload={"step": one.step, "levels": wrong},
        )


def _keep_running(clocks: Clocks, matter: Matter, one: StoredClock, leg: Leg) -> None:
    """Let a clock that goes on have its unit, its weight and its next threshold."""
    changes: dict[str, Any] = {
        "unit_id": _unit(matter, leg.step),
        "pressing": matter.pressing,
    }
    if one.paused_at is None:
        if leg.held:
            changes["next_at"] = None
        elif one.next_at is None:
            changes["next_at"] = first_threshold(clocks.work, one)
    clocks.change(one, **changes)


# co-units


def settle_assistance(clocks: Clocks, matter: Matter, since: datetime) -> None:
    """Derive the clock of every co-unit again from the lead's; it runs until the unit answered.

    Nobody helps a matter that waits for dispatch; a clock of a unit that became the lead ends. A
    clock so derived always goes by the rules of the lead's, stands still with it, and never ends
    after it.
    """
    work = clocks.work
    lead, running = clocks.one("close"), {one.unit_id: one for one in clocks.running("assist")}
    if lead is None and not running:
        return
    helpers = co_units_of(work, matter)
    wanted = _awaited(matter, helpers.values()) if lead is not None else {}
    for unit_id, one in running.items():
        if unit_id not in wanted:
            helper = helpers.get(unit_id or 0)
            own = helper.replied_at if helper else None
            _over(clocks, one, own or matter.replied_at or matter.closed_at or work.at)
    if lead is None or not wanted:
        return
    tags = lead.tags_or(matter.tags)
    origin = Origin(lead.step, lead.limit_text, lead.started_at, tags)
    if lead.id:
        origin = origin_of(work, lead.id, lead, tags, since=lead.changed_at)
    keeper = clocks.keeper_of(lead)
    for unit_id, joined in wanted.items():
        start = max(joined, lead.started_at, lead.changed_at or joined)
        derived = assist_clock(keeper, lead, origin, start)
        _derive(clocks, matter, running.get(unit_id), lead, derived, unit_id, since)


def _derive(
    clocks: Clocks,
    matter: Matter,
    one: StoredClock | None,
    lead: StoredClock,
    derived: Remade,
    unit_id: int,
    since: datetime,
) -> None:
    """Let a co-unit's clock be as it follows from its lead's."""
    if one is None:
        if lead.paused_at is None:
            clocks.put(
                derived.clock,
                unit_id,
                pressing=matter.pressing,
                original_due_at=derived.original_due_at,
                policy=lead.policy,
                made_for=lead.made_for,
            )
        return
    if lead.paused_at is not None and one.paused_at is None:
        one = clocks.halt(one, max(lead.paused_at, one.started_at))
    goes_on = lead.paused_at is None and one.paused_at is not None
    same = cells(one) == cells(derived.clock)
    if not same or one.original_due_at != derived.original_due_at or goes_on:
        why = EXTENDED
        if goes_on and one.paused_at is not None:
            why, since = RESUMED, one.paused_at
        changed = lead.changed_at is not None and lead.changed_at > one.started_at
        if changed:
            why, since = ANEW, derived.clock.started_at
        elif one.limit_text != derived.clock.limit_text:
            why, since = ANEW, one.started_at
        one = clocks.remake(
            one,
            derived,
            since,
            why,
            noted=why == EXTENDED or changed,
            paused_at=None if goes_on else one.paused_at,
            policy=lead.policy,
            made_for=lead.made_for,
        )
    if one.pressing != matter.pressing:
        clocks.change(one, pressing=matter.pressing)


def _awaited(matter: Matter, helpers: Collection[CoUnit]) -> dict[int, datetime]:
    """Return the co-units whose answer is awaited and since when they help."""
    if matter.dispatched_at is None or matter.acts.returned:
        return {}
    return {
        one.unit_id: one.joined_at or matter.dispatched_at
        for one in helpers
        if one.replied_at is None and one.unit_id != matter.unit_id
    }


def _unit(matter: Matter, step: str) -> int | None:
    return matter.unit_id if step in UNIT_STEPS else None
