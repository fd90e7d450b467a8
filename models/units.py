"""Units, grids and the other reference data a new store begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rules.worktime import CalendarDays

if TYPE_CHECKING:
    from models.work import Work


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One line of ``units.csv``; ``parent`` and ``successor`` are codes of other lines."""

    code: str
    name: str
    short_name: str
    group: str | None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    liaison: str | None = None
    phone: str | None = None
    leader: str | None = None
    grid: str | None = None
    is_centre: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    initials: str = ""


@dataclass(frozen=True, slots=True)
class GridRecord:
    """One cell of the grid; ``parent`` is the code it lies in."""

    code: str
    name: str
    level: str
    parent: str | None = None
    initials: str = ""


@dataclass(frozen=True, slots=True)
class FirstContent:
    """What a new store is filled with before anything else; ``channels`` are (code, name)."""

    policy_text: str
    calendar: CalendarDays
    groups: tuple[str, ...]
    units: tuple[UnitRecord, ...]
    channels: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    grids: tuple[GridRecord, ...]


def write_reference(work: Work, first: FirstContent) -> None:
    """Write groups, units, aliases, channels, categories and grids into an empty store."""
    from models.tables import Category, Channel, Grid, UnitGroup

    work.bulk(UnitGroup, ("id", "name", "position"),
              [(i, name, i) for i, name in enumerate(first.groups, 1)])  # fmt: skip
    work.bulk(Channel, ("name", "code", "position"),
              [(name, code, i) for i, (code, name) in enumerate(first.channels)])  # fmt: skip
    work.bulk(Category, ("path", "position"), [(p, i) for i, p in enumerate(first.categories)])
    grids = sorted(first.grids, key=lambda g: len(g.code))
    work.bulk(Grid, ("code", "name", "level", "parent", "initials"),
              [(g.code, g.name, g.level, g.parent, g.initials) for g in grids])  # fmt: skip
    _write_units(work, first)


def _write_units(work: Work, first: FirstContent) -> None:
    from models.tables import Unit, UnitAlias

    ids = {unit.code: i for i, unit in enumerate(first.units, 1)}
    groups = {name: i for i, name in enumerate(first.groups, 1)}
    columns = ("id", "version", "code", "name", "short_name", "initials", "group_id", "liaison",
               "phone", "leader", "grid", "is_centre", "valid_from", "valid_to")  # fmt: skip
    work.bulk(Unit, columns, [
        (ids[u.code], 1, u.code, u.name, u.short_name, u.initials, groups.get(u.group or ""),
         u.liaison, u.phone, u.leader, u.grid, u.is_centre, u.valid_from, u.valid_to)
        for u in first.units
    ])  # fmt: skip
    for unit in first.units:
        if unit.parent or unit.successor:
            work.update(Unit, ids[unit.code], 1,
                        parent_id=ids.get(unit.parent or ""),
                        successor_id=ids.get(unit.successor or ""))  # fmt: skip
    work.bulk(UnitAlias, ("alias", "unit_id"),
              [(a, ids[u.code]) for u in first.units for a in u.aliases])  # fmt: skip
