"""异议 as units hand them in: one row each, in a text file or a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from rules.casework import OBJECTION_WORDS, OBJECTIONS, Reject
from rules.text import harmless_line
from seed.channels.formats import tables_of
from seed.channels.instants import Instants
from seed.channels.table import (
    Cell,
    Doubted,
    ImportFileError,
    Record,
    RowRefused,
    Shape,
    Table,
    cell_text,
    doubt_in,
    is_blank,
)

HEADERS = {
    "单位": "unit",
    "工单编号": "number",
    "类别": "kind",
    "理由": "reason",
    "提出人": "raised_by",
    "提出时间": "raised_at",
    "统计期": "period",
}
"""The columns of the file; 统计期 only where figures of another than the last week are disputed."""

NEEDED = frozenset(("unit", "kind", "reason", "raised_at"))


@dataclass(frozen=True, slots=True)
class Dispute:
    """One row: what a unit disputes, ``kind`` as a code, when its paper says."""

    line: int
    unit: str
    number: str
    kind: str
    reason: str
    raised_by: str
    raised_at: datetime
    period: str


class DisputeFile:
    """A file of objections; iterate over it, as often as needed."""

    def __init__(self, path: Path, zone: tzinfo, now: datetime) -> None:
        """Find its header; ImportFileError where it has none."""
        self._table, self._head, self._places = _recognised(path)
        self._instants = Instants(zone, now.year + 1, since=self._table.since)

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's own column names, in order."""
        return tuple(cell_text(cell).strip() for cell in self._head.cells)

    def __iter__(self) -> Iterator[Dispute | Reject]:
        """Yield every filled row, read or refused."""
        for record in self._rows():
            try:
                yield self._read(record)
            except RowRefused as refused:
                yield Reject(record.line, str(refused), self._raw(record))

    def originals(self, lines: Set[int]) -> Mapping[int, Mapping[str, str]]:
        """Return the rows at ``lines`` as they stand in the file."""
        return {one.line: self._raw(one) for one in self._rows() if one.line in lines}

    def _rows(self) -> Iterator[Record]:
        shape = Shape(max(self._places.values()) + 1, len(self._head.cells))
        for record in self._table.records(shape):
            if record.line > self._head.line and not is_blank(record.cells):
                yield record

    def _read(self, record: Record) -> Dispute:
        if record.fault:
            raise RowRefused(record.fault)
        words = {name: self._word(record.cells, name) for name in HEADERS.values()}
        for label, name in HEADERS.items():
            if name in NEEDED and not words[name]:
                raise RowRefused(f"{label}空着")
        if words["kind"] not in OBJECTION_WORDS:
            raise RowRefused(
                f"没有类别“{words['kind'][:20]}”：可写 {'、'.join(OBJECTIONS.values())}"
            )
        stamp = self._instants.read(record.cells[self._places["raised_at"]])
        if stamp is None or stamp.date_only:
            raise RowRefused("提出时间须写到几点几分：截止是按钟点算的")
        words["kind"] = OBJECTION_WORDS[words["kind"]]
        del words["raised_at"]
        return Dispute(line=record.line, raised_at=stamp.at, **words)

    def _word(self, cells: Sequence[Cell], name: str) -> str:
        place = self._places.get(name)
        if place is None:
            return ""
        if doubt := doubt_in(cells[place]):
            raise RowRefused(f"{self.columns[place]}{Doubted(doubt)}")
        return harmless_line(cell_text(cells[place])).strip()

    def _raw(self, record: Record) -> dict[str, str]:
        return dict(zip(self.columns, map(cell_text, record.cells), strict=False))


def _recognised(path: Path) -> tuple[Table, Record, dict[str, int]]:
    """Return the table that holds objections, its header, and where each field stands."""
    for table in tables_of(path, known=HEADERS.keys()):
        head = next((one for one in table.records() if not is_blank(one.cells)), None)
        if head is None:
            continue
        labels = [cell_text(cell).strip() for cell in head.cells]
        places = {HEADERS[label]: at for at, label in enumerate(labels) if label in HEADERS}
        if places.keys() >= NEEDED:
            return table, head, places
    needed = "、".join(label for label, name in HEADERS.items() if name in NEEDED)
    raise ImportFileError(
        f"{path} 第一行没有异议的表头：至少要有 {needed}，另可有 工单编号、提出人、统计期"
    )
