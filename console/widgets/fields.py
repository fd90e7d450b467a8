"""Where a person types one line; what is typed or pasted is kept as far as it can be read."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from rules.text import printable

BURST = 0.005
"""Seconds: an enter that follows a character so closely was pasted, not pressed."""


class Entry(Widget):
    """Something a person types in: while it has the focus clocks stand still.

    The terminal's cursor stands in it, so that an input method opens there.
    """

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the next character will stand, in cells of the screen."""
        raise NotImplementedError


class Field(Input, Entry):
    """An input line that paints nothing while nobody types."""

    cursor_blink = reactive(False, init=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the next character will stand, in cells of the screen."""
        x, y, _, _ = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def validate_value(self, value: str) -> str:
        """Keep what can be read of what was typed or pasted, on one line."""
        return printable(value).replace("\n", " ")

    def _on_paste(self, event: events.Paste) -> None:
        """Take every line that is pasted, one after the other."""
        event.stop()
        event.prevent_default()
        self.replace(self.validate_value(event.text.strip("\r\n")), *self.selection)
