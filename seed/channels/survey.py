"""What only the whole of a file tells: one pass over it before the rows are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seed.channels.instants import order_of
from seed.channels.layout import Layout
from seed.channels.profile import INSTANTS
from seed.channels.table import Cell, cell_text
from seed.hygiene import harmless_line

Key = tuple[str, str]  # external id and title


@dataclass(frozen=True, slots=True)
class Survey:
    """A file as a whole.

    ``rows`` counts filled rows. ``day_first`` is how its dates with the year last are ordered,
    None where nothing or both ways show. ``gathered`` holds the values that the rows of one
    identity give for the gathered field, where they give more than one.
    """

    rows: int
    day_first: bool | None
    gathered: Mapping[Key, tuple[str, ...]]


def survey(layout: Layout) -> Survey:
    """Read the file once through."""
    dates = [] if layout.profile.epoch else _date_places(layout)
    gathering = _gathering_places(layout)
    gathered: dict[Key, dict[str, None]] = {}
    orders: set[bool | None] = {None}
    rows = 0
    for record in layout.rows():
        rows += 1
        if record.fault:
            continue
        if len(orders) < 3:
            orders.update(order_of(record.cells[place]) for place in dates)
        if gathering:
            key, title, value = (_word(record.cells[place]) for place in gathering)
            gathered.setdefault((key, title), {})[value] = None
    several = {key: tuple(found) for key, found in gathered.items() if len(found) > 1}
    return Survey(rows, _only(orders), several)


def _only(orders: set[bool | None]) -> bool | None:
    """Return the one order that showed, None where none or both did."""
    shown = orders - {None}
    return shown.pop() if len(shown) == 1 else None


def _date_places(layout: Layout) -> Sequence[int]:
    """Return the columns that hold instants."""
    return sorted({layout.places[h] for n, h in layout.fields.items() if n in INSTANTS})


def _gathering_places(layout: Layout) -> Sequence[int]:
    """Return the columns of external id, title and gathered field, or none."""
    names = ("external_id", "title", layout.profile.gathers or "")
    if any(name not in layout.fields for name in names):
        return ()
    return [layout.places[layout.fields[name]] for name in names]


def _word(cell: Cell) -> str:
    """Return a cell as the reader will compare it."""
    return harmless_line(cell_text(cell))
