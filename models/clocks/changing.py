"""Changes of tags: whether the limits that run follow them, and what each answer would make of it.

Unless somebody decides otherwise a clock stays as it was made, for the tags it was made under. It
may count anew from the change, or from its start where the first entry was an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.clocks.granted import relieved
from models.clocks.reading import clocks_of_matter
from models.clocks.settling import started
from models.clocks.stored import cells
from models.matter import Matter
from models.store import Query, Source, Work
from models.tables import Deadline, Round
from rules.casework import UNIT_STEPS, legs_of
from rules.clocks import Clock, Tags, Timekeeper


def remember(work: Work, matter: Matter, tags: Tags) -> None:
    """Let the clocks of a round stay what they are: made under ``tags``, which it had until now.

    To be called before the clocks are settled under other tags.
    """
    clocks = clocks_of_matter(work, matter)
    for one in clocks:
        if one.made_for is None:
            clocks.change(one, made_for=tags.told())


def follow(work: Work, matter: Matter, since: datetime | None = None) -> tuple[str, ...]:
    """Let the clocks of a round be made for the tags it has now; return the steps to make anew.

    ``since``: only those that run, from then on. What settles them makes them anew.
    """
    clocks = clocks_of_matter(work, matter)
    units = (*UNIT_STEPS, "assist")
    found = list(clocks) if since is None else clocks.running(*units)
    for one in found:
        clocks.change(one, made_for=None, changed_at=since)
    return tuple({one.step: None for one in found})


@dataclass(frozen=True, slots=True)
class _Filed:
    """A clock of a ticket that is not of its round: of its review, of an instruction on it."""

    id: int
    version: int
    grid: str | None
    channel: str | None
    urgency: str | None


_FILED = Query(
    _Filed,
    """
SELECT id, version, grid, channel, urgency FROM deadline
WHERE ticket_id = :ticket AND stopped_at IS NULL AND subject_kind <> 'ticket'
""",
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A round of a ticket, and the place it counts in."""

    id: int
    version: int
    grid: str | None


_PLACED = Query(_Placed, "SELECT id, version, grid FROM round WHERE ticket_id = :ticket")


def refile(work: Work, matter: Matter) -> Matter:
    """Let the clocks that have not stopped follow place, channel and urgency of their ticket.

    Its rounds follow the place; returns the matter as it is then.
    """
    names = ("grid", "channel", "urgency")
    filed = dict(zip(names, matter.filed, strict=True))
    clocks = clocks_of_matter(work, matter)
    for one in clocks.running():
        clocks.change(one, **filed)
    clocks.write()
    others = [
        (one.id, one.version, {n: getattr(one, n) for n in names}, filed)
        for one in work.read(_FILED, ticket=matter.ticket_id)
    ]
    if others:
        work.update_rows(Deadline, names, others)
    placed = {"grid": filed["grid"]}
    rounds = [
        (one.id, one.version, {"grid": one.grid}, placed)
        for one in work.read(_PLACED, ticket=matter.ticket_id)
        if one.grid != placed["grid"]
    ]
    if not rounds:
        return matter
    work.update_rows(Round, ("grid",), rounds)
    moved = any(id == matter.round_id for id, *_ in rounds)
    return replace(matter, round_version=matter.round_version + moved)


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock is due under a limit."""

    limit_text: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A running clock for which the tags of its ticket would give another limit.

    ``stays`` as it is; ``change``: made anew from now, ``dispatch``: from its start, each None
    where the policy sets no such limit.
    """

    step: str
    stays: Due
    change: Due | None
    dispatch: Due | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running(Clock):
    """A running clock of a unit, with what it was made for."""

    id: int
    made_for: str | None


_RUNNING = Query(
    _Running,
    """
SELECT id, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at, provisional,
       source_fixed, made_for
FROM deadline WHERE round_id = :round AND subject_kind || '' = 'ticket' AND stopped_at IS NULL
ORDER BY due_at DESC, id
""",
)


def otherwise(
    source: Source, keeper: Timekeeper, matter: Matter, was: Tags, at: datetime
) -> Sequence[Otherwise]:
    """Return the clocks of a unit that its tags as they are now would have made otherwise.

    ``was`` are the tags that it had; what was made for other tags still is known of each clock.
    """
    legs = {leg.step: leg for leg in legs_of(matter.acts)}
    found = []
    for one in source.read(_RUNNING, round=matter.round_id):
        leg = legs.get(one.step)
        if leg is None or one.step not in UNIT_STEPS or one.source_fixed:
            continue
        tags = was if one.made_for is None else Tags.of(one.made_for)
        own, due = matter.limit_text, matter.due_fixed_at
        made = keeper.timed(one.step, one.limit_text, one.started_at, tags)
        new = started(keeper, leg._replace(started_at=one.started_at), matter.tags, due, own)
        if new is not None and cells(new) == cells(made):
            continue
        change = started(keeper, leg._replace(started_at=at), matter.tags, due, own)
        first = started(keeper, leg, matter.tags, due, own)
        if first is not None:
            first = relieved(source, keeper, one.id, first, matter.tags).clock
        stays = Due(one.limit_text, one.due_at)
        found.append(Otherwise(one.step, stays, _due(change), _due(first)))
    return found


def _due(clock: Clock | None) -> Due | None:
    return None if clock is None else Due(clock.limit_text, clock.due_at)
