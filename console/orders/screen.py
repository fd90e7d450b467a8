"""The orders screen: a list by what waits longest, the paper, and every lawful step."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from console.frame import ORDERS, FullScreen, Session, bindings, start
from console.orders.columns import (
    COLUMNS,
    FILTERS,
    OrderList,
    PaperPane,
    cells,
    order_list,
    paper_lines,
)
from console.orders.order_acts import OrderActs, export
from console.widgets import VirtualTable

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.orders import OrderView


REST = 0.12
"""Seconds the cursor rests on an order before its paper is read."""

ROOMY = 100
"""Cells from which list and paper stand side by side."""


class OrdersScreen(FullScreen):
    """F4: supervision orders."""

    TITLE = "督办单"
    CSS_PATH = Path(__file__).with_name("orders.tcss")
    BINDINGS = bindings(ORDERS)

    @dataclass
    class Listed(Message):
        """The orders under the filter that was asked for."""

        run: int
        list: OrderList

    @dataclass
    class PaperRead(Message):
        """The paper of an order, as lines."""

        order_id: int
        lines: list[PaperLine]

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._run = 0
        self._list: OrderList | None = None
        self._rest: Timer | None = None
        self._acts = OrderActs(self)

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the paper."""
        signs = self.host.symbols
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield VirtualTable(
                COLUMNS, self._cells, mark=signs.mark, ellipsis=signs.ellipsis, id="list"
            )
            yield PaperPane()

    def on_mount(self) -> None:
        """Put the hand on the list."""
        self.table.focus()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(VirtualTable)

    @property
    def current(self) -> OrderView | None:
        """The order under the cursor."""
        order: OrderView | None = self.table.row(self.table.current)
        return order

    @property
    def chosen(self) -> list[OrderView]:
        """The marked orders, or the one under the cursor."""
        return [row for id in self.table.chosen if (row := self.table.row(id)) is not None]

    # reading

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def on_screen_resume(self) -> None:
        """Read again: drafts may have come from the queue meanwhile."""
        fresh = self.session is None
        super().on_screen_resume()
        if not fresh:
            self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        self._run += 1
        session, run, wanted = self.session, self._run, self._wanted
        if session is not None:
            start(self, "orders", lambda say: say(self.Listed(run, order_list(session, wanted))))

    def action_narrow(self, status: str) -> None:
        """Show one status, or all."""
        self._wanted = status or None
        self.action_refresh()

    @on(Listed)
    def _listed(self, news: Listed) -> None:
        if news.run != self._run or self.session is None:
            return
        self._list = news.list
        rows = {order.id: order for order in news.list.orders}
        self.table.show(array("q", rows), rows)
        self._show_chips()
        self.facts(news.list.now.astimezone(self.session.bureau.zone))
        if not rows:
            self.query_one(PaperPane).blank("没有督办单：在督办队列里标记诉求后按 d 拟制")

    def _show_chips(self) -> None:
        assert self._list is not None
        line = Text(no_wrap=True, overflow="crop")
        for digit, (status, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if status == self._wanted else ""
            line.append(f"{digit} {word} {self._list.counts.get(status, 0)}", look)
            line.append("  " if self.size.width < ROOMY else "    ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        self.query_one("#chips", Static).update(line)

    def _cells(self, order: OrderView) -> list[tuple[str, str]]:
        assert self._list is not None and self.session is not None
        return cells(order, self._list.now, self.session.bureau.zone)

    # the paper

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._read_paper)

    def on_resize(self, event: events.Resize) -> None:
        """Show the paper beside the list where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")

    @on(PaperPane.Resized)
    def _read_paper(self) -> None:
        session, order, pane = self.session, self.current, self.query_one(PaperPane)
        if session is None or order is None or not pane.display:
            return
        width = pane.room
        start(
            self,
            "paper",
            lambda say: say(self.PaperRead(order.id, paper_lines(session, order, width))),
        )

    @on(PaperRead)
    def _paper_read(self, news: PaperRead) -> None:
        if news.order_id == self.table.current:
            self.query_one(PaperPane).show(news.lines, self.host.symbols.rule)

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        self.action_zoom()

    def action_zoom(self) -> None:
        """Give the paper the whole width, and take it back."""
        self.toggle_class("-zoomed")
        zoomed = self.has_class("-zoomed")
        (self.query_one(PaperPane) if zoomed else self.table).focus()

    def step_back(self) -> bool:
        """Give up, one after the other: the large paper, the marks, the filter."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记")
        elif self._wanted is not None:
            self.action_narrow("")
        else:
            return False
        return True

    # acts

    def action_sign(self) -> None:
        """Sign what is marked, or the draft under the cursor."""
        self._acts.sign(self.chosen)

    def action_amend(self) -> None:
        """Change the draft under the cursor."""
        if self.current is not None:
            self._acts.amend(self.current)

    def action_draft(self) -> None:
        """Draft new orders."""
        self._acts.draft()

    def action_steps(self) -> None:
        """Offer the lawful next steps of the order under the cursor."""
        if self.current is not None:
            self._acts.steps(self.current)

    def action_export(self) -> None:
        """Write the signed papers of what is marked, or of the order under the cursor."""
        ids = [order.id for order in self.chosen]
        if ids:
            self.work(lambda session: f"已导出{len(ids)}份到 {export(session, ids)}")

    def done(self) -> None:
        """Read the list again."""
        self.table.clear_marks()
        self.action_refresh()
