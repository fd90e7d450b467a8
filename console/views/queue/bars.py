"""The line of counters over the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from console.frame import UNICODE, Symbols

if TYPE_CHECKING:
    from models.views import QueueCounts


class Counters(Widget):
    """One line; under a filter each number stands before its total in grey."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"counters--{name}" for name in ("red", "yellow", "blue", "dim", "chosen")
    }
    counts: reactive[tuple[QueueCounts, QueueCounts] | None] = reactive(None)
    colour: reactive[str | None] = reactive(None)
    place: reactive[str] = reactive("")
    symbols: Symbols = UNICODE

    def render(self) -> Text:
        """Return the line for the width there is."""
        if self.counts is None:
            return Text("")
        found, total = self.counts
        signs = self.symbols
        roomy = self.size.width >= 100
        chips = [
            ("red", f"{signs.red} 红", found.red, total.red),
            ("yellow", f"{signs.yellow} 黄", found.yellow, total.yellow),
            ("blue", f"{signs.blue} 蓝{' 时限内' if roomy else ''}", found.blue, total.blue),
            ("paused", "挂起", found.paused, total.paused),
            ("provisional", "暂定", found.provisional, total.provisional),
            ("next", "下一工作日转红" if roomy else "将转红", found.next, total.next),
        ]
        line = Text(" ", no_wrap=True, overflow="crop")
        for name, label, count, of in chips:
            if name == "provisional" and not of:
                continue
            self._chip(line, name, label, count, of if found is not total else None)
        room = self.size.width - line.cell_len - cell_len(self.place) - 1
        if room > 0:
            line.append(" " * room + self.place, self._look("dim"))
        return line

    def _chip(self, line: Text, name: str, label: str, count: int, of: int | None) -> None:
        look = self._look(name if name in ("red", "yellow", "blue") else "dim")
        if name == self.colour:
            look = look + self._look("chosen")
        line.append(f"{label} {count:,}", look)
        if of is not None:
            line.append(f"/{of:,}", self._look("dim"))
        line.append("   " if self.size.width >= 100 else "  ")

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"counters--{name}", partial=True)
