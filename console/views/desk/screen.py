"""The desk: queues of decisions left, what waits in the chosen one right, each one key away."""

from __future__ import annotations

from array import array
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import OptionList

from console.casework import Which
from console.frame import DESK, Session, StatusLine, bindings
from console.views.desk.columns import COLUMNS, MatterPane, Piles, cells
from console.views.desk.deciding import DecidingScreen, chosen_of
from console.views.desk.waiting import ORDERS, Adviser, Detail, Pile, read_detail, read_pile
from console.widgets import VirtualTable

if TYPE_CHECKING:
    from models.views import DeskRow


class DeskScreen(DecidingScreen):
    """F9: the desk."""

    TITLE = "待办"
    CSS_PATH = Path(__file__).with_name("desk.tcss")
    BINDINGS = bindings(DESK)
    SURE = 1

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self.pile: Pile | None = None

    def body(self) -> ComposeResult:
        """Lay out the queues, the matters and the one under the cursor."""
        with Horizontal(id="panes"):
            yield Piles(markup=False)
            with Container(id="work"):
                yield self.list_of(COLUMNS, self._cells)
                yield MatterPane(id="matter")

    # reading

    def begin(self, session: Session) -> None:
        """Read the first queue in which something waits."""
        self.adviser = Adviser(session)
        self._read(None)

    def resumed(self) -> None:
        """Read again: decisions may have been made on another screen meanwhile."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the queue again; cursor and marks stay where they are."""
        self._read(self.pile.key if self.pile is not None else None)

    def _read(self, key: str | None) -> None:
        self._run += 1
        self.fetch(
            "pile", lambda session: read_pile(session, key), partial(self._pile_read, self._run)
        )

    def _pile_read(self, run: int, pile: Pile) -> None:
        if run != self._run or self.session is None:
            return
        other = self.pile is None or self.pile.key != pile.key
        self.pile = pile
        rows = {row.id: row for row in pile.rows}
        self.query_one(Piles).show(pile.all, pile.key, pile.now)
        if other:
            self.table.spend_marks()
            self.table.restart(array("q", rows), rows)
        else:
            self.table.marks.ids &= set(rows)
            self.table.show(array("q", rows), rows)
        self.facts(pile.now.astimezone(self.session.bureau.zone))
        self._say_pile()
        self._marked()
        if not rows:
            self.detail = None
            self.query_one(MatterPane).blank("这一类没有待办")

    def _say_pile(self) -> None:
        assert self.pile is not None
        waiting = next(one for one in self.pile.all if one.key == self.pile.key)
        shown = len(self.pile.rows)
        self.say(
            f"{waiting.name} {waiting.count:,}件"
            + (f"，先列最早的{shown}件，办完接着列" if waiting.count > shown else "")
        )

    def _cells(self, row: DeskRow) -> list[tuple[str, str]]:
        assert self.pile is not None
        return cells(row, self.pile.now, self.host.symbols)

    # moving

    @on(OptionList.OptionHighlighted)
    def _turned(self, event: OptionList.OptionHighlighted) -> None:
        if self.pile is not None and event.option.id != self.pile.key:
            self._read(event.option.id)

    @on(OptionList.OptionSelected)
    def _chosen_pile(self) -> None:
        self.action_to_rows()

    def action_pile(self, by: int) -> None:
        """Go to the next queue, or the one before."""
        self.query_one(Piles).turn(by)

    def action_to_rows(self) -> None:
        """Put the hand on the matters."""
        self.table.focus()

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.rest(self._read_detail)

    def _read_detail(self) -> None:
        adviser, pile, row = self.adviser, self.pile, self.current
        if adviser is None or pile is None or row is None:
            return

        def read(detail: Detail) -> None:
            if self.pile is not None and pile.key == self.pile.key and detail.row == self.current:
                self.detail = detail
                self._show_detail()

        self.fetch("detail", lambda session: read_detail(session, adviser, pile.key, row), read)

    def _show_detail(self) -> None:
        if self.detail is not None and self.pile is not None:
            self.query_one(MatterPane).show(self.pile.key, self.detail, self.host.symbols.rule)

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        self.call_after_refresh(self._show_detail)

    def action_zoom(self) -> None:
        """Give the matter the whole width, and take it back."""
        self.toggle_class("-zoomed")
        (self.query_one(MatterPane) if self.has_class("-zoomed") else self.table).focus()

    def step_back(self) -> bool:
        """Give up, one after the other: the large matter, the range, the marks."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif self.drop_range():
            pass
        elif gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记 · u 恢复")
        else:
            return False
        return True

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        marks = self.table.marks.ids
        self.query_one(StatusLine).marks = f"已标记{len(marks)}件" if marks else ""

    # deciding

    def action_decide(self, place: int) -> None:
        """Decide as the digit says, on what is marked or on the matter under the cursor."""
        if self.pile is None or not self.chosen:
            self.say("这一类没有待办")
        elif self.may_write():
            self.decide(self.pile.key, self.chosen, place)

    def done(self) -> None:
        """Read the queue again, and count anew what waits."""
        self.acted()
        self.host.recount()

    def which(self) -> Which:
        """Return the appeals that are marked, or the one under the cursor."""
        found = [] if self.pile is None or self.pile.key in ORDERS else chosen_of(self.chosen)
        return len(found), lambda session: found
