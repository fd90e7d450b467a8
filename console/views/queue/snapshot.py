"""The queue as it is shown: rows in words, counters, the whole of a list, and its workbook."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from console.frame import Say, Session, colour_name
from console.views.queue.columns import Line, line_of
from console.views.sheets import Look, Sheet, Summed, write_sheet
from models import views
from rules.casework import QueueFilter
from rules.clocks import sheet_due
from rules.merging import marked
from rules.paper import SheetColumn

if TYPE_CHECKING:
    from models.store import Reader
    from models.views import QueueCounts, QueueMoment, QueueStates
    from rules.clocks import Timekeeper


SHEET: Sheet[Line] = (
    (SheetColumn("颜色", 6), lambda one: _colour(one)),
    (SheetColumn("余时", 12), lambda one: one.remaining),
    (SheetColumn("编号", 19), lambda one: one.number),
    (SheetColumn("事项", 39), lambda one: one.outgoing.text(one.title)),
    (SheetColumn("单位", 13), lambda one: one.unit),
    (SheetColumn("步骤", 6), lambda one: one.step_name),
    (SheetColumn("状态", 8), lambda one: one.status),
    (SheetColumn("到期", 17), lambda one: sheet_due(one.due_at)),
    (SheetColumn("暂定", 5, detail=True), lambda one: "暂定" if one.provisional else ""),
    (SheetColumn("紧急程度", 6), lambda one: one.urgency),
    (SheetColumn("属地", 18, detail=True), lambda one: one.outgoing.text(one.area)),
    (SheetColumn("渠道", 10, detail=True), lambda one: one.channel),
    (SheetColumn("性质", 6, detail=True), lambda one: one.nature),
    (SheetColumn("办结时间", 17), lambda one: one.closed_at),
    (SheetColumn("并单", 22, detail=True), lambda one: marked(one.merged, one.lead)),
)
"""The columns of the workbook; everything in them is masked."""

LOOK: Look[Line] = Look(
    named=3,
    shades={"颜色": {"红": "red", "逾期": "red", "黄": "yellow"}},
    also=("余时", "编号"),
    summed=Summed(
        "单位",
        lambda one: one.unit or "未派",
        lambda one: _colour(one).rstrip("123"),
        ("红", "黄", "蓝", "挂起", "逾期", "按期", "分析"),
    ),
)


def _colour(line: Line) -> str:
    if line.closed and not line.colour:
        return "逾期" if line.late else "按期"
    if line.for_analysis:
        return "分析"
    return colour_name(line.colour, line.level)


FIRST = 64
"""Rows read before anything else, so that the screen is full at once."""

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class View:
    """What of the queue is wanted, and in which order."""

    filter: QueueFilter = field(default_factory=QueueFilter)
    order: str = "banded"
    descending: bool = False
    unfold: bool = False


class Snapshot:
    """The queue as at one moment: a snapshot whose rows and counters agree."""

    def __init__(self, session: Session, view: View) -> None:
        """Take the moment; the store is asked by the methods."""
        self._view = view
        self._keeper: Timekeeper = session.store.timekeeper()
        self._masking = session.store.policy.privacy.on_screen
        self.moment: QueueMoment = views.queue_moment(self._keeper, session.store.now())

    def first(self, reader: Reader) -> tuple[array[int], dict[int, Line]]:
        """Return the beginning of the list with its rows."""
        ids = self.ids(reader, FIRST)
        return ids, self.lines(reader, ids)

    def ids(self, reader: Reader, limit: int | None = None) -> array[int]:
        """Return the ids of the list in their order, at most ``limit``."""
        view = self._view
        return views.queue_snapshot(
            reader,
            view.filter,
            self.moment,
            order=view.order,
            descending=view.descending,
            unfold=view.unfold,
            limit=limit,
        )

    def lines(self, reader: Reader, ids: Sequence[int]) -> dict[int, Line]:
        """Return the rows of ``ids`` in words; one that is gone is left out."""
        rows, now = views.queue_window(reader, ids), self.moment.now
        return {row.id: line_of(row, self._keeper, now, self._masking) for row in rows}

    def counts(self, reader: Reader) -> tuple[QueueCounts, QueueCounts]:
        """Return the counters under the filter, and without it."""
        filtered = views.queue_counts(reader, self._view.filter, self.moment)
        wanted = self._view.filter
        plain = QueueFilter(colour=wanted.colour, state=wanted.state, days=wanted.days)
        if plain == wanted:
            return filtered, filtered
        return filtered, views.queue_counts(reader, plain, self.moment)

    def states(self, reader: Reader) -> QueueStates | None:
        """Return how many each state holds under the filter."""
        return views.queue_states(reader, self._view.filter, self.moment)

    def everything(self, reader: Reader, ids: Sequence[int]) -> Iterator[Line]:
        """Yield every row of a list in its order, but those against the very unit that has them."""
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            found, kept = self.lines(reader, part), views.against_their_units(reader, part)
            yield from (found[i] for i in part if i in found and i not in kept)

    def place(self, reader: Reader) -> str:
        """Return what a leader on the telephone asks of a place: how much is late, and how late."""
        place = self._view.filter.place
        if not place:
            return ""
        red = views.queue_counts(reader, QueueFilter(place=place), self.moment).red
        there = views.queue_counts(reader, QueueFilter(area=place), self.moment).red
        handled = views.queue_counts(reader, QueueFilter(unit=place), self.moment).red
        said = f"{place} 超期未结{red}件 · 属地{there} 承办{handled}"
        late = QueueFilter(place=place, colour="red")
        worst = self.lines(
            reader, views.queue_snapshot(reader, late, self.moment, order="due", limit=1)
        )
        return said + "".join(f" · 最长{found.remaining}" for found in worst.values())


Given = Callable[["Reader"], Sequence[int]]
"""Finds the matters of a list: leading deadlines, and closed appeals as minus their own id."""


class GivenSnapshot(Snapshot):
    """A list that somebody else has found, as at one moment."""

    def __init__(self, session: Session, view: View, given: Given) -> None:
        """``given`` finds the whole list in its own order; the view narrows it and sorts it."""
        super().__init__(session, view)
        self._given = given
        self._whole: array[int] | None = None
        self._left: array[int] | None = None

    def ids(self, reader: Reader, limit: int | None = None) -> array[int]:
        """Return what the filter leaves of the list, at most ``limit``."""
        if self._left is None:
            view = self._view
            self._left = views.queue_narrowed(
                reader,
                self._found(reader),
                view.filter,
                self.moment,
                order=view.order if view.order != "banded" else None,
                descending=view.descending,
            )
        return self._left[:limit]

    def counts(self, reader: Reader) -> tuple[QueueCounts, QueueCounts]:
        """Return how many the filter leaves, and how many there are without it."""
        left, whole = len(self.ids(reader)), len(self._found(reader))
        return views.QueueCounts(total=left), views.QueueCounts(total=whole)

    def states(self, reader: Reader) -> None:
        """Return nothing: the list is what it was given as, whatever its states."""

    def _found(self, reader: Reader) -> array[int]:
        if self._whole is None:
            self._whole = array("q", dict.fromkeys(self._given(reader)))
        return self._whole


class ListReader:
    """Reads a list in a worker, its beginning first, and says what it found.

    ``run`` numbers the question that is answered.
    """

    @dataclass
    class Began(Message):
        """The beginning of a new list with its rows."""

        run: int
        queue: Snapshot
        ids: array[int]
        lines: Mapping[int, Line]

    @dataclass
    class Counted(Message):
        """The counters under the filter and without it, and what a place is asked about.

        ``trail`` is how many events there were then.
        """

        run: int
        counts: tuple[QueueCounts, QueueCounts]
        place: str
        trail: int

    @dataclass
    class Whole(Message):
        """All ids of the list."""

        run: int
        queue: Snapshot
        ids: array[int]
        lines: Mapping[int, Line]

    @dataclass
    class Stated(Message):
        """How many each state of the queue holds."""

        run: int
        states: QueueStates

    def __init__(self, session: Session, run: int, say: Say) -> None:
        """``say`` tells the screen that asked."""
        self._session = session
        self._run = run
        self._say = say

    def read(self, queue: Snapshot, *, fresh: bool, seen: Sequence[int]) -> None:
        """Read a list: its first rows, the counters, then all of it.

        A list that is not ``fresh`` replaces one that is shown: nothing is shown before all of it
        is there, with the rows of the ids ``seen`` now.
        """
        run, say = self._run, self._say
        with self._session.reading("list") as reader:
            if fresh:
                say(self.Began(run, queue, *queue.first(reader)))
            trail = views.trail_count(reader)
            say(self.Counted(run, queue.counts(reader), queue.place(reader), trail))
            ids = queue.ids(reader)
            say(self.Whole(run, queue, ids, {} if fresh else queue.lines(reader, seen)))
            if (states := queue.states(reader)) is not None:
                say(self.Stated(run, states))


def read_rows(session: Session, queue: Snapshot, ids: Sequence[int]) -> Mapping[int, Line]:
    """Return rows that are about to be seen."""
    with session.reading("rows") as reader:
        return queue.lines(reader, ids)


def write_list(
    session: Session, queue: Snapshot, ids: Sequence[int], title: str
) -> tuple[int, Path]:
    """Write a list as it is shown into a workbook; return how many rows it has, and where it is.

    A workbook goes to the units: what is against the unit that has it is left out.
    """
    with session.reading("export") as reader:
        lines = queue.everything(reader, ids)
        return write_sheet(session, "督办队列", SHEET, lines, title, len(ids), LOOK)
