"""F6: the list by its digits, the finding beside it, its curve, its appeals, a paper on them."""

from __future__ import annotations

from console.widgets.table import VirtualTable
from models import problems
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, taken
from tests.models.insight.bursts import WATER, burst, put_problem, usual

WIDE = (140, 40)


def test_a_finding_is_seen_narrowed_opened_and_made_a_paper(town: Store) -> None:
    unit = "武汉市水务局"
    taken(town, *usual(), *burst(unit=unit))
    ids = set(column(town, "SELECT id FROM ticket WHERE category = :c", c=WATER))

    async def journey(stage: Stage) -> None:
        await stage.press("f6")
        assert "近7天" in stage.frame()
        await stage.press("-")
        frame = stage.frame()
        assert "11月9日—11月15日" in frame and "0 全部 1" in frame
        assert "武昌区徐家棚街道001社区 停水" in frame
        assert "每日件数" in frame and "11月9日即可发现" in frame
        assert "诉求 9件" in frame and "市水务局 9" in frame
        await stage.press("z")
        assert "没有在办的专题" in stage.frame()
        assert "标记" not in frame
        await stage.press("space")
        assert "已标记" not in stage.frame()
        await stage.press("6")
        assert "没有符合的" in stage.frame()
        await stage.press("1", "enter")
        assert len(stage.app.screen.query_one(VirtualTable).ids) == len(ids)
        assert "来自 民情 · 武昌区徐家棚街道001社区 停水" in stage.frame()
        await stage.press("escape", "d", "enter")
        assert "将对9件诉求拟1份督办单" in stage.frame().replace("\n", "")
        await stage.press("escape", "M")
        assert "主件" in stage.frame()

    play(town, journey, size=WIDE)


def test_a_narrow_terminal_shows_one_pane_and_a_late_answer_is_dropped(town: Store) -> None:
    taken(town, *usual(), *burst())

    async def journey(stage: Stage) -> None:
        await stage.press("f6", "-", "-", "=")
        assert "停水" in stage.frame() and "每日件数" not in stage.frame()
        await stage.press("m")
        assert "每日件数" in stage.frame()
        await stage.press("escape", "/", "q", "q", "q")
        assert "没有符合的" in stage.frame()

    play(town, journey)


def test_a_problem_is_confirmed_as_it_was_seen_named_and_taken_back(town: Store) -> None:
    taken(town, *usual(), *burst())
    tickets = column(town, "SELECT id FROM ticket WHERE category = :c", c=WATER)
    id = put_problem(town, tickets)

    async def journey(stage: Stage) -> None:
        await stage.press("f6", "-", "c")
        assert "已确认 停水 138****4567 · u 撤销" in stage.told()
        await stage.press("6")
        assert "停水 138****4567" in stage.frame() and "6 已确认 1" in stage.frame()
        problems.name_problem(town, id, name="徐家棚停水")
        await stage.press("x")
        await stage.press(*"重复", "enter")
        assert "刚被他人改动" in stage.frame().replace("\n", "")
        await stage.press("escape", "u")
        assert "已撤销" in stage.told()
        await stage.press("w", "enter")
        assert "已拟" in stage.told() and "民情专报" in stage.told()

    play(town, journey, size=WIDE)
    assert column(town, "SELECT name FROM problem") == ["停水 13871234567"]
