"""What flags rest on: months of the ranking, and open appeals with all that is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.problems import OPEN_TO_ALL, every
from models.ranking.editions import EditionView, compute_edition
from models.ranking.frozen import published_edition
from models.store import Query, Reader
from rules.clocks import Limit
from rules.ranking import (
    COMMUNITY_DIGITS,
    Crowd,
    MonthTable,
    OldAppeal,
    Period,
    Report,
    Shared,
    Telling,
    crowds,
    period_before,
    shared,
)

if TYPE_CHECKING:
    from models.store import Store


HISTORY = 12  # periods that are followed back through published editions

MEDIA = "媒体"

_CHUNK = 5000


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
    provisional = not view.published
    return MonthTable(view.period.key, view.rows, provisional, basis, grouped, view.spared)


def old_appeals(reader: Reader, store: Store, now: datetime) -> list[OldAppeal]:
    """Return the open appeals that may be prominent and long unresolved, with what is known.

    Those left out are rated unsatisfied too seldom, not under an instruction, not of the media, and
    of no problem and no crowd of enough citizens.
    """
    before = _oldest(store, now)
    problem, crowd = _problems(reader, store, before), _crowds(reader, store, before)
    asked = {"before": before, "now": now, "media": MEDIA}
    found = [
        *reader.read(_GRAVE, **asked, unsatisfied=store.policy.flags.unsatisfied),
        *every(reader, _NAMED, problem.keys() | crowd.keys(), **asked),
    ]
    return [
        replace(one, shared=problem.get(id), crowd=crowd.get(id))
        for id, one in sorted({one.ticket_id: one for one in found}.items())
    ]


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


def _problems(reader: Reader, store: Store, before: datetime) -> Mapping[int, Shared]:
    """Return the problems that old open appeals tell of beside enough other citizens'."""
    return shared(reader.read(_TELLINGS, before=before, reporters=store.policy.flags.reporters))


def _crowds(reader: Reader, store: Store, before: datetime) -> dict[int, Crowd]:
    """Return the crowds around old open appeals: whoever reported their objects or places."""
    flags = store.policy.flags
    asked = {"before": before, "reporters": flags.reporters}
    objects = [one.object for one in reader.read(_OBJECTS, **asked)]
    places = {(one.category, one.community) for one in reader.read(_PLACES, **asked)}
    reports = [*_of_objects(reader, objects), *_of_places(reader, places)]
    return dict(crowds(reports, timedelta(days=_days(flags.reporters_within))))


def _of_objects(reader: Reader, objects: Sequence[str]) -> list[Report]:
    return [
        report
        for at in range(0, len(objects), _CHUNK)
        for report in reader.read(_OF_OBJECTS, objects=list(objects[at : at + _CHUNK]))
    ]


def _of_places(reader: Reader, places: Collection[tuple[str, str]]) -> list[Report]:
    """Return the appeals of the same category in the same communities, of no named object."""
    communities = sorted({community for _, community in places})
    return [
        report
        for at in range(0, len(communities), _CHUNK)
        for report in reader.read(_OF_PLACES, communities=communities[at : at + _CHUNK])
        if (report.category, (report.grid or "")[:COMMUNITY_DIGITS]) in places
    ]


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
WHERE t.state = 'open' AND t.received_at < :before
""",
)

_GRAVE = _OLD.also(
    """
AND (t.channel = :media OR t.id IN (SELECT i.ticket_id FROM instruction i)
    OR t.rounds >= :unsatisfied AND :unsatisfied <= (SELECT count(*) FROM round x
        WHERE x.ticket_id = t.id AND x.result_rating = '不满意'))
"""
)
"""Old open appeals that are prominent by what happened to themselves."""

_NAMED = _OLD.also("AND t.id IN ({ids})")

_TELLINGS = Query(
    Telling,
    f"""
SELECT q.id AS problem_id, q.name, q.state = 'confirmed' AS confirmed, l.ticket_id,
    p.reporter_key AS reporter, t.received_at
FROM problem q JOIN problem_ticket l ON l.problem_id = q.id AND l.state = 'linked'
JOIN ticket t ON t.id = l.ticket_id LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE q.state IN ('likely', 'confirmed') AND q.reporters >= :reporters
    AND t.state <> 'analysis' AND {OPEN_TO_ALL}
    AND EXISTS (SELECT 1 FROM problem_ticket m JOIN ticket o ON o.id = m.ticket_id
        WHERE m.problem_id = q.id AND m.state = 'linked' AND o.state = 'open'
        AND o.received_at < :before)
""",
)


@dataclass(frozen=True, slots=True)
class _Object:
    """An object that enough different citizens complain of."""

    object: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A third-level category in a community that enough different citizens complain of."""

    category: str
    community: str


_OBJECTS = Query(
    _Object,
    """
SELECT t.object FROM ticket t JOIN citizen p ON p.ticket_id = t.id
WHERE t.state <> 'analysis' AND t.object IN (SELECT o.object FROM ticket o
    WHERE o.state = 'open' AND o.received_at < :before AND o.object <> '')
GROUP BY t.object HAVING count(DISTINCT p.reporter_key) >= :reporters
""",
)

_PLACES = Query(
    _Place,
    """
SELECT t.category, substr(t.grid, 1, 12) AS community
FROM ticket t JOIN citizen p ON p.ticket_id = t.id
WHERE t.state <> 'analysis' AND t.object IS NULL
    AND (t.category, substr(t.grid, 1, 12)) IN (SELECT o.category, substr(o.grid, 1, 12)
        FROM ticket o WHERE o.state = 'open' AND o.received_at < :before
        AND coalesce(o.object, '') = ''
        AND length(o.grid) >= 12 AND o.category LIKE '%/%/%')
GROUP BY t.category, substr(t.grid, 1, 12) HAVING count(DISTINCT p.reporter_key) >= :reporters
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

_OF_PLACES = _REPORTS.also("AND t.object IS NULL AND substr(t.grid, 1, 12) IN (:communities)")
