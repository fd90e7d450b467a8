"""What was granted of a clock, its pauses and extensions, and what they make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Work
from rules.clocks import Clock, Origin, Remade, Tags, Timekeeper, followed


@dataclass(frozen=True, slots=True)
class _Grant:
    """One pause that ended, or one extension that was granted, of a clock."""

    kind: str
    id: int
    from_at: datetime | None
    to_at: datetime | None
    limit_text: str | None


_GRANTS = Query(
    _Grant,
    """
SELECT 'pause' AS kind, id, from_at, to_at, NULL AS limit_text FROM pause
WHERE deadline_id = :deadline AND granted AND to_at IS NOT NULL
UNION ALL
SELECT 'extension', id, decided_at, NULL, limit_text FROM extension
WHERE deadline_id = :deadline AND granted
ORDER BY from_at, id
""",
)


def origin_of(work: Work, deadline_id: int, clock: Clock, tags: Tags | None) -> Origin:
    """Return what a clock was made from: its limit and start, its pauses and extensions."""
    grants = work.read(_GRANTS, deadline=deadline_id)
    return Origin(
        clock.step,
        clock.limit_text,
        clock.started_at,
        tags,
        tuple((g.from_at, g.to_at) for g in grants if g.from_at and g.to_at),
        tuple(g.limit_text for g in grants if g.limit_text),
        tuple(g.from_at for g in grants if g.limit_text and g.from_at),
    )


def relieved(
    work: Work, keeper: Timekeeper, deadline_id: int, clock: Clock, tags: Tags | None
) -> Remade:
    """Return ``clock``, as it ran at first, after the pauses that ended and what was extended."""
    origin = origin_of(work, deadline_id, clock, tags)
    return followed(keeper, clock, tags, origin.pauses, origin.extensions)
