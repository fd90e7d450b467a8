"""A line to type in whose cursor stands still: a blinking one drags the input method's window."""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Input


class Field(Input):
    """An input line that paints nothing while nobody types."""

    cursor_blink = reactive(False, init=False)
