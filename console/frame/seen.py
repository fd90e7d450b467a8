"""What was seen is what is done: keys count from the frame on that they speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar, cast

from textual import events, messages
from textual._time import get_time
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

T = TypeVar("T")

ALWAYS = frozenset(("ctrl+q", "ctrl+c", "ctrl+z"))
"""Keys that leave, for good or for a while, or say how to: they speak of no frame."""

MOVING = ALWAYS | {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
MOVING |= {"tab", "shift+tab", "escape", *(f"f{n}" for n in range(1, 13))}
"""Keys that take no act: they move on, and so give up a question that is being looked up."""


def key_of(event: events.InputEvent) -> str:
    """Return the name of a key that was pressed, ``mouse`` for the mouse."""
    return event.key if isinstance(event, events.Key) else "mouse"


FRAME = 1 / 60
"""Seconds from one painting to the next."""

NEVER = float("inf")
"""When something is shown that is not."""


CHANGES = (messages.Update, messages.UpdateScroll, messages.Layout, events.Resize, events.Mount)
"""What stands in the queue of a part of a screen before it is painted otherwise."""


def when_painted(on: MessagePump, then: Callable[[], None]) -> None:
    """Do something once all that is waiting to be painted on a screen has been painted.

    Textual calls back after a refresh also while a batch holds the painting up, and before a part
    that changed has told its screen so; both are waited for.
    """

    def look() -> None:
        if _unpainted(on.app.screen):
            on.set_timer(FRAME, lambda: on.call_after_refresh(look))
        else:
            then()

    on.call_after_refresh(look)


def _unpainted(screen: Screen[object]) -> bool:
    """Return whether anything on a screen has changed since it was last painted.

    Every part that has is made to notice: one that is not displayed may have no other occasion to.
    """
    parts = screen.walk_children(with_self=True)
    changed = [part for part in parts if isinstance(part, Widget) and _changed(part)]
    for part in changed:
        part.check_idle()
    return bool(changed or screen._dirty_widgets or screen.app._batch_count)


def _changed(part: Widget) -> bool:
    queued: Iterable[object] = part._message_queue.values
    return (
        part._repaint_required
        or part._layout_required
        or part._scroll_required
        or part._recompose_required
        or any(isinstance(message, CHANGES) for message in queued)
    )


class Drawn(Generic[T]):
    """Something a person must have before their eyes to act on it, and since when they have."""

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        self._value: T | None = None
        self._since = NEVER

    def put(self, on: MessagePump, value: T) -> None:
        """Something was just given to a screen to paint; it counts once that is done."""
        if value == self._value:
            return
        self._value, self._since = value, NEVER

        def painted() -> None:
            if self._value is value:
                self._since = get_time()

        when_painted(on, painted)

    def clear(self) -> None:
        """Nothing is drawn any more."""
        self._value, self._since = None, NEVER

    def at(self, moment: float) -> T | None:
        """Return what was drawn at a moment of the event clock, None for nothing."""
        return self._value if self._since <= moment else None


class Seen:
    """Part of every screen: it hears keys once it has been painted where the person now looks."""

    _seen_since: float = NEVER

    def on_screen_resume(self) -> None:
        """Hear keys as soon as this frame stands before the person."""
        when_painted(self._screen, self._painted)

    def on_screen_suspend(self) -> None:
        """Hear none: what is shown when this screen comes back may be another frame."""
        self._seen_since = NEVER

    def hears(self, event: events.InputEvent) -> bool:
        """Return whether a key that was pressed, or the mouse, is heard."""
        return self._seen_since <= event.time or key_of(event) in ALWAYS

    def painted(self) -> None:
        """Do what waited until the screen had been painted."""

    def _painted(self) -> None:
        if self._screen.is_current and self._seen_since == NEVER:
            self._seen_since = get_time()
            self.painted()

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

    def hears(self, event: events.InputEvent) -> bool:
        """Return whether a key may be heard; it gives up the question if it moves on."""
        if self.pending and key_of(event) not in MOVING:
            return False
        self.pending = False
        return True
