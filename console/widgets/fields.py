"""Where a person types: what is typed or pasted is kept as far as it can be read."""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Input

from rules.text import printable


class Field(Input):
    """An input line that paints nothing while nobody types."""

    cursor_blink = reactive(False, init=False)

    def validate_value(self, value: str) -> str:
        """Keep what can be read of what was typed or pasted, on one line."""
        return printable(value).replace("\n", " ")
