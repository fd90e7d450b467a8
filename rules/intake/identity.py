"""Which appeal a row speaks of, so that importing again finds it (DESIGN §6, Identity)."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256

from rules.casework import Appeal


def identity_of(appeal: Appeal, source: str) -> str:
    """Return the key by which ``source`` knows ``appeal``; unique only within that source.

    ``n:`` and the ticket number where the row gives one; else ``x:`` with source and external
    id; else ``d:`` and a digest of channel, received_at, title and content.
    """
    if appeal.number:
        return f"n:{appeal.number}"
    if appeal.external_id:
        return f"x:{source}/{appeal.external_id}"
    return f"d:{_digest(appeal)}"


def _digest(appeal: Appeal) -> str:
    """SHA-256 over the four fields, each led by its length so that none runs into the next."""
    received = appeal.received_at.astimezone(UTC).isoformat() if appeal.received_at else ""
    hashed = sha256()
    for part in (appeal.channel, received, appeal.title, appeal.content):
        encoded = part.encode()
        hashed.update(b"%d:" % len(encoded))
        hashed.update(encoded)
    return hashed.hexdigest()
