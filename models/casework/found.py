"""Matters found by what another system calls them, or by what their unit or citizen may dispute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source

CHUNK = 500  # names asked for at once


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A ticket by the number its source gave it."""

    ticket_id: int
    external_id: str


@dataclass(frozen=True, slots=True)
class Unsatisfied:
    """A matter whose citizen was unsatisfied at ``opened_at``, and whose review is undecided.

    ``due_at`` is until when it should be decided, None where no clock runs for it.
    """

    ticket_id: int
    number: str
    unit_id: int
    opened_at: datetime
    due_at: datetime | None
    confidential: bool


@dataclass(frozen=True, slots=True)
class Disputable:
    """What a unit may dispute: that it was handed a matter, was late, or is to blame, at ``at``.

    ``judge`` is the login of who found it to blame, empty where nobody did.
    """

    ticket_id: int
    number: str
    unit_id: int
    at: datetime
    rated_at: datetime | None
    judge: str


_KNOWN_AS = Query(
    KnownAs,
    """
SELECT id AS ticket_id, external_id FROM ticket
WHERE source = :source AND external_id IN (:names)
""",
)

_UNSATISFIED = Query(
    Unsatisfied,
    """
SELECT v.ticket_id, t.number, r.lead_unit_id AS unit_id, v.opened_at, d.due_at, t.confidential
FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = v.ticket_id
LEFT JOIN deadline d ON d.subject_kind = 'review' AND d.subject_id = v.id AND d.stopped_at IS NULL
WHERE v.decided_at IS NULL AND r.n = t.rounds AND r.lead_unit_id IS NOT NULL
ORDER BY v.opened_at, t.number
""",
)

_BLAMED = Query(
    Disputable,
    """
SELECT t.id AS ticket_id, t.number, r.lead_unit_id AS unit_id, v.decided_at AS at, r.rated_at,
       o.login AS judge
FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = v.ticket_id
JOIN operator o ON o.id = v.decided_by
WHERE v.verdict = 'unit' AND r.n = t.rounds AND v.decided_at >= :from_at AND v.decided_at < :to_at
ORDER BY v.decided_at, t.number
""",
)

_DISPATCHED = Query(
    Disputable,
    """
SELECT t.id AS ticket_id, t.number, r.lead_unit_id AS unit_id, r.dispatched_at AS at, r.rated_at,
       '' AS judge
FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
WHERE r.lead_unit_id IS NOT NULL AND r.routed_by IS NULL
  AND r.dispatched_at >= :from_at AND r.dispatched_at < :to_at
ORDER BY r.dispatched_at, t.number LIMIT :n
""",
)

_LATE = Query(
    Disputable,
    """
SELECT t.id AS ticket_id, t.number, r.lead_unit_id AS unit_id, r.closed_at AS at, r.rated_at,
       '' AS judge
FROM round r JOIN ticket t ON t.id = r.ticket_id AND t.rounds = r.n
JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
WHERE r.lead_unit_id IS NOT NULL AND r.closed_at >= :from_at AND r.closed_at < :to_at
  AND d.stopped_at > d.due_at
ORDER BY r.closed_at, t.number LIMIT :n
""",
)


def known_as(source: Source, system: str, names: Sequence[str]) -> dict[str, int]:
    """Return the tickets of a system (``ticket.source``) by the numbers it gave them."""
    found: dict[str, int] = {}
    for start in range(0, len(names), CHUNK):
        chunk = list(names[start : start + CHUNK])
        for one in source.read(_KNOWN_AS, source=system, names=chunk):
            found[one.external_id] = one.ticket_id
    return found


def unsatisfied_matters(source: Source) -> list[Unsatisfied]:
    """Return the matters that wait for a verdict, the first that was rated first."""
    return source.read(_UNSATISFIED)


def blamed_units(source: Source, from_at: datetime, to_at: datetime) -> list[Disputable]:
    """Return the verdicts of a time by which a unit is to blame, the first one first."""
    return source.read(_BLAMED, from_at=from_at, to_at=to_at)


def handed_matters(source: Source, from_at: datetime, to_at: datetime, n: int) -> list[Disputable]:
    """Return at most ``n`` matters handed to a unit in a time, the first one first."""
    return source.read(_DISPATCHED, from_at=from_at, to_at=to_at, n=n)


def closed_late(source: Source, from_at: datetime, to_at: datetime, n: int) -> list[Disputable]:
    """Return at most ``n`` matters closed too late in a time, the first one first."""
    return source.read(_LATE, from_at=from_at, to_at=to_at, n=n)
