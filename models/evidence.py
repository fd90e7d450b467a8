"""What flags rest on, read from the store: month tables, and open appeals long unresolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.editions import EditionView, compute, published
from models.reader import Reader
from rules.crowd import Crowd, Report, crowds
from rules.flags import Matter, MonthTable
from rules.limits import Limit
from rules.periods import Period, before

if TYPE_CHECKING:
    from models.store import Store

HISTORY = 12  # months a run is followed back through published editions
MEDIA = "媒体"
_CHUNK = 500


def month_tables(store: Store, month: Period) -> list[MonthTable]:
    """Return the tables of a month and those before it, oldest first.

    Months come from their latest published revision; the newest ones that a run needs are
    computed where they are not published, and marked provisional (预判).
    """
    grouped, needed = store.policy.ranking.groups, store.policy.flags.months + 1
    zone = store.timekeeper().zone
    found: list[MonthTable] = []
    period = month
    for back in range(HISTORY):
        view = published(store, period)
        if view is None and back < needed:
            view = compute(store, period)
        if view is not None:
            found.append(_table(view, grouped))
        period = before(period, zone)
    return found[::-1]


def matters(reader: Reader, store: Store, now: datetime) -> list[Matter]:
    """Return the open appeals old enough to be long unresolved, with all that is known of them."""
    crowd = _crowds(reader, store, now)
    found = reader.rows(_OLD, before=_oldest(store, now), now=now)
    return [
        Matter(
            ticket_id=ticket_id,
            number=number,
            unit_id=unit_id,
            unit=unit,
            first_received_at=received_at if first_at is None else min(received_at, first_at),
            red_at=red_at,
            unsatisfied=unsatisfied,
            instructed=bool(instructed),
            media=channel == MEDIA,
            crowd=crowd.get(ticket_id),
        )
        for ticket_id, number, unit_id, unit, channel, received_at, first_at, red_at,
            unsatisfied, instructed in found
    ]  # fmt: skip


def successors(reader: Reader) -> dict[int, int]:
    """Return which unit took which unit's place."""
    return dict(reader.rows("SELECT id, successor_id FROM unit WHERE successor_id IS NOT NULL"))


def _table(view: EditionView, grouped: bool) -> MonthTable:
    basis = f"通报第{view.issue}期" if view.published else ""
    if view.revision > 1:
        basis += f"第{view.revision}次修订"
    return MonthTable(view.period.key, view.rows, not view.published, basis, grouped)


_OPEN = """FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
           WHERE t.state = 'open' AND r.lead_unit_id IS NOT NULL AND t.received_at < :before"""

_OLD = """
    SELECT t.id, t.number, r.lead_unit_id, u.short_name, t.channel, t.received_at,
        (SELECT p.received_at FROM ticket p WHERE p.id = t.parent_id) AS first_at,
        (SELECT min(d.red_at) FROM deadline d WHERE d.round_id = r.id AND d.step = 'close'
            AND d.stopped_at IS NULL AND d.paused_at IS NULL AND d.red_at < :now) AS red_at,
        (SELECT count(*) FROM round x WHERE x.ticket_id = t.id AND x.result_rating = '不满意'),
        EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = t.id)
    FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
    JOIN unit u ON u.id = r.lead_unit_id
    WHERE t.state = 'open' AND t.received_at < :before ORDER BY t.id"""

_REPORTS = """SELECT t.id, p.reporter_key, t.received_at, t.object, t.category, t.grid
              FROM ticket t LEFT JOIN person p ON p.ticket_id = t.id"""


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
    sql = f"SELECT DISTINCT t.object, t.category, t.grid {_OPEN}"
    subjects = reader.rows(sql, before=_oldest(store, now))
    objects = sorted({name for name, _, _ in subjects if name})
    places = sorted({(kind, grid) for name, kind, grid in subjects if not name and kind and grid})
    reports = [*_of_objects(reader, objects), *_of_places(reader, places)]
    return dict(crowds(reports, within))


def _of_objects(reader: Reader, objects: Sequence[str]) -> list[Report]:
    return [
        Report(*row)
        for at in range(0, len(objects), _CHUNK)
        for row in reader.rows(
            f"{_REPORTS} WHERE t.object IN (:objects)", objects=list(objects[at : at + _CHUNK])
        )
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
        rows = reader.rows(f"{_REPORTS} WHERE t.object IS NULL AND ({near})", **bounds)
        found += [Report(*row) for row in rows if (row[4], (row[5] or "")[:12]) in wanted]
    return found
