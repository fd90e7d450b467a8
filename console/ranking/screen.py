"""The ranking screen: one period's board, moving between periods, flags, export, publication."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from console import widgets
from console.frame import RANKING, Session, bindings
from console.ranking.behind import Behind, behind
from console.ranking.board import (
    Board,
    board,
    draft,
    export,
    export_draft,
    export_view,
    flags,
    issues,
    neighbour,
    opening_period,
    period_named,
    publish,
    waits,
    write,
    written,
)
from console.ranking.columns import COLUMNS, FIGURES, UNSATISFIED, Row
from console.ranking.flag_list import FlagList, rests_on
from console.ranking.objection_list import ObjectionList, Ruling, ask_ruling, read_objections
from console.ranking.reviewed import ReviewedScreen
from console.widgets import Confirming, FigureTable, ListScreen, Picking, VirtualTable
from models import views
from rules.casework import OBJECTIONS
from rules.ranking import REMARKS

if TYPE_CHECKING:
    from models.ranking import FlagView, Issue
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
            signs = self.host.symbols
            yield FigureTable(
                COLUMNS,
                lambda row: row.cells,
                FIGURES,
                UNSATISFIED,
                mark=signs.mark,
                ellipsis=signs.ellipsis,
                id="list",
                heads=lambda id: id < 0,
                nothing=self.nothing,
            )
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

    def action_editions(self) -> None:
        """Offer the editions that were published."""
        self.question(issues, self._offer_editions)

    def _offer_editions(self, found: list[tuple[Issue, str]]) -> None:
        if not found:
            self.say("还没有发布过：看好一期后按 P 发布")
            return
        self.ask(Picking("已发布各期", found), self._show_edition)

    def _show_edition(self, issue: Issue) -> None:
        self._read(lambda session: period_named(session, issue.period), issue.revision)

    def _read(self, which: Callable[[Session], Period | None], revision: int | None = None) -> None:
        def read(session: Session) -> Board | None:
            period = which(session)
            return None if period is None else board(session, period, revision)

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
            self.table.cursor = next((at for at, id in enumerate(ids) if id > 0), 0)
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

    # the appeals behind a figure

    @on(FigureTable.FigureOpened)
    def _figure_opened(self, news: FigureTable.FigureOpened) -> None:
        row, figure = self.table.row(news.id), FIGURES[news.title]
        if self._board is None or row is None:
            return
        view = self._board.view
        if row.id <= 0 and figure.rate:
            self.say(f"{row.name}没有合计的率：用 ← → 换到件数，再按回车")
        else:
            self.question(lambda session: behind(session, view, row, figure), self._show)

    def _show(self, found: Behind) -> None:
        if not found.ticket_ids:
            self.say(f"{found.origin} 0件：没有可打开的诉求")
            return
        given = partial(views.matter_ids, ticket_ids=found.ticket_ids)
        self.host.open_matters(found.origin, given)

    # acts

    def action_flags(self) -> None:
        """Show who must be supervised."""
        if self._board is not None:
            period = self._board.view.period
            self.question(lambda session: flags(session, period), self._flagged)

    def _flagged(self, found: tuple[str, list[FlagView]]) -> None:
        self.ask(FlagList(*found, self._look, self._show), self._draft)

    def _look(self, flag: FlagView, line: int, then: Callable[[Behind], object]) -> None:
        self.fetch("evidence", lambda session: rests_on(session, flag, line), then)

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

    def action_check_draft(self) -> None:
        """Write the 核对稿: a sheet for each unit."""
        if self._board is not None:
            period = self._board.view.period
            self.work(lambda session: f"核对稿已写入 {export_draft(session, period)}")

    def action_reviews(self) -> None:
        """Show what was verified of each unit in this period."""
        if self._board is not None:
            self.app.push_screen(ReviewedScreen(self._board.view.period))

    def action_objections(self) -> None:
        """Show what units dispute in this period; one of them may be ruled on."""
        if self._board is not None:
            period = self._board.view.period
            self.question(
                lambda session: read_objections(session, period),
                lambda found: self.ask(ObjectionList(period.label, found, self._show), self._rule),
            )

    def _rule(self, ruling: Ruling) -> None:
        one, accepted = ruling
        ask_ruling(self, one.id, OBJECTIONS[one.kind], accepted=accepted)

    def action_remark(self, kind: str) -> None:
        """Write what stands in the bulletin besides the figures."""
        if self._board is not None:
            period = self._board.view.period
            self.question(
                lambda session: written(session, period, kind),
                lambda text: self._remark(period, kind, text),
            )

    def _remark(self, period: Period, kind: str, text: str) -> None:
        title, wanted = f"{period.titled} · {REMARKS[kind]}", "一行一段，发布时印入通报"
        self.ask(
            widgets.Writing(title, wanted, value=text, optional=True),
            lambda said: self.work(lambda session: write(session, period, kind, said)),
        )

    def action_publish(self) -> None:
        """Publish on typing the count of units; with a reason a second time, or before rulings."""
        if self._board is not None:
            period = self._board.view.period
            self.question(lambda session: waits(session, period), self._publish)

    def _publish(self, waits: str) -> None:
        assert self._board is not None
        view = self._board.view
        if view.published:
            title = f"{view.period.label} 已发布，再次发布为修订"
            self.ask(widgets.Writing(title, "修订的理由"), self._confirm)
        elif waits:
            wanted = "提前发布的理由，印在通报的说明里"
            self.ask(widgets.Writing(f"{waits} · 应等裁定", wanted), self._confirm)
        else:
            self._confirm(None)

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
    state += "（已被后来的修订取代）" if shown.replaced else ""
    revised = f"（第{view.revision}次修订）" if view.revision > 1 else ""
    latest = "" if shown.latest else " · 往期"
    return f"{view.period.label} · {state}{revised}{latest}"
