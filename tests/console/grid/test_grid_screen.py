"""网格: from the city down to a cell and back, by keys; every number opens its appeals."""

from __future__ import annotations

import pytest

from console.grid.place_list import took
from models.grid import note_matter
from models.store.store import Store
from models.tables import Grid
from tests.console.stage import Stage, play


def communities(store: Store) -> None:
    """Put a community with a cell into a street of the town."""
    with store.writing() as work:
        for code, name, level, officer in (
            ("420111002901", "试点[b]社区", "社区", None),
            ("420111002901001", "第1网格", "网格", "周网格"),
        ):
            parent = code[:9] if officer is None else code[:12]
            row = {"code": code, "name": name, "level": level, "parent": parent}
            work.insert(Grid, **row, officer=officer, followers=38, households=120)


def test_one_goes_down_to_a_cell_and_up_again_and_numbers_open(town: Store) -> None:
    communities(town)
    note_matter(town, "420111002901001", "楼道堆物")

    async def journey(stage: Stage) -> None:
        stage.app.action_over("grid")
        await stage.settle()
        assert "合计" in stage.frame() and "洪山区" in stage.frame()
        await stage.press("/")
        await stage.paste("试点")
        assert "洪山区关山街道试点[b]社区" in stage.frame() and "420111002901 " in stage.frame()
        await stage.press("enter", "enter")
        frame = stage.frame()
        assert "洪山区 › 关山街道 › 试点[b]社区" in frame and "第1网格" in frame
        assert "关注 38户" in frame and "周网格" not in frame
        await stage.press("G", "enter")
        assert "周网格" in stage.frame() and "受理 0" in stage.frame()
        await stage.press("tab", "enter")
        assert "楼道堆物" in stage.frame()
        await stage.press("escape", "shift+tab")
        await stage.press("h", "h", "h")
        assert "武汉市 › 洪山区   " in stage.frame() and "关山街道" in stage.frame()
        await stage.press("g", "right", "right", "right", "right", "enter")
        assert "洪山区 挂起 0件" in stage.frame()
        await stage.press("right", "enter")
        assert "洪山区 · 受理" in stage.frame() and "60件" in stage.frame()
        await stage.press("escape", "tab", "enter")
        assert "来自 洪山区 · " in stage.frame()
        await stage.press("escape", "h")
        assert "武汉市   " in stage.frame()

    play(town, journey, size=(160, 48))


def test_the_page_of_a_place_fills_a_small_screen_and_the_list_goes_out(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        stage.app.action_over("grid")
        await stage.settle()
        await stage.press("enter")
        assert "每月受理" in stage.frame() and "下一工作日转红" in stage.frame()
        await stage.press("escape", "o")
        assert "已导出14行" in stage.told()

    play(town, journey, size=(80, 24))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "—"),
        (30, "1分钟"),
        (59 * 60, "59分钟"),
        (3_600, "1.0小时"),
        (17 * 3_600, "17小时"),
        (2.04 * 86_400, "2.0天"),
        (12 * 86_400, "12天"),
    ],
)
def test_how_long_a_first_contact_took_is_told_in_two_figures(
    seconds: int | None, words: str
) -> None:
    assert took(seconds) == words
