"""The trail: events chained by hash, so that any later change of the record is found.

What a hash covers is the event's fields as stored, in this order: seq, at, recorded_at, operator,
verb, subject_kind, subject_id, unit_id, batch, reason, payload, policy, calendar, and since form 2
form and seal; as a JSON array, instants as ``YYYY-MM-DDTHH:MM:SSZ``, after the hash of the event
before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from models.store.rows import Query
from models.store.seals import FORM


class StoredEvent(NamedTuple):
    """An event as the trail holds it, in the order in which its hash covers the fields."""

    seq: int
    at: datetime
    recorded_at: datetime
    operator: str
    verb: str
    subject_kind: str
    subject_id: int | None
    unit_id: int | None
    batch: str | None
    reason: str | None
    payload: str
    policy: int
    calendar: int
    form: int
    seal: str | None
    prev_hash: str
    hash: str

    @property
    def covered(self) -> tuple[Any, ...]:
        """What its hash covers besides the hash of the event before."""
        return tuple(self[:13] if self.form == 1 else self[:15])


EVENT_COLUMNS = StoredEvent._fields
*EVENT_FIELDS, _, _ = EVENT_COLUMNS

EVENTS = Query(StoredEvent, f"SELECT {', '.join(EVENT_COLUMNS)} FROM event ORDER BY seq")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(slots=True)
class PendingEvent:
    """An event that waits for its place in the chain, and for the seal of its subject."""

    at: datetime
    verb: str
    subject_kind: str
    subject_id: int | None
    unit_id: int | None
    batch: str | None
    reason: str | None
    payload: str
    form: int = FORM
    seal: str | None = None


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, characters as they are."""
    return _encode(value)


@lru_cache(maxsize=1 << 14)
def iso(instant: datetime) -> str:
    """Return an aware UTC instant as the hash covers it; many events share theirs."""
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return utc.isoformat("T", "seconds")[:19] + "Z"


def chain_hash(prev_hash: str, fields: Iterable[Any]) -> str:
    """Return the hash of an event from the hash before it and its fields in ``FIELDS`` order."""
    body = _encode([iso(f) if isinstance(f, datetime) else f for f in fields])
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()
