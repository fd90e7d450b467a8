"""Supervision orders as the screen shows them and acts on them; every call blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk import Desk

if TYPE_CHECKING:
    from console.documents.as_text import Line
    from models.orders import Drafted, OrderView


LATE = "late"
"""The filter for orders whose feedback was due and is not in."""


@dataclass(frozen=True, slots=True)
class OrderList:
    """The orders under one filter, how many stand in each status, and when they were read."""

    orders: tuple[OrderView, ...]
    counts: Mapping[str, int]
    now: datetime


def order_list(desk: Desk, wanted: str | None) -> OrderList:
    """Return the orders of a status, of ``LATE``, or all of them, what waits longest first."""
    from models.orders import listing

    now = desk.store.now()
    with desk.reading("orders") as reader:
        everything = listing(reader.rows)
    counts = Counter(order.status for order in everything)
    counts[LATE] = sum(is_late(order, now) for order in everything)
    shown = (o for o in everything if wanted is None or wanted == o.status
             or (wanted == LATE and is_late(o, now)))  # fmt: skip
    return OrderList(tuple(shown), counts, now)


def is_late(order: OrderView, now: datetime) -> bool:
    """Whether an order's feedback was due and is not in."""
    waiting = order.status in ("signed", "delivered", "received")
    return waiting and order.due_at is not None and order.due_at < now


def paper_lines(desk: Desk, order: OrderView, width: int) -> list[Line]:
    """Return the paper of an order as lines: the signed one itself, or what a draft would be."""
    from console.documents.as_text import lines_of
    from console.documents.order_paper import order_paper
    from models.orders import paper_of, preview_order

    if order.sha256 is None:
        return lines_of(order_paper(preview_order(desk.store, order.id)), width)
    with desk.reading("paper") as reader:
        return lines_of(paper_of(reader, order.id)[1], width)


def signers(desk: Desk) -> list[tuple[str, str, str]]:
    """Return who may have signed on what basis: (name, basis, words)."""
    from models.orders import BASES

    return [
        (leader.name, basis, f"{leader.post}{leader.name} · {words}")
        for leader in desk.store.policy.leaders
        for basis, words in BASES.items()
    ]


def sign(desk: Desk, ids: Sequence[int], signer: str, basis: str) -> tuple[list[OrderView], Path]:
    """Sign drafts and write their papers; return them with the folder the papers are in."""
    from console.documents.order_paper import order_paper
    from models import orders

    signed = orders.sign(desk.store, ids, signer=signer, basis=basis, render=order_paper)
    return signed, export(desk, [order.id for order in signed])


def export(desk: Desk, ids: Sequence[int]) -> Path:
    """Write signed papers into the folder for orders and return it; refuses a draft."""
    from console.locations import exports_dir
    from models.orders import export_paper
    from seed.sheets import put

    folder = exports_dir() / "督办单"
    folder.mkdir(parents=True, exist_ok=True)
    for id in ids:
        name, content = export_paper(desk.store, id)
        put(folder / name, content)
    return folder


def steps(desk: Desk, order: OrderView) -> list[tuple[str, str]]:
    """Return the lawful next steps of an order for this operator: (verb, name)."""
    from rules.casework import Position, allowed_steps

    position = Position("order", order.status)
    return [(step.verb, step.name) for step in allowed_steps(position, desk.bureau.roles)]


def take(desk: Desk, order: OrderView, verb: str, said: str) -> OrderView:
    """Take one step; ``said`` is who received, the feedback, the note or the reason."""
    from models import orders

    store, id, seen = desk.store, order.id, order.version
    match verb:
        case "deliver":
            return orders.deliver(store, id, seen)
        case "receive":
            return orders.receive(store, id, seen, said)
        case "feedback":
            return orders.feedback(store, id, seen, said)
        case "accept":
            return orders.accept(store, id, seen, note=said or None)
        case "reject":
            return orders.reject(store, id, seen, said)
        case "void":
            return orders.void(store, id, seen, said)
    raise ValueError(f"no step {verb}")


def amend(desk: Desk, order: OrderView, field: str, said: str) -> OrderView:
    """Change one field of a draft; demands are parted by ；."""
    from models import orders

    store, id, seen = desk.store, order.id, order.version
    match field:
        case "title":
            return orders.edit(store, id, seen, title=said)
        case "cause":
            return orders.edit(store, id, seen, cause=said)
        case "demands":
            return orders.edit(store, id, seen, demands=said.replace(";", "；").split("；"))
        case "limit_text":
            return orders.edit(store, id, seen, limit_text=said)
        case "level":
            return orders.edit(store, id, seen, level=int(said) if said.isdecimal() else 0)
    raise ValueError(f"no field {field}")


def draft(desk: Desk, numbers: str) -> Drafted:
    """Draft orders for tickets by number, parted by commas or blanks."""
    from models import orders
    from models.views import ticket_ids

    words = numbers.replace("，", " ").replace(",", " ").replace("、", " ").split()
    with desk.reading("draft") as reader:
        ids = ticket_ids(reader, words)
    return orders.draft(desk.store, ids)
