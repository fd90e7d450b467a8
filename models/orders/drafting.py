"""Drafting papers of the ladder: one per lead unit, from appeals, a flag or an order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.bureau import UnitDirectory
from models.orders.asof import facts_within
from models.orders.candidates import Candidate, Skipped, sort_candidates
from models.orders.order import Grounds, OrderView, orders_by_id, refuse_accused
from models.orders.said import kept_copies, kept_details, kept_level, kept_limit, one_line
from models.orders.sentences import drafted_sentences
from models.ranking import LAST_RUNNING, PROMINENT_LONG, REAPPEARED
from models.store import Query, retried
from models.tables import OrderTicket, SupervisionOrder
from rules.casework import PAPER_NAMES
from rules.errors import Refused
from rules.orders import LAST_PLACE, PROMINENT, proposed
from rules.paper import CLUES, ORDER, ORGAN, REFERRALS, TALK

if TYPE_CHECKING:
    from models.casework import Seen
    from models.store import Store, Work


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting made: one order per lead unit, and what it left out."""

    orders: tuple[OrderView, ...]
    skipped: tuple[Skipped, ...]


@retried
def draft(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    unit_id: int | None = None,
    kind: str = "order",
    level: int = 1,
    cause: str | None = None,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Drafted:
    """Draft one order per lead unit of the appeals; with ``unit_id``, one order to that unit.

    An appeal on an open order, without a unit, or moved since it was ``seen`` is skipped and named.
    Title, cause, demands and limit begin with the proposal that fits the appeals and stay editable
    until signing.
    """
    most = store.policy.orders.paper_cap
    if len(ticket_ids) > most:
        raise Refused(f"一次最多为 {most} 件诉求拟制督办单：请缩小范围后分批办理")
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        return draft_within(
            work,
            ticket_ids,
            unit_id=unit_id,
            kind=kind,
            level=level,
            cause=cause,
            demands=demands,
            limit_text=limit_text,
            copy_to=copy_to,
            details=details,
            seen=seen,
        )


def draft_within(
    work: Work,
    ticket_ids: Sequence[int],
    *,
    unit_id: int | None = None,
    kind: str = "order",
    level: int = 1,
    cause: str | None = None,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    seen: Seen | None = None,
) -> Drafted:
    """Draft orders as :func:`draft` does, as part of another act."""
    if kind in REFERRALS and unit_id is None:
        unit_id = receiver_of(work, details or {})
    groups, skipped = sort_candidates(work, ticket_ids, unit_id, seen, kind)
    ids = [
        put_draft(
            work,
            members,
            unit_id=unit,
            kind=kind,
            level=level,
            title=_own_title(kind, cause or UNFULFILLED),
            cause=cause,
            demands=demands,
            limit_text=limit_text,
            copy_to=copy_to,
            details=details,
        )
        for unit, members in groups.items()
    ]
    views = orders_by_id(work, ids) if ids else []
    refuse_accused(work, [view for view in views if view.kind in REFERRALS])
    return Drafted(tuple(views), tuple(skipped))


@retried
def draft_flag(
    store: Store,
    flag_id: int,
    *,
    kind: str = ORDER,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Drafted:
    """Draft the paper a flag asks for; a flag has one open paper of a kind at most."""
    with store.writing(at=at) as work:
        work.require(verb="order.draft")
        flag = _flag(work, flag_id, kind)
        groups, skipped = sort_candidates(work, flag.ticket_ids, flag.unit_id, kind=kind)
        if flag.ticket_ids and not groups:
            return Drafted((), tuple(skipped))
        cause = _CAUSES.get(flag.rule)
        members = groups.get(flag.unit_id, [])
        noun = work.policy.papers.of(kind).name
        order_id = put_draft(
            work,
            members,
            unit_id=flag.unit_id,
            kind=kind,
            title=_own_title(kind, cause or UNFULFILLED)
            or (None if members else f"关于{LAST_RUN}的{noun}"),
            cause=cause,
            copy_to=copy_to,
            details=details,
            flag_id=flag_id,
            limit_text=work.policy.orders.report if (kind, cause) == (ORDER, LAST_PLACE) else None,
        )
        views = orders_by_id(work, [order_id])
    return Drafted(tuple(views), tuple(skipped))


_CAUSES = {LAST_RUNNING: LAST_PLACE, PROMINENT_LONG: PROMINENT}
"""What a paper over a flag is for; where nothing stands here, what its appeals give."""

LAST_RUN = "群众满意率连续末位"
"""What the title of a paper over a unit's run in last place says, which lists no appeals."""


UNFULFILLED = "督办事项落实"
"""What the title of a talk is about where nothing else is said."""


def _own_title(kind: str, cause: str) -> str | None:
    """Return the title of a kind that tells nothing of its appeals; None for any other."""
    if kind in REFERRALS:
        return f"关于移送{CLUES[kind]}的函"
    return f"关于约谈{cause}有关责任人的通知" if kind == TALK else None


def receiver_of(work: Work, details: Mapping[str, str]) -> int:
    """Return the unit that the organ is; the centre keeps what goes to an organ that is none."""
    today = work.timekeeper().local(work.at).date()
    organ = next((said for name, said in details.items() if name in ORGAN), "")
    found = UnitDirectory(work).find(organ, today) if organ else None
    return found or int(work.value(_CENTRE))


_CENTRE = "SELECT min(id) FROM unit WHERE is_centre"


def put_draft(
    work: Work,
    members: Sequence[Candidate],
    *,
    unit_id: int,
    title: str | None = None,
    cause: str | None = None,
    kind: str = "order",
    level: int = 1,
    demands: Sequence[str] | None = None,
    limit_text: str | None = None,
    copy_to: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    flag_id: int | None = None,
    previous_id: int | None = None,
) -> int:
    """Write the draft of a paper of a kind to a unit over some appeals; return its id.

    What of its words is not given is proposed, and so is what would claim what does not hold.
    """
    row = work.policy.papers.of(kind)
    facts = facts_within(work, [m.ticket_id for m in members], unit_id)
    standing, again = work.policy.orders.demands, kind == ORDER and previous_id is not None
    demands = demands or row.demands
    words = proposed(facts, kind, standing, title, cause, demands, again=again)
    grounds = Grounds(unit_id, kind, words.cause, flag_id, previous_id)
    within = row.answer_within(kept_level(level)) or ""
    order_id = work.insert(
        SupervisionOrder,
        kind=kind,
        level=level,
        unit_id=unit_id,
        title=words.title,
        cause=words.cause,
        sentences=drafted_sentences(work, grounds, facts),
        demands="\n".join(one_line(d) for d in words.demands),
        limit_text=kept_limit(limit_text) if limit_text else within,
        drafted_at=work.at,
        drafted_by=work.operator.id,
        copy_to=kept_copies(work, copy_to, unit_id),
        flag_id=flag_id,
        previous_id=previous_id,
        details=kept_details(work, kind, details or {}),
        confidential=row.confidential or None,
        instruction_id=_instruction(work, members) if kind == ORDER else None,
    )
    _hold(work, order_id, members, alone=kind == ORDER)
    told = {"kind": kind, "level": level, "flag": flag_id, "previous": previous_id}
    _tell(work, order_id, told, None if row.confidential else (unit_id, words.cause, members))
    return order_id


def _tell(
    work: Work,
    order_id: int,
    told: dict[str, Any],
    openly: tuple[int, str, Sequence[Candidate]] | None,
) -> None:
    """Record a draft; of a confidential one neither its unit nor its cause nor its appeals."""
    if openly is None:
        work.event("order.draft", "order", order_id, payload=told)
        return
    unit_id, cause, members = openly
    told = {**told, "tickets": [member.number for member in members]}
    work.event("order.draft", "order", order_id, unit_id=unit_id, reason=cause, payload=told)


def _hold(work: Work, order_id: int, members: Sequence[Candidate], *, alone: bool) -> None:
    """Put appeals on a paper; ``alone``: while it is open, on no other order."""
    for place, member in enumerate(members):
        work.insert(
            OrderTicket,
            order_id=order_id,
            ticket_id=member.ticket_id,
            round_id=member.round_id,
            position=place,
            open=alone,
        )


_INSTRUCTED = """
SELECT max(id) FROM (
    SELECT i.id FROM instruction i WHERE i.ticket_id IN (:ids) AND i.done_at IS NULL
    UNION ALL
    SELECT i.id FROM report_ticket x JOIN report_answer a ON a.report_id = x.report_id
    JOIN instruction i ON i.id = a.instruction_id AND i.done_at IS NULL
    WHERE x.ticket_id IN (:ids)) AS given
"""


def _instruction(work: Work, members: Sequence[Candidate]) -> int | None:
    """Return the newest of a leader's open words on some appeals, or on a report of them."""
    ids = [member.ticket_id for member in members]
    return work.value(_INSTRUCTED, ids=ids) if ids else None


@dataclass(frozen=True, slots=True)
class _Flag:
    """A flag as its row holds it."""

    unit_id: int
    rule: str
    evidence: str
    provisional: bool
    withdrawn_at: datetime | None

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        return tuple(json.loads(self.evidence)["tickets"])


_FLAG = Query(
    _Flag, "SELECT unit_id, rule, evidence, provisional, withdrawn_at FROM flag WHERE id = :id"
)

_TAKEN = """
SELECT coalesce(number, '草稿#' || id) FROM supervision_order
WHERE flag_id = :id AND kind = :kind AND status NOT IN ('closed', 'void')
"""


def _flag(work: Work, flag_id: int, kind: str) -> _Flag:
    flag = work.first(_FLAG, id=flag_id)
    if flag is None:
        raise Refused(f"没有编号为 {flag_id} 的预警：请用 duban flags 查看")
    if flag.withdrawn_at is not None:
        raise Refused(f"预警 {flag_id} 已撤销，不能据此拟制{PAPER_NAMES[kind]}")
    if flag.rule == REAPPEARED and flag.provisional:
        raise Refused(f"预警 {flag_id} 的别名待确认：先用 duban entity confirm 确认后再拟")
    taken = work.value(_TAKEN, id=flag_id, kind=kind)
    if taken is not None:
        raise Refused(f"预警 {flag_id} 已有{PAPER_NAMES[kind]} {taken}：请在原单上办理")
    return flag
