"""What a paper says: everything the renderer needs, as values, names masked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.clocks import KeeperOf, StoredDerivation, order_derivations
from models.orders.order import OrderView, orders_by_id
from models.store import Query
from rules.bureau import Policy
from rules.casework import kept_back, paper_title
from rules.clocks import UNITS, Limit, Timekeeper
from rules.text import MASKED, Masking

if TYPE_CHECKING:
    from models.store import Source, Store


SUMMARY = 200  # characters of an appeal that a paper quotes at most


@dataclass(frozen=True, slots=True)
class PaperTicket:
    """One appeal on a paper; dates are the bureau's, ``lateness`` is worded (超期4个工作日)."""

    number: str
    title: str
    summary: str
    channel: str
    area: str
    urgency: str
    received_on: date
    dispatched_on: date | None
    due_at: datetime | None
    closed_on: date | None
    lateness: str
    late: bool
    replies: int
    rounds: int
    result_rating: str | None
    work_rating: str | None


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """A paper of the ladder at the moment it is signed; instants in the bureau's zone.

    ``limit_words`` is the feedback limit as spoken (3个工作日), ``recorder`` the 经办人, ``alone``
    that the drafter signed because no other signer was active, ``previous`` the number of the
    order it follows, ``name`` what the paper calls itself, ``signature`` its issuer with whose seal
    is borrowed, ``closing`` the last words of its body, ``evidence`` what a flag rests on, one
    sentence a line, ``derivations`` how each deadline it holds the unit to was reckoned,
    ``copies`` whom it is copied to (抄送).
    """

    bureau: str
    kind: str
    name: str
    signature: str
    level: int
    number: str
    title: str
    unit: str
    cause: str
    evidence: tuple[str, ...]
    demands: tuple[str, ...]
    closing: str
    limit_words: str
    due_at: datetime
    signer: str
    signer_post: str
    basis: str
    recorder: str
    alone: bool
    contact: str
    phone: str
    signed_at: datetime
    previous: str | None
    head_hash: str
    tickets: tuple[PaperTicket, ...]
    derivations: tuple[StoredDerivation, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """What signing adds to an order; instants are aware UTC, ``basis`` is worded."""

    number: str
    due_at: datetime
    signed_at: datetime
    signer: str
    basis: str
    recorder: str
    alone: bool = False
    head_hash: str = ""


def compose(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    keeper_of: KeeperOf,
    view: OrderView,
    issue: Issue,
    evidence: tuple[str, ...],
) -> OrderPaper:
    """Put a paper together from the order and what signing adds to it.

    A derivation that does not give the instant stored proves nothing and is left out.
    """
    derivations = order_derivations(source, keeper_of, view.id)
    centre = source.first(_CENTRE) or _Centre("", "")
    leaders, row = policy.leaders, policy.papers.of(view.kind)
    issuer = row.issuer or policy.bureau.name
    return OrderPaper(
        bureau=issuer,
        kind=view.kind,
        name=row.name,
        signature=f"{issuer}（{row.seal}代章）" if row.seal else issuer,
        level=view.level,
        number=issue.number,
        title=view.title,
        unit=view.unit,
        cause=view.cause,
        evidence=evidence,
        demands=view.demands,
        closing=row.closing_of(view.level),
        limit_words=limit_words(view.limit_text),
        due_at=keeper.local(issue.due_at),
        signer=issue.signer,
        signer_post=next((p.post for p in leaders if p.name == issue.signer), ""),
        basis=issue.basis,
        recorder=issue.recorder,
        alone=issue.alone,
        contact=centre.liaison or issue.recorder,
        phone=centre.phone,
        signed_at=keeper.local(issue.signed_at),
        previous=source.value(_NUMBER, id=view.previous_id) if view.previous_id else None,
        head_hash=issue.head_hash,
        tickets=tickets_of(source, keeper, view.id, issue.signed_at),
        derivations=tuple(one for one in derivations if one.agrees),
        copies=view.copies,
    )


def tickets_of(
    source: Source, keeper: Timekeeper, order_id: int, now: datetime
) -> tuple[PaperTicket, ...]:
    """Return the appeals on an order as a paper of the moment ``now`` tells them."""
    found = source.read(_TICKETS, order_id=order_id)
    return tuple(_ticket(keeper, now, held) for held in found)


@dataclass(frozen=True, slots=True)
class _Centre:
    """Whom to call at the centre."""

    liaison: str
    phone: str


_CENTRE = Query(
    _Centre,
    """
SELECT coalesce(liaison, '') AS liaison, coalesce(phone, '') AS phone FROM unit WHERE is_centre
""",
)
_NUMBER = "SELECT number FROM supervision_order WHERE id = :id"
_EVIDENCE = "SELECT evidence FROM flag WHERE id = :id"


@dataclass(frozen=True, slots=True)
class _Held:
    """An appeal on an order with the round it was put on it for, and that round's close clock."""

    number: str
    title: str
    content: str
    nature: str
    confidential: bool
    channel: str
    area: str | None
    urgency: str
    received_at: datetime
    dispatched_at: datetime | None
    closed_at: datetime | None
    rounds: int
    replies: int
    result_rating: str | None
    work_rating: str | None
    limit_text: str | None
    due_at: datetime | None
    stopped_at: datetime | None
    reporter: str | None
    phone: str | None
    address: str | None


_TICKETS = Query(
    _Held,
    """
SELECT t.number, t.title, t.content, t.nature, t.confidential, t.channel, t.area, t.urgency,
       t.received_at, r.dispatched_at, r.closed_at, t.rounds,
       (SELECT count(*) FROM round x WHERE x.ticket_id = t.id AND x.replied_at IS NOT NULL)
           AS replies,
       r.result_rating, r.work_rating, d.limit_text, d.due_at, d.stopped_at,
       p.reporter, p.phone, p.address
FROM order_ticket l JOIN ticket t ON t.id = l.ticket_id
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN round r ON r.id = l.round_id
LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
WHERE l.order_id = :order_id ORDER BY l.position, l.id
""",
)


def _ticket(keeper: Timekeeper, now: datetime, held: _Held) -> PaperTicket:
    counted = held.stopped_at or now
    late = held.due_at is not None and counted > held.due_at
    masking, kept = MASKED.about(held), kept_back(held.nature, held.confidential)
    words = ""
    if held.limit_text and held.due_at:
        words = keeper.remaining(held.limit_text, held.due_at, counted)
    return PaperTicket(
        number=held.number,
        title=paper_title(masking.text(held.title), held.nature, held.confidential),
        summary="" if kept else _summary(masking, held.content),
        channel=held.channel,
        area=masking.text(held.area or ""),
        urgency=held.urgency,
        received_on=keeper.local(held.received_at).date(),
        dispatched_on=keeper.local(held.dispatched_at).date() if held.dispatched_at else None,
        due_at=keeper.local(held.due_at) if held.due_at else None,
        closed_on=keeper.local(held.closed_at).date() if held.closed_at else None,
        lateness=words if late or held.stopped_at is None else "",
        late=late,
        replies=held.replies,
        rounds=held.rounds,
        result_rating=held.result_rating,
        work_rating=held.work_rating,
    )


def _summary(masking: Masking, content: str) -> str:
    told = " ".join(masking.text(content).split())
    return told if len(told) <= SUMMARY else told[: SUMMARY - 2] + ".."


def limit_words(limit_text: str) -> str:
    """Return a limit as a paper says it: ``3wd`` is 3个工作日."""
    limit = Limit.parse(limit_text)
    return f"{limit.count}{UNITS[limit.unit]}"


UNSIGNED = "　　　"


def preview_order(store: Store, order_id: int) -> OrderPaper:
    """Return the paper of a draft; number and signer are left blank, as nobody gave them yet."""
    keeper, now = store.timekeeper(), store.now()
    with store.reading() as reader:
        view = orders_by_id(reader, [order_id])[0]
        code = store.policy.papers.of(view.kind).code
        year = keeper.local(now).year
        due_at = keeper.timed("feedback", view.limit_text, now).due_at
        number = f"{code}〔{year}〕×号"
        issue = Issue(number, due_at, now, UNSIGNED, UNSIGNED, store.operator.name)
        evidence = evidence_of(reader, view.flag_id)
        return compose(reader, store.policy, keeper, store.timekeeper, view, issue, evidence)


def evidence_of(source: Source, flag_id: int | None) -> tuple[str, ...]:
    """Return what a flag rests on, one sentence a line; nothing without a flag."""
    if flag_id is None:
        return ()
    found = source.value(_EVIDENCE, id=flag_id)
    return tuple(json.loads(found)["lines"]) if found else ()
