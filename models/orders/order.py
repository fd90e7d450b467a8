"""Supervision orders as values: one order, a list of orders, and whether a step may be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.store import table
from models.tables import OrderTicket
from rules.casework import ORDER_LABELS, Position, check_step
from rules.errors import DubanError, Refused

if TYPE_CHECKING:
    from models.store import Work


Rows = Callable[..., list[tuple[Any, ...]]]


STATUSES = ORDER_LABELS


OPEN = ("draft", "signed", "delivered", "received", "replied")


@dataclass(frozen=True, slots=True)
class OrderView:
    """One paper of the ladder and how far it has come; instants are aware UTC.

    ``label`` is the Chinese status, ``due_at`` the feedback date (``None`` while a draft),
    ``tickets`` their numbers, ``returned`` how often its feedback was sent back, ``sha256`` the
    digest of the signed paper.
    """

    id: int
    version: int
    kind: str
    level: int
    status: str
    number: str | None
    unit_id: int
    unit_code: str
    unit: str
    title: str
    cause: str
    demands: tuple[str, ...]
    limit_text: str
    due_at: datetime | None
    flag_id: int | None
    previous_id: int | None
    drafted_at: datetime
    drafted_by: str
    signed_at: datetime | None
    signed_by: str | None
    signer: str | None
    basis: str | None
    alone: bool
    head_hash: str | None
    delivered_at: datetime | None
    received_at: datetime | None
    received_by: str | None
    feedback: str | None
    feedback_at: datetime | None
    judged_at: datetime | None
    closed_at: datetime | None
    void_at: datetime | None
    void_reason: str | None
    sha256: str | None
    tickets: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the status in the field's words."""
        return STATUSES[self.status]

    @property
    def name(self) -> str:
        """Return what people call it: its number, or the draft and its id."""
        return self.number or f"草稿#{self.id}"


_COLUMNS = """
    o.id, o.version, o.kind, o.level, o.status, o.number, o.unit_id, u.code, u.name,
    o.title, o.cause, o.demands, o.limit_text, o.due_at, o.flag_id, o.previous_id,
    o.drafted_at, d.name, o.signed_at, s.name, o.signer, o.basis, o.alone, o.head_hash,
    o.delivered_at, o.received_at, o.received_by, o.feedback, o.feedback_at, o.judged_at,
    o.closed_at, o.void_at, o.void_reason,
    (SELECT p.sha256 FROM paper p WHERE p.subject_kind = 'order' AND p.subject_id = o.id
     ORDER BY p.id LIMIT 1)
"""


_FROM = """
    FROM supervision_order o JOIN unit u ON u.id = o.unit_id
    JOIN operator d ON d.id = o.drafted_by LEFT JOIN operator s ON s.id = o.signed_by
"""


def listing(
    rows: Rows,
    *,
    statuses: Sequence[str] = (),
    unit_id: int | None = None,
    late_at: datetime | None = None,
    limit: int = 2000,
) -> list[OrderView]:
    """Return orders, what waits longest first; ``rows`` is a reader's or a work's ``rows``.

    ``statuses`` narrows by status, ``late_at`` to those whose feedback was due before it and is
    not in yet.
    """
    where, params = ["1 = 1"], dict[str, Any]()
    if statuses:
        where.append("o.status IN (:statuses)")
        params["statuses"] = list(statuses)
    if unit_id is not None:
        where.append("o.unit_id = :unit_id")
        params["unit_id"] = unit_id
    if late_at is not None:
        where.append("o.due_at < :late_at AND o.status IN ('signed', 'delivered', 'received')")
        params["late_at"] = late_at
    order = "ORDER BY o.status = 'void', o.status = 'closed', o.due_at IS NOT NULL, o.due_at, o.id"
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(where)} {order} LIMIT {int(limit)}"
    return _views(rows, rows(sql, **params))


def orders_by_id(rows: Rows, ids: Sequence[int]) -> list[OrderView]:
    """Return the orders of ``ids`` in that order; refuses an id that is no order."""
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE o.id IN (:ids)"
    found = {view.id: view for view in _views(rows, rows(sql, ids=list(ids)))}
    for missing in (i for i in ids if i not in found):
        raise DubanError(f"没有编号为 {missing} 的督办单：请用 duban order list 查看")
    return [found[i] for i in ids]


def order_by_name(rows: Rows, text: str) -> int:
    """Return the id of an order named by id (``12``) or by number (``武网督〔2026〕12号``)."""
    found = rows("SELECT id FROM supervision_order WHERE number = :text", text=text.strip())
    if not found and text.strip().isdecimal() and len(text.strip()) < 19:
        found = rows("SELECT id FROM supervision_order WHERE id = :id", id=int(text))
    if not found:
        raise DubanError(f"没有督办单 {text}：请用 duban order list 查看编号或文号")
    return int(found[0][0])


def _views(rows: Rows, found: list[tuple[Any, ...]]) -> list[OrderView]:
    tickets = _ticket_numbers(rows, [row[0] for row in found])
    return [_view(row, tickets[row[0]]) for row in found]


def _view(row: Sequence[Any], tickets: list[str]) -> OrderView:
    cells = [*row, tuple(tickets)]
    cells[11], cells[22] = _lines(cells[11]), bool(cells[22])
    return OrderView(*cells)


def _ticket_numbers(rows: Rows, ids: list[int]) -> dict[int, list[str]]:
    numbers: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(ids), 500):
        sql = """SELECT l.order_id, t.number FROM order_ticket l JOIN ticket t ON t.id = l.ticket_id
                 WHERE l.order_id IN (:ids) ORDER BY l.order_id, l.position, l.id"""
        for order_id, number in rows(sql, ids=ids[start : start + 500]):
            numbers[order_id].append(number)
    return numbers


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def lawful(work: Work, order_id: int, verb: str) -> OrderView:
    """Return the order if ``verb`` may follow; Refused or NotAllowed says why not."""
    view = orders_by_id(work.rows, [order_id])[0]
    try:
        step = check_step(verb, Position("order", view.status))
    except Refused as refused:
        raise Refused(f"{view.name}：{refused}") from None
    work.require(*sorted(step.roles))
    return view


def free_tickets(work: Work, order_id: int) -> None:
    """Let the appeals of an order be put on another."""
    links = table(OrderTicket)
    work.conn.execute(links.update().where(links.c.order_id == order_id).values(open=False))
