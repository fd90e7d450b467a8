"""公文: a list, drafts first, the paper beside it, and what can be done with each."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console import frame
from console.frame import Session, bindings
from console.letters.letter_acts import LetterActs
from console.letters.letter_files import current_paper
from console.orders import PaperList, PaperPane
from console.paper import lines_of
from console.widgets import Cell, Column
from models import letters

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.letters import LetterView

COLUMNS = (
    Column("状态", 8, frozen=True),
    Column("文种", 11),
    Column("文号", 18),
    Column("主送", 14, most=24),
    Column("标题", 16, most=50),
)

SHADES = {"draft": "yellow", "void": "dim"}

FILTERS = {"draft": "待签发", "signed": "已签发", "void": "已作废"}


def cells(letter: LetterView) -> list[Cell]:
    """Return the cells of a letter, one for each of ``COLUMNS``."""
    state = "有批示" if letter.answer else letter.label
    return [
        (state, SHADES.get(letter.status, "")),
        (letter.noun, ""),
        (letter.number or f"草稿#{letter.id}", ""),
        (letter.recipient, ""),
        (letter.title.removeprefix("关于"), "dim"),
    ]


class LettersScreen(PaperList["LetterView"]):
    """The office's own papers."""

    TITLE = "公文"
    EMPTY = "没有公文：在一件诉求或 F4 的一份督办单上按 w 拟制"
    CSS_PATH = Path(__file__).with_name("letters.tcss")
    BINDINGS = bindings(frame.LETTERS)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._run = 0
        self._counts: Counter[str] = Counter()
        self._acts = LetterActs(self)

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the paper."""
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, cells)
            yield PaperPane()

    def narrowed(self) -> bool:
        """Return whether one status alone is wanted."""
        return self._wanted is not None

    # reading

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        self._run += 1
        self.fetch("list", _listed, partial(self._show, self._run))

    def action_narrow(self, status: str) -> None:
        """Show one status, or all."""
        self._wanted = status or None
        self.action_refresh()

    def _show(self, run: int, found: list[LetterView]) -> None:
        if run != self._run or self.session is None:
            return
        self._counts = Counter(one.status for one in found)
        rows = {one.id: one for one in found if self._wanted in (None, one.status)}
        self.table.marks.ids &= set(rows)
        self.say_marks()
        self.table.show(array("q", rows), rows)
        self._show_chips()
        self.facts(self.session.now())
        if not rows:
            self.query_one(PaperPane).blank(self.nothing())

    def _show_chips(self) -> None:
        line = Text(no_wrap=True, overflow="crop")
        for digit, (status, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if status == self._wanted else ""
            line.append(f"{digit} {word} {self._counts[status]}", look).append("    ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        self.query_one("#chips", Static).update(line)

    # the paper

    def read_paper(self) -> None:
        """Show the paper under the cursor, as far as it is still that one when it is read."""
        letter, pane = self.current, self.query_one(PaperPane)
        if letter is None or not pane.display:
            return

        def read(lines: list[PaperLine]) -> None:
            if letter.id == self.table.current:
                pane.show(lines, self.host.symbols.rule)

        width = pane.room
        self.fetch(
            "paper", lambda session: lines_of(current_paper(session.store, letter), width), read
        )

    def step_back(self) -> bool:
        """Give up, one after the other: the large paper, the marks, the filter."""
        if super().step_back():
            return True
        if self._wanted is not None:
            self.action_narrow("")
        else:
            return False
        return True

    # acts

    def action_sign(self) -> None:
        """Sign what is marked, or the draft under the cursor."""
        self._acts.sign(self.chosen)

    def action_amend(self) -> None:
        """Change the draft under the cursor."""
        if self.current is not None:
            self._acts.amend(self.current)

    def action_circulate(self) -> None:
        """Print the sheet on which the draft under the cursor is approved."""
        if self.current is not None:
            self._acts.print_sheet(self.current)

    def action_steps(self) -> None:
        """Offer what else can be done with the letter under the cursor."""
        if self.current is not None:
            self._acts.steps(self.current)

    def action_export(self) -> None:
        """Write the signed papers of what is marked, or of the letter under the cursor."""
        self._acts.export(self.chosen)

    def refused(self) -> None:
        """Read the list again; the marks stay."""
        self.action_refresh()

    def done(self) -> None:
        """Read the list again."""
        self.table.clear_marks()
        self.action_refresh()


def _listed(session: Session) -> list[LetterView]:
    with session.reading("list") as reader:
        return letters.listing(reader)
