"""F2 beyond what runs: its states, their figures, and the order a person chooses."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from console.views.queue.bars import Counters, States
from console.widgets.table import VirtualTable
from models.store.store import Store
from models.views import queue_snapshot
from rules.casework import QueueFilter
from tests.console.stage import Stage, play
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.views.test_queues import cut

DONE = {
    "unit": UNIT,
    "received_at": wuhan("2026-11-05 09:00"),
    "dispatched_at": wuhan("2026-11-05 10:00"),
    "replied_at": wuhan("2026-11-06 10:00"),
    "reply": "已恢复供水，请市民放心使用",
    "outcome": "已解决",
    "result_rating": "不满意",
    "work_rating": "满意",
}


@pytest.fixture
def lived(town: Store) -> Store:
    """Return the town's store with an old and a new closed appeal, the new one unsatisfied."""
    taken(
        town,
        appeal(
            "new",
            title="楼道灯修了又坏",
            closed_at=wuhan("2026-11-09 11:00"),
            rated_at=wuhan("2026-11-10 11:00"),
            **DONE,
        ),
        appeal(
            "old",
            title="去年的井盖",
            **{
                **DONE,
                "received_at": wuhan("2026-08-05 09:00"),
                "dispatched_at": wuhan("2026-08-05 10:00"),
                "replied_at": wuhan("2026-08-06 10:00"),
                "closed_at": wuhan("2026-08-07 10:00"),
                "result_rating": "满意",
                "rated_at": wuhan("2026-08-08 10:00"),
            },
        ),
    )
    return town


def shown(stage: Stage) -> list[int]:
    return list(stage.app.screen.query_one(VirtualTable).ids)


def titles(stage: Stage) -> list[str]:
    table = stage.app.screen.query_one(VirtualTable)
    return [line.title for id in table.ids if (line := table.row(id)) is not None]


async def click(stage: Stage, bar: type[Counters | States], label: str) -> None:
    """Click a label of a line of figures."""
    line = next(line for line in stage.frame().splitlines() if label in line)
    place = cell_len(line.partition(label)[0])
    await stage._pilot.click(bar, offset=(place, 0))
    await stage.settle()


def test_each_state_is_one_key_away_with_its_count_and_esc_goes_back(lived: Store) -> None:
    async def journey(stage: Stage) -> None:
        assert "在办 61  7 待核 1  8 不满意30天 1  9 已办结30天 1  S 全部 63" in stage.frame()
        await stage.press("9")
        assert titles(stage) == ["楼道灯修了又坏"]
        assert "按期   11-09 办结" in stage.frame() and "▲" not in stage.frame()
        assert "1件 按办结先后" in stage.frame()
        await stage.press("8")
        assert titles(stage) == ["楼道灯修了又坏"] and "待核查" in stage.frame()
        await stage.press("escape")
        assert len(shown(stage)) == 55
        await stage.press("7")
        assert titles(stage) == ["楼道灯修了又坏"]
        await stage.press("7")
        assert len(shown(stage)) == 55

    play(lived, journey)


def test_the_period_is_chosen_and_a_typed_state_serves_too(lived: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("S", "9")
        assert "已办结365天 2" in stage.frame()
        assert titles(stage) == ["楼道灯修了又坏", "去年的井盖"]
        await stage.press("0", "/", *"z:全部 井盖", "enter")
        assert titles(stage) == ["去年的井盖"]
        await stage.press("escape", "/")
        await stage.paste("状态：已办结")
        await stage.press("enter")
        assert titles(stage) == ["楼道灯修了又坏", "去年的井盖"]

    play(lived, journey)


def test_a_closed_row_takes_a_note(lived: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("9", "n", *"再去看看", "enter")
        assert "批注 WH" in stage.frame()
        assert titles(stage) == ["楼道灯修了又坏"]

    play(lived, journey)
    assert column(lived, "SELECT text FROM note") == ["再去看看"]


def test_a_figure_opens_its_rows_by_a_click_or_with_the_hand_on_it(lived: Store) -> None:
    def listed(wanted: QueueFilter) -> list[int]:
        with lived.reading() as reader:
            return list(queue_snapshot(reader, wanted, cut(lived)))

    async def journey(stage: Stage) -> None:
        await click(stage, Counters, "黄")
        assert shown(stage) == listed(QueueFilter(colour="yellow"))
        await click(stage, States, "已办结")
        assert shown(stage) == listed(QueueFilter(state="closed"))
        await stage.press("0")
        stage.app.screen.query_one(Counters).focus()
        await stage.press("right", "right", "enter")
        assert shown(stage) == listed(QueueFilter(colour="blue"))
        assert stage.app.focused is stage.app.screen.query_one(VirtualTable)

    play(lived, journey, size=(120, 30))


def test_a_menu_and_a_click_on_a_heading_sort_and_once_more_turn_it_round(town: Store) -> None:
    def listed(order: str, *, down: bool = False) -> list[int]:
        with town.reading() as reader:
            return list(
                queue_snapshot(reader, QueueFilter(), cut(town), order=order, descending=down)
            )

    async def journey(stage: Stage) -> None:
        await stage.press("s", "3")
        assert shown(stage) == listed("received")
        await stage.press("s")
        assert "3 受理先后（现在，再选则倒过来）" in stage.frame()
        await stage.press("3")
        assert shown(stage) == listed("received", down=True)
        assert "按受理先后（倒）" in stage.frame()
        heading = next(line for line in stage.frame().splitlines() if "余时" in line)
        place = cell_len(heading.partition("编号")[0])
        await stage._pilot.click(VirtualTable, offset=(place, 0))
        await stage.settle()
        assert shown(stage) == listed("number")
        await stage._pilot.click(VirtualTable, offset=(30, 0))
        await stage.settle()
        assert "不能按事项排序" in stage.frame()

    play(town, journey)
