"""Which thresholds a clock has crossed: recorded once, annulled where an act proves otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import text

from models.store import Work
from rules.clocks import Clock, Timekeeper

LEVEL_COLOURS = {"blue": "blue", "yellow": "yellow", "red1": "red", "red2": "red", "red3": "red"}


DEPTH = {"blue": 0, "yellow": 1, "red": 2}


Crossed = tuple[int, int, str, datetime]  # deadline, revision, level, at


_INSERT = """
INSERT INTO crossing (deadline_id, revision, level, at, recorded_at)
VALUES (:deadline_id, :revision, :level, :at, :recorded_at)
ON CONFLICT (deadline_id, revision, level)
DO UPDATE SET annulled_at = NULL, annulled_reason = NULL WHERE crossing.annulled_at IS NOT NULL
"""


def until(keeper: Timekeeper, clock: Clock, stop: datetime) -> list[tuple[str, datetime]]:
    """Return the thresholds a clock had crossed when it stopped.

    What is done at the very second of a threshold was done in time.
    """
    return [(level, at) for level, at in keeper.thresholds(clock) if at < stop]


def record(work: Work, crossed: Sequence[Crossed]) -> None:
    """Record crossings; one that is recorded already stays as it is."""
    if not crossed:
        return
    now = work.stored(work.now)
    rows = [
        {"deadline_id": id, "revision": revision, "level": level, "at": work.stored(at),
         "recorded_at": now}
        for id, revision, level, at in crossed
    ]  # fmt: skip
    work.conn.execute(text(_INSERT), rows)


def annul(work: Work, deadline_id: int, revision: int, since: datetime, reason: str) -> list[str]:
    """Annul the crossings of a clock that an act at ``since`` proves wrong; return their levels."""
    found = work.rows(
        "SELECT id, level, at FROM crossing WHERE deadline_id = :d AND revision = :r "
        "AND annulled_at IS NULL ORDER BY at",
        d=deadline_id, r=revision,
    )  # fmt: skip
    wrong = [(id, level) for id, level, at in found if at >= since]
    for id, _ in wrong:
        work.conn.execute(
            text("UPDATE crossing SET annulled_at = :now, annulled_reason = :why WHERE id = :id"),
            {"now": work.stored(work.now), "why": reason, "id": id},
        )
    return [level for _, level in wrong]


def reached(work: Work, deadline_id: int) -> str:
    """Return the worst colour a clock has on record, over all its revisions."""
    levels = work.rows(
        "SELECT level FROM crossing WHERE deadline_id = :d AND annulled_at IS NULL", d=deadline_id
    )
    return worst(LEVEL_COLOURS[level] for (level,) in levels)


def worst(colours: Iterable[str]) -> str:
    """Return the deepest of some colours, blue if there is none."""
    return max(colours, key=DEPTH.__getitem__, default="blue")
