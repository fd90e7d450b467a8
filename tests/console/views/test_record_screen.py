"""F8: the record is searched, read and opened; a citizen who rings is answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.orders import OrdersScreen
from console.views.record.asked import read_asked
from console.views.record.screen import RecordScreen
from models import orders
from models.casework import take
from models.privacy.looking import look
from models.store.store import Store
from models.views import TrailFilter
from tests.conftest import BUREAU, NOW
from tests.console.sheets import opened
from tests.console.stage import Stage, play
from tests.models.appeals import column, one, wuhan

PHONE = "13871234567"


@pytest.mark.parametrize(
    ("typed", "filter"),
    [
        ("", TrailFilter()),
        ("退回 来函", TrailFilter(words=("退回", "来函"))),
        ("ｕ：洪山　r:刘", TrailFilter(unit="洪山", operator="刘")),
        ("经办人:刘 v:qqq 单位:", TrailFilter(operator="刘")),
        ("V:签收 编号:WH1", TrailFilter(verb="签收", number="WH1")),
        ("15:20", TrailFilter(words=("15:20",))),
        (
            "d:昨天",
            TrailFilter(since=wuhan("2026-11-19 00:00"), until=wuhan("2026-11-20 00:00")),
        ),
        (
            "日:11-01..11-03",
            TrailFilter(since=wuhan("2026-11-01 00:00"), until=wuhan("2026-11-04 00:00")),
        ),
        (
            "d:上周五至",
            TrailFilter(since=wuhan("2026-11-13 00:00"), until=wuhan("2026-11-21 00:00")),
        ),
        (
            "d:11-03~11-01",
            TrailFilter(since=wuhan("2026-11-01 00:00"), until=wuhan("2026-11-04 00:00")),
        ),
    ],
)
def test_what_is_typed_is_read(typed: str, filter: TrailFilter) -> None:
    asked = read_asked(typed, NOW, ZoneInfo(BUREAU))
    assert asked.filter == filter
    assert asked.fault == ("没有步骤“qqq”" if "qqq" in typed else "")


def test_what_nobody_understands_is_named() -> None:
    assert read_asked("d:不是日子", NOW, ZoneInfo(BUREAU)).fault == "看不懂日期“不是日子”"


@pytest.fixture
def closed(town: Store) -> str:
    """Return the number of an appeal of the town that is closed."""
    [id] = column(town, "SELECT ticket_id FROM round WHERE state = 'replied' LIMIT 1")
    take(town, "close", [id], outcome="已解决")
    return str(one(town, "SELECT number FROM ticket WHERE id = :id", id=id)[0])


def test_a_citizen_rings_about_a_closed_appeal(
    town: Store, closed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pressed: list[str] = []

    async def journey(stage: Stage) -> None:
        async def press(*keys: str) -> None:
            pressed.extend(keys)
            await stage.press(*keys)

        await press("9", "/")
        await stage.paste(closed)
        await press("enter", "enter")
        assert closed in stage.frame() and PHONE not in stage.frame()
        assert "办结" in stage.frame()
        await press("p", "1")
        assert PHONE in stage.frame() and "王小明" in stage.frame()
        await press("escape")
        assert PHONE not in stage.frame() and "王** 138****4567" in stage.frame()
        await press("f8")
        first = stage.frame().splitlines()[2]
        assert "查看联系方式" in first and closed[-5:] in first

    play(town, journey)
    with capsys.disabled():
        print(f"\n来电问已办结的一件：{len(pressed)}键和编号：{' '.join(pressed)}")
    assert len(pressed) == 8


def test_the_record_is_narrowed_read_whole_opened_and_written_out(
    town: Store, closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.sheets.exports_dir", lambda: tmp_path)
    events = one(town, "SELECT count FROM trail_head")[0]

    async def journey(stage: Stage) -> None:
        await stage.press("f8")
        assert f"{events}条，最新的在前" in stage.frame()
        await stage.press("/")
        await stage.paste("v:办结")
        await stage.press("enter")
        frame = stage.frame()
        assert "1条，最新的在前" in frame and "办结：已解决" in frame
        assert "校验值" in frame and "办理结果 已解决" in frame
        await stage.press("o")
        assert "已导出1条" in stage.frame()
        await stage.press("enter")
        assert f"{closed}" in stage.frame() and "诉求内容" in stage.frame()
        await stage.press("escape", "/")
        await stage.paste(" 没有的字")
        assert "没有这样的留痕 · Esc 去掉筛选" in stage.frame()
        await stage.press("escape", "enter")
        assert "导出列表：1行" in stage.frame()
        assert "没有可打开的页面" in stage.frame()

    play(town, journey, size=(120, 40))
    [path] = tmp_path.glob("*.xlsx")
    page = opened(path)["留痕"]
    assert str(page["A1"].value).startswith("留痕 v:办结")
    told = [page.cell(3, column).value for column in (4, 5, 6)]
    assert told == ["tester", "办结：已解决", closed]
    assert isinstance(page["A3"].value, int) and isinstance(page["B3"].value, datetime)


def test_who_saw_numbers_is_counted_and_opens_the_looks(town: Store) -> None:
    look(town, 1, "1")
    look(town, 2, "1")

    async def journey(stage: Stage) -> None:
        await stage.press("f8", "c")
        total, own, today = stage.frame().splitlines()[3:6]
        assert total.split() == ["合计", "全部人员", "2", "0", "0", "0", "0"]
        assert own.split()[:3] == ["小计", "tester", "2"]
        assert today.split()[:3] == ["2026-11-20", "tester", "2"]
        await stage.press("right", "enter")
        assert "没有可打开的留痕" in stage.frame()
        await stage.press("left", "down", "down", "enter")
        assert isinstance(stage.app.screen, RecordScreen)
        assert "2条，最新的在前" in stage.frame()
        await stage.press("c", "escape", "escape")
        assert "2条，最新的在前" not in stage.frame()

    play(town, journey)


def test_enter_goes_to_the_order_that_an_event_is_about(town: Store) -> None:
    ids = column(town, "SELECT ticket_id FROM round WHERE lead_unit_id IS NOT NULL ORDER BY id")
    drafted = orders.draft(town, ids[:6]).orders
    assert len(drafted) > 2

    async def journey(stage: Stage) -> None:
        await stage.press("f8", "/")
        await stage.paste("v:拟制")
        await stage.press("enter", "down", "enter")
        assert isinstance(stage.app.screen, OrdersScreen)
        assert stage.app.screen.table.current == drafted[-2].id

    play(town, journey)


def test_the_command_line_searches_with_the_same_words(shell: Any) -> None:
    number = "WH20261120-00001"
    assert shell("ticket", "note", number, "--text", "已电话告知 13871234567").code == 0
    rows = shell("trail", "--verb", "批注", "--json").value
    assert [(row["subject"], row["kind"], row["unit"]) for row in rows] == [
        (number, "ticket", "洪山区")
    ]
    assert rows[0]["text"].startswith("批注：已电话告知 138****4567")
    assert len(shell("trail", "--limit", "2", "--json").value) == 2
    assert "只列出最新的2条" in shell("trail", "--limit", "2").out
    assert shell("trail", number, "--verb", "受理", "--json").value[0]["subject"] == number
    assert "没有这样的留痕" in shell("trail", "--unit", "江岸区", "--verb", "批注").out
    assert shell("trail", "--day", "2001-01-01", "--json").value == []
    assert "录入时间" in shell("trail", "--unit", "江岸区").out
    for words, told in ((("--verb", "qqq"), "没有步骤 qqq"), (("--day", "某日"), "看不懂时间")):
        answer = shell("trail", *words)
        assert (answer.code, told in answer.err) == (2, True)
