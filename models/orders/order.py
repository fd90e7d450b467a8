"""Supervision orders as values: one order, a list of orders, and whether a step may be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import kept_out
from models.orders.copies import copied_units
from models.store import Query, Source
from rules.casework import ORDER_LABELS, Position, paper_label
from rules.errors import DubanError, Refused
from rules.paper import REFERRALS, SECRETS_OPEN, check_code, read_details, typed_code

if TYPE_CHECKING:
    from models.store import Actor

STATUSES = ORDER_LABELS

OPEN = ("draft", "signed", "delivered", "received", "replied")


@dataclass(frozen=True, slots=True)
class OrderView:
    """One paper of the ladder and how far it has come; instants are aware UTC.

    ``lines`` are its demands, one a line, ``due_at`` the feedback date (``None`` while a draft),
    ``sha256`` the digest of the signed paper, ``copy_to`` whom it is copied to, a name a line,
    ``sentences`` what it was last shown with, ``tickets`` the numbers of its appeals.
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
    lines: str
    limit_text: str
    due_at: datetime | None
    flag_id: int | None
    previous_id: int | None
    drafted_at: datetime
    drafted_by: str
    drafter_id: int
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
    copy_to: str | None = None
    sentences: str | None = None
    verified: str | None = None
    verified_words: str | None = None
    details: str | None = None
    confidential: bool | None = None
    instruction_id: int | None = None
    tickets: tuple[str, ...] = ()

    @property
    def demands(self) -> tuple[str, ...]:
        """Return what it demands, one by one."""
        return tuple(line.strip() for line in self.lines.splitlines() if line.strip())

    @property
    def copies(self) -> tuple[str, ...]:
        """Return whom it is copied to (抄送), by full name."""
        return tuple((self.copy_to or "").splitlines())

    @property
    def code(self) -> str:
        """Return the code on its paper (核验码), nothing while a draft."""
        return check_code(self.number, self.head_hash) if self.number and self.head_hash else ""

    @property
    def label(self) -> str:
        """Return the status in the field's words."""
        return paper_label(self.kind, self.status)

    @property
    def position(self) -> Position:
        """Return where it stands among the steps."""
        facts = () if self.limit_text else ("unanswerable",)
        return Position("order", self.status, frozenset(facts))

    @property
    def to(self) -> str:
        """Return whom it goes to: its unit, or the organ a matter is referred to."""
        return self.said.get("organ") or self.unit

    @property
    def said(self) -> dict[str, str]:
        """Return what only its kind says, by name."""
        return read_details(self.details)

    def open_to(self, viewer: Actor | None) -> bool:
        """Whether somebody may see it; None: anybody."""
        if not self.confidential:
            return True
        return viewer is not None and bool(
            viewer.roles & SECRETS_OPEN or viewer.id == self.drafter_id
        )

    @property
    def name(self) -> str:
        """Return what people call it: its number, or the draft and its id."""
        return self.number or f"草稿#{self.id}"


@dataclass(frozen=True, slots=True)
class Grounds:
    """To whom and what for an order is written besides its appeals; ``order_id`` once it is."""

    unit_id: int
    kind: str
    cause: str
    flag_id: int | None = None
    previous_id: int | None = None
    order_id: int | None = None

    @classmethod
    def of(cls, view: OrderView) -> Grounds:
        """Return those of an order."""
        return cls(view.unit_id, view.kind, view.cause, view.flag_id, view.previous_id, view.id)


_SELECT = """
SELECT o.id, o.version, o.kind, o.level, o.status, o.number, o.unit_id, u.code AS unit_code,
    u.name AS unit, o.title, o.cause, o.demands AS lines, o.limit_text, o.due_at, o.flag_id,
    o.previous_id, o.drafted_at, d.name AS drafted_by,
    o.drafted_by AS drafter_id, o.signed_at, s.name AS signed_by, o.signer,
    o.basis, o.alone, o.head_hash, o.delivered_at, o.received_at, o.received_by, o.feedback,
    o.feedback_at, o.judged_at, o.closed_at, o.void_at, o.void_reason,
    (SELECT p.sha256 FROM paper p WHERE p.subject_kind = 'order' AND p.subject_id = o.id
     ORDER BY p.id LIMIT 1) AS sha256,
    o.copy_to, o.sentences, o.verified, o.verified_words, o.details, o.confidential,
    o.instruction_id
FROM supervision_order o JOIN unit u ON u.id = o.unit_id
JOIN operator d ON d.id = o.drafted_by LEFT JOIN operator s ON s.id = o.signed_by
"""
_BY_ID = Query(OrderView, f"{_SELECT} WHERE o.id IN (:ids)")
_LISTED = Query(
    OrderView,
    f"""{_SELECT}
WHERE o.status IN (:statuses)
  AND (CAST(:unit_id AS integer) IS NULL OR o.unit_id = :unit_id)
  AND (CAST(:late_at AS timestamptz) IS NULL
       OR o.due_at < :late_at AND o.status IN ('signed', 'delivered', 'received'))
ORDER BY o.status = 'void', o.status = 'closed', o.due_at IS NOT NULL, o.due_at, o.id LIMIT :limit
""",
)


def listing(
    source: Source,
    viewer: Actor | None = None,
    *,
    statuses: Sequence[str] = (),
    unit_id: int | None = None,
    late_at: datetime | None = None,
    limit: int = 2000,
) -> list[OrderView]:
    """Return orders, what waits longest first.

    Confidential papers are left out but for a ``viewer`` who may see them. ``statuses`` narrows by
    status, ``late_at`` to those whose feedback was due before it and is not in yet.
    """
    found = source.read(
        _LISTED,
        statuses=list(statuses or STATUSES),
        unit_id=unit_id,
        late_at=late_at,
        limit=limit,
    )
    return _with_tickets(source, [one for one in found if one.open_to(viewer)])


def orders_by_id(source: Source, ids: Sequence[int]) -> list[OrderView]:
    """Return the orders of ``ids`` in that order; refuses an id that is no order."""
    found = {view.id: view for view in _with_tickets(source, source.read(_BY_ID, ids=list(ids)))}
    for missing in (i for i in ids if i not in found):
        raise DubanError(f"没有编号为 {missing} 的督办单：请用 duban order list 查看")
    return [found[i] for i in ids]


def seen_orders(source: Source, ids: Sequence[int], viewer: Actor) -> list[OrderView]:
    """Return the orders of ``ids``; one that the viewer may not see is none to him."""
    views = orders_by_id(source, ids)
    for hidden in (view.id for view in views if not view.open_to(viewer)):
        raise DubanError(f"没有编号为 {hidden} 的督办单：请用 duban order list 查看")
    return views


_OF_NUMBER = "SELECT id FROM supervision_order WHERE number = :text"
_OF_ID = "SELECT id FROM supervision_order WHERE id = :id"


def refuse_accused(source: Source, orders: Sequence[OrderView]) -> None:
    """Refuse to give a unit an order with an appeal that is against it, also as a copy."""
    for order in orders:
        held = held_tickets(source, order.id)
        barred = kept_out(source, held)
        named = [*order.copies, *filter(None, [order.said.get("organ")])]
        told = {*copied_units(source, named)}
        if order.kind not in REFERRALS:
            told.add(order.unit_id)
        for id, number in zip(held, order.tickets, strict=True):
            for unit_id in told & barred.get(id, {}).keys():
                accused = barred[id][unit_id]
                words = f"{order.name} 所列 {number} 反映的是{accused}，不能给其看"
                raise Refused(f"{words}：请作废后另拟，或移送有权机关")


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the code on a signed paper follows from."""

    id: int
    number: str
    hash: str


_SIGNED = Query(
    _Signed,
    """
SELECT id, number, head_hash AS hash FROM supervision_order
WHERE number IS NOT NULL AND head_hash <> '' ORDER BY id
""",
)


def order_by_name(source: Source, text: str) -> int:
    """Return the id of an order named by id (``12``), number or the code on its paper (核验码)."""
    word = text.strip()
    found = source.value(_OF_NUMBER, text=word)
    if found is None and (code := typed_code(word)):
        signed = source.read(_SIGNED)
        found = next((one.id for one in signed if check_code(one.number, one.hash) == code), None)
    if found is None and word.isdecimal() and len(word) < 19:
        found = source.value(_OF_ID, id=int(word))
    if found is None:
        raise DubanError(f"没有督办单 {text}：请用 duban order list 查看编号、文号或核验码")
    return int(found)


def _with_tickets(source: Source, found: Sequence[OrderView]) -> list[OrderView]:
    numbers: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(found), 500):
        ids = [order.id for order in found[start : start + 500]]
        for one in source.read(_TICKETS, ids=ids):
            numbers[one.order_id].append(one.number)
    return [replace(order, tickets=tuple(numbers[order.id])) for order in found]


@dataclass(frozen=True, slots=True)
class _Ticket:
    """An appeal on an order."""

    order_id: int
    number: str


_TICKETS = Query(
    _Ticket,
    """
SELECT l.order_id, t.number FROM order_ticket l JOIN ticket t ON t.id = l.ticket_id
WHERE l.order_id IN (:ids) ORDER BY l.order_id, l.position, l.id
""",
)

_HELD = "SELECT ticket_id FROM order_ticket WHERE order_id = :id ORDER BY position, id"


def held_tickets(source: Source, order_id: int) -> list[int]:
    """Return the appeals on an order, in its order."""
    return [id for (id,) in source.rows(_HELD, id=order_id)]
