"""公文: a list, drafts first, the paper beside it, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from console import frame
from console.frame import Session, bindings
from console.letters.letter_acts import LetterActs
from console.letters.letter_files import current_paper
from console.orders import KindList, PaperPane
from console.paper import lines_of
from console.widgets import Cell, Column
from models import letters

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.letters import LetterView

SHADES = {"draft": "yellow", "void": "dim"}


class LettersScreen(KindList["LetterView"]):
    """The office's own papers."""

    TITLE = "公文"
    EMPTY = "没有公文：在一件诉求或 F4 的一份督办单上按 w 拟制"
    CSS_PATH = Path(__file__).with_name("letters.tcss")
    BINDINGS = bindings(frame.LETTERS)

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("文种", 11),
        Column("文号", 18),
        Column("主送", 14, most=24),
        Column("标题", 16, most=50),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {"draft": "待签发", "signed": "已签发", "void": "已作废"}

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = LetterActs(self)

    def cells(self, row: LetterView) -> list[Cell]:
        """Return the cells of a letter."""
        state = "有批示" if row.answer else row.label
        return [
            (state, SHADES.get(row.status, "")),
            (row.noun, ""),
            (row.number or f"草稿#{row.id}", ""),
            (row.recipient, ""),
            (row.title.removeprefix("关于"), "dim"),
        ]

    def kinds_of(self, row: LetterView) -> tuple[str]:
        """Return the status of a letter."""
        return (row.status,)

    @staticmethod
    def listed(session: Session) -> list[LetterView]:
        """Return every letter, drafts first."""
        with session.reading("list") as reader:
            return letters.listing(reader)

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
