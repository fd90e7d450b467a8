"""回看: what rules that are tried out would have made of a past period, a row for each unit."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console.clocks.hindsight import AS_IT_WAS, changed, rates, sums
from console.frame import PAST, Session, bindings
from console.widgets import Asking, Cell, Column, ListScreen, VirtualTable
from rules.ranking import UnitThen, last_complete, parse_period

if TYPE_CHECKING:
    from models.ranking import Hindsight
    from rules.ranking import Period

LookBack = Callable[[Session, "Period"], "Hindsight"]
"""Counts a past period again by the rules that are tried out."""

COLUMNS = (
    Column("单位", 14, frozen=True),
    Column("应办结", 11),
    Column("逾期", 11),
    Column("按时办结率", 17),
    Column("按时名次", 9),
    Column("满意名次", 9),
    Column("组别", 8),
)


def cells(unit: UnitThen) -> list[Cell]:
    """Return the cells of a unit, one for each of ``COLUMNS``; what would be worse stands out."""
    was, would = unit.was.tally, unit.would.tally
    tone = "" if unit.changed else "dim"
    worse = "red" if unit.late_then > unit.late else tone
    return [
        (unit.was.unit, tone),
        (changed(was.due, would.due), tone),
        (changed(unit.late, unit.late_then), worse),
        (rates(unit), tone),
        (changed(unit.on_time_place, unit.on_time_place_then), tone),
        (changed(unit.was.place, unit.would.place), tone),
        (unit.was.group, "dim"),
    ]


class PastScreen(ListScreen[UnitThen]):
    """A past period by other rules, over the calendar."""

    TITLE = "回看"
    BINDINGS = bindings(PAST)
    MARKABLE = False
    EMPTY = "这一期没有单位 · p 换一期"
    CSS = "PastScreen #told { height: auto; max-height: 10; padding: 0 1; }"

    def __init__(self, named: str, look_back: LookBack) -> None:
        """``named`` is what the rules are called that are tried out."""
        super().__init__()
        self._named = named
        self._look_back = look_back
        self._wanted = "last"

    def body(self) -> ComposeResult:
        """Lay out the sums and the units."""
        yield Static("", id="told", markup=False)
        yield self.list_of(COLUMNS, cells)

    def begin(self, session: Session) -> None:
        """Count the period that is wanted again; a late answer for another one is dropped."""
        wanted = self._wanted
        self.say(f"正在回看{self.host.symbols.ellipsis}")

        def look(session: Session) -> Hindsight:
            zone = session.bureau.zone
            if wanted == "last":
                return self._look_back(session, last_complete("quarter", session.now(), zone))
            return self._look_back(session, parse_period(wanted, zone))

        def shown(told: Hindsight) -> None:
            if wanted == self._wanted:
                self._show(told)

        self.fetch("list", look, shown)
        self.facts(session.now())

    def action_refresh(self) -> None:
        """Count it again."""
        if self.session is not None:
            self.begin(self.session)

    def action_period(self) -> None:
        """Ask which period to look back at."""
        self.ask(
            Asking(
                "回看哪一期",
                "2026-Q3、2026-10 或 2026-W45",
                note="不写为上季度 · 回车回看，不作任何改动 · Esc 返回",
                optional=True,
            ),
            self._choose,
        )

    def _choose(self, typed: str) -> None:
        self._wanted = typed.strip() or "last"
        self.action_refresh()

    def _show(self, told: Hindsight) -> None:
        self.say("")
        text = Text(f"回看 {told.period.titled} · {self._named}\n")
        text.stylize("bold")
        text.append("\n".join(sums(told)))
        text.append(f"\n{AS_IT_WAS}", "dim")
        self.query_one("#told", Static).update(text)
        rows = {unit.was.unit_id: unit for unit in told.units}
        self.table.restart(array("q", rows), rows)

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Show the unit under the cursor."""
        if self.current is not None:
            self.host.open_unit(self.current.was.unit_id)
