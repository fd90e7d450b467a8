"""The queues of decisions the centre owes: what waits in each, since when, how it is read."""

from __future__ import annotations

from dataclasses import dataclass

from models.store import Query
from models.views.asked import Asked, Waiting
from models.views.filtering import Shelf


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: its name, what waits in it, how it is counted, filtered and read.

    ``since`` is when a decision began to wait.
    """

    name: str
    waiting: str
    since: str
    where: str
    shelf: Shelf
    counted: Query[Waiting]
    asked: Query[Asked]


@dataclass(frozen=True, slots=True)
class _Rows:
    """How the rows of a queue are read: where they stand, under which condition, what they say.

    ``matter`` is how they name their matter, where that is not simply a ticket.
    """

    shelf: Shelf
    where: str
    columns: str
    matter: str = ""


_TICKET = """t.id AS ticket_id, t.version, t.number, t.title, t.nature,
       p.reporter, p.phone, p.address, t.confidential"""
_LEAD = """
LEFT JOIN deadline l ON l.ticket_id = t.id AND l.subject_kind = 'ticket'
    AND l.stopped_at IS NULL AND l.leads
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
"""
_OF_TICKET = f"JOIN ticket t ON t.id = r.ticket_id {_LEAD}"
_OF_LAST_ROUND = f"JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds {_LEAD}"
_FIRST_TICKET = """LEFT JOIN ticket t ON t.id = (
    SELECT min(x.ticket_id) FROM order_ticket x WHERE x.order_id = o.id)"""

_LED = "SELECT m.id FROM ticket m WHERE m.merged_into IS NOT NULL"
"""Appeals that are decided with their lead (并单)."""

_UNLED = f"r.ticket_id NOT IN ({_LED})"

_UNLED_ROUND = f"q.round_id NOT IN (SELECT r.id FROM round r WHERE r.ticket_id IN ({_LED}))"

_UNLED_CLOCK = f"q.deadline_id NOT IN (SELECT d.id FROM deadline d WHERE d.ticket_id IN ({_LED}))"

_ASKED = "q.decided_at IS NULL"

_UP = "q.until_at IS NOT NULL AND q.to_at IS NULL AND q.over_at IS NOT NULL"
"""Pauses whose time is up and whose clock stands still until the centre decides."""

_ON_ACCOUNT = "q.ended_at IS NULL AND q.began_at IS NULL"
"""挂账 that was asked for and has not begun."""

_UNRULED = """d.ruled_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM return_request q WHERE q.round_id = d.round_id AND q.decided_at IS NULL)"""
"""Disputes that nobody ruled on, but for those that wait as a second return."""

OPENLY = "o.confidential IS NOT TRUE"
"""Papers that everybody may see; the others wait on the list of those who may."""


def _shelf(table: str, id: str, unit: str = "r.lead_unit_id") -> Shelf:
    texts = ("t.title", "t.number", "t.object")
    return Shelf(table, id, {}, unit=unit, step="CAST(NULL AS text)", texts=texts)


def _of_unit(table: str) -> Shelf:
    """Return where what a unit asked of a round stands; ``table`` ends in its short name."""
    its = table[-1]
    of_round = f"JOIN round r ON r.id = {its}.round_id {_OF_TICKET}"
    asking = f"LEFT JOIN unit a ON a.id = {its}.unit_id"
    return _shelf(f"{table} {of_round} {asking}", f"{its}.id", f"{its}.unit_id")


def _of_tickets(
    table: str, where: str, columns: str, joins: str = "", unit: str = "r.lead_unit_id"
) -> _Rows:
    """Return how what waits on a ticket is read; ``table`` ends in its short name."""
    its = table[-1]
    on = f"{table} JOIN ticket t ON t.id = {its}.ticket_id {_OF_LAST_ROUND} {joins}"
    return _Rows(_shelf(on, f"{its}.id", unit), where, columns)


def _of_rounds(state: str, columns: str) -> _Rows:
    """Return how the rounds of a state are read."""
    return _Rows(
        _shelf(f"round r {_OF_TICKET}", "r.id"), f"r.state = '{state}' AND {_UNLED}", columns
    )


def _of_clocks(table: str, columns: str, which: str) -> _Rows:
    """Return how what waits on a round's clock is read."""
    on = f"{table} q JOIN deadline d ON d.id = q.deadline_id JOIN round r ON r.id = d.round_id"
    return _Rows(
        _shelf(f"{on} {_OF_TICKET}", "q.id"),
        f"{which} AND {_UNLED_CLOCK}",
        f"u.short_name AS unit, {columns}",
    )


def _of_orders(status: str, text: str) -> _Rows:
    """Return how the orders of a status are read."""
    shelf = Shelf(
        "supervision_order o JOIN unit u ON u.id = o.unit_id",
        "o.id",
        {"t": _FIRST_TICKET},
        unit="o.unit_id",
        step="CAST(NULL AS text)",
        kind="'order'",
        texts=("o.title", "o.number"),
    )
    return _Rows(
        shelf,
        f"o.status = '{status}' AND {OPENLY}",
        f"u.short_name AS unit, {text} AS text",
        "NULL AS ticket_id, o.version, o.number, o.title",
    )


def _reads(rows: _Rows, since: str) -> str:
    """Return the text that reads rows; a condition may follow."""
    matter = rows.matter or _TICKET
    return (
        f"SELECT {rows.shelf.id} AS id, {matter}, {since} AS since_at, {rows.columns} "
        f"FROM {rows.shelf.table} WHERE {rows.where}"
    )


def _counted(key: str, name: str, since: str, waiting: str) -> str:
    """Return the text that counts a queue."""
    named = f"SELECT '{key}' AS key, '{name}' AS name"
    return f"{named}, count(*) AS count, min({since}) AS oldest_at {waiting}"


_NAMED = (
    (
        "dispatch",
        "待派",
        "coalesce(r.returned_at, r.opened_at)",
        f"FROM round r WHERE r.state = 'waiting' AND {_UNLED}",
        _of_rounds(
            "waiting",
            "t.unit_text AS unit, t.content AS text, r.returned_at IS NOT NULL AS returned",
        ),
    ),
    (
        "return",
        "退单待裁",
        "q.asked_at",
        f"FROM return_request q WHERE q.decided_at IS NULL AND {_UNLED_ROUND}",
        _Rows(
            _of_unit("return_request q"),
            f"q.decided_at IS NULL AND {_UNLED_ROUND}",
            "a.short_name AS unit, q.reason_code AS code, q.reason AS text, q.arbitration",
        ),
    ),
    *(
        (
            key,
            name,
            f"q.{since}_at",
            f"FROM {table} q WHERE {which} AND {_UNLED_CLOCK}",
            _of_clocks(table, f"{columns} AS text", which),
        )
        for key, name, since, table, columns, which in (
            ("extension", "延期待批", "asked", "extension", "q.limit_text, q.reason", _ASKED),
            ("pause", "挂起待批", "requested", "pause", "q.reason", _ASKED),
            ("up", "挂起期满", "over", "pause", "q.approval", _UP),
        )
    ),
    (
        "judge",
        "答复待审",
        "r.replied_at",
        f"FROM round r WHERE r.state = 'replied' AND {_UNLED}",
        _of_rounds(
            "replied",
            """u.short_name AS unit, r.reply AS text,
       (SELECT y.stock FROM reply y WHERE y.round_id = r.id AND y.unit_id = r.lead_unit_id
        ORDER BY y.id DESC LIMIT 1) AS stock""",
        ),
    ),
    (
        "exclusion",
        "剔除待批",
        "x.asked_at",
        "FROM exclusion x WHERE x.decided_at IS NULL",
        _Rows(
            _shelf(f"exclusion x JOIN round r ON r.id = x.round_id {_OF_TICKET}", "x.id"),
            "x.decided_at IS NULL",
            """u.short_name AS unit, coalesce(x.code, x.kind) AS code,
       CASE WHEN x.reason = '' THEN x.evidence ELSE x.reason || '；' || x.evidence END AS text""",
        ),
    ),
    *(
        (
            key,
            name,
            f"o.{since}_at",
            f"FROM supervision_order o WHERE o.status = '{status}' AND {OPENLY}",
            _of_orders(status, f"o.{text}"),
        )
        for key, name, since, status, text in (
            ("sign", "待签发", "drafted", "draft", "cause"),
            ("deliver", "待送达", "signed", "signed", "cause"),
            ("feedback", "反馈待审", "feedback", "replied", "feedback"),
        )
    ),
    *(
        (
            key,
            name,
            f"q.{since}_at",
            f"FROM suspended_account q WHERE {which} AND q.ticket_id NOT IN ({_LED})",
            _of_tickets(
                "suspended_account q",
                f"{which} AND q.ticket_id NOT IN ({_LED})",
                "a.short_name AS unit, q.limit_text, q.reason AS text",
                "JOIN unit a ON a.id = q.unit_id",
                "q.unit_id",
            ),
        )
        for key, name, since, which in (
            ("account", "挂账待批", "asked", f"{_ON_ACCOUNT} AND q.granted IS NULL"),
            ("untold", "挂账告知", "decided", f"{_ON_ACCOUNT} AND q.granted"),
        )
    ),
    (
        "objection",
        "异议",
        "q.raised_at",
        "FROM objection q WHERE q.decided_at IS NULL",
        _Rows(
            _shelf(
                "objection q JOIN unit u ON u.id = q.unit_id "
                "LEFT JOIN ticket t ON t.id = q.ticket_id "
                "LEFT JOIN round r ON r.id = q.round_id "
                "LEFT JOIN citizen p ON p.ticket_id = t.id",
                "q.id",
                "q.unit_id",
            ),
            "q.decided_at IS NULL",
            "u.short_name AS unit, q.kind AS code, q.reason AS text",
            """q.ticket_id, coalesce(t.version, 0) AS version, t.number,
       coalesce(t.title, q.period) AS title, coalesce(t.nature, '') AS nature,
       p.reporter, p.phone, p.address, coalesce(t.confidential, FALSE) AS confidential""",
        ),
    ),
    (
        "dispute",
        "派单争议",
        "d.opened_at",
        f"FROM dispute d WHERE {_UNRULED}",
        _Rows(
            _of_unit("dispute d"),
            _UNRULED,
            "a.short_name AS unit, d.kind AS code, d.reason AS text",
        ),
    ),
    (
        "limit",
        "时限变更",
        "q.found_at",
        "FROM limit_change q WHERE q.decided_at IS NULL",
        _Rows(
            _shelf(f"limit_change q JOIN round r ON r.id = q.round_id {_OF_TICKET}", "q.id"),
            "q.decided_at IS NULL",
            "u.short_name AS unit, q.was AS ours, q.now AS theirs",
        ),
    ),
    (
        "report",
        "补录待核",
        "q.recorded_at",
        "FROM unit_report q JOIN ticket t ON t.id = q.ticket_id "
        "WHERE q.decided_at IS NULL AND t.state = 'open'",
        _of_tickets(
            "unit_report q",
            "q.decided_at IS NULL AND t.state = 'open'",
            "a.short_name AS unit, q.verb AS code, q.at AS reported_at, q.text",
            "LEFT JOIN unit a ON a.id = q.unit_id",
            "q.unit_id",
        ),
    ),
    (
        "conflict",
        "数据冲突",
        "q.found_at",
        "FROM conflict q WHERE q.decided_at IS NULL",
        _of_tickets(
            "conflict q",
            "q.decided_at IS NULL",
            'u.short_name AS unit, q."column", q.ours, q.theirs',
        ),
    ),
    (
        "accused",
        "避让待认",
        "a.found_at",
        "FROM accused a JOIN ticket t ON t.id = a.ticket_id "
        "WHERE a.confirmed IS NULL AND t.state = 'open'",
        _of_tickets(
            "accused a",
            "a.confirmed IS NULL AND t.state = 'open'",
            "x.short_name AS unit, a.words AS text",
            "JOIN unit x ON x.id = a.unit_id",
            "a.unit_id",
        ),
    ),
)
"""The queues in the order of UX.md: key, name, since when it waits, what waits, how it is read."""

QUEUES = {
    key: Queue(
        name,
        waiting,
        since,
        rows.where,
        rows.shelf,
        Query(Waiting, _counted(key, name, since, waiting)),
        Query(Asked, _reads(rows, since)),
    )
    for key, name, since, waiting, rows in _NAMED
}
