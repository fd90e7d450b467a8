"""A table of any length: the columns of a listing, its marks, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from console.frame import ELLIPSIS, LIST, bindings, fit
from console.widgets.listing import Listing
from console.widgets.rows import Cell, Column, laid

MARKING = ("mark", "range", "stretch", "mark_all")
"""The actions that mark rows."""


class VirtualTable(Listing, can_focus=True):
    """Rows by id under a fixed heading, with a cursor and marks."""

    BINDINGS = bindings(LIST)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{name}"
        for name in ("head", "plain", "red", "yellow", "blue", "dim", "mark", "cursor", "blurred")
    }
    DEFAULT_CSS = """
    VirtualTable {
        background: $background;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .table--head { color: $duban-dim; text-style: bold; }
        & > .table--plain { color: $foreground; }
        & > .table--red { color: $duban-red; text-style: bold; }
        & > .table--yellow { color: $duban-yellow; }
        & > .table--blue { color: $duban-blue; }
        & > .table--dim { color: $duban-dim; }
        & > .table--mark { color: $duban-mark; text-style: bold; }
        & > .table--cursor { color: $duban-cursor-text; background: $duban-cursor; }
        & > .table--blurred { color: $duban-bar-text; background: $duban-bar; }
        &:nocolor > .table--cursor { text-style: reverse; }
    }
    """

    shift: reactive[int] = reactive(0)
    """How many of the columns that are not frozen have gone out on the left."""

    @dataclass
    class Headed(Message):
        """A heading was clicked."""

        title: str

    class Marked(Message):
        """The marks changed."""

    def __init__(
        self,
        columns: Sequence[Column],
        draw: Callable[[Any], Sequence[Cell]],
        *,
        mark: str = "✓",
        ellipsis: str = ELLIPSIS,
        id: str | None = None,
        heads: Callable[[int], bool] | None = None,
        nothing: Callable[[], str] = str,
        markable: bool = True,
    ) -> None:
        """``draw`` gives a row's cells, one for each of ``columns``; ``heads`` as in a listing.

        ``nothing`` gives the line that stands where there is no row. A list whose acts fall on
        one row alone is not ``markable``.
        """
        super().__init__(id=id, heads=heads)
        self.columns = tuple(columns)
        self._draw = draw
        self._nothing = nothing
        self._markable = markable
        self._signs = (mark, ellipsis)
        self._looks: dict[tuple[str, str], Style] = {}
        self._strips: LRUCache[tuple[object, ...], tuple[Any, Strip | None]] = LRUCache(512)

    def action_columns(self, by: int) -> None:
        """Let columns go out on the left, or come back."""
        loose = sum(not column.frozen for column in self.columns)
        self.shift = max(0, min(self.shift + by, loose - 1))

    def on_click(self, event: events.Click) -> None:
        """Say which heading was clicked."""
        if event.y != 0:
            return
        right = 2
        for column, size, _ in self._headings(self.size.width):
            right += size + 1
            if event.x < right:
                self.post_message(self.Headed(column.title))
                return

    # marking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no marks where no act would fall on them."""
        return self._markable or action not in MARKING

    def action_mark(self) -> None:
        """Mark the row or take its mark away, and go on."""
        if self.current is not None:
            self.marks.toggle(self.current, self.cursor)
            self._marks_changed()
            self.cursor += 1

    def action_range(self) -> None:
        """Begin a range here, or mark from where it began up to here."""
        self.marks.range(self.ids, self.cursor)
        self._marks_changed()

    def action_stretch(self, by: int) -> None:
        """Mark this row and the next in one direction."""
        if self.current is not None:
            self.marks.add(self.current)
            self.cursor += by
            self.marks.add(self.ids[self.cursor])
            self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark every row of the list."""
        self.marks.add(*self.ids)
        self._marks_changed()

    def unclear(self) -> int:
        """Bring back the marks that were last cleared; return how many there were."""
        back = self.marks.unclear()
        self._marks_changed()
        return back

    def spend_marks(self) -> None:
        """Take every mark away for good: an act has fallen on them."""
        self.marks.spend()
        self._marks_changed()

    def clear_marks(self) -> int:
        """Take every mark away; return how many there were."""
        gone = self.marks.clear()
        self._marks_changed()
        return gone

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Marked())

    # painting

    def forget(self) -> None:
        """Forget what was painted."""
        self._strips.clear()

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        super().notify_style_update()
        self._strips.clear()
        self._looks.clear()

    def render_line(self, y: int) -> Strip:
        """Return one line: the heading, a row, or a blank."""
        width = self.size.width
        if y == 0:
            return self._strip(self._headings(width), " ", width, "")
        place = self.place_at(y)
        if place is None:
            told = f"  {self._nothing()}" if y == 1 and not self.ids else ""
            return Strip([Segment(fit(told, width, self._signs[1]), self._look("dim", ""))])
        id = self.ids[place]
        under = "" if place != self.cursor else "cursor" if self.has_focus else "blurred"
        mark = self.marks.sign(id, place, self._signs[0])
        return self._row_strip(id, mark, width, under)

    def _headings(self, width: int) -> list[tuple[Column, int, Cell]]:
        titles: list[Cell] = [(c.title, "head") for c in self.columns]
        return laid(self.columns, titles, self.shift, width - 2)

    def _row_strip(self, id: int, mark: str, width: int, under: str) -> Strip:
        row = self._rows.get(id)
        self.paint(id, row)
        key = (id, mark, self.shift, width, under)
        painted, found = self._strips.get(key, (None, None))
        if found is None or painted is not row:
            cells = self._draw(row) if row is not None else [("", "")] * len(self.columns)
            found = self._strip(
                laid(self.columns, cells, self.shift, width - 2), mark, width, under
            )
            self._strips[key] = row, found
        return found

    def _strip(
        self, shown: Sequence[tuple[Column, int, Cell]], mark: str, width: int, under: str
    ) -> Strip:
        segments = [Segment(f"{mark} ", self._look("mark", under))]
        for column, size, (text, name) in shown:
            cell = fit(text, size, self._signs[1], column.align)
            segments.append(Segment(f"{cell} ", self._look(name or "plain", under)))
        return Strip(segments).adjust_cell_length(width, self._look("plain", under))

    def _look(self, name: str, under: str) -> Style:
        """Return the style of a cell; on the cursor's row only what has a colour keeps its own.

        Among sixteen colours not even that: a terminal may show red on its blue as one.
        """
        found = self._looks.get((name, under))
        if found is None:
            found = self.get_component_rich_style(f"table--{name}")
            if under:
                ground = self.get_component_rich_style(f"table--{under}")
                own = found + Style(bgcolor=ground.bgcolor, reverse=ground.reverse)
                bare = name in ("plain", "dim") or self.app.current_theme.ansi
                found = ground if bare else own
            self._looks[name, under] = found
        return found
