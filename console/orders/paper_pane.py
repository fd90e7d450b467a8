"""The pane in which a paper is read, as it prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message

from console.widgets import Page

if TYPE_CHECKING:
    from console.paper import PaperLine

WIDTH = 58
"""Cells of a line: 28 characters of the printed page and the sign that may hang over."""


class PaperPane(Page):
    """One paper, scrolled by itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paper--plain", "paper--heavy", "paper--red"}

    class Resized(Message):
        """There is another room for the paper, or one at all."""

    def on_resize(self, event: events.Resize) -> None:
        """Say so: lines are folded for the room there is."""
        if event.size.width:
            self.post_message(self.Resized())

    @property
    def room(self) -> int:
        """How many cells a line may have here."""
        return min(WIDTH, max(24, self.size.width - 4))

    def blank(self, told: str = "") -> None:
        """Show no paper, or say why there is none."""
        self.put(Text(told))

    def show(self, lines: Sequence[PaperLine], rule: str) -> None:
        """Show a paper from its top; ``rule`` is the sign that rules are drawn with."""
        page = Text("\n").join(self._line(line, rule) for line in lines)
        self.put(page)
        self.scroll_home(animate=False)

    def _line(self, line: PaperLine, rule: str) -> Text:
        width = self.room
        look = "red" if line.red else "heavy" if line.heavy else "plain"
        style = self.get_component_rich_style(f"paper--{look}", partial=True)
        if line.rule:
            return Text(rule * width, style)
        before = width - cell_len(line.text)
        space = {"center": before // 2, "right": before}.get(line.align, 0)
        return Text(" " * max(0, space) + line.text, style)
