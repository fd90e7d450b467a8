"""All that is kept of some appeals that a paper may speak of, read at one go."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from models.store import Query, Source
from rules.clocks import Tags
from rules.orders import MERGE_VERBS, READ_VERBS, Told

PREFIX = "ticket."


@dataclass(frozen=True, slots=True)
class Ticket:
    """An appeal, and who brought it."""

    ticket_id: int
    number: str
    title: str
    content: str
    nature: str
    category: str | None
    confidential: bool
    channel: str
    urgency: str
    received_at: datetime
    due_fixed_at: datetime | None
    reporter: str | None
    phone: str | None
    address: str | None
    person: str | None


_TICKET = """
SELECT t.id AS ticket_id, t.number, t.title, t.content, t.nature, t.category, t.confidential,
       t.channel, t.urgency, t.received_at, t.due_fixed_at, p.reporter, p.phone, p.address,
       p.reporter_key AS person
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
"""
_TICKETS = Query(Ticket, f"{_TICKET} WHERE t.id IN (:ids)")
_NUMBERED = Query(Ticket, f"{_TICKET} WHERE t.number IN (:numbers) ORDER BY t.id")


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an appeal's trail."""

    ticket_id: int
    seq: int
    at: datetime
    verb: str
    unit_id: int | None
    payload: str

    @property
    def told(self) -> Told:
        """The event as a replay reads it."""
        said: dict[str, Any] = json.loads(self.payload)
        verb = self.verb.removeprefix(PREFIX)
        return Told(self.seq, self.at, verb, self.unit_id, said)


_EVENTS = Query(
    Event,
    """
SELECT subject_id AS ticket_id, seq, at, verb, unit_id, payload FROM event
WHERE subject_kind = 'ticket' AND subject_id IN (:ids) AND verb IN (:verbs) ORDER BY seq
""",
)
_READ = tuple(f"{PREFIX}{verb}" for verb in READ_VERBS)
_UNDER = tuple(f"{PREFIX}{verb}" for verb in MERGE_VERBS)


@dataclass(frozen=True, slots=True)
class UnitClock:
    """A close or acknowledge clock of a round."""

    ticket_id: int
    id: int
    n: int
    step: str
    limit_text: str
    started_at: datetime
    due_at: datetime
    original_due_at: datetime
    policy: int
    calendar: int
    source_fixed: bool
    assumed: bool
    unit: str | None
    grid: str | None
    campaign: str | None
    made_for: str | None
    changed_at: datetime | None

    def tags(self, ticket: Ticket) -> Tags:
        """What of its appeal chose its limit."""
        if self.made_for is not None:
            return Tags.of(self.made_for)
        return Tags(
            ticket.nature,
            ticket.urgency,
            ticket.category,
            ticket.channel,
            self.unit,
            self.grid,
            self.n,
            self.campaign,
        )


_CLOCKS = Query(
    UnitClock,
    """
SELECT d.ticket_id, d.id, r.n, d.step, d.limit_text, d.started_at, d.due_at, d.original_due_at,
       d.policy, d.calendar, d.source_fixed, r.dispatch_assumed AS assumed,
       u.code AS unit, d.grid, g.name AS campaign, d.made_for, d.changed_at
FROM deadline d JOIN round r ON r.id = d.round_id JOIN ticket t ON t.id = r.ticket_id
LEFT JOIN unit u ON u.id = d.unit_id LEFT JOIN campaign g ON g.id = t.campaign_id
WHERE d.subject_kind = 'ticket' AND d.subject_id IN (:ids) AND d.step IN ('close', 'acknowledge')
ORDER BY d.started_at, d.id
""",
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A pause or an extension that was granted of a close clock; an extension has a limit."""

    ticket_id: int
    deadline_id: int
    from_at: datetime
    to_at: datetime | None
    limit_text: str | None
    decided_at: datetime


_GRANTS = Query(
    Grant,
    """
SELECT d.ticket_id, p.deadline_id, p.from_at, p.to_at, CAST(NULL AS varchar) AS limit_text,
       p.decided_at
FROM round r CROSS JOIN deadline d CROSS JOIN pause p
WHERE r.ticket_id IN (:ids) AND d.round_id = r.id AND d.step = 'close'
  AND p.deadline_id = d.id AND p.granted
UNION ALL
SELECT d.ticket_id, e.deadline_id, e.asked_at, NULL, e.limit_text, e.decided_at
FROM round r CROSS JOIN deadline d CROSS JOIN extension e
WHERE r.ticket_id IN (:ids) AND d.round_id = r.id AND d.step = 'close'
  AND e.deadline_id = d.id AND e.granted
ORDER BY 6, 3
""",
)


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating that a citizen gave of a round."""

    ticket_id: int
    n: int
    at: datetime
    result_rating: str | None
    work_rating: str | None


_RATINGS = Query(
    Rating,
    """
SELECT r.ticket_id, r.n, g.at, g.result_rating, g.work_rating
FROM rating g JOIN round r ON r.id = g.round_id WHERE r.ticket_id IN (:ids) ORDER BY g.at, g.id
""",
)


@dataclass(frozen=True, slots=True)
class CoUnit:
    """A co-unit of a round; without ``joined_at`` it came with the dispatch."""

    ticket_id: int
    n: int
    unit_id: int
    joined_at: datetime | None


_CO_UNITS = Query(
    CoUnit,
    """
SELECT r.ticket_id, r.n, u.unit_id, u.joined_at
FROM round_unit u JOIN round r ON r.id = u.round_id WHERE r.ticket_id IN (:ids)
""",
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved a close clock, its due before: a change of limits, or of a lead's whatever did.

    That is a merge, a split or an extension; an extension also of what was changed.
    """

    ticket_id: int
    at: datetime
    due_at: datetime


_MOVED = Query(
    Moved,
    """
SELECT lead_id AS ticket_id, joined_at AS at, lead_due_at AS due_at FROM merged
WHERE lead_id IN (:ids) AND lead_due_at IS NOT NULL
UNION ALL
SELECT lead_id, left_at, left_due_at FROM merged
WHERE lead_id IN (:ids) AND left_due_at IS NOT NULL
UNION ALL
SELECT m.lead_id, e.decided_at, e.due_before
FROM (SELECT lead_id FROM merged WHERE lead_id IN (:ids)
      UNION SELECT r.ticket_id FROM limit_change c JOIN round r ON r.id = c.round_id
      WHERE r.ticket_id IN (:ids) AND c.due_before IS NOT NULL) m
JOIN deadline d ON d.ticket_id = m.lead_id AND d.subject_kind = 'ticket' AND d.step = 'close'
JOIN extension e ON e.deadline_id = d.id AND e.granted AND e.due_before IS NOT NULL
UNION ALL
SELECT r.ticket_id, c.decided_at, c.due_before FROM limit_change c JOIN round r ON r.id = c.round_id
WHERE r.ticket_id IN (:ids) AND c.due_before IS NOT NULL
ORDER BY 2, 3
""",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit is called."""

    id: int
    name: str


_UNITS = Query(Unit, "SELECT id, name FROM unit")


class OfTicket(Protocol):
    """A row of an appeal."""

    @property
    def ticket_id(self) -> int:
        """Whose row it is."""


T = TypeVar("T", bound=OfTicket)


def _each(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.ticket_id].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """All that is kept of some appeals that a paper may speak of."""

    tickets: Sequence[Ticket]
    events: dict[int, list[Event]]
    clocks: dict[int, list[UnitClock]]
    grants: dict[int, list[Grant]]
    ratings: dict[int, list[Rating]]
    co_units: dict[int, list[CoUnit]]
    moved: dict[int, list[Moved]]
    units: dict[int, str]
    joined: dict[str, Ticket]

    @classmethod
    def read(cls, source: Source, ids: list[int]) -> Known:
        """Read it, each table once, and again of what was merged into them."""
        tickets = source.read(_TICKETS, ids=ids)
        events = source.read(_EVENTS, ids=ids, verbs=list(_READ))
        joined = _joined(source, events)
        if joined:
            under = [one.ticket_id for one in joined if one.ticket_id not in ids]
            events += source.read(_EVENTS, ids=under, verbs=list(_UNDER))
        return cls(
            tickets,
            _each(events),
            _each(source.read(_CLOCKS, ids=ids)),
            _each(source.read(_GRANTS, ids=ids)),
            _each(source.read(_RATINGS, ids=ids)),
            _each(source.read(_CO_UNITS, ids=ids)),
            _each(source.read(_MOVED, ids=ids)),
            {unit.id: unit.name for unit in source.read(_UNITS)},
            {one.number: one for one in joined},
        )


def _joined(source: Source, events: Sequence[Event]) -> Sequence[Ticket]:
    """Return the appeals that were ever merged into those of some events, as these tell."""
    merges = [one.told for one in events if one.verb == f"{PREFIX}merge"]
    numbers = {number for one in merges for number in one.payload.get("numbers", ())}
    return source.read(_NUMBERED, numbers=sorted(numbers)) if numbers else ()
