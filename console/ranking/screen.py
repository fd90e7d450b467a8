"""The ranking screen: one period's board, moving between periods, flags, export, publication."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from console import widgets
from console.frame import RANKING, Session, bindings
from console.ranking.board import (
    COLUMNS,
    Board,
    Row,
    board,
    draft,
    export,
    export_view,
    flags,
    neighbour,
    opening_period,
    publish,
)
from console.widgets import Confirming, Dialog, ListScreen, VirtualTable
from models import ranking

if TYPE_CHECKING:
    from models.ranking import FlagView
    from rules.ranking import Kind, Period


ROOMY = 134
"""Cells from which the unit under the cursor stands beside the table."""


class RankingScreen(ListScreen[Row]):
    """F3: the ranking."""

    TITLE = "排名"
    EMPTY = "这一期没有单位 · - = 换一期"
    CSS_PATH = Path(__file__).with_name("ranking.tcss")
    BINDINGS = bindings(RANKING)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._board: Board | None = None

    def body(self) -> ComposeResult:
        """Lay out the period, the table, the unit beside it and the terms."""
        yield Static("", id="period", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, lambda row: row.cells, heads=lambda id: id < 0)
            with VerticalScroll(id="unit", can_focus=False):
                yield Static("", markup=False)
        yield Static("", id="terms", markup=False)

    # reading

    def begin(self, session: Session) -> None:
        """Open on the last complete week."""
        self._open("week")

    def _open(self, kind: Kind) -> None:
        self._read(lambda session: opening_period(session, kind))

    def action_refresh(self) -> None:
        """Read the same period again."""
        if self._board is not None:
            period = self._board.view.period
            self._read(lambda _: period)

    def action_kind(self, kind: Kind) -> None:
        """Show weeks, or months."""
        self._open(kind)

    def action_period(self, by: int) -> None:
        """Go to the period before, or the one after."""
        if self._board is not None:
            period = self._board.view.period
            self._read(lambda session: neighbour(session, period, by))

    def _read(self, which: Callable[[Session], Period | None]) -> None:
        def read(session: Session) -> Board | None:
            period = which(session)
            return None if period is None else board(session, period)

        self._run += 1
        self.fetch("board", read, partial(self._board_read, self._run))

    def _board_read(self, run: int, now: Board | None) -> None:
        if now is None:
            self.say("已是最近一个完整的期间，本期还没有结束")
            return
        if run != self._run or self.session is None:
            return
        before = self._board
        kept = before is not None and before.view.period.kind == now.view.period.kind
        self._board = now
        rows = {row.id: row for row in now.rows}
        ids = array("q", rows)
        if kept:
            self.table.show(ids, rows)
        else:
            self.table.restart(ids, rows)
            self.table.cursor = 1
        self.query_one("#period", Static).update(_headline(now))
        self.query_one("#terms", Static).update("；".join(now.view.notes))
        self.facts(now.view.computed_at.astimezone(self.session.bureau.zone))

    # the unit under the cursor

    @on(VirtualTable.Moved)
    def _moved(self, news: VirtualTable.Moved) -> None:
        if self._board is None or news.id is None:
            return
        told = Text()
        for title, words in self._board.details.get(news.id, ()):
            told.append(f"{title} ", "dim").append(f"{words}\n")
        self.query_one("#unit Static", Static).update(told)

    def on_resize(self, event: events.Resize) -> None:
        """Show the unit beside the table where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")

    def step_back(self) -> bool:
        """Give up the marks."""
        return bool(self.table.clear_marks())

    def unit_here(self) -> int | None:
        """Return the unit of the row under the cursor; a group's heading is none."""
        row = self.current
        return row.id if row is not None and row.id > 0 else None

    # acts

    def action_flags(self) -> None:
        """Show who must be supervised."""
        if self._board is not None:
            period = self._board.view.period
            self.question(lambda session: flags(session, period), self._flagged)

    def _flagged(self, found: list[FlagView]) -> None:
        self.ask(FlagList(found), self._draft)

    def _draft(self, flag: FlagView) -> None:
        def act(session: Session) -> str:
            drafted = draft(session, flag)
            if drafted.orders:
                return f"已为{flag.unit}拟制督办单草稿 · F4 查看签发"
            return "没有拟制：" + "；".join(f"{s.number} {s.reason}" for s in drafted.skipped)

        self.work(act)

    def action_export_edition(self) -> None:
        """Write the whole edition into its folder."""
        if self._board is not None:
            view = self._board.view
            self.work(lambda session: f"全套已写入 {export(session, view)}")

    def action_export_view(self) -> None:
        """Write the table alone."""
        if self._board is not None:
            view = self._board.view
            self.work(lambda _: f"已写入 {export_view(view)}")

    def action_publish(self) -> None:
        """Publish: a second time with a reason, and only on typing the count of units."""
        if self._board is None:
            return
        if not self._board.view.published:
            self._confirm(None)
            return
        title = f"{self._board.view.period.label} 已发布，再次发布为修订"
        self.ask(widgets.Writing(title, "修订的理由"), self._confirm)

    def _confirm(self, reason: str | None) -> None:
        assert self._board is not None
        view, units = self._board.view, self._board.units

        def act(session: Session) -> str:
            done, folder = publish(session, view.period, reason)
            return f"已发布 {done.period.label} 第{done.issue}期 · 全套在 {folder}"

        self.ask(
            Confirming(
                f"发布 {view.period.label}",
                f"{units}个单位的位次随即冻结，编定期号，生成通报、工作簿等全套文件。",
                undo="发布后不能撤销，只能写明理由再次发布（修订）",
                type_this=str(units),
            ),
            lambda _: self.work(act, (lambda: self._confirm(reason)) if reason else None),
        )

    def done(self) -> None:
        """Read the period again."""
        self.action_refresh()


def _headline(shown: Board) -> str:
    view = shown.view
    state = f"已发布 第{view.issue}期" if view.published else "未发布"
    revised = f"（第{view.revision}次修订）" if view.revision > 1 else ""
    total = view.total
    latest = "" if shown.latest else " · 往期"
    return (
        f"{view.period.label} · {state}{revised}{latest}    {shown.units}个单位 · "
        f"评价{total.rated}件 不满意{total.unsatisfied}件 · 应办结{total.due}件"
    )


class FlagList(Dialog["FlagView"]):
    """Who must be supervised; gives back the flag an order is to be drafted for."""

    FRAME = "dialog wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,f,ｆ", "give_up", "返回", id="flags.back"),
        Binding("d,ｄ", "draft", "拟制督办单", id="flags.draft"),
        Binding("j", "move(1)", "下一项", id="flags.down"),
        Binding("k", "move(-1)", "上一项", id="flags.up"),
    ]

    def __init__(self, flags: Sequence[FlagView]) -> None:
        """``flags`` in the order they are listed."""
        super().__init__(f"预警 {len(flags)} 项", "d 或回车拟制督办单 · Esc 返回")
        self._flags = tuple(flags)

    def inside(self) -> ComposeResult:
        """Lay out the flags, each with its evidence."""
        options = [Option(_as_text(flag), id=str(at)) for at, flag in enumerate(self._flags)]
        if options:
            yield OptionList(*options, markup=False)
        else:
            yield Static(Text("没有连续末位的单位，也没有长期未解决的突出诉求"))

    def action_move(self, by: int) -> None:
        """Go to the next flag or the one before."""
        for options in self.query(OptionList):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_draft(self) -> None:
        """Give back the flag under the cursor."""
        for options in self.query(OptionList):
            if options.highlighted is not None:
                self.dismiss(self._flags[options.highlighted])

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._flags[event.option_index])


def _as_text(flag: FlagView) -> Text:
    guess = " · 预判（含未发布的月份）" if flag.provisional else ""
    order = f" · 已拟 {flag.order}" if flag.order else ""
    told = Text(f"{flag.unit} · {ranking.RULES[flag.rule]}{guess}{order}", "bold")
    for line in flag.evidence:
        told.append(f"\n  {line}", "not bold")
    return told
