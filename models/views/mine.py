"""What is an operator's own: units looked after, saved views, what came since they last left.

No ORM is imported: the first frame asks for it.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Reader
from models.views.states import RUNNING


@dataclass(frozen=True, slots=True)
class _Mine:
    """A unit that the operator looks after."""

    unit_id: int


_MINE = Query(
    _Mine,
    """
SELECT m.unit_id FROM operator_unit m JOIN operator o ON o.id = m.operator_id
WHERE o.login = :login AND o.active
UNION SELECT u.successor_id FROM operator_unit m JOIN operator o ON o.id = m.operator_id
JOIN unit u ON u.id = m.unit_id AND u.successor_id IS NOT NULL
WHERE o.login = :login AND o.active
UNION SELECT m.unit_id FROM operator_unit m
JOIN duty y ON y.operator_id = m.operator_id AND y.kind = 'deputy' AND y.of = 'operator'
  AND y.ended_at IS NULL AND y.from_at <= :now AND y.to_at > :now
JOIN operator o ON o.id = y.deputy_id
WHERE o.login = :login AND o.active
ORDER BY 1
""",
)


def units_looked_after(reader: Reader, login: str, now: datetime) -> tuple[int, ...]:
    """Return the ids of the operator's units, with those that followed dissolved ones.

    Those of whoever the operator stands in for now are among them.
    """
    return tuple(one.unit_id for one in reader.read(_MINE, login=login, now=now))


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view that the operator has saved; ``text`` is as the screen wrote it."""

    name: str
    text: str


_KEPT = Query(
    KeptView,
    """
SELECT v.name, v.text FROM saved_view v JOIN operator o ON o.id = v.operator_id
WHERE o.login = :login AND o.active AND v.screen = :screen ORDER BY v.id
""",
)


def kept_views(reader: Reader, login: str, screen: str) -> list[KeptView]:
    """Return the operator's views of a screen, the oldest first."""
    return reader.read(_KEPT, login=login, screen=screen)


@dataclass(frozen=True, slots=True)
class _Visit:
    """When an operator last left."""

    left_at: datetime


_VISIT = Query(
    _Visit,
    """
SELECT v.left_at FROM operator_visit v JOIN operator o ON o.id = v.operator_id
WHERE o.login = :login AND o.active
""",
)


def last_left(reader: Reader, login: str) -> datetime | None:
    """Return when the operator last left the console, None before the first time."""
    found = reader.first(_VISIT, login=login)
    return found.left_at if found is not None else None


@dataclass(frozen=True, slots=True)
class Since:
    """What came since an instant: matters red or yellow by now, feedbacks, objections."""

    red: int
    yellow: int
    feedback: int
    objection: int

    @property
    def nothing(self) -> bool:
        """Whether nothing came."""
        return not (self.red or self.yellow or self.feedback or self.objection)


_NEWLY = {
    "red": "d.red_at >= :since AND d.red_at < :now",
    "yellow": "d.yellow_at > :since AND d.yellow_at <= :now AND d.red_at >= :now",
}

_SINCE = Query(
    Since,
    f"""
SELECT (SELECT count(*) FROM deadline d WHERE {RUNNING} AND {_NEWLY["red"]}) AS red,
       (SELECT count(*) FROM deadline d WHERE {RUNNING} AND {_NEWLY["yellow"]}) AS yellow,
       (SELECT count(*) FROM supervision_order
        WHERE feedback_at > :since AND feedback_at <= :now) AS feedback,
       (SELECT count(*) FROM objection
        WHERE raised_at > :since AND raised_at <= :now) AS objection
""",
)


def since(reader: Reader, left_at: datetime, now: datetime) -> Since:
    """Count what came after ``left_at``; a matter that turned and was closed is not counted."""
    found = reader.first(_SINCE, since=left_at, now=now)
    assert found is not None  # a query without FROM gives one row
    return found


def newly(reader: Reader, colour: str, left_at: datetime, now: datetime) -> array[int]:
    """Return the matters that ``since`` counts as ``red`` or ``yellow``, the first one first."""
    sql = (
        f"SELECT d.id FROM deadline d WHERE {RUNNING} AND {_NEWLY[colour]} "
        f"ORDER BY d.{colour}_at, d.id"
    )
    return array("q", (id for (id,) in reader.rows(sql, since=left_at, now=now)))


@dataclass(frozen=True, slots=True)
class Stir:
    """Where the trail stands: its length, and how much of it since a length others have done."""

    count: int
    others: int


_STIR = Query(
    Stir,
    """
SELECT h.count, (SELECT count(*) FROM event e WHERE e.seq > :since AND e.operator <> :login
                 AND e.subject_kind IN ('ticket', 'order', 'review')) AS others
FROM trail_head h WHERE h.id = 1
""",
)

_COUNT = "SELECT count FROM trail_head WHERE id = 1"


def trail_count(reader: Reader) -> int:
    """Return how many events the trail has: what shows that nothing was done meanwhile."""
    return int(reader.value(_COUNT) or 0)


def stir(reader: Reader, since: int, login: str) -> Stir:
    """Return where the trail stands, and how many acts of others on matters it has since."""
    found = reader.first(_STIR, since=since, login=login)
    assert found is not None  # the head is one row
    return found
