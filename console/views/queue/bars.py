"""The lines of figures over the queue: each opens its rows, by a click or with enter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from console.frame import UNICODE, Symbols, fit
from rules.casework import COUNTED_STATES, QUEUE_STATES

if TYPE_CHECKING:
    from models.views import QueueCounts, QueueStates


ROOMY = 100
"""Cells from which labels are written out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its label: what it counts, of how many under no filter, in which look."""

    name: str
    label: str
    count: int
    of: int | None = None
    look: str = "dim"


class Figures(Widget, can_focus=True, inherit_bindings=False):
    """One line of figures, and what is said aside at its end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", "上一个数", id="counters.left"),
        Binding("right,l", "move(1)", "下一个数", id="counters.right"),
        Binding("enter,down,j", "take", "列出这些件", id="counters.open"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"figures--{name}" for name in ("red", "yellow", "blue", "dim", "chosen", "hand")
    }
    hand: reactive[int] = reactive(0)
    chosen: reactive[str | None] = reactive(None)
    aside: reactive[tuple[str, ...]] = reactive(())
    """What is said at the end of the line, the most telling first; what has no room is left out."""

    @dataclass
    class Taken(Message):
        """The rows of a figure are wanted."""

        name: str

    def figures(self) -> Iterable[Figure]:
        """Return the figures for the room there is."""
        raise NotImplementedError

    def render(self) -> Text:
        """Return the line for the width there is."""
        line = Text(" ", no_wrap=True, overflow="crop")
        for place, one in enumerate(self.figures()):
            look = self._look(one.look)
            if one.name == self.chosen:
                look += self._look("chosen")
            if self.has_focus and place == self.hand:
                look += self._look("hand")
            line.append(f"{one.label} {one.count:,}", look)
            if one.of is not None:
                line.append(f"/{one.of:,}", self._look("dim"))
            line.append(" " * self._gap)
        room = self.size.width - line.cell_len - 1
        parts = list(self.aside)
        while parts and cell_len(" ".join(parts)) > room:
            parts.pop()
        if parts:
            line.append(fit(" ".join(parts), room, align="right"), self._look("dim"))
        return line

    @property
    def _gap(self) -> int:
        return 3 if self.size.width >= ROOMY else 2

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"figures--{name}", partial=True)

    def on_focus(self) -> None:
        """Show where the hand is."""
        self.refresh()

    def on_blur(self) -> None:
        """Take the hand away."""
        self.refresh()

    def action_move(self, by: int) -> None:
        """Put the hand on another figure."""
        count = len(list(self.figures()))
        self.hand = (self.hand + by) % count if count else 0

    def action_take(self) -> None:
        """Ask for the rows of the figure under the hand."""
        figures = list(self.figures())
        if figures:
            self.post_message(self.Taken(figures[min(self.hand, len(figures) - 1)].name))

    def on_click(self, event: events.Click) -> None:
        """Ask for the rows of the figure that was clicked."""
        left = 1
        for one in self.figures():
            share = f"/{one.of:,}" if one.of is not None else ""
            right = left + cell_len(f"{one.label} {one.count:,}{share}")
            if left <= event.x < right:
                self.post_message(self.Taken(one.name))
            left = right + self._gap


class Counters(Figures):
    """How many stand in which colour; under a filter each before its total in grey."""

    counts: reactive[tuple[QueueCounts, QueueCounts] | None] = reactive(None)
    coloured: reactive[bool] = reactive(True)
    """Whether what is listed can have a colour: what is closed has none."""

    symbols: Symbols = UNICODE

    def figures(self) -> Iterable[Figure]:
        """Return the colours, what is paused or provisional, and what turns red next."""
        if self.counts is None or not self.coloured:
            return
        found, total = self.counts
        signs = self.symbols
        roomy = self.size.width >= ROOMY
        for name, label in (
            ("red", f"{signs.red} 红"),
            ("yellow", f"{signs.yellow} 黄"),
            ("blue", f"{signs.blue} 蓝{' 时限内' if roomy else ''}"),
            ("paused", "挂起"),
            ("provisional", "暂定"),
            ("next", "下一工作日转红" if roomy else "将转红"),
        ):
            count, of = getattr(found, name), getattr(total, name)
            if name == "provisional" and not of:
                continue
            look = name if name in ("red", "yellow", "blue") else "dim"
            yield Figure(name, label, count, of if found is not total else None, look)


STATE_KEYS = {"review": "7", "unsatisfied": "8", "closed": "9", "all": "S"}
"""The keys of the states, as their figures show them."""


class States(Figures):
    """How many each state of the queue holds; the chosen one is what the list shows."""

    counts: reactive[QueueStates | None] = reactive(None)
    days: reactive[int] = reactive(30)

    def figures(self) -> Iterable[Figure]:
        """Return the states, those of which a period is listed with its days."""
        if self.counts is None:
            return
        for name in COUNTED_STATES:
            label = QUEUE_STATES[name]
            within = f"{self.days}天{'内' if self.size.width >= ROOMY else ''}"
            period = within if name in ("unsatisfied", "closed") else ""
            key = STATE_KEYS.get(name, "")
            yield Figure(name, f"{key} {label}{period}".lstrip(), getattr(self.counts, name))
