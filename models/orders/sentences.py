"""The sentences of an order as of an instant, and as a draft keeps those it was last shown with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.orders.order import OrderView
from models.store import Query, canonical
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.orders import Before, Facts, order_statements
from rules.paper import Statement

if TYPE_CHECKING:
    from models.store import Source, Work


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an order is written for besides its appeals."""

    cause: str
    flag_id: int | None = None
    previous_id: int | None = None

    @classmethod
    def of(cls, view: OrderView) -> Grounds:
        """Return those of an order."""
        return cls(view.cause, view.flag_id, view.previous_id)


def statements_of(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    grounds: Grounds,
    facts: Sequence[Facts],
    at: datetime,
) -> tuple[Statement, ...]:
    """Return what an order says as of an instant, each sentence with what it rests on."""
    return order_statements(
        facts,
        keeper.local(at),
        policy.orders.we,
        before=_before(source, keeper, grounds.previous_id, at),
        evidence=evidence_of(source, grounds.flag_id),
        cause=grounds.cause,
    )


def drafted_sentences(work: Work, grounds: Grounds, facts: Sequence[Facts]) -> str:
    """Return what a draft is kept to have been shown with."""
    told = statements_of(work, work.policy, work.timekeeper(), grounds, facts, work.at)
    return kept_sentences(told)


def kept_sentences(statements: Sequence[Statement]) -> str:
    """Return sentences as an order keeps them."""
    return canonical(
        [
            {
                "claim": one.claim,
                "text": one.text,
                "field": one.field,
                "events": one.events,
                "tickets": one.tickets,
                "joined": one.joined,
            }
            for one in statements
        ]
    )


def sentences_in(kept: str | None) -> tuple[Statement, ...] | None:
    """Return the sentences an order keeps; None of one older than that they were kept."""
    if kept is None:
        return None
    found: list[dict[str, Any]] = json.loads(kept)
    return tuple(
        Statement(
            one["claim"],
            one["text"],
            one["field"],
            tuple(one["events"]),
            tuple(one["tickets"]),
            one["joined"],
        )
        for one in found
    )


_EVIDENCE = "SELECT evidence FROM flag WHERE id = :id"


def evidence_of(source: Source, flag_id: int | None) -> tuple[str, ...]:
    """Return what a flag rests on, one sentence a line; nothing without a flag."""
    if flag_id is None:
        return ()
    found = source.value(_EVIDENCE, id=flag_id)
    return tuple(json.loads(found)["lines"]) if found else ()


@dataclass(frozen=True, slots=True)
class _Previous:
    """An event of an order that another follows: signed, answered, its answer sent back."""

    number: str | None
    seq: int
    at: datetime
    verb: str


_PREVIOUS = Query(
    _Previous,
    """
SELECT o.number, e.seq, e.at, e.verb FROM supervision_order o
JOIN event e ON e.subject_kind = 'order' AND e.subject_id = o.id
WHERE o.id = :id AND e.at <= :at AND e.verb IN ('order.sign', 'order.feedback', 'order.reject')
ORDER BY e.seq
""",
)


def _before(
    source: Source, keeper: Timekeeper, previous_id: int | None, at: datetime
) -> Before | None:
    """Return the order that another follows, as it stood."""
    found = source.read(_PREVIOUS, id=previous_id, at=at) if previous_id else []
    if not found or found[-1].number is None:
        return None
    last = found[-1]
    answered = keeper.local(last.at) if last.verb == "order.feedback" else None
    return Before(last.number or "", answered, (found[0].seq, last.seq)[: len(found)])
