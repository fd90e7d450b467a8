"""A file being read: every filled row becomes an Appeal or a Reject, none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.casework import Appeal, HalfRow, Reject, moments_told
from rules.intake import INSTANTS, LONG_TEXTS, identity_of
from rules.text import harmless, harmless_line, unguarded
from seed.channels.formats import tables_of
from seed.channels.instants import Instants, order_of
from seed.channels.joining import Joining
from seed.channels.profile import Layout, Profile, Row, Values, recognised
from seed.channels.profiles import PROFILES
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
    layout = recognised(Path(path), tables_of(Path(path), sheet), wanted)
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
        return survey(self.layout)

    def __iter__(self) -> Iterator[Appeal | Reject]:
        """Yield an Appeal or a Reject for every filled row, in the file's order."""
        own, settled = self.layout.profile.zone, self.layout.profile.day_first
        instants = Instants(
            zone=ZoneInfo(own) if own else self.zone,
            latest_year=self.now.year + _YEARS_AHEAD,
            day_first=self.whole.day_first if settled is None else settled,
            epoch=self.layout.profile.epoch,
            since=self.layout.table.since,
        )
        reader = RowReader(self.layout, self.whole, self.source, instants)
        return map(reader.read, self.layout.rows())

    def originals(self, lines: Set[int]) -> Mapping[int, Mapping[str, str]]:
        """Read the file again for the rows at ``lines``, as they stand in it."""
        rows = self.layout.rows()
        return {each.line: self.layout.raw(each) for each in rows if each.line in lines}


_GRACE = timedelta(minutes=1)  # clocks of two systems may differ by so much

_END_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)

_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at", "rated_at")

_REMEMBERED = 4096  # cells met of late: units, kinds and places repeat


class RowReader:
    """One pass over a file: what it has met so far decides which row is a repetition."""

    def __init__(self, layout: Layout, whole: Survey, source: str, instants: Instants) -> None:
        self._layout = layout
        self._profile = layout.profile
        self._whole = whole
        self._source = source
        self._instants = instants
        self._carried = frozenset(layout.fields)
        self._first: dict[str, int] = {}
        several = layout.several
        self._joining = Joining(layout.columns, several, INSTANTS) if several else None
        columns, moments = layout.profile.columns, layout.profile.moments
        direct = {n: h for n, h in layout.fields.items() if columns.get(h) == n or n in moments}
        places = {name: layout.places[header] for name, header in direct.items()}
        self._dates = [(n, p) for n, p in places.items() if n in INSTANTS]
        self._texts = [(n, p) for n, p in places.items() if n in LONG_TEXTS]
        self._words = [(n, p) for n, p in places.items() if n not in INSTANTS | LONG_TEXTS]
        self._word = lru_cache(_REMEMBERED, typed=True)(self._clean_word)
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
        return kind(**values, line=row.line, fields=self._carried, date_only=frozenset(date_only))

    def _read_dates(self, cells: Sequence[Cell], values: Values) -> set[str]:
        """Read every instant and return the names of those given as a date alone."""
        date_only = set()
        for name, place in self._dates:
            cell = cells[place]
            try:
                stamp = self._instants.read(cell)
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

    def _bare(self, cell: Cell) -> str:
        """Return a cell's text without the apostrophe that keeps formulas from running."""
        if doubt := doubt_in(cell):
            raise Doubted(doubt)
        text = cell if isinstance(cell, str) else cell_text(cell)
        return unguarded(text) if self._layout.table.escaped else text

    def _clean_text(self, cell: Cell) -> str:
        """Return a cell as harmless text with its lines."""
        return harmless(self._bare(cell))

    def _clean_word(self, cell: Cell) -> str:
        """Return a cell as harmless text on one line."""
        return harmless_line(self._bare(cell))

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


Key = tuple[str, str]  # external id and title


@dataclass(frozen=True, slots=True)
class Survey:
    """A file as a whole.

    ``rows`` counts filled rows, ``filtered`` those that a filter hides. ``day_first`` is how its
    dates with the year last are ordered, None where nothing or both ways show. ``gathered`` holds
    the values that the rows of one identity give for the gathered field, where they give more than
    one. ``passed_over`` tells of totals, signatures and repeated headers.
    """

    rows: int
    filtered: int
    day_first: bool | None
    gathered: Mapping[Key, tuple[str, ...]]
    passed_over: str


def survey(layout: Layout) -> Survey:
    """Read the file once through."""
    dates = [] if layout.profile.epoch else _date_places(layout)
    gathering = _gathering_places(layout)
    gathered: dict[Key, dict[str, None]] = {}
    orders: set[bool | None] = {None}
    rows = filtered = 0
    hides = layout.table.filtered
    for record in layout.rows():
        rows += 1
        filtered += record.line in hides
        if record.fault:
            continue
        if len(orders) < 3:
            orders.update(order_of(record.cells[place]) for place in dates)
        if gathering:
            key, title, value = (_word(record.cells[place]) for place in gathering)
            gathered.setdefault((key, title), {})[value] = None
    several = {key: tuple(found) for key, found in gathered.items() if len(found) > 1}
    return Survey(rows, filtered, _only(orders), several, layout.skipped.told())


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
