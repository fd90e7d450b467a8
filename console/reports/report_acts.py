"""What can be done with reports: each act asks for what it needs, then works in a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.frame import FullScreen, Session
from console.letters import LetterActs
from console.paper import press
from console.reports.report_files import (
    LEDGERS,
    folder_of_reports,
    write_report_ledger,
    write_report_sheet,
)
from console.widgets import Asking, Picking, StepMenu, When, Writing
from models import reports, views
from rules.errors import Refused
from rules.reports import FOLLOWING, MEANS
from rules.text import half_width

if TYPE_CHECKING:
    from models.letters import LetterView
    from models.orders import Draft, SheetForm
    from models.reports import About, ReportView
    from models.store import Source

FIELDS = {
    "causes": "原因（一段一行）",
    "proposals": "建议（一条一行）",
    "title": "标题",
    "recipient": "报送对象",
}

USUAL = "市委、市政府领导"
"""To whom a report goes, unless somebody else is written."""


def offer_report(screen: FullScreen, about: About, name: str) -> None:
    """Ask to whom a report on something goes, then draft it; its author writes the rest there."""

    def drafted(recipient: str) -> None:
        def act(session: Session) -> str:
            made = reports.draft_report(session.store, about, recipient=recipient)
            return f"已拟 {made.name} · 在“民情专报”（: 输 mqzb）里写原因和建议，再签发"

        screen.work(act, lambda: offer_report(screen, about, name))

    screen.ask(Asking(f"民情专报 · {name}", "报送给谁", value=USUAL), drafted)


class ReportActs(LetterActs):
    """The acts of the screen of reports."""

    @property
    def folder(self) -> Path:
        """Where files are written."""
        return folder_of_reports()

    def signed(self, session: Session, ids: Sequence[int], **said: Any) -> list[LetterView]:
        """Sign drafts, counted anew."""
        return reports.sign_reports(session.store, ids, press=press(), **said)

    def words(self, source: Source, letter: LetterView) -> Draft:
        """Return a draft as it is approved; refuses one whose author has still to write."""
        return reports.MAKING.words(source, letter)

    def sheet(self, session: Session, letter: LetterView, form: SheetForm) -> Path:
        """Write the sheet on which a draft is approved."""
        with session.reading("sheet") as reader:
            report = reports.report_of_letter(reader, letter.id)
        return write_report_sheet(session.store, report, form, self.folder)

    def draft(self) -> None:
        """Ask for the appeals of a new report by their numbers."""

        def numbered(text: str) -> None:
            words = half_width(text).replace(",", " ").split()

            def found(session: Session) -> About:
                with session.reading("draft") as reader:
                    return reports.About(ticket_ids=tuple(views.ticket_ids(reader, words)))

            self.screen.question(
                found, lambda about: offer_report(self.screen, about, f"{len(words)}件诉求")
            )

        self.screen.ask(Asking("新拟民情专报", "工单编号，逗号或空格分开"), numbered)

    def amend_report(self, report: ReportView) -> None:
        """Ask which field of a draft to change, then for its new words."""
        letter = report.letter
        if letter.status != "draft":
            self.refuse(f"{report.name} {report.stage}，不能再改：请作废后重新拟制")
            return
        current = {
            "causes": report.kept.causes,
            "proposals": report.kept.proposals,
            "title": letter.title,
            "recipient": letter.recipient,
        }
        self.screen.ask(
            StepMenu(f"修改 {report.name}", list(FIELDS.items())),
            lambda field: self._ask_part(report, field, current[field]),
        )

    def _ask_part(self, report: ReportView, field: str, current: str) -> None:
        title = f"修改 {report.name} · {FIELDS[field]}"
        asking = (
            Writing(title, "由拟稿人写，本系统不代拟", value=current)
            if field in ("causes", "proposals")
            else Asking(title, "", value=current)
        )

        def change(text: str) -> None:
            def act(session: Session) -> str:
                return f"已修改 {reports.amend_report(session.store, report, **{field: text}).name}"

            self.screen.work(act, lambda: self._ask_part(report, field, text))

        self.screen.ask(asking, change)

    def course(self, report: ReportView) -> None:
        """Offer what follows for a report: sent, answered, taken up, carried out, told, void."""
        if report.letter.status == "void":
            self.refuse(f"{report.name} 已作废，没有可办的下一步")
            return
        steps: dict[str, tuple[str, Callable[[ReportView], None]]] = {
            "void": ("作废", lambda one: self.ask_void(one.letter))
        }
        if report.letter.status == "signed":
            steps = {
                "send": ("登记报送", self._ask_sending),
                "answer": ("登记批示", self._ask_answer_of),
                **{
                    verb: (f"登记{name}", self._asker(verb, name))
                    for verb, name in FOLLOWING.items()
                },
                **steps,
            }
        menu = [(verb, name) for verb, (name, _) in steps.items()]
        self.screen.ask(StepMenu(f"办理 {report.name}", menu), lambda verb: steps[verb][1](report))

    def _ask_sending(self, report: ReportView) -> None:
        when = When(self._now)

        def picked(means: str) -> None:
            def act(session: Session) -> str:
                reports.send_report(session.store, report.id, means=means, **when.said)
                to = report.letter.recipient
                return f"已登记 {report.name} {means}报送{to}{when.happened}"

            self.screen.work(act)

        choices = [(one, one) for one in MEANS]
        title = f"报送 {report.name} · {report.letter.recipient}"
        self.screen.ask(Picking(title, choices, when=when), picked)

    def _ask_answer_of(self, report: ReportView, typed: str = "", when: When | None = None) -> None:
        when = when or When(self._now)

        def answered(text: str) -> None:
            def act(session: Session) -> str:
                leader, limit, said = _answer(text)
                found = reports.answer_report(
                    session.store,
                    report.id,
                    leader=leader,
                    text=said,
                    limit_text=limit,
                    **when.said,
                )
                lead = next((one.ticket for one in reversed(found.answers) if limit), None)
                told = f"，批示待办记在 {lead}" if lead else ""
                return f"已登记{leader}对 {report.name} 的批示{told}{when.happened}"

            self.screen.work(act, lambda: self._ask_answer_of(report, text, when))

        prompt = "领导 时限：批示内容，例如 周正 3wd：请水务局牵头；只是阅知的不写时限"
        self.screen.ask(Asking(f"批示 {report.name}", prompt, value=typed, when=when), answered)

    def _asker(self, verb: str, name: str) -> Callable[[ReportView], None]:
        note = {
            "adopt": reports.adopt_report,
            "carry_out": reports.carry_out_report,
            "tell": reports.tell_of_report,
        }[verb]

        def ask(report: ReportView) -> None:
            when = When(self._now)

            def said(text: str) -> None:
                def act(session: Session) -> str:
                    note(session.store, report.id, words=text, **when.said)
                    return f"已登记 {report.name} {name}{when.happened}"

                self.screen.work(act, lambda: ask(report))

            self.screen.ask(Asking(f"{name} {report.name}", f"{name}情况", when=when), said)

        return ask

    def export_ledger(self) -> None:
        """Write the ledger as a workbook and as a text file."""

        def act(session: Session) -> str:
            ledger = reports.report_ledger(session.store)
            for suffix in LEDGERS:
                write_report_ledger(session.store, ledger, self.folder / f"民情报告台账{suffix}")
            return f"已写出民情报告台账{len(ledger.reports)}份（.xlsx .csv）到 {self.folder}"

        self.screen.work(act)

    def _now(self) -> Any:
        assert self.screen.session is not None
        return self.screen.session.now()


def _answer(text: str) -> tuple[str, str | None, str]:
    """Return leader, limit and words of 周正 3wd：请水务局牵头."""
    head, colon, said = text.replace(":", "：").partition("：")
    who, _, limit = half_width(head).strip().partition(" ")
    if not (who and colon and said.strip()):
        raise Refused("请写成 领导 时限：批示内容，例如 周正 3wd：请水务局牵头")
    return who, limit.strip() or None, said.strip()
