"""What flags rest on: months of the ranking, and open appeals with all that is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.ranking.editions import EditionView, compute_edition
from models.ranking.frozen import published_edition
from models.store import Query, Reader
from rules.clocks import Limit
from rules.ranking import (
    Crowd,
    MonthTable,
    OldAppeal,
    Period,
    Report,
    crowds,
    period_before,
)

if TYPE_CHECKING:
    from models.store import Store


HISTORY = 12  # periods that are followed back through published editions

MEDIA = "媒体"

_CHUNK = 500


def month_tables(store: Store, month: Period) -> list[MonthTable]:
    """Return the tables of a month and those before it, as many computed as a run needs."""
    return period_tables(store, month, computed=store.policy.flags.months + 1)


def period_tables(
    store: Store, newest: Period, *, computed: int, history: int = HISTORY
) -> list[MonthTable]:
    """Return the tables of a week or month and those before it, oldest first.

    They come from their latest published revision; the newest ``computed`` of them are computed
    where they are not published, and marked provisional (预判).
    """
    grouped = store.policy.ranking.groups
    zone = store.timekeeper().zone
    found: list[MonthTable] = []
    period = newest
    for back in range(history):
        view = published_edition(store, period)
        if view is None and back < computed:
            view = compute_edition(store, period)
        if view is not None:
            found.append(month_table(view, grouped=grouped))
        period = period_before(period, zone)
    return found[::-1]


def month_table(view: EditionView, *, grouped: bool) -> MonthTable:
    """Return a ranking as the table that last places are found in."""
    basis = f"通报第{view.issue}期" if view.published else ""
    if view.revision > 1:
        basis += f"第{view.revision}次修订"
    return MonthTable(view.period.key, view.rows, not view.published, basis, grouped)


def old_appeals(reader: Reader, store: Store, now: datetime) -> list[OldAppeal]:
    """Return the open appeals old enough to be long unresolved, with all that is known of them."""
    crowd = _crowds(reader, store, now)
    found = reader.read(_OLD, before=_oldest(store, now), now=now, media=MEDIA)
    return [replace(one, crowd=crowd.get(one.ticket_id)) for one in found]


def successors(reader: Reader) -> dict[int, int]:
    """Return which unit took which unit's place."""
    return {one.id: one.successor_id for one in reader.read(_SUCCESSORS)}


def _oldest(store: Store, now: datetime) -> datetime:
    """Return when an appeal must have come in before, to be long by any of the policy's limits."""
    flags = store.policy.flags
    days = min(_days(flags.long_red), _days(flags.long_open))
    return now - timedelta(days=days)


def _days(limit_text: str) -> int:
    limit = Limit.parse(limit_text)
    return limit.count if limit.unit in ("d", "wd") else 0


def _crowds(reader: Reader, store: Store, now: datetime) -> dict[int, Crowd]:
    """Return the crowds around old open appeals: whoever reported their objects or places."""
    within = timedelta(days=_days(store.policy.flags.reporters_within))
    subjects = reader.read(_SUBJECTS, before=_oldest(store, now))
    objects = sorted({one.object for one in subjects if one.object})
    places = sorted(
        {(s.category, s.grid) for s in subjects if not s.object and s.category and s.grid}
    )
    reports = [*_of_objects(reader, objects), *_of_places(reader, places)]
    return dict(crowds(reports, within))


def _of_objects(reader: Reader, objects: Sequence[str]) -> list[Report]:
    return [
        report
        for at in range(0, len(objects), _CHUNK)
        for report in reader.read(_OF_OBJECTS, objects=list(objects[at : at + _CHUNK]))
    ]


def _of_places(reader: Reader, places: Sequence[tuple[str, str]]) -> list[Report]:
    """Return the appeals of the same category in the same communities, of no named object."""
    wanted = {(kind, grid[:12]) for kind, grid in places}
    cells = sorted({community for _, community in wanted})
    found: list[Report] = []
    for at in range(0, len(cells), _CHUNK):
        some = cells[at : at + _CHUNK]
        near = " OR ".join(f"(t.grid >= :a{n} AND t.grid <= :b{n})" for n in range(len(some)))
        bounds = {f"a{n}": cell for n, cell in enumerate(some)}
        bounds |= {f"b{n}": f"{cell}999" for n, cell in enumerate(some)}
        reports = reader.read(_REPORTS.also(f"AND t.object IS NULL AND ({near})"), **bounds)
        found += [one for one in reports if (one.category, (one.grid or "")[:12]) in wanted]
    return found


@dataclass(frozen=True, slots=True)
class _Successor:
    """Which unit took a unit's place."""

    id: int
    successor_id: int


_SUCCESSORS = Query(_Successor, "SELECT id, successor_id FROM unit WHERE successor_id IS NOT NULL")


_OLD = Query(
    OldAppeal,
    """
SELECT t.id AS ticket_id, t.number, r.lead_unit_id AS unit_id, u.short_name AS unit,
    CASE WHEN p.received_at < t.received_at THEN p.received_at ELSE t.received_at END
        AS first_received_at,
    (SELECT min(d.red_at) FROM deadline d WHERE d.round_id = r.id AND d.step = 'close'
        AND d.stopped_at IS NULL AND d.paused_at IS NULL AND d.red_at < :now) AS red_at,
    (SELECT count(*) FROM round x WHERE x.ticket_id = t.id AND x.result_rating = '不满意')
        AS unsatisfied,
    EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = t.id) AS instructed,
    t.channel = :media AS media
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN ticket p ON p.id = t.parent_id
WHERE t.state = 'open' AND t.received_at < :before ORDER BY t.id
""",
)


@dataclass(frozen=True, slots=True)
class _About:
    """What an old open appeal is about."""

    object: str | None
    category: str | None
    grid: str | None


_SUBJECTS = Query(
    _About,
    """
SELECT DISTINCT t.object, t.category, t.grid
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.state = 'open' AND r.lead_unit_id IS NOT NULL AND t.received_at < :before
""",
)

_REPORTS = Query(
    Report,
    """
SELECT t.id AS ticket_id, p.reporter_key AS reporter, t.received_at, t.object, t.category, t.grid
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.state <> 'analysis'
""",
)

_OF_OBJECTS = _REPORTS.also("AND t.object IN (:objects)")
