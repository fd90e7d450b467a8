"""Playing a journey on the console without a terminal, and reading the frame as text."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any
from unittest.mock import patch

import textual.screen
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.events import Key, Paste
from textual.keys import _character_to_key, key_to_character
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from console.app import DubanApp
from console.frame.base import FullScreen
from console.frame.config import Config
from console.frame.inputmethod import HELD
from console.frame.lines import StatusLine
from console.widgets.fields import BURST
from models.store import Reader
from models.store.store import Store

Journey = Callable[["Stage"], Awaitable[None]]

SHORT = 1.0
"""Seconds: nothing waits for a one-shot timer that is longer."""


BLINK = 0.05
"""Seconds: what waits for the next frame to be painted waits less."""

UNSEEN = 0.5
"""Seconds between two paintings that nobody waits for."""

LOOK = 0.002
"""Seconds between two looks at what works beside the screen."""


def key_event(key: str) -> Key:
    """Return a key, given by name or by its one sign, as a terminal sends it."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, key_to_character(key))


async def answered(app: App[None]) -> None:
    """Wait until all messages are answered, no worker is at work and what changed is painted.

    What broke the app is raised: it answers nothing any more.
    """
    calm = 0
    while calm < 2:
        if app._exception is not None:
            raise app._exception
        busy = _working(app) or _rests(app, BLINK)
        await asyncio.sleep(LOOK if busy else 0)
        await app.animator.wait_until_complete()
        if _quiet(app):
            app.screen._on_timer_update()
        calm = calm + 1 if _quiet(app) and not app._batch_count else 0


def _quiet(app: App[None]) -> bool:
    """Whether all messages are answered and nothing is at work or about to paint."""
    return not _working(app) and not _rests(app, BLINK) and all(map(_listens, (app, *_nodes(app))))


async def rested(app: App[None]) -> None:
    """Wait until all is answered and nothing is about to begin by itself after a short rest."""
    await answered(app)
    while _rests(app, SHORT):
        await asyncio.sleep(LOOK)
        await answered(app)


def _working(app: App[None]) -> bool:
    return any(not worker.is_finished for worker in app.workers)


def _rests(app: App[None], most: float) -> bool:
    """Whether something waits for a rest of at most so many seconds, such as a filter typed."""
    return any(
        timer._repeat == 0
        and timer._interval < most
        and timer._task is not None
        and not timer._task.done()
        for node in _nodes(app)
        for timer in node._timers
    )


def _nodes(app: App[None]) -> Iterator[MessagePump]:
    return iter(app.screen.walk_children(with_self=True))


def _listens(pump: MessagePump) -> bool:
    """Whether a part of the app waits for its next message, having answered all before it."""
    ready: Any = pump._message_queue.ready_event
    waits = any(not one.done() for one in ready._waiters)
    return pump._closed or (waits and not ready.is_set())


class Stage:
    """A running console: presses keys, waits until all is answered, reads what is shown."""

    def __init__(self, app: DubanApp, pilot: Pilot[None]) -> None:
        """Made by ``play``."""
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until everything they set off is shown.

        The hand looks at what came of its typing before an enter and after it, as people do; an
        Esc comes when it is no longer the input method's.
        """
        before = ""
        for key in keys:
            if key == "escape":
                typed = time.monotonic() - self.app.input_method._composed_at
                await asyncio.sleep(max(0, HELD - typed))
            if "enter" in (before, key):
                await self.settle()
                await asyncio.sleep(2 * BURST)
            self.app.post_message(key_event(key))
            await answered(self.app)
            before = key
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
        await rested(self.app)

    async def paint(self) -> None:
        """Show what has changed by now, whatever is still at work."""
        self.app.screen._on_timer_update()
        await self._pilot.pause()

    def told(self) -> str:
        """Return what is said of the last act; on the frame its line may be folded."""
        screens = (s for s in reversed(self.app.screen_stack) if isinstance(s, FullScreen))
        return next(screens).query_one(StatusLine).result

    def frame(self) -> str:
        """Return the screen as lines of text, every kind of blank as a plain one."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips).replace("\u00a0", " ")


@contextmanager
def unhurried() -> Iterator[None]:
    """Let screens paint when somebody looks, and hardly by themselves: most is painted over."""
    with patch.object(textual.screen, "UPDATE_PERIOD", UNSEEN):
        yield


_parse_rules = Stylesheet._parse_rules

_parsed: dict[Any, list[RuleSet]] = {}


def _parsed_once(sheet: Stylesheet, *told: Any, **named: Any) -> list[RuleSet]:
    """Parse a style sheet once for all apps whose colours are the same."""
    key = (*sheet._variables.items(), *told, *named.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *told, **named)
    return _parsed[key]


_reading = Store.reading


def _reading_in_workers(store: Store) -> AbstractContextManager[Reader]:
    """Read, unless what handles a message does: every key would wait for the answer."""
    if current_thread() is main_thread():
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code.co_name == "_dispatch_message":
                raise AssertionError("the screen itself asks the store: all waits for its answer")
            frame = frame.f_back
    return _reading(store)


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

    with (
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
        patch.object(Store, "reading", _reading_in_workers),
        unhurried(),
    ):
        asyncio.run(run())
