"""What the screen of the grid reads and writes out; every call blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from console.frame import Session
from console.grid.place_list import BOOK, GridRow
from console.views import Look, write_sheet
from models import grid, views
from rules.errors import Refused

if TYPE_CHECKING:
    from array import array

    from models.grid import CellCounts, FoundPlace, Move
    from models.store import Reader
    from models.views import PlaceFigures, PlaceProblem, QueueMoment

Given = Callable[["Reader"], "array[int]"]
"""Finds the matters behind a number, in a worker."""


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A place as at a moment: its figures, and what a 基本满意 counts."""

    moment: QueueMoment
    figures: PlaceFigures
    fair: Fraction


@dataclass(frozen=True, slots=True)
class PlaceBeside:
    """What stands beside a place's own figures: what repeats, and what the list says of it.

    ``cells`` is what the cells there settled themselves of late, which is no appeal.
    """

    problems: Sequence[PlaceProblem]
    cells: CellCounts
    onward: Sequence[Move]
    origins: Sequence[Move]


def read_place(session: Session, code: str) -> PlaceTold:
    """Return a place, the whole city where no code is given; ``DubanError`` if there is none."""
    store = session.store
    moment = views.queue_moment(store.timekeeper(), store.now())
    with session.reading("place") as reader:
        wanted = code or views.top_place(reader)
        figures = views.figures_of_place(reader, wanted, moment, session.bureau.zone)
    return PlaceTold(moment, figures, Fraction(store.policy.ranking.basic_weight))


def read_beside(session: Session, code: str) -> PlaceBeside:
    """Return what stands beside the figures of a place."""
    now = session.store.now()
    today = now.astimezone(session.bureau.zone).date()
    with session.reading("beside") as reader:
        place = grid.place_on(reader, code, today, now)
        problems = views.place_problems(reader, code, now)
        cells = grid.cell_counts(reader, code, now)
    return PlaceBeside(problems, cells, place.onward, place.origins)


def read_found(session: Session, text: str) -> list[FoundPlace]:
    """Return the places that a word means."""
    with session.reading("found") as reader:
        return grid.find_places(reader, text)


def of_hand(code: str, moment: QueueMoment, kind: str, step: str | None = None) -> Given:
    """Return what finds the running matters that a number of a place stands for."""
    return lambda reader: views.place_in_hand(reader, code, moment, kind, step)


def of_months(code: str, what: str, since: datetime, until: datetime) -> Given:
    """Return what finds the appeals that a number of some months stands for."""
    return lambda reader: views.matters_of_place(reader, code, what, since, until)


def of_problem(code: str, problem_id: int, now: datetime) -> Given:
    """Return what finds the appeals of a problem in a place."""
    return lambda reader: views.problem_matters(reader, code, problem_id, now)


def write_places(session: Session, rows: Sequence[GridRow], title: str) -> tuple[int, Path]:
    """Write the list as it is shown; return how many rows it has, and where it is."""
    if not rows:
        raise Refused("没有可导出的行：请先返回上一级")
    return write_sheet(session, "网格", BOOK, rows, title, len(rows), Look(1))
