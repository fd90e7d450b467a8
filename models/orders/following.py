"""What happens to a signed order: delivered, received, answered, judged, closed out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.orders.clocks import reopen, start, stop
from models.orders.order import OPEN, OrderView, free_tickets, lawful, orders_by_id
from models.tables import SupervisionOrder
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store, Work


Act = Callable[["Work", OrderView], dict[str, Any]]


def deliver(
    store: Store, order_id: int, seen_version: int, *, at: datetime | None = None
) -> OrderView:
    """Hand an order over (送达): the receipt clock starts, the printed feedback date runs."""

    def act(work: Work, view: OrderView) -> dict[str, Any]:
        _not_before(work, view.signed_at, "签发")
        keeper = work.timekeeper()
        receipt = keeper.timed("receipt", work.policy.orders.receipt, work.at)
        start(work, view.id, view.unit_id, receipt)
        assert view.signed_at is not None and view.due_at is not None
        feedback = keeper.timed("feedback", view.limit_text, view.signed_at)
        if feedback.due_at != view.due_at:  # the calendar moved since; the paper binds
            feedback = keeper.fixed("feedback", view.signed_at, view.due_at)
        start(work, view.id, view.unit_id, feedback)
        return {"status": "delivered", "delivered_at": work.at}

    return _step(store, order_id, seen_version, "deliver", act, at=at)


def receive(
    store: Store, order_id: int, seen_version: int, received_by: str, *, at: datetime | None = None
) -> OrderView:
    """Record the unit's receipt (签收) and who gave it."""
    who = _written(received_by, "签收人")

    def act(work: Work, view: OrderView) -> dict[str, Any]:
        _not_before(work, view.delivered_at, "送达")
        stop(work, view.id, "receipt")
        return {"status": "received", "received_at": work.at, "received_by": who}

    return _step(store, order_id, seen_version, "receive", act, at=at)


def feedback(
    store: Store, order_id: int, seen_version: int, said: str, *, at: datetime | None = None
) -> OrderView:
    """Record the unit's feedback; the centre's own clock to judge it starts."""
    words = _written(said, "反馈内容")

    def act(work: Work, view: OrderView) -> dict[str, Any]:
        _not_before(work, view.delivered_at, "送达")
        stop(work, view.id, "receipt", "feedback")
        keeper = work.timekeeper()
        judge = keeper.timed("judge", work.policy.orders.receipt, work.at)
        start(work, view.id, view.unit_id, judge)
        return {"status": "replied", "feedback": words, "feedback_at": work.at}

    return _step(store, order_id, seen_version, "feedback", act, at=at)


def accept(
    store: Store,
    order_id: int,
    seen_version: int,
    *,
    note: str | None = None,
    at: datetime | None = None,
) -> OrderView:
    """Close an order out (销号): its matter is verified as done, its appeals are free.

    Orders it followed (二次督办) are closed out with it.
    """

    def act(work: Work, view: OrderView) -> dict[str, Any]:
        _not_before(work, view.feedback_at, "反馈")
        stop(work, view.id)
        free_tickets(work, view.id)
        _close_former(work, view)
        return {"status": "closed", "judged_at": work.at, "closed_at": work.at}

    return _step(store, order_id, seen_version, "accept", act, at=at, reason=note)


def reject(
    store: Store, order_id: int, seen_version: int, reason: str, *, at: datetime | None = None
) -> OrderView:
    """Send feedback back (退回重报): its clock runs on as if it had never stopped."""
    why = _written(reason, "退回理由")

    def act(work: Work, view: OrderView) -> dict[str, Any]:
        _not_before(work, view.feedback_at, "反馈")
        stop(work, view.id, "judge")
        reopen(work, view.id, "feedback")
        return {"status": "received", "judged_at": work.at}

    return _step(store, order_id, seen_version, "reject", act, at=at, reason=why)


def _step(
    store: Store,
    order_id: int,
    seen_version: int,
    verb: str,
    act: Act,
    *,
    at: datetime | None,
    reason: str | None = None,
) -> OrderView:
    with store.writing(at=at) as work:
        view = lawful(work, order_id, verb)
        changes = act(work, view)
        work.update(SupervisionOrder, order_id, seen_version, **changes)
        work.event(f"order.{verb}", "order", order_id, unit_id=view.unit_id, reason=reason,
                   payload={"number": view.number})  # fmt: skip
        return orders_by_id(work.rows, [order_id])[0]


def _close_former(work: Work, view: OrderView) -> None:
    previous_id = view.previous_id
    while previous_id is not None:
        former = orders_by_id(work.rows, [previous_id])[0]
        if former.status in OPEN:
            stop(work, former.id)
            work.update(SupervisionOrder, former.id, former.version, status="closed",
                        closed_at=work.at)  # fmt: skip
            work.event("order.accept", "order", former.id, unit_id=former.unit_id,
                       reason=f"随{view.name}销号", payload={"number": former.number})  # fmt: skip
        previous_id = former.previous_id


def _not_before(work: Work, earlier: datetime | None, what: str) -> None:
    if earlier is not None and work.at < earlier:
        raise Refused(f"时间早于{what}：请核对后重填")


def _written(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"{what}不能为空：请填写后再办")
    return text.strip()
