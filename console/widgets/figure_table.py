"""A table whose numbers can be stood on: ← and → choose one of the row, enter opens it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from console.frame import CELLS, ELLIPSIS, bindings
from console.widgets.rows import Cell, Column
from console.widgets.table import VirtualTable


class FigureTable(VirtualTable):
    """Rows with a hand that stands on one number of the row under the cursor."""

    BINDINGS = bindings(CELLS)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--hand", "table--stood"}
    DEFAULT_CSS = """
    FigureTable {
        & > .table--hand {
            color: $duban-cursor; background: $duban-cursor-text; text-style: bold;
        }
        & > .table--stood { color: $foreground; text-style: bold underline; }
    }
    """

    stood: reactive[str] = reactive("")
    """The heading of the column that the hand stands on."""

    @dataclass
    class FigureOpened(Message):
        """A number was chosen: its row, and the heading of its column."""

        id: int
        title: str

    def __init__(
        self,
        columns: Sequence[Column],
        draw: Callable[[Any], Sequence[Cell]],
        figures: Collection[str],
        stood: str,
        *,
        mark: str = "✓",
        ellipsis: str = ELLIPSIS,
        id: str | None = None,
        heads: Callable[[int], bool] | None = None,
        nothing: Callable[[], str] = str,
        markable: bool = True,
    ) -> None:
        """``figures`` are the headings of numbers, ``stood`` the one the hand begins on."""
        super().__init__(
            columns,
            draw,
            mark=mark,
            ellipsis=ellipsis,
            id=id,
            heads=heads,
            nothing=nothing,
            markable=markable,
        )
        self._figures = [column.title for column in columns if column.title in figures]
        self.set_reactive(FigureTable.stood, stood)

    # moving

    def action_figure(self, by: int) -> None:
        """Go to the next number of the row, or the one before."""
        place = self._figures.index(self.stood) + by
        self.stood = self._figures[max(0, min(place, len(self._figures) - 1))]

    def watch_stood(self) -> None:
        """Bring the column into sight: others go out on the left, or come back."""
        loose = [column.title for column in self.columns if not column.frozen]
        if self.stood in loose[: self.shift]:
            self.shift = loose.index(self.stood)
        while self.stood not in self._in_sight() and self.shift < len(loose) - 1:
            self.shift += 1

    def action_columns(self, by: int) -> None:
        """Let columns go out on the left, or come back; the hand stays on one in sight."""
        super().action_columns(by)
        figures = [title for title in self._in_sight() if title in self._figures]
        if figures and self.stood not in figures:
            self.stood = figures[0] if by > 0 else figures[-1]

    def on_resize(self, event: events.Resize) -> None:
        """Keep the hand in sight."""
        super().on_resize(event)
        self.watch_stood()

    def action_open(self) -> None:
        """Choose the number."""
        if self.current is not None:
            self.post_message(self.FigureOpened(self.current, self.stood))

    def on_click(self, event: events.Click) -> None:
        """Open the number that was clicked."""
        place = self.place_at(event.y)
        clicked = (title for title, begin, end in self._extents() if begin <= event.x < end)
        title = next(clicked, "")
        if place is not None and title in self._figures:
            self.cursor = place
            self.stood = title
            if event.chain == 1:
                self.action_open()

    # painting

    def render_line(self, y: int) -> Strip:
        """Return one line, with the hand on it and its heading told apart."""
        strip = super().render_line(y)
        if y == 0:
            return self._marked(strip, "table--stood")
        if self.has_focus and self.place_at(y) == self.cursor:
            return self._marked(strip, "table--hand")
        return strip

    def _marked(self, strip: Strip, name: str) -> Strip:
        begin, end = next(
            ((b, e) for title, b, e in self._extents() if title == self.stood), (0, 0)
        )
        look = self.get_component_rich_style(name)
        if self.app.no_color:
            look = Style(bold=True, underline=True, reverse=False)
        before, within, after = strip.divide([begin, end, strip.cell_length])
        own = [Segment(text, (style or Style.null()) + look) for text, style, _ in within]
        return Strip([*before, *own, *after], strip.cell_length)

    def _extents(self) -> Iterator[tuple[str, int, int]]:
        """Yield the columns in sight: heading, first cell, the one behind the last."""
        begin = 2
        for column, size, _ in self._headings(self.size.width):
            yield column.title, begin, begin + size
            begin += size + 1

    def _in_sight(self) -> list[str]:
        return [title for title, _, _ in self._extents()]
