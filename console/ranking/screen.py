"""The ranking screen: one period's board, moving between periods, flags, export, publication."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from console.frame import RANKING, FullScreen, Say, Session, bindings, start
from console.ranking.board import (
    COLUMNS,
    Board,
    board,
    cells,
    draft,
    export,
    export_view,
    flags,
    neighbour,
    opening_period,
    publish,
)
from console.ranking.flag_list import FlagList
from console.widgets import Asking, Confirming, VirtualTable

if TYPE_CHECKING:
    from models.ranking import FlagView
    from rules.ranking import Kind, Period


ROOMY = 134
"""Cells from which the unit under the cursor stands beside the table."""


class RankingScreen(FullScreen):
    """F3: the ranking."""

    TITLE = "排名"
    CSS_PATH = Path(__file__).with_name("ranking.tcss")
    BINDINGS = bindings(RANKING)

    @dataclass
    class BoardRead(Message):
        """The ranking of the period that was asked for."""

        run: int
        board: Board

    @dataclass
    class Nothing(Message):
        """There is no period in that direction."""

    @dataclass
    class Flagged(Message):
        """Who must be supervised."""

        flags: list[FlagView]

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._board: Board | None = None

    def body(self) -> ComposeResult:
        """Lay out the period, the table, the unit beside it and the terms."""
        signs = self.host.symbols
        yield Static("", id="period", markup=False)
        with Horizontal(id="panes"):
            yield VirtualTable(COLUMNS, cells, mark=signs.mark, ellipsis=signs.ellipsis, id="list")
            with VerticalScroll(id="unit", can_focus=False):
                yield Static("", markup=False)
        yield Static("", id="terms", markup=False)

    def on_mount(self) -> None:
        """Put the hand on the list."""
        self.table.focus()

    @property
    def table(self) -> VirtualTable:
        """The list."""
        return self.query_one(VirtualTable)

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
        session = self.session
        if session is None:
            return
        self._run += 1
        run = self._run

        def job(say: Say) -> None:
            period = which(session)
            found = None if period is None else board(session, period)
            say(self.Nothing() if found is None else self.BoardRead(run, found))

        start(self, "board", job)

    @on(Nothing)
    def _nothing(self) -> None:
        self.say("已是最近一个完整的期间，本期还没有结束")

    @on(BoardRead)
    def _board_read(self, news: BoardRead) -> None:
        if news.run != self._run or self.session is None:
            return
        before, now = self._board, news.board
        kept = before is not None and before.view.period.kind == now.view.period.kind
        self._board = now
        rows = {row.id: row for row in news.board.rows}
        ids = array("q", rows)
        if kept:
            self.table.show(ids, rows)
        else:
            self.table.restart(ids, rows)
            self.table.cursor = 1
        self.query_one("#period", Static).update(_headline(news.board))
        self.query_one("#terms", Static).update("；".join(news.board.view.notes))
        self.facts(news.board.view.computed_at.astimezone(self.session.bureau.zone))

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

    # acts

    def action_flags(self) -> None:
        """Show who must be supervised."""
        session = self.session
        if self._board is not None and session is not None:
            period = self._board.view.period
            start(self, "flags", lambda say: say(self.Flagged(flags(session, period))))

    @on(Flagged)
    def _flagged(self, news: Flagged) -> None:
        def chosen(flag: FlagView | None) -> None:
            if flag is not None:
                self._draft(flag)

        self.app.push_screen(FlagList(news.flags), chosen)

    def _draft(self, flag: FlagView) -> None:
        def act(session: Session) -> str:
            drafted = draft(session, flag)
            if drafted.orders:
                return f"已为{flag.unit}拟制督办单草稿 · F4 查看签发"
            return "没有拟制：" + "；".join(f"{s.number} {s.reason}" for s in drafted.skipped)

        self.work(act)

    def action_export(self) -> None:
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

        def said(reason: str | None) -> None:
            if reason:
                self._confirm(reason)

        title = f"{self._board.view.period.label} 已发布，再次发布为修订"
        self.app.push_screen(Asking(title, "修订的理由"), said)

    def _confirm(self, reason: str | None) -> None:
        assert self._board is not None
        view, units = self._board.view, self._board.units

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.work(act)

        def act(session: Session) -> str:
            done, folder = publish(session, view.period, reason)
            return f"已发布 {done.period.label} 第{done.issue}期 · 全套在 {folder}"

        self.app.push_screen(
            Confirming(
                f"发布 {view.period.label}",
                f"{units}个单位的位次随即冻结，编定期号，生成通报、工作簿等全套文件。",
                undo="发布后不能撤销，只能写明理由再次发布（修订）",
                type_this=str(units),
            ),
            confirmed,
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
