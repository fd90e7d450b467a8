"""A visit is planned, told of and followed by keys; a queue row opens it; the rota by keys."""

from __future__ import annotations

from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column
from tests.models.visits.communities import settle_communities


def test_a_visit_is_run_by_keys(town: Store) -> None:
    settle_communities(town)

    async def journey(stage: Stage) -> None:
        stage.app.action_over("visits")
        await stage.settle()
        assert "这个月没有走访：按 n 安排" in stage.frame()
        await stage.press("d")
        await stage.paste("虎泉社区 市水务局 李明、王芳 11-19 9:30")
        await stage.press("enter")
        await stage.paste("法律咨询")
        await stage.press("enter")
        await stage.paste("设点[b]半天")
        await stage.press("enter")
        assert "已登记走访#1 珞南街道虎泉社区" in stage.told()
        assert "设点[b]半天" in stage.frame() and "19访" in stage.frame()
        assert "16    17    18    19访  20" in stage.frame()
        await stage.press("s")
        await stage.paste("楼道灯坏了半年")
        await stage.press("enter", "2")
        await stage.paste("赵铁柱 13871234567")
        await stage.press("enter")
        assert "编号已给，不能撤销" in stage.told() and "诉求 1件" in stage.frame()
        assert "13871234567" not in stage.frame()
        await stage.press("t")
        await stage.paste("洪山区 10wd 修好楼道灯")
        await stage.press("enter")
        assert "已给洪山区布置任务#1" in stage.told() and "修好楼道灯" in stage.frame()
        await stage.press("-")
        assert "2026年10月" in stage.frame() and "这个月没有走访" in stage.frame()
        stage.app.open_over("visits", "visit_task", 1)
        await stage.settle()
        assert "走访#1" in stage.frame()
        await stage.press("f", "1")
        await stage.paste("已换灯")
        await stage.press("enter")
        assert "已完成 · u 撤销" in stage.told()

    play(town, journey, size=(160, 48))
    assert column(town, "SELECT result FROM visit_task") == ["已换灯"]


def test_the_rota_is_kept_by_keys(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        stage.app.action_over("rota")
        await stage.settle()
        assert "没有值班和代理" in stage.frame()
        await stage.press("n", "1")
        await stage.paste("洪山区 张敏 027-87650000 11-20 11-22")
        await stage.press("enter")
        assert "已登记洪山区值班#1" in stage.told() and "值班中" in stage.frame()
        await stage.press("d", "1")
        await stage.paste("洪山区 刘敏 11-22 11-20")
        await stage.press("enter")
        assert "结束要晚于开始" in stage.told()

    play(town, journey, size=(80, 24))
