"""What a unit was granted of a clock, to be counted whenever that clock is made again."""

from __future__ import annotations

from models.work import Work
from rules.remaking import Remade, followed
from rules.timekeeper import Clock, Tags, Timekeeper


def relieved(
    work: Work, keeper: Timekeeper, deadline_id: int, clock: Clock, tags: Tags
) -> Remade:
    """Return ``clock``, as it ran at first, after the pauses that ended and what was extended."""
    pauses = tuple((row[0], row[1]) for row in work.rows(_PAUSES, d=deadline_id))
    extensions = tuple(str(row[0]) for row in work.rows(_EXTENSIONS, d=deadline_id))
    return followed(keeper, clock, tags, pauses, extensions)


_PAUSES = """
SELECT from_at, to_at FROM pause
WHERE deadline_id = :d AND granted AND to_at IS NOT NULL ORDER BY from_at, id
"""
_EXTENSIONS = """
SELECT limit_text FROM extension WHERE deadline_id = :d AND granted ORDER BY decided_at, id
"""
