"""民情专报: a list, drafts first, the paper beside it, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from console import frame
from console.frame import Session, bindings
from console.orders import KindList, PaperPane
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

SHADES = {"待签发": "yellow", "批示待办": "red", "已作废": "dim"}


class ReportsScreen(KindList["ReportView"]):
    """The reports on what citizens mean at once, and what became of them."""

    TITLE = "民情专报"
    EMPTY = "没有专报：按 d 用工单编号新拟，或在命令行写 duban report draft"
    CSS_PATH = Path(__file__).with_name("reports.tcss")
    BINDINGS = bindings(frame.REPORTS)

    COLUMNS = (
        Column("状态", 10, frozen=True),
        Column("文号", 18),
        Column("标题", 24, most=44),
        Column("批示", 10, most=30),
        Column("报送", 10, most=24),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        stage: stage for stage in ("待签发", "待报送", "批示待办", "已落实")
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = ReportActs(self)

    def cells(self, row: ReportView) -> list[Cell]:
        """Return the cells of a report."""
        last = row.answers[-1] if row.answers else None
        return [
            (row.stage, SHADES.get(row.stage, "")),
            (row.letter.number or f"草稿#{row.id}", ""),
            (MASKED.text(row.letter.title).removeprefix("关于"), ""),
            (f"{last.leader}：{MASKED.text(last.words)}" if last else "", "dim"),
            (row.letter.recipient, "dim"),
        ]

    def kinds_of(self, row: ReportView) -> tuple[str]:
        """Return the stage of a report."""
        return (row.stage,)

    @staticmethod
    def listed(session: Session) -> list[ReportView]:
        """Return every report, drafts first."""
        with session.reading("list") as reader:
            return reports.report_list(reader)

    def aside(self) -> str:
        """Return how many were signed in the running week and are not void."""
        assert self.session is not None
        now = self.session.now()
        days = [
            one.letter.signed_at.astimezone(now.tzinfo).date()
            for one in self.every
            if one.letter.signed_at is not None and one.letter.status == "signed"
        ]
        return f"  本周{weekly(days, now.date())[-1][1]}份/样板{A_WEEK}份"

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
