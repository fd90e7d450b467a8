"""先办后议: a unit acts at once; whose matter it is gets settled afterwards, by a council."""

from __future__ import annotations

from dataclasses import dataclass

from models.casework.accusing import keep_away
from models.casework.doing import tell
from models.casework.handing import dispatch
from models.casework.leading import followed
from models.clocks import settle
from models.matter import Matter
from models.store import Query, Work
from models.tables import ActFirst


@followed
def act_first(
    work: Work, matter: Matter, *, unit_id: int, reason: str, leader: str | None = None
) -> Matter:
    """先办后议: ``unit_id`` acts, handed the matter where another has it or none.

    Meanwhile it returns nothing, and what becomes of it does not count against it.
    """
    keep_away(work, matter, [unit_id])
    if matter.unit_id != unit_id or matter.state == "waiting":
        matter = dispatch(work, matter, unit_id=unit_id, reason=reason)
    work.insert(
        ActFirst,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        unit_id=unit_id,
        reason=reason,
        leader=leader,
        ordered_at=work.at,
        operator_id=work.operator.id,
    )
    told = {"leader": leader} if leader else None
    tell(work, matter, "act_first", unit_id=unit_id, reason=reason, payload=told)
    return settle(work, matter)


@followed
def settle_owner(work: Work, matter: Matter, *, unit_id: int, reason: str) -> Matter:
    """议定归属: whose matter it is; who acted first goes on with what it has begun."""
    settle_first(work, matter, unit_id)
    tell(work, matter, "settle_owner", unit_id=unit_id, reason=reason)
    return matter


@dataclass(frozen=True, slots=True)
class _First:
    """An order to act first that is not settled."""

    id: int
    version: int


_UNSETTLED = Query(
    _First,
    "SELECT id, version FROM act_first WHERE ticket_id = :ticket AND settled_at IS NULL",
)


def settle_first(work: Work, matter: Matter, owner_id: int, council_id: int | None = None) -> bool:
    """Write down whose a matter is that a unit acted on first; return whether one did.

    It is never that of a unit it is against.
    """
    found = work.read(_UNSETTLED, ticket=matter.ticket_id)
    if found:
        keep_away(work, matter, [owner_id])
    for one in found:
        work.update(
            ActFirst,
            one.id,
            one.version,
            settled_at=work.at,
            owner_unit_id=owner_id,
            council_id=council_id,
        )
    return bool(found)
