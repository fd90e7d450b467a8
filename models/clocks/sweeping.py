"""巡查: recording which thresholds running clocks have crossed.

Colour needs no sweep; it only writes down what happened, at the threshold's own instant. One
sweeper at a time holds the lease; a second one, or a sweep after a week, changes nothing twice.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from models.clocks.crossings import DEPTH, LEVEL_COLOURS, Crossed, record, worst
from rules.clocks import Clock

if TYPE_CHECKING:
    from models.store import Store, Work


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
    while True:
        with store.writing() as work:
            if not _hold(work, holder):
                return SweepResult(dict(crossed), busy=True)
            found = _chunk(work, chunk)
            if not found:
                _let_go(work)
                return SweepResult(dict(crossed))
            new = _record(work, found)
            work.event("sweep", "store", None, payload=dict(new))
        crossed.update(new)


_DUE = """
SELECT id, revision, step, limit_text, started_at, blue_at, yellow_at, red_at, due_at, next_at,
       ticket_id, worst_colour, subject_kind
FROM deadline
WHERE next_at IS NOT NULL AND next_at <= :now AND stopped_at IS NULL AND paused_at IS NULL
ORDER BY next_at, id LIMIT :chunk
"""


def _chunk(work: Work, chunk: int) -> list[tuple[Any, ...]]:
    return work.rows(_DUE, now=work.at, chunk=chunk)


def _record(work: Work, found: list[tuple[Any, ...]]) -> Counter[str]:
    """Record what some clocks have crossed, move their ``next_at`` on, deepen worst colours.

    The version of a clock is left alone: nobody's act on the matter is overtaken by a sweep.
    """
    keeper, counts = work.timekeeper(), Counter[str]()
    crossed: list[Crossed] = []
    moved: list[dict[str, Any]] = []
    tickets: dict[int, str] = {}
    for id, revision, *instants, next_at, ticket_id, colour, kind in found:
        thresholds = keeper.thresholds(Clock(*instants))
        new = [(level, at) for level, at in thresholds if next_at <= at <= work.at]
        after = min((at for _, at in thresholds if at > work.at), default=None)
        crossed += [(id, revision, level, at) for level, at in new]
        counts.update(level for level, _ in new)
        deepest = worst([colour, *(LEVEL_COLOURS[level] for level, _ in new)])
        moved.append({"id": id, "next_at": after, "colour": deepest})
        if kind == "ticket" and deepest != "blue":
            tickets[ticket_id] = max(tickets.get(ticket_id, "blue"), deepest, key=DEPTH.__getitem__)
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
    params = {"name": LEASE, "holder": holder, "now": work.stored(work.now),
              "until": work.stored(work.now + LEASE_FOR)}  # fmt: skip
    work.conn.execute(
        text("INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until) "
             "ON CONFLICT (name) DO UPDATE SET holder = :holder, until = :until "
             "WHERE lease.holder = :holder OR lease.until <= :now"),
        params,
    )  # fmt: skip
    found = work.one("SELECT holder FROM lease WHERE name = :name", name=LEASE)
    return found is not None and found[0] == holder


def _let_go(work: Work) -> None:
    work.conn.execute(text("DELETE FROM lease WHERE name = :name"), {"name": LEASE})


def held_until(store: Store) -> datetime | None:
    """Return until when a sweep under way holds the lease, if one does."""
    with store.reading() as reader:
        row = reader.one("SELECT until AS until_at FROM lease WHERE name = :name", name=LEASE)
    return row[0] if row else None
