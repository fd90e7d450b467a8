"""网格事项 and 我要参与 by keys: noted, settled, passed up; asked, counted, answered."""

from __future__ import annotations

from models.grid.coming import take_coming
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column
from tests.models.grid.cells import CELL, COMMUNITY, laid
from tests.models.grid.test_opinions import token, voiced


def test_a_matter_is_noted_passed_up_and_found_in_the_queue_by_keys(town: Store) -> None:
    laid(town)

    async def journey(stage: Stage) -> None:
        stage.app.action_over("cells")
        await stage.settle()
        assert "没有网格事项：按 n 登记" in stage.frame()
        await stage.press("n")
        await stage.paste(f"{CELL} 楼道[b]堆物")
        await stage.press("enter")
        assert "已登记网格自办#1" in stage.told() and "楼道[b]堆物" in stage.frame()
        await stage.press("m")
        assert "网格自办（不算诉求，不进任何率和排名）" in stage.frame()
        await stage.press("m", "p")
        assert "现由葛光社区办理，期限不变" in stage.told()
        await stage.press("p", "p")
        assert "交洪山区办理，进督办队列" in stage.told() and "3 交单位 1" in stage.frame()
        await stage.press("p")
        assert "不再上报" in stage.told()
        await stage.press("escape", "/")
        await stage.paste("s:网格自办")
        await stage.press("enter")
        await stage.press("enter")
        assert "网格事项" in stage.frame()
        await stage.press("c")
        await stage.paste("已清走")
        await stage.press("enter", "4")
        assert "已办结" in stage.told() or "按时办结" in stage.frame()
        await stage.press("u")
        assert "已撤销" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT done_at IS NULL FROM cell_matter") == [True]


def test_residents_are_asked_and_answered_by_keys(town: Store) -> None:
    laid(town)

    async def journey(stage: Stage) -> None:
        stage.app.action_over("opinions")
        await stage.settle()
        await stage.press("n")
        await stage.paste("葛光社区 装充电棚")
        await stage.press("enter")
        await stage.paste("同意 不同意")
        await stage.press("enter")
        assert "已发起投票#1 葛光社区" in stage.told()
        at = town.now()
        votes = [voiced(n, token(town), at=at) for n in (2, 3)]
        take_coming(town, votes, file_name="x.csv", file_digest="x")
        await stage.press("r")
        assert "同意" in stage.frame() and "2条" in stage.frame()
        await stage.press("t")
        assert "没有可转的建议" in stage.told()
        await stage.press("c")
        await stage.paste("月底装好")
        await stage.press("enter")
        assert "已结束，共2条意见" in stage.told() and "月底装好" in stage.frame()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT code FROM opinion_topic") == [COMMUNITY]
