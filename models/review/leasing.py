"""Handing reviews out: one at a time, to one reviewer at a time, until a verdict or the lease ends.

A lease is bookkeeping: it proves nothing of a matter and writes no event. It is renewed by use and
ends by itself, so that a terminal that died keeps nobody waiting for long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from models.casework import let_go
from models.store import Query, Work, retried

if TYPE_CHECKING:
    from models.store import Store

TRIED = 40  # candidates looked at before it is said that others have them all


@dataclass(frozen=True, slots=True)
class Handed:
    """A review that is one's own for now."""

    review_id: int
    ticket_id: int


_OVERRULED = """EXISTS (
  SELECT 1 FROM event e JOIN event x ON x.subject_kind = 'ticket' AND x.subject_id = e.subject_id
  WHERE e.subject_kind = 'ticket' AND e.subject_id = v.ticket_id AND e.operator = :login
    AND e.verb IN ('review.uphold', 'review.excuse', 'review.rerate', 'review.exclude')
    AND x.verb = 'review.reopen' AND x.seq > e.seq)
"""
"""A verdict of one's own that did not last."""

_ANOTHER = """EXISTS (
  SELECT 1 FROM operator p JOIN role s ON s.operator_id = p.id AND s.role = 'supervisor'
  WHERE p.active AND p.id <> :me
    AND NOT EXISTS (SELECT 1 FROM operator_unit o
                    WHERE o.operator_id = p.id AND o.unit_id = r.lead_unit_id)
    AND NOT EXISTS (SELECT 1 FROM event e
                    WHERE e.subject_kind = 'ticket' AND e.subject_id = v.ticket_id
                      AND e.verb = 'ticket.close' AND e.operator = p.login))
"""
"""Somebody else who may verify it."""

_MAY = f"""
JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = v.ticket_id AND r.n = t.rounds
LEFT JOIN review_lease l ON l.review_id = v.id AND l.until > :now
WHERE v.decided_at IS NULL AND (l.review_id IS NULL OR l.holder = :holder)
  AND NOT EXISTS (SELECT 1 FROM operator_unit o
                  WHERE o.operator_id = :me AND o.unit_id = r.lead_unit_id)
  AND NOT EXISTS (SELECT 1 FROM operator_unit o JOIN duty y ON y.operator_id = o.operator_id
                  WHERE y.deputy_id = :me AND y.kind = 'deputy' AND y.ended_at IS NULL
                    AND y.from_at <= :now AND y.to_at > :now AND o.unit_id = r.lead_unit_id)
  AND NOT EXISTS (SELECT 1 FROM event e
                  WHERE e.subject_kind = 'ticket' AND e.subject_id = v.ticket_id
                    AND e.verb = 'ticket.close' AND e.operator = :login)
  AND NOT ({_OVERRULED} AND {_ANOTHER})
"""
"""回避: no matters of one's own units, nor of those one stands in for, none one has closed oneself.

One that was decided by oneself and reopened goes to another, where there is one.
"""

_REVIEW = f"SELECT v.id AS review_id, v.ticket_id FROM review v {_MAY}"

_WANTED = """
  AND (v.again_at IS NULL OR v.again_at <= :now) AND v.id NOT IN (:skipped)
"""

_IN_HAND = Query(
    Handed,
    f"""{_REVIEW} {_WANTED}
  AND v.id IN (SELECT mine.review_id FROM review_lease mine WHERE mine.holder = :holder)
ORDER BY v.opened_at, v.ticket_id, v.id
""",
)
_NEXT = Query(Handed, f"{_REVIEW} {_WANTED} ORDER BY v.opened_at, v.ticket_id, v.id LIMIT :most")
_ONE = Query(Handed, f"{_REVIEW} AND v.ticket_id = :ticket LIMIT 1")

_TAKE = """
INSERT INTO review_lease (review_id, operator_id, holder, until)
VALUES (:review, :me, :holder, :until)
ON CONFLICT (review_id) DO UPDATE
SET operator_id = excluded.operator_id, holder = excluded.holder, until = excluded.until
WHERE review_lease.until <= :now OR review_lease.holder = excluded.holder
"""


_UNDECIDED = Query(
    Handed,
    """
SELECT id AS review_id, ticket_id FROM review WHERE id = :review AND decided_at IS NULL
""",
)


@retried
def take_next(store: Store, holder: str, skipped: Sequence[int] = ()) -> Handed | None:
    """Hand out the review that has waited longest; None where none is left for this reviewer.

    ``holder`` names the session; what it has in hand already comes first. ``skipped`` are ids of
    reviews that it does not want now.
    """
    with store.writing() as work:
        work.require("supervisor")
        asked: dict[str, Any] = {
            "now": work.now,
            "holder": holder,
            "me": work.operator.id,
            "login": work.operator.login,
            "skipped": list(skipped) or [0],
        }
        mine = work.read(_IN_HAND, **asked)
        found = mine or work.read(_NEXT, most=TRIED, **asked)
        return next((one for one in found if _take(work, one.review_id, holder)), None)


@retried
def take_one(store: Store, holder: str, ticket_id: int) -> Handed | None:
    """Hand out the review of a ticket; None where somebody has it, or it is not for this one."""
    with store.writing() as work:
        work.require("supervisor")
        found = work.first(
            _ONE,
            now=work.now,
            holder=holder,
            me=work.operator.id,
            login=work.operator.login,
            ticket=ticket_id,
        )
        return found if found is not None and _take(work, found.review_id, holder) else None


@retried
def renew(store: Store, holder: str, review_id: int) -> bool:
    """Keep a review in hand for another while; False where somebody else has it by now."""
    with store.writing() as work:
        return _take(work, review_id, holder)


@retried
def release(store: Store, holder: str, review_id: int | None = None) -> None:
    """Give back what a session has in hand, all of it or one review."""
    with store.writing() as work:
        work.conn.execute(
            text("DELETE FROM review_lease WHERE holder = :holder AND (:all OR review_id = :id)"),
            {"holder": holder, "all": review_id is None, "id": review_id or 0},
        )


def _take(work: Work, review_id: int, holder: str) -> bool:
    minutes = work.policy.review.lease_minutes
    taken = work.conn.execute(
        text(_TAKE),
        {
            "review": review_id,
            "me": work.operator.id,
            "holder": holder,
            "now": work.stored(work.now),
            "until": work.stored(work.now + timedelta(minutes=minutes)),
        },
    )
    return bool(taken.rowcount) and _still_open(work, review_id)


def _still_open(work: Work, review_id: int) -> bool:
    """Return whether a review is undecided now that it is ours; if not, it is let go again.

    On a server somebody may have decided it, and let it go, since it was looked up.
    """
    if work.first(_UNDECIDED, review=review_id) is not None:
        return True
    let_go(work, review_id)
    return False
