"""The sentences of an order as of an instant, and as a draft keeps those it was last shown with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.orders.history import history_of
from models.orders.months import last_months
from models.orders.order import Grounds
from models.store import canonical
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.orders import Facts, order_statements
from rules.paper import REFERRALS, TALK_RECORD, Statement

if TYPE_CHECKING:
    from models.store import Source, Work


def statements_of(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    grounds: Grounds,
    facts: Sequence[Facts],
    at: datetime,
) -> tuple[Statement, ...]:
    """Return what an order says as of an instant, each sentence with what it rests on."""
    history: tuple[Statement, ...] = ()
    if grounds.kind not in (*REFERRALS, TALK_RECORD):
        months = last_months(source, policy, keeper, grounds, at, alone=not facts)
        history = (*months, *history_of(source, policy, keeper, grounds, facts, at))
    return order_statements(
        facts,
        keeper.local(at),
        policy.orders.we,
        further=history,
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
    """Return what a flag rests on, one sentence a line.

    Nothing without a flag, nor of last places: their months are told in sentences of their own.
    """
    found = source.value(_EVIDENCE, id=flag_id) if flag_id is not None else None
    told = json.loads(found) if found else {"lines": ()}
    return () if told.get("months") else tuple(told["lines"])
