"""The queue screen: a frozen list, its counters and filter, and the matter under the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.casework import CaseworkList, TicketPane, Which, chosen_rows
from console.frame import QUEUE, Say, Session, StatusLine, bindings, start
from console.views.queue.bars import Counters, FilterBar, Typed, read_filter
from console.views.queue.columns import CHIPS, COLUMNS, ORDERS, Line, cells, plain, summary
from console.views.queue.snapshot import (
    FIRST,
    ListReader,
    Snapshot,
    View,
    count_again,
    read_rows,
    write_list,
)
from console.widgets import VirtualTable

if TYPE_CHECKING:
    from models.views import QueueCounts


WATCH = 30
"""Seconds between two looks at whether the list is still what the store holds."""


class QueueScreen(CaseworkList[Line]):
    """F2: the supervision queue."""

    TITLE = "督办队列"
    CSS_PATH = Path(__file__).with_name("queue.tcss")
    BINDINGS = bindings(QUEUE)
    REST = 0.2

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._view = View()
        self._typed = Typed(self._view.filter)
        self._colour: str | None = None
        self._run = 0
        self._queue: Snapshot | None = None
        self._counted: ListReader.Counted | None = None

    def body(self) -> ComposeResult:
        """Lay out counters, filter, list and detail."""
        signs = self.host.symbols
        yield Counters()
        yield FilterBar()
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, lambda line: cells(line, signs))
            yield TicketPane(id="detail")
        yield Static("", id="folded", markup=False)

    def on_mount(self) -> None:
        """Count with the signs this terminal can draw."""
        self.query_one(Counters).symbols = self.host.symbols

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list, and keep an eye on the store from now on."""
        self._read(fresh=True)
        self.set_interval(WATCH, self._watch)

    def action_refresh(self) -> None:
        """Take a new snapshot; cursor and marks stay where they are."""
        self._read(fresh=False)

    def _read(self, *, fresh: bool) -> None:
        if self.session is None:
            return
        self._run += 1
        session, run = self.session, self._run
        wanted = replace(self._typed.filter, colour=self._colour or self._typed.filter.colour)
        self._view = view = replace(self._view, filter=wanted)
        seen = tuple(self.table.seen)
        self.workers.cancel_group(self, "list")
        session.interrupt("list")
        self.query_one(Counters).colour = wanted.colour

        def job(say: Say) -> None:
            ListReader(session, run, say).read(view, fresh=fresh, seen=seen)

        start(self, "list", job)

    def _watch(self) -> None:
        view, differs = self._view, partial(self._differs, self._run)
        if self.is_current and self._counted is not None:
            self.fetch("watch", lambda session: count_again(session, view), differs)

    @on(ListReader.Began)
    def _began(self, news: ListReader.Began) -> None:
        if news.run == self._run:
            self._queue = news.queue
            self.table.restart(news.ids, news.lines)

    @on(ListReader.Counted)
    def _came_counted(self, news: ListReader.Counted) -> None:
        if news.run == self._run:
            self._counted = news
            self.query_one(Counters).counts = news.counts
            self.say(news.place)
            self._say_folded()

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
        self._say_place()

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

    def _differs(self, run: int, now: QueueCounts) -> None:
        if run != self._run or self._counted is None:
            return
        shown = self._counted.counts[0]
        changes = (
            ("红", now.red - shown.red),
            ("黄", now.yellow - shown.yellow),
            ("共", now.total - shown.total),
        )
        told = " ".join(f"{word}{change:+d}" for word, change in changes if change)
        if told:
            self.say(f"有变化：{told} · 按 r 刷新")

    # filter, colour, order

    def action_colour(self, colour: str) -> None:
        """Show one colour, or all."""
        self._colour = colour or None
        if not colour and self._typed.filter.colour:
            self._typed = replace(self._typed, filter=replace(self._typed.filter, colour=None))
        self._read(fresh=True)

    def action_filter(self) -> None:
        """Begin typing a filter."""
        self.query_one(FilterBar).open()

    @on(FilterBar.Changed)
    def _filter_changed(self, news: FilterBar.Changed) -> None:
        channels = self.session.bureau.channels if self.session else ()
        typed = read_filter(news.text, channels)
        self.query_one(FilterBar).fault(typed.fault)
        if typed != self._typed:
            self._typed = typed
            self._read(fresh=True)

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.table.focus()

    def action_sort(self, by: int) -> None:
        """Go to the next order of the list."""
        orders = list(ORDERS)
        order = orders[(orders.index(self._view.order) + by) % len(orders)]
        self._view = replace(self._view, order=order)
        self.say(f"排序：{ORDERS[order]}")
        self._read(fresh=True)

    def action_fold(self) -> None:
        """Unfold the old matters, or fold them again."""
        self._view = replace(self._view, unfold=not self._view.unfold)
        self._read(fresh=True)

    def step_back(self) -> bool:
        """Give up, one after the other: the range, the marks, the typed filter, the colour."""
        if self.drop_range():
            return True
        if gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记" + (" · u 恢复" if gone > 20 else ""))
            return True
        if self.query_one(FilterBar).clear() or self._colour:
            if self._typed.filter.empty:
                self._colour = None
            self._typed = read_filter("")
            self.table.focus()
            self._read(fresh=True)
            return True
        return False

    # what is said about the list

    def _say_place(self) -> None:
        if self._counted is None:
            return
        counters, view = self.query_one(Counters), self._view
        total = self._counted.counts[1].total
        listed = len(self.table.ids)
        chip = f"只看{CHIPS[view.filter.colour]} " if view.filter.colour else ""
        share = f"{listed:,}/{total:,}件" if listed != total else f"{total:,}件"
        counters.place = f"{chip}{share} 按{ORDERS[view.order]}"

    def _say_folded(self) -> None:
        assert self._counted is not None
        folded, view = self._counted.counts[0].folded, self._view
        shown = bool(folded) and view.order == "banded" and view.filter.colour is None
        signs = self.host.symbols
        line = self.query_one("#folded", Static)
        line.display = shown
        sign, state, key = (
            (signs.unfold, "已展开，排在最后", "f 收起")
            if view.unfold
            else (signs.fold, "（转红超过30个工作日）未列出", "f 展开")
        )
        line.update(f" {sign} 历史积案 {folded:,} 件{state}{signs.separator}{key}")

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        marks = self.table.marks.ids
        hidden = len(marks.difference(self.table.ids)) if marks else 0
        aside = f"（{hidden}件不在本列表）" if hidden else ""
        self.query_one(StatusLine).marks = f"已标记{len(marks)}件{aside}" if marks else ""

    # the matter under the cursor

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
        queue, ids, title = self._queue, self.table.ids, self._title()
        if queue is not None and self.may_write():
            self.fetch(
                "write",
                lambda session: write_list(session, queue, ids, title),
                lambda done: self._written(*done),
            )

    def _written(self, rows: int, path: Path) -> None:
        self.told(f"已导出{rows}件：{path}")

    def which(self) -> Which:
        """Return how to find the appeals that are marked, or the one under the cursor."""
        ids = self.table.chosen
        shown = {id: line.version for id in ids if (line := self.table.row(id)) is not None}
        return len(ids), lambda session: chosen_rows(session, ids, shown)

    def _title(self) -> str:
        view = self._view
        chip = CHIPS.get(view.filter.colour or "", "")
        typed = self.query_one(FilterBar).text
        return " ".join(part for part in ("督办队列", chip, typed) if part)

    def _local(self, instant: datetime) -> datetime:
        assert self.session is not None
        return instant.astimezone(self.session.bureau.zone)
