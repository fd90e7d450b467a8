"""What comes in for a campaign: units' progress on their tasks, questions of a session."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

from rules.campaigns import COLUMNS, Reported, Unread, read_progress
from rules.text import harmless_line
from seed.channels.headed import headed, shown_text
from seed.channels.instants import Instants
from seed.channels.table import Cell, Record, RowRefused, doubt_in, explained

ASKED = ("问题", "答复", "工单编号")


def read_progress_file(path: Path, zone: tzinfo, now: datetime) -> list[Reported | Unread]:
    """Return what every line of a file tells of tasks; lines that say nothing are left out.

    ``ImportFileError`` where no sheet has the heading.
    """
    with explained(path):
        table, head, records = headed(path, COLUMNS, ("任务", "进度"))
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
    texts = {name: shown_text(cells.get(name)) for name in COLUMNS}
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


def read_questions(path: Path) -> list[tuple[str, str, str]]:
    """Return question, answer and ticket number of every line of a session's file."""
    with explained(path):
        _, head, records = headed(path, ASKED, ASKED[:2])
        found = []
        for record in records:
            cells = dict(zip(head, record.cells, strict=False))
            question, answer, ticket = (
                harmless_line(shown_text(cells.get(name))) for name in ASKED
            )
            if question or answer:
                found.append((question, answer, ticket))
        return found
