"""时限核算单 of stored deadlines: each told by the rules it was made under, with what moved it.

Reads the deadline with its pauses and extensions; imports no ORM. A pause or extension that was
asked for and not granted moves nothing and is not told here; the trail has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.store import Rows
from rules.clocks import Basis, Derivation, Grant, Halt, Tags, Timekeeper
from rules.errors import DubanError

KeeperOf = Callable[[int, int], Timekeeper]
"""The rules of time of a policy version and a calendar version, such as ``store.timekeeper``."""


@dataclass(frozen=True, slots=True)
class StoredDerivation:
    """The receipt of one stored deadline, beside the due instant that is stored (aware UTC).

    ``number`` is that of its ticket or order (empty for a draft's), ``round`` 0 where it has none;
    ``stopped_at`` is when its act was done.
    """

    deadline_id: int
    number: str
    round: int
    receipt: Derivation
    due_at: datetime
    stopped_at: datetime | None

    @property
    def agrees(self) -> bool:
        """Whether the derivation gives the very instant that is stored."""
        return self.receipt.clock.due_at == self.due_at

    @property
    def lines(self) -> tuple[str, ...]:
        """The receipt as text; it says so where the store holds another instant."""
        if self.agrees:
            return self.receipt.lines
        return *self.receipt.lines, "与库中所存的到期时间不符：请运行 duban audit verify 核对留痕"


def deadline_derivation(rows: Rows, keeper_of: KeeperOf, deadline_id: int) -> StoredDerivation:
    """Return the receipt of a deadline; ``rows`` is a reader's or a work's."""
    found = rows(f"{_SQL} WHERE d.id = :id", id=deadline_id)
    if not found:
        raise DubanError(f"没有编号为 {deadline_id} 的时限：请刷新后再看")
    return _told(rows, keeper_of, *found[0])


def ticket_derivations(
    rows: Rows, keeper_of: KeeperOf, ticket_id: int
) -> tuple[StoredDerivation, ...]:
    """Return the receipts of a ticket's own deadlines: what runs first, then by due instant."""
    sql = f"""{_SQL} WHERE d.ticket_id = :id AND d.subject_kind <> 'order'
              ORDER BY (d.stopped_at IS NOT NULL), d.due_at, d.id"""
    return tuple(_told(rows, keeper_of, *row) for row in rows(sql, id=ticket_id))


def order_derivations(
    rows: Rows, keeper_of: KeeperOf, order_id: int
) -> tuple[StoredDerivation, ...]:
    """Return the receipts of the close deadlines that an order holds a unit to, in its order."""
    sql = f"""{_SQL} JOIN order_ticket l ON l.round_id = d.round_id
              WHERE l.order_id = :id AND d.step = 'close' AND d.subject_kind = 'ticket'
              ORDER BY l.position, l.id, d.id"""
    return tuple(_told(rows, keeper_of, *row) for row in rows(sql, id=order_id))


def _told(
    rows: Rows,
    keeper_of: KeeperOf,
    id: int,
    number: str | None,
    order_number: str | None,
    n: int | None,
    step: str,
    limit_text: str,
    started_at: datetime,
    due_at: datetime,
    original_due_at: datetime,
    stopped_at: datetime | None,
    policy: int,
    calendar: int,
    fixed: bool,
    fixed_at: datetime | None,
    nature: str | None,
    *tags: Any,
) -> StoredDerivation:
    receipt = keeper_of(policy, calendar).receipt(
        step,
        limit_text if nature is None else Tags(nature, *tags),
        started_at,
        limit_text=limit_text,
        due=((step == "close" and fixed_at) or original_due_at) if fixed else None,
        pauses=[Halt(*row) for row in rows(_PAUSES, id=id)],
        extensions=[Grant(*row) for row in rows(_EXTENSIONS, id=id)],
        basis=Basis(policy, calendar),
    )
    told = number or order_number or ""
    return StoredDerivation(id, told, n or 0, receipt, due_at, stopped_at)


_SQL = """
SELECT d.id, t.number, o.number, r.n, d.step, d.limit_text, d.started_at, d.due_at,
       d.original_due_at, d.stopped_at, d.policy, d.calendar, d.source_fixed,
       t.due_fixed_at, t.nature, t.urgency, t.category, t.channel
FROM deadline d LEFT JOIN ticket t ON t.id = d.ticket_id LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN supervision_order o ON d.subject_kind = 'order' AND o.id = d.subject_id
"""


_PAUSES = """
SELECT from_at, to_at, reason, coalesce(approval, '') FROM pause
WHERE deadline_id = :id AND granted ORDER BY from_at, id
"""


_EXTENSIONS = """
SELECT limit_text, reason, asked_at, decided_at FROM extension
WHERE deadline_id = :id AND granted ORDER BY decided_at, id
"""
