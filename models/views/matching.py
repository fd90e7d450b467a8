"""What a filter of the queue asks for, as conditions of SQL and the tables they speak of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.store import like, literal
from rules.casework import QueueFilter

_JOINS = {
    "t": "LEFT JOIN ticket t ON t.id = d.ticket_id",
    "o": "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id",
    "u": "LEFT JOIN unit u ON u.id = d.unit_id",
}


def _units(prefix: str) -> str:
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


@dataclass
class FilterSql:
    """Conditions joined by AND, their parameters, and the tables they speak of."""

    conditions: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)

    def joins(self, by: str = "") -> str:
        """Return the joins that the conditions and an ORDER BY need."""
        needed = self.tables | {name for name in _JOINS if f"{name}." in by}
        return " ".join(sql for name, sql in _JOINS.items() if name in needed)

    def where(self) -> str:
        """Return the conditions, each led by AND."""
        return " ".join(f"AND ({c})" for c in self.conditions)

    def add(self, condition: str, *tables: str, **params: Any) -> None:
        """Add a condition with the tables and parameters it uses."""
        self.conditions.append(condition)
        self.tables.update(tables)
        self.params.update(params)


def _head(part: str) -> str:
    return f"{literal(part.lower())}%"


def units_named(prefix: str, part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    return {prefix: part, f"{prefix}_like": like(part), f"{prefix}_head": _head(part)}


def filter_sql(filter: QueueFilter) -> FilterSql:
    """Return a filter's conditions, its colour left out (bands and counters add that)."""
    found = FilterSql()
    if filter.text:
        found.add(
            "t.title LIKE :text OR t.number LIKE :text OR t.object LIKE :text "
            "OR o.title LIKE :text OR o.number LIKE :text",
            "t",
            "o",
            text=like(filter.text),
        )
    if filter.unit:
        found.add(
            f"d.unit_id IN ({_units('unit')}) OR t.unit_text LIKE :unit_like",
            "t",
            **units_named("unit", filter.unit),
        )
    if filter.area:
        found.add(
            f"t.area LIKE :area_like OR t.grid IN ({_grids('area')})",
            "t",
            **units_named("area", filter.area),
        )
    if filter.place:
        found.add(
            f"t.area LIKE :place_like OR t.grid IN ({_grids('place')}) "
            f"OR d.unit_id IN ({_units('place')})",
            "t",
            **units_named("place", filter.place),
        )
    for column, value in (("d.step", filter.step), ("d.subject_kind", filter.kind)):
        if value:
            name = column[2:]
            found.add(f"{column} = :{name}", **{name: value})
    for column in ("channel", "urgency", "number"):
        value = getattr(filter, column)
        if value:
            found.add(f"t.{column} = :{column}", "t", **{column: value})
    return found
