"""The queue as it is shown: rows in words, counters, and the whole of a list."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from rules.casework import QueueFilter

if TYPE_CHECKING:
    from console.desk import Desk
    from models.store import Reader
    from models.views import QueueCounts, QueueMoment, QueueRow
    from rules.clocks import Timekeeper


FIRST = 64
"""Rows read before anything else, so that the screen is full at once."""


CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of the queue in words, as at one moment; ``colour`` is None while paused."""

    id: int
    version: int
    kind: str
    ticket_id: int | None
    number: str
    title: str
    unit: str
    step: str
    step_name: str
    status: str
    colour: str | None
    level: int
    remaining: str
    due: str
    provisional: bool
    urgency: str
    channel: str
    nature: str
    area: str


@dataclass(frozen=True, slots=True)
class View:
    """What of the queue is wanted, and in which order."""

    filter: QueueFilter = field(default_factory=QueueFilter)
    order: str = "banded"
    unfold: bool = False


class QueueDesk:
    """The queue as at one moment: a snapshot whose rows and counters agree."""

    def __init__(self, desk: Desk, view: View) -> None:
        """Take the moment; the store is asked by the methods."""
        from models.views import queue_moment

        self._desk = desk
        self._view = view
        self._keeper: Timekeeper = desk.store.timekeeper()
        self.moment: QueueMoment = queue_moment(self._keeper, desk.store.now())

    def first(self, reader: Reader) -> tuple[array[int], dict[int, Line]]:
        """Return the beginning of the list with its rows."""
        ids = self._snapshot(reader, FIRST)
        return ids, self.lines(reader, ids)

    def all(self, reader: Reader) -> array[int]:
        """Return the ids of the whole list."""
        return self._snapshot(reader, None)

    def lines(self, reader: Reader, ids: Sequence[int]) -> dict[int, Line]:
        """Return the rows of ``ids`` in words; one that is gone is left out."""
        from models.views import queue_window

        now = self.moment.now
        return {row.id: line(row, self._keeper, now) for row in queue_window(reader, ids)}

    def counts(self, reader: Reader) -> tuple[QueueCounts, QueueCounts]:
        """Return the counters under the filter, and without it."""
        from models.views import queue_counts

        filtered = queue_counts(reader, self._view.filter, self.moment)
        if QueueFilter(colour=self._view.filter.colour) == self._view.filter:
            return filtered, filtered
        return filtered, queue_counts(reader, QueueFilter(), self.moment)

    def everything(self, reader: Reader, ids: Sequence[int]) -> Iterator[Line]:
        """Yield every row of a list, in its order."""
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            found = self.lines(reader, part)
            yield from (found[i] for i in part if i in found)

    def place(self, reader: Reader) -> str:
        """Return what a leader on the telephone asks of a place: how much is late, and how late."""
        from models.views import queue_counts, queue_snapshot

        place = self._view.filter.place
        if not place:
            return ""
        red = queue_counts(reader, QueueFilter(place=place), self.moment).red
        there = queue_counts(reader, QueueFilter(area=place), self.moment).red
        handled = queue_counts(reader, QueueFilter(unit=place), self.moment).red
        said = f"{place} 超期未结{red}件 · 属地{there} 承办{handled}"
        late = QueueFilter(place=place, colour="red")
        worst = self.lines(reader, queue_snapshot(reader, late, self.moment, order="due", limit=1))
        return said + "".join(f" · 最长{found.remaining}" for found in worst.values())

    def _snapshot(self, reader: Reader, limit: int | None) -> array[int]:
        from models.views import queue_snapshot

        view = self._view
        return queue_snapshot(
            reader, view.filter, self.moment, order=view.order, limit=limit, unfold=view.unfold
        )


def line(row: QueueRow, keeper: Timekeeper, now: datetime) -> Line:
    """Return a matter in words; whatever could name a citizen is masked."""
    from rules.casework import status_label
    from rules.clocks import STEP_NAMES
    from rules.text import mask_text

    paused = row.paused_at is not None
    colour = None if paused else keeper.colour(row.blue_at, row.yellow_at, row.red_at, now)
    red = colour == "red"
    level = keeper.level(row.limit_text, row.started_at, row.due_at, now) if red else 0
    return Line(
        id=row.id,
        version=row.version,
        kind=row.kind,
        ticket_id=row.ticket_id,
        number=row.number,
        title=mask_text(row.title),
        unit=row.unit,
        step=row.step,
        step_name=STEP_NAMES.get(row.step, row.step),
        status="挂起" if paused else status_label(row.kind, row.state),
        colour=colour,
        level=level,
        remaining="挂起" if paused else keeper.remaining(row.limit_text, row.due_at, now),
        due=f"{keeper.local(row.due_at):%m-%d %H:%M}",
        provisional=bool(row.provisional),
        urgency=row.urgency,
        channel=row.channel,
        nature=row.nature,
        area=row.area,
    )
