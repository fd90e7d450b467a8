"""A file being read: every filled row becomes an Appeal or a Reject, none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.casework import Appeal, HalfRow, Reject, moments_told
from rules.intake import INSTANTS, LONG_TEXTS, identity_of
from rules.text import harmless, harmless_line, unguarded
from seed.channels.digits import NUMBERS, number_text
from seed.channels.formats import tables_of
from seed.channels.instants import Instants
from seed.channels.joining import Joining
from seed.channels.profile import Layout, Profile, Row, Values, recognised
from seed.channels.profiles import PROFILES
from seed.channels.survey import Survey, survey
from seed.channels.table import (
    SHOWN,
    Cell,
    Doubted,
    ImportFileError,
    Record,
    RowRefused,
    cell_text,
    doubt_in,
)
from seed.channels.words import listed_in_lines

_YEARS_AHEAD = 50


def read_file(
    path: Path | str,
    *,
    profile: str = "auto",
    own: Sequence[Profile] = (),
    source: str | None = None,
    sheet: str | None = None,
    zone: tzinfo,
    now: datetime,
) -> Reading:
    """Open ``path`` and return its Reading; raises ImportFileError where that cannot be.

    ``profile`` is a name of PROFILES or of the bureau's ``own``, or "auto" to tell by the header.
    ``source`` defaults to the profile's name. ``sheet`` names one of several sheets of a workbook.
    ``zone`` is the bureau's; ``now`` bounds what a date can mean.
    """
    profiles = {**PROFILES, **{each.name: each for each in own}}
    if profile != "auto" and profile not in profiles:
        names = "、".join(profiles)
        raise ImportFileError(f"没有名为“{profile}”的渠道格式，可用 auto、{names}")
    wanted = tuple(profiles.values()) if profile == "auto" else (profiles[profile],)
    known = frozenset(header for each in wanted for header in each.columns)
    layout = recognised(Path(path), tables_of(Path(path), sheet, known), wanted)
    return Reading(layout, source or layout.profile.name, zone, now)


@dataclass
class Reading:
    """A file under a profile; iterate over it, as often as needed.

    ``source`` names where identities are unique, ``zone`` is the bureau's, for sources that
    declare none. Dates more than fifty years after ``now`` are refused as unreadable.
    """

    layout: Layout
    source: str
    zone: tzinfo
    now: datetime

    @property
    def profile(self) -> str:
        """The name of the profile by which the file is read."""
        return self.layout.profile.name

    @property
    def analysis(self) -> bool:
        """Whether others answer what the file tells of, by its profile."""
        return self.layout.profile.analysis

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's own column names, in order; keys of ``Reject.raw``."""
        return self.layout.columns

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Headers that the profile does not know, or that name a field a second time."""
        return self.layout.unknown

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know of how the file was read."""
        hidden = "、".join(f"“{harmless_line(name)}”" for name in self.layout.table.hidden)
        count, passed = self.whole.filtered, self.whole.passed_over
        return (
            *([f"隐藏的工作表{hidden}没有读"] if hidden else ()),
            *([f"有{count}行被筛选隐藏，也已读入"] if count else ()),
            *([f"里{passed}"] if passed else ()),
        )

    @property
    def total(self) -> int:
        """How many rows iterating will give."""
        return self.whole.rows

    @cached_property
    def whole(self) -> Survey:
        """What a first pass over the file tells."""
        return survey(self.layout, self.now)

    def __iter__(self) -> Iterator[Appeal | Reject]:
        """Yield an Appeal or a Reject for every filled row, in the file's order."""
        own, settled = self.layout.profile.zone, self.layout.profile.day_first
        instants = Instants(
            zone=ZoneInfo(own) if own else self.zone,
            latest_year=self.now.year + _YEARS_AHEAD,
            day_first=self.whole.day_first if settled is None else settled,
            epoch=self.layout.profile.epoch,
            since=self.layout.table.since,
            short=self.whole.short,
            year=self.layout.year,
        )
        reader = RowReader(self.layout, self.whole, self.source, instants, self.now)
        return map(reader.read, self.layout.rows())

    def originals(self, lines: Set[int]) -> Mapping[int, Mapping[str, str]]:
        """Read the file again for the rows at ``lines``, as they stand in it."""
        rows = self.layout.rows()
        return {each.line: self.layout.raw(each) for each in rows if each.line in lines}


_GRACE = timedelta(minutes=1)  # clocks of two systems may differ by so much

_END_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)

_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at", "rated_at")

_TEXT_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')  # keeps a program from shortening numbers

_PAST = frozenset((*_ACTS, "received_at"))

_AHEAD = timedelta(days=1)  # by how much the clock of a source may be ahead

_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)

_UNITS = frozenset(("unit", "co_units"))

_REMEMBERED = 4096  # cells met of late: units, kinds and places repeat


class RowReader:
    """One pass over a file: what it has met so far decides which row is a repetition."""

    def __init__(
        self, layout: Layout, whole: Survey, source: str, instants: Instants, now: datetime
    ) -> None:
        self._latest = now + _AHEAD
        self._layout = layout
        self._profile = layout.profile
        self._whole = whole
        self._source = source
        self._instants = instants
        self._carried = frozenset(layout.fields)
        self._helped = self._carried | {"co_units"}
        self._first: dict[str, int] = {}
        several = layout.several
        self._joining = Joining(layout.columns, several, INSTANTS) if several else None
        columns, moments = layout.profile.columns, layout.profile.moments
        direct = {n: h for n, h in layout.fields.items() if columns.get(h) == n or n in moments}
        places = {name: layout.places[header] for name, header in direct.items()}
        self._dates = [(n, p) for n, p in places.items() if n in INSTANTS]
        self._texts = [(n, p) for n, p in places.items() if n in LONG_TEXTS]
        self._numbers = [(n, p, p in whole.rounded) for n, p in places.items() if n in NUMBERS]
        self._units = [(n, p) for n, p in places.items() if n in _UNITS]
        special = INSTANTS | LONG_TEXTS | NUMBERS | _UNITS
        self._words = [(n, p) for n, p in places.items() if n not in special]
        self._word = lru_cache(_REMEMBERED, typed=True)(self._clean_word)
        self._list = lru_cache(_REMEMBERED, typed=True)(self._clean_list)
        self._copies = layout.profile.copies.items()

    def read(self, record: Record) -> Appeal | Reject:
        """Return what one row amounts to."""
        if record.fault:
            return Reject(record.line, record.fault, self._layout.raw(record))
        try:
            cells = self._joining.merged(record.cells) if self._joining else record.cells
            row = Row(record.line, cells, self._layout.places, self._word, self._clean_text)
            appeal = self._appeal(row)
            self._refuse_repetition(appeal, row)
        except RowRefused as refusal:
            return Reject(record.line, str(refusal), self._layout.raw(record))
        return appeal

    def _appeal(self, row: Row) -> Appeal:
        """Read, complete and check one row."""
        cells = row.cells
        values: Values = {"title": "", "content": ""}
        place = 0
        try:
            for name, place in self._words:
                if text := self._word(cells[place]):
                    values[name] = text
            for name, place in self._units:
                if text := self._list(cells[place]):
                    values[name] = text
            for name, place, rounded in self._numbers:
                if text := number_text(self._clean_word(cells[place]), rounded):
                    values[name] = text
            for name, place in self._texts:
                if text := self._clean_text(cells[place]):
                    values[name] = text
        except Doubted as doubted:
            raise RowRefused(f"{self._layout.columns[place]}{doubted}") from doubted
        date_only = self._read_dates(cells, values)
        self._profile.complete(values, row)
        date_only |= {copy for copy, origin in self._copies if origin in date_only}
        if not values.get("channel"):
            values["channel"] = "其他"
        if values.get("confidential") is None and values.get("nature") == "举报":
            values["confidential"] = True
        if not (self._profile.half or values["title"] or values["content"]):
            raise RowRefused("标题和内容都是空的")
        self._gather(values)
        _order(values, date_only)
        kind = HalfRow if self._profile.half else Appeal
        fields = self._helped if values.get("co_units") else self._carried
        return kind(**values, line=row.line, fields=fields, date_only=frozenset(date_only))

    def _read_dates(self, cells: Sequence[Cell], values: Values) -> set[str]:
        """Read every instant and return the names of those given as a date alone."""
        date_only = set()
        for name, place in self._dates:
            cell = cells[place]
            if isinstance(cell, str) and cell[:1] in ("=", "'"):
                cell = self._bare(cell).removeprefix("'")
            try:
                stamp = self._instants.read(cell)
                if stamp is not None and name in _PAST:
                    self._refuse_unlikely(stamp.at)
            except RowRefused as refusal:
                shown = harmless_line(cell_text(cell))[:SHOWN]
                raise RowRefused(f"{self._layout.columns[place]}“{shown}”{refusal}") from refusal
            if stamp is None:
                continue
            values[name] = stamp.at
            if stamp.date_only:
                date_only.add(name)
                values[name] += _END_OF_DAY if name == "due_at" else timedelta()
        return date_only

    def _refuse_unlikely(self, at: datetime) -> None:
        """Refuse an act that has not happened yet, or before there were appeals on record."""
        if at > self._latest:
            raise RowRefused("在将来：请核对年月日")
        if at < _EARLIEST:
            raise RowRefused("早于1980年：请核对年份")

    def _bare(self, cell: Cell) -> str:
        """Return a cell's text without what keeps formulas from running and numbers whole."""
        if doubt := doubt_in(cell):
            raise Doubted(doubt)
        text = cell if isinstance(cell, str) else cell_text(cell)
        if text[:1] == "=" and (formula := _TEXT_FORMULA.fullmatch(text)):
            return formula[1].replace('""', '"')
        return unguarded(text) if self._layout.table.escaped else text

    def _clean_text(self, cell: Cell) -> str:
        """Return a cell as harmless text with its lines."""
        return harmless(self._bare(cell))

    def _clean_word(self, cell: Cell) -> str:
        """Return a cell as harmless text on one line."""
        return harmless_line(self._bare(cell))

    def _clean_list(self, cell: Cell) -> str:
        """Return a cell that lists units as harmless text on one line."""
        text = self._clean_text(cell)
        return harmless_line(listed_in_lines(text) if "\n" in text else text)

    def _gather(self, values: Values) -> None:
        """Join the values that several rows of one identity give for the gathered field."""
        key = (values.get("external_id", ""), values["title"])
        if gathered := self._whole.gathered.get(key):
            values[str(self._profile.gathers)] = "；".join(gathered)

    def _refuse_repetition(self, appeal: Appeal, row: Row) -> None:
        """Refuse a row whose identity an earlier row of the file had."""
        key = identity_of(appeal, self._source)
        if isinstance(appeal, HalfRow):  # several things may happen to a matter
            if not any(moments := moments_told(appeal)):
                return
            key += f"@{moments}"
        first = self._first.setdefault(key, row.line)
        if first == row.line:
            return
        if isinstance(appeal, HalfRow):
            raise RowRefused(f"与第{first}行是同一件同一时间的事项：请只保留一行")
        known_as = appeal.number or appeal.external_id
        reason = f"与第{first}行" + (f"编号相同（{known_as}）" if known_as else "完全相同")
        if self._whole.gathered.get((appeal.external_id or "", appeal.title)):
            header = self._layout.fields[str(self._profile.gathers)]
            reason += f"，{header}“{row.word(header)}”已并入第{first}行"
        raise RowRefused(reason)


def _order(values: Values, date_only: set[str]) -> None:
    """Check that a matter does not end before it begins.

    A date alone is its day's first instant; where that is before the receipt of the same day,
    the act is taken to have come with it.
    """
    received = values.get("received_at")
    if received is None:
        return
    for name in _ACTS:
        at = values.get(name)
        if at is not None and at < received and name in date_only and received - at < timedelta(1):
            values[name] = received
    closed = values.get("closed_at")
    if closed is not None and received - closed > _GRACE:
        raise RowRefused("办结时间早于受理时间")
