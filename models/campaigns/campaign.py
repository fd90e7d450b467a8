"""专题 as values: campaigns with their figures, tasks, sessions and what was moved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import kept_back, status_label
from rules.errors import DubanError
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign; instants are aware UTC.

    ``tickets`` are its appeals, ``open`` of them not closed; ``percent`` is the mean of its tasks,
    ``late`` those of them due by then and not done. ``red_at`` and ``yellow_at`` are of the clock
    that turns red first among its own and its tasks', None where none runs.
    """

    id: int
    version: int
    name: str
    theme: str | None
    leader: str | None
    lead_unit_id: int | None
    lead_unit: str | None
    started_at: datetime
    due_at: datetime | None
    original_due_at: datetime | None
    basis: str | None
    closed_at: datetime | None
    summary: str | None
    tickets: int
    open: int
    tasks: int
    done: int
    late: int
    percent: int
    yellow_at: datetime | None
    red_at: datetime | None


_SELECT = """
SELECT c.id, c.version, c.name, c.theme, c.leader, c.lead_unit_id, u.short_name AS lead_unit,
       c.started_at, c.due_at, c.original_due_at, c.basis, c.closed_at, c.summary,
       (SELECT count(*) FROM ticket t WHERE t.campaign_id = c.id) AS tickets,
       (SELECT count(*) FROM ticket t WHERE t.campaign_id = c.id AND t.state = 'open') AS open,
       coalesce(k.tasks, 0) AS tasks, coalesce(k.done, 0) AS done, coalesce(k.late, 0) AS late,
       coalesce(k.percent, 0) AS percent, d.yellow_at, d.red_at
FROM campaign c LEFT JOIN unit u ON u.id = c.lead_unit_id
LEFT JOIN (
    SELECT campaign_id, count(*) AS tasks, count(done_at) AS done,
           sum(CASE WHEN done_at IS NULL AND due_at < :now THEN 1 ELSE 0 END) AS late,
           sum(percent) / count(*) AS percent
    FROM campaign_task GROUP BY campaign_id
) k ON k.campaign_id = c.id
LEFT JOIN deadline d ON d.id = (
    SELECT l.id FROM deadline l
    LEFT JOIN campaign_task x ON l.subject_kind = 'campaign_task' AND x.id = l.subject_id
    WHERE l.stopped_at IS NULL AND (l.subject_kind = 'campaign' AND l.subject_id = c.id
       OR l.subject_kind = 'campaign_task' AND x.campaign_id = c.id)
    ORDER BY l.red_at, l.id LIMIT 1)
"""
_EVERY = Query(CampaignView, f"{_SELECT} ORDER BY c.closed_at IS NOT NULL, c.due_at, c.id DESC")
_BY_ID = Query(CampaignView, f"{_SELECT} WHERE c.id = :id")


def campaign_list(source: Source, now: datetime) -> list[CampaignView]:
    """Return every campaign, those that run first, by their deadlines."""
    return source.read(_EVERY, now=now)


def campaign_of(source: Source, id: int, now: datetime) -> CampaignView:
    """Return one campaign; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id, now=now)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的专题：请用 duban campaign list 查看")
    return found


_NAMED = "SELECT id FROM campaign WHERE name = :text"
_OF_ID = "SELECT id FROM campaign WHERE id = :id"


def campaign_by_name(source: Source, text: str) -> int:
    """Return the id of a campaign named by id (``3``) or by its whole name."""
    word = text.strip()
    found = source.value(_NAMED, text=word)
    if found is None and word.removeprefix("#").isdecimal() and len(word) < 11:
        found = source.value(_OF_ID, id=int(word.lstrip("#")))
    if found is None:
        raise DubanError(f"没有专题 {text}：请用 duban campaign list 查看编号或名称")
    return int(found)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of a unit; ``told`` is what was last reported of it, ``told_at`` when."""

    id: int
    version: int
    campaign_id: int
    campaign: str
    unit_id: int
    unit: str
    title: str
    started_at: datetime
    due_at: datetime
    percent: int
    done_at: datetime | None
    undone_reason: str | None
    told: str | None
    told_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None
    stopped_at: datetime | None

    @property
    def state(self) -> str:
        """Return how it stands in a word."""
        if self.done_at is not None:
            return "完成"
        return "未完成" if self.undone_reason else "办理中"


_TASK = """
SELECT k.id, k.version, k.campaign_id, c.name AS campaign, k.unit_id, u.short_name AS unit, k.title,
       k.started_at, k.due_at, k.percent, k.done_at, k.undone_reason, p.text AS told,
       p.at AS told_at, d.yellow_at, d.red_at, d.stopped_at
FROM campaign_task k JOIN campaign c ON c.id = k.campaign_id JOIN unit u ON u.id = k.unit_id
LEFT JOIN campaign_progress p ON p.id = (
    SELECT max(q.id) FROM campaign_progress q WHERE q.task_id = k.id)
LEFT JOIN deadline d ON d.subject_kind = 'campaign_task' AND d.subject_id = k.id
"""
_TASKS = Query(TaskView, f"{_TASK} WHERE k.campaign_id = :id ORDER BY k.id")
_TASKS_BY_ID = Query(TaskView, f"{_TASK} WHERE k.id IN (:ids)")


def tasks_of(source: Source, campaign_id: int) -> list[TaskView]:
    """Return the tasks of a campaign in the order they were set."""
    return source.read(_TASKS, id=campaign_id)


def task_of(source: Source, id: int) -> TaskView:
    """Return one task; ``DubanError`` for an id that is none."""
    found = source.first(_TASKS_BY_ID, ids=[id])
    if found is None:
        raise DubanError(f"没有编号为 {id} 的专题任务：请用 duban campaign show 查看")
    return found


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question of a session with its answer, and the ticket it is linked to."""

    session_id: int
    question: str
    answer: str
    ticket: str | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session with a leader."""

    id: int
    kind: str
    held_at: datetime
    leader: str
    topic: str
    answers: tuple[AnswerView, ...] = field(default=())


_SESSIONS = Query(
    SessionView,
    """
SELECT id, kind, held_at, leader, topic FROM campaign_session
WHERE campaign_id = :id ORDER BY held_at, id
""",
)
_ANSWERS = Query(
    AnswerView,
    """
SELECT a.session_id, a.question, a.answer, t.number AS ticket
FROM campaign_answer a LEFT JOIN ticket t ON t.id = a.ticket_id
WHERE a.campaign_id = :id ORDER BY a.session_id, a.position
""",
)


def sessions_of(source: Source, campaign_id: int) -> list[SessionView]:
    """Return the sessions of a campaign with their questions, the earliest first."""
    answers = source.read(_ANSWERS, id=campaign_id)
    return [
        SessionView(
            one.id,
            one.kind,
            one.held_at,
            one.leader,
            one.topic,
            tuple(answer for answer in answers if answer.session_id == one.id),
        )
        for one in source.read(_SESSIONS, id=campaign_id)
    ]


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A deadline that was moved: the campaign's, or that of the task it names."""

    task: str | None
    due_before: datetime
    due_after: datetime
    reason: str
    at: datetime


_EXTENSIONS = Query(
    ExtensionView,
    """
SELECT k.title AS task, x.due_before, x.due_after, x.reason, x.at
FROM campaign_extension x LEFT JOIN campaign_task k ON k.id = x.task_id
WHERE x.campaign_id = :id ORDER BY x.id
""",
)


def extensions_of(source: Source, campaign_id: int) -> list[ExtensionView]:
    """Return what was moved in a campaign, the earliest first."""
    return source.read(_EXTENSIONS, id=campaign_id)


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal of a campaign as a list shows it, its title masked, its state in words."""

    id: int
    number: str
    title: str
    nature: str
    state: str
    unit: str
    channel: str
    area: str
    received_at: datetime
    due_at: datetime | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_APPEALS = Query(
    AppealLine,
    """
SELECT t.id, t.number, t.title, t.nature, r.state, coalesce(u.short_name, t.unit_text, '') AS unit,
       t.channel, coalesce(t.area, '') AS area, t.received_at, d.due_at, p.reporter, p.phone,
       p.address, t.confidential
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN deadline d ON d.round_id = r.id AND d.subject_kind = 'ticket' AND d.step = 'close'
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.campaign_id = :id ORDER BY t.id DESC LIMIT :limit
""",
)


def appeals_of(
    source: Source, campaign_id: int, masking: Masking, limit: int = 500
) -> list[AppealLine]:
    """Return the newest appeals of a campaign; of what is kept back only what it is."""
    return [
        replace(
            one,
            title=kept_back(one.nature, one.confidential) or masking.about(one).text(one.title),
            state=status_label("ticket", one.state),
        )
        for one in source.read(_APPEALS, id=campaign_id, limit=limit)
    ]
