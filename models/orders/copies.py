"""Papers that leave the store: the signed bytes as they are, or a marked copy; each is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.orders.signing import paper_of

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What a marked copy says of itself; ``at`` is in the bureau's zone."""

    serial: int
    exporter: str
    at: datetime


Marking = Callable[[bytes, CopyMark], bytes]


def export_paper(store: Store, order_id: int) -> tuple[str, bytes]:
    """Return the name and the signed bytes of an order's paper; the trail tells who took it."""
    name, content = _signed(store, order_id)
    with store.writing() as work:
        work.event("order.export", "order", order_id, payload={"sha256": _digest(content)})
    return name, content


def export_copy(store: Store, order_id: int, mark: Marking) -> tuple[str, bytes]:
    """Return a marked copy, a file of its own (…-副本.docx), its serial and hash in the trail."""
    name, content = _signed(store, order_id)
    with store.writing() as work:
        serial = work.next_number(f"copy:{order_id}")
        moment = work.timekeeper().local(work.at)
        copy = mark(content, CopyMark(serial, work.operator.name, moment))
        work.event("order.copy", "order", order_id,
                   payload={"serial": serial, "sha256": _digest(copy)})  # fmt: skip
    return f"{name.removesuffix('.docx')}-副本.docx", copy


def _signed(store: Store, order_id: int) -> tuple[str, bytes]:
    with store.reading() as reader:
        return paper_of(reader, order_id)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
