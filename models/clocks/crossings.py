"""Which thresholds a clock has crossed: recorded once, annulled where an act proves otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text

from models.store import Work, each_of
from rules.clocks import Clock, Timekeeper


class Crossed(NamedTuple):
    """A crossing on record; ``present``: of the revision its clock is in."""

    id: int
    revision: int
    level: str
    at: datetime
    deadline_id: int = 0
    present: bool = True


Crossing = tuple[int, int, str, datetime]
"""A crossing to be recorded: deadline, revision, level, instant."""

_INSERT = """
INSERT INTO crossing (deadline_id, revision, level, at, recorded_at)
VALUES (:deadline_id, :revision, :level, :at, :recorded_at)
ON CONFLICT (deadline_id, revision, level)
DO UPDATE SET annulled_at = NULL, annulled_reason = NULL WHERE crossing.annulled_at IS NOT NULL
"""
_ANNUL = "UPDATE crossing SET annulled_at = :now, annulled_reason = :why WHERE id IN ({ids})"


def until(keeper: Timekeeper, clock: Clock, stop: datetime) -> list[tuple[str, datetime]]:
    """Return the thresholds a clock had crossed when it stopped.

    What is done at the very second of a threshold was done in time.
    """
    return [(level, at) for level, at in keeper.thresholds(clock) if at < stop]


def record(work: Work, crossed: Sequence[Crossing]) -> None:
    """Record crossings; one that is recorded already stays as it is."""
    if not crossed:
        return
    now = work.stored(work.now)
    rows = [
        {
            "deadline_id": id,
            "revision": revision,
            "level": level,
            "at": work.stored(at),
            "recorded_at": now,
        }
        for id, revision, level, at in crossed
    ]
    work.conn.execute(text(_INSERT), rows)


def annul(work: Work, ids: Sequence[int], why: str) -> None:
    """Annul crossings that an act proves wrong."""
    each_of(work.conn, _ANNUL, ids, now=work.now, why=why)
