"""What every list of matters has: it stands still, is filtered and sorted, and acts fall on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.casework import CaseworkList, TicketPane, Which, chosen_rows
from console.frame import MATTERS, Say, Session, bindings, cut, start
from console.views.queue.columns import COLUMNS, HEADINGS, ORDERS, Line, cells, plain, summary
from console.views.queue.snapshot import (
    FIRST,
    GivenSnapshot,
    ListReader,
    Snapshot,
    View,
    read_rows,
    write_list,
)
from console.views.queue.typed import HINT, Typed, read_filter
from console.widgets import FilterBar, VirtualTable
from rules.casework import QueueFilter

if TYPE_CHECKING:
    from console.views.queue.snapshot import Given


EVER = 36_500
"""Days back to which nothing was closed before."""


class MattersList(CaseworkList[Line]):
    """A screen around one list of matters and the one under the cursor."""

    CSS_PATH = Path(__file__).with_name("queue.tcss")
    REST = 0.2
    EMPTY = "没有事项"
    START: ClassVar[QueueFilter] = QueueFilter()
    """What is listed where nothing is typed."""

    ORDERS: ClassVar[Mapping[str, str]] = ORDERS
    HEADINGS: ClassVar[Mapping[str, str]] = HEADINGS
    sorted_by = "banded"

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._view = View(self.START)
        self._typed = Typed(self.START)
        self._run = 0
        self._queue: Snapshot | None = None
        self._counted: ListReader.Counted | None = None

    def body(self) -> ComposeResult:
        """Lay out what stands over the list, its filter, the list and the matter beside it."""
        signs = self.host.symbols
        yield from self.head()
        yield FilterBar(HINT)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, lambda line: cells(line, signs))
            yield TicketPane(id="detail")
        yield Static("", id="folded", markup=False)

    def head(self) -> ComposeResult:
        """Lay out what stands over the list."""
        raise NotImplementedError

    def snapshot(self, session: Session, view: View) -> Snapshot:
        """Return the list as at this moment; called in a worker."""
        return Snapshot(session, view)

    def counted(self) -> None:
        """Show how many there are."""

    def listed(self) -> None:
        """Show what the whole of a list is."""

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.read(fresh=True)

    def action_refresh(self) -> None:
        """Take a new snapshot; cursor and marks stay where they are."""
        self.read(fresh=False)

    def wanted(self) -> View:
        """Return what the list is to show."""
        return replace(
            self._view,
            filter=self._typed.filter,
            order=self.sorted_by,
            descending=self.descending,
        )

    def read(self, *, fresh: bool) -> None:
        """Read the list anew; a ``fresh`` one begins at its first row."""
        if self.session is None:
            return
        self._run += 1
        session, run = self.session, self._run
        self._view = view = self.wanted()
        seen = tuple(self.table.seen)
        if fresh:
            self.table.state = "reading"
        self.workers.cancel_group(self, "list")
        session.interrupt("list")

        def job(say: Say) -> None:
            ListReader(session, run, say).read(self.snapshot(session, view), fresh=fresh, seen=seen)

        start(self, "list", job)

    @on(ListReader.Began)
    def _began(self, news: ListReader.Began) -> None:
        if news.run == self._run:
            self._queue = news.queue
            self.table.restart(news.ids, news.lines)

    @on(ListReader.Counted)
    def _came_counted(self, news: ListReader.Counted) -> None:
        if news.run == self._run:
            self._counted = news
            self.counted()

    @on(ListReader.Whole)
    def _came_whole(self, news: ListReader.Whole) -> None:
        if news.run != self._run:
            return
        replaced = self._queue is not news.queue
        self._queue = news.queue
        if replaced:
            self.table.show(news.ids, news.lines)
        elif len(news.ids) > FIRST or len(self.table.ids) != len(news.ids):
            self.table.extend(news.ids)
        self.facts(self._local(news.queue.moment.now))
        self.listed()

    @on(VirtualTable.RowsWanted)
    def _rows_wanted(self, news: VirtualTable.RowsWanted) -> None:
        queue, supply = self._queue, partial(self._supply, self._run)
        if queue is not None:
            self.fetch("rows", lambda session: read_rows(session, queue, news.ids), supply)

    def _supply(self, run: int, lines: Mapping[int, Line]) -> None:
        if run == self._run:
            self.table.supply(lines)
            if self.table.current in lines:
                self._show_detail()

    # filter and order

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves."""
        typed = self.understood(text)
        if typed != self._typed:
            self._typed = typed
            self.read(fresh=True)
        return typed.fault

    def understood(self, text: str) -> Typed:
        """Return a typed filter, read."""
        if self.session is None:
            return Typed(self.START)
        bureau = self.session.bureau
        return read_filter(text, bureau.channels, bureau.mine, self.START)

    def reordered(self) -> None:
        """Read the list in its new order."""
        self.read(fresh=True)

    def step_back(self) -> bool:
        """Give up, one after the other: the range, the marks, the filter."""
        if self.drop_range():
            return True
        if gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记" + (" · u 恢复" if gone > 20 else ""))
            return True
        if self.unfilter():
            self.table.focus()
            self.read(fresh=True)
            return True
        return False

    def unfilter(self) -> bool:
        """Take the filter away; return whether there was one."""
        was = self.query_one(FilterBar).clear()
        self._typed = Typed(self.START)
        return was

    def narrowed(self) -> bool:
        """Return whether less is wanted than the state holds."""
        start, wanted = self.START, self._view.filter
        return replace(wanted, state=start.state, days=start.days) != start

    # marks, and the matter under the cursor

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        self.say_marks()

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.rest(self._show_detail)

    def _show_detail(self) -> None:
        pane = self.query_one(TicketPane)
        line = self.current
        if self.session is None or not pane.display:
            return
        if line is not None and line.ticket_id is not None:
            pane.show(self.session, line.ticket_id)
        else:
            pane.tell(Content("") if line is None else summary(line))

    def on_resize(self) -> None:
        """Read the matter if there is room for it now."""
        self.call_after_refresh(self._show_detail)

    def action_zoom(self) -> None:
        """Give the list the whole width, and take it back."""
        self.toggle_class("-zoomed")
        self.call_after_refresh(self._show_detail)

    # acts

    def action_copy(self) -> None:
        """Copy the matter under the cursor as one line."""
        if (line := self.current) is not None:
            self.app.copy_to_clipboard(plain(line, self.host.symbols))
            self.told(f"已复制 {line.number}（脱敏）")

    def action_export(self) -> None:
        """Write the list as it is shown into a file."""
        queue, ids, title = self._queue, self.table.ids, self.named()
        if queue is not None:
            self.fetch(
                "export",
                lambda session: write_list(session, queue, ids, title),
                lambda done: self._written(len(ids), *done),
            )

    def _written(self, of: int, rows: int, path: Path) -> None:
        left = f"；{of - rows}件反映的正是承办单位或已不在，没有列入" if of > rows else ""
        self.told(f"已导出{rows}件：{path}{left}")

    def which(self) -> Which:
        """Return how to find the appeals that are marked, or the one under the cursor."""
        ids, table, at = self.table.chosen, self.table, self.host.pressed_at
        lines = {id: line for id in ids if (line := table.painted(id, at)) is not None}
        if not table.marks.ids and not lines:
            ids = []  # nobody can have seen what stands there
        shown = {id: line.version for id, line in lines.items()}
        number = next((line.number for line in lines.values()), "")
        return Which(len(ids), lambda session: chosen_rows(session, ids, shown), number)

    def named(self) -> str:
        """Return what the list is called on paper."""
        return " ".join(part for part in (self.about(), self.query_one(FilterBar).text) if part)

    def about(self) -> str:
        """Return what the list is called before it is filtered."""
        raise NotImplementedError

    def _local(self, instant: datetime) -> datetime:
        assert self.session is not None
        return instant.astimezone(self.session.bureau.zone)


class MattersScreen(MattersList):
    """The matters behind a number, over the screen that showed it; Esc goes back there."""

    TITLE = "所列诉求"
    BINDINGS = bindings(MATTERS)
    START = QueueFilter(state="all", days=EVER)
    ORDERS: ClassVar[Mapping[str, str]] = {**ORDERS, "banded": "原来次序"}

    def __init__(self, origin: str, given: Given) -> None:
        """``origin`` says where the number stood: 排名 11月16日—11月22日 · 洪山区 · 不满意件."""
        super().__init__()
        self._origin = origin
        self._given = given

    def head(self) -> ComposeResult:
        """Lay out the line that says where the list comes from."""
        yield Static("", id="origin", markup=False)

    def snapshot(self, session: Session, view: View) -> Snapshot:
        """Return the list as it is found at this moment."""
        return GivenSnapshot(session, view, self._given)

    def counted(self) -> None:
        """Say where the list comes from, and how many there are."""
        assert self._counted is not None
        left, whole = (counts.total for counts in self._counted.counts)
        share = f"{left:,}/{whole:,}件" if left != whole else f"{whole:,}件"
        order = f" 按{self.ordered}" if self.sorted_by != "banded" else ""
        room = self.size.width - 2 - cell_len(share + order) - 1
        origin = cut(self.about(), room, self.host.symbols.ellipsis)
        self.query_one("#origin", Static).update(f" {origin} {share}{order}")

    def about(self) -> str:
        """Return where the list comes from."""
        return f"来自 {self._origin}"
