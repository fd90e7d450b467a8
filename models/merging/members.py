"""What is merged, as it is kept: a lead with those under it. No ORM is imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.merging import marked


@dataclass(frozen=True, slots=True)
class Member:
    """One appeal that is or was under a lead, with what is needed to show it masked.

    ``due_at`` is when it was due by its own clock as it joined, ``lead_due_at`` when the lead was
    until then.
    """

    ticket_id: int
    version: int
    lead_id: int
    number: str
    title: str
    nature: str
    state: str
    kind: str
    joined_at: datetime
    due_at: datetime | None
    lead_due_at: datetime | None
    told_at: datetime | None
    told_how: str | None
    left_at: datetime | None
    left_reason: str | None
    objection: str | None
    result_rating: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool

    @property
    def present(self) -> bool:
        """Whether it is under the lead now."""
        return self.left_at is None


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead with what is under it now: how many, how many citizens are not told yet."""

    ticket_id: int
    number: str
    title: str
    nature: str
    unit: str
    state: str
    kind: str
    merged: int
    untold: int
    due_at: datetime | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


def members_of(source: Source, ticket_id: int) -> tuple[Member, ...]:
    """Return what is under the lead of a ticket, or under itself; those that left come last."""
    return tuple(source.read(_OF_GROUP, id=ticket_id))


def leads(source: Source) -> tuple[Lead, ...]:
    """Return every lead with what is under it, the soonest due first, closed ones last."""
    return tuple(source.read(_LEADS))


def merged_counts(source: Source, ticket_ids: Iterable[int]) -> dict[int, int]:
    """Return for leads among some tickets how many appeals are under each."""
    ids = sorted(set(ticket_ids))
    found = source.read(_COUNTS, ids=ids) if ids else ()
    return {one.ticket_id: one.merged for one in found}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a ticket is merged: how many are under it, or the number of its lead."""

    ticket_id: int
    merged: int
    lead: str | None

    @property
    def words(self) -> str:
        """How a list marks it."""
        return marked(self.merged, self.lead)


def marks(source: Source, ticket_ids: Iterable[int]) -> dict[int, Mark]:
    """Return how tickets are merged, of those that are; leads and what is under them alike."""
    ids = sorted(set(ticket_ids))
    return {one.ticket_id: one for one in (source.read(_MARKS, ids=ids) if ids else ())}


def lead_of(source: Source, ticket_id: int) -> tuple[int, str] | None:
    """Return the id and number of what a ticket is merged into, None where it is not."""
    found = source.first(_LEAD_OF, id=ticket_id)
    return None if found is None else (found.ticket_id, found.number)


_OF_GROUP = Query(
    Member,
    """
SELECT t.id AS ticket_id, t.version, m.lead_id, t.number, t.title, t.nature, r.state, m.kind,
       m.joined_at, m.due_at, m.lead_due_at, m.told_at, m.told_how, m.left_at, m.left_reason,
       m.objection, r.result_rating, p.reporter, p.phone, p.address, t.confidential
FROM merged m JOIN ticket t ON t.id = m.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE m.lead_id = coalesce((SELECT l.merged_into FROM ticket l WHERE l.id = :id), :id)
ORDER BY (m.left_at IS NOT NULL), m.joined_at, t.number
""",
)
_LEADS = Query(
    Lead,
    """
WITH led AS (
    SELECT m.lead_id, max(m.kind) AS kind, count(*) AS merged,
           count(*) FILTER (WHERE m.told_at IS NULL) AS untold
    FROM merged m WHERE m.left_at IS NULL GROUP BY m.lead_id)
SELECT t.id AS ticket_id, t.number, t.title, t.nature, coalesce(u.short_name, '') AS unit, r.state,
       led.kind, led.merged, led.untold, d.due_at, p.reporter, p.phone, p.address, t.confidential
FROM led JOIN ticket t ON t.id = led.lead_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
LEFT JOIN citizen p ON p.ticket_id = t.id
ORDER BY (t.state = 'closed'), d.due_at, t.number
""",
)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many appeals are under a lead."""

    ticket_id: int
    merged: int


_MARKS = Query(
    Mark,
    """
SELECT merged_into AS ticket_id, count(*) AS merged, CAST(NULL AS varchar) AS lead
FROM ticket WHERE merged_into IN (:ids) GROUP BY merged_into
UNION ALL
SELECT t.id, 0, l.number FROM ticket t JOIN ticket l ON l.id = t.merged_into WHERE t.id IN (:ids)
""",
)
_COUNTS = Query(
    _Count,
    """
SELECT merged_into AS ticket_id, count(*) AS merged FROM ticket
WHERE merged_into IN (:ids) GROUP BY merged_into
""",
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A ticket by its number."""

    ticket_id: int
    number: str


_LEAD_OF = Query(
    _Number,
    """
SELECT l.id AS ticket_id, l.number FROM ticket t JOIN ticket l ON l.id = t.merged_into
WHERE t.id = :id
""",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket stands to merging: what leads it, how many are under it, how far it is."""

    ticket_id: int
    version: int
    number: str
    title: str
    nature: str
    unit: str
    state: str
    due_at: datetime | None
    merged: int
    lead: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


def standings(source: Source, ticket_ids: Iterable[int]) -> tuple[Standing, ...]:
    """Return how tickets stand to merging: leads first, then the furthest, then the soonest due."""
    ids = sorted(set(ticket_ids))
    return tuple(source.read(_STANDINGS, ids=ids)) if ids else ()


_STANDINGS = Query(
    Standing,
    """
SELECT t.id AS ticket_id, t.version, t.number, t.title, t.nature,
       coalesce(u.short_name, t.unit_text, '') AS unit, r.state, d.due_at,
       (SELECT count(*) FROM ticket m WHERE m.merged_into = t.id) AS merged, l.number AS lead,
       p.reporter, p.phone, p.address, t.confidential
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN ticket l ON l.id = t.merged_into
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close' AND d.subject_kind = 'ticket'
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.id IN (:ids)
ORDER BY 9 DESC, CASE r.state WHEN 'replied' THEN 0 WHEN 'acknowledged' THEN 1
    WHEN 'dispatched' THEN 2 WHEN 'waiting' THEN 3 ELSE 4 END, d.due_at, t.id
""",
)
