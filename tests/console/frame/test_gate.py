"""What may not be done here is refused at once, on every screen, and crossed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rich.style import Style
from rich.text import Text
from textual.widgets import OptionList

from console.frame.bound import words
from console.frame.gate import WRITES
from console.frame.keys import SCOPES
from console.frame.lines import HintLine, StatusLine
from console.receptions.meeting_form import MeetingForm
from console.receptions.meeting_list import MeetingsScreen
from console.receptions.reception_places import PlacesScreen
from models.bureau.operators import add_operator
from models.receptions import ReceptionView
from models.store import PERMITTED
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import NOW, Clock
from tests.console.stage import Stage, play

SCREENS = ("f2", "enter", "escape", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f2")
"""Keys that lead through the screens; the calendar has none."""

DAY = date(2026, 11, 20)

PLACE = ReceptionView(
    1, 1, DAY, "区信访局", "周正", None, None, None, None, NOW, None, None, None, 0, 0
)
"""A place of a reception, as far as a screen asks for one."""

READ_ONLY = "现在是只读方式：不带 --read-only 重新打开后才能办理"


def writing(stage: Stage) -> dict[str, str]:
    """Return the commands that write here by their ids, each with one of its keys."""
    live = [(words(a.binding.id), key) for key, a in stage.app.screen.active_bindings.items()]
    return {one.id: key for one, key in live if one is not None and one.action in WRITES}


async def refused(stage: Stage) -> set[str]:
    """Press each key that writes; return the ids of those refused at once, without a form."""
    found = writing(stage)
    for id, key in found.items():
        stage.app.tell("")
        before = list(stage.app.screen_stack)
        assert await stage.app._check_bindings(key), id
        assert stage.app.screen_stack == before, id
        assert stage.app.screen.query_one(StatusLine).result == READ_ONLY, id
    return set(found)


def test_every_key_that_writes_is_refused_on_every_screen_of_a_store_read_only(town: Store) -> None:
    town.read_only = True
    ids: set[str] = set()

    async def journey(stage: Stage) -> None:
        for key in SCREENS:
            await stage.press(key)
            ids.update(await refused(stage))
        stage.app.action_open("calls")
        await stage.settle()
        ids.update(await refused(stage))
        stage.app.open_matters("排名", lambda reader: [1, 2])
        await stage.settle()
        ids.update(await refused(stage))
        beside = ("calendar", "letters", "campaigns", "entities", "grid", "receptions", "reports")
        doors = ("visits", "police", "rota", "cells", "opinions", "reception_days")
        for name in (*beside, *doors, "councils"):
            stage.app.action_over(name)
            await stage.settle()
            ids.update(await refused(stage))
        for screen in (PlacesScreen(DAY), MeetingsScreen(PLACE), MeetingForm(PLACE)):
            stage.app.push_screen(screen)
            await stage.settle()
            ids.update(await refused(stage))
            stage.app.pop_screen()
        stage.app.action_over("import")
        await stage.settle()
        await stage.press("escape")
        ids.update(await refused(stage))

    play(town, journey)
    known = {key.id for _, keys in SCOPES.values() for key in keys if key.action in WRITES}
    assert known - ids == set()


def crossed(text: Text) -> set[str]:
    """Return what is crossed out in a text."""
    struck = (span for span in text.spans if Style.parse(str(span.style)).strike)
    return {text.plain[span.start : span.end].strip() for span in struck}


def crossed_in_help(stage: Stage) -> set[str]:
    """Return what is crossed out in the list of keys."""
    lines = [one.prompt for one in stage.app.screen.query_one(OptionList).options]
    return set().union(*(crossed(line) for line in lines if isinstance(line, Text)))


def test_hints_and_help_cross_out_what_is_barred(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        hints = stage.app.screen.query_one(HintLine)
        assert hints.bureau is not None and crossed(hints.render()) == set()
        hints.bureau = replace(hints.bureau, read_only=True)
        assert crossed(hints.render()) >= {"t", "派单", "b", "催办"}
        await stage.press("f1")
        assert crossed_in_help(stage) == set()

    play(town, journey)


def test_who_only_reads_is_told_which_role_an_act_asks_for(town: Store, clock: Clock) -> None:
    add_operator(town, "reader", roles=["viewer", "auditor"])
    theirs = open_store(town.target, now=clock, first=first_content, login="reader")

    async def journey(stage: Stage) -> None:
        for key, roles in (("t", "督办或管理"), ("d", "督办或签发"), ("b", "督办")):
            await stage.press(key)
            assert f"这要有{roles}权限：请管理员用 duban operator role 授权" in stage.frame()
        await stage.press("f1")
        assert crossed_in_help(stage) >= {"派单/转派", "催办"}

    play(theirs, journey)
    theirs.close()


def test_every_verb_of_the_gate_is_one_that_somebody_may_write() -> None:
    assert {verb for verb in WRITES.values() if "." in verb} <= set(PERMITTED)
