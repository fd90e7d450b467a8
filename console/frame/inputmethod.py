"""What the keyboard's input method does: full-width characters, and the Esc that is its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from textual import events

HELD = 0.3
"""Seconds after a composed character in which Esc is the input method's own (UX.md)."""


class InputMethod:
    """What the keyboard's input method seems to be doing, told by the characters that arrive."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """``seconds`` is a clock that only runs forward."""
        self._seconds = seconds
        self._composed_at = float("-inf")

    def composed(self, event: events.Key) -> bool:
        """Return whether a key is a full-width character."""
        character = event.character
        return character is not None and all(
            unicodedata.east_asian_width(c) in "WF" for c in character
        )

    def takes(self, event: events.Key) -> bool:
        """Note a key; return whether it is an Esc meant for the input method."""
        if self.composed(event):
            self._composed_at = self._seconds()
            return False
        return event.key == "escape" and self._seconds() - self._composed_at < HELD
