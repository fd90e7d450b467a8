"""A unit: the page that answers a leader's call, over the screen it was opened from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from console.bureau.door_lines import write_doors
from console.bureau.gathering import (
    Given,
    Standing,
    read_done,
    read_places,
    read_standing,
    read_weeks,
)
from console.bureau.signs import TITLE, Found, read_signs, write_signs
from console.bureau.unitpage import ORDERS, TICKET, UnitPage
from console.frame import UNIT, FullScreen, Refusal, Session, bindings
from console.widgets import FigurePage, halves

if TYPE_CHECKING:
    from models.ranking import UnitPeriod, UnitPlaces
    from models.views import UnitDone

WIDE = 100
"""Cells from which what is now stands beside what was."""


class UnitScreen(FullScreen):
    """One unit; what is now is read first, then what it did, its weeks, its places."""

    TITLE = "单位"
    CSS_PATH = Path(__file__).with_name("bureau.tcss")
    BINDINGS = bindings(UNIT)

    def __init__(self, unit_id: int) -> None:
        """``unit_id`` is the unit's."""
        super().__init__()
        self._unit_id = unit_id
        self._runs = Counter[str]()
        self._behind: dict[str, Given] = {}
        self._failed: dict[str, str] = {}
        self._standing: Standing | None = None
        self._done: UnitDone | None = None
        self._weeks: list[UnitPeriod] | None = None
        self._places: UnitPlaces | None = None
        self._signs: Found | None = None

    def body(self) -> ComposeResult:
        """Lay out the page."""
        yield FigurePage(id="unit-page")

    def on_mount(self) -> None:
        """Put the hand on the page."""
        self._page.focus()
        self._page.put(Content("正在读这个单位"))

    @property
    def _page(self) -> FigurePage:
        return self.query_one(FigurePage)

    # reading

    def begin(self, session: Session) -> None:
        """Read the unit."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the unit again; what was read is shown until then."""
        self._read("standing", read_standing)
        self._read("done", read_done)
        self._read("weeks", read_weeks)
        self._read("places", read_places)
        self._read("signs", read_signs)

    def resumed(self) -> None:
        """Show what was done on a screen above; past weeks and places it did not change."""
        self._read("standing", read_standing)
        self._read("done", read_done)

    def _read(self, part: str, read: Callable[[Session, int], Any]) -> None:
        self._runs[part] += 1
        self._failed.pop(part, None)
        unit_id, then = self._unit_id, partial(self._came, self._runs[part], part)
        self.fetch(part, lambda session: read(session, unit_id), then)

    def _came(self, run: int, part: str, brought: Any) -> None:
        if run == self._runs[part]:
            setattr(self, f"_{part}", brought)
            self._show()

    def on_refusal(self, message: Refusal) -> None:
        """Say on the page, too, what could not be read."""
        self._failed[message.group] = message.line
        super().on_refusal(message)
        self._show()

    # showing

    def on_resize(self) -> None:
        """Lay the page out anew."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        session, standing = self.session, self._standing
        if session is None:
            return
        if standing is None:
            if "standing" in self._failed:
                self._page.put(Content(f"{self._failed['standing']} · 按 r 再读"))
            return
        self.facts(standing.moment.now.astimezone(session.bureau.zone))
        room = self._page.scrollable_content_region.width
        wide = room >= WIDE
        signs = self.host.symbols
        left, right = halves(room) if wide else (room, room)
        now = UnitPage(session, standing, signs, left)
        then = UnitPage(session, standing, signs, right) if wide else now
        self._write_now(now)
        self._write_then(then)
        self._behind = now.behind | then.behind
        sheet = now.sheet.beside(then.sheet, signs.wall) if wide else now.sheet
        self._page.show(sheet)

    def _write_now(self, page: UnitPage) -> None:
        page.contact()
        page.load()
        page.late()
        page.coming()
        page.orders()
        page.reminders()

    def _write_then(self, page: UnitPage) -> None:
        if self._weeks is not None:
            page.weeks(self._weeks)
        else:
            self._missing(page, "weeks", "每周按时办结率、群众满意率")
        if self._places is not None:
            page.places(self._places)
        else:
            self._missing(page, "places", "位次")
        if self._done is not None:
            page.ratings(self._done)
            write_doors(page, self._done)
            page.times(self._done)
        else:
            self._missing(page, "done", "近90天的评价和办理用时")
        if self._signs is not None:
            write_signs(page, self._signs)
        else:
            self._missing(page, "signs", TITLE)

    def _missing(self, page: UnitPage, part: str, title: str) -> None:
        failed = self._failed.get(part)
        page.waiting(title, f"{failed} · 按 r 再读" if failed else "正在算")

    # opening

    @on(FigurePage.Opened)
    def _opened(self, news: FigurePage.Opened) -> None:
        if news.opens.startswith(TICKET):
            self.host.open_ticket(int(news.opens.removeprefix(TICKET)))
        elif news.opens == ORDERS:
            self.host.action_open("orders")
        elif self._standing is not None and (given := self._behind.get(news.opens)) is not None:
            name = self._standing.now.contact.short_name
            self.host.open_matters(f"{name} · {news.opens}", given)
