"""登记: an appeal is typed, seen beside its likes, registered; nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from console.casework import Adviser
from console.frame import drafts_dir
from console.intake import entry_screen
from console.intake.form import BoxForm
from console.widgets import BURST, Confirming
from models.store.store import Store
from models.views.likeness import LikeMatter
from rules.casework.appeal import Appeal
from tests.console.stage import Stage, key_event, play
from tests.models.appeals import column, one

WIDE = (160, 48)

WATER = ("小区停水两天无人处理", "小区从昨天上午起停水，\n多次致电无人答复。")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep forms in a folder of this test's own; look at what is typed at once."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(entry_screen, "REST", 0.01)


def form(stage: Stage) -> BoxForm:
    """Return the form that is open."""
    return next(s for s in stage.app.screen_stack if isinstance(s, BoxForm))


async def put(stage: Stage, **texts: str) -> None:
    """Let texts stand in boxes, the hand where it was."""
    for box, text in texts.items():
        form(stage).row(box).put(text)
    await stage.settle()


async def go(stage: Stage, box: str) -> None:
    """Put the hand into a box."""
    form(stage).row(box).field.focus()
    await stage.settle()


def tickets(store: Store) -> int:
    return int(one(store, "SELECT count(*) FROM ticket")[0])


def test_an_appeal_is_typed_and_registered(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("＋")
        await stage.burst("王小明\n女士")
        assert form(stage).typed["reporter"] == "王小明 女士"
        await go(stage, "content")
        await stage.paste("路灯坏了\n第二行：晚上很黑\n第三行")
        await go(stage, "place")
        await stage.press("l", "n", "enter", "ctrl+o")
        assert form(stage).typed["place"] == "洪山区珞南街道"
        assert "先改来源渠道" in stage.told() and "须写明来源渠道" in stage.frame()
        await stage.press("1", "2", "3", "tab")
        assert form(stage).typed["channel"] == "12345电话"
        assert len(list(drafts_dir().iterdir())) == 1
        await go(stage, "unit")
        assert "属地 洪山区" in stage.frame()
        await stage.paste("市水务局")
        await stage.press("enter")
        assert form(stage).here is form(stage).row("unit") and "按 Ctrl+O" in stage.frame()
        assert "办结 11-27 周五 17:30" in str(form(stage).query_one("#advice", Static).render())
        await stage.press("ctrl+o")
        assert stage.told() == "已登记 WH20261120-00013 · 交市水务局 · 办结 11-27 17:30"

    play(town, journey)
    kept = one(town, "SELECT title, content, grid FROM ticket ORDER BY id DESC LIMIT 1")
    assert kept == ("路灯坏了", "路灯坏了\n第二行：晚上很黑\n第三行", "420111001")
    assert list(drafts_dir().iterdir()) == []


def test_a_repetition_is_seen_before_it_is_registered(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("+")
        await put(stage, title=WATER[0], content=WATER[1], channel="微信")
        assert "相似的在办件" in stage.frame() and WATER[0] in stage.frame()
        await stage.press("ctrl+o")
        assert isinstance(stage.app.screen, Confirming) and "很像是同一件" in stage.frame()
        await stage.press("enter", "ctrl+g", "1")
        assert "诉求内容" in stage.frame()
        await stage.press("escape", "ctrl+o", "y")
        assert "进待派" in stage.told()

    before = tickets(town)
    play(town, journey, size=WIDE)
    assert tickets(town) == before + 1


def test_fast_hands_lose_nothing_and_one_question_at_a_time_is_asked_of_the_memories(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    gate, real = Event(), Adviser.like

    def like(adviser: Adviser, appeal: Appeal) -> tuple[LikeMatter, ...]:
        asked.append(appeal.title)
        gate.wait(10)
        return real(adviser, appeal)

    monkeypatch.setattr(Adviser, "like", like)

    async def journey(stage: Stage) -> None:
        for place, key in enumerate(("+", "王", "tab", "1", "3", "8", "enter", "tab", "小", "区")):
            event = key_event(key)
            event.time += place * 2 * BURST
            stage.app.post_message(event)
        while not asked:
            await stage._pilot.pause(0.05)
        typed = form(stage).typed
        assert (typed["reporter"], typed["phone"], typed["title"]) == ("王", "138", "小区")
        for title in ("小区停水", WATER[0]):
            form(stage).row("title").put(title)
            await stage._pilot.pause(0.2)
        assert len(asked) == 1 and "正在读取" in stage.frame()
        gate.set()
        await stage.settle()
        assert asked[1:] == [WATER[0]] and "相似在办" in stage.frame()

    play(town, journey)


def test_a_form_that_was_left_is_gone_on_with(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("+")
        await put(stage, reporter="李晓红", category="没有这一类")
        await go(stage, "object")
        assert "没有类别" in stage.frame()
        await stage.press("escape", "1")
        assert "按 + 继续" in stage.told()
        await stage.press("f9", "+")
        assert "继续上次没登完的（15:20）？" in stage.frame() and "李**" in stage.frame()
        await stage.press("y", "f2", "+")
        assert form(stage).typed["reporter"] == "李晓红"
        assert form(stage).typed["category"] == "没有这一类"
        await stage.press("escape", "2")
        assert "已放弃" in stage.told()

    play(town, journey)
    assert list(drafts_dir().iterdir()) == []


def test_an_instruction_adds_its_boxes_and_a_refusal_loses_nothing(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("+")
        await go(stage, "kind")
        await stage.press("p", "tab")
        assert form(stage).here is form(stage).row("leader")
        said = "请市水务局牵头\n三日内报结果"
        await put(stage, leader="张明", instruction=said, limit="３wd", unit="市水务局")
        await put(stage, title="举报市水务局工作人员收受红包", nature="举报")
        assert "推测是市水务局" in stage.frame()
        assert "批示办理 11-25 周三 17:30" in stage.frame()
        await stage.press("ctrl+o")
        assert "不能交其办理" in stage.told()
        await put(stage, unit="武昌区")
        await stage.press("ctrl+o")
        assert "交武昌区" in stage.told()

    play(town, journey, size=WIDE)
    kept = one(town, "SELECT leader, content, limit_text FROM instruction")
    assert kept == ("张明", "请市水务局牵头\n三日内报结果", "3wd")
    assert column(town, "SELECT channel FROM ticket ORDER BY id DESC LIMIT 1") == ["上级交办"]
