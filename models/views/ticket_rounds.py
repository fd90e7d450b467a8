"""The handlings of one ticket as a person reads them: who had it, what was done when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import status_label
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class RoundView:
    """One handling of the ticket; ``reply`` is masked."""

    id: int
    n: int
    state: str
    unit_id: int | None
    unit: str
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
    filled_by: str = ""
    approved_by: str = ""
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    supplement_asked_at: datetime | None = None
    supplemented_at: datetime | None = None
    co_units: tuple[str, ...] = ()

    @property
    def signed(self) -> str:
        """Who in the unit wrote the last reply, and who let it pass."""
        told = (("填报人", self.filled_by), ("审签", self.approved_by))
        return " ".join(f"{name} {who}" for name, who in told if who)

    @property
    def times(self) -> tuple[tuple[str, datetime], ...]:
        """What was done when, by its name, in the usual order."""
        told = (
            ("交办", self.dispatched_at),
            ("签收", self.acknowledged_at),
            ("告知补正", self.supplement_asked_at),
            ("收到补正", self.supplemented_at),
            ("受理决定", self.accepted_at),
            ("不予受理", self.declined_at),
            ("联系", self.contacted_at),
            ("答复", self.replied_at),
            ("办结", self.closed_at),
        )
        return tuple((name, at) for name, at in told if at is not None)

    @property
    def status(self) -> str:
        """Where it stands, in Chinese."""
        return status_label("ticket", self.state, round=self.n)


_ROUNDS = Query(
    RoundView,
    """
SELECT r.id, r.n, r.state, r.lead_unit_id AS unit_id, coalesce(u.name, '') AS unit,
       coalesce(r.first_handler, '') AS first_handler, r.opened_at, r.dispatched_at,
       r.dispatch_assumed, r.acknowledged_at, r.contacted_at, coalesce(r.reply, '') AS reply,
       r.replied_at, r.closed_at, coalesce(r.outcome, '') AS outcome,
       coalesce(r.result_rating, '') AS result_rating, coalesce(r.work_rating, '') AS work_rating,
       r.rated_at, coalesce(y.filled_by, '') AS filled_by,
       coalesce(y.approved_by, '') AS approved_by, r.accepted_at, r.declined_at,
       r.supplement_asked_at, r.supplemented_at
FROM round r LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN reply y ON y.id = (SELECT max(z.id) FROM reply z
                             WHERE z.round_id = r.id AND z.unit_id = r.lead_unit_id)
WHERE r.ticket_id = :id ORDER BY r.n
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
        replace(
            one,
            reply=masking.text(one.reply),
            filled_by=masking.text(one.filled_by),
            approved_by=masking.text(one.approved_by),
            co_units=tuple(helpers[one.id]),
        )
        for one in source.read(_ROUNDS, id=ticket_id)
    )
