"""A list of appeals, some of its rows papers, whose marks an act uses up."""

from __future__ import annotations

from typing import Protocol, TypeVar

from textual import on

from console.casework.acting import CaseworkScreen
from console.widgets import ListScreen, VirtualTable


class Listed(Protocol):
    """A row of a list: an appeal, or a paper, which has no ticket."""

    @property
    def number(self) -> str:
        """What it is known by."""

    @property
    def ticket_id(self) -> int | None:
        """The appeal it is, if it is one."""


Row = TypeVar("Row", bound=Listed)

CAMPAIGNS = ("campaign", "campaign_task")
"""Kinds of matter that stand on the screen of campaigns."""


class CaseworkList(ListScreen[Row], CaseworkScreen):
    """A list of appeals, some of its rows papers, whose marks an act uses up."""

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Go to the appeal under the cursor, or to the screen of what is none."""
        row = self.current
        if row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)
        elif row is not None and getattr(row, "kind", "") in CAMPAIGNS:
            self.host.action_over("campaigns")
        elif row is not None:
            self.host.action_open(self.beside())

    def beside(self) -> str:
        """Return the screen on which a matter stands that is no appeal."""
        return "orders"

    @on(VirtualTable.Moved)
    def _left(self) -> None:
        self.cover_if_left()

    def looked_at(self) -> tuple[int, str] | None:
        """Return the appeal under the cursor."""
        row = self.current
        return None if row is None or row.ticket_id is None else (row.ticket_id, row.number)

    def drop_range(self) -> bool:
        """Give up the range that was begun; False if none was."""
        if self.table.marks.anchor is None:
            return False
        self.table.marks.anchor = None
        self.table.refresh()
        return True

    def acted(self) -> None:
        """Show what an act changed."""
        self.table.spend_marks()
        self.action_refresh()

    def refused(self) -> None:
        """Show what is true now; the marks stay."""
        self.action_refresh()

    def action_undo(self) -> None:
        """Bring back cleared marks, or else take back the last act."""
        if back := self.table.unclear():
            self.say(f"已恢复{back}个标记")
        else:
            super().action_undo()
