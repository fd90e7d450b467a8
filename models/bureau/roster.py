"""单位名录: what a new list of units would change, and making it so.

Units are known by their code. One that is not in the list stays as it is, and none is ever
deleted: a unit ends on a day, and its successor takes over what comes afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from models.bureau.units import PLAIN, UnitRecord, check_units
from models.store import Query, Source, retried
from models.tables import Unit, UnitAlias, UnitGroup
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store, Work


CONTACTS = {"liaison", "phone", "leader"}
"""Columns that name a person: the trail says that they changed, never to what."""

DERIVED = {"code", "initials"}


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What becomes of one unit: ``kind`` is new, changed or ended.

    ``columns`` are (name of a ``UnitRecord`` field, before, after); ``open`` is how many appeals
    the unit has in hand.
    """

    kind: str
    code: str
    unit: str
    columns: tuple[tuple[str, Any, Any], ...] = ()
    open: int = 0


@dataclass(frozen=True, slots=True)
class UnitRevision:
    """What a list of units comes to; ``absent`` are the units it does not speak of."""

    changes: tuple[UnitChange, ...]
    groups: tuple[str, ...]
    unchanged: int
    absent: tuple[str, ...]


def unit_records(source: Source) -> tuple[UnitRecord, ...]:
    """Return every unit of the store, the centre first, then by group and code."""
    aliases: dict[str, list[str]] = {}
    for one in source.read(_ALIASES):
        aliases.setdefault(one.code, []).append(one.alias)
    return tuple(
        replace(unit, aliases=tuple(aliases.get(unit.code, ()))) for unit in source.read(_UNITS)
    )


def rehearse_units(store: Store, units: Sequence[UnitRecord]) -> UnitRevision:
    """Say what loading a list would change; nothing is written. Raises like :func:`load`."""
    with store.reading() as reader:
        return _revision(reader, units)


@retried
def load_units(store: Store, units: Sequence[UnitRecord], reason: str) -> UnitRevision:
    """Make the units of a list new, changed or ended, each with its event; for an administrator.

    ``Refused`` where the list contradicts itself or the store, or changes nothing; ``PolicyError``
    where a routing rule would name nobody.
    """
    with store.writing(alone=True) as work:
        work.require(verb="unit.changed")
        return _load(work, units, reason)


@retried
def add_alias(store: Store, alias: str, unit_id: int, reason: str) -> UnitRevision:
    """Let one more word mean a unit, as a source writes it; for an administrator.

    ``Refused`` where the word means a unit already, or nothing.
    """
    word = harmless_line(alias).strip()
    if not word:
        raise Refused("别名是空的：请写来源里的写法")
    with store.writing(alone=True) as work:
        work.require(verb="unit.changed")
        code = {one.id: one.code for one in work.read(_KNOWN)}[unit_id]
        unit = next(each for each in unit_records(work) if each.code == code)
        if word in (code, unit.name, unit.short_name, *unit.aliases):
            raise Refused(f"“{word}”已经指{unit.short_name}：无须再加")
        return _load(work, [replace(unit, aliases=(*unit.aliases, word))], reason)


def _load(work: Work, units: Sequence[UnitRecord], reason: str) -> UnitRevision:
    revision = _revision(work, units)
    if not revision.changes:
        raise Refused("与现行单位名录相同：无须装入")
    _write(work, units, revision)
    check_units(work.policy, work)
    known = _known(work)
    for change in revision.changes:
        work.event(
            f"unit.{change.kind}",
            "unit",
            known[change.code].id,
            reason=reason,
            payload=_payload(change),
        )
    return revision


def _revision(source: Source, units: Sequence[UnitRecord]) -> UnitRevision:
    before = {unit.code: unit for unit in unit_records(source)}
    named = {unit.code for unit in units}
    absent = [unit for unit in before.values() if unit.code not in named]
    _check((*units, *absent))
    in_hand = {one.code: one.rounds for one in source.read(_IN_HAND)}
    known = {group.name for group in source.read(_GROUPS)}
    changes = tuple(_changes(before, units, in_hand))
    return UnitRevision(
        changes,
        tuple(dict.fromkeys(u.group for u in units if u.group and u.group not in known)),
        len(units) - len(changes),
        tuple(unit.short_name for unit in absent),
    )


def _changes(
    before: dict[str, UnitRecord], units: Sequence[UnitRecord], in_hand: dict[str, int]
) -> Iterator[UnitChange]:
    for unit in units:
        was = before.get(unit.code)
        if was is None:
            yield UnitChange("new", unit.code, unit.short_name)
            continue
        columns = tuple(
            (f.name, getattr(was, f.name), getattr(unit, f.name))
            for f in fields(UnitRecord)
            if f.name not in DERIVED and getattr(was, f.name) != getattr(unit, f.name)
        )
        if columns:
            ended = was.valid_to is None and unit.valid_to is not None
            kind = "ended" if ended else "changed"
            yield UnitChange(kind, unit.code, unit.short_name, columns, in_hand.get(unit.code, 0))


def _check(units: Sequence[UnitRecord]) -> None:
    """Refuse a register in which a word means two units or one points nowhere."""
    owners: dict[str, UnitRecord] = {}
    for unit in units:
        for word in {unit.code, unit.name, unit.short_name, *unit.aliases}:
            owner = owners.setdefault(word, unit)
            if owner is not unit:
                raise Refused(f"“{word}”同指 {owner.short_name} 和 {unit.short_name}：请只留一处")
    codes = {unit.code: unit for unit in units}
    if [unit.is_centre for unit in units].count(True) != 1:
        raise Refused("名录里要有且只有一个中心（is_centre 列填 1）：请改正后再装入")
    for unit in units:
        _check_pointers(unit, codes)


def _check_pointers(unit: UnitRecord, codes: dict[str, UnitRecord]) -> None:
    for code in (unit.parent, unit.successor):
        if code is not None and code not in codes:
            raise Refused(f"{unit.short_name} 指向的单位“{code}”不在名录内：请改正")
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise Refused(f"{unit.short_name} 的停用日期早于启用日期：请改正")
    followed, seen = unit, {unit.code}
    while followed.successor is not None:
        followed = codes[followed.successor]
        if followed.code in seen:
            raise Refused(f"{unit.short_name} 的承接单位绕回了自己：请改正")
        seen.add(followed.code)


def _write(work: Work, units: Sequence[UnitRecord], revision: UnitRevision) -> None:
    """Write groups, units, then what points from unit to unit, then the aliases."""
    for position, name in enumerate(revision.groups, int(work.value(_LAST_GROUP)) + 1):
        work.insert(UnitGroup, name=name, position=position)
    groups = {group.name: group.id for group in work.read(_GROUPS)}
    touched = {change.code for change in revision.changes}
    moved = [unit for unit in units if unit.code in touched]
    known = _known(work)
    for unit in moved:
        values = _values(unit, groups)
        if (one := known.get(unit.code)) is not None:
            work.update(Unit, one.id, one.version, **values)
        else:
            work.insert(Unit, code=unit.code, **values)
    known = _known(work)
    ids = {code: one.id for code, one in known.items()}
    for unit in moved:
        one = known[unit.code]
        work.update(
            Unit,
            one.id,
            one.version,
            parent_id=ids.get(unit.parent or ""),
            successor_id=ids.get(unit.successor or ""),
        )
    _write_aliases(work, moved, ids)


def _write_aliases(work: Work, moved: Iterable[UnitRecord], ids: dict[str, int]) -> None:
    """Set the aliases of units; all old ones go first, for one may pass to another unit."""
    wanted = [(alias, ids[unit.code]) for unit in moved for alias in unit.aliases]
    for unit in moved:
        work.delete_where(UnitAlias, "unit_id = :unit", unit=ids[unit.code])
    work.bulk(UnitAlias, ("alias", "unit_id"), wanted)


def _values(unit: UnitRecord, groups: dict[str, int]) -> dict[str, Any]:
    group = groups[unit.group] if unit.group else None
    return {"group_id": group} | {name: getattr(unit, name) for name in PLAIN}


def _known(work: Work) -> dict[str, _Known]:
    return {one.code: one for one in work.read(_KNOWN)}


def _payload(change: UnitChange) -> dict[str, Any]:
    told: dict[str, Any] = {"unit": change.unit}
    open_ones = {n: [_plain(a), _plain(b)] for n, a, b in change.columns if n not in CONTACTS}
    closed = sorted(n for n, _, _ in change.columns if n in CONTACTS)
    if open_ones:
        told["columns"] = open_ones
    if closed:
        told["contacts"] = closed
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class _Alias:
    """Another word for the unit of a code."""

    code: str
    alias: str


_ALIASES = Query(
    _Alias,
    """
SELECT u.code, a.alias FROM unit_alias a JOIN unit u ON u.id = a.unit_id ORDER BY a.id
""",
)
_UNITS = Query(
    UnitRecord,
    """
SELECT u.code, u.name, u.short_name, g.name AS "group", p.code AS parent, u.liaison, u.phone,
       u.leader, u.grid, u.is_centre, u.valid_from, u.valid_to, s.code AS successor, u.initials
FROM unit u LEFT JOIN unit_group g ON g.id = u.group_id
LEFT JOIN unit p ON p.id = u.parent_id LEFT JOIN unit s ON s.id = u.successor_id
ORDER BY coalesce(g.position, 0), u.code
""",
)


@dataclass(frozen=True, slots=True)
class _InHand:
    """How many rounds the unit of a code has in hand."""

    code: str
    rounds: int


_IN_HAND = Query(
    _InHand,
    """
SELECT u.code, count(*) AS rounds FROM round r JOIN unit u ON u.id = r.lead_unit_id
WHERE r.closed_at IS NULL GROUP BY u.code
""",
)


@dataclass(frozen=True, slots=True)
class _Group:
    """A group in which units are ranked."""

    id: int
    name: str


_GROUPS = Query(_Group, "SELECT id, name FROM unit_group")
_LAST_GROUP = "SELECT coalesce(max(position), 0) FROM unit_group"


@dataclass(frozen=True, slots=True)
class _Known:
    """A unit by its code."""

    id: int
    version: int
    code: str


_KNOWN = Query(_Known, "SELECT id, version, code FROM unit")
