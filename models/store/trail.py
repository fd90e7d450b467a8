"""The trail: events chained by hash, so that any later change of the record is found.

What a hash covers is the event's fields as stored, in this order: seq, at, recorded_at, operator,
verb, subject_kind, subject_id, unit_id, batch, reason, payload, policy, calendar; as a JSON
array, instants as ``YYYY-MM-DDTHH:MM:SSZ``, after the hash of the event before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from models.store.reader import Reader
from models.store.rows import Query


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
    prev_hash: str
    hash: str

    @property
    def covered(self) -> tuple[Any, ...]:
        """What its hash covers besides the hash of the event before."""
        *fields, _, _ = self
        return tuple(fields)


EVENT_COLUMNS = StoredEvent._fields
*EVENT_FIELDS, _, _ = EVENT_COLUMNS

EVENTS = Query(StoredEvent, f"SELECT {', '.join(EVENT_COLUMNS)} FROM event ORDER BY seq")


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the trail ends."""

    count: int
    hash: str


_HEAD = Query(_Head, "SELECT count, hash FROM trail_head")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class PendingEvent:
    """An event that waits for its place in the chain."""

    at: datetime
    verb: str
    subject_kind: str
    subject_id: int | None
    unit_id: int | None
    batch: str | None
    reason: str | None
    payload: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``audit verify`` found: ``first_bad`` is the seq of the first event that is wrong."""

    events: int
    ok: bool
    first_bad: int | None
    head: str


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, characters as they are."""
    return _encode(value)


def iso(instant: datetime) -> str:
    """Return an aware UTC instant as the hash covers it."""
    return instant.isoformat("T", "seconds")[:19] + "Z"


def chain_hash(prev_hash: str, fields: Iterable[Any]) -> str:
    """Return the hash of an event from the hash before it and its fields in ``FIELDS`` order."""
    body = _encode([iso(f) if isinstance(f, datetime) else f for f in fields])
    return hashlib.sha256((prev_hash + body).encode()).hexdigest()


def verify_trail(reader: Reader, anchor: str | None = None) -> Verification:
    """Recompute the whole chain; with ``anchor``, that hash must stand somewhere in it.

    A rewrite of everything is consistent in itself: only an anchor kept elsewhere finds it.
    """
    head = reader.first(_HEAD) or _Head(0, "")
    prev, seen, found = "", 0, anchor is None or anchor == ""
    for chunk in reader.stream(EVENTS):
        for event in chunk:
            seen += 1
            own = event.hash
            chained = event.seq == seen and event.prev_hash == prev
            if not chained or chain_hash(prev, event.covered) != own:
                return Verification(head.count, False, seen, head.hash)
            prev = own
            found = found or own == anchor
    if seen != head.count or prev != head.hash:
        return Verification(head.count, False, min(seen, head.count) + 1, head.hash)
    return Verification(head.count, found, None if found else 1, head.hash)
