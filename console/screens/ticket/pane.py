"""The matter under the cursor, beside the queue."""

from __future__ import annotations

from textual.containers import VerticalScroll

from console.desk import Desk
from console.desk.queue import Line


class TicketPane(VerticalScroll, can_focus=True):
    def show(self, desk: Desk, line: Line | None) -> None:
        pass
