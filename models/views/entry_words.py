"""The words that the boxes of a new appeal may say: channels, categories, places and units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.grid import told_estates
from models.store import Query
from models.views.facts import channel_names
from rules.grid import DISTRICT, Place, above, brief_fault
from rules.intake import Register

if TYPE_CHECKING:
    from models.store import Reader


@dataclass(frozen=True, slots=True)
class Where:
    """A cell of the grid: ``name`` from its district on, ``unit`` is the one it belongs to.

    ``estates`` lie in it.
    """

    code: str
    name: str
    initials: str
    unit: str
    estates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What the boxes of a new appeal may say in a store.

    ``places`` are by their codes; ``spoken`` are these codes by every word for them, ``ended`` says
    of codes that are none on the day what to write.
    """

    channels: tuple[str, ...]
    categories: tuple[str, ...]
    places: Mapping[str, Where]
    spoken: Mapping[str, str]
    ended: Mapping[str, str]
    units: UnitDirectory

    def register(self, opened_at: datetime, now: datetime, zone: tzinfo) -> Register:
        """Return what the words mean at a moment, for a form opened then."""
        today = now.astimezone(zone).date()
        return Register(
            self.channels,
            self.categories,
            self.spoken,
            lambda word: self.units.find(word, today),
            opened_at,
            now,
            zone,
            self.ended,
        )

    def place(self, grid: str | None) -> Where | None:
        """Return the known cell in which a place lies; None for one in words."""
        if grid is None or not grid.isdecimal():
            return None
        codes = [grid[:digits] for digits in range(len(grid), 3, -1)]
        return next((self.places[code] for code in codes if code in self.places), None)


@dataclass(frozen=True, slots=True)
class _Category:
    """A path of the list of categories."""

    path: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the grid by its own name, with its days and estates."""

    code: str
    name: str
    initials: str
    valid_from: date | None
    valid_to: date | None
    estates: str | None


@dataclass(frozen=True, slots=True)
class _Move:
    """Who took over from a place."""

    code: str
    successor: str


@dataclass(frozen=True, slots=True)
class _Seat:
    """The unit of a place."""

    grid: str
    unit: str


_CATEGORIES = Query(_Category, "SELECT path FROM category ORDER BY position")
_CELLS = Query(
    _Cell,
    """
SELECT code, name, coalesce(initials, '') AS initials, valid_from, valid_to, estates
FROM grid ORDER BY code
""",
)
_MOVES = Query(_Move, "SELECT code, successor FROM grid_move ORDER BY id")
_SEATS = Query(
    _Seat,
    """
SELECT grid, short_name AS unit FROM unit
WHERE grid IS NOT NULL AND valid_to IS NULL AND NOT is_centre ORDER BY code
""",
)


def category_paths(reader: Reader) -> tuple[str, ...]:
    """Return the paths of the list of categories in their order."""
    return tuple(one.path for one in reader.read(_CATEGORIES))


def known_words(reader: Reader, on: date) -> EntryWords:
    """Read what the boxes of a new appeal may say on a day."""
    cells = {cell.code: cell for cell in reader.read(_CELLS)}
    ended = _ended(reader, cells, on)
    places = {one.code: one for one in _places(reader, cells) if one.code not in ended}
    return EntryWords(
        channel_names(reader),
        category_paths(reader),
        places,
        dict(_spoken(places)),
        ended,
        UnitDirectory(reader),
    )


def _ended(reader: Reader, cells: Mapping[str, _Cell], on: date) -> dict[str, str]:
    """Return the places that are none on a day, each with what to write instead."""
    moves: dict[str, list[str]] = {}
    for move in reader.read(_MOVES):
        moves.setdefault(move.code, []).append(move.successor)
    told = {}
    for cell in cells.values():
        if cell.valid_from is None and cell.valid_to is None:
            continue
        place = Place(
            cell.code,
            valid_from=cell.valid_from,
            valid_to=cell.valid_to,
            successors=tuple(moves.get(cell.code, ())),
        )
        if (why := brief_fault(place, on)) is not None:
            told[cell.code] = why
    return told


def _spoken(places: Mapping[str, Where]) -> Iterator[tuple[str, str]]:
    """Give every word for a place with its code; a street or an estate only where it is the one."""
    short: dict[str, list[str]] = {}
    for place in places.values():
        yield place.code, place.code
        yield place.name, place.code
        district = places.get(place.code[:DISTRICT])
        own = place.name.removeprefix(district.name if district is not None else "")
        for word in (own, *place.estates):
            short.setdefault(word, []).append(place.code)
    for own, codes in short.items():
        if own and len(codes) == 1:
            yield own, codes[0]


def _places(reader: Reader, cells: Mapping[str, _Cell]) -> Iterator[Where]:
    seats: dict[str, str] = {}
    for seat in reader.read(_SEATS):
        seats.setdefault(seat.grid, seat.unit)
    told: dict[str, tuple[str, str, str]] = {}  # name, initials and unit of those met before
    for code, cell in cells.items():
        name, heads, unit = told.get(above(code) or "", ("", "", ""))
        name, heads, unit = name + cell.name, heads + cell.initials, seats.get(code, unit)
        told[code] = (name, heads, unit) if len(code) >= DISTRICT else ("", "", unit)
        yield Where(code, name, f"{heads} {cell.initials}", unit, told_estates(cell.estates))


_LAST = """
SELECT t.channel FROM (
    SELECT subject_id, seq FROM event
    WHERE verb = 'ticket.intake' AND operator = :login ORDER BY seq DESC LIMIT 500
) e JOIN ticket t ON t.id = e.subject_id
WHERE t.source = 'hand' ORDER BY e.seq DESC LIMIT 1
"""


def last_channel(reader: Reader, login: str) -> str:
    """Return by which channel what an operator registered last by hand came in, if any did."""
    found = reader.value(_LAST, login=login)
    return "" if found is None else str(found)
