"""The columns of the list of units, their orders, and a unit as the cells of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.ranking import movement_words
from console.widgets import Cell, Column

if TYPE_CHECKING:
    from models.ranking import UnitPlace
    from models.views import ComingRed, UnitContact, UnitLoad


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the list; ``coming`` is read only where what turns red next is shown."""

    contact: UnitContact
    load: UnitLoad
    place: UnitPlace | None = None
    coming: tuple[ComingRed, ...] = ()

    @property
    def id(self) -> int:
        """The unit's id."""
        return self.contact.id


COLUMNS = (
    Column("单位", 12, most=22, frozen=True),
    Column("红", 4, align="right"),
    Column("黄", 4, align="right"),
    Column("蓝", 5, align="right"),
    Column("将转红", 6, align="right"),
    Column("上周", 10),
    Column("督办单", 6, align="right"),
    Column("联络员", 8),
    Column("电话", 13),
    Column("超期", 4, align="right", later=True),
    Column("挂起", 4, align="right", later=True),
    Column("组别", 8, later=True),
    Column("分管领导", 10, later=True),
)


def cells(row: UnitRow) -> list[Cell]:
    """Return the cells of a unit, one for each of ``COLUMNS``."""
    contact, load = row.contact, row.load
    return [
        (contact.short_name, ""),
        _count(load.red, "red"),
        _count(load.yellow, "yellow"),
        _count(load.blue, "blue"),
        _count(load.next, ""),
        _place(row.place),
        _count(load.orders, ""),
        (contact.liaison or "—", ""),
        (contact.phone or "—", ""),
        _count(load.late, "red"),
        _count(load.paused, "dim"),
        (contact.group, "dim"),
        (contact.leader, "dim"),
    ]


def _count(count: int, shade: str) -> Cell:
    return (f"{count:,}", shade) if count else ("—", "dim")


def _place(place: UnitPlace | None) -> Cell:
    """Return where a unit stood last week: ``5/7降4``, and that it was last."""
    if place is None:
        return "", ""
    if place.standing.place is None:
        return "未排位", "dim"
    moved = movement_words(place.standing.movement)
    told = f"{place.standing.place}/{place.of}{' 末位' if place.last else moved}"
    return told, "red" if place.last else ""


ORDERS = {
    "group": "组别",
    "red": "红",
    "yellow": "黄",
    "next": "将转红",
    "place": "上周位次",
    "orders": "督办单",
}
"""The orders of the list with their names; but for the groups, the most or the worst is first."""

HEADINGS = {**{name: order for order, name in ORDERS.items()}, "上周": "place", "单位": "group"}

WEIGHTS: Mapping[str, Callable[[UnitRow], int]] = {
    "red": lambda row: row.load.red,
    "yellow": lambda row: row.load.yellow,
    "next": lambda row: row.load.next,
    "place": lambda row: _rank(row.place) or 0,
    "orders": lambda row: row.load.orders,
}
"""By what the units are put in order, the largest first."""


def in_order(rows: Sequence[UnitRow], order: str, *, descending: bool) -> list[UnitRow]:
    """Return units in one of ``ORDERS``, or the other way round."""
    weight = WEIGHTS.get(order)
    found = list(rows) if weight is None else sorted(rows, key=weight, reverse=True)
    return found[::-1] if descending else found


def _rank(place: UnitPlace | None) -> int | None:
    return None if place is None else place.standing.place


NARROWED = {"red": "有红的单位", "yellow": "有黄的单位", "orders": "有督办单的单位"}
"""What the list is narrowed to by a digit, in words."""
