"""The table of any length: windows of rows, cursor, marks, a snapshot that does not move."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Iterable

from textual import on
from textual.app import App, ComposeResult

from console.frame.theme import DARK
from console.widgets.rows import Cell, Column
from console.widgets.table import VirtualTable

COLUMNS = (
    Column("颜色", 6, frozen=True),
    Column("事项", 10, most=30),
    Column("单位", 8),
    Column("渠道", 8, later=True),
)


def _draw(row: int) -> list[Cell]:
    return [("红", "red"), (f"第{row}件诉求", ""), ("洪山区", "dim"), ("电话", "dim")]


class Bench(App[None]):
    """A table over ``ids``; rows are their own numbers, handed in when they are asked for."""

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self._ids = array("q", ids)
        self.asked: list[tuple[int, ...]] = []
        self.table = VirtualTable(COLUMNS, _draw)

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(self._ids)

    @on(VirtualTable.RowsWanted)
    def _wanted(self, message: VirtualTable.RowsWanted) -> None:
        self.asked.append(message.ids)
        self.table.supply({id: id for id in message.ids})

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
