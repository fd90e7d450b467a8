"""Opening reviews of what was rated 不满意 before there were any: a bureau chooses from when on.

Nothing floods: how many there are is said first, what is opened is timed from now on, and a batch
is a transaction of its own, so that a second call goes on where one was broken off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import finish, open_review, start_review_clock, tell
from models.matter import Matter, load_matters
from models.store import Query, Source, Work, retried

if TYPE_CHECKING:
    from models.store import Store

BATCH = 200
"""Reviews opened, or timed, in one transaction."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many unsatisfied rounds have no review, and how many undecided reviews no clock."""

    unopened: int
    untimed: int


@dataclass(frozen=True, slots=True)
class _Unopened:
    """A ticket whose current round was rated 不满意 and has no review."""

    ticket_id: int
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class _Untimed:
    """A ticket whose current round has an undecided review without a clock."""

    ticket_id: int
    review_id: int


_RATED = """
FROM round r JOIN ticket t ON t.id = r.ticket_id AND r.n = t.rounds
WHERE r.result_rating = '不满意' AND r.rated_at >= :since AND r.closed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM review v WHERE v.round_id = r.id)
"""
_UNDECIDED = """
FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = r.ticket_id
WHERE v.decided_at IS NULL AND v.opened_at >= :since AND r.n = t.rounds
  AND NOT EXISTS (SELECT 1 FROM deadline d
                  WHERE d.subject_kind = 'review' AND d.subject_id = v.id)
"""
_COUNTED = Query(
    Backlog,
    f"""
SELECT (SELECT count(*) {_RATED}) AS unopened, (SELECT count(*) {_UNDECIDED}) AS untimed
""",
)
_UNOPENED = Query(
    _Unopened,
    f"SELECT r.ticket_id, r.rated_at {_RATED} ORDER BY r.rated_at, r.ticket_id LIMIT :most",
)
_UNTIMED = Query(
    _Untimed,
    f"""
SELECT v.ticket_id, v.id AS review_id {_UNDECIDED} AND v.id > :after ORDER BY v.id LIMIT :most
""",
)


def count_backlog(source: Source, since: datetime) -> Backlog:
    """Return what :func:`open_backlog` would do."""
    found = source.first(_COUNTED, since=since)
    assert found is not None  # a query without FROM gives one row
    return found


def open_backlog(
    store: Store, since: datetime, progress: Callable[[int], None] = lambda done: None
) -> Backlog:
    """Open a review of every round rated 不满意 ``since`` then, and time those that have no clock.

    Their clocks start now. ``progress`` is told how many are done.
    """
    opened = timed = last = 0
    while done := _open_some(store, since):
        opened += done
        progress(opened)
    while found := _time_some(store, since, last):
        last, done = found
        timed += done
        progress(opened + timed)
    return Backlog(opened, timed)


@retried
def _open_some(store: Store, since: datetime) -> int:
    """Open reviews of one batch; return how many."""
    with store.writing() as work:
        work.require("supervisor")
        found = {
            one.ticket_id: one.rated_at for one in work.read(_UNOPENED, since=since, most=BATCH)
        }
        for matter in _matters(work, list(found)):
            open_review(work, matter, found[matter.ticket_id], work.at)
            finish(work, matter, matter)
        return len(found)


@retried
def _time_some(store: Store, since: datetime, after: int) -> tuple[int, int] | None:
    """Start the clocks of one batch behind a review; return its last and how many, or None."""
    with store.writing() as work:
        work.require("supervisor")
        found = {
            one.ticket_id: one.review_id
            for one in work.read(_UNTIMED, since=since, after=after, most=BATCH)
        }
        timed = 0
        for matter in _matters(work, list(found)):
            if start_review_clock(work, matter, found[matter.ticket_id], work.at):
                tell(work, matter, "review.start")
                finish(work, matter, matter)
                timed += 1
        return (max(found.values()), timed) if found else None


def _matters(work: Work, ticket_ids: list[int]) -> list[Matter]:
    """Return tickets to be changed; their rounds belong to them."""
    found = load_matters(work, ticket_ids) if ticket_ids else []
    for matter in found:
        work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
    return found
