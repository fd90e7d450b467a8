"""The table of any length: windows of rows, cursor, marks, a snapshot that does not move."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Iterable

from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.events import MouseEvent, MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from console.frame.theme import DARK
from console.widgets.rows import Cell, Column
from console.widgets.table import VirtualTable

COLUMNS = (
    Column("颜色", 6, frozen=True),
    Column("事项", 10, most=30),
    Column("单位", 8),
    Column("渠道", 8, later=True),
)


PAGE = 11
"""Rows seen at once: the list has twelve lines with its heading."""


def _draw(row: int) -> list[Cell]:
    return [("红", "red"), (f"第{row}件诉求", ""), ("洪山区", "dim"), ("电话", "dim")]


class Bench(App[None]):
    """A table over ``ids``; rows are their own numbers, handed in when they are asked for."""

    def __init__(self, ids: Iterable[int], heads: Callable[[int], bool] | None = None) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self._ids = array("q", ids)
        self.asked: list[tuple[int, ...]] = []
        self.told: list[object] = []
        self.table = VirtualTable(COLUMNS, _draw, heads=heads)

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(self._ids)

    @on(VirtualTable.RowsWanted)
    def _wanted(self, message: VirtualTable.RowsWanted) -> None:
        self.asked.append(message.ids)
        self.table.supply({id: id for id in message.ids})

    @on(VirtualTable.Opened)
    def _opened(self, message: VirtualTable.Opened) -> None:
        self.told.append(message.id)

    @on(VirtualTable.Headed)
    def _headed(self, message: VirtualTable.Headed) -> None:
        self.told.append(message.title)

    def frame(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


Journey = Callable[[Bench, Callable[..., Awaitable[None]]], Awaitable[None]]


def _play(ids: Iterable[int], journey: Journey) -> None:
    async def run() -> None:
        app = Bench(ids)
        async with app.run_test(size=(48, 12)) as pilot:

            async def press(*keys: str) -> None:
                await pilot.press(*keys)
                await pilot.pause()

            await pilot.pause()
            await journey(app, press)

    asyncio.run(run())


def test_of_a_million_rows_only_those_around_the_view_are_asked_for() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        assert app.frame()[1].split() == ["红", "第1件诉求", "洪山区"]
        await press("end")
        assert app.frame()[-1].split() == ["红", "第1000000件诉求", "洪山区"]
        await press("pageup", "pageup")
        assert app.table.current == 1_000_000 - 22
        assert sum(len(ids) for ids in app.asked) < 200

    _play(range(1, 1_000_001), journey)


def test_a_page_down_moves_view_and_cursor_by_a_page() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        await press("down", "pagedown")
        assert app.table.current == 1 + 11 + 1
        assert app.frame()[1].split()[1] == "第12件诉求"
        await press("ctrl+u", "g")
        assert app.table.current == 1

    _play(range(1, 100), journey)


def test_marks_are_kept_by_id_through_another_snapshot() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        await press("space", "down", "v", "down", "down", "v")
        assert app.table.chosen == [1, 3, 4, 5]
        app.table.show(array("q", [4, 9, 1]))
        await press("up")
        assert app.table.chosen == [1, 3, 4, 5]
        assert [line[0] for line in app.frame()[1:4]] == ["✓", " ", "✓"]
        assert app.table.clear_marks() == 4
        assert app.table.unclear() == 4
        assert app.table.chosen == [1, 3, 4, 5]

    _play(range(1, 10), journey)


def test_a_new_snapshot_leaves_the_cursor_on_its_row() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        await press("down", "down", "down")
        assert app.table.current == 4
        app.table.show(array("q", [9, 8, 7, 6, 5, 4]))
        await press()
        assert app.table.current == 4
        app.table.show(array("q", [9, 8]))
        await press()
        assert app.table.current == 8

    _play(range(1, 10), journey)


def test_columns_go_out_on_the_left_but_frozen_ones_stay() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        assert "渠道" not in app.frame()[0]
        await press(">")
        assert app.frame()[1].split() == ["红", "洪山区", "电话"]
        await press("》", "《", "<")
        assert app.frame()[1].split() == ["红", "第1件诉求", "洪山区"]

    _play(range(1, 4), journey)


def test_an_empty_table_has_no_row_to_act_on() -> None:
    async def journey(app: Bench, press: Callable[..., Awaitable[None]]) -> None:
        await press("down", "space", "v", "a", "enter", "shift+down")
        assert app.table.current is None
        assert app.table.chosen == []

    _play([], journey)


Point = Callable[[Bench, Pilot[None]], Awaitable[None]]


def _point(ids: Iterable[int], journey: Point, heads: Callable[[int], bool] | None = None) -> None:
    async def run() -> None:
        app = Bench(ids, heads)
        async with app.run_test(size=(48, 12)) as pilot:
            await pilot.pause()
            await journey(app, pilot)

    asyncio.run(run())


async def _wheel(pilot: Pilot[None], *turns: type[MouseEvent]) -> None:
    for turn in turns:
        await pilot._post_mouse_events([turn], VirtualTable, (5, 5))
    await pilot.pause()


def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    async def journey(app: Bench, pilot: Pilot[None]) -> None:
        await pilot.click(VirtualTable, offset=(5, 4))
        assert (app.table.current, app.told) == (4, [])
        await pilot.click(VirtualTable, offset=(5, 6), times=2)
        assert (app.table.current, app.told) == (6, [6])
        await pilot.click(VirtualTable, offset=(5, 11))
        assert app.table.current == 6

    _point(range(1, 10), journey)


def test_a_click_on_a_heading_names_its_column() -> None:
    async def journey(app: Bench, pilot: Pilot[None]) -> None:
        heading = app.frame()[0]
        for title in ("颜色", "事项", "单位"):
            await pilot.click(VirtualTable, offset=(cell_len(heading.partition(title)[0]) + 1, 0))
        await pilot.pause()
        assert app.told == ["颜色", "事项", "单位"]
        assert app.table.current == 1

    _point(range(1, 10), journey)


def test_the_wheel_moves_the_view_and_never_leaves_the_cursor_out_of_sight() -> None:
    async def journey(app: Bench, pilot: Pilot[None]) -> None:
        app.table.cursor = 2
        await _wheel(pilot, MouseScrollDown)
        assert app.frame()[1].split()[1] == "第4件诉求"
        assert app.table.current == 4
        await _wheel(pilot, MouseScrollUp)
        assert (app.frame()[1].split()[1], app.table.current) == ("第1件诉求", 4)
        await _wheel(pilot, *[MouseScrollDown] * 40)
        assert app.frame()[-1].split()[1] == "第99件诉求"
        assert app.table.current == 99 - PAGE + 1

    _point(range(1, 100), journey)


def test_the_head_of_a_group_stays_while_its_rows_go_by() -> None:
    async def journey(app: Bench, pilot: Pilot[None]) -> None:
        def first_two() -> tuple[int, int]:
            one, two = (int(line.split()[1][1:3]) for line in app.frame()[1:3])
            return one, two

        for keys in (["pagedown"] * 3, ["down"] * 6, ["up"] * 25, ["pageup"]):
            for key in keys:
                await pilot.press(key)
                first, second = first_two()
                assert first == (second - 1) // 10 * 10
                assert f"第{app.table.current}件诉求" in "".join(app.frame())
        await pilot.press("end")
        assert first_two() == (70, 80)
        await pilot.click(VirtualTable, offset=(5, 1))
        assert app.table.current == 70
        await _wheel(pilot, MouseScrollUp, MouseScrollDown)
        assert app.table.row(app.table.current) in app.table.seen[1:]

    _point(range(10, 90), journey, heads=lambda id: id % 10 == 0)
