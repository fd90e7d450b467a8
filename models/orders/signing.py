"""Signing gives an order its number and its canonical paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework import Known, Seen, require_unmoved
from models.clocks import KeeperOf
from models.orders.asof import facts_within
from models.orders.circulating import approved, draft_words
from models.orders.following import close_with
from models.orders.order import (
    Grounds,
    OrderView,
    held_tickets,
    orders_by_id,
    refuse_accused,
    seen_orders,
)
from models.orders.paper import Issue, compose, due_of
from models.orders.restating import WordsMoved, restate, restatement
from models.orders.said import refuse_unfit
from models.orders.sentences import kept_sentences, statements_of
from models.paper import Press, Template, templates_for
from models.rota import require_signer
from models.store import Query, retried
from models.tables import Paper, SupervisionOrder
from rules.casework import PAPER_NAMES
from rules.errors import Refused
from rules.orders import Facts
from rules.paper import REFERRALS, TALK_RECORD, Statement

if TYPE_CHECKING:
    from models.store import Store, Work


BASES = {"paper": "纸质批件", "OA": "OA批件", "telephone": "电话批准（待补签）"}


@dataclass(frozen=True, slots=True)
class Signing:
    """How drafts are signed: by which leader, on what basis, made by what, in which templates."""

    signer: str
    basis: str
    press: Press
    templates: Mapping[str, str] | None = None
    as_changed: bool = False


def sign(
    store: Store,
    ids: Sequence[int],
    *,
    signer: str,
    basis: str,
    press: Press,
    at: datetime | None = None,
    seen: Seen | None = None,
    templates: Mapping[str, str] | None = None,
    as_changed: bool = False,
) -> list[OrderView]:
    """Sign drafts in one transaction: all get their gap-free numbers and papers, or none.

    ``seen`` are the versions that were looked at, ``templates`` the digests by kind of those they
    were seen in: nobody signs words that changed since, or a paper of another look.

    ``signer`` is a leader the policy names, ``basis`` one of ``BASES``; the operator, who must
    hold the signer role, is kept beside as 经办人. ``press`` fills the template in force with the
    paper: the bytes that every export returns. ``as_changed`` signs also what changed since its
    sheet was printed, and a draft of which no paper was seen in a template loaded later.

    What a draft was last shown with must still hold at the instant of signing. Where something does
    not, nothing is signed; the drafts get words that hold, and signing again confirms them.
    """
    press.ready()
    how = Signing(signer, basis, press, templates, as_changed)
    try:
        return _sign(store, ids, how, at, seen)
    except WordsMoved as moved:
        restate(store, moved, at)
        raise


@retried
def _sign(
    store: Store, ids: Sequence[int], how: Signing, at: datetime | None, seen: Seen | None
) -> list[OrderView]:
    with store.writing(at=at) as work:
        work.require(verb="order.sign")
        drafts = seen_orders(work, list(dict.fromkeys(ids)), work.operator)
        _check_signer(work, drafts, how.signer, how.basis)
        for view in drafts:
            require_unmoved(work, "order", Known(view.id, view.version, view.name, view), seen)
            refuse_unfit(view, work.policy)
            _refuse_signed(view)
        refuse_accused(work, drafts)
        words = [draft_words(view) for view in drafts]
        sheets = approved(work, words, as_changed=how.as_changed)
        made_with = templates_for(work, how.press, drafts, how.templates, as_changed=how.as_changed)
        spoken = _spoken(work, drafts)
        head = work.value(_HEAD)  # unlocked: it is locked last
        for one in spoken:
            sheet, template = sheets.get(one.view.id, {}), made_with[one.view.kind]
            _sign_one(work, store.timekeeper, one, how, template, head, sheet)
        signed = orders_by_id(work, [view.id for view in drafts])
        _close_talks(work, signed)
        return signed


def _close_talks(work: Work, signed: Sequence[OrderView]) -> None:
    """Close the notice of each talk of which the record was signed."""
    for view in signed:
        if view.kind == TALK_RECORD and view.previous_id is not None:
            close_with(work, orders_by_id(work, [view.previous_id])[0], view)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A draft with what holds of its appeals, and what it says of them."""

    view: OrderView
    facts: tuple[Facts, ...]
    statements: tuple[Statement, ...]


def _spoken(work: Work, drafts: Sequence[OrderView]) -> list[_Spoken]:
    """Return drafts with what they say now; refuse words that hold no longer."""
    spoken, moved = [], []
    keeper = work.timekeeper()
    for view in drafts:
        facts = facts_within(work, held_tickets(work, view.id), view.unit_id)
        _refuse_strangers(view, facts)
        told = statements_of(work, work.policy, keeper, Grounds.of(view), facts, work.at)
        spoken.append(_Spoken(view, facts, told))
        restated = restatement(view, facts, told, work.policy.orders)
        moved += [restated] if restated is not None else []
    if moved:
        raise WordsMoved(moved)
    return spoken


def _refuse_signed(view: OrderView) -> None:
    if view.status != "draft":
        raise Refused(f"{view.name} {view.label}，不是草稿：本次一件也没有签发，请去掉它后重试")


_HEAD = "SELECT hash FROM trail_head"


def _check_signer(work: Work, drafts: Sequence[OrderView], signer: str, basis: str) -> None:
    for kind in dict.fromkeys(view.kind for view in drafts):
        require_signer(work, kind, signer, PAPER_NAMES[kind])
    if basis not in BASES:
        raise Refused(f"签发依据只能是 {'、'.join(BASES)}：请改正")


def _sign_one(
    work: Work,
    keeper_of: KeeperOf,
    spoken: _Spoken,
    how: Signing,
    template: Template,
    head: str,
    sheet: Mapping[str, Any],
) -> None:
    view = spoken.view
    drafter = int(work.value(_DRAFTER, id=view.id) or 0)
    alone = signs_own_draft(work, view.name, drafter)
    work.require_apart("order.sign", drafter)
    keeper = work.timekeeper()
    code = work.policy.papers.of(view.kind).code
    year = keeper.local(work.at).year
    serial = work.next_number(f"paper:{code}:{year}")
    number = f"{code}〔{year}〕{serial}号"
    due_at = due_of(view, keeper, work.at)
    issued = Issue(number, due_at, work.at, work.operator.name, head)
    paper = compose(
        work, work.policy, keeper, keeper_of, view, issued, spoken.facts, spoken.statements
    )
    content = how.press.fill(template.content, paper)
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
        signer=how.signer,
        basis=how.basis,
        alone=alone,
        head_hash=head,
        sentences=kept_sentences(spoken.statements),
    )
    _keep_paper(work, view, number, content, digest, template)
    payload = {"number": number, "signer": how.signer, "basis": how.basis, "alone": alone}
    payload |= {"sha256": digest, "head": head, **template.told(view.drafted_at), **sheet}
    _tell(work, view, payload)


def _tell(work: Work, view: OrderView, payload: dict[str, Any]) -> None:
    """Record the signing on the order and on each of its appeals; of a secret one no more."""
    if view.confidential:
        work.event("order.sign", "order", view.id, payload=payload)
        return
    work.event("order.sign", "order", view.id, unit_id=view.unit_id, payload=payload)
    told = {"order": view.id, "number": payload["number"]}
    for ticket_id in held_tickets(work, view.id):
        work.event("ticket.supervise", "ticket", ticket_id, unit_id=view.unit_id, payload=told)


def _refuse_strangers(view: OrderView, facts: Sequence[Facts]) -> None:
    """Refuse a paper about an appeal that its unit neither leads nor helps with."""
    if len(facts) < len(view.tickets):
        raise Refused(f"{view.name} 所列诉求在所写的签发时间尚未受理：请核对签发时间")
    for one in facts:
        if not (one.ours or one.helps or view.kind in REFERRALS):
            told = f"由{one.lead}办理" if one.lead else "没有承办单位"
            raise Refused(f"{view.name} 所列 {one.number} {told}，不在{view.unit}：请作废后另拟")


def _keep_paper(
    work: Work, view: OrderView, number: str, content: bytes, digest: str, template: Template
) -> None:
    work.insert(
        Paper,
        subject_kind="order",
        subject_id=view.id,
        name=f"{number}.docx",
        sha256=digest,
        content=content,
        made_at=work.at,
        template_revision=template.revision,
        template_sha256=template.sha256,
    )


def signs_own_draft(work: Work, name: str, drafter: int) -> bool:
    """Return whether the drafter signs for want of another signer; refuse where not allowed."""
    rule = work.policy.orders.drafter_may_sign
    if drafter != work.operator.id or rule == "always":
        return False
    others = work.read(_SIGNERS, me=work.operator.id)
    if others or rule == "never":
        may = "、".join(one.name for one in others[:3]) or "有签发权限的其他人"
        raise Refused(f"{name} 由您拟稿，不能自己签发：请{may}签发")
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
