"""What the store holds of a ticket, column by column, as a file would say it."""

from __future__ import annotations

from dataclasses import dataclass

from models.intake.remembered import DIGESTED, Digester, RowValues
from models.matter import Matter, load_matter
from models.store import Query, Work, iso


@dataclass(frozen=True, slots=True)
class Held:
    """A ticket's present values; ``reporter`` and ``phone`` as they are, for their digest."""

    matter: Matter
    values: RowValues
    unit_text: str | None
    reporter: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What a ticket holds besides its matter, and who brought it."""

    external_id: str | None
    title: str
    content: str
    object: str | None
    grid: str | None
    confidential: bool
    unit_text: str | None
    reporter: str | None
    phone: str | None
    address: str | None


_TICKETS = Query(
    _Ticket,
    """
SELECT t.external_id, t.title, t.content, t.object, t.grid, t.confidential, t.unit_text,
       p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id WHERE t.id = :id
""",
)


def held_of(work: Work, ticket_id: int, digester: Digester) -> Held:
    """Return the present values of a ticket; a value nobody set is absent."""
    matter = load_matter(work, ticket_id)
    told = work.read(_TICKETS, id=ticket_id)[0]
    texts = {
        "number": matter.number,
        "external_id": told.external_id,
        "channel": matter.channel,
        "nature": matter.nature,
        "category": matter.category,
        "urgency": matter.urgency,
        "title": told.title,
        "content": told.content,
        "object": told.object,
        "grid": told.grid,
        "confidential": "1" if told.confidential else "0",
        "reporter": told.reporter,
        "phone": told.phone,
        "address": told.address,
        "handler": matter.handler,
        "reply": matter.reply,
        "outcome": matter.outcome,
        "result_rating": matter.result_rating,
        "work_rating": matter.work_rating,
    }
    instants = {
        "received_at": matter.received_at,
        "acknowledged_at": matter.acknowledged_at,
        "dispatched_at": None if matter.assumed else matter.dispatched_at,
        "contacted_at": matter.contacted_at,
        "replied_at": matter.replied_at,
        "closed_at": matter.closed_at,
        "due_at": matter.source_due_at,
        "rated_at": matter.rated_at,
    }
    values: RowValues = {}
    for name, text in texts.items():
        if text:
            values[name] = digester.of(text) if name in DIGESTED else text
    values |= {name: iso(instant) for name, instant in instants.items() if instant is not None}
    return Held(matter, values, told.unit_text, told.reporter, told.phone)
