"""A hand at the keyboard that does not wait: what it meant to do, at random moments, with slips."""

from __future__ import annotations

import asyncio
import random
import re
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from rich.style import Style
from textual import events
from textual.app import ScreenStackError
from textual.keys import _character_to_key
from textual.pilot import Pilot

from console.frame.inputmethod import HELD
from models.store.store import Store
from tests.console.stage import answered, rested
from tests.console.unseen.intentions import OFTEN, Intention
from tests.console.unseen.oracle import Judge, Press
from tests.console.unseen.other import Somebody
from tests.console.unseen.painted import PaintedApp, Sluggish

SLIPS = (
    *"1234567890ynabcdefghlmnopqrstuvwxz[]<>.?=-PO",
    "enter", "enter", "escape", "escape", "space", "tab", "up", "down", "left", "right",
    "pagedown", "home", "f2", "f3", "f4", "f5", "f7", "f8", "f9", "mouse", "mouse",
)  # fmt: skip

SIZES = ((80, 24), (100, 30), (160, 48), (120, 40))

PAUSES = (0.0, 0.0, 0.01, 0.03, 0.08, 0.2)
"""Seconds between two keys of a hasty hand: a burst, a bounce, a quick hand."""

CALM = 0.3
"""How often a hand waits after each key until everything is shown."""

GOING = {"ctrl+q", "q"}
"""Keys that leave the console; the hand stays."""


LIMIT = 60
"""Seconds after which a console that still works on something is taken to hang."""

ASKED = re.compile(r"输入 (\S+) 后回车")
NUMBER = re.compile(r"WH\d{8}-\d{5}")


class Hung(Exception):
    """The console did not come to rest, or heard no key any more."""


@dataclass
class Result:
    """What came of a hand's work: acts by verb, actions that write by how often they were taken."""

    keys: int = 0
    acts: int = 0
    verbs: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)
    failure: str = ""


class Hand:
    """One hand on one console, with somebody else at work on the same store."""

    def __init__(
        self,
        store: Store,
        other: Store,
        seed: int,
        *,
        worst: float = 0.4,
        intentions: Sequence[Intention] = OFTEN,
        calm: float = CALM,
        careful: float = 0,
    ) -> None:
        """``other`` is the same store as somebody else has it open.

        ``worst`` is the longest that store and hand make anybody wait, in seconds; ``calm`` how
        often the hand waits after each key until everything is shown, ``careful`` how often it
        makes no slip then either.
        """
        self._worst = worst
        self._calm, self._careful = calm, careful
        self._store = store
        self._other = other
        self._intentions = intentions
        self._dice = random.Random(seed)
        self._somebody = Somebody(other, self._dice)
        self._judge = Judge(other, store.login)
        self._pressed: list[Press] = []
        self._number = ""
        self.result = Result()

    def play(self, keys: int) -> Result:
        """Press about so many keys; return what came of them, a failure of the console too."""
        result = self.result
        try:
            while result.keys < keys:
                asyncio.run(self._play(keys))
        except Exception:
            pressed = " ".join(press.key for press in self._pressed)
            result.failure = f"{traceback.format_exc()}\nafter {pressed}"
        result.acts, result.unseen = self._judge.acts, self._judge.unseen
        result.verbs = self._judge.verbs
        return result

    async def _play(self, keys: int) -> None:
        """Press keys until that many have been pressed, or the console is left."""
        app = PaintedApp(lambda: self._store, self.result.actions)
        async with app.run_test(size=SIZES[0]) as pilot:
            await self._settle(app)
            slow = Sluggish(self._store, self._dice, self._worst)
            slow.begin()
            try:
                while self.result.keys < keys and not (app._exit or app._exception):
                    await self._intend(app, pilot)
                    await self._settle(app)
                    self._judge.judge(self._pressed)
                    if app._exception is None:
                        self._pressed.clear()
                    if self._dice.random() < 0.3:
                        self._somebody.work()
            finally:
                slow.end()

    async def _intend(self, app: PaintedApp, pilot: Pilot[None]) -> None:
        """Go about one thing, or a few at once, with slips."""
        calm = self._dice.random() < self._calm
        careful = calm and self._dice.random() < self._careful
        for _ in range(self._dice.choice((1, 1, 2))):
            back = ("escape", "escape") if careful or self._dice.random() < 0.7 else ()
            if careful:  # until then an Esc is the input method's
                await asyncio.sleep(HELD)
            for word in (*back, *self._dice.choice(self._intentions)):
                for key in self._keys(word, app.frame):
                    if not careful and self._dice.random() < 0.08:
                        await self._press(app, self._dice.choice(SLIPS))
                    if careful or self._dice.random() < 0.96:
                        await self._press(app, key)
                    if calm:
                        await self._settle(app, rest=careful)
            if self._dice.random() < 0.04:
                await pilot.resize_terminal(*self._dice.choice(SIZES))

    def _keys(self, word: str, frame: str) -> Sequence[str]:
        """Return the keys of a word of an intention, as the frame before the hand has it."""
        if found := NUMBER.findall(frame):
            self._number = self._dice.choice(found)
        match word:
            case "?digit":
                return str(self._dice.randrange(1, 10))
            case "?pile":
                return "=" * self._dice.randrange(1, 9)
            case "?number":
                return self._number
            case "?asked":
                return "".join(ASKED.findall(frame)[:1])
        return (word,)

    async def _press(self, app: PaintedApp, key: str) -> None:
        if key in GOING:
            return
        self._pressed.append(Press(key, app.frame, self._judge.trail))
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

    async def _settle(self, app: PaintedApp, *, rest: bool = False) -> None:
        """Wait until nothing is under way any more, with ``rest`` nor about to begin by itself."""
        try:
            async with asyncio.timeout(LIMIT):
                with suppress(ScreenStackError):  # the console was left
                    await (rested if rest else answered)(app)
        except TimeoutError:
            raise Hung(f"still at work: {[worker.name for worker in app.workers]}") from None
