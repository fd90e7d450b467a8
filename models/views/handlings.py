"""The rounds of a ticket as a person reads them: who handled it, when, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.casework import status_label
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class RoundView:
    """One handling of the ticket; ``status`` is Chinese, ``reply`` masked."""

    id: int
    n: int
    state: str
    status: str
    unit_id: int | None
    unit: str
    co_units: tuple[str, ...]
    first_handler: str
    opened_at: datetime
    dispatched_at: datetime | None
    dispatch_assumed: bool
    acknowledged_at: datetime | None
    contacted_at: datetime | None
    reply: str
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str
    result_rating: str
    work_rating: str
    rated_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Round:
    """One handling as its row holds it."""

    id: int
    n: int
    state: str
    unit_id: int | None
    unit: str | None
    first_handler: str | None
    opened_at: datetime
    dispatched_at: datetime | None
    dispatch_assumed: bool
    acknowledged_at: datetime | None
    contacted_at: datetime | None
    reply: str | None
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    result_rating: str | None
    work_rating: str | None
    rated_at: datetime | None


_ROUNDS = Query(
    _Round,
    """
SELECT r.id, r.n, r.state, r.lead_unit_id AS unit_id, u.name AS unit, r.first_handler,
       r.opened_at, r.dispatched_at, r.dispatch_assumed, r.acknowledged_at, r.contacted_at,
       r.reply, r.replied_at, r.closed_at, r.outcome, r.result_rating, r.work_rating, r.rated_at
FROM round r LEFT JOIN unit u ON u.id = r.lead_unit_id WHERE r.ticket_id = :id ORDER BY r.n
""",
)


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps in a round."""

    round_id: int
    unit: str


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT ru.round_id, u.short_name AS unit FROM round_unit ru JOIN round r ON r.id = ru.round_id
JOIN unit u ON u.id = ru.unit_id WHERE r.ticket_id = :id ORDER BY ru.id
""",
)


def rounds_of(source: Source, ticket_id: int, masking: Masking) -> tuple[RoundView, ...]:
    """Return the handlings of a ticket, the first one first."""
    helpers: dict[int, list[str]] = defaultdict(list)
    for helper in source.read(_CO_UNITS, id=ticket_id):
        helpers[helper.round_id].append(helper.unit)
    return tuple(
        RoundView(
            id=one.id,
            n=one.n,
            state=one.state,
            status=status_label("ticket", one.state, round=one.n),
            unit_id=one.unit_id,
            unit=one.unit or "",
            co_units=tuple(helpers[one.id]),
            first_handler=one.first_handler or "",
            opened_at=one.opened_at,
            dispatched_at=one.dispatched_at,
            dispatch_assumed=one.dispatch_assumed,
            acknowledged_at=one.acknowledged_at,
            contacted_at=one.contacted_at,
            reply=masking.text(one.reply or ""),
            replied_at=one.replied_at,
            closed_at=one.closed_at,
            outcome=one.outcome or "",
            result_rating=one.result_rating or "",
            work_rating=one.work_rating or "",
            rated_at=one.rated_at,
        )
        for one in source.read(_ROUNDS, id=ticket_id)
    )
