"""What a verification tells: findings, names of subjects, and what is compared beside seals."""

from __future__ import annotations

from dataclasses import dataclass

from models.store.rows import Query

MOST = 50
"""Findings told one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not follow from the trail: where it is, and what is wrong in words."""

    table: str
    subject: str
    id: int
    said: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``audit verify`` found.

    ``first_bad`` is the seq of the first event that is wrong, ``subjects`` how many were reckoned
    again, ``broken`` what does not follow, ``more`` how many findings are not told.
    """

    events: int
    ok: bool
    first_bad: int | None
    head: str
    subjects: int = 0
    broken: tuple[Finding, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """What a subject is called."""

    id: int
    name: str


WORDS = {
    "ticket": "工单",
    "order": "督办单",
    "edition": "通报",
    "remark": "通报点评",
    "flag": "督办提示",
    "unit": "单位",
    "operator": "操作员",
    "policy": "规则版本",
    "calendar": "日历版本",
    "instruction": "批示",
    "reminder": "催办",
    "campaign": "专题",
    "entity": "被反映主体",
    "decision": "处理决定",
    "alias": "别名建议",
    "problem": "共性问题",
    "campaign_task": "专题任务",
    "emergency": "特殊时期",
    "letter": "公函",
    "line": "派单目录",
    "measure": "派单把握测算",
    "report": "民情专报",
    "profile": "来源格式",
    "template": "文书模板",
    "reception": "接访",
    "pledge": "承诺",
    "cell_matter": "网格事项",
    "opinion_topic": "我要参与",
    "police_group": "社区警务群",
    "group_message": "群内诉求",
    "visit": "走访",
    "visit_task": "走访任务",
    "council": "会商",
    "duty": "值班代理",
    "erasure": "清除申请",
    "sweep": "巡查记录",
    "store": "库的设置与基础数据",
}

_TICKETS = Query(Name, "SELECT id, number AS name FROM ticket WHERE id IN (:ids)")
_ORDERS = Query(
    Name, "SELECT id, coalesce(number, '草稿') AS name FROM supervision_order WHERE id IN (:ids)"
)
_LETTERS = Query(Name, "SELECT id, coalesce(number, title) AS name FROM letter WHERE id IN (:ids)")
_REPORTS = Query(
    Name,
    "SELECT r.id, coalesce(l.number, l.title) AS name FROM report r "
    "JOIN letter l ON l.id = r.letter_id WHERE r.id IN (:ids)",
)
_EDITIONS = Query(Name, "SELECT id, period AS name FROM edition WHERE id IN (:ids)")
_ENTITIES = Query(Name, "SELECT id, name FROM entity WHERE id IN (:ids)")
_UNITS = Query(Name, "SELECT id, name FROM unit WHERE id IN (:ids)")
_PROBLEMS = Query(Name, "SELECT id, name FROM problem WHERE id IN (:ids)")
_OPERATORS = Query(Name, "SELECT id, login AS name FROM operator WHERE id IN (:ids)")

NAMES = {
    "ticket": _TICKETS,
    "order": _ORDERS,
    "letter": _LETTERS,
    "report": _REPORTS,
    "edition": _EDITIONS,
    "entity": _ENTITIES,
    "unit": _UNITS,
    "problem": _PROBLEMS,
    "operator": _OPERATORS,
}
"""What asks for the names of subjects, by their kind."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The last number given under a key."""

    key: str
    last: int


@dataclass(frozen=True, slots=True)
class Given:
    """The highest number that stands under a key, as written."""

    key: str
    last: str


COUNTERS = Query(Counted, "SELECT key, last FROM counter")
GIVEN = Query(
    Given,
    """
SELECT substr(t.number, 1, length(t.number) - d.n) AS key,
       max(substr(t.number, length(t.number) - d.n + 2)) AS last
FROM ticket t JOIN (
    SELECT 6 AS n UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10
) d ON length(t.number) > d.n AND substr(t.number, length(t.number) - d.n + 1, 1) = '-'
GROUP BY d.n, substr(t.number, 1, length(t.number) - d.n)
UNION ALL SELECT 'paper:' || code || ':' || CAST(year AS TEXT), CAST(max(serial) AS TEXT)
FROM (SELECT code, year, serial FROM supervision_order
      UNION ALL SELECT code, year, serial FROM letter) n
WHERE serial IS NOT NULL GROUP BY code, year
""",
)
WAITING = Query(
    Name,
    """
SELECT id, step AS name FROM deadline
WHERE next_at IS NOT NULL AND (stopped_at IS NOT NULL OR paused_at IS NOT NULL)
""",
)
FILED = Query(
    Name,
    """
SELECT DISTINCT t.id, t.number AS name FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE d.stopped_at IS NULL AND (d.channel <> t.channel OR d.urgency <> t.urgency
    OR d.grid <> coalesce(t.grid, ''))
""",
)
PLACED = Query(
    Name,
    """
SELECT DISTINCT t.id, t.number AS name FROM round r JOIN ticket t ON t.id = r.ticket_id
WHERE r.grid <> coalesce(t.grid, '')
""",
)
COLOURED = Query(
    Name,
    """
SELECT t.id, t.number AS name FROM ticket t JOIN (
    SELECT ticket_id, max(CASE worst_colour WHEN 'red' THEN 2 WHEN 'yellow' THEN 1 ELSE 0 END)
           AS deepest
    FROM deadline WHERE subject_kind = 'ticket' AND ticket_id IS NOT NULL GROUP BY ticket_id
) d ON d.ticket_id = t.id
WHERE CASE t.worst_colour WHEN 'red' THEN 2 WHEN 'yellow' THEN 1 ELSE 0 END <> d.deepest
""",
)
