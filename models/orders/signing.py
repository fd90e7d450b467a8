"""Signing gives an order its number and its canonical paper; what leaves the store is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import Known, Seen, require_unmoved
from models.clocks import KeeperOf
from models.orders.order import OrderView, held_tickets, orders_by_id, refuse_accused
from models.orders.paper import Issue, OrderPaper, compose, evidence_of
from models.orders.said import refuse_unfit
from models.store import Query, retried
from models.tables import Paper, SupervisionOrder
from rules.casework import PAPER_NAMES
from rules.errors import DubanError, Refused

if TYPE_CHECKING:
    from models.store import Reader, Store, Work


BASES = {"paper": "纸质批件", "OA": "OA批件", "telephone": "电话批准（待补签）"}

RenderOrder = Callable[[OrderPaper], bytes]


@retried
def sign(
    store: Store,
    ids: Sequence[int],
    *,
    signer: str,
    basis: str,
    render: RenderOrder,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> list[OrderView]:
    """Sign drafts in one transaction: all get their gap-free numbers and papers, or none.

    ``seen`` are the versions that were looked at: nobody signs words that changed since.

    ``signer`` is a leader the policy names, ``basis`` one of ``BASES``; the operator, who must
    hold the signer role, is kept beside as 经办人. ``render`` turns the paper into the bytes that
    every export returns.
    """
    with store.writing(at=at) as work:
        work.require(verb="order.sign")
        drafts = orders_by_id(work, list(dict.fromkeys(ids)))
        _check_signer(work, drafts, signer, basis)
        for view in drafts:
            require_unmoved(work, "order", Known(view.id, view.version, view.name, view), seen)
            refuse_unfit(view, work.policy)
        refuse_accused(work, drafts)
        head = work.value(_HEAD)  # unlocked: it is locked last
        for view in drafts:
            _sign_one(work, store.timekeeper, view, signer, basis, render, head)
        return orders_by_id(work, [view.id for view in drafts])


def paper_of(reader: Reader, order_id: int) -> tuple[str, bytes]:
    """Return the file name and bytes of an order's signed paper, checked against its digest."""
    file = reader.first(_PAPERS, id=order_id)
    if file is None:
        raise DubanError("此督办单尚未签发，没有正式文件：请先签发")
    if hashlib.sha256(file.content).hexdigest() != file.sha256:
        raise DubanError(f"{file.name} 与签发时的摘要不符，已拒绝导出：请运行 duban audit verify")
    return file.name, file.content


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
WHERE subject_kind = 'order' AND subject_id = :id ORDER BY id
""",
)
_HEAD = "SELECT hash FROM trail_head"


def _check_signer(work: Work, drafts: Sequence[OrderView], signer: str, basis: str) -> None:
    for kind in dict.fromkeys(view.kind for view in drafts):
        leaders = [leader.name for leader in work.policy.signers_of(kind)]
        if signer not in leaders:
            known = "、".join(leaders) or "（尚未设置）"
            named = PAPER_NAMES[kind]
            raise Refused(f"{named}的签发人 {signer} 不在规则 [[leaders]] 之列：可选 {known}")
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
    drafter = int(work.value(_DRAFTER, id=view.id) or 0)
    alone = _signs_own_draft(work, view, drafter)
    work.require_apart("order.sign", drafter)
    keeper = work.timekeeper()
    code = work.policy.papers.of(view.kind).code
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
    work.update(
        SupervisionOrder,
        view.id,
        view.version,
        status="signed",
        code=code,
        year=year,
        serial=serial,
        number=number,
        due_at=due_at,
        signed_at=work.at,
        signed_by=work.operator.id,
        signer=signer,
        basis=basis,
        alone=alone,
        head_hash=head,
    )
    _keep_paper(work, view, number, content, digest)
    payload = {"number": number, "signer": signer, "basis": basis, "alone": alone}
    payload |= {"sha256": digest, "head": head}
    work.event("order.sign", "order", view.id, unit_id=view.unit_id, payload=payload)
    told = {"order": view.id, "number": number}
    for ticket_id in held_tickets(work, view.id):
        work.event("ticket.supervise", "ticket", ticket_id, unit_id=view.unit_id, payload=told)


def _keep_paper(work: Work, view: OrderView, number: str, content: bytes, digest: str) -> None:
    work.insert(
        Paper,
        subject_kind="order",
        subject_id=view.id,
        name=f"{number}.docx",
        sha256=digest,
        content=content,
        made_at=work.at,
    )


def _signs_own_draft(work: Work, view: OrderView, drafter: int) -> bool:
    """Return whether the drafter signs for want of another signer; refuse where not allowed."""
    rule = work.policy.orders.drafter_may_sign
    if drafter != work.operator.id or rule == "always":
        return False
    others = work.read(_SIGNERS, me=work.operator.id)
    if others or rule == "never":
        names = "、".join(one.name for one in others[:3]) or "有签发权限的其他人"
        raise Refused(f"{view.name} 由您拟稿，不能自己签发：请{names}签发")
    return True


_DRAFTER = "SELECT drafted_by FROM supervision_order WHERE id = :id"


@dataclass(frozen=True, slots=True)
class _Signer:
    """Somebody else who may sign."""

    name: str


_SIGNERS = Query(
    _Signer,
    """
SELECT o.name FROM operator o JOIN role r ON r.operator_id = o.id
WHERE r.role = 'signer' AND o.active AND o.id <> :me ORDER BY o.id
""",
)


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What a marked copy says of itself; ``at`` is in the bureau's zone."""

    serial: int
    exporter: str
    at: datetime


Marking = Callable[[bytes, CopyMark], bytes]


Keeping = Callable[[str, bytes], object]
"""Writes a paper of a name down, before its export is on record: what it raises leaves no trace."""


@retried
def export_paper(store: Store, order_id: int, keep: Keeping | None = None) -> tuple[str, bytes]:
    """Return the name and the signed bytes of an order's paper; the trail tells who took it."""
    name, content = _signed(store, order_id)
    with store.writing() as work:
        work.event("order.export", "order", order_id, payload={"sha256": _digest(content)})
        if keep is not None:
            keep(name, content)
    return name, content


@retried
def export_copy(
    store: Store, order_id: int, mark: Marking, keep: Keeping | None = None
) -> tuple[str, bytes]:
    """Return a marked copy, a file of its own (…-副本.docx), its serial and hash in the trail."""
    name, content = _signed(store, order_id)
    name = f"{name.removesuffix('.docx')}-副本.docx"
    with store.writing() as work:
        serial = work.next_number(f"copy:{order_id}")
        moment = work.timekeeper().local(work.at)
        copy = mark(content, CopyMark(serial, work.operator.name, moment))
        work.event(
            "order.copy", "order", order_id, payload={"serial": serial, "sha256": _digest(copy)}
        )
        if keep is not None:
            keep(name, copy)
    return name, copy


def _signed(store: Store, order_id: int) -> tuple[str, bytes]:
    with store.reading() as reader:
        refuse_accused(reader, orders_by_id(reader, [order_id]))
        return paper_of(reader, order_id)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
