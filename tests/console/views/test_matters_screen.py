"""The matters behind a number: a list like the queue, over the screen that showed it."""

from __future__ import annotations

from console.widgets.table import VirtualTable
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

GIVEN = """
SELECT id FROM deadline WHERE leads AND stopped_at IS NULL
ORDER BY red_at DESC, due_at DESC, id DESC LIMIT 12
"""


def _open(stage: Stage, store: Store) -> None:
    ids = column(store, GIVEN)
    stage.app.open_matters("排名 第47周 · 洪山区 · 不满意件", lambda reader: ids)


def _shown(stage: Stage) -> list[int]:
    return list(stage.app.screen.query_one(VirtualTable).ids)


def test_a_list_says_where_it_comes_from_and_goes_back_there(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        _open(stage, town)
        await stage.settle()
        assert "来自 排名 第47周 · 洪山区 · 不满意件 12件" in stage.frame()
        assert _shown(stage) == column(town, GIVEN)
        await stage.press("escape")
        assert "▲ 红 31" in stage.frame()

    play(town, journey)


def test_it_is_filtered_and_sorted_like_the_queue(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        _open(stage, town)
        await stage.settle()
        await stage.press("]")
        assert _shown(stage) == column(town, GIVEN)[::-1]
        assert "12件 按到期先后" in stage.frame()
        await stage.press("/", *"路灯", "enter")
        frame = stage.frame()
        assert "路灯不亮" in frame and "停水" not in frame
        assert f"{len(_shown(stage))}/12件" in frame
        await stage.press("escape", "[")
        assert _shown(stage) == column(town, GIVEN)

    play(town, journey)


def test_acts_fall_on_its_rows(town: Store) -> None:
    notes = "SELECT count(*) FROM note"
    before = one(town, notes)[0]

    async def journey(stage: Stage) -> None:
        _open(stage, town)
        await stage.settle()
        await stage.press("space", "space", "n", *"已电话核实", "enter")
        assert "批注 2件" in stage.frame()
        assert len(_shown(stage)) == 12

    play(town, journey)
    assert one(town, notes)[0] == before + 2
