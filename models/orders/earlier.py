"""Papers that went before an order, on the same appeals or for the same flag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.orders.appeals import Trail, trail_of
from models.orders.order import Grounds
from models.store import Query, Source
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.orders import Act, Earlier, Given
from rules.paper import NOTICE, ORDER, REMINDER, TALK
from rules.text import mask_text

TOLD = (ORDER, NOTICE, REMINDER, TALK)
"""Kinds of paper that a unit reads, and may read of: what is referred elsewhere is none of them."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper that was signed by then, and not void."""

    id: int
    number: str
    kind: str
    unit_id: int
    unit: str
    signed_at: datetime
    due_at: datetime | None


_PAPERS = Query(
    _Paper,
    """
SELECT o.id, o.number, o.kind, o.unit_id, u.name AS unit, o.signed_at, o.due_at
FROM supervision_order o JOIN unit u ON u.id = o.unit_id
WHERE o.id IN (SELECT l.order_id FROM order_ticket l WHERE l.ticket_id IN (:tickets)
               UNION SELECT f.id FROM supervision_order f WHERE f.flag_id = CAST(:flag AS integer)
               UNION SELECT f.id FROM supervision_order f WHERE f.id = CAST(:previous AS integer))
  AND o.id <> :own AND o.kind IN (:kinds) AND o.signed_at <= :at
  AND (o.void_at IS NULL OR o.void_at > :at)
ORDER BY o.signed_at, o.id
""",
)


@dataclass(frozen=True, slots=True)
class _Shared:
    """An appeal that a paper has in common with the order."""

    order_id: int
    number: str


_SHARED = Query(
    _Shared,
    """
SELECT l.order_id, t.number FROM order_ticket l JOIN ticket t ON t.id = l.ticket_id
WHERE l.ticket_id IN (:tickets) AND l.order_id IN (:ids) ORDER BY l.order_id, l.position, l.id
""",
)

_VERBS = ("sign", "deliver", "receive", "feedback", "reject", "accept", "void")


def earlier_papers(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    grounds: Grounds,
    tickets: Sequence[int],
    at: datetime,
) -> Mapping[int, Earlier]:
    """Return by id the papers signed before ``at``, as they stood then, the oldest first."""
    papers = source.read(
        _PAPERS,
        tickets=list(tickets),
        flag=grounds.flag_id,
        previous=grounds.previous_id,
        own=grounds.order_id or 0,
        kinds=list(TOLD),
        at=at,
    )
    ids = [one.id for one in papers]
    if not ids:
        return {}
    trail = trail_of(source, "order", ids, _VERBS, at)
    shared: dict[int, list[str]] = defaultdict(list)
    for one in source.read(_SHARED, tickets=list(tickets), ids=ids):
        shared[one.order_id].append(one.number)
    return {
        one.id: _earlier(
            keeper,
            one,
            policy.papers.of(one.kind).name,
            one.unit if one.unit_id != grounds.unit_id else "",
            tuple(shared[one.id]),
            trail,
        )
        for one in papers
    }


def _earlier(
    keeper: Timekeeper, one: _Paper, name: str, unit: str, numbers: tuple[str, ...], trail: Trail
) -> Earlier:
    acts: dict[str, list[Given]] = defaultdict(list)
    for told in trail.told.get(one.id, ()):
        reason = mask_text(trail.reasons.get(told.seq, ""))
        acts[told.verb].append(Given(keeper.local(told.at), (told.seq,), reason))

    def last(verb: str) -> Act | None:
        return acts[verb][-1] if acts[verb] else None

    return Earlier(
        number=one.number,
        name=name,
        signed=last("sign") or Act(keeper.local(one.signed_at)),
        numbers=numbers,
        unit=unit,
        due_at=keeper.local(one.due_at) if one.due_at else None,
        delivered=last("deliver"),
        received=last("receive"),
        feedback=tuple(acts["feedback"]),
        rejected=tuple(acts["reject"]),
        closed=last("accept"),
    )
