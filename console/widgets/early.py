"""Screens with a field to type in: what is typed while one is on its way is not lost."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.widgets import Input, TextArea

from console.frame import Seen
from console.widgets.fields import BURST

_ONWARD = "\t"


class TypedEarly(Seen):
    """Part of a screen that has a field in use at once; it hears no key before it is painted.

    What is typed meanwhile is put into the field then. ``ONWARD`` are keys that lead on to the next
    ``.box``; one in a burst with a sign was pasted. No other key is heard.
    """

    ONWARD: ClassVar[tuple[str, ...]] = ()
    _early: str = ""
    _early_at: float = float("-inf")

    def hears(self, event: events.InputEvent) -> bool:
        """Hear keys once painted; what is typed for the field meanwhile is kept for it."""
        if Seen.hears(self, event):
            return super().hears(event)
        if self._screen.AUTO_FOCUS and isinstance(event, events.Key):
            if event.is_printable:
                self._early += event.character or ""
            elif event.key in self.ONWARD:
                self._early += " " if event.time - self._early_at < BURST else _ONWARD
            self._early_at = event.time
        return False

    def painted(self) -> None:
        """Put into the fields what was typed while the screen was on its way."""
        first, *rest = self._early.split(_ONWARD)
        self._early = ""
        self._put(first)
        for text in rest:
            self._screen.focus_next(".box")
            self._put(text)

    def _put(self, text: str) -> None:
        field = self._screen.focused
        if text and isinstance(field, Input):
            field.insert_text_at_cursor(text)
        elif text and isinstance(field, TextArea):
            field.insert(text)
