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
from typing import Any

from models.store.reader import Reader

EVENT_FIELDS = ("seq", "at", "recorded_at", "operator", "verb", "subject_kind", "subject_id", "unit_id",
          "batch", "reason", "payload", "policy", "calendar")  # fmt: skip


EVENT_COLUMNS = (*EVENT_FIELDS, "prev_hash", "hash")


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
    head_count, head_hash = reader.one("SELECT count, hash FROM trail_head") or (0, "")
    prev, seen, found = "", 0, anchor is None or anchor == ""
    sql = f"SELECT {', '.join(EVENT_COLUMNS)} FROM event ORDER BY seq"
    for chunk in reader.stream(sql):
        for row in chunk:
            seen += 1
            *fields, prev_hash, own = row
            if fields[0] != seen or prev_hash != prev or chain_hash(prev, fields) != own:
                return Verification(head_count, False, seen, head_hash)
            prev = own
            found = found or own == anchor
    if seen != head_count or prev != head_hash:
        return Verification(head_count, False, min(seen, head_count) + 1, head_hash)
    return Verification(head_count, found, None if found else 1, head_hash)
