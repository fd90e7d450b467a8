"""网格: a place and those in it, from the city down to one cell; beside it the place's page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console.frame import GRID, Session, bindings
from console.grid.cell_screen import CellMattersScreen
from console.grid.place_book import (
    Given,
    PlaceBeside,
    PlaceTold,
    of_hand,
    of_months,
    read_beside,
    read_found,
    read_place,
    write_places,
)
from console.grid.place_list import (
    COLUMNS,
    DONE,
    FIGURES,
    FOUND,
    HAND,
    NAME,
    GridRow,
    found_row,
    row_of,
)
from console.grid.place_page import CELLS, PlacePage
from console.widgets import Column, FigurePage, FigureTable, FilterBar, ListScreen, VirtualTable

if TYPE_CHECKING:
    from models.grid import FoundPlace

ROOMY = 100
"""Cells from which the page of a place stands beside the list."""


class GridScreen(ListScreen[GridRow]):
    """网格, a step down with enter, up with Esc."""

    TITLE = "网格"
    EMPTY = "没有网格 · 先运行 duban grid load 装入网格表"
    CSS_PATH = Path(__file__).with_name("grid.tcss")
    BINDINGS = bindings(GRID)
    READS = frozenset({"place"})

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._place: PlaceTold | None = None
        self._shown: PlaceTold | None = None
        self._beside: PlaceBeside | None = None
        self._page: PlacePage | None = None
        self._typed = ""

    def body(self) -> ComposeResult:
        """Lay out the way down to the place, the line of a search, the list and the page."""
        yield Static("", id="way", markup=False)
        yield FilterBar("街道、社区、小区的名称，拼音首字母，或编码")
        with Horizontal(id="panes"):
            signs = self.host.symbols
            yield FigureTable(
                COLUMNS,
                lambda row: row.cells(),
                FIGURES,
                NAME,
                mark=signs.mark,
                ellipsis=signs.ellipsis,
                id="list",
                nothing=self.nothing,
                markable=False,
            )
            yield FigurePage(id="place")

    # reading

    def begin(self, session: Session) -> None:
        """Open on the whole city."""
        self._go("")

    def resumed(self) -> None:
        """Read again: another screen may have changed what a place has in hand."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the same place again; the cursor stays where it is."""
        code = "" if self._place is None else self._place.figures.line.place.code
        row = self.current
        self._go(code, row.code if row is not None else "")

    def _go(self, code: str, cursor: str = "") -> None:
        """Read a place; the cursor goes to one of its rows."""
        self._run += 1
        self.fetch("place", partial(read_place, code=code), partial(self._came, self._run, cursor))

    def _came(self, run: int, cursor: str, told: PlaceTold) -> None:
        if run != self._run or self.session is None:
            return
        self._place, self._shown, self._beside = told, None, None
        self._typed = ""
        self.query_one(FilterBar).clear()
        self.facts(told.moment.now.astimezone(self.session.bureau.zone))
        self._list(cursor)

    def _list(self, cursor: str = "") -> None:
        """Show the place and those in it."""
        assert self._place is not None
        figures, fair = self._place.figures, self._place.fair
        own = row_of(figures.line, fair, own=bool(figures.inside))
        rows = [own, *(row_of(line, fair) for line in figures.inside)]
        self._show(rows, COLUMNS)
        codes = [row.code for row in rows]
        self.table.cursor = codes.index(cursor) if cursor in codes else 0
        self._way()
        self._look()

    def _show(self, rows: Sequence[GridRow], columns: tuple[Column, ...]) -> None:
        table = self.query_one(FigureTable)
        if table.columns != columns:
            table.columns, table.shift, table.stood = columns, 0, NAME
        known = {row.id: row for row in rows}
        table.show(array("q", known), known)

    def _way(self) -> None:
        """Write the way from the city down, and how long what is told lasts."""
        assert self._place is not None
        figures = self._place.figures
        names = [place.name for place in (*figures.path, figures.line.place)]
        line = Text(" › ".join(names), "bold", no_wrap=True, overflow="ellipsis")
        line.append(f"   受理、办结等为近{len(figures.begins)}个月", "dim")
        self.query_one("#way", Static).update(line)

    # going up and down

    @on(FigureTable.FigureOpened)
    def _figure_opened(self, news: FigureTable.FigureOpened) -> None:
        row: GridRow | None = self.table.row(news.id)
        if row is None or self._place is None:
            return
        here = self._place.figures.line.place.code
        if row.line is None or (news.title == NAME and row.code != here):
            self._go(row.code)
        elif news.title == NAME:
            self._read_through()
        elif not row.counted(news.title):
            self.say(f"{row.line.place.name} {news.title} 0件：没有可打开的诉求")
        else:
            origin = f"{row.line.place.name} · {news.title}"
            self.host.open_matters(origin, self._behind(row, news.title))

    def _behind(self, row: GridRow, title: str) -> Given:
        """Return what finds the matters behind a number of the list."""
        assert self._place is not None
        moment, begins = self._place.moment, self._place.figures.begins
        if title in HAND:
            return of_hand(row.code, moment, HAND[title])
        return of_months(row.code, DONE[title], begins[0], moment.now)

    def _read_through(self) -> None:
        """Put the hand on the page of the place itself."""
        if not self.query_one(FigurePage).display:
            self.action_zoom()
        self.query_one(FigurePage).focus()

    def action_up(self) -> None:
        """Go to the place that this one lies in; from the city back to where one came from."""
        if not self.step_back():
            self.app.pop_screen()

    def step_back(self) -> bool:
        """Leave the page, then the search, then the place; False in the city itself."""
        if self.has_class("-zoomed"):
            self.action_zoom()
            return True
        if self.query_one(FilterBar).clear():
            self._typed = ""
            if self._place is not None:
                self._list()
            self.table.focus()
            return True
        if self._place is None or not self._place.figures.path:
            return False
        here = self._place.figures.line.place.code
        self._go(self._place.figures.path[-1].code, here)
        self.table.focus()
        return True

    # finding

    def filtered(self, text: str) -> str:
        """Show the places that a word means; every word can be understood."""
        if text == self._typed or self._place is None:
            return ""
        self._typed = text
        if not text:
            self._list()
            return ""
        self.fetch("found", partial(read_found, text=text), partial(self._found, text))
        return ""

    def _found(self, text: str, found: list[FoundPlace]) -> None:
        if text != self._typed or self._place is None:
            return
        rows = [found_row(one, self._place.fair) for one in found]
        self._show(rows, FOUND)
        self._blank()

    # the place under the cursor

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.rest(self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Show the page beside the list where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")
        self.call_after_refresh(self._look)

    def action_zoom(self) -> None:
        """Give the page the whole width, and take it back."""
        self.toggle_class("-zoomed")
        zoomed = self.has_class("-zoomed")
        (self.query_one(FigurePage) if zoomed else self.table).focus()
        self.rest(self._look)

    def _look(self) -> None:
        """Read the place under the cursor, unless it is the one that is shown."""
        row = self.current
        if row is None or row.line is None or not self.query_one(FigurePage).display:
            return
        if self._shown is not None and self._shown.figures.line.place.code == row.code:
            self._write()
            return
        here = self._place
        if here is not None and here.figures.line.place.code == row.code:
            self._told(row.code, here)
        else:
            self.fetch("page", partial(read_place, code=row.code), partial(self._told, row.code))
        self.fetch("beside", partial(read_beside, code=row.code), partial(self._repeats, row.code))

    def _told(self, code: str, told: PlaceTold) -> None:
        row = self.current
        if row is not None and row.code == code:
            self._shown, self._beside = told, None
            self._write()

    def _repeats(self, code: str, beside: PlaceBeside) -> None:
        if self._shown is not None and self._shown.figures.line.place.code == code:
            self._beside = beside
            self._write()

    def _blank(self) -> None:
        self._shown = self._page = None
        self.query_one(FigurePage).put(Content(""))

    def _write(self) -> None:
        """Write the page of the place that was read, with what stands beside once it is there."""
        pane = self.query_one(FigurePage)
        if self._shown is None or not pane.display:
            return
        width = max(24, pane.scrollable_content_region.width)
        page = PlacePage(self._shown, self.host.symbols, width)
        page.head(self._beside)
        page.in_hand()
        page.done()
        page.plots()
        if self._beside is not None:
            page.beside(self._beside)
        else:
            page.waiting("正在算")
        self._page = page
        pane.show(page.sheet)

    @on(FigurePage.Opened)
    def _opened(self, news: FigurePage.Opened) -> None:
        if self._page is None or self._shown is None:
            return
        if news.opens == CELLS:
            self.app.push_screen(CellMattersScreen(self._shown.figures.line.place.code))
            return
        given = self._page.behind.get(news.opens)
        if given is not None:
            name = self._shown.figures.line.place.name
            self.host.open_matters(f"{name} · {news.opens.partition('#')[0]}", given)

    # acts

    def action_export(self) -> None:
        """Write the list as it is shown."""
        if self._place is None or self._typed:
            self.say("只能导出一个地方和它下面各处的数：先按 Esc 离开查找")
            return
        table, name = self.table, self._place.figures.line.place.name
        rows = [row for row in map(table.row, table.ids) if row is not None]

        def act(session: Session) -> str:
            written, path = write_places(session, rows, f"网格 · {name}")
            return f"已导出{written}行，在 {path}"

        self.work(act)
