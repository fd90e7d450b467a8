"""The trail as the screen and the command line read it; each call blocks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session
from console.views.sheets import Look, Sheet, write_sheet
from models import views
from models.views import TrailFilter
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from models.store import Reader
    from models.views import EventLine, WholeEvent
    from rules.text import Masking


FIRST = 64
"""Rows read before anything else, so that the screen is full at once."""

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of a list, and the newest event there was then."""

    through: int
    ids: array[int]
    lines: Mapping[int, EventLine]


def read_beginning(session: Session, filter: TrailFilter) -> Beginning:
    """Return the newest events a filter leaves."""
    with session.reading("list") as reader:
        through = views.trail_length(reader)
        ids = views.trail_snapshot(reader, filter, through=through, limit=FIRST)
        return Beginning(through, ids, lines_of(reader, ids, _masking(session)))


def read_whole(session: Session, filter: TrailFilter, through: int | None = None) -> array[int]:
    """Return the numbers of all the events a filter leaves."""
    with session.reading("list") as reader:
        return views.trail_snapshot(reader, filter, through=through)


def read_lines(session: Session, ids: Sequence[int]) -> Mapping[int, EventLine]:
    """Return rows that are about to be seen."""
    with session.reading("rows") as reader:
        return lines_of(reader, ids, _masking(session))


def read_event(session: Session, seq: int) -> WholeEvent | None:
    """Return one event with everything it holds."""
    with session.reading("detail") as reader:
        return views.trail_event(reader, seq, _masking(session))


def lines_of(reader: Reader, ids: Sequence[int], masking: Masking) -> dict[int, EventLine]:
    """Return events in words, by their numbers."""
    return {line.seq: line for line in views.trail_window(reader, ids, masking) if line.seq}


def write_trail(session: Session, ids: Sequence[int], title: str) -> tuple[int, Path]:
    """Write a list as it is shown into a workbook; return how many rows it has, and where it is."""
    zone = session.bureau.zone
    sheet: Sheet[EventLine] = (
        (SheetColumn("序号", 8), lambda one: one.seq),
        (SheetColumn("录入时间", 17), lambda one: one.recorded_at.astimezone(zone)),
        (SheetColumn("发生时间", 17), lambda one: one.at.astimezone(zone)),
        (SheetColumn("经办人", 9), lambda one: one.who),
        (SheetColumn("做了什么", 52), lambda one: one.text),
        (SheetColumn("哪一件", 19), lambda one: one.subject),
        (SheetColumn("单位", 20), lambda one: one.unit),
        (SheetColumn("理由", 34), lambda one: one.reason),
    )
    with session.reading("export") as reader:
        return write_sheet(
            session, "留痕", sheet, _every(reader, ids), title, len(ids), Look(named=1)
        )


def _every(reader: Reader, ids: Sequence[int]) -> Iterator[EventLine]:
    """Yield every event of a list, in its order, as it leaves the house: masked."""
    for start in range(0, len(ids), CHUNK):
        yield from views.trail_window(reader, ids[start : start + CHUNK])


def _masking(session: Session) -> Masking:
    return session.store.policy.privacy.on_screen
