"""The matter under the cursor, beside the queue: what a supervisor needs before acting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from console.desk import Desk
from console.desk.queue import Line
from console.jobs import Refusal, Say, start
from console.keys import PAGE, bindings
from console.screens.ticket.sections import Sections
from console.widgets.sheet import Sheet

if TYPE_CHECKING:
    from console.app import Console
    from models.views import TicketView


TRAIL = 8
"""Lines of the record shown beside the queue; the ticket screen has them all."""


class TicketPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """One appeal in short; it stays until another one has been read."""

    BINDINGS = bindings(PAGE)

    @dataclass
    class Read(Message):
        """An appeal was read."""

        view: TicketView

    def __init__(self, *, id: str | None = None) -> None:
        """Empty until ``show``."""
        super().__init__(id=id)
        self._wanted: int | None = None
        self._view: TicketView | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield Static(markup=False)

    def show(self, desk: Desk, line: Line | None) -> None:
        """Read the appeal of a row of the queue and show it."""
        ticket_id = None if line is None else line.ticket_id
        self._wanted = ticket_id
        if ticket_id is None:
            self._view = None
            self._put(self._other(line))
            return

        def job(say: Say) -> None:
            say(self.Read(desk.ticket(ticket_id)))

        start(self, "detail", job)

    @on(Read)
    def _read(self, message: Read) -> None:
        message.stop()
        if message.view.id == self._wanted:
            moved = self._view is None or self._view.id != message.view.id
            self._view = message.view
            self._show()
            if moved:
                self.scroll_home(animate=False)

    @on(Refusal)
    def _gone(self, message: Refusal) -> None:
        message.stop()
        self._put(Content(message.line))

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        if self._view is not None:
            self._show()

    def action_page_up(self) -> None:
        """Move a page up."""
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Move a page down."""
        self.scroll_page_down(animate=False)

    def _show(self) -> None:
        app = cast("Console", self.app)
        if self._view is None or app.desk is None:
            return
        sheet = Sheet(self.content_size.width - 2, app.symbols.rule)
        parts = Sections(self._view, app.desk.bureau.zone, app.symbols, sheet)
        parts.title()
        parts.facts()
        parts.clocks(running=True)
        parts.content()
        parts.reply()
        parts.ratings()
        parts.orders()
        parts.trail(TRAIL)
        self._put(sheet.content())

    def _other(self, line: Line | None) -> Content:
        """Return what is said of a matter that is no appeal."""
        if line is None:
            return Content("")
        sheet = Sheet(self.content_size.width - 2)
        sheet.line((line.number, "bold $accent"), f"  {line.status}")
        sheet.line((line.title, "bold"))
        sheet.fact("单位", line.unit)
        sheet.fact(line.step_name, f"{line.remaining}  到期 {line.due}")
        sheet.line("")
        sheet.line(("回车到督办单查看", Sheet.DIM))
        return sheet.content()

    def _put(self, content: Content) -> None:
        self.query_one(Static).update(content)
