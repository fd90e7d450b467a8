"""What a filter of the queue asks for, as SQL over any shelf that matters stand on.

Words are looked up first, in the register and in the index of pairs: what the matters are compared
with are ids and codes, each of which has an index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.store import Source, like, literal, matching
from rules.casework import QueueFilter

_ALIAS = re.compile(r"\b([a-z])\.")

_TICKET = "LEFT JOIN ticket t ON t.id = d.ticket_id"
_ORDER = "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id"
_HANDLED = "JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds"
_LEADING = (
    "LEFT JOIN deadline d ON d.subject_kind = 'review' AND d.subject_id = v.id "
    "AND d.stopped_at IS NULL AND d.leads"
)
_LED = "LEFT JOIN unit u ON u.id = r.lead_unit_id"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Tables in which the matters of a state stand.

    ``id`` is how a matter is named in a list: by its leading clock, or minus its ticket where no
    clock runs. ``joins`` are the tables that stand beside, by alias; the rest what a filter
    compares: the ``ticket``'s id, ``unit``, ``step``, ``kind``, ``grid``, and the alias under which
    channel and urgency are ``filed``. An empty text or a nought behind a column keeps SQLite from
    seeking by it what is sought better otherwise. ``texts`` are columns to be compared where few
    rows stand; without any a text is looked up in the index of all tickets.
    """

    table: str
    id: str
    joins: Mapping[str, str]
    unit: str
    ticket: str = "t.id"
    step: str = "d.step"
    kind: str = "'ticket'"
    filed: str = "t"
    grid: str = "t.grid"
    texts: tuple[str, ...] = ()


LIVE = Shelf(
    "deadline d",
    "d.id",
    {"t": _TICKET, "o": _ORDER, "u": "LEFT JOIN unit u ON u.id = d.unit_id"},
    unit="d.unit_id",
    ticket="d.ticket_id",
    kind="d.subject_kind",
    step="d.step || ''",
    filed="d",
    grid="d.grid",
)
"""Matters with a running or paused clock, each by the one that leads it."""

CLOSED = Shelf(
    "ticket t",
    "-t.id",
    {"r": _HANDLED, "u": _LED},
    unit="r.lead_unit_id",
    step="CAST(NULL AS text)",
)
"""Closed appeals: tickets whose state says so, each with its last round."""

LATELY = Shelf(
    "round r",
    "-r.ticket_id",
    {"t": "JOIN ticket t ON t.id = r.ticket_id", "u": _LED},
    unit="r.lead_unit_id",
    ticket="r.ticket_id",
    step="CAST(NULL AS text)",
    grid="t.grid || ''",
)
"""The same where a period is asked for, by the round: few, so they are not sought by place."""

REVIEWS = Shelf(
    f"review v {_LEADING}",
    "coalesce(d.id, -v.ticket_id)",
    {"t": "JOIN ticket t ON t.id = v.ticket_id", "r": _HANDLED, "u": _LED},
    unit="r.lead_unit_id + 0",
    ticket="v.ticket_id",
    grid="t.grid || ''",
)
"""Reviews that are not decided, each by its own clock."""


@dataclass
class Conditions:
    """What a filter asks for: conditions joined by AND, and their parameters."""

    shelf: Shelf
    texts: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, **params: Any) -> None:
        """Add a condition with its parameters."""
        self.texts.append(condition)
        self.params.update(params)

    def joins(self, *more: str) -> str:
        """Return the joins of the tables that the conditions and ``more`` text speak of."""
        named = set(_ALIAS.findall(" ".join((*self.texts, *more))))
        if "u" in named:
            named.add("r")
        if "r" in named:
            named.add("t")
        return " ".join(sql for name, sql in self.shelf.joins.items() if name in named)

    def where(self) -> str:
        """Return the conditions, each led by AND."""
        return " ".join(f"AND ({text})" for text in self.texts)


def conditions(reader: Source, filter: QueueFilter, shelf: Shelf) -> Conditions:
    """Return a filter's conditions on a shelf; its colour and state are left to the caller."""
    found = Conditions(shelf)
    if filter.text:
        _add_text(reader, found, filter.text)
    if filter.unit:
        found.add(_any(_of_units(reader, found, "unit", filter.unit)))
    if filter.units:
        found.add(f"{shelf.unit} IN (:units)", units=list(filter.units))
    if filter.area:
        found.add(_any(in_places(reader, found, "area", filter.area)))
    if filter.place:
        places = in_places(reader, found, "place", filter.place)
        units = unit_ids(reader, filter.place)
        found.add(_any([*places, *_among(found, shelf.unit, "place_units", units)]))
    equal = {
        "step": (shelf.step, filter.step),
        "kind": (shelf.kind, filter.kind),
        "channel": (f"{shelf.filed}.channel", filter.channel),
        "urgency": (f"{shelf.filed}.urgency", filter.urgency),
    }
    if filter.number:
        found.add(f"{shelf.ticket} IN ({_OF_NUMBER})", number=filter.number)
    for name, (column, value) in equal.items():
        if value:
            found.add(f"{column} = :{name}", **{name: value})
    return found


_OF_NUMBER = """SELECT n.id FROM ticket n WHERE n.number = :number
    UNION ALL SELECT n.merged_into FROM ticket n WHERE n.number = :number"""
"""A ticket by its number, and the one that it is under (并单)."""


def _any(choices: Sequence[str]) -> str:
    """Return the condition that one of some holds; nothing fits none."""
    return " OR ".join(choices) or "0 = 1"


def _among(found: Conditions, column: str, name: str, values: Sequence[Any]) -> list[str]:
    """Return the condition of being one of some values, if there are any."""
    if not values:
        return []
    found.params[name] = list(values)
    return [f"{column} IN (:{name})"]


def _add_text(reader: Source, found: Conditions, part: str) -> None:
    """Ask for a text in title, object or number; a number has no sign beyond ASCII."""
    if found.shelf.texts:
        compared = (f"{column} LIKE :text" for column in found.shelf.texts)
        found.add(" OR ".join(compared), text=like(part))
        return
    matched = matching(reader, part)
    tickets = matched.sql
    if part.isascii():
        tickets += f" UNION ALL {_NUMBERED}"
    orders = [id for (id,) in reader.rows(_ORDERS, text=like(part))]
    choices = [f"{found.shelf.ticket} IN ({tickets})"]
    if found.shelf is LIVE:
        choices.append(f"d.ticket_id IN ({_LEADS})")
    if found.shelf is LIVE and orders:
        own = _among(found, "d.subject_id", "orders", orders)
        choices.append(f"(d.subject_kind = 'order' AND {own[0]})")
    found.add(_any(choices), **{"text": like(part), **matched.params})


def _of_units(reader: Source, found: Conditions, name: str, part: str) -> list[str]:
    """Return the conditions of being at a unit, or at one that only the source names so."""
    ids = _among(found, found.shelf.unit, f"{name}_ids", unit_ids(reader, part))
    return [*ids, *so_named(reader, found, name, part)]


def so_named(reader: Source, found: Conditions, name: str, part: str) -> list[str]:
    """Return the condition of being at a unit that only the source names so, if there is one."""
    words = [word for (word,) in reader.rows(_UNIT_TEXTS, part=like(part))]
    if not words:
        return []
    found.params[f"{name}_words"] = words
    named = f"SELECT n.id FROM ticket n WHERE n.unit_text IN (:{name}_words)"
    return [f"{found.shelf.ticket} IN ({named})"]


def in_places(reader: Source, found: Conditions, name: str, part: str) -> list[str]:
    """Return the conditions of lying in a place, by its code, or as the source wrote it."""
    shelf = found.shelf
    codes = [code for (code,) in reader.rows(_GRIDS, **_named(part))]
    written = [place for (place,) in reader.rows(_WRITTEN, part=like(part))]
    choices = _among(found, shelf.grid, f"{name}_codes", codes)
    if written:
        found.params[f"{name}_written"] = written
        there = f"SELECT n.id FROM ticket n WHERE n.grid IN (:{name}_written)"
        choices.append(f"{shelf.ticket} IN ({there})")
    return choices


def unit_ids(reader: Source, part: str) -> list[int]:
    """Return the units of a code, a name, an alias or its initials."""
    return [id for (id,) in reader.rows(_UNITS, **_named(part))]


def _named(part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    return {"word": part, "part": like(part), "head": f"{literal(part.lower())}%"}


_LEADS = """SELECT m.merged_into FROM ticket m WHERE m.merged_into IS NOT NULL
    AND (m.title LIKE :text OR m.number LIKE :text OR m.object LIKE :text)"""
"""The leads of what a text is found in: it stands there (并单)."""

_NUMBERED = "SELECT n.id FROM ticket n WHERE n.number LIKE :text"
_ORDERS = """
SELECT id FROM supervision_order
WHERE confidential IS NOT TRUE AND (title LIKE :text OR number LIKE :text)
"""
_UNITS = """
SELECT DISTINCT u.id FROM unit u LEFT JOIN unit_alias a ON a.unit_id = u.id
WHERE u.code = :word OR u.name LIKE :part OR u.short_name LIKE :part OR a.alias LIKE :part
OR u.initials LIKE :head
"""
_UNIT_TEXTS = """
SELECT DISTINCT unit_text FROM ticket WHERE unit_text IS NOT NULL AND unit_text LIKE :part
"""
_GRIDS = """
SELECT DISTINCT c.code FROM grid c JOIN (
    SELECT g.code FROM grid g LEFT JOIN grid p ON p.code = g.parent
    WHERE g.code = :word OR p.name || g.name LIKE :part OR g.name LIKE :part
    OR g.initials LIKE :head
) top ON substr(c.code, 1, length(top.code)) = top.code
"""
_WRITTEN = "SELECT DISTINCT grid FROM ticket WHERE area = grid AND grid LIKE :part"
