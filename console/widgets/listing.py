"""A list of any length: ids in order, a cursor, a view that follows it, windows of rows.

Rows are fetched by whoever listens to ``RowsWanted`` and handed in with ``supply``; nothing here
knows what a row is. The order is a frozen snapshot: it changes only when ``show`` is called.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from textual import events
from textual._time import get_time
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp

from console.frame import NEVER
from console.widgets.rows import KEPT, Marks, Windows

WHEEL = 3
"""Rows that one notch of the wheel moves the view."""


class Listing(ScrollView, can_focus=True):
    """Ids under one line of headings; the cursor is always on a row in sight."""

    cursor: reactive[int] = reactive(0, repaint=False)

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

    def __init__(
        self, *, id: str | None = None, heads: Callable[[int], bool] | None = None
    ) -> None:
        """``heads`` tells which ids head a group: the one of the first row in sight stays there."""
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.marks = Marks()
        self.heads = heads
        self._rows = Windows()
        self.state = "reading"
        """Whether a list is being ``reading``, is ``read``, or could not be and ``failed``."""

        self._painted: dict[int, tuple[Any, float]] = {}

    # what is shown

    def show(self, ids: array[int], rows: Mapping[int, Any] | None = None) -> None:
        """Take a new snapshot; the cursor stays on its row, or near its place if that is gone."""
        stood, seen = self.current, self.cursor - self.scroll_offset.y
        self.state = "read"
        self.ids = ids
        self._rows.restart(rows or {})
        self.forget()
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

    def forget(self) -> None:
        """Forget what was painted."""

    def row(self, id: int | None) -> Any | None:
        """Return a row that is at hand."""
        return None if id is None else self._rows.get(id)

    def painted(self, id: int | None, moment: float) -> Any | None:
        """Return a row as it stood painted at a moment of the event clock, None for not at all."""
        row, since = self._painted.get(-1 if id is None else id, (None, NEVER))
        return row if since <= moment else None

    def paint(self, id: int, row: Any | None) -> None:
        """Remember what is painted of a row; of very many those in sight and the marked ones."""
        if row is None:
            self._painted.pop(id, None)
            return
        if id not in self._painted or self._painted[id][0] != row:
            self._painted[id] = row, get_time()
        if len(self._painted) > KEPT:
            kept = self.marks.ids.union(self.seen)
            self._painted = {id: drawn for id, drawn in self._painted.items() if id in kept}

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

    def head_of(self, place: int) -> int | None:
        """Return the place of the row that heads the group of a row, if any does."""
        if self.heads is None:
            return None
        return next((at for at in range(place, -1, -1) if self.heads(self.ids[at])), None)

    def place_at(self, line: int) -> int | None:
        """Return the place of the row on a line of the list, None under the last and over all."""
        top = self.scroll_offset.y
        place = top + line - 1
        if line < 1 or place >= len(self.ids):
            return None
        head = self.head_of(top) if line == 1 else None
        return place if head is None else head

    # moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.ids) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Follow the cursor with the view, and say where it went."""
        top, page = self.scroll_offset.y, self.page
        if now < top + self._covered(top):
            self.scroll_to(y=now - (self.heads is not None), animate=False)
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

    def _covered(self, top: int) -> int:
        """Return how many rows at the top are hidden by the head of their group: one or none."""
        head = self.head_of(top) if top < len(self.ids) else None
        return int(head is not None and head != top)

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

    def _page(self, by: int) -> None:
        top = self.scroll_offset.y + by
        self.scroll_to(y=max(0, min(top, len(self.ids) - self.page)), animate=False)
        self.cursor += by

    # the mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a row; the second click of two opens it."""
        place = self.place_at(event.y)
        if place is None:
            return
        self.cursor = place
        if event.chain == 2:
            self.action_open()

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop().prevent_default()
        self._roll(WHEEL)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop().prevent_default()
        self._roll(-WHEEL)

    def _on_scroll_down(self, message: ScrollDown) -> None:
        message.stop().prevent_default()
        self._roll(self.page)

    def _on_scroll_up(self, message: ScrollUp) -> None:
        message.stop().prevent_default()
        self._roll(-self.page)

    def _on_scroll_to(self, message: ScrollTo) -> None:
        message.stop().prevent_default()
        if message.y is not None:
            self._roll(round(message.y) - self.scroll_offset.y)

    def _roll(self, by: int) -> None:
        """Move the view; the cursor stays where it is as long as that is in sight."""
        top = max(0, min(self.scroll_offset.y + by, len(self.ids) - self.page))
        self.scroll_to(y=top, animate=False)
        low, high = top + self._covered(top), top + self.page - 1
        self.cursor = max(low, min(self.cursor, high))

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
