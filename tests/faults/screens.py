"""The console in front of hostile words: typed into its forms, and shown on its screens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing

from console.app import DubanApp
from console.widgets import Entry
from models.store.store import Store
from rules.text import printable
from tests.console.stage import Stage
from tests.faults.calling import Office
from tests.faults.harmlessness import harm_in

WIDE = (160, 60)

SCREENS = ("f1", "escape", "f4", "f3", "f7", "escape", "f9", "f7", "f12", "escape", "f2")
"""Help, orders, ranking, a unit, desk, all units, the facts of the system, and the queue again."""

SHOWN = 8
"""Signs of a payload that must stand on the screen as they are."""


def harm_on_screens(one: Office, payload: str, large: bool) -> tuple[int, list[str]]:
    """Type a payload into forms and go through the screens; return how many looks, and harm."""
    looks: list[str] = []
    faults: list[str] = []

    def look(stage: Stage, where: str) -> None:
        looks.append(where)
        faults.extend(f"{where} {harm}" for harm in harm_shown(stage))

    async def say(stage: Stage, *keys: str) -> None:
        """Open a form, put the payload into its line as pasting does, and send it."""
        await stage.press(*keys)
        if not isinstance(stage.app.focused, Entry):
            faults.append(f"no form under {keys}")
            return
        await stage.paste(payload)
        look(stage, f"form {keys}")
        await stage.press("enter")
        look(stage, f"after {keys}")

    async def journey(stage: Stage) -> None:
        look(stage, "queue")
        await stage.press("enter")
        look(stage, "ticket")
        await say(stage, "n")
        literal = printable(payload).strip().split("\n")[0].strip()[:SHOWN]
        if literal not in stage.frame():
            faults.append(f"{literal!r} does not stand on the screen as it was said")
        await stage.press("escape")
        if large:
            await say(stage, "/")
            await stage.press("escape", "escape")
            for key in SCREENS:
                await stage.press(key)
                look(stage, key)
            await say(stage, "colon")
            await stage.press("escape", "escape")
            await say(stage, "t")

    with closing(one.opened()) as store:
        asyncio.run(_play(store, journey))
    return len(looks), faults


def harm_shown(stage: Stage) -> Iterator[str]:
    """Yield what is drawn that steers the terminal, leads elsewhere or can be clicked to act."""
    for strip in stage.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.control or (harm := harm_in(segment.text, breaks="")):
                yield f"draws {segment.control or harm}"
            if segment.style is not None and segment.style.link:
                yield f"links to {segment.style.link}"
            if segment.style is not None and "@click" in segment.style.meta:
                yield f"runs {segment.style.meta['@click']}"


async def _play(store: Store, journey: Callable[[Stage], Awaitable[None]]) -> None:
    app = DubanApp(lambda: store)
    async with app.run_test(size=WIDE) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        await journey(stage)
