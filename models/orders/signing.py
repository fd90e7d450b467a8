"""Signing gives an order its number and its canonical paper; what leaves the store is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.clocks import KeeperOf
from models.orders.clocks import stop
from models.orders.order import OrderView, free_tickets, lawful, orders_by_id
from models.orders.paper import Issue, OrderPaper, compose, evidence_of
from models.tables import Paper, SupervisionOrder
from rules.errors import DubanError, Refused

if TYPE_CHECKING:
    from models.store import Reader, Store, Work


BASES = {"paper": "纸质批件", "OA": "OA批件", "telephone": "电话批准（待补签）"}


RenderOrder = Callable[[OrderPaper], bytes]


def sign(
    store: Store,
    ids: Sequence[int],
    *,
    signer: str,
    basis: str,
    render: RenderOrder,
    at: datetime | None = None,
) -> list[OrderView]:
    """Sign drafts in one transaction: all get their gap-free numbers and papers, or none.

    ``signer`` is a leader the policy names, ``basis`` one of ``BASES``; the operator, who must
    hold the signer role, is kept beside as 经办人. ``render`` turns the paper into the bytes that
    every export returns.
    """
    with store.writing(at=at) as work:
        work.require("signer")
        _check_signer(work, signer, basis)
        drafts = orders_by_id(work.rows, list(dict.fromkeys(ids)))
        head = work.rows("SELECT hash FROM trail_head")[0][0]  # unlocked: it is locked last
        for view in drafts:
            _sign_one(work, store.timekeeper, view, signer, basis, render, head)
        return orders_by_id(work.rows, [view.id for view in drafts])


def void(
    store: Store, order_id: int, seen_version: int, reason: str, *, at: datetime | None = None
) -> OrderView:
    """Void an order: its number is never used again, its appeals are free for another."""
    if not reason.strip():
        raise Refused("作废须写明理由：请填写后再办")
    with store.writing(at=at) as work:
        view = lawful(work, order_id, "void")
        work.update(SupervisionOrder, order_id, seen_version, status="void", void_at=work.at,
                    void_reason=reason.strip())  # fmt: skip
        stop(work, order_id)
        free_tickets(work, order_id)
        work.event("order.void", "order", order_id, unit_id=view.unit_id, reason=reason.strip(),
                   payload={"number": view.number})  # fmt: skip
        return orders_by_id(work.rows, [order_id])[0]


def paper_of(reader: Reader, order_id: int) -> tuple[str, bytes]:
    """Return the file name and bytes of an order's signed paper, checked against its digest."""
    sql = """SELECT name, content, sha256 FROM paper
             WHERE subject_kind = 'order' AND subject_id = :id ORDER BY id"""
    row = reader.one(sql, id=order_id)
    if row is None:
        raise DubanError("此督办单尚未签发，没有正式文件：请先签发")
    content = bytes(row[1])
    if hashlib.sha256(content).hexdigest() != row[2]:
        raise DubanError(f"{row[0]} 与签发时的摘要不符，已拒绝导出：请运行 duban audit verify")
    return str(row[0]), content


def _check_signer(work: Work, signer: str, basis: str) -> None:
    leaders = [leader.name for leader in work.policy.leaders]
    if signer not in leaders:
        known = "、".join(leaders) or "（尚未设置）"
        raise Refused(f"签发人 {signer} 不在规则 [[leaders]] 之列：可选 {known}")
    if basis not in BASES:
        raise Refused(f"签发依据只能是 {'、'.join(BASES)}：请改正")


def _sign_one(
    work: Work,
    keeper_of: KeeperOf,
    view: OrderView,
    signer: str,
    basis: str,
    render: RenderOrder,
    head: str,
) -> None:
    if view.status != "draft":
        raise Refused(f"{view.name} {view.label}，不是草稿：本次一件也没有签发，请去掉它后重试")
    alone = _signs_own_draft(work, view)
    keeper = work.timekeeper()
    code = getattr(work.policy.orders.codes, view.kind)
    year = keeper.local(work.at).year
    serial = work.next_number(f"paper:{code}:{year}")
    number = f"{code}〔{year}〕{serial}号"
    due_at = keeper.timed("feedback", view.limit_text, work.at).due_at
    issued = Issue(number, due_at, work.at, signer, BASES[basis], work.operator.name, alone, head)
    paper = compose(
        work, work.policy, keeper, keeper_of, view, issued, evidence_of(work, view.flag_id)
    )
    content = render(paper)
    digest = hashlib.sha256(content).hexdigest()
    work.update(SupervisionOrder, view.id, view.version, status="signed", code=code, year=year,
                serial=serial, number=number, due_at=due_at, signed_at=work.at,
                signed_by=work.operator.id, signer=signer, basis=basis, alone=alone,
                head_hash=head)  # fmt: skip
    work.insert(Paper, subject_kind="order", subject_id=view.id, name=f"{number}.docx",
                sha256=digest, content=content, made_at=work.at)  # fmt: skip
    work.event("order.sign", "order", view.id, unit_id=view.unit_id,
               payload={"number": number, "signer": signer, "basis": basis, "alone": alone,
                        "sha256": digest, "head": head})  # fmt: skip
    sql = "SELECT ticket_id FROM order_ticket WHERE order_id = :id ORDER BY position"
    for (ticket_id,) in work.rows(sql, id=view.id):
        work.event("ticket.supervise", "ticket", ticket_id, unit_id=view.unit_id,
                   payload={"order": view.id, "number": number})  # fmt: skip


def _signs_own_draft(work: Work, view: OrderView) -> bool:
    """Return whether the drafter signs for want of another signer; refuse where not allowed."""
    row = work.one("SELECT drafted_by FROM supervision_order WHERE id = :id", id=view.id)
    rule = work.policy.orders.drafter_may_sign
    if row is None or row[0] != work.operator.id or rule == "always":
        return False
    others = work.rows(
        """SELECT o.name FROM operator o JOIN role r ON r.operator_id = o.id
           WHERE r.role = 'signer' AND o.active AND o.id <> :me ORDER BY o.id""",
        me=work.operator.id)  # fmt: skip
    if others or rule == "never":
        names = "、".join(name for (name,) in others[:3]) or "有签发权限的其他人"
        raise Refused(f"{view.name} 由您拟稿，不能自己签发：请{names}签发")
    return True


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
