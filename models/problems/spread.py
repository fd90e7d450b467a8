"""How a problem spreads: by unit, channel and place, by day, and the keys its appeals share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.problems.keyed import LONG_AGO, OPEN_TO_ALL
from models.store import Query, Source
from rules.problems import told_openly


@dataclass(frozen=True, slots=True)
class Share:
    """How many appeals of a problem there are of one unit, channel or place."""

    name: str
    appeals: int
    open: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A key that appeals of a problem share: how many of them, and of all, have it."""

    id: int
    kind: str
    text: str
    appeals: int
    among_all: int


_MINE = f"""
FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE l.problem_id = :id AND l.state = 'linked' AND {OPEN_TO_ALL}
"""
_OPEN = "sum(CASE WHEN t.state = 'open' THEN 1 ELSE 0 END) AS open"
_BY = "GROUP BY 1 ORDER BY count(*) DESC, 1"
_UNITS = Query(
    Share,
    "SELECT coalesce(u.short_name, t.unit_text, '') AS name, count(*) AS appeals,"
    f" {_OPEN} {_MINE} {_BY}",
)
_CHANNELS = Query(Share, f"SELECT t.channel AS name, count(*) AS appeals, {_OPEN} {_MINE} {_BY}")
_PLACES = Query(
    Share,
    f"SELECT coalesce(t.area, t.grid, '') AS name, count(*) AS appeals, {_OPEN} {_MINE} {_BY}",
)
_SHARED = Query(
    Shared,
    f"""
SELECT k.id, k.kind, k.text, count(*) AS appeals, k.appeals AS among_all
FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
JOIN appeal_key a ON a.ticket_id = l.ticket_id JOIN link_key k ON k.id = a.key_id
WHERE l.problem_id = :id AND l.state = 'linked' AND {OPEN_TO_ALL}
GROUP BY k.id, k.kind, k.text, k.appeals HAVING count(*) > 1
ORDER BY count(*) DESC, k.id LIMIT :most
""",
)


@dataclass(frozen=True, slots=True)
class Spread:
    """A problem by unit, channel and place, the most first; "" where that is not known."""

    units: tuple[Share, ...]
    channels: tuple[Share, ...]
    places: tuple[Share, ...]
    keys: tuple[Shared, ...]


def spread_of(source: Source, id: int, *, keys: int = 24) -> Spread:
    """Return how a problem spreads, with the keys that most of its appeals share."""
    return Spread(
        tuple(source.read(_UNITS, id=id)),
        tuple(source.read(_CHANNELS, id=id)),
        tuple(source.read(_PLACES, id=id)),
        tuple(
            one
            for one in source.read(_SHARED, id=id, most=keys)
            if one.kind != "word" or told_openly(one.text, one.among_all)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Received:
    """When an appeal of a problem was received."""

    problem_id: int
    received_at: datetime


_RECEIVED = Query(
    _Received,
    f"""
SELECT l.problem_id, t.received_at FROM problem_ticket l JOIN ticket t ON t.id = l.ticket_id
WHERE l.problem_id IN (:ids) AND l.state = 'linked' AND {OPEN_TO_ALL}
  AND t.received_at >= :since
""",
)


def days_of(
    source: Source, ids: Iterable[int], zone: tzinfo, *, since: datetime | None = None
) -> Mapping[int, Mapping[date, int]]:
    """Return how many appeals of each problem were received on each day of the bureau's zone."""
    wanted = list(ids)
    found: dict[int, Counter[date]] = defaultdict(Counter)
    for one in source.read(_RECEIVED, ids=wanted, since=since or LONG_AGO) if wanted else []:
        found[one.problem_id][one.received_at.astimezone(zone).date()] += 1
    return found
