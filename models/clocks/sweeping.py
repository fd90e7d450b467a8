"""Which thresholds running clocks have crossed: recorded once, annulled where an act proves wrong.

Colour needs no sweep (巡查); it only writes down what happened, at the threshold's own instant. One
sweeper at a time holds the lease; a second one, or a sweep after a week, changes nothing twice.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import text

from models.store import Query, Work, retried
from models.tables import Crossing as CrossingRow
from rules.clocks import LEVEL_COLOURS, Clock, Timekeeper, worst

if TYPE_CHECKING:
    from models.store import Store


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


@dataclass(frozen=True, slots=True)
class _Annulled:
    """A crossing that does not count as it stands."""

    id: int
    deadline_id: int
    revision: int
    level: str


_NOT_COUNTING = Query(
    _Annulled,
    """
SELECT id, deadline_id, revision, level FROM crossing
WHERE annulled_at IS NOT NULL AND deadline_id IN (:ids)
""",
)
_COLUMNS = ("deadline_id", "revision", "level", "at", "recorded_at")
ANNULLED = "annulled_at = :now, annulled_reason = :why"
"""What a crossing is set to that an act proves wrong."""


def until(keeper: Timekeeper, clock: Clock, stop: datetime) -> list[tuple[str, datetime]]:
    """Return the thresholds a clock had crossed when it stopped.

    What is done at the very second of a threshold was done in time.
    """
    return [(level, at) for level, at in keeper.thresholds(clock) if at < stop]


def record(work: Work, crossed: Sequence[Crossing]) -> None:
    """Record crossings; one that is recorded already stays as it is."""
    if not crossed:
        return
    coming = {one[:3] for one in crossed}
    annulled = work.read(_NOT_COUNTING, ids=sorted({one[0] for one in crossed}))
    again = [o.id for o in annulled if (o.deadline_id, o.revision, o.level) in coming]
    work.change_each(CrossingRow, "annulled_at = NULL, annulled_reason = NULL", again)
    work.insert_new(CrossingRow, _COLUMNS, [(*one, work.now) for one in crossed])


def annul(work: Work, ids: Sequence[int], why: str) -> None:
    """Annul crossings that an act proves wrong."""
    work.change_each(CrossingRow, ANNULLED, ids, now=work.now, why=why)


LEASE = "sweep"

LEASE_FOR = timedelta(minutes=5)

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class SweepResult:
    """How many thresholds were recorded, by level; ``busy``: another sweep was under way."""

    crossed: Mapping[str, int]
    busy: bool = False

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.crossed.values())


def sweep(store: Store, *, chunk: int = CHUNK) -> SweepResult:
    """Record every threshold crossed up to now, in transactions of ``chunk`` clocks."""
    holder = f"{store.login}:{secrets.token_hex(8)}"
    crossed: Counter[str] = Counter()
    while (found := _sweep_some(store, holder, chunk)) is not None:
        if found.busy:
            return SweepResult(dict(crossed), busy=True)
        crossed.update(found.crossed)
    return SweepResult(dict(crossed))


@retried
def _sweep_some(store: Store, holder: str, chunk: int) -> SweepResult | None:
    """Record what some clocks have crossed, in one transaction; None where none is left."""
    with store.writing() as work:
        if not _hold(work, holder):
            return SweepResult({}, busy=True)
        found = work.read(_DUE, now=work.at, chunk=chunk)
        if not found:
            work.conn.execute(text(_LET_GO), {"name": LEASE})
            return None
        new = _record(work, found)
        work.event("sweep", "store", None, payload=dict(new))
    return SweepResult(new)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due(Clock):
    """A clock with a threshold to record."""

    id: int
    revision: int
    next_at: datetime
    ticket_id: int | None
    worst_colour: str
    subject_kind: str


_DUE = Query(
    _Due,
    """
SELECT id, revision, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at, next_at,
       ticket_id, worst_colour, subject_kind
FROM deadline
WHERE next_at IS NOT NULL AND next_at <= :now AND (next_at < :now OR next_at < red_at)
  AND stopped_at IS NULL AND paused_at IS NULL
ORDER BY next_at, id LIMIT :chunk
""",
)


def _record(work: Work, found: list[_Due]) -> Counter[str]:
    """Record what some clocks have crossed, move their ``next_at`` on, deepen worst colours.

    The version of a matter is left alone: nobody's act on it is overtaken by a sweep.
    """
    keeper, counts = work.timekeeper(), Counter[str]()
    crossed: list[Crossing] = []
    moved: list[dict[str, Any]] = []
    tickets: dict[int, str] = {}
    for due in found:
        behind = keeper.crossed(due, work.at)
        new = [(level, at) for level, at in behind if due.next_at <= at]
        after = min((one[1] for one in keeper.thresholds(due) if one not in behind), default=None)
        crossed += [(due.id, due.revision, level, at) for level, at in new]
        counts.update(level for level, _ in new)
        deepest = worst([due.worst_colour, *(LEVEL_COLOURS[level] for level, _ in new)])
        moved.append({"id": due.id, "next_at": after, "colour": deepest})
        if due.subject_kind == "ticket" and due.ticket_id is not None and deepest != "blue":
            tickets[due.ticket_id] = worst((tickets.get(due.ticket_id, "blue"), deepest))
    record(work, crossed)
    _move_on(work, moved)
    _deepen(work, tickets)
    return counts


def _move_on(work: Work, moved: list[dict[str, Any]]) -> None:
    for each in moved:
        each["next_at"] = work.stored(each["next_at"])
    work.conn.execute(
        text("UPDATE deadline SET next_at = :next_at, worst_colour = :colour WHERE id = :id"), moved
    )


def _deepen(work: Work, tickets: dict[int, str]) -> None:
    """Let a ticket remember the worst colour any of its clocks has reached."""
    below = {"yellow": "'blue'", "red": "'blue', 'yellow'"}
    for colour, lighter in below.items():
        rows = [{"id": id} for id, reached in tickets.items() if reached == colour]
        if rows:
            sql = f"UPDATE ticket SET worst_colour = '{colour}' WHERE id = :id "
            work.conn.execute(text(sql + f"AND worst_colour IN ({lighter})"), rows)


def _hold(work: Work, holder: str) -> bool:
    """Take or keep the lease; its row stays locked until the transaction ends."""
    params = {
        "name": LEASE,
        "holder": holder,
        "now": work.stored(work.now),
        "until": work.stored(work.now + LEASE_FOR),
    }
    work.conn.execute(text(_TAKE), params)
    return bool(work.value(_HOLDER, name=LEASE) == holder)


_TAKE = """
INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = :holder, until = :until
WHERE lease.holder = :holder OR lease.until <= :now
"""
_HOLDER = "SELECT holder FROM lease WHERE name = :name"
_LET_GO = "DELETE FROM lease WHERE name = :name"


class _Held(NamedTuple):
    """Until when a lease is held."""

    until: datetime


_HELD = Query(_Held, "SELECT until FROM lease WHERE name = :name")


def held_until(store: Store) -> datetime | None:
    """Return until when a sweep under way holds the lease, if one does."""
    with store.reading() as reader:
        found = reader.first(_HELD, name=LEASE)
    return found.until if found else None
