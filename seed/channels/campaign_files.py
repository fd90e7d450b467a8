"""What comes in for a campaign: units' progress on their tasks, questions of a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from rules.campaigns import COLUMNS, Reported, Unread, read_progress
from rules.text import harmless_line
from seed.channels.formats import tables_of
from seed.channels.instants import Instants
from seed.channels.table import (
    Cell,
    Doubt,
    ImportFileError,
    Record,
    RowRefused,
    Shown,
    Table,
    cell_text,
    doubt_in,
    explained,
)

ASKED = ("问题", "答复", "工单编号")

_AHEAD = 12  # rows above the heading that a title and notes may take


def read_progress_file(path: Path, zone: tzinfo, now: datetime) -> list[Reported | Unread]:
    """Return what every line of a file tells of tasks; lines that say nothing are left out.

    ``ImportFileError`` where no sheet has the heading.
    """
    with explained(path):
        table, head, records = _headed(path, COLUMNS, ("任务", "进度"))
        instants = Instants(zone, now.year + 1, since=table.since)
        found = []
        for record in records:
            cells = dict(zip(head, record.cells, strict=False))
            line = _progress(record, cells, instants)
            if line is not None:
                found.append(line)
        return found


def _progress(
    record: Record, cells: dict[str, Cell], instants: Instants
) -> Reported | Unread | None:
    texts = {name: _text(cells.get(name)) for name in COLUMNS}
    as_was = tuple(texts.values())
    if record.fault is not None:
        return Unread(record.line, as_was, record.fault)
    for name in COLUMNS:
        if (doubt := doubt_in(cells.get(name))) is not None:
            return Unread(record.line, as_was, f"{name}“{doubt.shown}”{doubt.cause}")
    try:
        stamp = instants.read(cells.get("日期"))
    except RowRefused as refusal:
        return Unread(record.line, as_was, f"日期：{refusal}")
    if stamp is None:
        return read_progress(record.line, texts, None)
    return read_progress(record.line, texts, stamp.at, date_only=stamp.date_only)


def _text(cell: Cell) -> str:
    """Return a cell as it is read here: a share of a whole as it counts, not as it is shown."""
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, float) and 0 < cell < 1:
        return f"{round(cell * 100)}%"
    return cell.shown if isinstance(cell, Doubt) else cell_text(cell)


def read_questions(path: Path) -> list[tuple[str, str, str]]:
    """Return question, answer and ticket number of every line of a session's file."""
    with explained(path):
        _, head, records = _headed(path, ASKED, ASKED[:2])
        found = []
        for record in records:
            cells = dict(zip(head, record.cells, strict=False))
            question, answer, ticket = (harmless_line(_text(cells.get(name))) for name in ASKED)
            if question or answer:
                found.append((question, answer, ticket))
        return found


def _headed(
    path: Path, names: Sequence[str], needed: Sequence[str]
) -> tuple[Table, list[str], Iterator[Record]]:
    """Return the first table with a heading, its columns by name, and the rows below it."""
    for table in tables_of(path, known={*names}):
        records = iter(table.records())
        for _, record in zip(range(_AHEAD), records, strict=False):
            head = [harmless_line(cell_text(cell)) for cell in record.cells]
            if all(name in head for name in needed):
                return table, head, records
    wanted = "、".join(names)
    raise ImportFileError(f"{path.name} 里没有表头：要有 {wanted} 这几列")
