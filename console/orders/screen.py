"""The orders screen: a list by what waits longest, the paper, and every lawful step."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console import frame
from console.casework import offer_letters
from console.frame import Session, bindings
from console.orders.approval import ask_sheet
from console.orders.order_acts import OrderActs
from console.orders.order_list import (
    COLUMNS,
    FILTERS,
    HEADINGS,
    HINT,
    ORDERS,
    OrderList,
    Wanted,
    cells,
    order_list,
)
from console.orders.paper_list import ROOMY, PaperList
from console.orders.paper_pane import PaperPane
from console.orders.preview import preview
from console.orders.proving import proof_lines
from console.orders.signing import export
from console.paper import lines_of
from console.widgets import FilterBar
from models import letters, orders, views

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.orders import OrderView
    from models.store import Reader

    Shown = tuple[list[PaperLine], str | None]
    """Lines, and of a draft's paper the digest of the template it is made with."""


def proved(session: Session, order: OrderView, width: int) -> Shown:
    """Return an order sentence by sentence, with what proves each."""
    return proof_lines(session, order, width), None


def paper_lines(session: Session, order: OrderView, width: int) -> Shown:
    """Return the paper of an order as lines: the signed one itself, or what a draft would be."""
    if order.sha256 is None:
        now = preview(session.store, order.id)
        return lines_of(now.paper, width), now.template.sha256
    with session.reading("paper") as reader:
        return lines_of(orders.paper_of(reader, order.id)[1], width), None


class OrdersScreen(PaperList["OrderView"]):
    """F4: supervision orders."""

    TITLE = "督办单"
    EMPTY = "没有督办单：在督办队列里标记诉求后按 d 拟制"
    CSS_PATH = Path(__file__).with_name("orders.tcss")
    BINDINGS = bindings(frame.ORDERS)
    ORDERS: ClassVar[Mapping[str, str]] = ORDERS
    HEADINGS: ClassVar[Mapping[str, str]] = HEADINGS
    sorted_by = "waited"

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._typed = ""
        self._fresh = False
        self._run = 0
        self._list: OrderList | None = None
        self._sought: int | None = None
        self._proving = False
        self._shown: dict[int, str] = {}
        self._acts = OrderActs(self, self._shown)

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the paper."""
        yield Static("", id="issued", markup=False)
        yield Static("", id="chips", markup=False)
        yield FilterBar(HINT)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, self._cells)
            yield PaperPane()

    # reading

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def resumed(self) -> None:
        """Read again: drafts may have come from the queue meanwhile."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        self._run += 1
        wanted = Wanted(self._wanted, self._typed, self.sorted_by, self.descending)
        then = partial(self._listed, self._run)
        self.fetch("orders", lambda session: order_list(session, wanted), then)

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves; every word can be understood."""
        if text != self._typed:
            self._typed = text
            self.reordered()
        return ""

    def reordered(self) -> None:
        """Read the list anew, from its first row on."""
        self._fresh = True
        self.action_refresh()

    def action_narrow(self, status: str) -> None:
        """Show one status, or all."""
        self._wanted = status or None
        self.action_refresh()

    def seek(self, order_id: int) -> None:
        """Put the cursor on one order, whatever was listed."""
        self._sought, self._typed = order_id, ""
        for bar in self.query(FilterBar):
            bar.clear()
        self.action_narrow("")

    def _listed(self, run: int, found: OrderList) -> None:
        if run != self._run or self.session is None:
            return
        self._list = found
        rows = {order.id: order for order in found.orders}
        self.table.marks.ids &= set(rows)
        self.say_marks()
        show = self.table.restart if self._fresh else self.table.show
        self._fresh = False
        show(array("q", rows), rows)
        if self._sought in rows:
            self.table.cursor = list(rows).index(self._sought)
            self._sought = None
        self._show_chips()
        self.facts(found.now.astimezone(self.session.bureau.zone))
        if not rows:
            none = "没有督办单：在督办队列里标记诉求后按 d 拟制"
            self.query_one(PaperPane).blank("没有符合的 · Esc 去掉筛选" if self._typed else none)

    def _show_chips(self) -> None:
        assert self._list is not None
        line = Text(no_wrap=True, overflow="crop")
        for digit, (status, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if status == self._wanted else ""
            line.append(f"{digit} {word} {self._list.counts.get(status, 0)}", look)
            line.append("  " if self.size.width < ROOMY else "    ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        self.query_one("#chips", Static).update(line)
        issued = self._list.issued
        told = f"本月签发督办单 {issued.month} 份 · 今年 {issued.year} 份"
        self.query_one("#issued", Static).update(Text(told, "dim", no_wrap=True))

    def _cells(self, order: OrderView) -> list[tuple[str, str]]:
        assert self._list is not None and self.session is not None
        bureau = self.session.bureau
        short = {unit.id: unit.short_name for unit in bureau.units}
        return cells(order, short.get(order.unit_id, order.unit), self._list.now, bureau.zone)

    # the paper

    def read_paper(self) -> None:
        """Show the paper under the cursor, as far as it is still that one when it is read."""
        order, pane = self.current, self.query_one(PaperPane)
        if order is None or not pane.display:
            return

        def read(found: Shown) -> None:
            lines, template = found
            if order.id == self.table.current and shown is self._shown_by():
                pane.show(lines, self.host.symbols.rule)
                if template is not None:
                    self._shown[order.id] = template

        width, shown = pane.room, self._shown_by()
        self.fetch("paper", lambda session: shown(session, order, width), read)

    def _shown_by(self) -> Callable[[Session, OrderView, int], Shown]:
        return proved if self._proving else paper_lines

    def action_check(self) -> None:
        """Show the order sentence by sentence with what proves each, or the paper again."""
        self._proving = not self._proving
        self.say("逐句核对：每句下面是所依据的留痕；再按 c 回到文书" if self._proving else "")
        if not self.query_one(PaperPane).display:
            self.action_zoom()
        self.read_paper()

    def step_back(self) -> bool:
        """Give up, one after the other: the large paper, the marks, the filter."""
        if super().step_back():
            return True
        if self.query_one(FilterBar).clear():
            self.table.focus()
            self.filtered("")
        elif self._wanted is not None:
            self.action_narrow("")
        else:
            return False
        return True

    def action_tickets(self) -> None:
        """Show the appeals on the order under the cursor."""
        if (order := self.current) is None:
            return

        def given(reader: Reader) -> Sequence[int]:
            return views.matter_ids(reader, orders.held_tickets(reader, order.id))

        name = order.number or f"草稿#{order.id}"
        self.host.open_matters(f"督办单 {name} · {order.unit}", given)

    # acts

    def action_sign(self) -> None:
        """Sign what is marked, or the draft under the cursor."""
        self._acts.sign(self.chosen)

    def action_amend(self) -> None:
        """Change the draft under the cursor."""
        if self.current is not None:
            self._acts.amend(self.current)

    def action_circulate(self) -> None:
        """Print the sheet on which the draft under the cursor is approved."""
        if self.current is not None:
            ask_sheet(self, self.current)

    def action_letter(self) -> None:
        """Offer the letters that the order under the cursor gives facts for."""
        if (order := self.current) is not None:
            offer_letters(self, letters.Asked(order_id=order.id), order.name)

    def action_draft(self) -> None:
        """Draft new orders."""
        self._acts.draft()

    def action_over(self) -> None:
        """Draft another paper over the one under the cursor."""
        if self.current is not None:
            self._acts.over(self.current)

    def action_steps(self) -> None:
        """Offer the lawful next steps of the order under the cursor."""
        if self.current is not None:
            self._acts.steps(self.current)

    def action_export(self) -> None:
        """Write the signed papers of what is marked, or of the order under the cursor."""
        ids = [order.id for order in self.chosen]
        if ids:
            self.work(lambda session: f"已导出{len(ids)}份到 {export(session, ids)}")

    def refused(self) -> None:
        """Read the list again; the marks stay."""
        self.action_refresh()

    def done(self) -> None:
        """Read the list again."""
        self.table.clear_marks()
        self.action_refresh()
