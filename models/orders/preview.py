"""What a draft would say if it were signed now, without number, signer or basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.orders.drafting import evidence_of
from models.orders.paper import Issue, OrderPaper, compose
from models.orders.views import orders_by_id

if TYPE_CHECKING:
    from models.store import Store

UNSIGNED = "　　　"


def preview(store: Store, order_id: int) -> OrderPaper:
    """Return the paper of a draft; number and signer are left blank, as nobody gave them yet."""
    keeper, now = store.timekeeper(), store.now()
    with store.reading() as reader:
        view = orders_by_id(reader.rows, [order_id])[0]
        code = getattr(keeper.policy.orders.codes, view.kind)
        year = keeper.local(now).year
        due_at = keeper.timed("feedback", view.limit_text, now).due_at
        number = f"{code}〔{year}〕×号"
        issue = Issue(number, due_at, now, UNSIGNED, UNSIGNED, store.operator.name)
        evidence = evidence_of(reader, view.flag_id)
        return compose(reader, keeper, store.timekeeper, view, issue, evidence)
