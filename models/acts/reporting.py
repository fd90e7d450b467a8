"""What a unit does on the way: takes it, speaks with the citizen, reports; what people note."""

from __future__ import annotations

from datetime import datetime

from models.acts.recording import act, not_before, require, tell
from models.matter import Matter, load_matter
from models.store import Work
from models.tables import Note
from rules.errors import Refused


def acknowledge(work: Work, matter: Matter, *, at: datetime | None = None) -> Matter:
    """签收: the unit takes it."""
    when = at or work.at
    require(matter, "dispatched", act="签收")
    not_before(matter, when, matter.dispatched_at, "签收", "交办")
    return act(work, matter, "ticket.acknowledge", when, acknowledged_at=when)


def contact(
    work: Work, matter: Matter, text: str | None = None, *, at: datetime | None = None
) -> Matter:
    """首次联系: the unit has spoken with the citizen."""
    when = at or work.at
    require(matter, "dispatched", "acknowledged", act="登记首次联系")
    if matter.contacted_at is not None:
        raise Refused(f"{matter.number} 已登记过首次联系：如时间有误请改用更正")
    not_before(matter, when, matter.dispatched_at, "首次联系", "交办")
    note_id = _put(work, matter, "contact", text, when)
    return act(work, matter, "ticket.contact", when, contacted_at=when,
               payload={"note": note_id} if note_id else None)  # fmt: skip


def progress(work: Work, matter: Matter, text: str) -> Matter:
    """进度反馈: an interim report; its clock runs again from here."""
    require(matter, "dispatched", "acknowledged", act="登记进度")
    note_id = _put(work, matter, "progress", text, work.at)
    return act(work, matter, "ticket.progress", work.at, payload={"note": note_id},
               progressed_at=work.at)  # fmt: skip


def note(work: Work, matter: Matter, text: str) -> Matter:
    """批注: what somebody wants remembered."""
    note_id = _put(work, matter, "note", text, work.at)
    tell(work, matter, "ticket.note", work.at, payload={"note": note_id})
    return load_matter(work.rows, matter.ticket_id)


def _put(work: Work, matter: Matter, kind: str, text: str | None, when: datetime) -> int | None:
    if not text:
        return None
    return work.insert(
        Note, ticket_id=matter.ticket_id, round_id=matter.round_id, kind=kind, at=when,
        recorded_at=work.now, operator_id=work.operator.id, text=text,
    )  # fmt: skip
