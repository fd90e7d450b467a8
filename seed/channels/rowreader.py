"""One row after the other: read, completed, checked, and taken or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from rules.casework import Appeal, Reject
from rules.intake import identity_of
from seed.channels.instants import Instants
from seed.channels.layout import Layout
from seed.channels.profile import INSTANTS, LONG_TEXTS, Row, Values
from seed.channels.survey import Survey
from seed.channels.table import Cell, Record, RowRefused, cell_text
from seed.hygiene import harmless, harmless_line, unguarded

_GRACE = timedelta(minutes=1)  # clocks of two systems may differ by so much

_END_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)

_ACTS = ("dispatched_at", "acknowledged_at", "contacted_at", "replied_at", "closed_at", "rated_at")

_REMEMBERED = 4096  # cells met of late: units, kinds and places repeat

_SHOWN = 40  # signs of a cell quoted in a reason

_TYPED = INSTANTS | {"co_units"}


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
        columns = layout.profile.columns
        direct = {n: h for n, h in layout.fields.items() if columns.get(h) == n}
        places = {name: layout.places[header] for name, header in direct.items()}
        self._dates = [(n, p) for n, p in places.items() if n in INSTANTS]
        self._texts = [(n, p) for n, p in places.items() if n in LONG_TEXTS]
        self._words = [(n, p) for n, p in places.items() if n not in _TYPED | LONG_TEXTS]
        self._word = lru_cache(_REMEMBERED, typed=True)(self._clean_word)
        self._copies = [
            (n, columns[h])
            for n, h in layout.fields.items()
            if n in INSTANTS and n not in direct and h in columns
        ]

    def read(self, record: Record) -> Appeal | Reject:
        """Return what one row amounts to."""
        if record.fault:
            return Reject(record.line, record.fault, self._layout.raw(record))
        row = Row(record.line, record.cells, self._layout.places, self._word)
        try:
            appeal = self._appeal(row, record.cells)
            self._refuse_repetition(appeal, row)
        except RowRefused as refusal:
            return Reject(record.line, str(refusal), self._layout.raw(record))
        return appeal

    def _appeal(self, row: Row, cells: Sequence[Cell]) -> Appeal:
        """Read, complete and check one row."""
        values: Values = {"title": "", "content": "", "channel": "其他"}
        for name, place in self._words:
            if text := self._word(cells[place]):
                values[name] = text
        for name, place in self._texts:
            if text := harmless(self._bare(cells[place])):
                values[name] = text
        date_only = self._read_dates(cells, values)
        self._profile.complete(values, row)
        date_only |= {copy for copy, origin in self._copies if origin in date_only}
        if values.get("confidential") is None and values.get("nature") == "举报":
            values["confidential"] = True
        if not values["title"] and not values["content"]:
            raise RowRefused("标题和内容都是空的")
        self._gather(values)
        _order(values, date_only)
        return Appeal(**values, line=row.line, fields=self._carried, date_only=frozenset(date_only))

    def _read_dates(self, cells: Sequence[Cell], values: Values) -> set[str]:
        """Read every instant and return the names of those given as a date alone."""
        date_only = set()
        for name, place in self._dates:
            cell = cells[place]
            try:
                stamp = self._instants.read(cell)
            except RowRefused as refusal:
                shown = harmless_line(cell_text(cell))[:_SHOWN]
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
        text = cell if isinstance(cell, str) else cell_text(cell)
        return unguarded(text) if self._layout.table.escaped else text

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
        first = self._first.setdefault(key, row.line)
        if first == row.line:
            return
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
