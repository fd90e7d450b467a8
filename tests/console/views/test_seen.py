"""What was seen is what is done: no key acts on what was not drawn, a late answer is dropped."""

from __future__ import annotations

from threading import Event

import pytest
from textual.pilot import Pilot

from console.casework import acting, advising
from console.widgets import Confirming, StepMenu
from models.casework import take
from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

WIDE = (140, 40)

WAITING = "SELECT count(*) FROM round WHERE state = 'waiting'"


class Gate:
    """Holds up what a worker asks the store until somebody lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        """From ``hold`` on calls of ``owner.name`` wait."""
        self._open = Event()
        self._open.set()
        real = getattr(owner, name)

        def held(*args: object, **named: object) -> object:
            self._open.wait(10)
            return real(*args, **named)

        monkeypatch.setattr(owner, name, held)

    def hold(self) -> None:
        """Let nothing through."""
        self._open.clear()

    def let_go(self) -> None:
        """Let everything through."""
        self._open.set()


async def quick(stage: Stage, *keys: str) -> None:
    """Press keys without waiting for what they set off."""
    pilot: Pilot[None] = stage._pilot
    for key in keys:
        await pilot.press(key)
        await pilot.pause(0.2)


def test_a_suggestion_is_not_taken_before_it_is_drawn(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, advising.Adviser, "of")
    before = one(town, WAITING)

    async def journey(stage: Stage) -> None:
        gate.hold()
        await quick(stage, "f9", "1", "1")
        assert "还没读完" in stage.frame()
        gate.let_go()
        await stage.settle()
        assert one(town, WAITING) == before
        await stage.press("1")
        assert "已派给" in stage.told()

    play(town, journey, size=WIDE)


def test_no_digit_says_yes_and_a_batch_is_taken_back_by_one_key(town: Store) -> None:
    before = one(town, WAITING)

    async def journey(stage: Stage) -> None:
        await stage.press("f9", "a", "1", "1", "0", "5")
        assert isinstance(stage.app.screen, Confirming)
        assert one(town, WAITING) == before
        await stage.press("right", "enter")
        assert one(town, WAITING) == (0,)
        await stage.press("u")
        assert "已撤销：交办 9件，" in stage.told()
        assert one(town, WAITING) == before

    play(town, journey, size=WIDE)
    acts = column(town, "SELECT DISTINCT batch FROM event WHERE verb = 'ticket.dispatch'")
    assert len(acts) >= 1
    assert column(town, "SELECT matters FROM undo_entry WHERE kind = 'act'") == [9]


def test_a_menu_that_comes_late_is_dropped_when_the_hand_has_moved_on(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, acting, "offer")

    async def journey(stage: Stage) -> None:
        gate.hold()
        await quick(stage, ".", "c")
        assert "看清以后再按键" in stage.frame()
        await quick(stage, "down")
        gate.let_go()
        await stage.settle()
        assert not isinstance(stage.app.screen, StepMenu)
        await stage.press(".")
        assert isinstance(stage.app.screen, StepMenu)

    play(town, journey, size=WIDE)


def test_who_is_reminded_is_on_record_once_the_text_is_taken(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("1", "b", "1")
        assert "取走文字才登记" in stage.frame()
        await stage.press("escape")
        assert column(town, "SELECT id FROM reminder") == []
        await stage.press("b", "1", "y")
        assert "已催办1件，文字已复制" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT text FROM reminder") != []


def test_u_never_passes_over_the_last_act_for_an_older_one(town: Store, clock: Clock) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("u")
        assert "打开以来没有可撤销的办理" in stage.told()
        await stage.press("n", *"市民来电", "enter")
        assert "已批注" in stage.told()
        await stage.press("d", "y")
        assert "已拟1份督办单" in stage.told()
        await stage.press("u")
        assert "最近一次办理是“拟制督办单”，不能撤销" in stage.told()

    earlier = open_store(town.target, now=clock, first=first_content, login="tester")
    take(earlier, "note", [1], text="打开以前的批注")
    earlier.close()
    play(town, journey, size=WIDE)
    assert len(column(town, "SELECT id FROM note")) == 2


def test_an_empty_list_says_why_and_what_to_press(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"没有这样的")
        assert "没有符合的 · Esc 去掉筛选" in stage.frame()
        await stage.press("escape", "7")
        assert "没有待核的 · 0 回到在办" in stage.frame()
        await stage.press("0")
        monkeypatch.setattr(town, "reading", _refused)
        await stage.press("f7")
        assert "没有读成：按 r 重试" in stage.frame()
        monkeypatch.undo()
        await stage.press("r")
        assert "武昌区" in stage.frame()
        await stage.press("Z")
        assert "Z 在这里没有作用：按 ? 看这里能用的键" in stage.frame()

    play(town, journey, size=WIDE)


def _refused() -> None:
    raise StoreError("库暂时读不了：请稍候重试")
