"""保留令: an appeal kept whole by name, for an archive or a court, until somebody lifts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.matter import ticket_id_of
from models.store import Query
from models.tables import RetentionHold
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store


HOLDING = ("supervisor", "signer", "administrator")


@dataclass(frozen=True, slots=True)
class _Hold:
    """A hold that nobody has lifted."""

    id: int
    version: int


_HOLD = Query(
    _Hold,
    "SELECT id, version FROM retention_hold WHERE ticket_id = :ticket AND lifted_at IS NULL",
)


def hold(store: Store, number: str, reason: str) -> None:
    """保留: keep an appeal whole, whatever its age; the trail says who ordered it and why."""
    with store.writing() as work:
        work.require(*HOLDING)
        ticket = ticket_id_of(work, number)
        if not reason.strip():
            raise Refused("保留要写明依据：例如卷宗号、法院来函文号")
        if work.first(_HOLD, ticket=ticket) is not None:
            raise Refused(f"{number} 已有保留令：不必重复")
        work.insert(
            RetentionHold,
            ticket_id=ticket,
            reason=reason,
            placed_at=work.now,
            placed_by=work.operator.id,
        )
        work.event("ticket.hold", "ticket", ticket, reason=reason)


def lift(store: Store, number: str, reason: str) -> None:
    """解除保留: the appeal is kept as long as any other."""
    with store.writing() as work:
        work.require(*HOLDING)
        ticket = ticket_id_of(work, number)
        found = work.first(_HOLD, ticket=ticket)
        if found is None:
            raise Refused(f"{number} 没有保留令")
        work.update(
            RetentionHold,
            found.id,
            found.version,
            lifted_at=work.now,
            lifted_by=work.operator.id,
        )
        work.event("ticket.lift", "ticket", ticket, reason=reason)
