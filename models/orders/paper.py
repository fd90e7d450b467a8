"""What a paper says as of an instant: its fields, and the sentences with what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.clocks import KeeperOf, StoredDerivation, order_derivations
from models.orders.asof import facts_of
from models.orders.months import annexed_to
from models.orders.order import Grounds, OrderView, held_tickets, seen_orders
from models.orders.sentences import statements_of
from models.store import Query
from rules.bureau import Policy
from rules.clocks import Limit, Timekeeper
from rules.orders import BLANK, Facts, Heading, order_content, own_content
from rules.paper import ORDER, TALK, Content, Row, Statement, check_code
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Source, Store


@dataclass(frozen=True, slots=True)
class Issue:
    """What signing adds to an order; instants are aware UTC.

    ``head_hash`` is the trail's head then, ``recorder`` whom to call where the centre names nobody.
    """

    number: str
    due_at: datetime | None
    signed_at: datetime
    recorder: str
    head_hash: str = ""


def compose(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    keeper_of: KeeperOf,
    view: OrderView,
    issue: Issue,
    facts: Sequence[Facts],
    statements: Sequence[Statement],
) -> Content:
    """Put a paper together from the order, what signing adds to it, and what it says of appeals."""
    centre = source.first(_CENTRE) or _Centre("", "")
    row = policy.papers.of(view.kind)
    issuer = row.issuer or policy.bureau.name
    heading = Heading(
        bureau=issuer,
        signature=f"{issuer}（{row.seal}代章）" if row.seal else issuer,
        kind=view.kind,
        name=row.name,
        level=view.level,
        number=issue.number,
        title=view.title,
        cause=view.cause,
        demands=view.demands,
        unit=view.to,
        limit_words=limit_words(view.limit_text) if view.limit_text else "",
        due_at=keeper.local(issue.due_at) if issue.due_at else None,
        closing=row.closing_of(view.level),
        contact=centre.liaison or issue.recorder,
        phone=centre.phone,
        code=check_code(issue.number, issue.head_hash),
        copies=view.copies,
    )
    derived = _derivations(source, keeper_of, view, facts)
    rest = sum(one.late for one in facts) - DERIVATIONS
    content = order_content(
        heading,
        facts,
        keeper.local(issue.signed_at),
        policy.orders,
        statements,
        annexed=annexed_to(source, keeper, keeper_of, statements, view.unit_id, issue.signed_at),
        derivations=[row for one in derived for row in _rows(one)],
        note=f"其余{rest}件的核算单存本部备查。" if rest > 0 else "",
    )
    if view.kind == ORDER:
        return content
    posts = {leader.name: f"{leader.post}{leader.name}" for leader in policy.leaders}
    said = view.said
    return own_content(content, said | {"approver": posts.get(said.get("approver", ""), BLANK)})


DERIVATIONS = 10
"""Derivations annexed at most; of a longer order the rest may be had from the bureau."""


def _derivations(
    source: Source, keeper_of: KeeperOf, view: OrderView, facts: Sequence[Facts]
) -> list[StoredDerivation]:
    """Return the derivations of the first that were late, as they stood then.

    One that does not give the instant stored proves nothing and is left out.
    """
    due = {one.number: one.due_at for one in facts if one.late}
    first = list(due)[:DERIVATIONS]
    found = order_derivations(source, keeper_of, view.id, first) if first else ()
    return [one for one in found if one.agrees and one.due_at == due[one.number]]


def _rows(stored: StoredDerivation) -> Iterator[Row]:
    """Give a derivation as rows, without the versions of rules that only machines know.

    Its first line, whose it is, heads it.
    """
    whose, *rows = stored.shown(MASKED).derived.rows
    head = f"{whose.label} {whose.name}　{whose.detail}"
    yield {"抬头": head, "日期": "", "名称": "", "说明": ""}
    for row in rows:
        if row.label != "依据":
            yield {"抬头": "", "日期": row.label, "名称": row.name, "说明": row.detail}


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


def limit_words(limit_text: str) -> str:
    """Return a limit as a paper says it: ``3wd`` is 3个工作日."""
    return Limit.parse(limit_text).label


def due_of(view: OrderView, keeper: Timekeeper, at: datetime) -> datetime | None:
    """Return when a paper signed at an instant is to be answered, or when its talk is held."""
    if view.limit_text:
        return keeper.timed("feedback", view.limit_text, at).due_at
    if view.kind == TALK and (held := view.said.get("held_at")):
        return datetime.fromisoformat(held).astimezone(UTC)
    return None


def preview_order(store: Store, order_id: int) -> Content:
    """Return the paper of a draft as of now; its number is left blank, as nobody gave it yet."""
    keeper, now = store.timekeeper(), store.now()
    with store.reading() as reader:
        view = seen_orders(reader, [order_id], store.operator)[0]
        code = store.policy.papers.of(view.kind).code
        year = keeper.local(now).year
        due_at = due_of(view, keeper, now)
        issue = Issue(f"{code}〔{year}〕×号", due_at, now, store.operator.name)
        held = held_tickets(reader, order_id)
        facts = facts_of(reader, keeper, store.timekeeper, held, view.unit_id, now)
        told = statements_of(reader, store.policy, keeper, Grounds.of(view), facts, now)
        return compose(reader, store.policy, keeper, store.timekeeper, view, issue, facts, told)
