"""诉求: the whole appeal over the screen it was opened from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console.casework.acting import Which
from console.casework.lettering import offer_letters
from console.casework.outside import AttachmentsScreen, read_attachments, write_attachments
from console.casework.pane import Sections
from console.casework.taking import chosen_of, derivations, read_merge, read_ticket
from console.frame import TICKET, Drawn, Session, bindings
from console.merging import write_merge
from console.widgets import Page, Reading, Sheet
from models import letters

if TYPE_CHECKING:
    from models.casework import AttachmentView
    from models.merging import Member
    from models.views import TicketView


class TicketScreen(AttachmentsScreen):
    """One appeal: left what was said and done, right the deadlines, papers and record."""

    TITLE = "诉求"
    CSS_PATH = Path(__file__).with_name("ticket.tcss")
    BINDINGS = bindings(TICKET)

    def __init__(self, ticket_id: int) -> None:
        """``ticket_id`` is the appeal's."""
        super().__init__()
        self._ticket_id = ticket_id
        self._view: TicketView | None = None
        self._drawn: Drawn[TicketView] = Drawn()
        self._unfolded = False
        self._attached: list[AttachmentView] = []
        self._merged: tuple[Member, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out the two pages."""
        with Horizontal(id="pages"):
            yield Page(id="said")
            yield Page(id="done")

    def on_mount(self) -> None:
        """Put the hand on the first page."""
        self.query_one("#said").focus()

    def begin(self, session: Session) -> None:
        """Read the appeal."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the appeal again."""
        id = self._ticket_id
        self.fetch("ticket", lambda session: read_ticket(session, id), self._read)
        self.fetch("merged", lambda session: read_merge(session, id), self._show_merged)
        self.fetch(
            "attachments", lambda session: read_attachments(session, id), self._show_attached
        )

    def _read(self, view: TicketView) -> None:
        self._view = view
        self._show()

    def _show_attached(self, found: list[AttachmentView]) -> None:
        """Show what belongs to it, once every file has been looked at."""
        if found != self._attached:
            self._attached = found
            self._show()

    def _show_merged(self, found: tuple[Member, ...]) -> None:
        """Show what it is merged with."""
        if found != self._merged:
            self._merged = found
            self._show()

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        view, session = self._view, self.session
        if view is None or session is None:
            return
        self.facts(session.now())
        self._drawn.put(self, view)
        wide = self.has_class("-wide")
        left, right = (self.query_one(f"#{id}", Page) for id in ("said", "done"))
        said, said_sheet = self._sections(view, left)
        done, done_sheet = (said, said_sheet) if not wide else self._sections(view, right)
        said.title()
        said.content()
        done.clocks(unfolded=self._unfolded, key=" · f 展开")
        said.facts()
        write_attachments(said_sheet, self._attached)
        said.rounds()
        said.ratings()
        bureau = session.bureau
        write_merge(done_sheet, self._ticket_id, self._merged, bureau.zone, bureau.masking)
        done.reviews()
        done.orders()
        done.trail()
        left.query_one(Static).update(said_sheet.content())
        if wide:
            right.query_one(Static).update(done_sheet.content())

    def _sections(self, view: TicketView, page: Page) -> tuple[Sections, Sheet]:
        assert self.session is not None
        sheet = Sheet(page.content_size.width - 2, self.host.symbols.rule)
        return Sections(view, self.session.bureau.zone, self.host.symbols, sheet), sheet

    def action_fold(self) -> None:
        """Show each deadline that is done, or all of them in one line."""
        self._unfolded = not self._unfolded
        self._show()

    def action_derivations(self) -> None:
        """Show line by line why each deadline falls when it does."""

        def derived(text: str) -> None:
            none = "这件诉求没有时限，无可核算"
            self.app.push_screen(Reading("时限核算单", text or none))

        id = self._ticket_id
        self.question(lambda session: derivations(session, id), derived)

    def action_letter(self) -> None:
        """Offer the letters that this appeal gives facts for."""
        if self._view is not None:
            offer_letters(self, letters.Asked(ticket_id=self._ticket_id), self._view.number)

    # acts

    def attached_to(self) -> tuple[int, str] | None:
        """Return this appeal."""
        return self.looked_at()

    def unit_here(self) -> int | None:
        """Return the appeal's lead unit."""
        return None if self._view is None else self._view.round.unit_id

    def which(self) -> Which:
        """Return this appeal as it was read."""
        view = self._drawn.at(self.host.pressed_at)
        if view is None:
            return Which(0, lambda session: [])
        return Which(1, lambda session: [chosen_of(view)], view.number)

    def acted(self) -> None:
        """Read the appeal again."""
        self.action_refresh()

    def looked_at(self) -> tuple[int, str] | None:
        """Return this appeal."""
        return None if self._view is None else (self._ticket_id, self._view.number)

    def looked(self) -> None:
        """Read the appeal again: its trail has grown."""
        self.action_refresh()

    def action_copy(self) -> None:
        """Copy the appeal's head; everything in it is masked."""
        if (view := self._view) is not None:
            text = "\n".join((f"{view.number} {view.title}", view.content))
            self.app.copy_to_clipboard(view.outgoing.text(text))
            self.told(f"已复制 {view.number}（脱敏）")
