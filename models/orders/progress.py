"""What a unit did about the appeals on an order, and the time it was granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.orders.appeals import Appeals
from models.store import Query
from rules.clocks import Limit
from rules.orders import (
    Act,
    Extended,
    Facts,
    Given,
    Paused,
    Replied,
    extended,
    paused,
    replied,
)
from rules.paper import Statement


def progress_of(appeals: Appeals, local: datetime, *, alone: bool) -> tuple[Statement, ...]:
    """Return what is told of replies, of extensions and of pauses."""
    grants = _grants(appeals)
    return (
        *replied(_replies(appeals), local, alone=alone),
        *extended(_extensions(appeals, grants), local, alone=alone),
        *paused(_pauses(appeals, grants), local, alone=alone),
    )


@dataclass(frozen=True, slots=True)
class _Reply:
    """The words of a reply to an appeal."""

    ticket_id: int
    at: datetime
    unit: str
    text: str


_REPLIES = Query(
    _Reply,
    """
SELECT r.ticket_id, y.at, coalesce(u.name, '') AS unit, y.text
FROM reply y JOIN round r ON r.id = y.round_id LEFT JOIN unit u ON u.id = y.unit_id
WHERE r.ticket_id IN (:ids) AND y.at <= :at
UNION ALL
SELECT r.ticket_id, coalesce(r.replied_at, r.first_replied_at), coalesce(u.name, ''), r.reply
FROM round r LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE r.ticket_id IN (:ids) AND r.reply IS NOT NULL
  AND coalesce(r.replied_at, r.first_replied_at) <= :at
  AND NOT EXISTS (SELECT 1 FROM reply y WHERE y.round_id = r.id)
""",
)


@dataclass(frozen=True, slots=True)
class _Grant:
    """An extension or a pause of a round's close clock; an extension has a limit."""

    ticket_id: int
    n: int
    decided_at: datetime
    from_at: datetime
    to_at: datetime | None
    limit_text: str | None
    reason: str
    approval: str | None
    account: bool


_GRANTS = Query(
    _Grant,
    """
SELECT r.ticket_id, r.n, e.decided_at, e.due_before AS from_at, e.due_after AS to_at, e.limit_text,
       e.reason, CAST(NULL AS varchar) AS approval, false AS account
FROM round r CROSS JOIN deadline d CROSS JOIN extension e
WHERE r.ticket_id IN (:ids) AND d.round_id = r.id AND d.step = 'close'
  AND e.deadline_id = d.id AND e.granted AND e.decided_at <= :at
UNION ALL
SELECT r.ticket_id, r.n, p.decided_at, p.from_at, p.to_at, NULL, p.reason, p.approval,
       p.account_id IS NOT NULL
FROM round r CROSS JOIN deadline d CROSS JOIN pause p
WHERE r.ticket_id IN (:ids) AND d.round_id = r.id AND d.step = 'close'
  AND p.deadline_id = d.id AND p.granted AND p.decided_at <= :at AND p.supplement IS NOT TRUE
ORDER BY 3, 4
""",
)


def _replies(appeals: Appeals) -> list[Replied]:
    """Return the last reply to each appeal that had one, with its return if it was returned."""
    known = {
        (one.ticket_id, appeals.keeper.local(one.at)): one
        for one in appeals.source.read(_REPLIES, ids=list(appeals.facts), at=appeals.at)
    }
    found = []
    for id, facts in appeals.facts.items():
        if facts.replies:
            last = facts.replies[-1]
            found.append(_reply(appeals, facts, last, known.get((id, last.at))))
    return found


def _reply(appeals: Appeals, facts: Facts, last: Act, known: _Reply | None) -> Replied:
    back = [one for one in facts.sent_back if one.at >= last.at]
    unit = "你单位" if facts.ours else (known.unit if known else "") or facts.lead
    return Replied(
        number=facts.number,
        unit=unit or "承办单位",
        given=last,
        words=appeals.masked(facts.ticket_id, known.text) if known else "",
        back=_back(appeals, facts.ticket_id, back[-1]) if back else None,
    )


def _back(appeals: Appeals, ticket_id: int, act: Act) -> Given:
    reasons = [appeals.trail.reasons[seq] for seq in act.events if seq in appeals.trail.reasons]
    return Given(act.at, act.events, appeals.masked(ticket_id, "".join(reasons)))


def _grants(appeals: Appeals) -> list[_Grant]:
    """Return the extensions and pauses of the present rounds that were granted by then."""
    found = appeals.source.read(_GRANTS, ids=list(appeals.facts), at=appeals.at)
    return [one for one in found if one.n == appeals.facts[one.ticket_id].round]


def _extensions(appeals: Appeals, grants: Sequence[_Grant]) -> list[Extended]:
    """Return the extensions among what was granted."""
    return [
        Extended(
            number=appeals.facts[one.ticket_id].number,
            granted=appeals.act(one.ticket_id, "grant_extension", one.decided_at),
            limit=Limit.parse(one.limit_text).label,
            due_before=appeals.keeper.local(one.from_at),
            due_after=appeals.keeper.local(one.to_at),
        )
        for one in grants
        if one.limit_text and one.to_at
    ]


def _pauses(appeals: Appeals, grants: Sequence[_Grant]) -> list[Paused]:
    """Return the pauses among what was granted: when the close clock stood still."""
    return [_pause(appeals, one) for one in grants if not one.limit_text]


_PAUSING = ("grant_pause", "resume")


def _pause(appeals: Appeals, one: _Grant) -> Paused:
    granted, resumed = ("begin_account", "end_account") if one.account else _PAUSING
    ended = None
    if one.to_at is not None and one.to_at <= appeals.at:
        ended = appeals.act(one.ticket_id, resumed, one.to_at)
    return Paused(
        number=appeals.facts[one.ticket_id].number,
        granted=appeals.act(one.ticket_id, granted, one.decided_at),
        from_at=appeals.keeper.local(one.from_at),
        ended=ended,
        reason=appeals.masked(one.ticket_id, one.reason),
        approval=appeals.masked(one.ticket_id, one.approval or ""),
    )
