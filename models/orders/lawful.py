"""Whether a step of an order may be taken now, by this operator (rules.lifecycle)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.orders.views import OrderView, orders_by_id
from rules.errors import Refused
from rules.lifecycle import Position, check

if TYPE_CHECKING:
    from models.work import Work


def lawful(work: Work, order_id: int, verb: str) -> OrderView:
    """Return the order if ``verb`` may follow; Refused or NotAllowed says why not."""
    view = orders_by_id(work.rows, [order_id])[0]
    try:
        step = check(verb, Position("order", view.status))
    except Refused as refused:
        raise Refused(f"{view.name}：{refused}") from None
    work.require(*sorted(step.roles))
    return view
