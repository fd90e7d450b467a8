"""A message is kept, answered and told by keys; 警情 is sent to 110 and nothing is stored of it."""

from __future__ import annotations

from models.police.groups import load_groups
from models.store.store import Store
from rules.police.group import Group
from tests.conftest import Clock
from tests.console.stage import Stage, play
from tests.models.appeals import column

KEPT = "SELECT text FROM group_message ORDER BY id"


def test_a_message_is_seen_to_by_keys_and_an_alarm_is_not_kept(town: Store, clock: Clock) -> None:
    load_groups(town, [Group(2, "水塔警务群", "420106001001", "某所", "周警官", "吴所", "", "")])

    async def journey(stage: Stage) -> None:
        stage.app.action_over("police")
        await stage.settle()
        assert "没有群内诉求：按 n 登记" in stage.frame()
        await stage.press("n", "4")
        assert "警情请立即拨打110" in stage.told()
        await stage.press("n", "2")
        await stage.paste("水塔")
        await stage.press("enter")
        await stage.paste("楼下[b]打起来了")
        await stage.press("enter")
        assert "像警情（打起来）" in stage.frame()
        await stage.press("1")
        assert "警情请立即拨打110" in stage.told()
        await stage.press("n", "2")
        await stage.paste("水塔")
        await stage.press("enter")
        await stage.paste("门口[b]堵车")
        await stage.press("enter")
        assert "已登记 #1" in stage.told() and "门口[b]堵车" in stage.frame()
        assert "● 待应答" in stage.frame() and "余3分00秒" in stage.frame()
        clock.travel(minutes=2, seconds=40)
        stage.app._tick()
        await stage.settle()
        assert "◆ 待应答" in stage.frame() and "余20秒" in stage.frame()
        await stage.press("e", "enter")
        assert "#1 已登记应答，用时2分40秒" in stage.told()
        await stage.press("c")
        assert "#1 不是线索" in stage.told()
        await stage.press("i")
        assert "应答 1次，中位2分40秒" in stage.frame() and "不排名" in stage.frame()

    play(town, journey, size=(160, 48))
    assert column(town, KEPT) == ["门口[b]堵车"]
