"""A full screen around one list: its table, the row under the cursor, what an act falls on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.timer import Timer

from console.frame import FullScreen
from console.widgets.rows import Cell, Column
from console.widgets.table import VirtualTable

Row = TypeVar("Row")


class ListScreen(FullScreen, Generic[Row]):
    """A screen whose hand is on a list of rows."""

    REST: ClassVar[float] = 0.12
    """Seconds the cursor rests on a row before what is beside the list is read."""

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
            columns, cells, mark=signs.mark, ellipsis=signs.ellipsis, id="list", heads=heads
        )

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
        """What an act would fall on: the marked rows, or the one under the cursor."""
        return [row for id in self.table.chosen if (row := self.table.row(id)) is not None]

    def rest(self, then: Callable[[], object]) -> None:
        """Do something once the cursor has rested where it is."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(self.REST, then)

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        raise NotImplementedError
