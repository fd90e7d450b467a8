"""更正 and 修改登记: what was recorded wrongly is put right, and the clocks follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.acts.recording import change, tell
from models.clocks import settle
from models.matter import Matter, load_matter
from models.store import Work, iso
from models.tables import Person, Round, Ticket
from rules.casework import UNIT_STEPS

LIMITING = {"nature", "urgency", "category", "channel", "due_fixed_at", "received_at"}


def correct(work: Work, matter: Matter, **instants: datetime | None) -> Matter:
    """更正: set the times of acts already recorded; the clocks follow them."""
    before = {name: getattr(matter, name) for name in instants}
    told = {"dispatch_assumed": False} if "dispatched_at" in instants else {}
    change(work, matter, **instants, **told)
    anew = UNIT_STEPS if "dispatched_at" in instants else ()
    payload = {name: [_told(before[name]), _told(new)] for name, new in instants.items()}
    tell(work, matter, "ticket.correct", work.at, payload=payload)
    return settle(work, matter.ticket_id, restart=anew)


def amend(
    work: Work,
    matter: Matter,
    *,
    ticket: dict[str, Any] | None = None,
    round_: dict[str, Any] | None = None,
    person: dict[str, Any] | None = None,
) -> Matter:
    """修改登记: what is known of the appeal; limits that depend on it start anew from their start.

    The event names the columns, with old and new value unless they are personal or long.
    """
    ticket, round_, person = ticket or {}, round_ or {}, person or {}
    changed = sorted({*ticket, *round_, *person})
    if ticket:
        work.update(Ticket, matter.ticket_id, matter.ticket_version, **ticket)
    if round_:
        work.update(Round, matter.round_id, matter.round_version, **round_)
    if person:
        _amend_person(work, matter.ticket_id, person)
    tell(work, matter, "ticket.amend", work.at, payload={"columns": changed})
    tags = LIMITING & set(ticket)
    if tags and matter.closed_at is None:
        return settle(work, matter.ticket_id, restart=("dispatch", *UNIT_STEPS, "judge"))
    return load_matter(work.rows, matter.ticket_id)


def _amend_person(work: Work, ticket_id: int, person: dict[str, Any]) -> None:
    found = work.rows("SELECT id, version FROM person WHERE ticket_id = :id", id=ticket_id)
    if found:
        work.update(Person, found[0][0], found[0][1], **person)
    else:
        work.insert(Person, ticket_id=ticket_id, **person)


def _told(instant: datetime | None) -> str | None:
    return iso(instant) if instant is not None else None
