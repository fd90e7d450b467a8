"""A list of appeals, some of its rows papers, whose marks an act uses up."""

from __future__ import annotations

from typing import Protocol, TypeVar, runtime_checkable

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


@runtime_checkable
class Matter(Protocol):
    """A row of the queue: what runs, and which one of its kind it is."""

    @property
    def kind(self) -> str:
        """What kind of matter it is, as the trail calls it."""

    @property
    def subject_id(self) -> int:
        """Its id among its kind."""


Row = TypeVar("Row", bound=Listed)

SCREENS = {
    "campaign": "campaigns",
    "campaign_task": "campaigns",
    "visit_task": "visits",
    "pledge": "receptions",
    "cell_matter": "cells",
}
"""The screens, by their names in ``over``, on which kinds of matter stand that are no appeals."""


class CaseworkList(ListScreen[Row], CaseworkScreen):
    """A list of appeals, some of its rows papers, whose marks an act uses up."""

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Go to the appeal under the cursor, or to the screen of what is none."""
        row = self.current
        if isinstance(row, Matter) and row.kind in SCREENS:
            self.host.open_over(SCREENS[row.kind], row.kind, row.subject_id)
        elif row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)
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
