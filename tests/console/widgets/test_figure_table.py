"""A table whose numbers are stood on: moving along a row, columns that follow, enter, the mouse."""

from __future__ import annotations

import asyncio
from array import array

from textual.app import App, ComposeResult

from console.frame.theme import DARK
from console.widgets.figure_table import FigureTable
from console.widgets.rows import Column

COLUMNS = (
    Column("单位", 8, frozen=True),
    Column("评价", 6, align="right"),
    Column("说明", 8),
    Column("不满意", 6, align="right"),
    Column("应办结", 6, align="right"),
    Column("重办", 6, align="right"),
)

ROWS = {1: "洪山区", 2: "江岸区"}


class Host(App[None]):
    """An app with one table, narrower than its columns."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[int, str]] = []
        self.moved: list[int | None] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    @property
    def table(self) -> FigureTable:
        return self.query_one(FigureTable)

    def compose(self) -> ComposeResult:
        yield FigureTable(
            COLUMNS,
            lambda name: [(name, ""), *((str(n), "") for n in range(1, 6))],
            {"评价", "不满意", "应办结", "重办"},
            "不满意",
        )

    def on_mount(self) -> None:
        self.table.focus()
        self.table.restart(array("q", ROWS), ROWS)

    def on_figure_table_figure_opened(self, news: FigureTable.FigureOpened) -> None:
        self.opened.append((news.id, news.title))

    def on_listing_moved(self, news: FigureTable.Moved) -> None:
        self.moved.append(news.id)

    def line(self, y: int) -> str:
        return self.table.render_line(y).text

    def hand(self) -> str:
        """The text that is painted unlike the rest of the cursor's row."""
        strip = self.table.render_line(self.table.cursor + 1)
        ground = self.table.get_component_rich_style("table--hand").bgcolor
        return "".join(s.text for s in strip if s.style and s.style.bgcolor == ground).strip()


def _played(*keys: str, click: tuple[int, int] | None = None) -> tuple[Host, str, str]:
    """Return the app after some keys, its headings and what its hand is on."""

    async def run() -> tuple[Host, str, str]:
        app = Host()
        async with app.run_test(size=(36, 8)) as pilot:
            await pilot.pause()
            if keys:
                await pilot.press(*keys)
            if click is not None:
                await pilot.click(FigureTable, offset=click)
            await pilot.pause()
            return app, app.line(0), app.hand()

    return asyncio.run(run())


def test_the_hand_begins_where_it_was_told_and_enter_opens_that_number() -> None:
    app, _, hand = _played("down", "enter")
    assert app.opened == [(2, "不满意")] and hand == "3"


def test_what_is_no_number_is_passed_over_and_the_ends_hold() -> None:
    app, _, hand = _played("left", "enter", "left", "left", "enter")
    assert app.opened == [(1, "评价")] * 2 and hand == "1"


def test_columns_go_out_on_the_left_for_a_number_beyond_the_edge_and_come_back() -> None:
    _, before, _ = _played()
    app, after, hand = _played("right", "right", "right", "enter")
    assert "重办" not in before and "重办" in after and "单位" in after
    assert app.opened == [(1, "重办")] and hand == "5"
    _, back, hand = _played("right", "right", "left", "left", "left")
    assert "评价" in back and hand == "1"


def test_a_hand_whose_column_is_scrolled_away_goes_to_one_in_sight() -> None:
    app, heading, hand = _played("left", ">", "enter")
    assert "评价" not in heading
    assert app.opened == [(1, "不满意")] and hand == "3"


def test_a_click_on_a_number_opens_it_and_one_on_a_name_only_goes_there() -> None:
    app, _, hand = _played(click=(14, 2))
    assert app.opened == [(2, "评价")] and hand == "1"
    app, _, _ = _played(click=(3, 2))
    assert app.opened == [] and app.moved[-1] == 2
