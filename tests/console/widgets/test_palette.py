"""Help and palette: what is live is listed, found by initials, and run."""

from __future__ import annotations

from rich.text import Text

from console.widgets.choosing import Choice
from models.store.store import Store
from tests.console.stage import Stage, play


def test_help_lists_the_keys_of_the_screen_and_runs_one(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("？")
        frame = stage.frame()
        assert "督办队列" in frame
        assert "queue.red" in frame
        assert "同样可用：duban" in frame
        await stage.press(*"zkhong")
        await stage.press(*["backspace"] * 3, "enter")
        assert "只看红" in stage.frame()

    play(town, journey)


def test_the_palette_finds_by_initials_chinese_and_id(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("：", *"pdzp")
        assert "派单/转派" in stage.frame()
        await stage.press("escape", "ctrl+p", *"系统")
        await stage.press("enter")
        assert "系统信息" in stage.frame()
        assert "法定日历至 2026-12-31" in stage.frame()
        assert "（查看、督办、交办、回访、签发、管理、审计）" in stage.frame()
        await stage.press("escape", ":", *"ztqs", "enter")
        assert stage.app.theme == "duban-light"
        await stage.press(":", *"queue.today", "enter")
        assert "只看今日新红" in stage.frame()

    play(town, journey, size=(100, 40))


def test_a_remapped_key_works_and_is_what_help_shows(town: Store) -> None:
    from console.frame.config import Config

    async def journey(stage: Stage) -> None:
        await stage.press("w")
        assert "派单 · " in stage.frame()
        await stage.press("escape", "f1", *"pdzp")
        assert "派单/转派             w" in stage.frame()

    play(town, journey, config=Config(keys={"queue.dispatch": "w"}))


def test_whole_initials_come_before_those_that_only_begin_so() -> None:
    matters = Choice("cells", Text("网格事项"), "网格事项", "wgsx")
    grid = Choice("grid", Text("网格"), "网格", "wg")
    assert matters.found_by("wg") == 1
    assert grid.found_by("wg") == 0
    assert [one.found_by("网格") for one in (matters, grid)] == [2, 2]
    assert grid.found_by("格") == 3
    assert grid.found_by("wgs") is None
