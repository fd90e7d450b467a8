"""What was seen is what is done: keys count from the frame on that they speak of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    pass

ALWAYS = frozenset(("ctrl+q", "ctrl+c"))
"""Keys that leave, or say how to: they speak of no frame."""

MOVING = ALWAYS | {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
MOVING |= {"tab", "shift+tab", "escape", *(f"f{n}" for n in range(1, 13))}
"""Keys that take no act: they move on, and so give up a question that is being looked up."""


class Seen:
    """Part of every screen: it hears keys once it has been painted where the person now looks."""

    seen: bool = False

    def on_screen_resume(self) -> None:
        """Hear keys as soon as this frame stands before the person."""
        self._screen.call_after_refresh(self._painted)

    def on_screen_suspend(self) -> None:
        """Hear none: what is shown when this screen comes back may be another frame."""
        self.seen = False

    def hears(self, key: str) -> bool:
        """Return whether a key, or ``mouse``, may be heard now."""
        return self.seen or key in ALWAYS

    def _painted(self) -> None:
        self.seen = self._screen.is_current

    @property
    def _screen(self) -> Screen[object]:
        return cast("Screen[object]", self)


class Questions:
    """The question a screen is looking up before it asks or acts; at most one.

    A key that moves on meanwhile gives it up. One that would act is not heard: nobody can have
    seen what it would answer.
    """

    def __init__(self) -> None:
        """None is looked up yet."""
        self._number = 0
        self.pending = False

    def begin(self) -> Callable[[], bool]:
        """Begin one; what is returned tells, once, whether its answer is still wanted."""
        self._number += 1
        number, self.pending = self._number, True

        def wanted() -> bool:
            still = self.pending and number == self._number
            if still:
                self.pending = False
            return still

        return wanted

    def hears(self, key: str) -> bool:
        """Return whether a key may be heard; it gives up the question if it moves on."""
        if self.pending and key not in MOVING:
            return False
        self.pending = False
        return True
