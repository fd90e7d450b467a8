"""A list with the paper of what the cursor is on beside it, or over it where there is no room."""

from __future__ import annotations

from typing import TypeVar

from textual import events, on

from console.orders.paper_pane import PaperPane
from console.widgets import ListScreen, VirtualTable

Row = TypeVar("Row")

ROOMY = 100
"""Cells from which list and paper stand side by side."""


class PaperList(ListScreen[Row]):
    """A list and a paper; enter gives the paper the whole width."""

    def read_paper(self) -> None:
        """Show the paper of what the cursor is on, where there is room for it."""
        raise NotImplementedError

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        self.say_marks()

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.rest(self.read_paper)

    @on(PaperPane.Resized)
    def _resized(self) -> None:
        self.read_paper()

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        self.opened()

    def opened(self) -> None:
        """Go to what the cursor is on: its paper, large."""
        self.action_zoom()

    def on_resize(self, event: events.Resize) -> None:
        """Show the paper beside the list where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def action_zoom(self) -> None:
        """Give the paper the whole width, and take it back."""
        self.toggle_class("-zoomed")
        zoomed = self.has_class("-zoomed")
        (self.query_one(PaperPane) if zoomed else self.table).focus()

    def step_back(self) -> bool:
        """Give up, one after the other: the large paper, the marks."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记")
        else:
            return False
        return True
