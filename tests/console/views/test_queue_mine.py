"""F2 as a person's own: my units, saved views, what came since I left, what others do meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.frame import open_session
from console.views.queue.news import Look, told
from console.views.queue.wishes import Wish, read_wish
from console.widgets.table import VirtualTable
from models.bureau.operators import add_operator, assign_units
from models.casework import take
from models.store.store import Store
from models.views import QueueCounts, last_left
from tests.conftest import Clock
from tests.console.stage import Stage, play
from tests.console.town import appeals
from tests.models.appeals import column, one, taken, unit_id


def shown(stage: Stage) -> int:
    return len(stage.app.screen.query_one(VirtualTable).ids)


def test_my_units_are_listed_first_and_one_key_shows_everybodys(town: Store) -> None:
    assign_units(town, "tester", add=[unit_id(town, "武汉市洪山区人民政府")])
    ours = "SELECT count(*) FROM deadline d JOIN unit u ON u.id = d.unit_id WHERE {} {}"
    running = "d.leads AND d.stopped_at IS NULL AND u.short_name = '洪山区'"
    mine = one(town, ours.format(running, "AND d.red_at > '2026-10-10'"))[0]

    async def journey(stage: Stage) -> None:
        assert "督办队列 · 我的联系单位" in stage.frame()
        assert 0 < shown(stage) <= mine
        before = shown(stage)
        await stage.press("i")
        assert "我的联系单位" not in stage.frame()
        assert shown(stage) == 54
        await stage.press("/", *"我的", "enter")
        assert "督办队列 · 我的联系单位" in stage.frame()
        assert shown(stage) == before
        await stage.press("escape", "i", "escape")
        assert shown(stage) == 54

    play(town, journey)


def test_a_view_is_saved_chosen_and_deleted(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("i")
        assert "duban operator units" in stage.frame()
        await stage.press("2", "]", "/", *"停水", "enter")
        seen = shown(stage)
        await stage.press("w", "1", *"停水黄件", "enter")
        assert "已存为常用视图“停水黄件”" in stage.frame()
        await stage.press("escape", "escape", "[")
        assert shown(stage) == 54
        await stage.press("w")
        assert "1 停水黄件  停水 · 黄 · 按到期先后" in stage.frame()
        await stage.press("1")
        frame = stage.frame()
        assert shown(stage) == seen and "按到期先后" in frame and "只看黄" in frame
        await stage.press("W", "1", "y")
        assert "已删去常用视图“停水黄件”" in stage.frame()

    play(town, journey, size=(120, 30))
    assert column(town, "SELECT name FROM saved_view") == []


@pytest.mark.parametrize("text", ['{"state":"nowhere"}', '{"order":1,"more":2}', '{"colour":"x"}'])
def test_a_view_of_another_program_opens_as_far_as_it_is_known(text: str) -> None:
    assert read_wish(text) == Wish()
    wish = Wish("u:水务", "red", "review", 90, "unit", descending=True, mine=True)
    assert read_wish(wish.as_text()) == wish


def test_what_came_since_i_left_is_told_first_and_opens(town: Store, clock: Clock) -> None:
    session = open_session(lambda: town)
    session.leave()
    with town.reading() as reader:
        assert last_left(reader, "tester") == town.now()
    clock.travel_to(town.now() + timedelta(days=3))

    async def journey(stage: Stage) -> None:
        assert "自上次离开（11-20 周五 15:20）以来：新红 " in stage.frame()
        await stage.press("e")
        assert "1 新红 " in stage.frame()
        await stage.press("1")
        assert "来自 上次离开以来 · 新红" in stage.frame()
        assert shown(stage) > 0
        await stage.press("escape", "r")
        assert "自上次离开" not in stage.frame()

    play(town, journey, size=(120, 30))


def test_nobody_who_may_not_write_leaves_a_trace(town: Store) -> None:
    town.read_only = True
    open_session(lambda: town).leave()
    assert column(town, "SELECT left_at FROM operator_visit") == []


def test_acts_of_others_are_announced_and_the_list_stands_still(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.queue.screen.WATCH", 0.2)
    add_operator(town, "another", roles=["supervisor"])
    [id] = column(town, "SELECT min(ticket_id) FROM round WHERE state = 'waiting'")

    async def journey(stage: Stage) -> None:
        whole = list(stage.app.screen.query_one(VirtualTable).ids)
        town.login = "another"
        take(town, "note", [id], text="请关注")
        town.login = "tester"
        await stage._pilot.pause(0.6)
        await stage.settle()
        assert "他人办了1步 · 按 r 刷新" in stage.frame()
        taken(town, *list(appeals(64))[60:])
        await stage._pilot.pause(0.6)
        await stage.settle()
        assert "新增4件" in stage.frame()
        assert list(stage.app.screen.query_one(VirtualTable).ids) == whole

    play(town, journey)


def look(total: int, seconds: float, *, red: int = 0, others: int = 0) -> Look:
    return Look(0, others, QueueCounts(total=total, red=red), seconds)


@pytest.mark.parametrize(
    ("now", "before", "line"),
    [
        (look(100, 5), look(100, 0), ""),
        (look(100, 5, others=3), look(100, 0), "他人办了3步 · 按 r 刷新"),
        (look(112, 5, red=3), look(100, 0), "新增12件 · 红+3 · 按 r 刷新"),
        (look(90, 5, red=-2), look(100, 0), "减少10件 · 红-2 · 按 r 刷新"),
        (look(15_100, 15, red=9), look(13_600, 10), "新增15,000件 · 约每秒300件 · 按 r 刷新"),
        (look(15_100, 20, red=9), look(15_100, 15), "新增15,000件 · 红+9 · 按 r 刷新"),
    ],
)
def test_a_burst_is_folded_into_one_line_with_its_rate(now: Look, before: Look, line: str) -> None:
    assert told(look(100, 0), now, before) == line
