"""A key counts from the frame on that shows what it speaks of, not from the moment it is drawn."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from rich.text import Text
from textual._time import get_time
from textual.events import Key
from textual.widgets import OptionList

from console.frame import Drawn
from console.widgets import Choice, Choosing
from models.store.store import Store
from tests.console.stage import Stage, answered, key_event
from tests.console.unseen.painted import PaintedApp

UNITS = ("市水务局", "市文旅局", "洪山区", "武昌区")


def play_on(store: Store, journey: Callable[[Stage, PaintedApp], Awaitable[None]]) -> None:
    """Run a journey over a store, on the console that remembers what it painted."""

    async def run() -> None:
        app = PaintedApp(lambda: store, Counter())
        async with app.run_test(size=(100, 30)) as pilot:
            stage = Stage(app, pilot)
            await stage.settle()
            await journey(stage, app)

    asyncio.run(run())


def pressed(key: str, at: float) -> Key:
    """Return a key that was pressed at a moment of the event clock."""
    event = key_event(key)
    event.time = at
    return event


def units(app: PaintedApp, taken: list[str | None]) -> Choosing[str]:
    """Ask for one of a few units."""
    choices = [Choice(name, Text(name), name) for name in UNITS]
    question = Choosing("派单 · 2件 → 承办单位", "单位", choices, numbered=True)
    app.push_screen(question, taken.append)
    return question


def test_what_is_drawn_counts_once_it_stands_in_the_frame(town: Store) -> None:
    async def journey(stage: Stage, app: PaintedApp) -> None:
        question, drawn = units(app, []), Drawn[str]()
        await stage.settle()

        def draw() -> None:
            question.query_one(OptionList).add_option("江岸区")
            drawn.put(question, "江岸区")

        question.call_later(draw)
        while drawn.at(get_time()) is None:
            await asyncio.sleep(0)
        assert "江岸区" in app.frame

    play_on(town, journey)


def test_enter_speaks_of_the_list_it_was_pressed_on_whatever_is_pressed_next(town: Store) -> None:
    taken: list[str | None] = []

    async def journey(stage: Stage, app: PaintedApp) -> None:
        question = units(app, taken)
        await stage.settle()
        before = get_time()
        await stage.press("洪")
        for event in (pressed("enter", before), pressed("left", get_time())):
            app.post_message(event)
        await answered(app)
        assert taken == []
        assert "列表刚变过：看清以后再按" in stage.frame()
        await stage.press("enter")
        assert taken == ["洪山区"]
        assert question is not app.screen

    play_on(town, journey)


def test_enter_takes_no_choice_that_the_arrows_have_not_shown(town: Store) -> None:
    taken: list[str | None] = []

    async def journey(stage: Stage, app: PaintedApp) -> None:
        units(app, taken)
        await stage.settle()
        now = get_time()
        for key in ("down", "down", "enter"):
            app.post_message(pressed(key, now))
        await answered(app)
        assert taken == []
        await stage.press("enter")
        assert taken == ["洪山区"]

    play_on(town, journey)
