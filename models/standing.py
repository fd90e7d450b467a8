"""What the store holds of a ticket, in the form in which import_row keeps what files said."""

from __future__ import annotations

from dataclasses import dataclass

from models.digests import Digester
from models.importrow import DIGESTED, Values
from models.matter import Matter, load
from models.trail import iso
from models.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket's present values; ``reporter`` and ``phone`` as they are, for their digest."""

    matter: Matter
    values: Values
    unit_text: str | None
    reporter: str | None
    phone: str | None


_SQL = """
SELECT t.external_id, t.title, t.content, t.object, t.grid, t.confidential, t.unit_text,
       p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id WHERE t.id = :id
"""


def standing(work: Work, ticket_id: int, digester: Digester) -> Standing:
    """Return the present values of a ticket; a value nobody set is absent."""
    matter = load(work.rows, ticket_id)
    (external_id, title, content, object, grid, confidential, unit_text, reporter, phone,
     address) = work.rows(_SQL, id=ticket_id)[0]  # fmt: skip
    texts = {
        "number": matter.number, "external_id": external_id, "channel": matter.channel,
        "nature": matter.nature, "category": matter.category, "urgency": matter.urgency,
        "title": title, "content": content, "object": object, "grid": grid,
        "confidential": "1" if confidential else "0", "reporter": reporter, "phone": phone,
        "address": address, "handler": matter.handler, "reply": matter.reply,
        "outcome": matter.outcome, "result_rating": matter.result_rating,
        "work_rating": matter.work_rating,
    }  # fmt: skip
    instants = {
        "received_at": matter.received_at, "acknowledged_at": matter.acknowledged_at,
        "dispatched_at": None if matter.assumed else matter.dispatched_at,
        "contacted_at": matter.contacted_at, "replied_at": matter.replied_at,
        "closed_at": matter.closed_at, "due_at": matter.source_due_at, "rated_at": matter.rated_at,
    }  # fmt: skip
    values: Values = {}
    for name, text in texts.items():
        if text:
            values[name] = digester.of(text) if name in DIGESTED else text
    values |= {name: iso(instant) for name, instant in instants.items() if instant is not None}
    return Standing(matter, values, unit_text, reporter, phone)
