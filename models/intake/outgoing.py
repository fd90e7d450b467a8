"""Tickets going out in exchange form: each with its current round, the citizen masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.store import like
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
    sql = f"{_TICKETS} WHERE {' AND '.join(conditions)} ORDER BY t.received_at, t.id"
    for chunk in reader.stream(sql, **params):
        helpers = _co_units(reader, [row[0] for row in chunk if row[0] is not None])
        for round_id, *cells in chunk:
            yield _appeal(helpers.get(round_id, ()), *cells)


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
    sql = """SELECT c.round_id, u.name FROM round_unit c JOIN unit u ON u.id = c.unit_id
             WHERE c.round_id IN (:rounds) ORDER BY c.id"""
    for start in range(0, len(rounds), 500):
        for round_id, name in reader.rows(sql, rounds=rounds[start : start + 500]):
            helpers[round_id].append(name)
    return {round_id: tuple(names) for round_id, names in helpers.items()}


_TICKETS = """
SELECT r.id, t.number, t.channel, t.external_id, t.nature, t.category, t.urgency, t.title,
       t.content, t.object, t.confidential, t.grid, p.reporter, p.phone, p.address,
       coalesce(u.name, t.unit_text), r.first_handler, t.received_at,
       CASE WHEN r.dispatch_assumed THEN NULL ELSE r.dispatched_at END AS dispatched_at,
       r.acknowledged_at, r.contacted_at, r.reply, r.replied_at, t.due_fixed_at, r.closed_at,
       r.outcome, r.result_rating, r.work_rating, r.rated_at, t.updated_at
FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
"""


def _appeal(co_units: tuple[str, ...], *cells: Any) -> Appeal:
    values = dict(zip(_FIELDS, cells, strict=True))
    confidential = bool(values["confidential"])
    person = (values["reporter"], values["phone"], values["address"])
    citizen = mask_citizen(*person, confidential=confidential)
    values |= {
        "reporter": citizen.reporter or None,
        "phone": citizen.phone or None,
        "address": citizen.address or None,
        "confidential": confidential,
        "title": mask_text(values["title"]),
        "content": mask_text(values["content"]),
        "reply": mask_text(values["reply"]) if values["reply"] else None,
    }
    return Appeal(**values, co_units=co_units)


_FIELDS = (
    "number", "channel", "external_id", "nature", "category", "urgency", "title", "content",
    "object", "confidential", "grid", "reporter", "phone", "address", "unit", "handler",
    "received_at", "dispatched_at", "acknowledged_at", "contacted_at", "reply", "replied_at",
    "due_at", "closed_at", "outcome", "result_rating", "work_rating", "rated_at", "updated_at",
)  # fmt: skip
