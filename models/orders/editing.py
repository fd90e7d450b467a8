"""Changing a draft until it is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from models.orders.asof import facts_within
from models.orders.order import Grounds, OrderView, held_tickets, orders_by_id, seen_orders
from models.orders.said import (
    kept_copies,
    kept_details,
    kept_level,
    kept_limit,
    kept_text,
    one_line,
)
from models.orders.sentences import drafted_sentences
from models.store import retried
from models.tables import SupervisionOrder
from rules.casework import check_step
from rules.errors import Refused
from rules.paper import read_details

if TYPE_CHECKING:
    from models.store import Store, Work


@retried
def edit(
    store: Store,
    order_id: int,
    seen_version: int,
    *,
    title: str | None = None,
    cause: str | None = None,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    level: int | None = None,
    copy_to: Sequence[str] | None = None,
    details: Mapping[str, str] | None = None,
) -> OrderView:
    """Change a draft's words, limit, level, copies or details; refused once it is signed.

    ``details`` are those of its kind that change, by name or label.
    """
    changes: dict[str, Any] = {}
    if title is not None:
        changes["title"] = kept_text(title, "督办事项")
    if cause is not None:
        changes["cause"] = kept_text(cause, "督办事由")
    if demands is not None:
        changes["demands"] = kept_text("\n".join(map(one_line, demands)), "督办要求")
    if limit_text is not None:
        changes["limit_text"] = kept_limit(limit_text)
    if level is not None:
        changes["level"] = kept_level(level)
    with store.writing() as work:
        before = seen_orders(work, [order_id], work.operator)[0]
        try:
            step = check_step("amend", before.position)
        except Refused as refused:
            raise Refused(f"{before.name}：{refused}") from None
        work.require(*sorted(step.roles), verb=f"{step.kind}.{step.verb}")
        if copy_to is not None:
            changes["copy_to"] = kept_copies(work, copy_to, before.unit_id)
        if details:
            known = read_details(before.details)
            changes["details"] = kept_details(work, before.kind, details, known)
        if changes:
            _amend(work, before, seen_version, changes)
        return orders_by_id(work, [order_id])[0]


def _amend(work: Work, before: OrderView, seen_version: int, changes: dict[str, Any]) -> None:
    """Write what changed of a draft, and what it is shown with from now on."""
    grounds = replace(Grounds.of(before), cause=changes.get("cause", before.cause))
    held = held_tickets(work, before.id)
    told = {"changed": sorted(changes)}
    facts = facts_within(work, held, before.unit_id)
    changes["sentences"] = drafted_sentences(work, grounds, facts)
    work.update(SupervisionOrder, before.id, seen_version, **changes)
    unit_id = None if before.confidential else before.unit_id
    work.event("order.amend", "order", before.id, unit_id=unit_id, payload=told)
