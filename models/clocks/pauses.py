"""挂起 as rows: a pause asked for, decided, begun and ended; what each clock stood still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.clocks.stored import StoredClock
from models.store import Query, Work, update_many
from models.tables import Pause


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A pause that is undecided, or that has not ended."""

    id: int
    version: int
    requested_at: datetime
    from_at: datetime


_UNDECIDED = Query(
    PauseRow,
    """
SELECT p.id, p.version, p.requested_at, p.from_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE d.round_id = :round AND p.decided_at IS NULL
""",
)
_OPEN = Query(
    PauseRow,
    """
SELECT id, version, requested_at, from_at FROM pause
WHERE deadline_id = :deadline AND granted AND to_at IS NULL
""",
)


def request_pause(work: Work, one: StoredClock, reason: str) -> None:
    """Keep what a unit asks: that its clock stand still from now."""
    work.insert(Pause, deadline_id=one.id, from_at=work.at, requested_at=work.at, reason=reason)


def requested_pause(work: Work, round_id: int) -> PauseRow:
    """Return the request of a round that nobody has decided."""
    return work.read(_UNDECIDED, round=round_id)[0]


def reword_pauses(work: Work, column: str, rows: Sequence[tuple[int, int, str]]) -> None:
    """Write other words for a pause's reason or approval; each row is (id, version seen, words)."""
    update_many(work.conn, Pause, (column,), rows)


def refuse_pause_row(work: Work, asked: PauseRow) -> None:
    """Write down that a request was not granted."""
    work.update(
        Pause,
        asked.id,
        asked.version,
        decided_at=work.at,
        granted=False,
        decided_by=work.operator.id,
    )


def begin_pause(
    work: Work, asked: PauseRow, one: StoredClock, begin: datetime, approval: str
) -> None:
    """Write the pause of one clock: the request itself for the close clock, else one like it."""
    values = {
        "from_at": begin,
        "approval": approval,
        "decided_at": work.at,
        "granted": True,
        "decided_by": work.operator.id,
    }
    if one.step == "close":
        work.update(Pause, asked.id, asked.version, **values)
    else:
        work.insert(
            Pause,
            deadline_id=one.id,
            requested_at=asked.requested_at,
            reason="随办结时限挂起",
            **values,
        )


def end_pauses(work: Work, one: StoredClock, at: datetime) -> None:
    """End the pauses of a clock that stands still, because it runs again or stops."""
    if one.paused_at is None:
        return
    for pause in work.read(_OPEN, deadline=one.id):
        work.update(Pause, pause.id, pause.version, {"to_at": None}, to_at=max(at, pause.from_at))
