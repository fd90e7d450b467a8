"""Playing a journey on the console without a terminal, and reading the frame as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from textual.events import Key, Paste
from textual.pilot import Pilot

from console.app import DubanApp
from console.frame.base import FullScreen
from console.frame.config import Config
from console.frame.inputmethod import HELD
from console.frame.lines import StatusLine
from models.store.store import Store

Journey = Callable[["Stage"], Awaitable[None]]

SHORT = 1.0
"""Seconds: nothing waits for a one-shot timer that is longer."""


class Stage:
    """A running console: presses keys, waits until all is answered, reads what is shown."""

    def __init__(self, app: DubanApp, pilot: Pilot[None]) -> None:
        """Made by ``play``."""
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until everything they set off is shown.

        Before an enter the hand looks at what it has typed, as people do; an Esc comes when it is
        no longer the input method's.
        """
        for place, key in enumerate(keys):
            if key == "escape":
                typed = time.monotonic() - self.app.input_method._composed_at
                await asyncio.sleep(max(0, HELD - typed))
            if key == "enter" and place:
                await self._pilot.pause(0.05)
            await self._pilot.press(key)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text where the cursor is, as a terminal hands it over: a path is long to type."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def burst(self, text: str) -> None:
        """Send a text key by key at once, as a terminal does that does not mark what is pasted."""
        for sign in text:
            key = Key("enter", "\r") if sign == "\n" else Key(sign, sign)
            self.app.post_message(key)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self._pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Wait until no worker, no timer of a filter or a cursor at rest, is under way."""
        quiet = 0
        while quiet < 2:
            await self._pilot.pause(0.03)
            busy = any(not worker.is_finished for worker in self.app.workers)
            quiet = 0 if busy or self._resting() else quiet + 1

    def _resting(self) -> bool:
        """Whether something waits for a short rest: a filter being typed, a cursor on the move."""
        screen = self.app.screen
        return any(
            timer._repeat == 0
            and timer._interval < SHORT
            and timer._task is not None
            and not timer._task.done()
            for node in (screen, *screen.walk_children())
            for timer in node._timers
        )

    def told(self) -> str:
        """Return what is said of the last act; on the frame its line may be folded."""
        screens = (s for s in reversed(self.app.screen_stack) if isinstance(s, FullScreen))
        return next(screens).query_one(StatusLine).result

    def frame(self) -> str:
        """Return the screen as lines of text, every kind of blank as a plain one."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips).replace("\u00a0", " ")


def play(
    store: Store,
    journey: Journey,
    *,
    size: tuple[int, int] = (80, 24),
    config: Config | None = None,
) -> None:
    """Run a journey over a store."""

    async def run() -> None:
        app = DubanApp(lambda: store, config)
        async with app.run_test(size=size) as pilot:
            stage = Stage(app, pilot)
            await stage.settle()
            await journey(stage)

    asyncio.run(run())
