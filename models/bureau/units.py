"""Units, grids and other reference data of a store; finding them by the words of sources."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from models.store import Query, Source, Work, spoken_units
from models.tables import Category, Channel, Grid, Unit, UnitAlias, UnitGroup
from rules.bureau import Policy
from rules.casework import unit_words
from rules.clocks import clash, limit_words, units_meant
from rules.errors import PolicyError, Refused
from rules.text import plain


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
class Reference:
    """The reference data of a new store; ``channels`` are (code, name)."""

    groups: tuple[str, ...]
    units: tuple[UnitRecord, ...]
    channels: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    grids: tuple[GridRecord, ...]


def write_reference(work: Work, first: Reference) -> None:
    """Write groups, units, aliases, channels, categories and grids into an empty store.

    ``PolicyError`` where a routing rule of its policy names a unit that is not among them.
    """
    work.bulk(
        UnitGroup,
        ("id", "name", "position"),
        [(i, name, i) for i, name in enumerate(first.groups, 1)],
    )
    work.bulk(
        Channel,
        ("name", "code", "position"),
        [(name, code, i) for i, (code, name) in enumerate(first.channels)],
    )
    work.bulk(Category, ("path", "position"), [(p, i) for i, p in enumerate(first.categories)])
    grids = sorted(first.grids, key=lambda g: len(g.code))
    work.bulk(
        Grid,
        ("code", "name", "level", "parent", "initials"),
        [(g.code, g.name, g.level, g.parent, g.initials) for g in grids],
    )
    _write_units(work, first)
    check_units(work.policy, work)


PLAIN = (
    "name",
    "short_name",
    "initials",
    "liaison",
    "phone",
    "leader",
    "grid",
    "is_centre",
    "valid_from",
    "valid_to",
)
"""What a line of ``units.csv`` and the row of its unit call alike."""

_plain_cells = attrgetter(*PLAIN)


def _write_units(work: Work, first: Reference) -> None:
    ids = {unit.code: i for i, unit in enumerate(first.units, 1)}
    groups = {name: i for i, name in enumerate(first.groups, 1)}
    work.bulk(
        Unit,
        ("id", "version", "code", "group_id", *PLAIN),
        [
            (ids[u.code], 1, u.code, groups.get(u.group or ""), *_plain_cells(u))
            for u in first.units
        ],
    )
    for unit in first.units:
        if unit.parent or unit.successor:
            work.update(
                Unit,
                ids[unit.code],
                1,
                parent_id=ids.get(unit.parent or ""),
                successor_id=ids.get(unit.successor or ""),
            )
    work.bulk(
        UnitAlias, ("alias", "unit_id"), [(a, ids[u.code]) for u in first.units for a in u.aliases]
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit by its own words, and who followed it when."""

    id: int
    code: str
    name: str
    short_name: str
    valid_to: date | None
    successor_id: int | None


_UNITS = Query(
    _Unit, "SELECT id, code, name, short_name, valid_to, successor_id FROM unit ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class _Alias:
    """Another word for a unit."""

    unit_id: int
    alias: str


_ALIASES = Query(_Alias, "SELECT unit_id, alias FROM unit_alias ORDER BY id")


class UnitDirectory:
    """Every word for a unit: its code, name, short name and aliases, in this precedence.

    ``spoken`` are those that people write of it, each with the unit's id: all but the codes.
    """

    def __init__(self, source: Source) -> None:
        """Read the units."""
        self._by_word: dict[str, int] = {}
        self.spoken: list[tuple[str, int]] = []
        self._followed: dict[int, tuple[date, int]] = {}
        units = source.read(_UNITS)
        self.names = {unit.id: unit.short_name for unit in units}
        self.codes = {unit.id: unit.code for unit in units}
        self.full_names = {unit.id: unit.name for unit in units}
        for unit in units:
            if unit.valid_to is not None and unit.successor_id is not None:
                self._followed[unit.id] = (unit.valid_to, unit.successor_id)
        self.spoken += [(unit.name, unit.id) for unit in units]
        self.spoken += [(unit.short_name, unit.id) for unit in units]
        self.spoken += [(one.alias, one.unit_id) for one in source.read(_ALIASES)]
        for word, id in [*((unit.code, unit.id) for unit in units), *self.spoken]:
            self._by_word.setdefault(plain(word), id)

    def find(self, word: str, on: date) -> int | None:
        """Return the unit a word means on a day; a dissolved unit's work is its successor's."""
        found = self._by_word.get(word)
        if found is None:
            found = self._by_word.get(plain(word))
        return None if found is None else self.in_force(found, on)

    def named(self, word: str, on: date) -> int:
        """Return the unit a word means on a day; ``Refused`` for a word nobody answers to."""
        found = self.find(word, on)
        if found is None:
            raise Refused(f"没有单位“{word}”：请用名录里的名称、简称或代码")
        return found

    def near(self, word: str, most: int = 3) -> tuple[str, ...]:
        """Return the short names of the units whose words are nearest to one that means none.

        Nearest first is a unit of whose names one stands in the word, or the word in it.
        """
        sought = plain(word)
        found = {id: 1.0 for said, id in self._by_word.items() if _within(said, sought)}
        for said in difflib.get_close_matches(sought, self._by_word, n=4 * most, cutoff=0.5):
            id = self._by_word[said]
            found[id] = max(found.get(id, 0), difflib.SequenceMatcher(None, said, sought).ratio())
        return tuple(self.names[id] for id in sorted(found, key=lambda id: -found[id])[:most])

    def in_force(self, unit_id: int, on: date) -> int:
        """Return who does a unit's work on a day: itself, or whoever followed it."""
        seen = 0
        while unit_id in self._followed and self._followed[unit_id][0] < on and seen < 9:
            unit_id, seen = self._followed[unit_id][1], seen + 1
        return unit_id


def _within(said: str, sought: str) -> bool:
    """Whether one of two words holds the other; a word of one sign, or a code, says too little."""
    shorter, longer = sorted((said, sought), key=len)
    return len(shorter) > 1 and not shorter.isascii() and shorter in longer


@dataclass(frozen=True, slots=True)
class _Grid:
    """A place by its code."""

    code: str
    name: str


_GRIDS = Query(_Grid, "SELECT code, name FROM grid WHERE length(code) IN (6, 9)")


class GridDirectory:
    """The names of districts and streets behind grid codes."""

    def __init__(self, source: Source) -> None:
        """Read the two levels that make a place readable."""
        self._names = {grid.code: grid.name for grid in source.read(_GRIDS)}

    def area(self, grid: str | None) -> str | None:
        """Return district and street of a code; a place that is no code stands for itself."""
        if not grid:
            return None
        if not grid.isdecimal():
            return grid
        district = self._names.get(grid[:6], "")
        street = self._names.get(grid[:9], "") if len(grid) >= 9 else ""
        return (district + street) or None


def check_units(policy: Policy, source: Source) -> None:
    """Refuse a policy that names a unit the register does not know; to be asked at every load.

    Raises ``PolicyError``, which names the rule or the limit and the nearest unit, and where two
    limits mean the same unit by different words.
    """
    if policy.routing or any(entry.unit for entry in policy.limits):
        check_words(policy, spoken_units(source))


def check_words(policy: Policy, known: Sequence[tuple[str, str]]) -> None:
    """Refuse a policy by the ``known`` words for units, each with the code of its unit."""
    plainly = {plain(word) for word, _ in known}
    for place, word in (*unit_words(policy.routing), *limit_words(policy.limits)):
        if plain(word) not in plainly:
            near = difflib.get_close_matches(word, [word for word, _ in known], n=1, cutoff=0.4)
            hint = f"，最接近的是 {near[0]}" if near else ""
            raise PolicyError(
                f"{place}的单位“{word}”不在单位名录中{hint}：请改正规则，或先补入名录"
            )
    places = clash(policy.limits, units_meant(policy.limits, known))
    if places is not None:
        one, other = places
        raise PolicyError(
            f"第{one + 1}条与第{other + 1}条时限写的是同一单位（{policy.limits[one].title()}、"
            f"{policy.limits[other].title()}），请合并或改其一"
        )
