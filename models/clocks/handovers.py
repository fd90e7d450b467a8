"""转派 of an appeal as its trail tells them: when it went from which unit to which."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.clocks import Move


@dataclass(frozen=True, slots=True)
class HandOver:
    """An event that gave an appeal to a unit: from which, where it is known, and since when there.

    ``again``: it was handed on while it ran (转派), and not given to its first unit.
    """

    at: datetime
    before: str
    unit: str
    since: datetime | None
    again: bool


def hand_overs(source: Source, ticket_id: int) -> tuple[HandOver, ...]:
    """Return what stands of the hand-overs of an appeal, in their order."""
    standing: list[_Event] = []
    gone: list[tuple[int, int]] = []
    for event in reversed(source.read(_EVENTS, id=ticket_id)):
        if any(first <= event.seq <= last for first, last in gone):
            continue
        if event.reverts is None:
            standing.append(event)
        else:
            gone.append(event.reverts)
    standing.reverse()
    ids = {event.from_unit for event in standing} - {0}
    named = source.rows(_NAMES, ids=sorted(ids)) if ids else ()
    names: dict[int, str] = {id: name for id, name in named}
    found: list[HandOver] = []
    for event in standing:
        unit, since = (found[-1].unit, found[-1].at) if found else ("", None)
        before, again = names.get(event.from_unit, unit), event.verb == "ticket.transfer"
        found.append(HandOver(event.at, before, event.unit, since, again))
    return tuple(found)


def moves_during(
    handed: Sequence[HandOver], opened: datetime, start: datetime, until: datetime | None
) -> tuple[Move, ...]:
    """Return the moves of a round, opened then, that fall within a clock's time.

    What comes after the clock's start is one; at its start only what is no first dispatch.
    """
    return tuple(
        Move(one.at, one.before, one.unit)
        for one in handed
        if one.at >= opened and start <= one.at and (until is None or one.at <= until)
        if one.at > start or one.again or (one.since is not None and one.since >= opened)
        if one.before != one.unit
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """A hand-over in the trail, or an undo that took one back, or did it again."""

    seq: int
    at: datetime
    verb: str
    unit: str
    payload: str

    @property
    def reverts(self) -> tuple[int, int] | None:
        """The first and the last event that it takes back, if it takes back any."""
        if self.verb not in ("ticket.undo", "ticket.redo"):
            return None
        said = json.loads(self.payload)
        return int(said["from"]), int(said["to"])

    @property
    def from_unit(self) -> int:
        """The unit that a 转派 took it from; 0 where it is none, or had none."""
        return int(json.loads(self.payload).get("from_unit") or 0)


_EVENTS = Query(
    _Event,
    """
SELECT e.seq, e.at, e.verb, coalesce(u.name, '') AS unit, e.payload
FROM event e LEFT JOIN unit u ON u.id = e.unit_id
WHERE e.subject_kind = 'ticket' AND e.subject_id = :id
  AND e.verb IN ('ticket.dispatch', 'ticket.transfer', 'ticket.undo', 'ticket.redo')
ORDER BY e.seq
""",
)

_NAMES = "SELECT id, name FROM unit WHERE id IN (:ids)"
