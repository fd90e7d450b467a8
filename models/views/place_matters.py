"""What the numbers of a place stand for: its matters, as a list names them, and what repeats there.

A wide place is read by time, a small one by place: whichever finds fewer appeals to look at.
"""

from __future__ import annotations

from array import array
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from models.store import Query, Reader
from models.views.place_figures import IN_HAND, THERE, span_of
from models.views.queue import QueueMoment
from models.views.workload import matter_ids

NARROW = 9
"""Digits from which a place holds few enough appeals to be read by place."""

REPEATING = timedelta(days=30)
"""How far back an appeal counts among what repeats in a place."""

REPEATS = 8
"""Problems that are told of a place."""

_RUNNING = {
    kind: f"""
SELECT d.id FROM deadline d WHERE {condition} AND {THERE}
  AND (CAST(:step AS text) IS NULL OR d.step = :step) ORDER BY d.red_at, d.due_at, d.id
"""
    for kind, condition in IN_HAND.items()
}

DONE = {
    "closed": ("closed_at", "r.n > 0"),
    "solved": ("closed_at", "r.outcome = '已解决'"),
    "rated": ("rated_at", "r.result_rating IS NOT NULL"),
    "satisfied": ("rated_at", "r.result_rating = '满意'"),
    "fair": ("rated_at", "r.result_rating = '基本满意'"),
    "unsatisfied": ("rated_at", "r.result_rating || '' = '不满意'"),
    "contacts": (
        "contacted_at",
        "r.n = 1 AND NOT r.dispatch_assumed AND r.dispatched_at IS NOT NULL",
    ),
}
"""What is counted of a round: when it counts, and that it does, told so that no index is of it."""


def _done(at: str, condition: str, grid: str, instant: str) -> str:
    instant = instant.format(f"r.{at}")
    return f"""
SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id
WHERE {condition} AND {instant} >= :since AND {instant} < :until
  AND {grid} >= :low AND {grid} < :high GROUP BY t.id ORDER BY max(r.{at}) DESC, t.id DESC
"""


def _received(grid: str, instant: str) -> str:
    instant = instant.format("t.received_at")
    return f"""
SELECT t.id FROM ticket t WHERE {grid} >= :low AND {grid} < :high
  AND {instant} >= :since AND {instant} < :until AND t.state <> 'analysis'
ORDER BY t.received_at DESC, t.id DESC
"""


_SEEN = "{}"

_LOOKED_AT = "coalesce({0}, {0})"
"""An instant that is sought by, and one that is only looked at."""

_BY_PLACE = {
    "received": _received("t.grid", _LOOKED_AT),
    **{name: _done(at, is_so, "t.grid", _LOOKED_AT) for name, (at, is_so) in DONE.items()},
}
_BY_TIME = {
    "received": _received("t.grid || ''", _SEEN),
    **{name: _done(at, is_so, "r.grid", _SEEN) for name, (at, is_so) in DONE.items()},
}


def place_in_hand(
    reader: Reader, code: str, moment: QueueMoment, kind: str, step: str | None = None
) -> array[int]:
    """Return the leading clocks of what a place has in hand of a kind, the soonest red first."""
    asked = {"step": step, **span_of(code), **asdict(moment)}
    return array("q", (id for (id,) in reader.rows(_RUNNING[kind], **asked)))


def matters_of_place(
    reader: Reader, code: str, what: str, since: datetime, until: datetime
) -> array[int]:
    """Return the appeals that a number of a place counts in some months, the last one first.

    ``what`` is "received" or one of ``DONE``; an appeal that was closed twice stands there once.
    """
    sql = (_BY_PLACE if len(code) >= NARROW else _BY_TIME)[what]
    found = reader.rows(sql, since=since, until=until, **span_of(code))
    return matter_ids(reader, [id for (id,) in found])


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    """A problem that several appeals of a place share."""

    id: int
    name: str
    state: str
    appeals: int


def _problems(grid: str, received: str) -> str:
    # the empty texts keep SQLite from beginning with the problems
    return f"""
SELECT p.id, p.name, p.state, count(*) AS appeals
FROM ticket t JOIN problem_ticket l ON l.ticket_id = t.id AND l.state || '' = 'linked'
JOIN problem p ON p.id = l.problem_id AND p.state || '' IN ('likely', 'confirmed')
WHERE {grid} >= :low AND {grid} < :high AND {received} >= :since
GROUP BY p.id, p.name, p.state HAVING count(*) > 1
ORDER BY count(*) DESC, p.id LIMIT :most
"""


_PROBLEMS_BY_PLACE = Query(PlaceProblem, _problems("t.grid", _LOOKED_AT.format("t.received_at")))
_PROBLEMS_BY_TIME = Query(PlaceProblem, _problems("t.grid || ''", "t.received_at"))
_OF_PROBLEM = """
SELECT t.id FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
WHERE l.problem_id = :problem AND l.state = 'linked'
  AND t.grid >= :low AND t.grid < :high AND t.received_at >= :since
ORDER BY t.received_at DESC, t.id DESC
"""


def place_problems(reader: Reader, code: str, now: datetime) -> list[PlaceProblem]:
    """Return what repeats in a place of late, the most appeals first."""
    query = _PROBLEMS_BY_PLACE if len(code) >= NARROW else _PROBLEMS_BY_TIME
    return reader.read(query, since=now - REPEATING, most=REPEATS, **span_of(code))


def problem_matters(reader: Reader, code: str, problem_id: int, now: datetime) -> array[int]:
    """Return the appeals of a problem that lie in a place."""
    since = now - REPEATING
    found = reader.rows(_OF_PROBLEM, problem=problem_id, since=since, **span_of(code))
    return matter_ids(reader, [id for (id,) in found])
