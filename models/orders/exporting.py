"""What leaves the store: signed papers as they were signed, marked copies, papers marked void."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.orders.order import refuse_accused, seen_orders
from models.store import Query, retried
from rules.errors import DubanError
from rules.text import mask_text

if TYPE_CHECKING:
    from models.store import Source, Store
    from rules.clocks import Timekeeper


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What a marked copy says of itself; ``at`` is in the bureau's zone."""

    serial: int
    exporter: str
    at: datetime


Marking = Callable[[bytes, CopyMark], bytes]


@dataclass(frozen=True, slots=True)
class VoidMark:
    """What a void paper says on every page; ``at`` is in the bureau's zone."""

    number: str
    at: datetime
    reason: str


Stamping = Callable[[bytes, VoidMark], bytes]


Keeping = Callable[[str, bytes], object]
"""Writes a paper of a name down, before its export is on record: what it raises leaves no trace."""


@dataclass(frozen=True, slots=True)
class _File:
    """A paper that signing stored."""

    name: str
    content: bytes
    sha256: str


_PAPERS = Query(
    _File,
    """
SELECT name, content, sha256 FROM paper
WHERE subject_kind = :kind AND subject_id = :id ORDER BY id
""",
)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def kept_paper(source: Source, kind: str, id: int) -> tuple[str, bytes] | None:
    """Return the file name and bytes of what was signed, checked against its digest."""
    file = source.first(_PAPERS, kind=kind, id=id)
    if file is None:
        return None
    if digest_of(file.content) != file.sha256:
        raise DubanError(f"{file.name} 与签发时的摘要不符，已拒绝导出：请运行 duban audit verify")
    return file.name, file.content


def paper_of(source: Source, order_id: int) -> tuple[str, bytes]:
    """Return the file name and bytes of an order's signed paper, as it was signed."""
    kept = kept_paper(source, "order", order_id)
    if kept is None:
        raise DubanError("此督办单尚未签发，没有正式文件：请先签发")
    return kept


def void_mark(
    keeper: Timekeeper, number: str | None, at: datetime | None, reason: str | None
) -> VoidMark | None:
    """Return what marks a paper that had a number and is void now; nothing for any other."""
    if number is None or at is None:
        return None
    return VoidMark(number, keeper.local(at), mask_text(reason or ""))


def stamped(
    name: str, content: bytes, mark: VoidMark | None, stamp: Stamping
) -> tuple[str, bytes, dict[str, Any]]:
    """Return the paper as it leaves: a void one marked, under a name that says so.

    The third is what its event tells: the digest of what left, and of what was signed.
    """
    if mark is None:
        return name, content, {"sha256": digest_of(content)}
    void = stamp(content, mark)
    told = {"sha256": digest_of(void), "signed": digest_of(content), "void": True}
    return f"{name.removesuffix('.docx')}-作废.docx", void, told


@retried
def export_paper(
    store: Store, order_id: int, stamp: Stamping, keep: Keeping | None = None
) -> tuple[str, bytes]:
    """Return the name and the signed bytes of an order's paper; the trail tells who took it.

    ``stamp`` marks the paper of an order that is void; what was signed stays as it is.
    """
    name, content, told = _leaving(store, order_id, stamp)
    with store.writing() as work:
        work.event("order.export", "order", order_id, payload=told)
        if keep is not None:
            keep(name, content)
    return name, content


@retried
def export_copy(
    store: Store, order_id: int, mark: Marking, stamp: Stamping, keep: Keeping | None = None
) -> tuple[str, bytes]:
    """Return a marked copy, a file of its own (…-副本.docx), its serial and hash in the trail."""
    name, content, _ = _leaving(store, order_id, stamp)
    name = f"{name.removesuffix('.docx')}-副本.docx"
    with store.writing() as work:
        serial = work.next_number(f"copy:{order_id}")
        moment = work.timekeeper().local(work.at)
        copy = mark(content, CopyMark(serial, work.operator.name, moment))
        work.event(
            "order.copy", "order", order_id, payload={"serial": serial, "sha256": digest_of(copy)}
        )
        if keep is not None:
            keep(name, copy)
    return name, copy


def _leaving(store: Store, order_id: int, stamp: Stamping) -> tuple[str, bytes, dict[str, Any]]:
    with store.reading() as reader:
        [order] = seen_orders(reader, [order_id], store.operator)
        refuse_accused(reader, [order])
        name, content = paper_of(reader, order_id)
    keeper = store.timekeeper()
    mark = void_mark(keeper, order.number, order.void_at, order.void_reason)
    return stamped(name, content, mark, stamp)
