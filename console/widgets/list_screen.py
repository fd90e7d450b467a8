"""A full screen around one list: its table, the row under the cursor, what an act falls on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.timer import Timer

from console.frame import FullScreen, Refusal, StatusLine
from console.widgets.filter_bar import FilterBar
from console.widgets.rows import Cell, Column
from console.widgets.table import VirtualTable

Row = TypeVar("Row")


class ListScreen(FullScreen, Generic[Row]):
    """A screen whose hand is on a list of rows."""

    REST: ClassVar[float] = 0.12
    """Seconds the cursor rests on a row before what is beside the list is read."""

    ORDERS: ClassVar[Mapping[str, str]] = {}
    """The orders of the list with their names, in the order of ``[`` and ``]``, the usual first."""

    HEADINGS: ClassVar[Mapping[str, str]] = {}
    """The orders that a click on a heading gives."""

    sorted_by: str = ""
    """One of ``ORDERS``; empty where there are none."""

    descending: bool = False

    EMPTY: ClassVar[str] = "没有内容"
    """What stands in the list where there is nothing, and what to press."""

    MARKABLE: ClassVar[bool] = True
    """Whether an act falls on marked rows."""

    READS: ClassVar[frozenset[str]] = frozenset({"list", "pile", "orders", "board", "units"})
    """The jobs that read the list."""

    _rest: Timer | None = None

    def list_of(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], Sequence[Cell]],
        heads: Callable[[int], bool] | None = None,
    ) -> VirtualTable:
        """Return the list, to be laid out; ``cells`` draws a row, ``heads`` as in a listing."""
        signs = self.host.symbols
        return VirtualTable(
            columns,
            cells,
            mark=signs.mark,
            ellipsis=signs.ellipsis,
            id="list",
            heads=heads,
            nothing=self.nothing,
            markable=self.MARKABLE,
        )

    def nothing(self) -> str:
        """Return what stands where there is no row: why there is none, and what to press."""
        match self.table.state:
            case "reading":
                return f"正在读取{self.host.symbols.ellipsis}"
            case "failed":
                return "没有读成：按 r 重试"
        return "没有符合的 · Esc 去掉筛选" if self.narrowed() else self.EMPTY

    def narrowed(self) -> bool:
        """Return whether less than everything is wanted."""
        return any(bar.text for bar in self.query(FilterBar))

    def on_refusal(self, message: Refusal) -> None:
        """Show in the list that it could not be read."""
        if message.group in self.READS:
            self.table.state = "failed"
            self.table.refresh()

    def on_mount(self) -> None:
        """Put the hand on the list."""
        self.table.focus()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(VirtualTable)

    @property
    def current(self) -> Row | None:
        """The row under the cursor, if it is at hand."""
        row: Row | None = self.table.row(self.table.current)
        return row

    @property
    def chosen(self) -> list[Row]:
        """What an act would fall on: the marked rows, or the one under the cursor, as painted.

        Of very many marks some were never painted: those count as they are at hand.
        """
        table, at = self.table, self.host.pressed_at
        found = (
            table.painted(id, at) or (id in table.marks.ids and table.row(id))
            for id in table.chosen
        )
        return [row for row in found if row]

    def rest(self, then: Callable[[], object]) -> None:
        """Do something once the cursor has rested where it is."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(self.REST, then)

    def say_marks(self) -> None:
        """Say in the status line how many are marked, and how many of them are not listed now."""
        marks = self.table.marks.ids
        hidden = len(marks.difference(self.table.ids)) if marks else 0
        aside = f"（{hidden}件不在本列表）" if hidden else ""
        self.query_one(StatusLine).marks = f"已标记{len(marks)}件{aside}" if marks else ""

    # filter, on a screen that has laid out a filter bar

    def action_filter(self) -> None:
        """Begin typing a filter."""
        self.query_one(FilterBar).open()

    @on(FilterBar.Changed)
    def _filter_changed(self, news: FilterBar.Changed) -> None:
        self.query_one(FilterBar).fault(self.filtered(news.text))

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.typed()

    def typed(self) -> None:
        """Put the hand on the list once a filter is typed."""
        self.table.focus()

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves; return what of it is not understood."""
        raise NotImplementedError

    # order

    def action_sort(self, by: int) -> None:
        """Go to the next order of the list."""
        orders = list(self.ORDERS)
        self.sort(orders[(orders.index(self.sorted_by) + by) % len(orders)])

    def action_orders(self) -> None:
        """Offer the orders of the list; the present one once more turns it round."""
        from console.widgets.questions import StepMenu

        steps = [
            (order, f"{name}（现在，再选则倒过来）" if order == self.sorted_by else name)
            for order, name in self.ORDERS.items()
        ]
        self.ask(StepMenu("排序", steps), self._sort_or_turn)

    @on(VirtualTable.Headed)
    def _headed(self, news: VirtualTable.Headed) -> None:
        order = self.HEADINGS.get(news.title)
        if order is not None:
            self._sort_or_turn(order)
        elif self.ORDERS:
            self.say(f"不能按{news.title}排序：可按{'、'.join(self.HEADINGS)}排")

    def _sort_or_turn(self, order: str) -> None:
        self.sort(order, descending=order == self.sorted_by and not self.descending)

    def sort(self, order: str, *, descending: bool = False) -> None:
        """Show the list in another order."""
        self.sorted_by, self.descending = order, descending
        self.say(f"排序：{self.ordered}")
        self.reordered()

    @property
    def ordered(self) -> str:
        """The order of the list in words."""
        return self.ORDERS[self.sorted_by] + ("（倒）" if self.descending else "")

    def reordered(self) -> None:
        """Show the list in the order that is wanted now; for screens that have ``ORDERS``."""

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        raise NotImplementedError
