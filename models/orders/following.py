"""What happens to an order after its draft: delivered, received, answered, judged, closed, void.

Each step is one function and one row of ``rules.casework.STEPS``, carried out like the steps of a
ticket: on one order or many, in one transaction, refused ones named, one act to undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Done, Kind, Known, Seen, carry_out
from models.clocks import Clocks, Subject, clocks_of
from models.orders.order import OPEN, OrderView, orders_by_id, refuse_accused, seen_orders
from models.store import Query, Work
from models.tables import OrderTicket, SupervisionOrder
from rules.casework import Position, Step
from rules.errors import Refused
from rules.paper import ORDER, TALK

if TYPE_CHECKING:
    from models.store import Store

Columns = dict[str, Any]

Followed = tuple[Columns, str | None]
"""What a step sets on its order, and the reason that its event gives."""


def deliver(work: Work, order: OrderView) -> Followed:
    """送达: the receipt clock starts, the printed feedback date runs; not of a secret one."""
    refuse_accused(work, [order])
    if not order.confidential:
        _start_clocks(work, order)
    return {"status": "delivered", "delivered_at": work.at}, None


def _start_clocks(work: Work, order: OrderView) -> None:
    """Start the clock of the receipt, and that of the answer where one is demanded."""
    keeper, clocks = work.timekeeper(), clocks_of_order(work, order.id)
    receipt = keeper.timed("receipt", work.policy.orders.receipt, work.at)
    clocks.put(receipt, order.unit_id)
    if order.limit_text:
        assert order.signed_at is not None and order.due_at is not None
        feedback = keeper.timed("feedback", order.limit_text, order.signed_at)
        if feedback.due_at != order.due_at:  # the calendar moved since; the paper binds
            feedback = keeper.fixed("feedback", order.signed_at, order.due_at)
        clocks.put(feedback, order.unit_id)
    _settle(clocks)


def receive(work: Work, order: OrderView, *, received_by: str) -> Followed:
    """签收: the unit gave its receipt, by somebody named; that is all where no answer is due."""
    stop_clocks(work, order.id, "receipt")
    given = {"received_at": work.at, "received_by": received_by}
    if order.limit_text or order.kind == TALK:
        return {"status": "received", **given}, None
    return {"status": "closed", "closed_at": work.at, **given}, None


def feedback(work: Work, order: OrderView, *, text: str) -> Followed:
    """反馈: the unit's answer; the centre's own clock to judge it starts."""
    clocks = clocks_of_order(work, order.id)
    _stop(clocks, "receipt", "feedback")
    judge = work.timekeeper().timed("judge", work.policy.orders.receipt, work.at)
    clocks.put(judge, order.unit_id)
    _settle(clocks)
    return {"status": "replied", "feedback": text, "feedback_at": work.at}, None


def accept(work: Work, order: OrderView, *, verified: str, note: str) -> Followed:
    """销号: its matter is verified as done, its appeals are free.

    ``verified`` is how, ``note`` what was found: the unit's own word is not enough. Orders it
    followed (二次督办) are closed out with it.
    """
    if verified == "callback":
        _require_called(work, order)
    stop_clocks(work, order.id)
    free_tickets(work, order.id)
    _close_former(work, order)
    changes = {"verified": verified, "verified_words": note}
    return {"status": "closed", "judged_at": work.at, "closed_at": work.at, **changes}, note


_HEARD = """
SELECT 1 FROM order_ticket l JOIN round r ON r.ticket_id = l.ticket_id WHERE l.order_id = :order
AND (EXISTS (SELECT 1 FROM callback c
             WHERE c.round_id = r.id AND c.result = '接通' AND c.at >= :since AND c.at <= :now)
     OR EXISTS (SELECT 1 FROM rating g
                WHERE g.round_id = r.id AND g.at >= :since AND g.at <= :now))
"""


def _require_called(work: Work, order: OrderView) -> None:
    """Refuse to have heard a citizen of whom nothing is on record since the order was signed."""
    if work.value(_HEARD, order=order.id, since=order.signed_at, now=work.at) is None:
        raise Refused("督办以来没有接通的回访，也没有群众评价：请先登记回访，或改用其他核实方式")


def reject(work: Work, order: OrderView, *, reason: str) -> Followed:
    """退回重报: the feedback clock runs on as if it had never stopped."""
    clocks = clocks_of_order(work, order.id)
    _stop(clocks, "judge")
    stopped = [one for one in clocks if one.step == "feedback" and not one.running]
    if stopped:
        clocks.go_on(stopped[-1])
    _settle(clocks)
    return {"status": "received", "judged_at": work.at}, reason


def void(work: Work, order: OrderView, *, reason: str) -> Followed:
    """作废: its number is never used again, its appeals are free for another."""
    stop_clocks(work, order.id)
    free_tickets(work, order.id)
    return {"status": "void", "void_at": work.at, "void_reason": reason}, reason


def follow(
    store: Store,
    verb: str,
    order_ids: Sequence[int],
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
    **said: Any,
) -> Done:
    """Take a step on orders: like ``models.casework.take``, ``seen`` by order id."""
    return carry_out(store, ORDERS, verb, order_ids, said, at=at, seen=seen)


# clocks


def clocks_of_order(work: Work, order_id: int) -> Clocks:
    """Return the clocks of an order."""
    return clocks_of(work, Subject("order", order_id))


def stop_clocks(work: Work, order_id: int, *steps: str) -> None:
    """Stop the running clocks of an order, of some steps or all; what is late entry is told."""
    clocks = clocks_of_order(work, order_id)
    _stop(clocks, *steps)
    _settle(clocks)


def _stop(clocks: Clocks, *steps: str) -> None:
    for one in clocks.running(*steps):
        wrong = clocks.stop(one, clocks.work.at)
        if wrong:
            payload = {"step": one.step, "levels": wrong}
            clocks.work.event("crossing.annul", "order", clocks.subject.id, payload=payload)


def _settle(clocks: Clocks) -> None:
    clocks.lead()
    clocks.write()


# the appeals on it


@dataclass(frozen=True, slots=True)
class _Link:
    """An appeal that an order holds."""

    id: int


_LINKS = Query(_Link, "SELECT id FROM order_ticket WHERE order_id = :order AND open ORDER BY id")


def free_tickets(work: Work, order_id: int) -> None:
    """Let the appeals of an order be put on another."""
    for link in work.read(_LINKS, order=order_id):
        work.update(OrderTicket, link.id, 0, {"open": True}, open=False)


def _close_former(work: Work, order: OrderView) -> None:
    """Close the orders that an order followed: what it asked for again is done."""
    previous_id = order.previous_id if order.kind == ORDER else None
    while previous_id is not None:
        former = orders_by_id(work, [previous_id])[0]
        close_with(work, former, order)
        previous_id = former.previous_id


def close_with(work: Work, former: OrderView, order: OrderView) -> None:
    """Close a paper together with the one that takes its place."""
    if former.status in OPEN:
        stop_clocks(work, former.id)
        changes = {"status": "closed", "closed_at": work.at}
        verb = "销号" if order.kind == ORDER else "办结"
        _write(work, former, changes, "accept", f"随{order.name}{verb}")


# carrying out


def _write(work: Work, order: OrderView, changes: Columns, verb: str, reason: str | None) -> None:
    unit_id = None if order.confidential else order.unit_id
    known = {name: getattr(order, name) for name in changes}
    work.update(SupervisionOrder, order.id, order.version, known, **changes)
    payload = {"number": order.number}
    work.event(f"order.{verb}", "order", order.id, unit_id=unit_id, reason=reason, payload=payload)


def _known(order: OrderView) -> Known:
    return Known(order.id, order.version, order.name, order)


def _places(work: Work, orders: Sequence[OrderView]) -> list[Position]:
    return [order.position for order in orders]


def _load(work: Work, ids: Sequence[int]) -> list[OrderView]:
    return seen_orders(work, ids, work.operator)


def _prepare(work: Work, orders: Sequence[OrderView]) -> None:
    """Nothing need be read before."""


def _finish(work: Work, order: OrderView, followed: Followed, step: Step) -> None:
    changes, reason = followed
    _write(work, order, changes, step.verb, reason)


ORDERS: Kind[OrderView] = Kind(
    "order",
    {step.__name__: step for step in (deliver, receive, feedback, accept, reject, void)},
    _load,
    _known,
    _places,
    _prepare,
    _finish,
)
