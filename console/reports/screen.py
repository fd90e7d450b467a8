"""民情专报: a list, drafts first, the paper beside it, and what can be done with each."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console import frame
from console.frame import Session, bindings
from console.orders import PaperList, PaperPane
from console.paper import lines_of
from console.reports.report_acts import ReportActs
from console.reports.report_files import report_paper
from console.widgets import Cell, Column
from models import reports, views
from rules.reports import A_WEEK, weekly
from rules.text import MASKED

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.reports import ReportView

COLUMNS = (
    Column("状态", 10, frozen=True),
    Column("文号", 18),
    Column("标题", 24, most=44),
    Column("批示", 10, most=30),
    Column("报送", 10, most=24),
)

SHADES = {"待签发": "yellow", "批示待办": "red", "已作废": "dim"}

FILTERS = {"待签发": "待签发", "待报送": "待报送", "批示待办": "批示待办", "已落实": "已落实"}
"""What the digits show: stages by their names."""


def cells(report: ReportView) -> list[Cell]:
    """Return the cells of a report, one for each of ``COLUMNS``."""
    last = report.answers[-1] if report.answers else None
    return [
        (report.stage, SHADES.get(report.stage, "")),
        (report.letter.number or f"草稿#{report.id}", ""),
        (MASKED.text(report.letter.title).removeprefix("关于"), ""),
        (f"{last.leader}：{MASKED.text(last.words)}" if last else "", "dim"),
        (report.letter.recipient, "dim"),
    ]


class ReportsScreen(PaperList["ReportView"]):
    """The reports on what citizens mean at once, and what became of them."""

    TITLE = "民情专报"
    EMPTY = "没有专报：按 d 用工单编号新拟，或在命令行写 duban report draft"
    CSS_PATH = Path(__file__).with_name("reports.tcss")
    BINDINGS = bindings(frame.REPORTS)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._run = 0
        self._counts: Counter[str] = Counter()
        self._acts = ReportActs(self)

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the paper."""
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, cells)
            yield PaperPane()

    def narrowed(self) -> bool:
        """Return whether one stage alone is wanted."""
        return self._wanted is not None

    # reading

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; cursor and marks stay where they are."""
        self._run += 1
        self.fetch("list", _listed, partial(self._show, self._run))

    def action_narrow(self, stage: str) -> None:
        """Show one stage, or all."""
        self._wanted = stage or None
        self.action_refresh()

    def _show(self, run: int, found: list[ReportView]) -> None:
        if run != self._run or self.session is None:
            return
        self._counts = Counter(one.stage for one in found)
        rows = {one.id: one for one in found if self._wanted in (None, one.stage)}
        self.table.marks.ids &= set(rows)
        self.say_marks()
        self.table.show(array("q", rows), rows)
        self._show_chips(self._this_week(found))
        self.facts(self.session.now())
        if not rows:
            self.query_one(PaperPane).blank(self.nothing())

    def _this_week(self, found: list[ReportView]) -> int:
        """Return how many were signed in the running week and are not void."""
        assert self.session is not None
        now = self.session.now()
        days = [
            one.letter.signed_at.astimezone(now.tzinfo).date()
            for one in found
            if one.letter.signed_at is not None and one.letter.status == "signed"
        ]
        return weekly(days, now.date())[-1][1]

    def _show_chips(self, week: int) -> None:
        line = Text(no_wrap=True, overflow="crop")
        for digit, (stage, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if stage == self._wanted else ""
            line.append(f"{digit} {word} {self._counts[stage]}", look).append("  ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        line.append(f"  本周{week}份/样板{A_WEEK}份", "dim")
        self.query_one("#chips", Static).update(line)

    # the paper

    def read_paper(self) -> None:
        """Show the paper under the cursor, as far as it is still that one when it is read."""
        report, pane = self.current, self.query_one(PaperPane)
        if report is None or not pane.display:
            return

        def read(lines: list[PaperLine]) -> None:
            if report.id == self.table.current:
                pane.show(lines, self.host.symbols.rule)

        width = pane.room
        self.fetch(
            "paper", lambda session: lines_of(report_paper(session.store, report), width), read
        )

    def step_back(self) -> bool:
        """Give up, one after the other: the large paper, the marks, the filter."""
        if super().step_back():
            return True
        if self._wanted is not None:
            self.action_narrow("")
        else:
            return False
        return True

    # acts

    def action_draft(self) -> None:
        """Draft a report on some appeals."""
        self._acts.draft()

    def action_sign(self) -> None:
        """Sign what is marked, or the draft under the cursor."""
        self._acts.sign([one.letter for one in self.chosen])

    def action_amend(self) -> None:
        """Change the draft under the cursor."""
        if self.current is not None:
            self._acts.amend_report(self.current)

    def action_circulate(self) -> None:
        """Print the sheet on which the draft under the cursor is approved."""
        if self.current is not None:
            self._acts.print_sheet(self.current.letter)

    def action_steps(self) -> None:
        """Offer what follows for the report under the cursor."""
        if self.current is not None:
            self._acts.course(self.current)

    def action_export(self) -> None:
        """Write the signed papers of what is marked, or of the report under the cursor."""
        self._acts.export([one.letter for one in self.chosen])

    def action_ledger(self) -> None:
        """Write the ledger."""
        self._acts.export_ledger()

    def action_tickets(self) -> None:
        """Show the appeals that the report under the cursor counts."""
        report, session = self.current, self.session
        if report is None or session is None:
            return
        now = session.store.now()
        self.host.open_matters(
            report.name,
            lambda reader: views.matter_ids(reader, reports.tickets_of_report(reader, report, now)),
        )

    def refused(self) -> None:
        """Read the list again; the marks stay."""
        self.action_refresh()

    def done(self) -> None:
        """Read the list again."""
        self.table.clear_marks()
        self.action_refresh()


def _listed(session: Session) -> list[ReportView]:
    with session.reading("list") as reader:
        return reports.report_list(reader)
