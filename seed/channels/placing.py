"""Which column of a file is which field, under the names that a profile and bureaus have for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from seed.channels.headers import Head, plain_name
from seed.channels.table import Cell, Record, cell_text

SERIALS = frozenset(("编号", "单号", "件号"))
"""Names of a number that as often only counts the rows."""

_DAY = re.compile(r"(?:日期|日)$")

_CLOCK = re.compile(r"(?:时间|时刻|时分|钟点|时间点)$")


_LEVELS = tuple(map(re.compile, ("一级|大类", "二级|中类", "三级|小类", "四级|细类")))


def level_of(name: str) -> int:
    """Return which level of a category a column is named for, the widest 1; 0 for none."""
    return next((n for n, sign in enumerate(_LEVELS, 1) if sign.search(name)), 0)


class Named(Protocol):
    """What is needed of a profile: its columns, other names of them, headers of no use."""

    @property
    def columns(self) -> Mapping[str, str]:
        """Headers in normal form, each with its field."""
        ...

    @property
    def synonyms(self) -> Mapping[str, str]:
        """Other names that bureaus have for these fields."""
        ...

    @property
    def known(self) -> frozenset[str]:
        """Headers that are not reported as unknown."""
        ...


class _Column(NamedTuple):
    """A column that a profile knows: its field ("" for one of no use), the header it stands for."""

    place: int
    field: str
    header: str
    own: bool  # by the profile's own name, not by a synonym
    name: str


@dataclass(slots=True)
class Placed:
    """Where the fields are.

    ``places`` maps the profile's headers to column numbers, ``fields`` fields to such headers.
    ``several`` are the columns of fields that more than one names, ``passed`` names of columns
    that are not read. ``own_fields`` are those under a name of the profile's own.
    """

    places: dict[str, int] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    several: dict[str, tuple[int, ...]] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    own_fields: set[str] = field(default_factory=set)

    @property
    def own(self) -> int:
        """How many fields bear the profile's own name."""
        return len(self.own_fields)


def placed(head: Head, profile: Named, below: Sequence[Record]) -> Placed:
    """Find the fields of ``profile`` under a header; ``below`` are the first rows under it."""
    found = Placed()
    columns: dict[str, list[_Column]] = {}
    for place, keys in enumerate(head.keys):
        column = _column(place, head.names[place], keys, profile)
        if column is None or (not column.own and _only_counts(column, below)):
            if keys and column is None:
                found.passed.append(head.names[place])
        elif column.field:
            columns.setdefault(column.field, []).append(column)
        elif column.header in found.places:
            found.passed.append(column.name)
        else:
            found.places[column.header] = place
    for name, those in columns.items():
        read = _read_of(those)
        if any(column.own for column in read):
            found.own_fields.add(name)
        found.places[read[0].header] = read[0].place
        found.fields[name] = read[0].header
        if len(read) > 1:
            found.several[name] = tuple(column.place for column in read)
        found.passed += [column.name for column in those if column not in read]
    return found


def _column(place: int, name: str, keys: Sequence[str], profile: Named) -> _Column | None:
    """Return what a column is, by the first of its keys that means anything."""
    for key in keys:
        meant = profile.columns.get(key)
        if meant is not None:
            return _Column(place, meant, key, True, name)
        if key in profile.known:
            return _Column(place, "", key, True, name)
        meant = profile.synonyms.get(key)
        if meant is not None:
            headers = [header for header, field in profile.columns.items() if field == meant]
            own = next((header for header in headers if header in keys), None)
            return _Column(place, meant, own or headers[-1], own is not None, name)
    return None


def _read_of(columns: Sequence[_Column]) -> list[_Column]:
    """Return which columns of one field are read: those under its own name before synonyms.

    Of 受理日期 and 受理时间 one may hold the day and the other the time of day: both are. The
    levels of a category, one a column, are read before what only sums them up.
    """
    own = [column for column in columns if column.own]
    if not own:
        levels = [column for column in columns if level_of(column.name)]
        return levels if len(levels) > 1 else list(columns)
    return own + [
        column
        for column in columns
        if not column.own and any(_day_and_clock(column.name, each.name) for each in own)
    ]


def _day_and_clock(one: str, other: str) -> bool:
    """Whether two names are those of a day and a time of day of the same act."""
    one, other = plain_name(one), plain_name(other)
    for day, clock in ((one, other), (other, one)):
        if _DAY.search(day) and _CLOCK.search(clock):
            return _DAY.sub("", day) == _CLOCK.sub("", clock)
    return False


def _only_counts(column: _Column, below: Sequence[Record]) -> bool:
    """Whether a column called 编号 numbers the rows of the file and not the matters."""
    if plain_name(column.name) not in SERIALS:
        return False
    numbers = [_whole(record.cells[column.place : column.place + 1]) for record in below]
    told = [number for number in numbers if number is not None]
    first = told[0] if told else 0
    return bool(told) and told == list(range(first, first + len(told))) and first < 1000


def _whole(cells: Sequence[Cell]) -> int | None:
    text = cell_text(cells[0]).strip() if cells else ""
    return int(text) if text.isdecimal() and len(text) < 7 else None


def nameless(head: Head, below: Sequence[Record]) -> Iterator[str]:
    """Yield where cells are filled under no name at all."""
    for place, keys in enumerate(head.keys):
        cells = (cell for row in below for cell in row.cells[place : place + 1])
        if not keys and any(cell_text(cell).strip() for cell in cells):
            yield f"第{place + 1}列（没有列名）"
