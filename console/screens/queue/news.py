"""What the queue's worker says to its screen; ``run`` numbers the question that is answered."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from console.desk.queue import Line, QueueDesk

if TYPE_CHECKING:
    from models.views import QueueCounts


@dataclass
class Began(Message):
    """The beginning of a new list with its rows."""

    run: int
    queue: QueueDesk
    ids: array[int]
    lines: Mapping[int, Line]


@dataclass
class Counted(Message):
    """The counters under the filter and without it, and what a place is asked about."""

    run: int
    counts: tuple[QueueCounts, QueueCounts]
    place: str


@dataclass
class Whole(Message):
    """All ids of the list."""

    run: int
    queue: QueueDesk
    ids: array[int]
    lines: Mapping[int, Line]


@dataclass
class Supplied(Message):
    """Rows that were about to be seen."""

    run: int
    lines: Mapping[int, Line]


@dataclass
class Differs(Message):
    """The store's counters are no longer those shown."""

    run: int
    counts: QueueCounts


@dataclass
class Exported(Message):
    """A list was written."""

    rows: int
    path: Path
