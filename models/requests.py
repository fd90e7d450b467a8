"""What units ask for and the centre has not decided: 延期 and 挂起 of a round's clocks."""

from __future__ import annotations

from models.matter import Matter
from models.tables import Extension, Pause
from models.work import Work


def lapse(work: Work, matter: Matter, why: str) -> None:
    """Let requests that nobody decided fall away, because what they asked for has no object now."""
    for model, name in ((Extension, "extension"), (Pause, "pause")):
        for id, version in work.rows(_UNDECIDED.format(name), r=matter.round_id):
            work.update(model, id, version, decided_at=work.at, granted=False,
                        decided_by=work.operator.id)  # fmt: skip
            work.event(f"ticket.lapse_{name}", "ticket", matter.ticket_id,
                       unit_id=matter.unit_id, reason=why)  # fmt: skip


_UNDECIDED = """
SELECT q.id, q.version FROM {} q JOIN deadline d ON d.id = q.deadline_id
WHERE d.round_id = :r AND q.decided_at IS NULL
"""
