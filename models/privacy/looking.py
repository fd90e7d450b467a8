"""Whose an appeal is, unmasked: shown to whoever works on it, for a reason that is recorded first.

Everybody else, and every other screen, sees masks. Of a confidential appeal only a supervisor sees
it, under a verb of its own: who reads the trail finds these looks at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.review import IN_HAND
from models.store import CALLERS, WORKING, Query, Work, retried
from rules.casework import CALL_PURPOSES
from rules.errors import Refused
from rules.text import Citizen, stated

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose an appeal is, as the source told it; ``reason`` is what the trail now says."""

    ticket_id: int
    number: str
    citizen: Citizen
    reason: str


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What decides who may look."""

    number: str
    confidential: bool
    erased_at: datetime | None


_TICKET = Query(_Ticket, "SELECT number, confidential, erased_at FROM ticket WHERE id = :id")


@dataclass(frozen=True, slots=True)
class _Looks:
    """How many numbers an operator has seen since a moment."""

    count: int


_LOOKS = Query(
    _Looks,
    """
SELECT count(*) AS count FROM (
    SELECT recorded_at FROM (
        SELECT recorded_at FROM event WHERE verb = 'ticket.look' AND operator = :login
        ORDER BY seq DESC LIMIT :most) plain
    UNION ALL SELECT recorded_at FROM (
        SELECT recorded_at FROM event
        WHERE verb = 'ticket.look_confidential' AND operator = :login
        ORDER BY seq DESC LIMIT :most) confidential
) looks WHERE recorded_at >= :since
""",
)
"""Counted from the trail, of the last looks alone, so that it costs the same in every year."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Whose it is; nothing where the source said nothing."""

    reporter: str | None
    phone: str | None
    address: str | None


_PERSON = Query(_Person, "SELECT reporter, phone, address FROM citizen WHERE ticket_id = :id")


def look(store: Store, ticket_id: int, reason: str, said: str | None = None) -> Seen:
    """查看联系方式: return whose an appeal is, once the look is on record.

    ``reason`` is one of the policy's, by its words or its place, ``said`` the own words of 其他.
    ``Refused`` or ``NotAllowed`` say why not; nothing is read then.
    """
    return _seen(store, ticket_id, *_record(store, ticket_id, reason, said))


def look_to_call(store: Store, call_id: int) -> Seen:
    """Return whose number a planned call is made to, once the look is on record.

    Its reason is what the call is for. ``Refused`` where the call has been made meanwhile, or
    somebody else has just looked to make it; ``NotAllowed`` to who makes no calls.
    """
    ticket_id, number, told = _record_call(store, call_id)
    return _seen(store, ticket_id, number, told)


def _seen(store: Store, ticket_id: int, number: str, told: str) -> Seen:
    with store.reading() as reader:
        found = reader.first(_PERSON, id=ticket_id)
    citizen = Citizen("", "", "")
    if found is not None:
        citizen = Citizen(found.reporter or "", found.phone or "", found.address or "")
    return Seen(ticket_id, number, citizen, told)


@retried
def _record(store: Store, ticket_id: int, reason: str, said: str | None) -> tuple[str, str]:
    """Write the look down; return the number of the appeal and the reason as it is kept."""
    with store.writing() as work:
        told = stated(reason, work.policy.privacy.look_reasons, said)
        ticket = work.first(_TICKET, id=ticket_id)
        if ticket is None:
            raise Refused("没有这件诉求：请核对工单编号")
        work.require(*WORKING if not ticket.confidential else ("supervisor",), verb="ticket.look")
        if ticket.confidential and told == CALL_PURPOSES["review"]:
            raise Refused(f"{ticket.number} 是保密件，不拨打回访：请凭书面材料核查")
        if ticket.erased_at is not None:
            raise Refused(f"{ticket.number} 的个人信息已按期清除，没有可看的了")
        _require_looks_left(work)
        work.event(
            "ticket.look_confidential" if ticket.confidential else "ticket.look",
            "ticket",
            ticket_id,
            reason=told,
        )
        return ticket.number, told


@dataclass(frozen=True, slots=True)
class _ToCall:
    """A planned call, and who has looked to make it since an instant."""

    ticket_id: int
    number: str
    purpose: str
    not_by: int | None
    other: str | None


_TO_CALL = Query(
    _ToCall,
    """
SELECT c.ticket_id, t.number, c.purpose, c.not_by,
       (SELECT max(coalesce(o.name, e.operator)) FROM event e
        LEFT JOIN operator o ON o.login = e.operator
        WHERE e.subject_kind = 'ticket' AND e.subject_id = c.ticket_id AND e.verb = 'ticket.look'
          AND e.operator <> :login AND e.recorded_at > :since) AS other
FROM call c JOIN ticket t ON t.id = c.ticket_id
WHERE c.id = :id AND c.done_at IS NULL AND NOT t.confidential AND t.erased_at IS NULL
""",
)


@retried
def _record_call(store: Store, call_id: int) -> tuple[int, str, str]:
    """Write the look of a caller down; return the appeal, its number and the reason."""
    with store.writing() as work:
        work.require(*CALLERS, verb="ticket.look")
        since = work.now - IN_HAND
        call = work.first(_TO_CALL, id=call_id, login=work.operator.login, since=since)
        if call is None:
            raise Refused("这个回访已有结果或已取消：请打下一件")
        if call.not_by == work.operator.id:
            raise Refused("改评抽查不能由原来打电话的人再打：请打下一件")
        if call.other is not None:
            raise Refused(f"{call.other}刚看过号码，正在打这一件：请打下一件")
        _require_looks_left(work)
        told = CALL_PURPOSES[call.purpose]
        work.event("ticket.look", "ticket", call.ticket_id, reason=told)
        return call.ticket_id, call.number, told


def _require_looks_left(work: Work) -> None:
    """Refuse an operator who has seen as many numbers today as the policy lets one see."""
    most, keeper = work.policy.review.looks, work.timekeeper()
    midnight = keeper.local(work.now).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(work.now.tzinfo)
    found = work.first(_LOOKS, login=work.operator.login, most=most, since=since)
    if found is not None and found.count >= most:
        raise Refused(f"今天已查看{found.count}次联系方式，到了每人每日上限：请明天再办或转交同事")
