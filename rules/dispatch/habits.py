"""Who took what: the dispatches of a city counted by kind of appeal and by place.

A bureau's own units follow the place: what one district's government takes in its district another
takes in the next. So each place has its own unit (属地单位), read from what was dispatched there,
and appeals of a kind are counted as *the place's own unit* or a unit by name. What is rare of a
kind is told by the wider kind: counts are smoothed towards the level above by the method of Witten
and Bell (1991). Older dispatches count less, half after ``HALF_LIFE`` days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OWN = 0
"""The unit of the place, where units are counted; ids of units begin at 1."""

STREET, DISTRICT, CELL = 9, 6, 12
"""Digits of the codes of 街道, 区 and 社区."""

HALF_LIFE = 180

RECENT = 14
"""Days within which the same kind of trouble at the same cell is taken for the same matter."""

BOUND, SHARE, ENOUGH = 4.0, 0.2, 5
"""A place's own unit has 4 times the odds of lying there that all others have, and takes a fifth
of what is dispatched there, of 5 dispatches or more."""

KIND, AREA, SAME, LIKE, NAMED = range(5)
"""What speaks for a unit: the kind of appeal, kind and district, the same matter, appeals like it,
its name in the text."""

VOICES = ("同类诉求", "同区同类", "同一事项", "相似诉求", "文中点名")

Chances = Mapping[int, float]
"""Of each unit the chance that it takes an appeal, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of an appeal speaks for a unit besides its text; ``day`` is an ordinal date."""

    category: str | None
    nature: str
    grid: str | None
    object: str | None
    day: int

    @property
    def path(self) -> tuple[str, ...]:
        """The category, one name a level; empty without one."""
        return tuple((self.category or "").split("/")) if self.category else ()


@dataclass(frozen=True, slots=True)
class Usual:
    """The share (0 to 1) of the appeals of a kind that a unit took; ``own``: as the place's own."""

    kind: str
    share: float
    own: bool


class Places:
    """Which unit is the own one of each district and street."""

    def __init__(self, taken: Iterable[tuple[str | None, int, int]]) -> None:
        """Take (grid, unit, how many dispatches there)."""
        by_place: dict[str, Counter[int]] = defaultdict(Counter)
        everywhere: Counter[int] = Counter()
        for grid, unit, times in taken:
            everywhere[unit] += times
            for digits in (DISTRICT, STREET):
                if grid is not None and len(grid) >= digits:
                    by_place[grid[:digits]][unit] += times
        found = {code: _own(units, everywhere) for code, units in by_place.items()}
        self._own = {code: unit for code, unit in found.items() if unit is not None}

    def own(self, grid: str | None) -> int | None:
        """Return the own unit of a place, of its street before its district."""
        if grid is None:
            return None
        return self._own.get(grid[:STREET]) or self._own.get(grid[:DISTRICT])


def _own(here: Counter[int], everywhere: Counter[int]) -> int | None:
    all_here, all_there = here.total(), everywhere.total() - here.total()

    def bound(unit: int) -> bool:
        there = everywhere[unit] - here[unit]
        others_here, others_there = all_here - here[unit], all_there - there
        odds = (here[unit] + 0.5) * (others_there + 0.5)
        return odds >= BOUND * (there + 0.5) * (others_here + 0.5)

    able = [unit for unit in here if bound(unit)]
    own = max(able, key=lambda unit: (here[unit], -unit), default=None)
    if own is None or all_here < ENOUGH or here[own] < SHARE * all_here:
        return None
    return own


class Habits:
    """The dispatches known so far; they may be told and asked in turn, in the order of time."""

    def __init__(self, places: Places, today: int, since: int = 0) -> None:
        """Know nothing yet; ``today`` is the day whose dispatches count in full.

        Matters before ``since`` are not kept: nobody will ask whether they are the same.
        """
        self._places = places
        self._today = today
        self._since = since
        self._taken: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        self._last: dict[tuple[str, str, str | None], tuple[int, int]] = {}

    def learn(self, asked: Asked, unit: int) -> None:
        """Remember that a unit took an appeal."""
        own = self._places.own(asked.grid)
        counted = OWN if unit == own else unit
        weight = 0.5 ** ((self._today - asked.day) / HALF_LIFE)
        for key in _kinds(asked):
            _add(self._taken[key], counted, weight)
        if (area := _area(asked)) is not None:
            _add(self._taken[area], unit, weight)
        matter = _matter(asked) if asked.day >= self._since else None
        if matter is not None and asked.day >= self._last.get(matter, (0, 0))[0]:
            self._last[matter] = (asked.day, unit)

    def of_kind(self, asked: Asked) -> Chances | None:
        """Return who takes appeals of the category and nature; None of an unknown category."""
        keys = _kinds(asked)
        if not keys or keys[0] not in self._taken:
            return None
        own = self._places.own(asked.grid)
        found: dict[int, float] = {}
        for unit, chance in self._smoothed(keys).items():
            taker = own if unit == OWN else unit
            if taker is not None:
                found[taker] = found.get(taker, 0.0) + chance
        return found

    def of_area(self, asked: Asked) -> Chances | None:
        """Return who takes appeals of the category in the district; None where there were none."""
        taken = self._taken.get(_area(asked) or ())
        if not taken:
            return None
        total = sum(taken.values())
        return {unit: times / total for unit, times in taken.items()}

    def of_matter(self, asked: Asked) -> Chances | None:
        """Return who took the same matter in the last days; None if nobody did."""
        matter = _matter(asked)
        day, unit = self._last.get(matter, (0, 0)) if matter is not None else (0, 0)
        return {unit: 1.0} if unit and asked.day - day <= RECENT else None

    def usual(self, asked: Asked, unit: int) -> Usual | None:
        """Return how usual a unit is for the narrowest kind it is known for, for people to read."""
        own = self._places.own(asked.grid)
        counted = OWN if unit == own else unit
        for key in reversed(_kinds(asked)[:-1]):
            taken = self._taken.get(key, {})
            if counted in taken:
                return Usual(key[-1], taken[counted] / sum(taken.values()), counted == OWN)
        return None

    def _smoothed(self, keys: Sequence[tuple[str, ...]]) -> dict[int, float]:
        """Return the chances by the last key, each level smoothed towards the one before it."""
        found: dict[int, float] = {}
        for key in keys:
            taken = self._taken.get(key)
            if not taken:
                continue
            total, kinds = sum(taken.values()), len(taken) if found else 0
            found = {unit: chance * kinds / (total + kinds) for unit, chance in found.items()}
            for unit, times in taken.items():
                found[unit] = found.get(unit, 0.0) + times / (total + kinds)
        return found


def _kinds(asked: Asked) -> list[tuple[str, ...]]:
    """Return the kinds of an appeal from the widest on: each level, then with its nature."""
    path = asked.path
    if not path:
        return []
    return [path[:n] for n in range(1, len(path) + 1)] + [("性质", asked.nature, *path)]


def _area(asked: Asked) -> tuple[str, ...] | None:
    """Return the district with the category."""
    if asked.grid is None or asked.category is None or len(asked.grid) < DISTRICT:
        return None
    return asked.grid[:DISTRICT], asked.category


def _matter(asked: Asked) -> tuple[str, str, str | None] | None:
    grid = asked.grid or ""
    if len(grid) < CELL or asked.category is None:
        return None
    return asked.category, grid[:CELL], asked.object


def _add(taken: dict[int, float], unit: int, weight: float) -> None:
    taken[unit] = taken.get(unit, 0.0) + weight
