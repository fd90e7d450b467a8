"""How the appeals under a name ran: week by week, and the appeals themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models.entities.pool import heard_names
from models.store import Query, Reader

if TYPE_CHECKING:
    from models.store import Store

SPANS = 26
"""Bars of a name: the time of all names shown together is cut into so many."""


@dataclass(frozen=True, slots=True)
class Course:
    """The appeals of one name over time, in ``counts`` of equal spans; the first and last day."""

    core: str
    written: str
    first: date
    last: date
    appeals: int
    counts: tuple[int, ...]


def courses_of(reader: Reader, store: Store, cores: Sequence[str]) -> list[Course]:
    """Return the courses of names over the same time, the oldest first; spans are whole weeks."""
    found = sorted(heard_names(reader, store, cores).values(), key=lambda name: name.days[0])
    if not found:
        return []
    begin = min(name.days[0] for name in found)
    end = store.timekeeper().local(store.now()).date()
    weeks = max(1, -(-((end - begin).days + 1) // (7 * SPANS)))
    span = timedelta(weeks=weeks)
    many = (end - begin) // span + 1
    return [
        Course(
            name.core,
            name.written,
            name.days[0],
            name.days[-1],
            len(name.days),
            _counts(Counter((day - begin) // span for day in name.days), many),
        )
        for name in found
    ]


def _counts(by_span: Counter[int], many: int) -> tuple[int, ...]:
    return tuple(by_span[at] for at in range(many))


@dataclass(frozen=True, slots=True)
class _Named:
    """An appeal that names a firm."""

    id: int
    received_at: datetime


_APPEALS = Query(
    _Named,
    """
SELECT DISTINCT t.id, t.received_at
FROM firm_name f JOIN firm_appeal a ON a.firm_id = f.id JOIN ticket t ON t.id = a.ticket_id
WHERE f.core IN (:cores) AND t.nature <> '举报' AND t.confidential IS NOT TRUE
ORDER BY t.received_at DESC, t.id DESC
""",
)


def appeals_named(reader: Reader, cores: Sequence[str]) -> list[int]:
    """Return the appeals under some names, the newest first, none kept back."""
    return [one.id for one in reader.read(_APPEALS, cores=list(cores))] if cores else []
