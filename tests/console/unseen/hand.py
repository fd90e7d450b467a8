"""A hand at the keyboard that does not wait: what it meant to do, at random moments, with slips."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field

from rich.style import Style
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from models.casework import take
from models.store.store import Store
from rules.errors import DubanError
from tests.console.unseen.oracle import Judge, Press
from tests.console.unseen.painted import PaintedApp, Sluggish

INTENTIONS = (
    ("f9", "1"),
    ("f9", "2"),
    ("f9", "down", "1"),
    ("f9", "]", "1"),
    ("f9", "]", "2", *"理由", "enter"),
    ("f9", "space", "space", "1", "y"),
    ("f9", "a", "1", "right", "enter"),
    ("f2", "c", "1"),
    ("f2", "down", ".", "1", "enter"),
    ("f2", ".", "2", *"已联系", "enter"),
    ("f2", "n", *"批注", "enter"),
    ("f2", "space", "space", "n", *"一起", "enter"),
    ("f2", "space", "space", "space", "c", "2", "y"),
    ("f2", "b", "1", "y"),
    ("f2", "v", "down", "down", "v", "b", "1", "right", "enter"),
    ("f2", "t", *"hs", "enter"),
    ("f2", "space", "down", "space", "t", *"sw", "enter", "y"),
    ("f2", "x", "enter"),
    ("f2", "z", *"鉴定", "enter"),
    ("f2", "d", "y"),
    ("f2", "enter", ".", "1", "enter", "escape"),
    ("f2", "enter", "n", *"看过", "enter", "escape"),
    ("f2", "1", "down", "c", "1", "0"),
    ("f2", "/", *"停水", "enter", "c", "1", "escape"),
    ("f2", "p", "1", "escape"),
    ("f4", ".", "1", "enter"),
    ("f4", "s", "enter", "1", "enter"),
    ("f4", "down", ".", "2", *"作废", "enter"),
    ("f3", "f", "d", "y"),
    ("f3", "down", "right", "enter", "escape"),
    ("f3", "f", "enter", "escape", "escape"),
    ("u",),
    ("u", "ctrl+r"),
    ("r",),
    (":", *"cx", "enter"),
)
"""What a supervisor sets out to do, key by key."""

SLIPS = (
    *"1234567890ynabcdefghlmnopqrstuvwxz[]<>.?=-PO",
    "enter", "enter", "escape", "escape", "space", "tab", "up", "down", "left", "right",
    "pagedown", "home", "f2", "f3", "f4", "f7", "f8", "f9", "mouse", "mouse",
)  # fmt: skip

SIZES = ((80, 24), (100, 30), (160, 48), (120, 40))

PAUSES = (0.0, 0.0, 0.01, 0.03, 0.08, 0.2)
"""Seconds between two keys of a hasty hand: a burst, a bounce, a quick hand."""

CALM = 0.3
"""How often a hand waits after each key until everything is shown."""

GOING = {"ctrl+q", "q"}
"""Keys that leave the console; the hand stays."""


@dataclass
class Result:
    """What came of a hand's work."""

    keys: int = 0
    acts: int = 0
    unseen: list[str] = field(default_factory=list)
    failure: str = ""


class Hand:
    """One hand on one console, with somebody else at work on the same store."""

    def __init__(self, store: Store, other: Store, seed: int, *, worst: float = 0.4) -> None:
        """``other`` is the same store as somebody else has it open.

        ``worst`` is the longest that store and hand make anybody wait, in seconds.
        """
        self._worst = worst
        self._store = store
        self._other = other
        self._dice = random.Random(seed)
        self._pressed: list[Press] = []
        self.result = Result()

    def play(self, keys: int) -> Result:
        """Press about so many keys; return what came of them."""
        asyncio.run(self._play(keys))
        return self.result

    async def _play(self, keys: int) -> None:
        app = PaintedApp(lambda: self._store)
        async with app.run_test(size=SIZES[0]) as pilot:
            await self._settle(app, pilot)
            judge = Judge(self._other, self._store.login)
            slow = Sluggish(self._store, self._dice, self._worst)
            slow.begin()
            while self.result.keys < keys and app._exit is False:
                await self._intend(app, pilot)
                await self._settle(app, pilot)
                judge.judge(self._pressed)
                self._pressed.clear()
                self._somebody_else()
            slow.end()
        self.result.acts, self.result.unseen = judge.acts, judge.unseen

    async def _intend(self, app: PaintedApp, pilot: Pilot[None]) -> None:
        """Go about one thing, or a few at once, with slips."""
        calm = self._dice.random() < CALM
        for _ in range(self._dice.choice((1, 1, 2))):
            back = ("escape", "escape") if self._dice.random() < 0.7 else ()
            for key in (*back, *self._dice.choice(INTENTIONS)):
                if self._dice.random() < 0.08:
                    await self._press(app, self._dice.choice(SLIPS))
                if self._dice.random() < 0.96:
                    await self._press(app, key)
                if calm:
                    await self._settle(app, pilot)
            if self._dice.random() < 0.04:
                await pilot.resize_terminal(*self._dice.choice(SIZES))

    async def _press(self, app: PaintedApp, key: str) -> None:
        if key in GOING:
            return
        self._pressed.append(Press(key, app.frame))
        self.result.keys += 1
        driver = app._driver
        assert driver is not None
        if key == "mouse":
            for event in self._clicked(app):
                driver.send_message(event)
        else:
            character = key if len(key) == 1 else {"space": " ", "enter": "\r"}.get(key)
            name = _character_to_key(key) if len(key) == 1 else key
            driver.send_message(events.Key(name, character))
        await asyncio.sleep(min(self._worst, self._dice.choice(PAUSES)))

    def _clicked(self, app: PaintedApp) -> list[events.Event]:
        width, height = app.size
        x, y = self._dice.randrange(width), self._dice.randrange(height)
        places = (None, x, y, 0, 0, 1, False, False, False, x, y, Style())
        return [events.MouseDown(*places), events.MouseUp(*places)]

    async def _settle(self, app: PaintedApp, pilot: Pilot[None]) -> None:
        """Wait until nothing is under way any more."""
        quiet = 0
        while quiet < 2:
            await pilot.pause(0.02)
            quiet = quiet + 1 if all(worker.is_finished for worker in app.workers) else 0

    def _somebody_else(self) -> None:
        """Let somebody else move a matter now and then."""
        if self._dice.random() < 0.3:
            with suppress(DubanError):
                take(self._other, "note", [self._dice.randrange(1, 40)], text="旁人")
            with suppress(DubanError):
                take(self._other, "contact", [self._dice.randrange(1, 40)])
