"""F2: journeys of a supervisor over the queue."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from console.app import DubanApp
from console.frame.theme import UNICODE
from console.views.queue.columns import cells, line_of, plain
from models.casework import take
from models.store.opening import open_store
from models.store.store import Store
from models.views.queue import queue_moment, queue_snapshot, queue_window
from rules.casework.appeal import QueueFilter
from seed.reference.catalogue import first_content
from tests.console.sheets import opened, table_of
from tests.console.stage import Stage, play
from tests.models.appeals import column, one, unit_id


def _first_line(stage: Stage) -> str:
    """Return the row under the heading of the list."""
    lines = stage.frame().splitlines()
    return lines[next(i for i, line in enumerate(lines) if "余时" in line) + 1]


def test_the_first_screen_says_what_is_late_and_what_waits(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        frame = stage.frame()
        assert "11月20日 周五 15:20" in frame
        assert "法定日历仅至12月31日 · 尚余41天" in frame
        assert "▲ 红 31" in frame
        assert "◆ 黄 6" in frame
        assert "[特急]电梯困人无.." in _first_line(stage)
        assert "▲ 红3" in _first_line(stage)
        assert "历史积案 6 件（转红超过30个工作日）未列出 · f 展开" in frame
        assert "tester · 规则第1版 · 数据 15:20:00 · 可写" in frame
        assert "1红" in frame
        assert {cell_len(line) for line in frame.splitlines()} == {80}

    play(town, journey)


def test_a_wide_terminal_shows_the_matter_beside_the_list(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        frame = stage.frame()
        assert "─ 诉求内容 ─" in frame
        assert "物业电话138****4567一直无人接听" in frame
        assert "13871234567" not in frame
        await stage.press("m")
        assert "诉求内容" not in stage.frame()

    play(town, journey, size=(130, 30))


def test_colour_text_and_place_narrow_the_list_and_esc_takes_them_back(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        whole = stage.frame()
        await stage.press("2")
        assert "◆ 黄" in _first_line(stage)
        assert "只看黄 6/60件" in stage.frame()
        await stage.press("0", "/", *"路灯", "enter")
        assert "路灯不亮" in _first_line(stage)
        assert "筛选" in stage.frame()
        await stage.press("escape")
        assert stage.frame() == whole
        await stage.press("／", "@", *"洪山", "enter")
        assert "洪山 超期未结" in stage.frame()
        await stage.press("escape", "escape")
        assert stage.app.is_running

    play(town, journey)


def test_marked_appeals_go_to_the_unit_that_is_typed(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"s:派单", "enter", "space", "space")
        assert "已标记2件" in stage.frame()
        await stage.press("t")
        assert "派单 · 2件" in stage.frame()
        await stage.press(*"jhq")
        assert "武汉市江汉区人民政府" in stage.frame()
        await stage.press("enter")
        assert "已派给江汉区 2件" in stage.frame()
        assert "已标记" not in stage.frame()

    waiting = "SELECT count(*) FROM round WHERE state = 'waiting'"
    before = one(town, waiting)[0]
    play(town, journey)
    assert one(town, waiting)[0] == before - 2
    verbs = column(town, "SELECT verb FROM event ORDER BY seq DESC LIMIT 2")
    assert verbs == ["ticket.dispatch", "ticket.dispatch"]


def test_nothing_is_drafted_by_pressing_enter_twice(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("d")
        assert "拟1份督办单，每个主办单位一份：洪山区 1件" in stage.frame()
        await stage.press("enter", "enter", "escape")
        assert column(town, "SELECT id FROM supervision_order") == []
        await stage.press("d", "y")
        assert "已拟1份督办单" in stage.frame()

    play(town, journey)
    assert column(town, "SELECT status FROM supervision_order") == ["draft"]


def test_the_list_stands_still_until_it_is_refreshed(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("down")
        whole = stage.frame()
        waiting = column(town, "SELECT ticket_id FROM round WHERE state = 'waiting' LIMIT 3")
        take(town, "dispatch", waiting, unit_id=unit_id(town, "武汉市水务局"))
        await stage.settle()
        assert stage.frame() == whole
        await stage.press("r")
        assert stage.frame() != whole

    play(town, journey)


def test_a_list_is_exported_as_it_is_shown_and_the_trail_knows(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.views.sheets.exports_dir", lambda: tmp_path)

    async def journey(stage: Stage) -> None:
        await stage.press("2", "o")
        assert "已导出6件" in stage.frame()

    play(town, journey)
    (path,) = tmp_path.glob("*.xlsx")
    book = opened(path)
    assert book["督办队列"]["A1"].value == "督办队列 黄 · 数据 2026-11-20 15:20:00"
    heads, rows = table_of(book["督办队列"])
    assert [row[0] for row in rows] == ["黄"] * 6
    assert all(isinstance(row[heads.index("到期")], datetime) for row in rows)
    assert table_of(book["汇总"])[1] == [("黄", 6, 1)]
    assert sum(row[-1] for row in table_of(book["按单位"])[1]) == 6
    assert len(book["图"]._charts) == 2
    assert column(town, "SELECT verb FROM event ORDER BY seq DESC LIMIT 1") == ["export.list"]


def test_a_store_open_for_reading_only_refuses_to_write(town: Store) -> None:
    town.read_only = True

    async def journey(stage: Stage) -> None:
        assert "只读" in stage.frame()
        await stage.press("t")
        assert "现在是只读方式" in stage.frame()
        assert "承办单位" not in stage.frame()

    play(town, journey)


def test_an_empty_store_shows_three_next_steps(sqlite_store: Store) -> None:
    async def journey(stage: Stage) -> None:
        text = "".join(stage.frame().split())
        assert "import文件.csv" in text and "dubandemo" in text
        await stage.press("1")
        assert "文件的路径" in stage.frame()
        await stage.press("escape", "escape", "2")
        assert stage.app.clipboard == "duban demo"
        await stage.press("3")
        assert "帮助 · 这里现在能用的键" in stage.frame()
        await stage.press("escape", "escape")
        assert "▲ 红 0" in stage.frame()

    play(sqlite_store, journey)


def test_a_store_that_cannot_be_opened_says_so_after_the_screen_is_gone(tmp_path: Path) -> None:
    stranger = tmp_path / "notes.txt"
    stranger.write_text("not a store")

    def opener() -> Store:
        return open_store(str(stranger), now=_never, first=first_content, login="x")

    async def run() -> DubanApp:
        app = DubanApp(opener)
        async with app.run_test() as pilot:
            for _ in range(50):
                await pilot.pause(0.05)
                if not app.is_running or app.failure:
                    break
        return app

    assert "不是督办台的库" in (asyncio.run(run()).failure or "")


def _never() -> datetime:
    raise AssertionError("the clock is not asked")


def test_units_are_reminded_by_one_text_each_to_copy_or_paper(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))

    async def journey(stage: Stage) -> None:
        await stage.press("space", "space", "space", "b", "1")
        assert "请抓紧办理" in stage.frame()
        await stage.press("o", "escape")

    play(town, journey, size=(120, 40))
    units = one(town, "SELECT count(DISTINCT unit_id) FROM reminder")[0]
    assert len(list((tmp_path / "duban" / "催办").glob("*.docx"))) == units > 0


def test_more_time_is_asked_and_decided_with_one_key(town: Store) -> None:
    async def journey(stage: Stage) -> None:
        await stage.press("/", *"路灯", "enter", "4")
        await stage.press("x")
        assert "申请延期" in stage.frame()
        await stage.press(*"需备料", "enter")
        await stage.press("x")
        assert "1 同意延期" in stage.frame() and "2 不同意延期" in stage.frame()
        await stage.press("1")

    play(town, journey, size=(120, 40))
    granted = one(town, "SELECT granted, limit_text, reason FROM extension")
    assert granted in [(1, "5wd", "需备料"), (True, "5wd", "需备料")]


def test_a_report_is_listed_and_copied_without_its_own_words(town: Store) -> None:
    keeper, now = town.timekeeper(), town.now()
    with town.reading() as reader:
        ids = queue_snapshot(reader, QueueFilter(), queue_moment(keeper, now), limit=1)
        row = replace(queue_window(reader, ids)[0], nature="举报", title="书记收钱")
    line = line_of(row, keeper, now)
    assert line.title == "举报件"
    assert "书记" not in plain(line, UNICODE) + str(cells(line, UNICODE))
