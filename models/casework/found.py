"""Matters found by what another system calls them, or because their citizen is unsatisfied."""

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
