"""Planned calls handed out: one at a time, masked, to whoever may make it now.

Who looks at the number of a call has it in hand for a while: nobody else is handed it meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.store import CALLERS, Query, Source, require_roles
from rules.casework import CALL_PURPOSES, listed_title
from rules.errors import Refused
from rules.review import CallingHours
from rules.text import Masking

if TYPE_CHECKING:
    from models.store import Store

IN_HAND = timedelta(minutes=15)
"""For how long a call is left to whoever has looked at its number."""


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A planned call in a list: what came of it, once it is done."""

    number: str
    purpose: str
    unit: str
    attempts: int
    not_before: datetime
    planned_at: datetime
    plan: str | None
    done_at: datetime | None
    result: str | None

    @property
    def purpose_name(self) -> str:
        """For what the citizen is called."""
        return CALL_PURPOSES[self.purpose]


_LISTED = Query(
    PlannedCall,
    """
SELECT t.number, c.purpose, coalesce(u.short_name, '') AS unit, c.attempts, c.not_before,
       c.planned_at, c.plan, c.done_at, c.result
FROM call c JOIN ticket t ON t.id = c.ticket_id JOIN round r ON r.id = c.round_id
LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE c.done_at IS NULL OR c.done_at >= :since ORDER BY c.done_at IS NOT NULL, c.not_before, c.id
""",
)


def planned_calls(source: Source, done_since: datetime) -> list[PlannedCall]:
    """Return the planned calls, those to be made first, then those done since an instant."""
    return source.read(_LISTED, since=done_since)


@dataclass(frozen=True, slots=True)
class CallMade:
    """An earlier call about the same round."""

    at: datetime
    result: str
    said: str


@dataclass(frozen=True, slots=True)
class NextCall:
    """What a caller is told of the call to make now: texts are masked, the number is looked at."""

    id: int
    ticket_id: int
    version: int
    round_id: int
    number: str
    purpose: str
    nature: str
    title: str
    content: str
    unit: str
    reply: str
    result_rating: str
    received_at: datetime
    closed_at: datetime
    attempts: int
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool
    calls: tuple[CallMade, ...] = ()

    @property
    def purpose_name(self) -> str:
        """For what the citizen is called."""
        return CALL_PURPOSES[self.purpose]


_CALLS = """
SELECT c.id, c.ticket_id, t.version, c.round_id, t.number, c.purpose, t.nature, t.title, t.content,
       coalesce(u.name, '') AS unit, coalesce(r.reply, '') AS reply,
       coalesce(r.result_rating, '') AS result_rating, t.received_at, r.closed_at, c.attempts,
       p.reporter, p.phone, p.address, t.confidential
FROM call c JOIN ticket t ON t.id = c.ticket_id
JOIN round r ON r.id = c.round_id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN review v ON v.round_id = r.id
WHERE c.done_at IS NULL AND r.closed_at IS NOT NULL AND t.erased_at IS NULL
  AND NOT t.confidential AND (c.purpose <> 'review' OR v.decided_at IS NULL)
  AND (c.not_by IS NULL OR c.not_by <> :me)
  AND NOT EXISTS (SELECT 1 FROM operator_unit o
                  WHERE o.operator_id = :me AND o.unit_id = r.lead_unit_id)
  AND NOT EXISTS (SELECT 1 FROM event e
                  WHERE e.subject_kind = 'ticket' AND e.subject_id = c.ticket_id
                    AND e.verb = 'ticket.look' AND e.operator <> :login
                    AND e.recorded_at > :since)
"""

_NEXT = Query(
    NextCall,
    f"""{_CALLS}
  AND c.not_before <= :now AND c.id NOT IN (:skipped)
ORDER BY c.purpose <> 'recheck', c.not_before, c.id LIMIT 1
""",
)

_BEFORE = Query(
    CallMade,
    """
SELECT at, result, coalesce(said, '') AS said FROM callback WHERE round_id = :round
ORDER BY at, id
""",
)


def next_call(store: Store, skipped: Sequence[int] = ()) -> NextCall | None:
    """Return the planned call that has waited longest; None where there is none to make now.

    Rechecks go first. Left out are those of one's own units, those that another must make, and
    those whose number somebody else has just looked at. ``skipped`` are ids not wanted now.
    ``NotAllowed`` to who makes no calls, ``Refused`` outside the hours.
    """
    now, operator = store.now(), store.operator
    require_roles(operator, CALLERS)
    hours = CallingHours(store.policy.review.hours, store.timekeeper().zone)
    if not hours.open_at(now):
        opens = store.timekeeper().local(hours.opening(now))
        raise Refused(f"现在不是回访时间：{opens:%m-%d %H:%M} 起再打")
    with store.reading() as reader:
        found = reader.first(
            _NEXT,
            now=now,
            me=operator.id,
            login=operator.login,
            since=store.system_now() - IN_HAND,
            skipped=list(skipped) or [0],
        )
        if found is None:
            return None
        made = reader.read(_BEFORE, round=found.round_id)
    return _masked(found, made, store.policy.privacy.on_screen)


def _masked(call: NextCall, made: Sequence[CallMade], masking: Masking) -> NextCall:
    """Return a call as its caller sees it."""
    theirs = masking.about(call)
    citizen = theirs.citizen(
        call.reporter, call.phone, call.address, confidential=call.confidential
    )
    return replace(
        call,
        title=theirs.text(listed_title(call.title, call.nature, call.confidential)),
        content=theirs.text(call.content),
        reply=theirs.text(call.reply),
        reporter=citizen.reporter,
        phone=citizen.phone,
        address=citizen.address,
        calls=tuple(replace(one, said=theirs.text(one.said)) for one in made),
    )
