"""接访日的数: of each place and of the whole, 批次 and 人次, how they came and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from models.store import Query, Source


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """The figures of one place of one day, or their sum; all but ``people`` count parties (批次).

    ``lawsuit`` is 涉法涉诉, which is among the transferred.
    """

    reception_id: int
    day: date
    place: str
    leader: str
    rank: str | None
    batches: int
    people: int
    collective: int
    collective_people: int
    first: int
    again: int
    solved: int
    pledged: int
    referred: int
    transferred: int
    lawsuit: int


_FIGURES = Query(
    PlaceFigures,
    """
SELECT c.id AS reception_id, c.day, c.place, c.leader, c.rank, count(m.id) AS batches,
       coalesce(sum(m.people), 0) AS people,
       coalesce(sum(CASE WHEN m.collective THEN 1 ELSE 0 END), 0) AS collective,
       coalesce(sum(CASE WHEN m.collective THEN m.people ELSE 0 END), 0) AS collective_people,
       coalesce(sum(CASE WHEN m.again THEN 0 ELSE m.known END), 0) AS first,
       coalesce(sum(CASE WHEN m.again THEN 1 ELSE 0 END), 0) AS again,
       coalesce(sum(CASE WHEN m.outcome = 'solved' THEN 1 ELSE 0 END), 0) AS solved,
       coalesce(sum(CASE WHEN m.outcome = 'pledged' THEN 1 ELSE 0 END), 0) AS pledged,
       coalesce(sum(CASE WHEN m.outcome = 'referred' THEN 1 ELSE 0 END), 0) AS referred,
       coalesce(sum(CASE WHEN m.outcome = 'transferred' THEN 1 ELSE 0 END), 0) AS transferred,
       coalesce(sum(CASE WHEN m.lawsuit THEN 1 ELSE 0 END), 0) AS lawsuit
FROM reception c LEFT JOIN (SELECT w.*, 1 AS known FROM meeting w) m ON m.reception_id = c.id
WHERE c.day BETWEEN :first_day AND :last_day
GROUP BY c.id, c.day, c.place, c.leader, c.rank ORDER BY c.day, c.id
""",
)


def day_figures(source: Source, first_day: date, last_day: date) -> list[PlaceFigures]:
    """Return the figures of every place of some days, in the order they were planned."""
    return source.read(_FIGURES, first_day=first_day, last_day=last_day)


_COUNTS = tuple(
    one.name for one in fields(PlaceFigures) if one.type == "int" and one.name != "reception_id"
)


def sum_of(places: Iterable[PlaceFigures], day: date, name: str = "合计") -> PlaceFigures:
    """Return what some places count together."""
    found = list(places)
    sums = {count: sum(getattr(one, count) for one in found) for count in _COUNTS}
    return PlaceFigures(reception_id=0, day=day, place=name, leader="", rank=None, **sums)
