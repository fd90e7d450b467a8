"""待办: every queue of decisions of the centre, with its count and oldest age.

Each queue is a partial index over what is undecided, so its cost never grows with history. No ORM
is imported: the total stands in every header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import COLUMN_NAMES, RETURN_CODES
from rules.clocks import Limit, Timekeeper
from rules.text import MASKED, Masking, stock_phrase


@dataclass(frozen=True, slots=True)
class Waiting:
    """One queue of the desk: how many wait, the oldest since when (None: nobody waits)."""

    key: str
    name: str
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One decision that waits; ``id`` is the request's, order's or conflict's, else the round's.

    ``version`` is the ticket's or the order's, to be given back as ``seen``.
    ``said`` is what was asked or answered; ``mark`` what the judge should notice: 套话,
    二次退单.
    """

    id: int
    ticket_id: int | None
    version: int
    number: str
    title: str
    unit: str
    since_at: datetime
    said: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One decision as it is read; what follows ``since_at`` only some queues have.

    ``text`` is in somebody's own words; ``code`` is a return's reason, ``limit_text`` the
    extension asked for, ``column`` with ``ours`` and ``theirs`` what a file tells otherwise.
    """

    id: int
    ticket_id: int | None
    version: int
    number: str | None
    title: str
    unit: str | None
    since_at: datetime
    text: str | None = None
    code: str = ""
    limit_text: str = ""
    column: str = ""
    ours: str | None = None
    theirs: str | None = None
    returned: bool = False
    arbitration: bool = False
    stock: str | None = None
    reporter: str | None = None
    phone: str | None = None
    address: str | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class _Queue:
    """A queue: its name, what waits in it, how it is counted and how its rows are read."""

    name: str
    waiting: str
    counted: Query[Waiting]
    asked: Query[_Asked]


_TICKET = """t.id AS ticket_id, t.version, t.number, t.title,
       p.reporter, p.phone, p.address, t.confidential"""
_LEAD = """
LEFT JOIN deadline l ON l.ticket_id = t.id AND l.subject_kind = 'ticket'
    AND l.stopped_at IS NULL AND l.leads
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
"""
_OLDEST_FIRST = "ORDER BY since_at, id LIMIT :limit OFFSET :offset"


def _of_rounds(state: str, since: str, columns: str) -> str:
    """Return the text that reads the rounds of a state."""
    return f"""
SELECT r.id AS id, {_TICKET}, {since} AS since_at, {columns}
FROM round r JOIN ticket t ON t.id = r.ticket_id {_LEAD}
WHERE r.state = '{state}' {_OLDEST_FIRST}"""


def _of_clocks(table: str, since: str, columns: str) -> str:
    """Return the text that reads the undecided requests on a round's clock."""
    return f"""
SELECT q.id AS id, {_TICKET}, u.short_name AS unit, q.{since} AS since_at, {columns}
FROM {table} q JOIN deadline d ON d.id = q.deadline_id JOIN round r ON r.id = d.round_id
JOIN ticket t ON t.id = r.ticket_id {_LEAD}
WHERE q.decided_at IS NULL {_OLDEST_FIRST}"""


def _of_orders(status: str, since: str, text: str) -> str:
    """Return the text that reads the orders of a status."""
    return f"""
SELECT o.id AS id, NULL AS ticket_id, o.version, o.number, o.title, u.short_name AS unit,
       o.{since} AS since_at, {text} AS text
FROM supervision_order o JOIN unit u ON u.id = o.unit_id
WHERE o.status = '{status}' {_OLDEST_FIRST}"""


def _counted(key: str, name: str, since: str, waiting: str) -> str:
    """Return the text that counts a queue."""
    named = f"SELECT '{key}' AS key, '{name}' AS name"
    return f"{named}, count(*) AS count, min({since}) AS oldest_at {waiting}"


_NAMED = (
    (
        "dispatch",
        "待派",
        "coalesce(returned_at, opened_at)",
        "FROM round WHERE state = 'waiting'",
        _of_rounds(
            "waiting",
            "coalesce(r.returned_at, r.opened_at)",
            "t.unit_text AS unit, t.content AS text, r.returned_at IS NOT NULL AS returned",
        ),
    ),
    (
        "return",
        "退单待裁",
        "asked_at",
        "FROM return_request WHERE decided_at IS NULL",
        f"""
SELECT q.id AS id, {_TICKET}, a.short_name AS unit, q.asked_at AS since_at,
       q.reason_code AS code, q.reason AS text, q.arbitration
FROM return_request q JOIN round r ON r.id = q.round_id
JOIN ticket t ON t.id = r.ticket_id {_LEAD} LEFT JOIN unit a ON a.id = q.unit_id
WHERE q.decided_at IS NULL {_OLDEST_FIRST}""",
    ),
    (
        "extension",
        "延期待批",
        "asked_at",
        "FROM extension WHERE decided_at IS NULL",
        _of_clocks("extension", "asked_at", "q.limit_text, q.reason AS text"),
    ),
    (
        "pause",
        "挂起待批",
        "requested_at",
        "FROM pause WHERE decided_at IS NULL",
        _of_clocks("pause", "requested_at", "q.reason AS text"),
    ),
    (
        "judge",
        "答复待审",
        "replied_at",
        "FROM round WHERE state = 'replied'",
        _of_rounds(
            "replied",
            "r.replied_at",
            """u.short_name AS unit, r.reply AS text,
       (SELECT y.stock FROM reply y WHERE y.round_id = r.id AND y.unit_id = r.lead_unit_id
        ORDER BY y.id DESC LIMIT 1) AS stock""",
        ),
    ),
    (
        "sign",
        "待签发",
        "drafted_at",
        "FROM supervision_order WHERE status = 'draft'",
        _of_orders("draft", "drafted_at", "o.cause"),
    ),
    (
        "deliver",
        "待送达",
        "signed_at",
        "FROM supervision_order WHERE status = 'signed'",
        _of_orders("signed", "signed_at", "o.cause"),
    ),
    (
        "feedback",
        "反馈待审",
        "feedback_at",
        "FROM supervision_order WHERE status = 'replied'",
        _of_orders("replied", "feedback_at", "o.feedback"),
    ),
    (
        "conflict",
        "数据冲突",
        "found_at",
        "FROM conflict WHERE decided_at IS NULL",
        f"""
SELECT q.id AS id, {_TICKET}, u.short_name AS unit, q.found_at AS since_at,
       q."column", q.ours, q.theirs
FROM conflict q JOIN ticket t ON t.id = q.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds {_LEAD}
WHERE q.decided_at IS NULL {_OLDEST_FIRST}""",
    ),
)
"""The queues in the order of UX.md: key, name, since when it waits, what waits, how it is read."""

QUEUES = {
    key: _Queue(
        name, waiting, Query(Waiting, _counted(key, name, since, waiting)), Query(_Asked, rows)
    )
    for key, name, since, waiting, rows in _NAMED
}

_EACH = " UNION ALL ".join(f"SELECT count(*) AS n {queue.waiting}" for queue in QUEUES.values())
_TOTAL = f"SELECT sum(n) FROM ({_EACH}) AS each_queue"


def desk_queues(source: Source) -> tuple[Waiting, ...]:
    """Return every queue, the empty ones too."""
    return tuple(found for queue in QUEUES.values() for found in source.read(queue.counted))


def desk_total(source: Source) -> int:
    """Return how much waits in all, for the header: one statement."""
    return int(source.value(_TOTAL))


def desk_rows(
    source: Source, key: str, *, limit: int = 200, offset: int = 0, masking: Masking = MASKED
) -> tuple[DeskRow, ...]:
    """Return what waits in one queue, the oldest first; ``key`` is one of ``QUEUES``."""
    found = source.read(QUEUES[key].asked, limit=limit, offset=offset)
    return tuple(_row(masking, key, asked) for asked in found)


def _row(masking: Masking, key: str, asked: _Asked) -> DeskRow:
    masking = masking.about(asked)
    return DeskRow(
        id=asked.id,
        ticket_id=asked.ticket_id,
        version=asked.version,
        number=asked.number or "",
        title=masking.text(asked.title),
        unit=asked.unit or "",
        since_at=asked.since_at,
        said=masking.text(_said(key, asked)),
        mark=_mark(key, asked),
    )


def _said(key: str, asked: _Asked) -> str:
    """Return what was asked or answered, in words."""
    text = asked.text or ""
    if key == "return":
        return "，".join(filter(None, (RETURN_CODES.get(asked.code, asked.code), text)))
    if key == "extension":
        return "，".join(filter(None, (f"延{Limit.parse(asked.limit_text).label}", text)))
    if key == "conflict":
        column = COLUMN_NAMES.get(asked.column, asked.column)
        return f"{column}：本库“{asked.ours or '—'}”，来件“{asked.theirs or '（未留存）'}”"
    return text


def _mark(key: str, asked: _Asked) -> str:
    """Return what the judge should notice."""
    if key == "judge":
        return asked.stock or stock_phrase(asked.text or "") or ""
    return "退单" if asked.returned else "二次退单" if asked.arbitration else ""


def with_undelivered(
    found: Sequence[DeskRow], keeper: Timekeeper, limit_text: str, now: datetime
) -> tuple[DeskRow, ...]:
    """Return signed orders, those marked that the policy wants delivered by now.

    ``limit_text`` is ``[orders] undelivered`` and counts from the signature.
    """
    mark = f"签发逾{Limit.parse(limit_text).label}未送达"
    return tuple(
        replace(row, mark=mark)
        if keeper.timed("deliver", limit_text, row.since_at).due_at < now
        else row
        for row in found
    )
