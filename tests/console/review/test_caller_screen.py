"""回访: the one screen of who does nothing but call, from number to record, in few keys."""

from __future__ import annotations

import pytest

from models.bureau.operators import add_operator
from models.casework import take
from models.review.calling import plan_calls
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.ranking.periods import parse_period
from tests.conftest import Clock
from tests.console.review.unsatisfied import unsatisfied
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

PHONE = "13871234567"

LOOKS = "SELECT count(*) FROM event WHERE verb = 'ticket.look' AND operator = 'caller'"


@pytest.fixture
def planned(town: Store) -> list[int]:
    """Return appeals whose citizens are to be called, by an operator who only calls."""
    first = town.login
    ids = unsatisfied(town, 4)
    town.login = first
    plan_calls(town, parse_period("2026-W47", town.timekeeper().zone), seed=7)
    add_operator(town, "caller", "小李", ["caller"])
    town.login = "caller"
    return ids


def test_five_calls_are_made_one_after_the_other(town: Store, planned: list[int]) -> None:
    journeys = (
        ("8", "1", *"还没修好", "enter", "3", *"R1", "enter"),
        ("８", "２"),  # full-width digits, as an input method sends them
        ("8", "3"),
        ("8", "1", *"说不清", "enter", "4"),
    )

    async def journey(stage: Stage) -> None:
        assert stage.app.session is not None
        assert "核查回访 · 第1次打" in stage.frame() and "对办理结果" in stage.frame()
        assert "138****4567" in stage.frame() and PHONE not in stage.frame()
        await stage.press("1")
        assert "先按 8 显示号码" in stage.told()
        await stage.press("8")
        assert PHONE in stage.frame() and "核查回访 · 已记入留痕" in stage.frame()
        await stage.press("escape")
        assert PHONE not in stage.frame()
        for keys in journeys:
            await stage.press(*keys)
            assert stage.told().startswith("已登记"), stage.frame()
        assert "现在没有要打的回访" in stage.frame()
        await stage.press("u")
        assert "已撤销：回访" in stage.told()
        await stage.press(*journeys[-1][1:])
        assert "没有要打的回访" in stage.frame()

    play(town, journey)
    results = column(town, "SELECT result FROM callback ORDER BY id")
    assert results == ["接通", "未接通", "拒访", "接通"]
    assert one(town, "SELECT recording, caller FROM callback ORDER BY id LIMIT 1") == ("R1", "小李")
    assert one(town, LOOKS) == (5,)
    with town.reading() as reader:
        assert verify_trail(reader).ok
    print(f"回访4件：{sum(map(len, journeys))}键，其中文字{len('还没修好说不清R1')}")


def test_a_caller_comes_to_no_other_screen(town: Store, planned: list[int]) -> None:
    async def journey(stage: Stage) -> None:
        for key in ("f2", "f5", "f7", "f8", "f12", ":"):
            await stage.press(key)
            assert "只有回访这一屏" in stage.told()
            assert stage.app.screen.title == "回访"
        await stage.press("o")
        assert "o 在这里没有作用" in stage.frame()
        await stage.press("0", "0", "0", "0")
        assert "跳过的4件还在" in stage.frame()
        await stage.resize(160, 48)
        await stage.press("0")
        line = next(line for line in stage.frame().splitlines() if "─ 答复" in line)
        assert line.index("─ 答复") > 60

    play(town, journey)


def test_what_was_typed_is_kept_where_the_record_is_refused(
    town: Store, planned: list[int]
) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("8", "1", *"没人来过")
        town.login = "tester"
        take(town, "note", [planned[0]], text="另有来函")
        town.login = "caller"
        await stage.press("enter", "4")
        assert "改动" in stage.told()
        await stage.press("1", "enter", "4")
        assert stage.told().startswith("已登记接通")

    play(town, journey)
    assert one(town, "SELECT said FROM callback") == ("没人来过",)


def test_outside_the_hours_the_next_lawful_time_is_named(
    town: Store, planned: list[int], clock: Clock
) -> None:
    clock.travel(hours=5)

    async def journey(stage: Stage) -> None:
        assert "现在不是回访时间：11-21 08:30 起再打" in stage.frame()
        await stage.press("1")
        assert "没有要打的回访" in stage.frame()

    play(town, journey)
