"""What becomes of a signed report: sent, answered by leaders, taken up, carried out, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import finish, take_within
from models.letters import one_line
from models.matter import load_matter
from models.reports.report import Answer, ReportView, reports_by_id
from models.store import Query, retried
from models.tables import Report, ReportAnswer, ReportSending
from rules.clocks import short_limit
from rules.errors import Refused
from rules.reports import FOLLOWING, MEANS

if TYPE_CHECKING:
    from models.store import Store, Work


def _signed(work: Work, id: int, what: str) -> ReportView:
    """Return a report that is signed; refuses a draft, a void one, and an act before signing."""
    [report] = reports_by_id(work, [id])
    letter = report.letter
    if letter.status != "signed" or letter.signed_at is None:
        raise Refused(f"{report.name} {letter.label}，不能{what}：签发后再办")
    if work.at < letter.signed_at:
        raise Refused(f"{what}时间早于签发时间：请核对时间")
    return report


@retried
def send_report(
    store: Store, id: int, *, to: str = "", means: str = MEANS[0], at: datetime | None = None
) -> ReportView:
    """报送: note to whom a signed report went, how and when; to its addressee unless said."""
    with store.writing(at=at) as work:
        work.require(verb="report.send")
        report = _signed(work, id, "报送")
        recipient = one_line(to) or report.letter.recipient
        if means not in MEANS:
            raise Refused(f"报送方式只能是 {'、'.join(MEANS)}：请改正")
        work.insert(
            ReportSending,
            report_id=id,
            recipient=recipient,
            means=means,
            at=work.at,
            operator_id=work.operator.id,
        )
        payload = {"number": report.letter.number, "to": recipient, "means": means}
        work.event("report.send", "report", id, payload=payload)
        return reports_by_id(work, [id])[0]


@retried
def answer_report(
    store: Store,
    id: int,
    *,
    leader: str,
    text: str,
    limit_text: str | None = None,
    ticket_id: int | None = None,
    at: datetime | None = None,
) -> ReportView:
    """登记批示: a leader's words on a report; with a limit they become an instruction.

    The instruction is given on the lead appeal, the oldest unfinished one of the report unless
    ``ticket_id`` names another of its: there its clock runs and orders are drafted. Where all are
    finished only its due instant is kept.
    """
    with store.writing(at=at) as work:
        work.require(verb="report.answer")
        report = _signed(work, id, "登记批示")
        who, words = one_line(leader), one_line(text)
        if not who or not words:
            raise Refused("请写明批示的领导和批示内容：--leader --text")
        limit = short_limit(limit_text) if limit_text and limit_text.strip() else None
        due_at, instruction = None, None
        if limit is not None:
            due_at = work.timekeeper().timed("instruction", limit, work.at).due_at
            instruction = _instruct(work, id, ticket_id, who, words, limit)
        work.insert(
            ReportAnswer,
            report_id=id,
            leader=who,
            words=words,
            at=work.at,
            limit_text=limit,
            due_at=due_at,
            instruction_id=instruction,
            operator_id=work.operator.id,
        )
        payload: dict[str, Any] = {"number": report.letter.number, "leader": who}
        if limit is not None:
            payload["limit"] = limit
        work.event("report.answer", "report", id, reason=words, payload=payload)
        return reports_by_id(work, [id])[0]


_LEAD = """
SELECT t.id FROM report_ticket x JOIN ticket t ON t.id = x.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE x.report_id = :id AND r.state IN ('waiting', 'dispatched', 'acknowledged', 'replied')
  AND NOT t.confidential AND t.nature <> '举报' AND t.merged_into IS NULL
ORDER BY t.received_at, t.id LIMIT 1
"""
_HELD = "SELECT 1 FROM report_ticket WHERE report_id = :id AND ticket_id = :ticket"


def _instruct(
    work: Work, id: int, ticket_id: int | None, leader: str, text: str, limit: str
) -> int | None:
    """Give the instruction on an appeal of the report; return its id, None where all are done."""
    if ticket_id is not None and work.value(_HELD, id=id, ticket=ticket_id) is None:
        raise Refused("这件诉求不在专报里：请写专报所列的工单编号")
    lead = ticket_id if ticket_id is not None else work.value(_LEAD, id=id)
    if lead is None:
        return None
    matter = load_matter(work, int(lead))
    given = take_within(work, matter, "instruct", leader=leader, text=text, limit_text=limit)
    finish(work, matter, given)
    return int(work.made[-1])


def adopt_report(store: Store, id: int, *, words: str, at: datetime | None = None) -> ReportView:
    """采纳: note who took a report up, and in what."""
    return _note(store, id, "adopt", words, at)


def tell_of_report(store: Store, id: int, *, words: str, at: datetime | None = None) -> ReportView:
    """告知: note when and how the citizens were told what came of it."""
    return _note(store, id, "tell", words, at)


def carry_out_report(
    store: Store, id: int, *, words: str, at: datetime | None = None
) -> ReportView:
    """落实: note what was done; the instructions that came of the report are done with it."""
    return _note(store, id, "carry_out", words, at, _fulfil)


_COLUMNS = {
    "adopt": ("adopted_at", "adopted_words"),
    "carry_out": ("done_at", "done_words"),
    "tell": ("told_at", "told_words"),
}


@retried
def _note(
    store: Store,
    id: int,
    verb: str,
    words: str,
    at: datetime | None,
    then: Callable[[Work, Answer, str], None] | None = None,
) -> ReportView:
    with store.writing(at=at) as work:
        work.require(verb=f"report.{verb}")
        report = _signed(work, id, f"登记{FOLLOWING[verb]}")
        said = one_line(words)
        if not said:
            raise Refused(f"须写明{FOLLOWING[verb]}情况：请填写后再办")
        when, what = _COLUMNS[verb]
        work.update(Report, id, report.kept.version, **{when: work.at, what: said})
        for answer in report.open_answers if then is not None else ():
            then(work, answer, said)  # type: ignore[misc]  # there is one
        payload = {"number": report.letter.number}
        work.event(f"report.{verb}", "report", id, reason=said, payload=payload)
        return reports_by_id(work, [id])[0]


@dataclass(frozen=True, slots=True)
class _Other:
    """An instruction on the same appeal that came of something else."""

    id: int


_OTHERS = Query(
    _Other,
    """
SELECT i.id FROM instruction i WHERE i.ticket_id = :ticket AND i.done_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM report_answer a
                  WHERE a.instruction_id = i.id AND a.report_id = :report)
""",
)


def _fulfil(work: Work, answer: Answer, words: str) -> None:
    """End the instruction, unless its appeal is under one that came of something else."""
    if answer.ticket_id is None:
        return
    if work.first(_OTHERS, ticket=answer.ticket_id, report=answer.report_id) is not None:
        return
    matter = load_matter(work, answer.ticket_id)
    if matter.instructed:
        finish(work, matter, take_within(work, matter, "fulfil", reason=words))
