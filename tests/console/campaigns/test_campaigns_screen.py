"""A campaign is set up, given a task, followed and closed by keys; 特殊时期 stand in the header."""

from __future__ import annotations

from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column
from tests.models.campaigns.test_campaigns import started
from tests.models.campaigns.test_emergencies import begun


def test_a_campaign_is_run_by_keys(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        stage.app.action_over("campaigns")
        await stage.settle()
        assert "没有专题：按 n 设立" in stage.frame()
        await stage.press("n")
        await stage.paste("供水[b]整治")
        await stage.press("enter")
        await stage.paste("2026-12-31 常务会")
        await stage.press("enter", "enter")
        assert "已设立专题" in stage.told() and "供水[b]整治" in stage.frame()
        await stage.press("t")
        await stage.paste("洪山区 10wd 完成改造")
        await stage.press("enter")
        assert "已给洪山区下达任务#1" in stage.told() and "完成改造" in stage.frame()
        await stage.press("p", "1")
        await stage.paste("60 已进场")
        await stage.press("enter")
        assert "60%" in stage.frame() and "已进场" in stage.frame()
        await stage.press("c", "o", "k", "enter", "n", "o", "enter")
        assert "已结项" in stage.told() and "3 已结项 1" in stage.frame()
        await stage.press("t")
        assert "不能再改" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT undone_reason FROM campaign_task") == ["no"]


def test_a_lasting_event_stands_in_the_header(town: Store) -> None:
    begun(town, "2026-11-19 09:00")
    started(town)

    async def journey(stage: Stage) -> None:
        assert "特殊时期：暴雨 · 非紧急时限已暂停" in stage.frame()
        await stage.press("0")
        assert "供水整治" in stage.frame()

    play(town, journey, size=(160, 48))
