"""A filter as SQL: conditions on the queue's deadline ``d`` and the tables it needs beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rules.filters import QueueFilter

_JOINS = {
    "t": "LEFT JOIN ticket t ON t.id = d.ticket_id",
    "o": "LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id",
    "u": "LEFT JOIN unit u ON u.id = d.unit_id",
}

_UNITS = (
    "SELECT un.id FROM unit un LEFT JOIN unit_alias ua ON ua.unit_id = un.id "
    "WHERE un.code = :{p} OR un.name LIKE :{p}_like OR un.short_name LIKE :{p}_like "
    "OR ua.alias LIKE :{p}_like OR un.initials LIKE :{p}_head"
)
_GRIDS = "SELECT g.code FROM grid g WHERE g.code = :{p} OR g.name LIKE :{p}_like OR " + (
    "g.initials LIKE :{p}_head"
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


def like(part: str) -> str:
    """Return the pattern that finds ``part`` anywhere; a wildcard in it is taken literally."""
    return f"%{_literal(part)}%"


def _head(part: str) -> str:
    return f"{_literal(part.lower())}%"


def _literal(part: str) -> str:
    return part.replace("%", "").replace("_", "")


def named(prefix: str, part: str) -> dict[str, str]:
    """Return the parameters by which units and grids are found by name or initials."""
    return {prefix: part, f"{prefix}_like": like(part), f"{prefix}_head": _head(part)}


def filter_sql(filter: QueueFilter) -> FilterSql:
    """Return a filter's conditions, its colour left out (bands and counters add that)."""
    found = FilterSql()
    if filter.text:
        found.add("t.title LIKE :text OR t.number LIKE :text OR t.object LIKE :text "
                  "OR o.title LIKE :text OR o.number LIKE :text",
                  "t", "o", text=like(filter.text))  # fmt: skip
    if filter.unit:
        found.add(f"d.unit_id IN ({_UNITS.format(p='unit')}) OR t.unit_text LIKE :unit_like",
                  "t", **named("unit", filter.unit))  # fmt: skip
    if filter.area:
        found.add(f"t.area LIKE :area_like OR t.grid IN ({_grids('area')})",
                  "t", **named("area", filter.area))  # fmt: skip
    if filter.place:
        found.add(f"t.area LIKE :place_like OR t.grid IN ({_grids('place')}) "
                  f"OR d.unit_id IN ({_UNITS.format(p='place')})",
                  "t", **named("place", filter.place))  # fmt: skip
    for column, value in (("d.step", filter.step), ("d.subject_kind", filter.kind)):
        if value:
            name = column[2:]
            found.add(f"{column} = :{name}", **{name: value})
    for column in ("channel", "urgency", "number"):
        value = getattr(filter, column)
        if value:
            found.add(f"t.{column} = :{column}", "t", **{column: value})
    return found


def _grids(prefix: str) -> str:
    """Return the grids of a name and every cell inside them."""
    return (
        f"SELECT c.code FROM grid c JOIN ({_GRIDS.format(p=prefix)}) top "
        "ON c.code LIKE top.code || '%'"
    )
