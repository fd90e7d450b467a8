"""How the files of a source look, as data, and which file looks so and where its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from rules.text import harmless_line
from seed.channels.table import (
    Cell,
    Doubted,
    ImportFileError,
    Record,
    RowRefused,
    Shape,
    Table,
    cell_text,
    is_blank,
)

Values = dict[str, Any]  # exchange field -> value, on its way to becoming an Appeal

_NOTE = re.compile(r"[(（\[【].*$")

_JOINT = re.compile(r"[\s\-_]+")


@dataclass(slots=True)
class Row:
    """One row under a layout, for what a profile must work out from several columns."""

    line: int
    cells: Sequence[Cell]
    places: Mapping[str, int]
    clean: Callable[[Cell], str]
    whole: Callable[[Cell], str]

    def word(self, header: str) -> str:
        """Return the harmless text under a header in normal form on one line, "" for none."""
        return self._read(header, self.clean)

    def text(self, header: str) -> str:
        """Return the harmless text under a header with its lines, "" for none."""
        return self._read(header, self.whole)

    def _read(self, header: str, how: Callable[[Cell], str]) -> str:
        place = self.places.get(header)
        if place is None:
            return ""
        try:
            return how(self.cells[place])
        except Doubted as doubted:
            raise RowRefused(f"{header}{doubted}") from doubted


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of source.

    ``columns`` maps headers in normal form (see ``normal``) to exchange fields. A file is of
    this source when it has all the headers of one set in ``needs``. ``complete`` fills what
    takes more than one column; ``derived`` names the fields it fills, each with the headers any of
    which it stands on. ``moments`` are instants given as date and time of day under two headers,
    ``copies`` instants taken for others; a receipt that is only copied is not carried by the file.
    ``zone`` is that of naive times, None for the bureau's; ``day_first`` settles 04/02/2022 where
    the file should not. ``known`` are headers that are not reported as unknown. ``own`` marks a
    profile that the bureau keeps in its store.
    ``headers`` are those of a source whose files have none, ``fits`` tells its rows. ``lacks`` are
    headers that a file of this source never has. ``half``: its rows tell of matters known by their
    number. ``gathers`` is the exchange field to which later rows of one identity add their
    value.
    """

    name: str
    label: str
    columns: Mapping[str, str]
    needs: tuple[frozenset[str], ...]
    complete: Callable[[Values, Row], None]
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    zone: str | None = None
    day_first: bool | None = None
    epoch: bool = False
    headers: tuple[str, ...] = ()
    fits: Callable[[Sequence[Cell]], bool] | None = None
    gathers: str | None = None
    lacks: frozenset[str] = frozenset()
    own: bool = False
    half: bool = False


def normal(header: Cell) -> str:
    """Return a header as it is compared: harmless, small, without notes, stars and blanks."""
    plain = _NOTE.sub("", harmless_line(cell_text(header))).strip(" *＊:：")
    return _JOINT.sub("_", plain.lower())


_HEADER_WITHIN = 10  # filled rows; reports often carry a heading above their header


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is to be read.

    ``places`` maps headers in normal form to column numbers, ``fields`` exchange fields to the
    header they come from. ``header_line`` is 0 for a table without one.
    """

    table: Table
    profile: Profile
    header_line: int
    columns: tuple[str, ...]
    places: Mapping[str, int]
    fields: Mapping[str, str]
    unknown: tuple[str, ...]
    shape: Shape

    def rows(self) -> Iterator[Record]:
        """Yield the filled rows below the header."""
        for record in self.table.records(self.shape):
            if record.line > self.header_line and not is_blank(record.cells):
                yield record

    def raw(self, record: Record) -> Mapping[str, str]:
        """Return a row as it stands, under the file's own column names."""
        extra = (f"多出列{n}" for n in range(1, len(record.cells) - len(self.columns) + 1))
        return dict(zip((*self.columns, *extra), map(cell_text, record.cells), strict=False))


def recognised(path: Path, tables: Sequence[Table], profiles: Sequence[Profile]) -> Layout:
    """Return the layout of the one table in ``path`` that one of ``profiles`` knows.

    None, or more than one, raises ImportFileError.
    """
    found = [layout for table in tables if (layout := _layout(table, profiles))]
    found = [layout for layout in found if next(layout.rows(), None)] or found[:1]
    if not found:
        names = "、".join(profile.label for profile in profiles)
        raise ImportFileError(
            f"{path} 里没有认识的表头（试过 {names}），请用 duban template 生成交换表再填"
        )
    if len(found) > 1:
        names = "、".join(f"“{layout.table.name}”" for layout in found)
        raise ImportFileError(
            f"{path} 有多张工作表可以导入（{names}）：请用 --sheet 指明一张，每次导入一张"
        )
    return found[0]


def _layout(table: Table, profiles: Sequence[Profile]) -> Layout | None:
    """Recognise one table: by a header near its top, else by what its rows look like."""
    filled = (record for record in table.records() if not is_blank(record.cells))
    top = list(islice(filled, _HEADER_WITHIN))
    for record in top:
        scored = [(len(_known(record.cells, each)), each.own, each) for each in profiles]
        score, own, profile = max(scored, key=lambda one: one[:2])
        if score > 1 or (score and record is top[0]):
            alike = [each.label for *rank, each in scored if own and rank == [score, own]]
            if len(alike) > 1:
                named = "、".join(alike)
                raise ImportFileError(f"表头合于几种来源格式（{named}）：请用 --profile 指明一种")
            return _with_header(table, profile, record)
    for profile in profiles:
        fitting = sum(profile.fits(record.cells) for record in top) if profile.fits else 0
        if fitting and fitting * 10 >= len(top) * 7:  # a damaged row or two may be among them
            return _without_header(table, profile)
    return None


def _known(cells: Sequence[Cell], profile: Profile) -> set[str]:
    """Return the exchange fields that a row names as this profile's header, if it is one."""
    headers = {normal(cell) for cell in cells}
    if headers & profile.lacks:
        return set()
    named = {profile.columns[header] for header in headers if header in profile.columns}
    named |= {name for name, given in profile.derived.items() if not headers.isdisjoint(given)}
    return named if any(need <= headers | named for need in profile.needs) else set()


def _with_header(table: Table, profile: Profile, record: Record) -> Layout:
    """Lay out a table under its header; of two columns for one field the first counts."""
    places: dict[str, int] = {}
    fields: dict[str, str] = {}
    unknown: list[str] = []
    last = 0
    for place, cell in enumerate(record.cells):
        header = normal(cell)
        last = place if header else last
        field = profile.columns.get(header)
        if header in places or field in fields or not (field or header in profile.known):
            unknown += [cell_text(cell).strip()] if header else []
            continue
        places[header] = place
        if field:
            fields[field] = header
    _add_derived(fields, places, profile)
    columns = _distinct([cell_text(cell).strip() for cell in record.cells])
    shape = Shape(last + 1, len(record.cells))
    return Layout(table, profile, record.line, columns, places, fields, tuple(unknown), shape)


def _without_header(table: Table, profile: Profile) -> Layout:
    """Lay out a table whose profile names its columns."""
    places = {normal(header): place for place, header in enumerate(profile.headers)}
    fields = {name: header for header, name in profile.columns.items() if header in places}
    _add_derived(fields, places, profile)
    width = len(profile.headers)
    return Layout(table, profile, 0, profile.headers, places, fields, (), Shape(width, width))


def _add_derived(fields: dict[str, str], places: Mapping[str, int], profile: Profile) -> None:
    """Add the fields that stand on other columns: derived ones, then copies."""
    for name, headers in profile.derived.items():
        header = next((header for header in headers if header in places), None)
        if header is not None:
            fields.setdefault(name, header)
    for name, origin in profile.copies.items():
        if origin in fields and name != "received_at":
            fields.setdefault(name, fields[origin])


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Name every column so that no two are alike: an empty or second one by its position."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        names[place] = name if name and name not in seen else f"{name or '列'}#{place + 1}"
        seen.add(names[place])
    return tuple(names)
