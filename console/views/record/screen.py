"""The record screen: every event, searched, newest first, and the one under the cursor whole."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from console.frame import RECORD, Session, bindings
from console.views.record.asked import HINT, Asked, read_asked
from console.views.record.columns import COLUMNS, cells, plain, whole
from console.views.record.disclosed import DisclosedScreen, Span
from console.views.record.reading import (
    Beginning,
    read_beginning,
    read_event,
    read_lines,
    read_whole,
    write_trail,
)
from console.widgets import FilterBar, ListScreen, Page, Sheet, VirtualTable
from models.views import TrailFilter

if TYPE_CHECKING:
    from models.views import EventLine, WholeEvent


RANKED = ("edition", "flag")
"""Kinds of what is shown with the ranking."""


class RecordScreen(ListScreen["EventLine"]):
    """F8: the trail."""

    TITLE = "留痕"
    EMPTY = "还没有留痕"
    CSS_PATH = Path(__file__).with_name("record.tcss")
    BINDINGS = bindings(RECORD)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._asked = Asked(TrailFilter())
        self._run = 0
        self._event: WholeEvent | None = None

    def body(self) -> ComposeResult:
        """Lay out the filter, the list and the event beside it."""
        yield FilterBar(HINT)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, self._cells)
            yield Page(id="detail")

    def _cells(self, line: EventLine) -> list[tuple[str, str]]:
        assert self.session is not None
        return cells(line, self.session.now(), self.host.symbols)

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list."""
        self._read()

    def resumed(self) -> None:
        """Read again: something may have been recorded meanwhile."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Take a new snapshot; the cursor stays on its event."""
        self._read(fresh=False)

    def _read(self, *, fresh: bool = True) -> None:
        session = self.session
        if session is None:
            return
        self._run += 1
        filter = self._asked.filter
        self.workers.cancel_group(self, "list")
        session.interrupt("list")
        self.say("正在找留痕，请稍候")
        began = partial(self._began, self._run, filter, fresh)
        self.fetch("list", lambda session: read_beginning(session, filter), began)

    def _began(self, run: int, filter: TrailFilter, fresh: bool, found: Beginning) -> None:
        if run != self._run or self.session is None:
            return
        if fresh:
            self.table.restart(found.ids, found.lines)
        self.facts(self.session.now())
        self.fetch(
            "list",
            lambda session: read_whole(session, filter, found.through),
            partial(self._came, run, fresh, found.lines),
        )

    def _came(self, run: int, fresh: bool, lines: Mapping[int, EventLine], ids: array[int]) -> None:
        if run != self._run:
            return
        if fresh:
            self.table.extend(ids)
        else:
            self.table.show(ids, lines)
        told = "，最新的在前" if ids else "没有这样的留痕 · Esc 去掉筛选"
        self.say(f"{len(ids):,}条{told}" if ids else told)
        if not ids:
            self._event = None
            self._show_detail()

    @on(VirtualTable.RowsWanted)
    def _rows_wanted(self, news: VirtualTable.RowsWanted) -> None:
        self.fetch(
            "rows",
            lambda session: read_lines(session, news.ids),
            partial(self._supply, self._run),
        )

    def _supply(self, run: int, lines: Mapping[int, EventLine]) -> None:
        if run == self._run:
            self.table.supply(lines)

    # filter

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves."""
        if self.session is None:
            return ""
        asked = read_asked(text, self.session.now(), self.session.bureau.zone)
        if asked.filter != self._asked.filter:
            self._asked = asked
            self._read()
        return asked.fault

    def step_back(self) -> bool:
        """Give up the marks, then the filter."""
        if self.table.clear_marks():
            return True
        if not self.query_one(FilterBar).clear():
            return False
        self._asked = Asked(TrailFilter())
        self.table.focus()
        self._read()
        return True

    # the event under the cursor

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self.rest(self._read_detail)

    def on_resize(self) -> None:
        """Show the event if there is room for it now."""
        self.call_after_refresh(self._read_detail)

    def _read_detail(self) -> None:
        seq = self.table.current
        if seq is None or self.session is None or not self.query_one("#detail").display:
            return

        def read(event: WholeEvent | None) -> None:
            if seq == self.table.current:
                self._event = event
                self._show_detail()

        self.fetch("detail", lambda session: read_event(session, seq), read)

    def _show_detail(self) -> None:
        page = self.query_one("#detail", Page)
        if self._event is None or self.session is None:
            page.put(Content("没有这样的留痕\nEsc 去掉筛选"))
            return
        sheet = Sheet(page.content_size.width - 2, self.host.symbols.rule)
        whole(self._event, self.session.bureau.zone, sheet)
        page.put(sheet.content())
        page.scroll_home(animate=False)

    def action_zoom(self) -> None:
        """Give the list the whole width, and take it back."""
        self.toggle_class("-zoomed")
        self.call_after_refresh(self._read_detail)

    # who saw and took out what

    def action_disclosed(self) -> None:
        """Count looks and exports by person and day, in the days of the filter."""
        if self.session is not None:
            zone = self.session.bureau.zone
            span = Span.of(self._asked.filter, self.session.now(), zone)
            self.app.push_screen(DisclosedScreen(span, zone, self._narrow))

    def _narrow(self, text: str) -> None:
        """Show what a filter leaves, as if it had been typed."""
        self.query_one(FilterBar).put(text)
        self.filtered(text)

    # what may be done with it

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Go to the matter that the event is about."""
        line = self.current
        if line is None:
            return
        opens: dict[str, Callable[[int], None]] = {
            "ticket": self.host.open_ticket,
            "order": self.host.open_order,
            "unit": self.host.open_unit,
        }
        if line.kind in opens and line.subject_id is not None:
            opens[line.kind](line.subject_id)
        elif line.kind in RANKED:
            self.host.action_open("ranking")
        else:
            self.told(f"这一条记的是{line.subject}，没有可打开的页面", warning=True)

    def action_copy(self) -> None:
        """Copy the event under the cursor as one line."""
        if (line := self.current) is not None and self.session is not None:
            self.app.copy_to_clipboard(plain(line, self.session.bureau.zone))
            self.told(f"已复制第{line.seq:,}条")

    def action_export(self) -> None:
        """Write the list as it is shown into a file."""
        ids = self.table.ids
        title = f"留痕 {self.query_one(FilterBar).text}".rstrip()
        if self.session is not None:
            self.fetch(
                "export",
                lambda session: write_trail(session, ids, title),
                lambda done: self.told(f"已导出{done[0]:,}条：{done[1]}"),
            )
