"""What a file said of one appeal, kept so that importing again changes only what changed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from models.digests import Digester
from models.trail import canonical, iso
from rules.appeal import Appeal
from rules.timekeeper import Timekeeper

DIGESTED = frozenset({"title", "content", "reply", "reporter", "phone", "address"})
PERSONAL = frozenset({"reporter", "phone", "address"})
INSTANTS = ("received_at", "dispatched_at", "acknowledged_at", "contacted_at", "replied_at",
            "due_at", "closed_at", "rated_at")  # fmt: skip
PLAIN = ("number", "channel", "external_id", "nature", "category", "urgency", "object", "grid",
         "unit", "handler", "outcome", "result_rating", "work_rating")  # fmt: skip

Values = dict[str, str]


def row_values(appeal: Appeal, digester: Digester, keeper: Timekeeper) -> Values:
    """Return the columns a row fills, as text; what is private or long only as its digest.

    An instant is ISO in UTC, or ``YYYY-MM-DD`` where the source gave no time of day.
    """
    values: Values = {}
    for name in PLAIN:
        if value := getattr(appeal, name):
            values[name] = value
    for name in DIGESTED:
        if value := getattr(appeal, name):
            values[name] = digester.of(value)
    for name in INSTANTS:
        if (instant := getattr(appeal, name)) is not None:
            values[name] = instant_value(instant, name in appeal.date_only, keeper)
    if appeal.confidential is not None:
        values["confidential"] = "1" if appeal.confidential else "0"
    if appeal.co_units:
        values["co_units"] = ";".join(appeal.co_units)
    return values


def instant_value(instant: datetime, date_only: bool, keeper: Timekeeper) -> str:
    """Return an instant as import_row keeps it."""
    return keeper.local(instant).date().isoformat() if date_only else iso(instant)


def packed(values: Values) -> tuple[str, str]:
    """Return the digest of values and their one JSON text."""
    text = canonical(values)
    return sha256(text.encode()).hexdigest(), text


def told(appeal: Appeal) -> dict[str, Any]:
    """Return an appeal's columns as text for a rejects file."""
    cells: dict[str, Any] = {}
    for name in (*PLAIN, *sorted(DIGESTED)):
        if value := getattr(appeal, name):
            cells[name] = str(value)
    for name in INSTANTS:
        if (instant := getattr(appeal, name)) is not None:
            cells[name] = iso(instant)
    return cells
