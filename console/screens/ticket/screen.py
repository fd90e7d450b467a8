"""诉求: the whole appeal over the screen it was opened from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from console.desk import Desk, chosen_of
from console.jobs import start
from console.keys import PAGE, TICKET, bindings
from console.screens.acting import Which
from console.screens.casework import CaseworkScreen
from console.screens.ticket.sections import Sections
from console.widgets.reading import Reading
from console.widgets.sheet import Sheet

if TYPE_CHECKING:
    from models.views import TicketView


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """One of the two pages of an appeal."""

    BINDINGS = bindings(PAGE)

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(markup=False)

    def action_page_up(self) -> None:
        """Move a page up."""
        self.scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Move a page down."""
        self.scroll_page_down(animate=False)


class TicketScreen(CaseworkScreen):
    """One appeal: left what was said and done, right the deadlines, papers and record."""

    TITLE = "诉求"
    CSS_PATH = Path(__file__).with_name("ticket.tcss")
    BINDINGS = bindings(TICKET)

    @dataclass
    class Read(Message):
        """The appeal was read."""

        view: TicketView

    @dataclass
    class Derived(Message):
        """The receipts of the clocks were derived."""

        text: str

    def __init__(self, ticket_id: int) -> None:
        """``ticket_id`` is the appeal's."""
        super().__init__()
        self._ticket_id = ticket_id
        self._view: TicketView | None = None

    def body(self) -> ComposeResult:
        """Lay out the two pages."""
        with Horizontal(id="pages"):
            yield Page(id="said")
            yield Page(id="done")

    def on_mount(self) -> None:
        """Put the hand on the first page."""
        self.query_one("#said").focus()

    def begin(self, desk: Desk) -> None:
        """Read the appeal."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the appeal again."""
        desk, id = self.desk, self._ticket_id
        if desk is not None:
            start(self, "ticket", lambda say: say(self.Read(desk.ticket(id))))

    @on(Read)
    def _read(self, message: Read) -> None:
        self._view = message.view
        self._show()

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        view, desk = self._view, self.desk
        if view is None or desk is None:
            return
        self.facts(desk.now())
        wide = self.has_class("-wide")
        left, right = (self.query_one(f"#{id}", Page) for id in ("said", "done"))
        said, said_sheet = self._sections(view, left)
        said.title()
        said.facts()
        if not wide:
            said.clocks()
        said.content()
        said.rounds()
        said.ratings()
        done, done_sheet = (said, said_sheet) if not wide else self._sections(view, right)
        if wide:
            done.clocks()
        done.orders()
        done.trail()
        left.query_one(Static).update(said_sheet.content())
        if wide:
            right.query_one(Static).update(done_sheet.content())

    def _sections(self, view: TicketView, page: Page) -> tuple[Sections, Sheet]:
        assert self.desk is not None
        sheet = Sheet(page.content_size.width - 2, self.console.symbols.rule)
        return Sections(view, self.desk.bureau.zone, self.console.symbols, sheet), sheet

    def action_receipts(self) -> None:
        """Show line by line why each deadline falls when it does."""
        desk, id = self.desk, self._ticket_id
        if desk is not None:
            start(self, "receipts", lambda say: say(self.Derived(desk.receipts(id))))

    @on(Derived)
    def _derived(self, message: Derived) -> None:
        text = message.text or "这件诉求没有时限，无可核算"
        self.app.push_screen(Reading("时限核算单", text))

    # acts

    def which(self) -> Which:
        """Return this appeal as it was read."""
        view = self._view
        if view is None:
            return 0, lambda desk: []
        return 1, lambda desk: [chosen_of(view)]

    def acted(self) -> None:
        """Read the appeal again."""
        self.action_refresh()

    def action_copy(self) -> None:
        """Copy the appeal's head; everything in it is masked."""
        if (view := self._view) is not None:
            text = "\n".join((f"{view.number} {view.title}", view.content))
            self.app.copy_to_clipboard(text)
            self.app.notify(f"已复制 {view.number}（脱敏）", markup=False)
