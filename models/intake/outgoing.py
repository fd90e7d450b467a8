"""Tickets going out in exchange form: each with its current round, the citizen masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.store import Query, like
from rules.casework import Appeal
from rules.text import mask_citizen, mask_text

if TYPE_CHECKING:
    from models.store import Reader, Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets go out; every condition that is given must hold.

    ``unit_id`` leads the current round; ``state`` is open or closed; received in
    [``since``, ``until``).
    """

    unit_id: int | None = None
    area: str | None = None
    channel: str | None = None
    urgency: str | None = None
    state: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def outgoing_tickets(reader: Reader, wanted: Wanted) -> Iterator[Appeal]:
    """Yield the wanted tickets in the order they were received, personal fields masked."""
    conditions, params = _conditions(wanted)
    query = _TICKETS.also(f"WHERE {' AND '.join(conditions)} ORDER BY t.received_at, t.id")
    for chunk in reader.stream(query, **params):
        helpers = _co_units(reader, [one.round_id for one in chunk if one.round_id is not None])
        for one in chunk:
            yield _appeal(one, helpers.get(one.round_id or 0, ()))


def record_export(store: Store, file_name: str, count: int) -> None:
    """Keep in the trail that tickets were exported, by whom and how many."""
    with store.writing() as work:
        work.event("ticket.export", "store", None, payload={"file": file_name, "tickets": count})


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    found, params = ["1 = 1"], dict[str, Any]()
    tests = {
        "unit_id": "r.lead_unit_id = :unit_id",
        "area": "t.area LIKE :area",
        "channel": "t.channel = :channel",
        "urgency": "t.urgency = :urgency",
        "state": "t.state = :state",
        "since": "t.received_at >= :since",
        "until": "t.received_at < :until",
    }
    for name, test in tests.items():
        value = getattr(wanted, name)
        if value is not None:
            found.append(test)
            params[name] = like(value) if name == "area" else value
    return found, params


def _co_units(reader: Reader, rounds: list[int]) -> dict[int, tuple[str, ...]]:
    helpers: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(rounds), 500):
        for one in reader.read(_CO_UNITS, rounds=rounds[start : start + 500]):
            helpers[one.round_id].append(one.unit)
    return {round_id: tuple(names) for round_id, names in helpers.items()}


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps in a round."""

    round_id: int
    unit: str


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT c.round_id, u.name AS unit FROM round_unit c JOIN unit u ON u.id = c.unit_id
WHERE c.round_id IN (:rounds) ORDER BY c.id
""",
)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket with its current round, its columns called as in the exchange form."""

    round_id: int | None
    number: str
    channel: str
    external_id: str | None
    nature: str
    category: str | None
    urgency: str
    title: str
    content: str
    object: str | None
    confidential: bool
    grid: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    unit: str | None
    handler: str | None
    received_at: datetime
    dispatched_at: datetime | None
    acknowledged_at: datetime | None
    contacted_at: datetime | None
    reply: str | None
    replied_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    result_rating: str | None
    work_rating: str | None
    rated_at: datetime | None
    updated_at: datetime | None


_TICKETS = Query(
    _Ticket,
    """
SELECT r.id AS round_id, t.number, t.channel, t.external_id, t.nature, t.category, t.urgency,
       t.title, t.content, t.object, t.confidential, t.grid, p.reporter, p.phone, p.address,
       coalesce(u.name, t.unit_text) AS unit, r.first_handler AS handler, t.received_at,
       CASE WHEN r.dispatch_assumed THEN NULL ELSE r.dispatched_at END AS dispatched_at,
       r.acknowledged_at, r.contacted_at, r.reply, r.replied_at, t.due_fixed_at AS due_at,
       r.closed_at, r.outcome, r.result_rating, r.work_rating, r.rated_at, t.updated_at
FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
""",
)
_TOLD = tuple(f.name for f in fields(_Ticket) if f.name != "round_id")


def _appeal(one: _Ticket, co_units: tuple[str, ...]) -> Appeal:
    values: dict[str, Any] = {name: getattr(one, name) for name in _TOLD}
    citizen = mask_citizen(one.reporter, one.phone, one.address, confidential=one.confidential)
    values |= {
        "reporter": citizen.reporter or None,
        "phone": citizen.phone or None,
        "address": citizen.address or None,
        "title": mask_text(one.title),
        "content": mask_text(one.content),
        "reply": mask_text(one.reply) if one.reply else None,
    }
    return Appeal(**values, co_units=co_units)
