"""The clocks of co-units (协办): each its own, one working day shorter than the lead unit's."""

from __future__ import annotations

from datetime import datetime

from models import clocks
from models.matter import Matter
from models.tables import Deadline
from models.work import Work
from rules.assistance import assist_clock
from rules.course import Leg


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


def _restart(work: Work, matter: Matter, running: clocks.Running, start: datetime) -> None:
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
