"""派单争议 as handing-out opens and closes it; what is done with one is models.dispatch's."""

from __future__ import annotations

from dataclasses import dataclass

from models.casework.doing import tell
from models.matter import Matter
from models.store import Query, Work
from models.tables import Dispute


@dataclass(frozen=True, slots=True)
class _Open:
    """A dispute of a round that nobody ruled on."""

    id: int
    version: int


_OPEN = Query(_Open, "SELECT id, version FROM dispute WHERE round_id = :round AND ruled_at IS NULL")


def open_dispute(work: Work, matter: Matter, kind: str, reason: str | None) -> int:
    """Open the dispute of a round, or return the one that is open."""
    found = work.first(_OPEN, round=matter.round_id)
    if found is not None:
        return found.id
    tell(work, matter, "dispute", reason=reason)
    return work.insert(
        Dispute,
        ticket_id=matter.ticket_id,
        round_id=matter.round_id,
        kind=kind,
        unit_id=matter.unit_id,
        reason=reason,
        opened_at=work.at,
    )


def close_disputes(work: Work, matter: Matter, unit_id: int, ruling: str) -> None:
    """Write the ruling into the dispute of a round."""
    for found in work.read(_OPEN, round=matter.round_id):
        work.update(
            Dispute,
            found.id,
            found.version,
            ruled_at=work.at,
            ruled_by=work.operator.id,
            ruled_unit_id=unit_id,
            ruling=ruling,
        )
