"""What comes in of visits: the workbook in which organs tell where they went."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

from rules.visits import COLUMNS, NEEDED, UnreadVisit, VisitLine, read_visit
from seed.channels.headed import headed, shown_text
from seed.channels.instants import Instants
from seed.channels.table import Cell, Record, RowRefused, doubt_in, explained

_TIMES = ("时间", "结束时间")


def read_visit_file(path: Path, zone: tzinfo, now: datetime) -> list[VisitLine | UnreadVisit]:
    """Return what every line of a file tells of visits; lines that say nothing are left out.

    ``ImportFileError`` where no sheet has the heading.
    """
    with explained(path):
        table, head, records = headed(path, COLUMNS, NEEDED)
        instants = Instants(zone, now.year + 1, since=table.since)
        found = []
        for record in records:
            line = _line(record, dict(zip(head, record.cells, strict=False)), instants)
            if line is not None:
                found.append(line)
        return found


def _line(
    record: Record, cells: dict[str, Cell], instants: Instants
) -> VisitLine | UnreadVisit | None:
    texts = {name: shown_text(cells.get(name)) for name in COLUMNS}
    as_was = tuple(texts.values())
    if record.fault is not None:
        return UnreadVisit(record.line, as_was, record.fault)
    for name in COLUMNS:
        if (doubt := doubt_in(cells.get(name))) is not None:
            return UnreadVisit(record.line, as_was, f"{name}“{doubt.shown}”{doubt.cause}")
    times = []
    for name in _TIMES:
        try:
            stamp = instants.read(cells.get(name))
        except RowRefused as refusal:
            return UnreadVisit(record.line, as_was, f"{name}：{refusal}")
        if stamp is not None and stamp.date_only:
            return UnreadVisit(record.line, as_was, f"{name}“{texts[name]}”没有钟点：请补上")
        times.append(stamp.at if stamp is not None else None)
    return read_visit(record.line, texts, *times)
