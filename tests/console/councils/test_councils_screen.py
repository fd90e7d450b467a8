"""The screen of councils: one is entered, heard, decided and made a line by keys."""

from __future__ import annotations

from models.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one


def test_a_council_is_entered_heard_decided_and_written_into_the_directory(town: Store) -> None:
    number = column(town, "SELECT number FROM ticket ORDER BY id")[0]

    async def journey(stage: Stage) -> None:
        stage.app.action_over("councils")
        await stage.settle()
        assert "没有会商、挂账和先办后议" in stage.frame()
        await stage.press("n")
        await stage.paste("二次供水归谁管")
        await stage.press("enter")
        await stage.paste(str(number))
        await stage.press("enter")
        await stage.paste("李副市长")
        await stage.press("enter", "1", "1", "1")
        assert "已登记会商#1" in stage.told()
        await stage.press("p", "1", "2")
        await stage.paste("张科长：不属我局")
        await stage.press("enter")
        assert "不同意见：" in stage.frame()
        await stage.press("c", "1")
        await stage.paste("由水务承办")
        await stage.press("enter")
        assert "已定" in stage.frame() and "按 L 写入派单目录" in stage.told()
        await stage.press("L")
        await stage.paste("二次供水、水压")
        await stage.press("enter")
        assert "已写入派单目录第1条" in stage.told()
        await stage.press("i")
        assert str(number) in stage.frame()

    play(town, journey, size=(160, 48))
    assert one(town, "SELECT opinion FROM council_unit WHERE dissents") == ("张科长：不属我局",)
    assert one(town, "SELECT words FROM dispatch_line") == ('["二次供水", "水压"]',)
