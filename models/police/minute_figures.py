"""How fast the police answered and arrived: city and stations in the order of their places.

Never by officer, never by group: a station with few groups is told with the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source
from rules.police import CLUE, LEAST_GROUPS, Spread, spread

WHOLE, OTHERS = "全市", "其他各所"


@dataclass(frozen=True, slots=True)
class MinuteRow:
    """The city, or one station: what came in a span of time, and how fast it was seen to.

    ``answers`` and ``arrivals`` are in seconds from the message.
    """

    place: str
    groups: int
    messages: int
    clues: int
    waiting: int
    answers: Spread
    arrivals: Spread


@dataclass(frozen=True, slots=True)
class _Station:
    """A station and how many groups it has."""

    station: str | None
    groups: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What came in, and when it was seen to."""

    station: str | None
    kind: str
    at: datetime
    answered_at: datetime | None
    arrived_at: datetime | None
    told_at: datetime | None


_STATIONS = Query(
    _Station,
    """
SELECT station, count(*) AS groups FROM police_group WHERE until IS NULL
GROUP BY station ORDER BY min(code), station
""",
)
_SAID = Query(
    _Said,
    """
SELECT p.station, m.kind, m.at, m.answered_at, m.arrived_at, m.told_at
FROM group_message m JOIN police_group p ON p.id = m.group_id
WHERE m.at >= :since AND m.at < :until
""",
)


def minute_rows(source: Source, since: datetime, until: datetime) -> list[MinuteRow]:
    """Return the city first, then the stations by the codes of their places: no order of merit."""
    stations = source.read(_STATIONS)
    apart = [one.station for one in stations if one.groups >= LEAST_GROUPS and one.station]
    groups = defaultdict[str, int](int)
    for one in stations:
        groups[_told(one.station, apart)] += one.groups
    found = defaultdict[str, list[_Said]](list)
    for said in source.read(_SAID, since=since, until=until):
        found[WHOLE].append(said)
        found[_told(said.station, apart)].append(said)
    rows = [_row(WHOLE, sum(groups.values()), found[WHOLE])]
    rows += [_row(name, groups[name], found[name]) for name in apart]
    if apart and found[OTHERS]:
        rows.append(_row(OTHERS, groups[OTHERS], found[OTHERS]))
    return rows


def _told(station: str | None, apart: Sequence[str]) -> str:
    return station if station in apart and station is not None else OTHERS


def _row(place: str, groups: int, said: Sequence[_Said]) -> MinuteRow:
    plain = [one for one in said if one.kind != CLUE]
    return MinuteRow(
        place,
        groups,
        len(plain),
        len(said) - len(plain),
        sum(one.told_at is None for one in plain),
        spread(_seconds(one.at, one.answered_at) for one in plain if one.answered_at),
        spread(_seconds(one.at, one.arrived_at) for one in plain if one.arrived_at),
    )


def _seconds(since: datetime, until: datetime) -> int:
    return round((until - since).total_seconds())
