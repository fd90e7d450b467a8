"""Drafting a report: from a problem, a kind of appeal in a period, or a set of appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Seen
from models.letters import (
    LetterView,
    circulate_letter,
    draft_as_seen,
    one_line,
    paragraphs_of,
    preview_letter,
    sign_letters,
)
from models.reports.about import About, rows_of
from models.reports.report import ReportView, reports_by_id
from models.reports.report_content import MAKING, compose_report, named
from models.store import retried
from models.tables import Letter, Report, ReportTicket
from rules.errors import Refused

if TYPE_CHECKING:
    from models.orders import Keeping, RenderSheet, SheetForm
    from models.paper import Press
    from models.store import Store, Work
    from rules.paper import Content

KIND = "report"


@retried
def draft_report(
    store: Store,
    about: About,
    *,
    recipient: str,
    title: str | None = None,
    causes: str | None = None,
    proposals: str | None = None,
    at: datetime | None = None,
) -> ReportView:
    """Draft a report; ``Refused`` where it is about nothing, or about what no report tells.

    Causes and proposals may be written later; it is not signed without them.
    """
    with store.writing(at=at) as work:
        work.require(verb="report.draft")
        _refuse_kept_back(work, about.ticket_ids)
        rows = rows_of(work, about, work.at)
        to = one_line(recipient)
        if not to:
            raise Refused("请写明报送给谁：--to")
        name = named(work, about, rows)
        letter_id = work.insert(
            Letter,
            kind=KIND,
            recipient=to,
            title=one_line(title) or _title(about, name),
            drafted_at=work.at,
            drafted_by=work.operator.id,
        )
        id = work.insert(
            Report,
            letter_id=letter_id,
            problem_id=about.problem_id,
            category=about.category,
            since=about.since,
            until=about.until,
            causes=paragraphs_of(causes),
            proposals=paragraphs_of(proposals),
        )
        held = [(id, ticket) for ticket in dict.fromkeys(about.ticket_ids)]
        if held:
            work.insert_new(ReportTicket, ("report_id", "ticket_id"), held)
        [view] = reports_by_id(work, [id])
        work.event("letter.draft", "letter", letter_id, payload={"noun": view.letter.noun})
        work.event("report.draft", "report", id, payload={"about": name, "tickets": len(rows)})
        return view


def _title(about: About, name: str) -> str:
    return f"关于“{name}”{'类诉求' if about.category else '集中反映'}情况的专报"


_KEPT_BACK = """
SELECT count(*) FROM ticket WHERE id IN (:ids) AND (confidential OR nature = '举报')
"""


def _refuse_kept_back(work: Work, ids: Sequence[int]) -> None:
    kept = work.value(_KEPT_BACK, ids=list(ids)) if ids else 0
    if kept:
        raise Refused(f"所选诉求中有举报件、保密件{kept}件，不写入专报：请去掉后再拟")


@retried
def amend_report(store: Store, report: ReportView, **said: str) -> ReportView:
    """Change the title, the addressee, the causes or the proposals of a draft as it was seen."""
    with store.writing() as work:
        work.require(verb="report.amend")
        now = draft_as_seen(work, report.letter, "修改")
        lines = {name: one_line(said[name]) for name in ("title", "recipient") if name in said}
        if not all(lines.values()):
            raise Refused("标题和报送对象不能为空：请填写")
        words = {
            name: paragraphs_of(said[name]) for name in ("causes", "proposals") if name in said
        }
        work.update(Letter, now.id, now.version, **(lines or {"title": now.title}))
        if words:
            work.update(Report, report.id, report.kept.version, **words)
        payload: dict[str, Any] = {"changed": sorted(said)}
        work.event("letter.amend", "letter", now.id, payload=payload)
        work.event("report.amend", "report", report.id, payload=payload)
        return reports_by_id(work, [report.id])[0]


def preview_report(store: Store, report: ReportView) -> Content:
    """Return a draft as it would be signed now; what is not written yet is said to be so."""
    return preview_letter(store, report.letter.id, compose_report)


def circulate_report(
    store: Store,
    letter: LetterView,
    form: SheetForm,
    render: RenderSheet,
    keep: Keeping | None = None,
) -> tuple[str, bytes]:
    """Print the sheet on which a draft is approved, as it was seen."""
    return circulate_letter(store, letter, form, render, keep, MAKING)


def sign_reports(
    store: Store,
    letter_ids: Sequence[int],
    *,
    signer: str,
    basis: str,
    press: Press,
    seen: Seen | None = None,
    as_changed: bool = False,
) -> list[LetterView]:
    """Sign the drafts of letters that are reports: counted anew as of now, numbered, kept."""
    return sign_letters(
        store,
        letter_ids,
        signer=signer,
        basis=basis,
        press=press,
        seen=seen,
        as_changed=as_changed,
        making=MAKING,
    )
