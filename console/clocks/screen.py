"""The calendar screen: versions, a rehearsal of another calendar, loading and taking back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console import widgets
from console.clocks.beside import differences, in_brief
from console.clocks.looking_back import PastScreen
from console.clocks.rehearsed import most_affected, summary
from console.clocks.tried import Tried, load, shelf, try_builtin, try_files, try_policy, undo
from console.frame import (
    CALENDAR,
    SHORT_STEPS,
    Header,
    Refusal,
    Session,
    Symbols,
    bindings,
    colour_word,
    tail,
)
from console.widgets import Asking, Cell, Column, Confirming, ListScreen, VirtualTable
from rules.clocks import STEP_NAMES, Limit, short_due

if TYPE_CHECKING:
    from models.clocks import CalendarView, SampleRow


NUMBER = 13

COLUMNS = (
    Column("颜色", 13, frozen=True),
    Column("编号", NUMBER),
    Column("原到期", 13),
    Column("新到期", 13),
    Column("单位", 10, most=14),
    Column("步骤", 4),
    Column("时限", 10),
    Column("事项", 16, most=60, later=True),
)


def cells(row: SampleRow, zone: tzinfo, symbols: Symbols) -> list[Cell]:
    """Return the cells of a row, one for each of ``COLUMNS``."""
    before, after = (colour_word(c, symbols) for c in (row.colour_before, row.colour_after))
    return [
        (after if before == after else f"{before} → {after}", row.colour_after or "dim"),
        (tail(row.number, NUMBER, symbols.ellipsis), "dim"),
        (_due(row.due_before, row.provisional_before, zone), "dim"),
        (_due(row.due_after, row.provisional_after, zone), ""),
        (row.unit, ""),
        (SHORT_STEPS.get(row.step, STEP_NAMES.get(row.step, row.step)), "dim"),
        (Limit.parse(row.limit_text).label, "dim"),
        (row.title, "dim"),
    ]


def _due(instant: datetime, provisional: bool, zone: tzinfo) -> str:
    return short_due(instant.astimezone(zone)) + ("暂" if provisional else "")


def _next_step(tried: Tried) -> str:
    """Return what may be done with what is tried out."""
    if tried.days is None:
        return "按 p 回看上季度，按 n 放弃；装入用命令 duban policy load"
    if tried.told.changed:
        return "按 y 装入，按 p 回看上季度，按 n 放弃"
    return "在办时限无一变动；按 y 仍可装入，按 p 回看上季度"


SHELVED = 5
"""Versions shown at once."""

BLANK = (
    "国务院办公厅每年11月前后公布下一年放假安排。\n"
    "按 i 试算：写通知全文的路径（.txt .docx .html），或 .ics、holiday-cn 的 .json；\n"
    "先看读到哪几天、与现行日历差在哪里、哪些在办时限会变，再决定是否装入。\n"
    "按 t 试算规则文件（.toml）；试算以后按 p，看上季度若按它办会怎样。\n"
    "试算不作任何改动。"
)


class CalendarScreen(ListScreen["SampleRow"]):
    """日历: reached from the palette."""

    TITLE = "日历"
    EMPTY = "没有变动的时限"
    CSS_PATH = Path(__file__).with_name("calendar.tcss")
    BINDINGS = bindings(CALENDAR)

    def __init__(self) -> None:
        """Nothing is tried out yet."""
        super().__init__()
        self._tried: Tried | None = None

    def body(self) -> ComposeResult:
        """Lay out the versions, the sums of the rehearsal and its rows."""
        yield Static("", id="shelf", markup=False)
        yield Static("", id="told", markup=False)
        yield self.list_of(COLUMNS, self._cells)
        yield Static(BLANK, id="blank", markup=False)

    # reading

    def begin(self, session: Session) -> None:
        """Read the versions."""
        self.fetch("shelf", shelf, self._shelved)
        self.facts(session.now())

    def _shelved(self, versions: Sequence[CalendarView]) -> None:
        assert self.session is not None
        zone, line = self.session.bureau.zone, Text(no_wrap=True, overflow="ellipsis")
        for place, view in enumerate(versions[:SHELVED]):
            mark, look = ("     ", "dim") if place else ("现行 ", "bold")
            loaded = f"{view.loaded_at.astimezone(zone):%Y-%m-%d}"
            line.append("\n" if place else "")
            line.append(f"{mark}第{view.version}版  法定至 {view.official_through or '—'}", look)
            line.append(f"  {loaded} {view.reason or '建库'} · {view.source}", "dim")
        self.query_one("#shelf", Static).update(line)

    # the rehearsal

    def action_rehearse(self) -> None:
        """Ask for the files of new years, and try them out."""
        what = "放假通知（.txt .docx .html）、.ics 或 .json 的路径，可写多个"
        self._ask_for("试算年度日历", what, try_files)

    def action_builtin(self) -> None:
        """Try out the calendar that came with the program."""
        self._try(try_builtin)

    def action_policy(self) -> None:
        """Ask for a policy file, and try it out."""
        self._ask_for("试算规则文件", "规则文件（.toml）的路径", try_policy)

    def _ask_for(self, title: str, what: str, job: Callable[[Session, str], Tried]) -> None:
        """Ask for a path, and try out what is there."""
        note = "回车试算，不作任何改动 · Esc 返回"
        self.ask(
            Asking(title, what, note=note),
            lambda typed: self._try(lambda session: job(session, typed)),
        )

    def action_past(self) -> None:
        """Look back at a past period by what is tried out."""
        if self._tried is None:
            self.say("先按 i、b 或 t 试算，再回看已结束的一期")
            return
        self.app.push_screen(PastScreen(self._tried.named, self._tried.look_back))

    def on_refusal(self, message: Refusal) -> None:
        """Show why it was refused; nothing is under way any more."""
        self.say("")
        super().on_refusal(message)

    def _try(self, how: Callable[[Session], Tried]) -> None:
        if self.session is not None:
            self.say("正在试算..")
            self.fetch("try", how, self._rehearsed)

    def _rehearsed(self, tried: Tried) -> None:
        self.say("")
        self._show(tried)

    def _show(self, tried: Tried | None) -> None:
        self._tried = tried
        self.set_class(tried is not None, "-tried")
        if tried is None:
            self.query_one("#told", Static).update("")
            return
        signs, told = self.host.symbols, tried.told
        read = [*in_brief(tried.beside), *differences(tried.beside)] if tried.beside else []
        lines = [f"试算 {tried.named}", *read, *summary(told, lambda c: colour_word(c, signs))]
        if told.units:
            lines.append(f"变动最多：{most_affected(told, 6)}")
        if told.changed > len(told.rows):
            lines.append(f"下列 {len(told.rows)} 个为例，先列变色的，再列移动最远的")
        lines.append(_next_step(tried))
        line = Text("\n".join(lines), no_wrap=True, overflow="ellipsis")
        line.stylize("bold", 0, len(lines[0]))
        self.query_one("#told", Static).update(line)
        rows = dict(enumerate(told.rows, 1))
        self.table.restart(array("q", rows), rows)
        self.table.focus()

    def _cells(self, row: SampleRow) -> list[tuple[str, str]]:
        assert self.session is not None
        return cells(row, self.session.bureau.zone, self.host.symbols)

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        """Show the appeal under the cursor."""
        row = self.current
        if row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)

    def action_drop(self) -> None:
        """Give the rehearsal up."""
        self._show(None)

    def step_back(self) -> bool:
        """Give up the rehearsal, if there is one."""
        if self._tried is None:
            return False
        self._show(None)
        return True

    # loading

    def action_load(self) -> None:
        """Ask for the reason, then once more, and load what was tried out."""
        tried = self._tried
        if tried is None:
            self.say("先按 i 或 b 试算，再装入")
            return
        told, days = tried.told, tried.days
        if days is None:
            self.say("规则文件在命令行装入：duban policy load 文件 --reason 理由")
            return
        self._ask_twice(
            "装入日历",
            f"装入日历 {tried.named}",
            f"现行日历将换成 {tried.named}：{told.changed:,}个在办时限变动，每件留痕写明理由。"
            "已发布的通报不动。",
            "可再按 z 恢复上一版",
            lambda session, reason: load(session, days, reason),
        )

    def action_undo(self) -> None:
        """Ask for the reason, then once more, and load the version before again."""
        self._ask_twice(
            "恢复上一版日历",
            "恢复上一版日历",
            "上一版日历将作为新的一版装入，在办时限随之复原，每件留痕写明理由。",
            "可再按 z 换回来",
            undo,
        )

    def _ask_twice(
        self, title: str, reason: str, sentence: str, back: str, act: Callable[[Session, str], str]
    ) -> None:
        def work(why: str) -> None:
            self.say("正在重算在办时限..")
            self.work(lambda session: act(session, why), lambda: again(why))

        def again(why: str) -> None:
            self._ask_twice(title, why, sentence, back, act)

        self.ask(
            widgets.Writing(title, "理由，记入每件的留痕", value=reason),
            lambda why: self.ask(
                Confirming(title, sentence, act="装入", undo=back), lambda _: work(why)
            ),
        )

    def done(self) -> None:
        """Show the calendar now in force, in the header too."""
        assert self.session is not None
        self.say("")
        self._show(None)
        for screen in self.app.screen_stack:
            for header in screen.query(Header):
                header.bureau = self.session.bureau
        self.begin(self.session)
