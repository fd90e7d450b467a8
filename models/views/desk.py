"""待办: every queue of decisions of the centre, with its count and oldest age.

Each queue is a partial index over what is undecided, so its cost never grows with history. No ORM
is imported: the total stands in every header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Rows
from models.views.record import COLUMN_NAMES
from rules.casework import RETURN_CODES
from rules.clocks import Limit
from rules.text import mask_text, stock_phrase


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

    ``version`` is the leading deadline's, to be given back as ``seen``; of an order its own.
    ``said`` is what was asked or answered, masked; ``mark`` what the judge should notice: 套话,
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


_LEAD = """
LEFT JOIN deadline l ON l.ticket_id = t.id AND l.subject_kind = 'ticket'
    AND l.stopped_at IS NULL AND l.leads
LEFT JOIN unit u ON u.id = r.lead_unit_id
"""


_ROUND = f"FROM round r JOIN ticket t ON t.id = r.ticket_id {_LEAD}"


def _asked(table: str, said: str, since: str) -> str:
    """Return the query of requests on a round's clock."""
    return f"""
    SELECT q.id, t.id, l.version, t.number, t.title, u.short_name, q.{since} AS since_at, {said}, ''
    FROM {table} q JOIN deadline d ON d.id = q.deadline_id JOIN round r ON r.id = d.round_id
    JOIN ticket t ON t.id = r.ticket_id {_LEAD}
    WHERE q.decided_at IS NULL"""


def _order(status: str, since: str, said: str) -> str:
    return f"""
    SELECT o.id, NULL, o.version, coalesce(o.number, ''), o.title, u.short_name,
           o.{since} AS since_at, {said}, ''
    FROM supervision_order o JOIN unit u ON u.id = o.unit_id WHERE o.status = '{status}'"""


@dataclass(frozen=True, slots=True)
class _Queue:
    name: str
    count: str
    rows: str


_ROUNDS = "SELECT count(*), min({}) AS oldest_at FROM round WHERE state = '{}'"


_UNDECIDED = "SELECT count(*), min({}) AS oldest_at FROM {} WHERE decided_at IS NULL"


_ORDERS = "SELECT count(*), min({}) AS oldest_at FROM supervision_order WHERE status = '{}'"


QUEUES: dict[str, _Queue] = {
    "dispatch": _Queue(
        "待派", _ROUNDS.format("coalesce(returned_at, opened_at)", "waiting"),
        f"""SELECT r.id, t.id, l.version, t.number, t.title, coalesce(t.unit_text, ''),
                   coalesce(r.returned_at, r.opened_at) AS since_at, t.content,
                   CASE WHEN r.returned_at IS NULL THEN '' ELSE '退单' END
            {_ROUND} WHERE r.state = 'waiting'"""),
    "return": _Queue(
        "退单待裁", _UNDECIDED.format("asked_at", "return_request"),
        f"""SELECT q.id, t.id, l.version, t.number, t.title, a.short_name, q.asked_at AS since_at,
                   q.reason_code || ' ' || coalesce(q.reason, ''),
                   CASE WHEN q.arbitration THEN '二次退单' ELSE '' END
            FROM return_request q JOIN round r ON r.id = q.round_id
            JOIN ticket t ON t.id = r.ticket_id {_LEAD} LEFT JOIN unit a ON a.id = q.unit_id
            WHERE q.decided_at IS NULL"""),
    "extension": _Queue(
        "延期待批", _UNDECIDED.format("asked_at", "extension"),
        _asked("extension", "q.limit_text || ' ' || q.reason", "asked_at")),
    "pause": _Queue(
        "挂起待批", _UNDECIDED.format("requested_at", "pause"),
        _asked("pause", "q.reason", "requested_at")),
    "judge": _Queue(
        "答复待审", _ROUNDS.format("replied_at", "replied"),
        f"""SELECT r.id, t.id, l.version, t.number, t.title, u.short_name,
                   r.replied_at AS since_at, coalesce(r.reply, ''),
                   coalesce((SELECT p.stock FROM reply p WHERE p.round_id = r.id
                             AND p.unit_id = r.lead_unit_id ORDER BY p.id DESC LIMIT 1), '')
            {_ROUND} WHERE r.state = 'replied'"""),
    "sign": _Queue("待签发", _ORDERS.format("drafted_at", "draft"),
                   _order("draft", "drafted_at", "o.cause")),
    "deliver": _Queue("待送达", _ORDERS.format("signed_at", "signed"),
                      _order("signed", "signed_at", "o.cause")),
    "feedback": _Queue("反馈待审", _ORDERS.format("feedback_at", "replied"),
                       _order("replied", "feedback_at", "coalesce(o.feedback, '')")),
    "conflict": _Queue(
        "数据冲突", _UNDECIDED.format("found_at", "conflict"),
        f"""SELECT q.id, t.id, l.version, t.number, t.title, u.short_name, q.found_at AS since_at,
                   q."column" || '|' || coalesce(q.ours, '') || '|' || coalesce(q.theirs, ''), ''
            FROM conflict q JOIN ticket t ON t.id = q.ticket_id
            JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds {_LEAD}
            WHERE q.decided_at IS NULL"""),
}  # fmt: skip
"""The queues in the order of UX.md: what each counts and how its rows are read."""


def desk_queues(rows: Rows) -> tuple[Waiting, ...]:
    """Return every queue, the empty ones too; ``rows`` is a reader's or a work's ``rows``."""
    found = []
    for key, queue in QUEUES.items():
        count, oldest = rows(queue.count)[0]
        found.append(Waiting(key, queue.name, int(count), oldest))
    return tuple(found)


def desk_total(rows: Rows) -> int:
    """Return how much waits in all, for the header: one statement."""
    parts = " UNION ALL ".join(
        queue.count.replace(" AS oldest_at", "").replace("count(*)", "count(*) AS n", 1)
        for queue in QUEUES.values()
    )
    return int(rows(f"SELECT coalesce(sum(n), 0) FROM ({parts}) AS each_queue")[0][0])


def desk_rows(rows: Rows, key: str, *, limit: int = 200, offset: int = 0) -> tuple[DeskRow, ...]:
    """Return what waits in one queue, the oldest first; ``key`` is one of ``QUEUES``."""
    sql = f"{QUEUES[key].rows} ORDER BY since_at, 1 LIMIT {int(limit)} OFFSET {int(offset)}"
    return tuple(_row(key, *cells) for cells in rows(sql))


def _row(
    key: str,
    id: int,
    ticket_id: int | None,
    version: int | None,
    number: str,
    title: str,
    unit: str | None,
    since_at: datetime,
    said: str,
    mark: str,
) -> DeskRow:
    if key == "judge":
        mark = mark or stock_phrase(said) or ""
    return DeskRow(id, ticket_id, version or 0, number, mask_text(title), unit or "", since_at,
                   mask_text(_SAID.get(key, str)(said)), mark)  # fmt: skip


def _conflict(said: str) -> str:
    column, ours, theirs = said.split("|", 2)
    return (
        f"{COLUMN_NAMES.get(column, column)}：本库“{ours or '—'}”，来件“{theirs or '（未留存）'}”"
    )


def _return(said: str) -> str:
    code, _, reason = said.partition(" ")
    return "，".join(filter(None, (RETURN_CODES.get(code, code), reason)))


def _extension(said: str) -> str:
    limit_text, _, reason = said.partition(" ")
    return f"延{Limit.parse(limit_text).label}，{reason}" if reason else limit_text


_SAID = {"conflict": _conflict, "return": _return, "extension": _extension}


def selection(rows: Sequence[DeskRow]) -> dict[int, int]:
    """Return the tickets of some rows with the versions seen, as casework's ``seen`` takes them."""
    return {row.ticket_id: row.version for row in rows if row.ticket_id is not None}
