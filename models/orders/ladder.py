"""Papers over an order or a unit: the second order, a reminder, a talk and its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from models.orders.candidates import sort_candidates
from models.orders.drafting import put_draft
from models.orders.following import free_tickets
from models.orders.order import OrderView, held_tickets, orders_by_id, seen_orders
from models.store import retried
from rules.casework import PAPER_NAMES
from rules.errors import Refused
from rules.paper import NOTICE, ORDER, REMINDER, TALK, TALK_RECORD

if TYPE_CHECKING:
    from models.store import Store, Work

WAITING = ("delivered", "received")
"""Where a paper waits for its receipt or its answer."""


@retried
def draft_second(store: Store, order_id: int, *, at: datetime | None = None) -> OrderView:
    """Draft the second order (二次督办), one level up, over an order not answered by its date.

    It takes the appeals over; the first order stays open until the second is closed out.
    """
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        first = seen_orders(work, [order_id], work.operator)[0]
        if first.kind != ORDER:
            raise Refused(f"{first.name} 是{PAPER_NAMES[first.kind]}，不能二次督办：只能督办督办单")
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


_AGAIN = """
SELECT id FROM supervision_order
WHERE previous_id = :id AND kind = 'order' AND status <> 'void'
"""


@retried
def draft_reminder(store: Store, order_id: int, *, at: datetime | None = None) -> OrderView:
    """Draft the numbered reminder of a paper that waits for its receipt or its answer."""
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        waits = _former(work, order_id, REMINDER)
        if waits.status not in WAITING or not waits.limit_text or waits.kind == REMINDER:
            raise Refused(f"{waits.name} {waits.label}，不用催办：只催已送达而未反馈的")
        lacks = "签收" if waits.status == "delivered" else "反馈"
        return _over(
            work,
            waits,
            REMINDER,
            title=f"关于抓紧{lacks}{waits.number}的{_noun(work, REMINDER)}",
            cause=f"{waits.number}尚未{lacks}",
        )


@retried
def draft_talk(
    store: Store,
    order_id: int,
    *,
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> OrderView:
    """Draft the notice of a talk over a paper that was issued."""
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        issued = _former(work, order_id, TALK)
        if issued.number is None or issued.status == "void":
            raise Refused(f"{issued.name} {issued.label}，不能据此约谈：只据已签发的文书约谈")
        return _over(
            work,
            issued,
            TALK,
            title=f"关于约谈{issued.number}有关责任人的通知",
            cause=f"{issued.number}所督办事项未按要求办理",
            details=details,
        )


@retried
def draft_record(
    store: Store,
    talk_id: int,
    *,
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> OrderView:
    """Draft the record of a talk that was notified; it takes over who, when and where."""
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        talk = _former(work, talk_id, TALK_RECORD)
        if talk.kind != TALK or talk.status not in WAITING:
            raise Refused(f"{talk.name} {talk.label}，没有可记录的约谈：先送达约谈通知")
        taken = {name: talk.said[name] for name in ("held_at", "place", "persons", "talkers")}
        return _over(
            work,
            talk,
            TALK_RECORD,
            title=f"{talk.unit}约谈记录",
            cause=talk.cause,
            details={**taken, **(details or {})},
        )


@retried
def draft_to_unit(
    store: Store,
    unit_id: int,
    kind: str,
    cause: str,
    *,
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> OrderView:
    """Draft a 提示函 or the notice of a talk to a unit for a ``cause``, over no appeal."""
    if kind not in (NOTICE, TALK):
        raise Refused(f"{PAPER_NAMES[kind]}须写明所据的诉求、预警或文书")
    if not cause.strip():
        raise Refused("须写明事由：请填写后再办")
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        noun = _noun(work, kind)
        id = put_draft(
            work,
            (),
            unit_id=unit_id,
            kind=kind,
            title=f"关于约谈{cause}有关责任人的通知" if kind == TALK else f"关于{cause}的{noun}",
            cause=cause,
            details=details,
        )
        return orders_by_id(work, [id])[0]


def _former(work: Work, order_id: int, kind: str) -> OrderView:
    """Return the paper that another is drafted over; refuses a second open one of a kind."""
    former = seen_orders(work, [order_id], work.operator)[0]
    if there := work.value(_FOLLOWED, id=order_id, kind=kind):
        raise Refused(f"{former.name} 已有未了的{PAPER_NAMES[kind]} {there}：请在该件上办理")
    return former


_FOLLOWED = """
SELECT coalesce(number, '草稿#' || id) FROM supervision_order
WHERE previous_id = :id AND kind = :kind AND status NOT IN ('closed', 'void')
"""


def _over(
    work: Work,
    former: OrderView,
    kind: str,
    *,
    title: str,
    cause: str,
    details: Mapping[str, str] | None = None,
) -> OrderView:
    """Write the draft of a paper to the same unit over the same appeals."""
    groups, _ = sort_candidates(
        work, held_tickets(work, former.id), former.unit_id, kind=kind, beside=True
    )
    id = put_draft(
        work,
        groups.get(former.unit_id, ()),
        unit_id=former.unit_id,
        kind=kind,
        title=title,
        cause=cause,
        details=details,
        previous_id=former.id,
    )
    return orders_by_id(work, [id])[0]


def _noun(work: Work, kind: str) -> str:
    return work.policy.papers.of(kind).name
