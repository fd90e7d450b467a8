"""签收 首次联系 进度反馈 批注: what is told on the way."""

from __future__ import annotations

from datetime import datetime

from models.casework.doing import change, keep_note, tell
from models.clocks import settle
from models.matter import Matter
from models.store import Work


def acknowledge(work: Work, matter: Matter, *, at: datetime | None = None) -> Matter:
    """签收: the unit takes it."""
    when = at or work.at
    changed = change(work, matter, acknowledged_at=when)
    tell(work, changed, "acknowledge", at=when)
    return settle(work, changed)


def contact(
    work: Work, matter: Matter, *, text: str | None = None, at: datetime | None = None
) -> Matter:
    """首次联系: the unit has spoken with the citizen."""
    when = at or work.at
    note_id = keep_note(work, matter, "contact", text, when)
    changed = change(work, matter, contacted_at=when)
    payload = {"note": note_id} if note_id else None
    tell(work, changed, "contact", at=when, payload=payload)
    return settle(work, changed)


def progress(work: Work, matter: Matter, *, text: str) -> Matter:
    """进度反馈: an interim report; where the policy asks for reports, the next is counted anew."""
    note_id = keep_note(work, matter, "progress", text, work.at)
    changed = change(work, matter, progressed_at=work.at)
    tell(work, changed, "progress", payload={"note": note_id})
    return settle(work, changed)


def note(work: Work, matter: Matter, *, text: str) -> Matter:
    """批注: what somebody wants remembered; it stands in nobody's way."""
    note_id = keep_note(work, matter, "note", text, work.at)
    tell(work, matter, "note", payload={"note": note_id})
    return matter
