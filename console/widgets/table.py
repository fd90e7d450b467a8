"""A table of any length: it holds ids in order, and only the rows around what is seen.

Rows are fetched by whoever listens to ``RowsWanted`` and handed in with ``supply``; nothing here
knows what a row is. The order is a frozen snapshot: it changes only when ``show`` is called.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from console.frame import LIST, bindings, fit
from console.widgets.rows import Cell, Column, Marks, Windows, laid


class VirtualTable(ScrollView, can_focus=True):
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
        & > .table--blurred { color: $foreground; background: $duban-bar; }
        &:nocolor > .table--cursor { text-style: reverse; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    shift: reactive[int] = reactive(0)
    """How many of the columns that are not frozen have gone out on the left."""

    @dataclass
    class RowsWanted(Message):
        """Rows of these ids are about to be seen."""

        ids: tuple[int, ...]

    @dataclass
    class Moved(Message):
        """The cursor stands on another row; ``id`` is None in an empty table."""

        id: int | None

    @dataclass
    class Opened(Message):
        """A row was chosen."""

        id: int

    class Marked(Message):
        """The marks changed."""

    def __init__(
        self,
        columns: Sequence[Column],
        draw: Callable[[Any], Sequence[Cell]],
        *,
        mark: str = "✓",
        ellipsis: str = "…",
        id: str | None = None,
    ) -> None:
        """``draw`` gives the cells of a row, one for each of ``columns``."""
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.ids: array[int] = array("q")
        self.marks = Marks()
        self._draw = draw
        self._signs = (mark, ellipsis)
        self._rows = Windows()
        self._looks: dict[tuple[str, str], Style] = {}
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(512)

    # what is shown

    def show(self, ids: array[int], rows: Mapping[int, Any] | None = None) -> None:
        """Take a new snapshot; the cursor stays on its row, or near its place if that is gone."""
        stood, seen = self.current, self.cursor - self.scroll_offset.y
        self.ids = ids
        self._rows.restart(rows or {})
        self._strips.clear()
        self.virtual_size = Size(self.size.width, len(ids) + 1)
        place = min(self.cursor, max(0, len(ids) - 1))
        if stood is not None and stood in ids[place : place + 1]:
            pass
        elif stood is not None and stood in ids:
            place = ids.index(stood)
        self.scroll_to(y=max(0, place - seen), animate=False)
        self.cursor = place
        self.refresh()
        self._want()
        self.post_message(self.Moved(self.current))

    def restart(self, ids: array[int], rows: Mapping[int, Any]) -> None:
        """Take a new snapshot and begin at its first row."""
        self.ids = array("q")
        self.cursor = 0
        self.marks.anchor = None
        self.show(ids, rows)

    def extend(self, ids: array[int]) -> None:
        """Take the whole of a snapshot whose beginning is shown already."""
        self.ids = ids
        self.virtual_size = Size(self.size.width, len(ids) + 1)
        self._want()

    def supply(self, rows: Mapping[int, Any]) -> None:
        """Take rows that were wanted; one that is gone from the store stays blank."""
        self._rows.take(rows, near=self.ids, around=self._around(4))
        if not rows.keys().isdisjoint(self.seen):
            self.refresh()

    def row(self, id: int | None) -> Any | None:
        """Return a row that is at hand."""
        return None if id is None else self._rows.get(id)

    @property
    def current(self) -> int | None:
        """The id under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def chosen(self) -> list[int]:
        """What an act would fall on: the marked ids in order, or else the one under the cursor."""
        if self.marks.ids:
            return sorted(self.marks.ids)
        return [] if self.current is None else [self.current]

    @property
    def seen(self) -> array[int]:
        """The ids in sight."""
        top = self.scroll_offset.y
        return self.ids[top : top + self.page]

    # moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.ids) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Follow the cursor with the view, and say where it went."""
        top, page = self.scroll_offset.y, self.page
        if now < top:
            self.scroll_to(y=now, animate=False)
        elif now >= top + page:
            self.scroll_to(y=now - page + 1, animate=False)
        for line in (before, now):
            self.refresh(Region(0, line - self.scroll_offset.y + 1, self.size.width, 1))
        if before != now:
            self.post_message(self.Moved(self.current))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def on_resize(self, event: events.Resize) -> None:
        """Ask for what comes into sight."""
        self.virtual_size = Size(event.size.width, len(self.ids) + 1)
        self._want()

    def on_focus(self) -> None:
        """Show the cursor as live."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - 1)

    def action_up(self) -> None:
        """Move one row up."""
        self.cursor -= 1

    def action_down(self) -> None:
        """Move one row down."""
        self.cursor += 1

    def action_page_up(self) -> None:
        """Move a page up, the view with the cursor."""
        self._page(-self.page)

    def action_page_down(self) -> None:
        """Move a page down, the view with the cursor."""
        self._page(self.page)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = len(self.ids) - 1

    def action_open(self) -> None:
        """Choose the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_columns(self, by: int) -> None:
        """Let columns go out on the left, or come back."""
        loose = sum(not column.frozen for column in self.columns)
        self.shift = max(0, min(self.shift + by, loose - 1))

    def _page(self, by: int) -> None:
        top = self.scroll_offset.y + by
        self.scroll_to(y=max(0, min(top, len(self.ids) - self.page)), animate=False)
        self.cursor += by

    # marking

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

    # windows of rows

    def _around(self, pages: int) -> range:
        top, page = self.scroll_offset.y, self.page
        return range(max(0, top - page), min(len(self.ids), top + pages * page))

    def _want(self) -> None:
        if not self.is_attached:
            return
        ids = self._rows.missing(self.ids, self._around(2), self._around(3))
        if ids:
            self.post_message(self.RowsWanted(ids))

    # painting

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        super().notify_style_update()
        self._strips.clear()
        self._looks.clear()

    def render_line(self, y: int) -> Strip:
        """Return one line: the heading, a row, or a blank."""
        width = self.size.width
        if y == 0:
            return self._strip([(c.title, "head") for c in self.columns], " ", width, "")
        place = y - 1 + self.scroll_offset.y
        if place >= len(self.ids):
            return Strip.blank(width, self._look("plain", ""))
        id = self.ids[place]
        under = "" if place != self.cursor else "cursor" if self.has_focus else "blurred"
        mark = self.marks.sign(id, place, self._signs[0])
        return self._row_strip(id, mark, width, under)

    def _row_strip(self, id: int, mark: str, width: int, under: str) -> Strip:
        row = self._rows.get(id)
        key = (id, row is None, mark, self.shift, width, under)
        found = self._strips.get(key)
        if found is None:
            cells = self._draw(row) if row is not None else [("", "")] * len(self.columns)
            found = self._strips[key] = self._strip(cells, mark, width, under)
        return found

    def _strip(self, cells: Sequence[Cell], mark: str, width: int, under: str) -> Strip:
        segments = [Segment(f"{mark} ", self._look("mark", under))]
        for column, size, (text, name) in laid(self.columns, cells, self.shift, width - 2):
            shown = fit(text, size, self._signs[1], column.align)
            segments.append(Segment(f"{shown} ", self._look(name or "plain", under)))
        return Strip(segments).adjust_cell_length(width, self._look("plain", under))

    def _look(self, name: str, under: str) -> Style:
        """Return the style of a cell; on the cursor's row only what has a colour keeps its own."""
        found = self._looks.get((name, under))
        if found is None:
            found = self.get_component_rich_style(f"table--{name}")
            if under:
                ground = self.get_component_rich_style(f"table--{under}")
                own = found + Style(bgcolor=ground.bgcolor, reverse=ground.reverse)
                found = ground if name in ("plain", "dim") else own
            self._looks[name, under] = found
        return found
