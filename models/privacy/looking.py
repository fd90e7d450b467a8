"""Whose an appeal is, unmasked: shown to whoever works on it, for a reason that is recorded first.

Everybody else, and every other screen, sees masks. Of a confidential appeal only a supervisor sees
it, under a verb of its own: who reads the trail finds these looks at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.store import WORKING, Query, retried
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
    number, told = _record(store, ticket_id, reason, said)
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
        work.require(*({"supervisor"} if ticket.confidential else WORKING))
        if ticket.erased_at is not None:
            raise Refused(f"{ticket.number} 的个人信息已按期清除，没有可看的了")
        work.event(
            "ticket.look_confidential" if ticket.confidential else "ticket.look",
            "ticket",
            ticket_id,
            reason=told,
        )
        return ticket.number, told
