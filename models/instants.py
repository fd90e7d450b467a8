"""Instants as the store keeps them: aware UTC in whole seconds, one text form on SQLite."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(instant: datetime) -> str:
    """Return the text SQLite holds for an aware instant, the form sqlmodel's own type writes."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return utc.isoformat(" ", "seconds")[:19] + ".000000"


def from_text(text: str) -> datetime:
    """Return the aware UTC instant of SQLite's text form."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def whole_second(instant: datetime) -> datetime:
    """Return an aware instant in UTC without its fraction of a second."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return instant.astimezone(UTC).replace(microsecond=0)
