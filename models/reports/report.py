"""民情专报 as values: a report with its letter, where it went, what leaders answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.letters import LetterView, letters_by_id
from models.reports.about import About, rows_of
from models.store import Query, Source
from rules.errors import DubanError


@dataclass(frozen=True, slots=True)
class _Kept:
    """A report as its row holds it."""

    id: int
    version: int
    letter_id: int
    problem_id: int | None
    category: str | None
    since: datetime | None
    until: datetime | None
    causes: str
    proposals: str
    adopted_at: datetime | None
    adopted_words: str | None
    done_at: datetime | None
    done_words: str | None
    told_at: datetime | None
    told_words: str | None


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom a report went, how and when."""

    report_id: int
    recipient: str
    means: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """A leader's words on a report; ``ticket`` bears the instruction that came of them.

    ``done_at`` is when that instruction was done. Without a limit nothing was asked.
    """

    id: int
    report_id: int
    leader: str
    words: str
    at: datetime
    limit_text: str | None
    due_at: datetime | None
    instruction_id: int | None
    ticket_id: int | None
    ticket: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinkedOrder:
    """An order that follows what a leader said on a report."""

    report_id: int
    id: int
    name: str
    unit: str
    status: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report; its number, title and signing are its letter's. Instants are aware UTC."""

    kept: _Kept
    letter: LetterView
    sendings: tuple[Sending, ...] = ()
    answers: tuple[Answer, ...] = ()
    orders: tuple[LinkedOrder, ...] = ()

    @property
    def id(self) -> int:
        """Return the report's own id, by which it is named until it has a number."""
        return self.kept.id

    @property
    def name(self) -> str:
        """Return what people call it: its number, or the draft and its id."""
        return self.letter.number or f"专报草稿#{self.id}"

    @property
    def open_answers(self) -> tuple[Answer, ...]:
        """Return what leaders asked for that is not done."""
        if self.kept.done_at is not None:
            return ()
        return tuple(one for one in self.answers if one.limit_text and one.done_at is None)

    @property
    def stage(self) -> str:
        """Return how far it is, from 待签发 to 已告知群众."""
        letter, kept = self.letter, self.kept
        if letter.status != "signed":
            return letter.label
        if kept.told_at is not None:
            return "已告知群众"
        if kept.done_at is not None:
            return "已落实"
        if self.open_answers:
            return "批示待办"
        if kept.adopted_at is not None:
            return "已采纳"
        if self.answers:
            return "有批示"
        return "已报送" if self.sendings else "待报送"


_COLUMNS = """SELECT r.id, r.version, r.letter_id, r.problem_id, r.category, r.since, r.until,
    r.causes, r.proposals, r.adopted_at, r.adopted_words, r.done_at, r.done_words, r.told_at,
    r.told_words FROM report r"""
_BY_ID = Query(_Kept, f"{_COLUMNS} WHERE r.id IN (:ids)")
_OF_LETTERS = Query(_Kept, f"{_COLUMNS} WHERE r.letter_id IN (:letters)")
_SENDINGS = Query(
    Sending,
    "SELECT report_id, recipient, means, at FROM report_sending WHERE report_id IN (:ids) "
    "ORDER BY at, id",
)
_ANSWERS = Query(
    Answer,
    """
SELECT a.id, a.report_id, a.leader, a.words, a.at, a.limit_text, a.due_at, a.instruction_id,
    t.id AS ticket_id, t.number AS ticket, i.done_at
FROM report_answer a LEFT JOIN instruction i ON i.id = a.instruction_id
LEFT JOIN ticket t ON t.id = i.ticket_id
WHERE a.report_id IN (:ids) ORDER BY a.at, a.id
""",
)
_ORDERS = Query(
    LinkedOrder,
    """
SELECT a.report_id, o.id, coalesce(o.number, '草稿#' || CAST(o.id AS varchar)) AS name,
    u.short_name AS unit, o.status
FROM report_answer a JOIN supervision_order o ON o.instruction_id = a.instruction_id
JOIN unit u ON u.id = o.unit_id
WHERE a.report_id IN (:ids) AND NOT coalesce(o.confidential, false) ORDER BY o.id
""",
)
_TICKETS = "SELECT ticket_id FROM report_ticket WHERE report_id = :id ORDER BY ticket_id"
_OF_NUMBER = "SELECT r.id FROM report r JOIN letter l ON l.id = r.letter_id WHERE l.number = :text"
_OF_ID = "SELECT id FROM report WHERE id = :id"
_LISTED = """
SELECT r.id FROM report r JOIN letter l ON l.id = r.letter_id
WHERE l.drafted_at >= :since OR l.status = 'draft'
ORDER BY l.status <> 'draft', r.id DESC LIMIT :limit
"""
_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def reports_by_id(source: Source, ids: Sequence[int]) -> list[ReportView]:
    """Return the reports of ``ids`` in that order; refuses an id that is no report."""
    kept = {one.id: one for one in source.read(_BY_ID, ids=list(ids))} if ids else {}
    for missing in (id for id in ids if id not in kept):
        raise DubanError(f"没有编号为 {missing} 的民情专报：请用 duban report list 查看")
    return _whole(source, [kept[id] for id in ids])


def report_of_letter(source: Source, letter_id: int) -> ReportView:
    """Return the report whose letter this is."""
    return _whole(source, source.read(_OF_LETTERS, letters=[letter_id]))[0]


def _whole(source: Source, kept: Sequence[_Kept]) -> list[ReportView]:
    ids = [one.id for one in kept]
    if not ids:
        return []
    letters = {one.id: one for one in letters_by_id(source, [one.letter_id for one in kept])}
    sendings: dict[int, list[Sending]] = defaultdict(list)
    answers: dict[int, list[Answer]] = defaultdict(list)
    orders: dict[int, list[LinkedOrder]] = defaultdict(list)
    for sending in source.read(_SENDINGS, ids=ids):
        sendings[sending.report_id].append(sending)
    for answer in source.read(_ANSWERS, ids=ids):
        answers[answer.report_id].append(answer)
    for order in source.read(_ORDERS, ids=ids):
        orders[order.report_id].append(order)
    return [
        ReportView(
            one,
            letters[one.letter_id],
            tuple(sendings[one.id]),
            tuple(answers[one.id]),
            tuple(dict.fromkeys(orders[one.id])),
        )
        for one in kept
    ]


def report_list(
    source: Source, *, since: datetime | None = None, limit: int = 2000
) -> list[ReportView]:
    """Return reports, drafts first, then the newest; ``since`` leaves out what is older."""
    found = source.rows(_LISTED, since=since or _EVER, limit=limit)
    return reports_by_id(source, [int(id) for (id,) in found])


def report_by_name(source: Source, text: str) -> int:
    """Return the id of a report named by id (``12``) or by number (``武网民〔2026〕3号``)."""
    word = text.strip()
    found = source.value(_OF_NUMBER, text=word)
    if found is None and word.isdecimal() and len(word) < 19:
        found = source.value(_OF_ID, id=int(word))
    if found is None:
        raise DubanError(f"没有民情专报 {text}：请用 duban report list 查看编号或文号")
    return int(found)


def about_of(source: Source, report: ReportView) -> About:
    """Return what a report tells of."""
    kept = report.kept
    named = kept.problem_id is not None or kept.category is not None
    tickets = () if named else tuple(int(id) for (id,) in source.rows(_TICKETS, id=report.id))
    return About(kept.problem_id, kept.category, kept.since, kept.until, tickets)


def tickets_of_report(source: Source, report: ReportView, now: datetime) -> list[int]:
    """Return the ids of the appeals that a signed report counted, or that a draft would now."""
    if report.letter.status == "draft":
        return [one.id for one in rows_of(source, about_of(source, report), now)]
    return [int(id) for (id,) in source.rows(_TICKETS, id=report.id)]
