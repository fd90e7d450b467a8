"""How each line of the directory stands: hits, returns, first dispatches that stayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.dispatch import Band


@dataclass(frozen=True, slots=True)
class Standing:
    """What came of a line: ``hits`` went as it says, ``against`` did not; both since it was kept.

    ``settled`` are the hits that were answered or closed, ``stayed`` those of them that the unit
    of the first dispatch answered, and nobody returned.
    """

    number: int
    hits: int = 0
    against: int = 0
    returns: int = 0
    settled: int = 0
    stayed: int = 0
    last_at: datetime | None = None

    @property
    def accuracy(self) -> Band | None:
        """The share of first dispatches that stayed; None where none is settled."""
        return Band(0.0, self.settled, self.stayed, 1.0) if self.settled else None


_STANDING = Query(
    Standing,
    """
SELECT u.number, sum(CASE WHEN u.followed THEN 1 ELSE 0 END) AS hits,
       sum(CASE WHEN u.followed THEN 0 ELSE 1 END) AS against,
       sum(CASE WHEN u.followed AND q.asked > 0 THEN 1 ELSE 0 END) AS returns,
       sum(CASE WHEN u.followed AND r.replied_at IS NOT NULL THEN 1
                WHEN u.followed AND r.closed_at IS NOT NULL THEN 1 ELSE 0 END) AS settled,
       sum(CASE WHEN u.followed AND (r.replied_at IS NOT NULL OR r.closed_at IS NOT NULL)
                 AND r.lead_unit_id = u.unit_id AND q.asked IS NULL THEN 1 ELSE 0 END) AS stayed,
       max(u.at) AS last_at
FROM line_use u JOIN round r ON r.id = u.round_id
LEFT JOIN (SELECT round_id, unit_id, count(*) AS asked FROM return_request
           GROUP BY round_id, unit_id) q ON q.round_id = u.round_id AND q.unit_id = u.unit_id
GROUP BY u.number
""",
)


def standings(source: Source) -> dict[int, Standing]:
    """Return how each line stands that was ever used, by its number."""
    return {one.number: one for one in source.read(_STANDING)}
