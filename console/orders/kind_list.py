"""A list read whole, of which a digit leaves one kind, with a pane beside it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.frame import Session
from console.orders.paper_list import PaperList
from console.orders.paper_pane import PaperPane
from console.widgets import Cell, Column, VirtualTable
from models import views

T = TypeVar("T")


class Numbered(Protocol):
    """What a row must have: the id by which the cursor finds it again."""

    @property
    def id(self) -> int:
        """Return the id."""


Row = TypeVar("Row", bound=Numbered)


class KindList(PaperList[Row]):
    """A screen says what it lists, how a row is drawn, and of which kinds it is."""

    COLUMNS: ClassVar[Sequence[Column]] = ()
    FILTERS: ClassVar[Mapping[str, str]] = {}
    """The kinds with their names, in the order of the digits."""

    every: list[Row]
    """What was read, whichever kind is shown."""

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._run = 0
        self._sought: tuple[str, int] | None = None
        self.every = []

    @staticmethod
    def listed(session: Session) -> list[Any]:
        """Return every row, in the order of the list; called in a worker."""
        raise NotImplementedError

    def cells(self, row: Row) -> Sequence[Cell]:
        """Return the cells of a row, one for each of ``COLUMNS``."""
        raise NotImplementedError

    def kinds_of(self, row: Row) -> Collection[str]:
        """Return which of ``FILTERS`` leave a row."""
        raise NotImplementedError

    def in_order(self, rows: list[Row]) -> Iterable[Row]:
        """Return the rows in the order that is wanted now."""
        return rows

    def aside(self) -> str:
        """Return what is said behind the kinds."""
        return ""

    def body(self) -> ComposeResult:
        """Lay out the kinds, the list and the pane."""
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(self.COLUMNS, self.cells)
            yield PaperPane()

    def narrowed(self) -> bool:
        """Return whether one kind alone is wanted."""
        return self._wanted is not None

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        self._run += 1
        self.fetch("list", self.listed, partial(self._show, self._run))

    def go_to(self, kind: str, id: int) -> None:
        """Put the cursor on one matter of a kind, once the list is read."""
        self._sought, self._wanted = (kind, id), None
        if self.query(VirtualTable):
            self.lay()

    def holds(self, row: Row, kind: str, id: int) -> bool:
        """Return whether a row is a matter of a kind, or shows it."""
        return row.id == id

    def show_beside(
        self, id: int, read: Callable[[Session], T], drawn: Callable[[T, Session, int], Content]
    ) -> None:
        """Read something of a row and show it in the pane, as far as the cursor is still there.

        ``drawn`` makes the page of what was read, in so many cells.
        """
        pane = self.query_one(PaperPane)

        def show(told: T) -> None:
            if id == self.table.current and self.session is not None:
                pane.put(drawn(told, self.session, pane.room))
                pane.scroll_home(animate=False)

        if pane.display:
            self.fetch("paper", read, show)

    def open_appeals(self, origin: str, read: Callable[[Session], Sequence[int]]) -> None:
        """Open the appeals whose ids are read of a row."""

        def found(ids: Sequence[int]) -> None:
            self.host.open_matters(origin, partial(views.matter_ids, ticket_ids=tuple(ids)))

        self.question(read, found)

    def action_narrow(self, kind: str) -> None:
        """Show one kind, or all."""
        self._wanted = kind or None
        self.lay()

    def refused(self) -> None:
        """Read the list again; the marks stay."""
        self.action_refresh()

    def done(self) -> None:
        """Read the list again after an act."""
        self.table.clear_marks()
        self.action_refresh()

    def acted(self) -> None:
        """Read the list again once something was taken back or done again."""
        self.action_refresh()

    def step_back(self) -> bool:
        """Give up, one after the other: the large pane, the marks, the kind."""
        if super().step_back():
            return True
        if self._wanted is None:
            return False
        self.action_narrow("")
        return True

    def _show(self, run: int, found: list[Row]) -> None:
        if run != self._run or self.session is None:
            return
        self.every = found
        self.lay()
        self.facts(self.session.now())

    def lay(self) -> None:
        """Show what is wanted of what was read."""
        wanted = self._wanted
        found = (one for one in self.in_order(self.every) if self._is(one, wanted))
        rows = {one.id: one for one in found}
        self.table.marks.ids &= set(rows)
        self.say_marks()
        self.table.show(array("q", rows), rows)
        self._find(rows.values())
        self._show_chips()
        if rows:
            self.rest(self.read_paper)
        else:
            self.query_one(PaperPane).blank(self.nothing())

    def _find(self, rows: Collection[Row]) -> None:
        """Put the cursor on what was looked for, as soon as it is there."""
        for place, row in enumerate(rows):
            if self._sought is not None and self.holds(row, *self._sought):
                self.table.cursor, self._sought = place, None

    def _is(self, row: Row, kind: str | None) -> bool:
        return kind is None or kind in self.kinds_of(row)

    def _show_chips(self) -> None:
        line, gap = Text(no_wrap=True, overflow="crop"), "  " if self.aside() else "    "
        for digit, (kind, word) in enumerate(self.FILTERS.items(), 1):
            count = sum(self._is(one, kind) for one in self.every)
            look = "reverse" if kind == self._wanted else ""
            line.append(f"{digit} {word} {count}", look).append(gap)
        line.append("0 全部", "reverse" if self._wanted is None else "")
        line.append(self.aside(), "dim")
        self.query_one("#chips", Static).update(line)
