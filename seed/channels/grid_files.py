"""What comes in from cells: matters they settle (网格自办), and what their codes bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TypeVar

from rules.grid import (
    CODE_COLUMNS,
    MATTER_COLUMNS,
    Coming,
    Noted,
    Untaken,
    read_coming,
    read_matter,
)
from seed.channels.headed import headed, shown_text
from seed.channels.instants import Instants
from seed.channels.table import Cell, Record, RowRefused, doubt_in, explained

T = TypeVar("T")

Told = Callable[[int, dict[str, str], list[datetime | None]], T | Untaken | None]
"""Returns what a line tells, given its number, its cells by column and its times."""


def read_cell_matters(path: Path, zone: tzinfo, now: datetime) -> list[Noted | Untaken]:
    """Return what a file tells of matters of cells; ``ImportFileError`` without its heading."""
    needed, times = ("网格", "事项", "发现时间"), ("发现时间", "办结时间")

    def told(n: int, texts: dict[str, str], at: list[datetime | None]) -> Noted | Untaken | None:
        return read_matter(n, texts, *at)

    return _lines(path, MATTER_COLUMNS, needed, (zone, now.year + 1), times, told)


def read_code_file(path: Path, zone: tzinfo, now: datetime) -> list[Coming]:
    """Return 我要说事 and 我要参与 of a file; ``ImportFileError`` without its heading."""
    needed, times = ("码", "类别", "时间"), ("时间",)

    def told(n: int, texts: dict[str, str], at: list[datetime | None]) -> Coming | None:
        return read_coming(n, texts, *at)

    found: list[Coming] = []
    found += _lines(path, CODE_COLUMNS, needed, (zone, now.year + 1), times, told)
    return found


def _lines(
    path: Path,
    names: Sequence[str],
    needed: Sequence[str],
    dated: tuple[tzinfo, int],
    times: Sequence[str],
    told: Told[T],
) -> list[T | Untaken]:
    """Return what every line tells, or why it cannot be read; empty lines are left out.

    ``dated`` is the zone of the file's times, and the latest year that one can mean.
    """
    with explained(path):
        table, head, records = headed(path, names, needed)
        instants = Instants(*dated, since=table.since)
        found = [
            _line(one, dict(zip(head, one.cells, strict=False)), names, instants, times, told)
            for one in records
        ]
    return [line for line in found if line is not None]


def _line(
    record: Record,
    cells: dict[str, Cell],
    names: Sequence[str],
    instants: Instants,
    times: Sequence[str],
    told: Told[T],
) -> T | Untaken | None:
    texts = {name: shown_text(cells.get(name)) for name in names}
    as_was = tuple(texts.values())
    if record.fault is not None:
        return Untaken(record.line, as_was, record.fault)
    for name in names:
        if (doubt := doubt_in(cells.get(name))) is not None:
            return Untaken(record.line, as_was, f"{name}“{doubt.shown}”{doubt.cause}")
    at: list[datetime | None] = []
    for name in times:
        try:
            stamp = instants.read(cells.get(name))
        except RowRefused as refusal:
            return Untaken(record.line, as_was, f"{name}：{refusal}")
        at.append(None if stamp is None else stamp.at)
    return told(record.line, texts, at)
