"""What every verb does: change the round and its state, tell the trail, let requests lapse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.clocks import PauseRow, refuse_pause_row, remember
from models.matter import TICKET_FIELDS, Matter, unit_code
from models.store import Query, Work
from models.tables import Extension, Note, Round, Ticket


def change(work: Work, matter: Matter, **columns: Any) -> Matter:
    """Change columns of the round, and the state that follows from its acts.

    With another unit the clocks that go along stay made for the unit they had.
    """
    changed = matter.with_round(columns)
    if "lead_unit_id" in columns:
        changed = replace(changed, unit_code=unit_code(work, changed.unit_id))
        if matter.dispatched_at is not None:
            remember(work, matter, matter.tags)
    if changed.state != matter.state:
        columns["state"] = changed.state
    work.update(
        Round, matter.round_id, matter.round_version, matter.round_before(columns), **columns
    )
    return changed


def finish(work: Work, before: Matter, after: Matter) -> Matter:
    """Write what the act owes the ticket and raise the version of the matter."""
    owed = dict(after.owed)
    names = {column: TICKET_FIELDS.get(column, column) for column in owed}
    known = {
        column: getattr(before, name)
        for column, name in names.items()
        if name in Matter.__dataclass_fields__
    }
    work.update(Ticket, after.ticket_id, after.version, known, **owed)
    return replace(after, version=after.version + 1, owed=())


def tell(
    work: Work,
    matter: Matter,
    verb: str,
    *,
    at: datetime | None = None,
    unit_id: int | None = None,
    reason: str | None = None,
    payload: dict[str, Any] | None = None,
) -> None:
    """Record an act in the trail: ``verb`` is a step's, or a whole one such as review.open."""
    work.event(
        verb if "." in verb else f"ticket.{verb}",
        "ticket",
        matter.ticket_id,
        unit_id=unit_id or matter.unit_id,
        at=at,
        reason=reason,
        payload=payload,
    )


def keep_note(
    work: Work, matter: Matter, kind: str, text: str | None, when: datetime
) -> int | None:
    """Keep what somebody wrote on the way; return its id, None where nothing was written."""
    if not text:
        return None
    return work.insert(
        Note,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        kind=kind,
        at=when,
        recorded_at=work.now,
        operator_id=work.operator.id,
        text=text,
    )


@dataclass(frozen=True, slots=True)
class _Request:
    """A request of a round's clocks that nobody has decided."""

    kind: str
    id: int
    version: int


_UNDECIDED = Query(
    _Request,
    """
SELECT 'extension' AS kind, q.id, q.version FROM extension q
JOIN deadline d ON d.id = q.deadline_id WHERE d.round_id = :round AND q.decided_at IS NULL
UNION ALL SELECT 'pause', q.id, q.version FROM pause q
JOIN deadline d ON d.id = q.deadline_id WHERE d.round_id = :round AND q.decided_at IS NULL
""",
)


def lapse(work: Work, matter: Matter, why: str) -> None:
    """Let requests that nobody decided fall away, because what they asked for has no object now."""
    for request in work.read(_UNDECIDED, round=matter.round_id):
        if request.kind == "pause":
            refuse_pause_row(work, PauseRow(request.id, request.version, work.at, work.at))
        else:
            work.update(
                Extension,
                request.id,
                request.version,
                decided_at=work.at,
                granted=False,
                decided_by=work.operator.id,
            )
        tell(work, matter, f"lapse_{request.kind}", reason=why)
