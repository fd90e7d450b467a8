"""Matters to act on, chosen by how they stand against their close clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Reader


@dataclass(frozen=True, slots=True)
class LateMatter:
    """A matter and the instant it turned red, or would."""

    ticket_id: int
    red_at: datetime


def late_matters(reader: Reader, before: datetime, n: int) -> Sequence[LateMatter]:
    """Return at most ``n`` open matters that were red ``before``, the longest first."""
    return reader.read(_OPEN, before=before, n=n)


def late_and_closed(reader: Reader, before: datetime, done: datetime) -> Iterator[LateMatter]:
    """Give the matter longest red ``before`` and closed after it, by ``done``."""
    yield from reader.read(_CLOSED, before=before, done=done)


def matters_in_hand(reader: Reader, since: datetime, now: datetime, n: int) -> Sequence[LateMatter]:
    """Return at most ``n`` matters a unit has had in hand ``since``, the soonest due first.

    Only those on an office limit of their nature: no fixed date, nothing pressing.
    """
    return reader.read(_IN_HAND, since=since, now=now, n=n)


_LATE = Query(
    LateMatter,
    """
SELECT d.ticket_id, d.red_at FROM deadline d
JOIN round r ON r.id = d.round_id JOIN ticket t ON t.id = d.ticket_id
WHERE d.subject_kind = 'ticket' AND d.step = 'close'
""",
)
_OPEN = _LATE.also("""
  AND d.leads AND d.stopped_at IS NULL AND d.paused_at IS NULL AND d.red_at < :before
  AND t.nature NOT IN ('表扬', '建议') ORDER BY d.red_at, t.number LIMIT :n
""")
_CLOSED = _LATE.also("""
  AND t.state = 'closed' AND t.nature NOT IN ('表扬', '建议')
  AND d.red_at < :before AND d.stopped_at > :before AND d.stopped_at < :done
ORDER BY d.red_at, t.number LIMIT 1
""")
_IN_HAND = _LATE.also("""
  AND d.leads AND d.stopped_at IS NULL AND d.paused_at IS NULL
  AND NOT d.source_fixed AND NOT d.pressing AND r.state = 'acknowledged'
  AND r.contacted_at < :since AND r.acknowledged_at < :since AND d.due_at > :now
  AND t.nature IN ('投诉', '求助', '举报') ORDER BY d.due_at, t.number LIMIT :n
""")
