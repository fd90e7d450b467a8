"""What a filter of the queue asks for, as SQL over any shelf that matters stand on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.store import like, literal
from rules.casework import QueueFilter

_ALIAS = re.compile(r"\b([a-z])\.")

_TICKET = "LEFT JOIN ticket t ON t.id = d.ticket_id"
_ORDER = "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id"
_HANDLED = "JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds"
_LEADING = (
    "LEFT JOIN deadline d ON d.ticket_id = t.id AND d.subject_kind = 'ticket' "
    "AND d.stopped_at IS NULL AND d.leads"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Tables in which the matters of a state stand.

    ``id`` is how a matter is named in a list: by its leading clock, or minus its ticket where no
    clock runs. ``joins`` are the tables that stand beside, by alias; ``unit``, ``step``, ``kind``
    and ``number`` what a filter compares.
    """

    table: str
    id: str
    joins: Mapping[str, str]
    unit: str
    step: str = "d.step"
    kind: str = "'ticket'"
    texts: tuple[str, ...] = ("t.title", "t.number", "t.object")


LIVE = Shelf(
    "deadline d",
    "d.id",
    {"t": _TICKET, "o": _ORDER, "u": "LEFT JOIN unit u ON u.id = d.unit_id"},
    unit="d.unit_id",
    kind="d.subject_kind",
    texts=("t.title", "t.number", "t.object", "o.title", "o.number"),
)
"""Matters with a running or paused clock, each by the one that leads it."""

CLOSED = Shelf(
    f"ticket t {_HANDLED} AND r.closed_at IS NOT NULL",
    "-t.id",
    {"u": "LEFT JOIN unit u ON u.id = r.lead_unit_id"},
    unit="r.lead_unit_id",
    step="CAST(NULL AS text)",
)
"""Closed appeals."""

REVIEWS = Shelf(
    f"review v JOIN ticket t ON t.id = v.ticket_id {_HANDLED} {_LEADING}",
    "coalesce(d.id, -t.id)",
    {"u": "LEFT JOIN unit u ON u.id = r.lead_unit_id"},
    unit="r.lead_unit_id",
)
"""Appeals whose review is not decided, by their last one."""


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
        return " ".join(sql for name, sql in self.shelf.joins.items() if name in named)

    def where(self) -> str:
        """Return the conditions, each led by AND."""
        return " ".join(f"AND ({text})" for text in self.texts)


def conditions(filter: QueueFilter, shelf: Shelf) -> Conditions:
    """Return a filter's conditions on a shelf; its colour and state are left to the caller."""
    found = Conditions(shelf)
    if filter.text:
        found.add(
            " OR ".join(f"{column} LIKE :text" for column in shelf.texts), text=like(filter.text)
        )
    if filter.unit:
        found.add(
            f"{shelf.unit} IN ({units_of('unit')}) OR t.unit_text LIKE :unit_like",
            **named("unit", filter.unit),
        )
    if filter.units:
        found.add(f"{shelf.unit} IN (:units)", units=list(filter.units))
    if filter.area:
        found.add(
            f"t.area LIKE :area_like OR t.grid IN ({_grids('area')})",
            **named("area", filter.area),
        )
    if filter.place:
        found.add(
            f"t.area LIKE :place_like OR t.grid IN ({_grids('place')}) "
            f"OR {shelf.unit} IN ({units_of('place')})",
            **named("place", filter.place),
        )
    equal = {
        "step": (shelf.step, filter.step),
        "kind": (shelf.kind, filter.kind),
        "channel": ("t.channel", filter.channel),
        "urgency": ("t.urgency", filter.urgency),
        "number": ("t.number", filter.number),
    }
    for name, (column, value) in equal.items():
        if value:
            found.add(f"{column} = :{name}", **{name: value})
    return found


def units_of(prefix: str) -> str:
    """Return the units of a code, a name, an alias or its initials."""
    return (
        "SELECT un.id FROM unit un LEFT JOIN unit_alias ua ON ua.unit_id = un.id "
        f"WHERE un.code = :{prefix} OR un.name LIKE :{prefix}_like "
        f"OR un.short_name LIKE :{prefix}_like OR ua.alias LIKE :{prefix}_like "
        f"OR un.initials LIKE :{prefix}_head"
    )


def _grids(prefix: str) -> str:
    """Return the grids of a code, a name or its initials, and every cell inside them."""
    return (
        "SELECT c.code FROM grid c JOIN (SELECT g.code FROM grid g "
        f"WHERE g.code = :{prefix} OR g.name LIKE :{prefix}_like "
        f"OR g.initials LIKE :{prefix}_head) top ON c.code LIKE top.code || '%'"
    )


def named(prefix: str, part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    head = f"{literal(part.lower())}%"
    return {prefix: part, f"{prefix}_like": like(part), f"{prefix}_head": head}
