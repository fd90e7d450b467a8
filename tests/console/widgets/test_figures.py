"""A page whose numbers are stood on: moving, opening, lines that stay whole at any width."""

from __future__ import annotations

import asyncio

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from console.frame.theme import DARK
from console.widgets.figures import Figure, FigurePage, FigureSheet, halves


def _sheet(width: int = 30, lines: int = 1) -> FigureSheet:
    sheet = FigureSheet(width)
    sheet.line("红 ", Figure("3", "red"), "  黄 ", Figure("12", "yellow"))
    for n in range(lines):
        sheet.line(f"第{n}行")
    sheet.line("超期 ", Figure("7", "late"))
    return sheet


class Host(App[None]):
    """An app with one page."""

    def __init__(self, sheet: FigureSheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.opened: list[str] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield FigurePage()

    def on_mount(self) -> None:
        page = self.query_one(FigurePage)
        page.focus()
        page.show(self.sheet)

    def on_figure_page_opened(self, news: FigurePage.Opened) -> None:
        self.opened.append(news.opens)


def _played(sheet: FigureSheet, *keys: str, click: tuple[int, int] | None = None) -> Host:
    async def run() -> Host:
        app = Host(sheet)
        async with app.run_test(size=(32, 8)) as pilot:
            await _press(pilot, keys)
            if click is not None:
                await pilot.click(FigurePage, offset=click)
            await pilot.pause()
            app.opened.append(f"line {int(app.query_one(FigurePage).scroll_offset.y)}")
        return app

    return asyncio.run(run())


async def _press(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    await pilot.pause()
    await pilot.press(*keys)


def test_every_key_that_moves_comes_to_the_number_it_should() -> None:
    keys = ("enter", "right", "enter", "down", "enter", "shift+tab", "enter", "home", "enter")
    opened = _played(_sheet(), *keys).opened
    assert opened == ["red", "yellow", "late", "yellow", "red", "line 0"]


def test_a_number_out_of_sight_is_brought_into_it() -> None:
    assert _played(_sheet(lines=20), "end", "enter").opened == ["late", "line 14"]
    assert _played(_sheet(lines=20), "tab", "tab", "enter").opened[0] == "late"


def test_a_page_down_goes_on_by_a_page_and_stands_on_its_first_number() -> None:
    sheet = FigureSheet(30)
    for n in range(40):
        sheet.line(f"第{n}行 ", Figure(str(n), str(n)))
    keys = ("pagedown", "enter", "pagedown", "enter", "pageup", "enter", "end", "pageup", "enter")
    assert _played(sheet, *keys).opened == ["7", "14", "7", "25", "line 25"]


def test_a_number_is_opened_by_the_mouse() -> None:
    assert _played(_sheet(), click=(9, 0)).opened[0] == "yellow"
    assert _played(_sheet(), click=(0, 1)).opened == ["line 0"]


def test_a_line_is_cut_at_the_width_and_never_shows_half_a_number() -> None:
    sheet = FigureSheet(12)
    sheet.line("这一行太长了放不下", Figure("3", "gone"))
    sheet.line("数字在后面", Figure("12345", "gone"))
    sheet.line("标题", Figure("7", "kept"), "以及很长的事项")
    assert [line.plain for line in sheet.lines] == [
        "这一行太长..",
        "数字在后面",
        "标题7以及..",
    ]
    assert [spot.opens for spot in sheet.spots] == ["kept"]
    assert all(cell_len(line.plain) <= 12 for line in sheet.lines)


def test_a_text_of_several_lines_takes_one_and_moves_no_number() -> None:
    sheet = FigureSheet(30)
    sheet.line("第一行\n第二行\u2028三 ", Figure("3", "kept"))
    sheet.line("超期 ", Figure("7", "late"))
    assert [line.plain for line in sheet.lines] == ["第一行 第二行 三 3", "超期 7"]
    assert [(spot.line, spot.begin) for spot in sheet.spots] == [(0, 17), (1, 5)]


def test_two_sheets_stand_side_by_side_with_their_numbers() -> None:
    left, right = (_sheet(width) for width in halves(63))
    joined = left.beside(right, "│")
    assert halves(63) == (30, 30)
    assert [line.plain.index("│") for line in joined.lines] == [
        len(line.pad_right(30 - line.cell_length).plain) + 1 for line in left.lines
    ]
    for spot in joined.spots:
        text = joined.lines[spot.line].plain
        at = 0
        signs = ""
        for sign in text:
            signs += sign if spot.begin <= at < spot.end else ""
            at += cell_len(sign)
        assert signs == {"red": "3", "yellow": "12", "late": "7"}[spot.opens]
    assert len(joined.spots) == 6
