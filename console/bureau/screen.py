"""单位: every unit with what it has in hand; from here to its page, and to reminding it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console.bureau.columns import (
    COLUMNS,
    HEADINGS,
    NARROWED,
    ORDERS,
    UnitRow,
    cells,
    in_order,
)
from console.bureau.gathering import (
    day_lists,
    handouts,
    read_coming,
    read_last_week,
    read_units,
    to_urge,
)
from console.casework import CaseworkScreen, Which, unit_choice
from console.frame import UNITS, Session, StatusLine, bindings
from console.widgets import Choice, Confirming, FilterBar, ListScreen, StepMenu, VirtualTable

if TYPE_CHECKING:
    from models.ranking import UnitPlace
    from models.views import ComingRed, QueueMoment

PAPERS = (
    ("day", "当日交办清单：今天交办、还在办的件"),
    ("handout", "单位办理表：在办的件，填好后收回"),
)

_WRITTEN = {
    "day": (
        "当日交办清单",
        "列今天交办、还在办的件，每个单位 .docx .xlsx 各一份；"
        "除保密件、举报件外载有诉求人姓名、电话、地址，逐件留痕。",
        day_lists,
    ),
    "handout": (
        "单位办理表",
        "列在办的件和要填的栏，每个单位一份 .xlsx，不载诉求人；"
        "单位填好发回，用“导入”收回。逐份留痕。",
        handouts,
    ),
}


class UnitsScreen(ListScreen[UnitRow], CaseworkScreen):
    """F7: the units. With ``4`` only those of which something turns red next, with all of that."""

    TITLE = "单位"
    CSS_PATH = Path(__file__).with_name("bureau.tcss")
    BINDINGS = bindings(UNITS)
    ORDERS: ClassVar[Mapping[str, str]] = ORDERS
    HEADINGS: ClassVar[Mapping[str, str]] = HEADINGS
    sorted_by = "group"

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._moment: QueueMoment | None = None
        self._rows: dict[int, UnitRow] = {}
        self._places: Mapping[int, UnitPlace] = {}
        self._narrowed = ""
        self._typed = ""
        self._words: dict[int, Choice[int]] = {}

    def body(self) -> ComposeResult:
        """Lay out what the list shows, its filter and the list."""
        yield Static("正在读单位", id="units-told", markup=False)
        yield FilterBar("单位名称的一部分、拼音首字母、别名或代码")
        yield self.list_of(COLUMNS, cells)

    # reading

    def begin(self, session: Session) -> None:
        """Read the units."""
        self._words = {unit.id: unit_choice(unit, unit.id) for unit in session.bureau.units}
        self.action_refresh()

    def resumed(self) -> None:
        """Show what was done on another screen."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the units again; the cursor stays on its unit."""
        self._run += 1
        self.fetch("units", read_units, partial(self._units_read, self._run))
        self.fetch("places", read_last_week, partial(self._places_read, self._run))

    def _units_read(self, run: int, found: tuple[QueueMoment, dict[int, UnitRow]]) -> None:
        if run != self._run or self.session is None:
            return
        self._moment, self._rows = found
        self.facts(self._moment.now.astimezone(self.session.bureau.zone))
        self._place()
        self._list(fresh=False)

    def _places_read(self, run: int, places: Mapping[int, UnitPlace]) -> None:
        if run == self._run:
            self._places = places
            self._place()
            self._show()

    def _place(self) -> None:
        self._rows = {id: replace(r, place=self._places.get(id)) for id, r in self._rows.items()}

    def _list(self, *, fresh: bool) -> None:
        """Show the list; what turns red next is read first, where that is shown."""
        moment = self._moment
        if self._narrowed != "next" or moment is None:
            self._show(fresh=fresh)
            return
        came = partial(self._coming_read, self._run, fresh)
        self.fetch("coming", lambda session: read_coming(session, moment), came)

    def _coming_read(self, run: int, fresh: bool, found: Mapping[int, list[ComingRed]]) -> None:
        if run == self._run and self._narrowed == "next":
            self._rows = {
                id: replace(row, coming=tuple(found.get(id, ()))) for id, row in self._rows.items()
            }
            self._show(fresh=fresh)

    # showing

    def _show(self, *, fresh: bool = False) -> None:
        ids = array("q", (row.id for row in self._listed()))
        rows = {id: self._rows[id] for id in ids}
        if fresh:
            self.table.restart(ids, rows)
        else:
            self.table.show(ids, rows)
        self.query_one("#units-told", Static).update(self._told_of(len(ids)))

    def _listed(self) -> list[UnitRow]:
        """Return the units that are shown, in their order."""
        left = [
            row
            for row in self._rows.values()
            if self._found(row.id) and (not self._narrowed or getattr(row.load, self._narrowed))
        ]
        usual = self._narrowed == "next" and self.sorted_by == "group"
        return in_order(left, "next" if usual else self.sorted_by, descending=self.descending)

    def _found(self, id: int) -> bool:
        """Return whether what is typed finds a unit."""
        typed, words = "".join(self._typed.split()).lower(), self._words.get(id)
        return not typed or (words is not None and words.found_by(typed) is not None)

    def _told_of(self, count: int) -> str:
        if self._narrowed == "next":
            coming = sum(row.load.next for row in self._listed())
            told = f"下一工作日转红 {coming:,}件，{count}个单位 · b 催办光标或标记的单位"
        else:
            told = f"{count}个{NARROWED.get(self._narrowed, '单位')}"
        return told if self.sorted_by == "group" else f"{told} · 按{self.ordered}"

    def nothing(self) -> str:
        """Return what stands where there is no unit."""
        if self.table.state != "read" or not self._rows:
            return super().nothing()
        if self._typed:
            return f"没有找到“{self._typed}” · Esc 去掉筛选"
        if self._narrowed == "next":
            return "下一工作日没有要转红的事项 · 0 看全部单位"
        return f"没有{NARROWED.get(self._narrowed, '单位')} · 0 看全部单位"

    def action_narrow(self, what: str) -> None:
        """Show the units with some of a kind, or all of them."""
        self._narrowed = what
        self.table.spend_marks()
        self._list(fresh=True)

    def reordered(self) -> None:
        """Show the list in its new order."""
        self._show(fresh=True)

    # the filter

    def filtered(self, text: str) -> str:
        """Show the units that a name or initials find."""
        self._typed = text
        self._show(fresh=True)
        return ""

    @on(FilterBar.Left)
    def _open_the_only_one(self) -> None:
        """Open a unit that alone is left."""
        self.filtered(self.query_one(FilterBar).text)
        if self._typed and len(self.table.ids) == 1:
            self.host.open_unit(self.table.ids[0])

    def step_back(self) -> bool:
        """Give up, one after the other: the marks, the filter, what it is narrowed to."""
        if self.table.clear_marks():
            return True
        if self.query_one(FilterBar).clear() or self._narrowed:
            if not self._typed:
                self._narrowed = ""
            self._typed = ""
            self.table.focus()
            self._show(fresh=True)
            return True
        return False

    # opening, reminding

    @on(VirtualTable.Opened)
    def _opened(self, news: VirtualTable.Opened) -> None:
        self.host.open_unit(news.id)

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        marks = self.table.marks.ids
        self.query_one(StatusLine).marks = f"已标记{len(marks)}个单位" if marks else ""

    def action_steps(self, family: str = "") -> None:
        """Remind the units under the cursor or marked of what turns red next."""
        if self._narrowed != "next":
            self.say("先按 4 看下一工作日转红的单位，再按 b 催办")
            return
        rows = self.chosen
        helped = sum(not one.led for row in rows for one in row.coming)
        if rows and not to_urge(rows):
            self.say("将转红的都是协办件：到主办单位那里催")
            return
        if helped:
            self.say(f"其中{helped}件是协办，到主办单位那里催")
        super().action_steps(family)

    def action_papers(self) -> None:
        """Offer what can be written for the units under the cursor or marked."""
        if self.chosen:
            self.ask(StepMenu(f"给{self._whom} 的", PAPERS), self._confirm_paper)
        else:
            self.say("没有单位：先把光标移到一个单位上")

    @property
    def _whom(self) -> str:
        rows = self.chosen
        return rows[0].contact.name if len(rows) == 1 else f"{len(rows)}个单位"

    def _confirm_paper(self, what: str) -> None:
        if not self.may(what):
            return
        name, sentence, write = _WRITTEN[what]
        units = [row.contact for row in self.chosen]
        self.ask(
            Confirming(f"{name} {self._whom}", sentence, act="制发"),
            lambda _: self.work(partial(write, units)),
        )

    def which(self) -> Which:
        """Return what of the chosen units turns red next, as it was read with the list."""
        chosen = to_urge(self.chosen)
        return Which(len(chosen), lambda session: chosen)

    def acted(self) -> None:
        """Show what an act changed."""
        self.table.spend_marks()
        self.action_refresh()

    def refused(self) -> None:
        """Show what is true now; the marks stay."""
        self.action_refresh()
