"""What a first pass over a file tells: how many rows, and what a single row leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.intake import INSTANTS
from rules.text import harmless_line
from seed.channels.digits import NUMBERS, Rounding
from seed.channels.instants import order_of, orders_of
from seed.channels.profile import Layout
from seed.channels.table import Cell, cell_text

Key = tuple[str, str]  # external id and title

_YEAR_FIRST = frozenset("-/.年")


@dataclass(frozen=True, slots=True)
class Survey:
    """A file as a whole.

    ``rows`` counts filled rows, ``filtered`` those that a filter hides. ``day_first`` is how its
    dates with the year last are ordered, ``short`` how those with a year of two digits are; None
    where nothing or several ways show. ``gathered`` holds the values that the rows of one identity
    give for the gathered field, where they give more than one. ``rounded`` are the columns whose
    long numbers have lost digits. ``passed_over`` tells of totals, signatures and repeated headers.
    """

    rows: int
    filtered: int
    day_first: bool | None
    short: str | None
    gathered: Mapping[Key, tuple[str, ...]]
    rounded: frozenset[int]
    passed_over: str


def survey(layout: Layout, now: datetime) -> Survey:
    """Read the file once through."""
    dates = [] if layout.profile.epoch else _places(layout, INSTANTS)
    past = frozenset(_places(layout, INSTANTS - {"due_at"}))
    orders = _Orders(now.year)
    rounding = Rounding(_places(layout, NUMBERS))
    gathering = _gathering_places(layout)
    gathered: dict[Key, dict[str, None]] = {}
    rows = filtered = 0
    hides = layout.table.filtered
    for record in layout.rows():
        rows += 1
        filtered += record.line in hides
        if record.fault:
            continue
        cells = record.cells
        for place in dates:
            cell = cells[place]
            if isinstance(cell, str) and cell and cell[4:5] not in _YEAR_FIRST:
                orders.see(cell, place in past)
        for place in rounding.places:
            rounding.see(place, cells[place])
        if gathering:
            key, title, value = (_word(cells[place]) for place in gathering)
            gathered.setdefault((key, title), {})[value] = None
    several = {key: tuple(found) for key, found in gathered.items() if len(found) > 1}
    return Survey(
        rows,
        filtered,
        orders.day_first,
        orders.short,
        several,
        rounding.rounded,
        layout.skipped.told(),
    )


class _Orders:
    """In which order the dates of a file stand, as far as they show."""

    def __init__(self, year: int) -> None:
        self._year = year
        self._shown: set[bool | None] = {None}
        self._possible: frozenset[str] | None = None

    def see(self, cell: str, past: bool) -> None:
        """Take note of one date; ``past`` says that it cannot lie in a year to come."""
        self._shown.add(order_of(cell))
        found = orders_of(cell, self._year) if past else None
        if found is not None:
            self._possible = found if self._possible is None else self._possible & found

    @property
    def day_first(self) -> bool | None:
        """The one order of dates with the year last that showed, None where none or both did."""
        shown = self._shown - {None}
        return next(iter(shown)) if len(shown) == 1 else None

    @property
    def short(self) -> str | None:
        """The one order in which all dates with a year of two digits lie in the past."""
        return next(iter(self._possible)) if self._possible and len(self._possible) == 1 else None


def _places(layout: Layout, names: frozenset[str]) -> Sequence[int]:
    """Return the columns of some fields."""
    return sorted({layout.places[h] for n, h in layout.fields.items() if n in names})


def _gathering_places(layout: Layout) -> Sequence[int]:
    """Return the columns of external id, title and gathered field, or none."""
    names = ("external_id", "title", layout.profile.gathers or "")
    if any(name not in layout.fields for name in names):
        return ()
    return [layout.places[layout.fields[name]] for name in names]


def _word(cell: Cell) -> str:
    """Return a cell as the reader will compare it."""
    return harmless_line(cell_text(cell))
