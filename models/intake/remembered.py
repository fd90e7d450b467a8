"""What files said of an appeal, kept so that importing again changes only what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from operator import attrgetter
from typing import Any

from models.store import Source, canonical, iso
from rules.casework import KEPT_TITLES, Appeal
from rules.text import is_masked

_KEY = "SELECT value FROM setting WHERE key = 'digest_key'"


class Digester:
    """Digests under the store's own key, so that nobody can try out telephone numbers."""

    def __init__(self, source: Source) -> None:
        """Read the store's key."""
        key = str(source.value(_KEY))
        self._keyed = blake2b(key=bytes.fromhex(key), digest_size=16)

    def of(self, value: str) -> str:
        """Return the 32 hexadecimal digits that stand for a value."""
        hashed = self._keyed.copy()
        hashed.update(value.encode())
        return hashed.hexdigest()

    def person(self, reporter: str | None, phone: str | None) -> str | None:
        """Return what tells one reporter from another: the telephone number, or the name."""
        if phone and not is_masked(phone):
            return self.of(phone)
        known = f"{reporter or ''}|{phone or ''}"
        return self.of(known) if known != "|" else None


DIGESTED = frozenset({"title", "content", "reply", "reporter", "phone", "address"})

PERSONAL = frozenset({"reporter", "phone", "address"})

INSTANTS = (
    "received_at",
    "dispatched_at",
    "acknowledged_at",
    "contacted_at",
    "replied_at",
    "due_at",
    "closed_at",
    "rated_at",
)

PLAIN = (
    "number",
    "channel",
    "external_id",
    "nature",
    "category",
    "urgency",
    "object",
    "grid",
    "unit",
    "handler",
    "outcome",
    "result_rating",
    "work_rating",
)

WHOLE_DAY = "/P1D"

_TO_ITS_END = timedelta(hours=23, minutes=59, seconds=59)

_DIGESTED = tuple(sorted(DIGESTED))

_plain, _digested, _instants = attrgetter(*PLAIN), attrgetter(*_DIGESTED), attrgetter(*INSTANTS)

RowValues = dict[str, str]


def row_values(appeal: Appeal, digester: Digester) -> RowValues:
    """Return the columns a row fills, as text; what is private or long only as its digest.

    An instant is ISO in UTC, with ``/P1D`` where the source gave no time of day.
    """
    values: RowValues = {}
    if appeal.title in KEPT_TITLES:
        appeal = replace(appeal, title="")
    for name, value in zip(PLAIN, _plain(appeal), strict=True):
        if value:
            values[name] = value
    for name, value in zip(_DIGESTED, _digested(appeal), strict=True):
        if value:
            values[name] = digester.of(value)
    for name, instant in zip(INSTANTS, _instants(appeal), strict=True):
        if instant is not None:
            values[name] = instant_value(name, instant, name in appeal.date_only)
    if appeal.confidential is not None:
        values["confidential"] = "1" if appeal.confidential else "0"
    if appeal.co_units:
        values["co_units"] = ";".join(appeal.co_units)
    return values


def instant_value(name: str, instant: datetime, date_only: bool) -> str:
    """Return an instant as import_row keeps it; a date alone as the day it is at its source.

    The reader gives a date by its first instant, a due date by its last.
    """
    if not date_only:
        return iso(instant)
    return iso(instant - _TO_ITS_END if name == "due_at" else instant) + WHOLE_DAY


def packed(values: RowValues) -> tuple[str, str]:
    """Return the digest of values and their one JSON text."""
    text = canonical(values)
    return sha256(text.encode()).hexdigest(), text


def without_personal(values_json: str) -> tuple[str, str]:
    """Return remembered values without the digests of what is personal, packed anew."""
    values: RowValues = json.loads(values_json)
    return packed(told_of_erased(values))


def told_of_erased(values: RowValues) -> RowValues:
    """Return what may be remembered of an appeal whose personal data was erased.

    A grid that is no code is a place in words.
    """
    grid = values.get("grid", "")
    gone = DIGESTED | {"object"} | (set() if grid.isdecimal() else {"grid"})
    return {name: value for name, value in values.items() if name not in gone}


def cells_of(appeal: Appeal) -> dict[str, Any]:
    """Return an appeal's columns as text for a rejects file."""
    cells: dict[str, Any] = {}
    for name in (*PLAIN, *sorted(DIGESTED)):
        if value := getattr(appeal, name):
            cells[name] = str(value)
    for name in INSTANTS:
        if (instant := getattr(appeal, name)) is not None:
            cells[name] = iso(instant)
    return cells


def says_nothing_new(column: str, old: str | None, new: str | None) -> bool:
    """Return whether a value says nothing new; a date is no news beside a time of that day."""
    if old == new:
        return True
    if column not in INSTANTS or old is None or new is None or not new.endswith(WHOLE_DAY):
        return False
    if old.endswith(WHOLE_DAY):
        return False
    day = datetime.fromisoformat(new.removesuffix(WHOLE_DAY))
    return day <= datetime.fromisoformat(old) < day + timedelta(days=1)
