"""政法干部进社区 as values: visits of a month, of a community, with their appeals and tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import kept_back, status_label
from rules.errors import DubanError
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit; instants are aware UTC, ``cadres`` and ``services`` hold a line each.

    ``undone`` of its ``tasks`` are not done; ``yellow_at`` and
    ``red_at`` are of the clock of that one which turns red first, None where none runs.
    """

    id: int
    version: int
    code: str
    street: str
    community: str
    unit_id: int
    unit: str
    cadres: str
    at: datetime
    ends_at: datetime | None
    done_at: datetime | None
    void_at: datetime | None
    services: str
    summary: str
    appeals: int
    open: int
    tasks: int
    undone: int
    yellow_at: datetime | None
    red_at: datetime | None

    @property
    def place(self) -> str:
        """Return street and community."""
        return self.street + self.community

    def state(self, now: datetime) -> str:
        """Return how it stands in a word."""
        if self.void_at is not None:
            return "已取消"
        if self.done_at is not None:
            return "已走访"
        return "未登记" if self.at < now else "待走访"


_SELECT = """
SELECT v.id, v.version, v.code, coalesce(s.name, '') AS street,
       coalesce(g.name, v.code) AS community, v.unit_id, u.short_name AS unit, v.cadres, v.at,
       v.ends_at, v.done_at, v.void_at,
       v.services, v.summary,
       (SELECT count(*) FROM visit_appeal a WHERE a.visit_id = v.id) AS appeals,
       (SELECT count(*) FROM visit_appeal a JOIN ticket t ON t.id = a.ticket_id
        WHERE a.visit_id = v.id AND t.state = 'open') AS open,
       (SELECT count(*) FROM visit_task k WHERE k.visit_id = v.id) AS tasks,
       (SELECT count(*) FROM visit_task k WHERE k.visit_id = v.id AND k.done_at IS NULL) AS undone,
       d.yellow_at, d.red_at
FROM visit v JOIN unit u ON u.id = v.unit_id
LEFT JOIN grid g ON g.code = v.code LEFT JOIN grid s ON s.code = g.parent
LEFT JOIN deadline d ON d.id = (
    SELECT l.id FROM deadline l JOIN visit_task k ON k.id = l.subject_id
    WHERE l.subject_kind = 'visit_task' AND l.stopped_at IS NULL AND k.visit_id = v.id
    ORDER BY l.red_at, l.id LIMIT 1)
"""
_SPAN = Query(VisitView, f"{_SELECT} WHERE v.at >= :since AND v.at < :until ORDER BY v.at, v.id")
_PLACE = Query(
    VisitView,
    f"{_SELECT} WHERE v.code = :code AND v.at >= :since AND v.at < :until ORDER BY v.at, v.id",
)
_BY_ID = Query(VisitView, f"{_SELECT} WHERE v.id = :id")


def visits_in(source: Source, since: datetime, until: datetime, code: str = "") -> list[VisitView]:
    """Return the visits that begin in a span, of one community where a code is given."""
    if code:
        return source.read(_PLACE, code=code, since=since, until=until)
    return source.read(_SPAN, since=since, until=until)


def visit_of(source: Source, id: int) -> VisitView:
    """Return one visit; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的走访：请用 duban visit list 查看")
    return found


@dataclass(frozen=True, slots=True)
class VisitTaskView:
    """What a visit left a unit to do; ``stopped_at`` is when its clock was."""

    id: int
    version: int
    visit_id: int
    unit_id: int
    unit: str
    title: str
    limit_text: str
    started_at: datetime
    due_at: datetime
    done_at: datetime | None
    result: str | None
    yellow_at: datetime | None
    red_at: datetime | None
    stopped_at: datetime | None

    @property
    def state(self) -> str:
        """Return how it stands in a word."""
        return "办理中" if self.done_at is None else "完成"


_TASK = """
SELECT k.id, k.version, k.visit_id, k.unit_id, u.short_name AS unit, k.title, k.limit_text,
       k.started_at, coalesce(d.due_at, k.due_at) AS due_at, k.done_at, k.result, d.yellow_at,
       d.red_at, d.stopped_at
FROM visit_task k JOIN unit u ON u.id = k.unit_id
LEFT JOIN deadline d ON d.subject_kind = 'visit_task' AND d.subject_id = k.id
"""
_TASKS = Query(VisitTaskView, f"{_TASK} WHERE k.visit_id = :id ORDER BY k.id")
_TASK_BY_ID = Query(VisitTaskView, f"{_TASK} WHERE k.id = :id")


def visit_tasks(source: Source, visit_id: int) -> list[VisitTaskView]:
    """Return what a visit left to do, in the order it was set."""
    return source.read(_TASKS, id=visit_id)


def visit_task_of(source: Source, id: int) -> VisitTaskView:
    """Return one task; ``DubanError`` for an id that is none."""
    found = source.first(_TASK_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的走访任务：请用 duban visit show 查看")
    return found


@dataclass(frozen=True, slots=True)
class ToldAppeal:
    """An appeal that was told on a visit as a list shows it: masked, its state in words."""

    id: int
    number: str
    title: str
    nature: str
    state: str
    unit: str
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_APPEALS = Query(
    ToldAppeal,
    """
SELECT t.id, t.number, t.title, t.nature, r.state, coalesce(u.short_name, '') AS unit,
       p.reporter, p.phone, p.address, t.confidential
FROM visit_appeal a JOIN ticket t ON t.id = a.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE a.visit_id = :id ORDER BY a.id
""",
)


def visit_appeals(source: Source, visit_id: int, masking: Masking) -> list[ToldAppeal]:
    """Return what was told on a visit; of what is kept back only what it is."""
    return [
        replace(
            one,
            title=kept_back(one.nature, one.confidential) or masking.about(one).text(one.title),
            state=status_label("ticket", one.state),
        )
        for one in source.read(_APPEALS, id=visit_id)
    ]
