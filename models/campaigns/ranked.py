"""What 特殊时期 are to a period of the ranking, and to what is drafted and planned meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.campaigns.emergencies import emergency_list, running_emergencies
from models.clocks import emergencies
from models.store import Query, Source
from rules.campaigns import Ranked, ranked_in
from rules.clocks import chinese_date, within
from rules.ranking import Period

NOBODY = Ranked({}, frozenset(), ())


@dataclass(frozen=True, slots=True)
class _Place:
    """The place that a unit stands for, its own or that of the one above it."""

    id: int
    grid: str | None


_PLACES = Query(
    _Place,
    """
SELECT u.id, coalesce(u.grid, p.grid) AS grid FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
""",
)


def ranked_in_emergencies(source: Source, period: Period, share: Decimal, zone: ZoneInfo) -> Ranked:
    """Return what events are to a period."""
    events = emergencies(source)
    if not any(
        one.from_at < period.to_at and (one.to_at is None or one.to_at > period.from_at)
        for one in events
    ):
        return NOBODY
    units = {one.id: one.grid for one in source.read(_PLACES)}
    names = {}
    for one in emergency_list(source):
        begun = chinese_date(one.from_at.astimezone(zone).date())
        over = chinese_date(one.to_at.astimezone(zone).date()) if one.to_at else "今"
        names[one.id] = f"{one.kind}（{begun}至{over}，{one.begin_number}）"
    return ranked_in(events, period.from_at, period.to_at, units, share, names)


def in_emergency(source: Source, grids: dict[int, str | None]) -> set[int]:
    """Return which of some things, each by id with its place, an event holds that lasts."""
    events = running_emergencies(source)
    return {id for id, grid in grids.items() if within(events, grid)} if events else set()
