"""How the files of a source look, as data, and which file looks so and where its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from rules.intake import INSTANTS
from rules.text import harmless_line
from seed.channels.body import Body, Skipped
from seed.channels.headers import Head, heads_in, normal as normal, plain_name
from seed.channels.instants import dated
from seed.channels.placing import SERIALS, Placed, nameless, placed
from seed.channels.synonyms import FIELD_OF
from seed.channels.table import (
    Cell,
    Doubted,
    ImportFileError,
    Record,
    RowRefused,
    SeveralSheets,
    Shape,
    Table,
    UnknownHeader,
    cell_text,
    is_blank,
)
from seed.channels.unknown import times_among, unclear_receipt, unknown_header

Values = dict[str, Any]  # exchange field -> value, on its way to becoming an Appeal


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
    this source when it has all the headers of one set in ``needs``. ``synonyms`` are other names
    of these columns, as bureaus have them. ``complete`` fills what takes more than one column;
    ``derived`` names the fields it fills, each with the headers any of which it stands on.
    ``moments`` are instants given as date and time of day under two headers, ``copies`` instants
    taken for others; a receipt that is only copied is not carried by the file. ``zone`` is that of
    naive times, None for the bureau's; ``day_first`` settles 04/02/2022 where the file should not.
    ``known`` are headers that are not reported as unknown. ``own`` marks a profile that the bureau
    keeps in its store.
    ``headers`` are those of a source whose files have none, ``fits`` tells its rows. ``lacks`` are
    headers that a file of this source never has. ``half``: its rows tell of matters known by their
    number. ``analysis``: others answer what it tells of. ``gathers`` is the exchange field to which
    later rows of one identity add their value. ``words`` turn, by field, what the source says into
    what we say.
    """

    name: str
    label: str
    columns: Mapping[str, str]
    needs: tuple[frozenset[str], ...]
    complete: Callable[[Values, Row], None]
    synonyms: Mapping[str, str] = field(default_factory=dict)
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
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    own: bool = False
    half: bool = False
    analysis: bool = False


_YEAR = re.compile(r"(?<!\d)(20\d\d)年")

_HEADER_WITHIN = 12  # filled rows; reports often carry a heading above their header


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is to be read.

    ``places`` maps headers in normal form to column numbers, ``fields`` exchange fields to the
    header they come from. ``several`` are all the columns of a field that more than one names,
    ``year`` is that of the whole table, where its heading names one.
    ``header_line`` is 0 for a table without one. ``skipped`` tells of the rows that the last pass
    took for none.
    """

    table: Table
    profile: Profile
    header_line: int
    columns: tuple[str, ...]
    places: Mapping[str, int]
    fields: Mapping[str, str]
    unknown: tuple[str, ...]
    shape: Shape
    several: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    year: int | None = None
    body: Body | None = None
    skipped: Skipped = field(default_factory=Skipped)

    def rows(self) -> Iterator[Record]:
        """Yield the filled rows below the header.

        What has keys instead of a header (line 0) has nothing that closes a table either.
        """
        records = self.table.records(self.shape)
        if self.body is None:
            line = self.header_line
            return (each for each in records if each.line > line and not is_blank(each.cells))
        self.skipped.clear()
        return self.body.rows(records, self.skipped)

    def raw(self, record: Record) -> Mapping[str, str]:
        """Return a row as it stands, under the file's own column names.

        Bare day numbers of columns that are dates stand as dates: another file has another epoch.
        """
        extra = (f"多出列{n}" for n in range(1, len(record.cells) - len(self.columns) + 1))
        cells = [*record.cells]
        for header in {header for name, header in self.fields.items() if name in INSTANTS}:
            place = self.places[header]
            if place < len(cells):
                cells[place] = dated(cells[place], self.table.since)
        return dict(zip((*self.columns, *extra), map(cell_text, cells), strict=False))


def recognised(path: Path, tables: Sequence[Table], profiles: Sequence[Profile]) -> Layout:
    """Return the layout of the one table in ``path`` that one of ``profiles`` knows.

    None, or more than one, raises ImportFileError.
    """
    found = [layout for table in tables if (layout := _layout(table, profiles))]
    found = [layout for layout in found if next(layout.rows(), None)] or found[:1]
    if not found:
        form = max(profiles, key=lambda each: len(each.synonyms))
        as_form = f"按{form.label}读，" if len(profiles) == 1 else ""
        told = unknown_header(map(_top, tables), form)
        raise UnknownHeader(f"{path} {as_form}{told}{_passed_over(tables)}")
    if len(found) > 1:
        sheets = [layout.table.name for layout in found]
        names = "、".join(f"“{name}”" for name in sheets)
        raise SeveralSheets(
            f"{path} 有多张工作表可以导入（{names}）：请用 --sheet 指明一张，每次导入一张", sheets
        )
    layout = found[0]
    if times := _unclear_receipt(layout):
        raise UnknownHeader(f"{path} {unclear_receipt(times)}")
    return layout


def _passed_over(tables: Sequence[Table]) -> str:
    """Name the hidden sheets that stand beside tables of which none is known."""
    hidden = "、".join(f"“{harmless_line(name)}”" for table in tables[:1] for name in table.hidden)
    return f"；隐藏的工作表{hidden}没有看，要读请用 --sheet 指明" if hidden else ""


def _unclear_receipt(layout: Layout) -> Sequence[str]:
    """Return the columns left unread of which one may be the receipt that is missing."""
    form = layout.profile
    if form.half or not form.synonyms or "received_at" in layout.fields:
        return ()
    return times_among(layout.unknown)


def _layout(table: Table, profiles: Sequence[Profile]) -> Layout | None:
    """Recognise one table: by a header near its top, else by what its rows look like."""
    top = _top(table)
    found = [
        rated
        for start, head in heads_in(top)
        for profile in profiles
        if (rated := _rated(start, head, profile, top))
    ]
    if found:
        best = max(found, key=lambda each: each.rank)
        alike = [
            each.profile.label for each in found if best.profile.own and each.rank == best.rank
        ]
        if len(alike) > 1:
            named = "、".join(alike)
            raise ImportFileError(f"表头合于几种来源格式（{named}）：请用 --profile 指明一种")
        return _with_header(table, best, _below(best.head, top))
    for profile in profiles:
        fitting = sum(profile.fits(record.cells) for record in top) if profile.fits else 0
        if fitting and fitting * 10 >= len(top) * 7:  # a damaged row or two may be among them
            return _without_header(table, profile)
    return None


def _top(table: Table) -> list[Record]:
    """Return the first filled rows of a table."""
    return list(
        islice((each for each in table.records() if not is_blank(each.cells)), _HEADER_WITHIN)
    )


def _below(head: Head, top: Sequence[Record]) -> Sequence[Record]:
    return [record for record in top if record.line > head.line]


class _Rated(NamedTuple):
    """Rows taken as a profile's header, and how well they do."""

    rank: tuple[int, ...]
    profile: Profile
    head: Head
    found: Placed


def _rated(start: int, head: Head, profile: Profile, top: Sequence[Record]) -> _Rated | None:
    """Rate rows as the header of a profile; None where they are not.

    What a profile needs counts more under its own names than under synonyms.
    """
    keys = {key for column in head.keys for key in column}
    if keys & profile.lacks or (profile.half and _tells_of_whole_appeals(keys - profile.known)):
        return None
    found = placed(head, profile, _below(head, top))
    found.own_fields.update(_add_derived(found.fields, found.places, profile))
    by_own_names = any(need <= keys | found.own_fields for need in profile.needs)
    if not by_own_names:
        known = keys | found.fields.keys()
        if profile.half and _only_numbers_rows(head, found):
            known -= {"number"}
        if not any(need <= known for need in profile.needs):
            return None
    if len(found.fields) > 1 or (found.own and head.rows[0] == tuple(map(normal, top[0].cells))):
        rank = (found.own, profile.own, len(found.fields), -len(head.rows), -start)
        return _Rated((by_own_names, *rank), profile, head, found)
    return None


def _only_numbers_rows(head: Head, found: Placed) -> bool:
    """Whether the column taken for the number may as well count the rows of the file."""
    place = found.places.get(found.fields.get("number", ""))
    return place is not None and plain_name(head.names[place]) in SERIALS


def _tells_of_whole_appeals(keys: Set[str]) -> bool:
    return not {"title", "content"}.isdisjoint(map(FIELD_OF.get, keys))


def _with_header(table: Table, rated: _Rated, below: Sequence[Record]) -> Layout:
    """Lay out a table under its header."""
    _, profile, head, found = rated
    moments = {
        name: tuple(found.places[header] for header in headers if header in found.places)
        for name, headers in profile.moments.items()
    }
    at = {name: found.places[header] for name, header in found.fields.items()}
    texts = [at.pop(name) for name in ("title", "content") if name in at]
    last = max((place for place, keys in enumerate(head.keys) if keys), default=0)
    return Layout(
        table,
        profile,
        head.line,
        _distinct(list(head.names)),
        found.places,
        found.fields,
        (*found.passed, *nameless(head, below)),
        Shape(last + 1, len(head.names)),
        found.several | {name: those for name, those in moments.items() if len(those) > 1},
        _year_of((table.name, *head.above)),
        Body(head, texts, list(at.values())) if head.line else None,
    )


def _year_of(headings: Iterable[str]) -> int | None:
    """Return the one year that headings name."""
    years = {year for text in headings for year in _YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def _without_header(table: Table, profile: Profile) -> Layout:
    """Lay out a table whose profile names its columns."""
    places = {normal(header): place for place, header in enumerate(profile.headers)}
    fields = {name: header for header, name in profile.columns.items() if header in places}
    _add_derived(fields, places, profile)
    width = len(profile.headers)
    return Layout(table, profile, 0, profile.headers, places, fields, (), Shape(width, width))


def _add_derived(fields: dict[str, str], places: Mapping[str, int], profile: Profile) -> set[str]:
    """Add the fields that stand on other columns, derived ones and copies; return the former."""
    added = set()
    for name, headers in profile.derived.items():
        header = next((header for header in headers if header in places), None)
        if header is not None:
            fields.setdefault(name, header)
            added.add(name)
    for name, origin in profile.copies.items():
        if origin in fields and name != "received_at":
            fields.setdefault(name, fields[origin])
    return added


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Name every column so that no two are alike: an empty or second one by its position."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        names[place] = name if name and name not in seen else f"{name or '列'}#{place + 1}"
        seen.add(names[place])
    return tuple(names)
