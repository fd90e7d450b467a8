"""Drafting papers of the ladder: one per lead unit, from appeals, a flag or an order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.orders.asof import facts_within
from models.orders.candidates import Candidate, Skipped, sort_candidates
from models.orders.following import free_tickets
from models.orders.order import OrderView, held_tickets, orders_by_id
from models.orders.said import kept_copies, kept_details, kept_level, kept_limit, one_line
from models.orders.sentences import Grounds, drafted_sentences
from models.store import Query, retried
from models.tables import OrderTicket, SupervisionOrder
from rules.casework import PAPER_NAMES
from rules.errors import Refused
from rules.orders import LAST_PLACE, PROMINENT, proposed
from rules.paper import ORDER, REFERRALS

if TYPE_CHECKING:
    from models.casework import Seen
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting made: one order per lead unit, and what it left out."""

    orders: tuple[OrderView, ...]
    skipped: tuple[Skipped, ...]


@retried
def draft(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    unit_id: int | None = None,
    kind: str = "order",
    level: int = 1,
    cause: str | None = None,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Drafted:
    """Draft one order per lead unit of the appeals; with ``unit_id``, one order to that unit.

    An appeal on an open order, without a unit, or moved since it was ``seen`` is skipped and named.
    Title, cause, demands and limit begin with the proposal that fits the appeals and stay editable
    until signing.
    """
    most = store.policy.orders.paper_cap
    if len(ticket_ids) > most:
        raise Refused(f"一次最多为 {most} 件诉求拟制督办单：请缩小范围后分批办理")
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        return draft_within(
            work,
            ticket_ids,
            unit_id=unit_id,
            kind=kind,
            level=level,
            cause=cause,
            demands=demands,
            limit_text=limit_text,
            copy_to=copy_to,
            details=details,
            seen=seen,
        )


def draft_within(
    work: Work,
    ticket_ids: Sequence[int],
    *,
    unit_id: int | None = None,
    kind: str = "order",
    level: int = 1,
    cause: str | None = None,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    seen: Seen | None = None,
) -> Drafted:
    """Draft orders as :func:`draft` does, as part of another act."""
    elsewhere = kind in REFERRALS
    groups, skipped = sort_candidates(work, ticket_ids, unit_id, seen, elsewhere=elsewhere)
    ids = [
        put_draft(
            work,
            members,
            unit_id=unit,
            kind=kind,
            level=level,
            cause=cause,
            demands=demands,
            limit_text=limit_text,
            copy_to=copy_to,
            details=details,
        )
        for unit, members in groups.items()
    ]
    views = orders_by_id(work, ids) if ids else []
    return Drafted(tuple(views), tuple(skipped))


@retried
def draft_flag(
    store: Store, flag_id: int, *, copy_to: Sequence[str] = (), at: datetime | None = None
) -> Drafted:
    """Draft the order a flag asks for; a flag has one open order at most."""
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        flag = _flag(work, flag_id)
        groups, skipped = sort_candidates(work, flag.ticket_ids, flag.unit_id)
        if flag.ticket_ids and not groups:
            return Drafted((), tuple(skipped))
        cause = LAST_PLACE if flag.rule == "last-running" else PROMINENT
        members = groups.get(flag.unit_id, [])
        order_id = put_draft(
            work,
            members,
            unit_id=flag.unit_id,
            title=None if members else f"关于群众满意率连续末位的{PAPER_NAMES['order']}",
            cause=cause,
            copy_to=copy_to,
            flag_id=flag_id,
            limit_text=work.policy.orders.report if cause == LAST_PLACE else None,
        )
        views = orders_by_id(work, [order_id])
    return Drafted(tuple(views), tuple(skipped))


@retried
def draft_second(store: Store, order_id: int, *, at: datetime | None = None) -> OrderView:
    """Draft the second order (二次督办), one level up, over an order not answered by its date.

    It takes the appeals over; the first order stays open until the second is closed out.
    """
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        first = orders_by_id(work, [order_id])[0]
        if first.status not in ("delivered", "received"):
            raise Refused(f"{first.name} {first.label}，不能二次督办：只能督办已送达而未反馈的")
        if first.due_at is None or work.at <= first.due_at:
            raise Refused(f"{first.name} 反馈期限未到，不能二次督办：请先催办")
        if again := work.value(_AGAIN, id=order_id):
            raise Refused(f"{first.name} 已有二次督办单（编号 {again}）：请在该单上办理")
        held = held_tickets(work, order_id)
        free_tickets(work, order_id)
        groups, skipped = sort_candidates(work, held, first.unit_id)
        if skipped:
            raise Refused(f"{skipped[0].number}：{skipped[0].reason}")
        members = groups.get(first.unit_id, [])
        second = put_draft(
            work,
            members,
            unit_id=first.unit_id,
            kind=first.kind,
            level=min(3, first.level + 1),
            title=f"再次{first.title}",
            cause=first.cause,
            demands=first.demands,
            copy_to=first.copies,
            flag_id=first.flag_id,
            previous_id=order_id,
        )
        return orders_by_id(work, [second])[0]


_AGAIN = "SELECT id FROM supervision_order WHERE previous_id = :id AND status <> 'void'"


def put_draft(
    work: Work,
    members: Sequence[Candidate],
    *,
    unit_id: int,
    title: str | None = None,
    cause: str | None = None,
    kind: str = "order",
    level: int = 1,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    flag_id: int | None = None,
    previous_id: int | None = None,
) -> int:
    """Write the draft of a paper of a kind to a unit over some appeals; return its id.

    What of its words is not given is proposed, and so is what would claim what does not hold.
    """
    row = work.policy.papers.of(kind)
    facts = facts_within(work, [m.ticket_id for m in members], unit_id)
    standing, again = work.policy.orders.demands, previous_id is not None
    words = proposed(facts, kind, standing, title, cause, demands or (), again=again)
    grounds = Grounds(words.cause, flag_id, previous_id)
    within = row.answer_within(kept_level(level)) or ""
    order_id = work.insert(
        SupervisionOrder,
        kind=kind,
        level=level,
        unit_id=unit_id,
        title=words.title,
        cause=words.cause,
        sentences=drafted_sentences(work, grounds, facts),
        demands="\n".join(one_line(d) for d in words.demands),
        limit_text=kept_limit(limit_text) if limit_text else within,
        drafted_at=work.at,
        drafted_by=work.operator.id,
        copy_to=kept_copies(work, copy_to, unit_id),
        flag_id=flag_id,
        previous_id=previous_id,
        details=kept_details(work, kind, details or {}),
        confidential=row.confidential or None,
    )
    _hold(work, order_id, members, alone=kind == ORDER)
    numbers = [member.number for member in members]
    told = {"tickets": numbers, "level": level, "flag": flag_id, "previous": previous_id}
    work.event("order.draft", "order", order_id, unit_id=unit_id, reason=words.cause, payload=told)
    return order_id


def _hold(work: Work, order_id: int, members: Sequence[Candidate], *, alone: bool) -> None:
    """Put appeals on a paper; ``alone``: while it is open, on no other order."""
    for place, member in enumerate(members):
        work.insert(
            OrderTicket,
            order_id=order_id,
            ticket_id=member.ticket_id,
            round_id=member.round_id,
            position=place,
            open=alone,
        )


@dataclass(frozen=True, slots=True)
class _Flag:
    """A flag as its row holds it."""

    unit_id: int
    rule: str
    evidence: str
    withdrawn_at: datetime | None

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        return tuple(json.loads(self.evidence)["tickets"])


_FLAG = Query(_Flag, "SELECT unit_id, rule, evidence, withdrawn_at FROM flag WHERE id = :id")

_TAKEN = """
SELECT coalesce(number, '草稿#' || id) FROM supervision_order
WHERE flag_id = :id AND status NOT IN ('closed', 'void')
"""


def _flag(work: Work, flag_id: int) -> _Flag:
    flag = work.first(_FLAG, id=flag_id)
    if flag is None:
        raise Refused(f"没有编号为 {flag_id} 的预警：请用 duban flags 查看")
    if flag.withdrawn_at is not None:
        raise Refused(f"预警 {flag_id} 已撤销，不能据此拟制督办单")
    taken = work.value(_TAKEN, id=flag_id)
    if taken is not None:
        raise Refused(f"预警 {flag_id} 已有督办单 {taken}：请在原单上办理")
    return flag
