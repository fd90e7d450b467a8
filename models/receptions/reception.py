"""接访日 as values: the days, and the places of one with who receives there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from models.store import Query, Source
from rules.errors import DubanError


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """One place of a reception day; instants are aware UTC.

    ``units`` are the short names of those that sit at the table. ``batches`` are the parties
    received (批次), ``people`` all who came (人次).
    """

    id: int
    version: int
    day: date
    place: str
    leader: str
    post: str | None
    rank: str | None
    organ: str | None
    grid: str | None
    held_at: datetime
    ends_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
    batches: int
    people: int
    units: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Return how it stands in a word."""
        if self.closed_at is not None:
            return "已结束"
        return "登记中" if self.batches else "已安排"


_SELECT = """
SELECT c.id, c.version, c.day, c.place, c.leader, c.post, c.rank, c.organ, c.grid, c.held_at,
       c.ends_at, c.closed_at, c.published_at, coalesce(m.batches, 0) AS batches,
       coalesce(m.people, 0) AS people
FROM reception c LEFT JOIN (
    SELECT reception_id, count(*) AS batches, sum(people) AS people FROM meeting
    GROUP BY reception_id
) m ON m.reception_id = c.id
"""
_BY_DAY = Query(ReceptionView, f"{_SELECT} WHERE c.day = :day ORDER BY c.id")
_BY_ID = Query(ReceptionView, f"{_SELECT} WHERE c.id = :id")


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A unit at a table."""

    reception_id: int
    unit: str


_SITTING = Query(
    _Sitting,
    """
SELECT s.reception_id, u.short_name AS unit FROM reception_unit s
JOIN unit u ON u.id = s.unit_id JOIN reception c ON c.id = s.reception_id
WHERE c.day = :day ORDER BY s.id
""",
)


def receptions_on(source: Source, day: date) -> list[ReceptionView]:
    """Return the places of a day in the order they were planned."""
    return _with_units(source, source.read(_BY_DAY, day=day), day)


def reception_of(source: Source, id: int) -> ReceptionView:
    """Return one place of a day; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError(f"没有编号为 {id} 的接访点：请用 duban reception show 查看")
    return _with_units(source, [found], found.day)[0]


def _with_units(source: Source, found: list[ReceptionView], day: date) -> list[ReceptionView]:
    units: dict[int, tuple[str, ...]] = {}
    for one in source.read(_SITTING, day=day):
        units[one.reception_id] = (*units.get(one.reception_id, ()), one.unit)
    return [replace(one, units=units.get(one.id, ())) for one in found]


@dataclass(frozen=True, slots=True)
class DayView:
    """A reception day with its sums; ``id`` is that of its first place."""

    id: int
    day: date
    places: int
    closed: int
    batches: int
    people: int
    solved: int
    pledged: int
    published: int

    @property
    def state(self) -> str:
        """Return how it stands in a word."""
        if self.published:
            return "已公布"
        if self.closed == self.places:
            return "已结束"
        return "登记中" if self.batches else "已安排"


_DAYS = Query(
    DayView,
    """
SELECT min(c.id) AS id, c.day, count(*) AS places, count(c.closed_at) AS closed,
       sum(coalesce(m.batches, 0)) AS batches, sum(coalesce(m.people, 0)) AS people,
       sum(coalesce(m.solved, 0)) AS solved, sum(coalesce(m.pledged, 0)) AS pledged,
       count(c.published_at) AS published
FROM reception c LEFT JOIN (
    SELECT reception_id, count(*) AS batches, sum(people) AS people,
           sum(CASE WHEN outcome = 'solved' THEN 1 ELSE 0 END) AS solved,
           sum(CASE WHEN outcome = 'pledged' THEN 1 ELSE 0 END) AS pledged
    FROM meeting GROUP BY reception_id
) m ON m.reception_id = c.id
WHERE c.day IS NOT NULL GROUP BY c.day ORDER BY c.day DESC
""",
)


def reception_days(source: Source) -> list[DayView]:
    """Return every reception day, the last first."""
    return source.read(_DAYS)
