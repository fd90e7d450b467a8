"""Tickets going out in exchange form: each with its current round, the citizen masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.matter import AGAINST
from models.store import Query, like, retried
from rules.casework import Appeal, kept_back, paper_title
from rules.text import MASKED

if TYPE_CHECKING:
    from models.store import Reader, Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets go out; every condition that is given must hold.

    ``unit_id`` leads the current round, and what is against it does not go out with the rest;
    ``state`` is open, closed or analysis, without it all of ours; received in [``since``,
    ``until``).
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
    if wanted.unit_id is not None:
        conditions.append(_OWN)
    query = _TICKETS.also(f"WHERE {' AND '.join(conditions)} ORDER BY t.received_at, t.id")
    for chunk in reader.stream(query, **params):
        helpers = _co_units(reader, [one.number for one in chunk if one.number is not None])
        for one in chunk:
            yield _masked(one, helpers.get(one.number or "", ()))


@retried
def record_export(store: Store, file_name: str, count: int) -> None:
    """Keep in the trail that tickets were exported, by whom and how many."""
    with store.writing() as work:
        work.event("ticket.export", "store", None, payload={"file": file_name, "tickets": count})


def _conditions(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    found = [] if wanted.state else ["t.state <> 'analysis'"]
    params = dict[str, Any]()
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


_OWN = f"NOT {AGAINST.format(ticket='t.id', unit=':unit_id')}"
"""What is not against the unit that the tickets are exported of."""


def withheld_tickets(reader: Reader, wanted: Wanted) -> int:
    """Return how many tickets of a unit are left out because they are against it."""
    if wanted.unit_id is None:
        return 0
    conditions, params = _conditions(wanted)
    against = AGAINST.format(ticket="t.id", unit=":unit_id")
    text = f"{_OF_UNIT} WHERE {' AND '.join((*conditions, against))}"
    return int(reader.value(text, **params))


_OF_UNIT = """
SELECT count(*) FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
"""


def _co_units(reader: Reader, numbers: list[str]) -> dict[str, tuple[str, ...]]:
    helpers: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(numbers), 500):
        for one in reader.read(_CO_UNITS, numbers=numbers[start : start + 500]):
            helpers[one.number].append(one.unit)
    return {number: tuple(names) for number, names in helpers.items()}


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps with the ticket of a number."""

    number: str
    unit: str


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT t.number, u.name AS unit
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN round_unit c ON c.round_id = r.id JOIN unit u ON u.id = c.unit_id
WHERE t.number IN (:numbers) ORDER BY c.id
""",
)


_TICKETS = Query(
    Appeal,
    """
SELECT t.number, t.channel, t.external_id, t.nature, t.category, t.urgency,
       t.title, t.content, t.object, t.confidential, t.grid, p.reporter, p.phone, p.address,
       coalesce(u.name, t.unit_text) AS unit, r.first_handler AS handler, t.received_at,
       CASE WHEN r.dispatch_assumed THEN NULL ELSE r.dispatched_at END AS dispatched_at,
       r.acknowledged_at, r.contacted_at, r.reply, r.replied_at, t.due_fixed_at AS due_at,
       r.closed_at, r.outcome, r.result_rating, r.work_rating, r.rated_at, t.updated_at,
       l.number AS lead, m.joined_at AS merged_at,
       CASE m.kind WHEN 'repeat' THEN '重复件' WHEN 'common' THEN '共性件' END AS merge_kind
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN ticket l ON l.id = t.merged_into
LEFT JOIN merged m ON t.merged_into IS NOT NULL AND m.ticket_id = t.id AND m.left_at IS NULL
""",
)


def _masked(one: Appeal, co_units: tuple[str, ...]) -> Appeal:
    """Return a ticket with its co-units, what names or numbers a person hidden.

    Of one that is kept back (举报 保密) nothing that was said goes out.
    """
    masking = MASKED.about(one)
    if kept_back(one.nature or "", one.confidential):
        title = paper_title(one.title, one.nature or "", one.confidential)
        one = replace(one, title=title, content="", object=None, reply=None)
    told = masking.citizen(
        one.reporter, one.phone, one.address, confidential=bool(one.confidential)
    )
    return replace(
        one,
        reporter=told.reporter or None,
        phone=told.phone or None,
        address=told.address or None,
        title=masking.text(one.title),
        content=masking.text(one.content),
        object=masking.text(one.object) if one.object else None,
        grid=masking.text(one.grid) if one.grid else None,
        reply=masking.text(one.reply) if one.reply else None,
        co_units=co_units,
    )
