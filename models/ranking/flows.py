"""What moved in the whole city in a period, and what is unfinished at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from models.ranking.tallies import LATER, PAUSED
from models.ranking.together import DISPATCHED_WITH_A_LEAD, RECEIVED_WITH_A_LEAD, WITH_A_LEAD
from models.store import Query, Source
from rules.clocks import day_start
from rules.ranking import STATES, Bulletin, Flow, InHand, Period

FIRST_LEVELS = 2
"""How many levels of a category a bulletin tells apart."""

NO_CATEGORY = "未分类"


def flow_of(source: Source, period: Period) -> Flow:
    """Return what moved in a period."""
    return flow_between(source, period.from_at, period.to_at)


def flow_between(source: Source, from_at: datetime, to_at: datetime) -> Flow:
    """Return what moved between two instants; each count is a range of one index."""
    [found] = source.read(_FLOW, from_at=from_at, to_at=to_at)
    return found


_RECEIVED = """(SELECT count(*) FROM ticket t
     WHERE t.received_at >= :from_at AND t.received_at < :to_at)
  - (SELECT count(*) FROM ticket t WHERE t.state = 'analysis'
     AND t.received_at >= :from_at AND t.received_at < :to_at)"""

_SENT = f"""r.dispatched_at >= :from_at AND r.dispatched_at < :to_at
     AND r.id NOT IN ({DISPATCHED_WITH_A_LEAD})"""

_DONE = f"""r.closed_at >= :from_at AND r.closed_at < :to_at
     AND r.id NOT IN ({WITH_A_LEAD})"""

_FLOW = Query(
    Flow,
    f"""
SELECT {_RECEIVED} AS received,
    (SELECT count(*) FROM ticket t WHERE t.received_at >= :from_at AND t.received_at < :to_at
     AND t.id IN ({RECEIVED_WITH_A_LEAD})) AS merged,
    (SELECT count(*) FROM round r WHERE {_SENT}) AS dispatched,
    (SELECT count(*) FROM round r WHERE {_SENT} AND r.n > 1) AS reworked,
    (SELECT count(*) FROM round r WHERE {_DONE}) AS closed
""",
)


@dataclass(frozen=True, slots=True)
class _Day:
    """What came in between two instants."""

    received: int


_DAY = Query(_Day, f"SELECT {_RECEIVED} AS received")


def days_of(source: Source, period: Period, zone: tzinfo) -> tuple[tuple[date, int], ...]:
    """Return how many appeals came in on each date of a period, in the bureau's zone."""
    found: list[tuple[date, int]] = []
    day = (period.from_at + timedelta(hours=12)).date()
    while (start := day_start(day, zone)) < period.to_at:
        after = day_start(day + timedelta(days=1), zone)
        [one] = source.read(_DAY, from_at=start, to_at=after)
        found.append((day, one.received))
        day += timedelta(days=1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Kept:
    """Whether anything came in before an instant."""

    known: bool


_KNOWN = Query(_Kept, "SELECT EXISTS (SELECT 1 FROM ticket t WHERE t.received_at < :at) AS known")


def is_whole(source: Source, period: Period) -> bool:
    """Whether the store goes back beyond a period, so that its counts are of all of it."""
    [found] = source.read(_KNOWN, at=period.from_at)
    return found.known


@dataclass(frozen=True, slots=True)
class Kinds:
    """How many appeals came in by channel, by nature, and by the first levels of their category."""

    channels: Counter[str]
    natures: Counter[str]
    categories: Counter[str]

    @classmethod
    def of(cls, bulletin: Bulletin) -> Kinds:
        """Return them as a bulletin tells them."""
        told = (bulletin.channels, bulletin.natures, bulletin.categories)
        return cls(*(Counter({one.name: one.count for one in some}) for some in told))


@dataclass(frozen=True, slots=True)
class _Sort:
    """How many appeals of one sort came in."""

    channel: str
    nature: str
    category: str | None
    count: int


_SORTS = Query(
    _Sort,
    """
SELECT t.channel, t.nature, t.category, count(*) AS count FROM ticket t
WHERE t.received_at >= :from_at AND t.received_at < :to_at AND t.state <> 'analysis'
GROUP BY t.channel, t.nature, t.category
""",
)


def kinds_of(source: Source, period: Period) -> Kinds:
    """Return what came in, by its sorts."""
    kinds = Kinds(Counter(), Counter(), Counter())
    for one in source.read(_SORTS, from_at=period.from_at, to_at=period.to_at):
        kinds.channels[one.channel] += one.count
        kinds.natures[one.nature] += one.count
        kinds.categories[_first_levels(one.category)] += one.count
    return kinds


def _first_levels(category: str | None) -> str:
    return "/".join((category or "").split("/")[:FIRST_LEVELS]) or NO_CATEGORY


@dataclass(frozen=True, slots=True)
class _Moved:
    """How many rounds of one unit moved."""

    unit_id: int | None
    count: int


_DISPATCHED_TO = Query(
    _Moved,
    f"""
SELECT r.lead_unit_id AS unit_id, count(*) AS count FROM round r
WHERE {_SENT} GROUP BY r.lead_unit_id
""",
)

_CLOSED_BY = Query(
    _Moved,
    f"""
SELECT r.lead_unit_id AS unit_id, count(*) AS count FROM round r
WHERE {_DONE} GROUP BY r.lead_unit_id
""",
)


def elsewhere(source: Source, period: Period, unit_ids: Sequence[int]) -> tuple[int, int]:
    """Return the rounds dispatched to, and closed by, none of some units."""
    known = set(unit_ids)

    def others(query: Query[_Moved]) -> int:
        found = source.read(query, from_at=period.from_at, to_at=period.to_at)
        return sum(one.count for one in found if one.unit_id not in known)

    return others(_DISPATCHED_TO), others(_CLOSED_BY)


_WAITS = """(r.dispatched_at IS NULL OR r.dispatched_at >= :to_at
    OR r.returned_at IS NOT NULL AND r.returned_at < :to_at
        AND (r.handed_at IS NULL OR r.handed_at >= :to_at))"""

_COLUMNS = """r.id, r.ticket_id, r.lead_unit_id, r.dispatched_at, r.returned_at, r.handed_at,
               coalesce(r.first_replied_at, r.replied_at) AS replied_at"""

_BEFORE = f"""r.opened_at < :to_at AND r.state <> 'analysis'
    AND r.id NOT IN ({WITH_A_LEAD})"""


_OVERDUE = """NOT waits AND NOT paused AND due_at < :to_at
    AND (answered_at IS NULL OR due_at < answered_at)"""
"""Past its limit, and not answered within it."""


_WHOSE = (
    "unit u CROSS JOIN round r WHERE r.lead_unit_id = u.id",
    "round r WHERE r.lead_unit_id IS NULL",
)

_ROUNDS = " UNION ALL ".join(
    f"SELECT {_COLUMNS} FROM {whose} AND {end} AND {_BEFORE}"
    for whose in _WHOSE
    for end in ("r.closed_at IS NULL", "r.closed_at >= :to_at")
)

_UNFINISHED = f"""{LATER}, unfinished AS ({_ROUNDS}),
    held AS (
        SELECT r.*, {_WAITS} AS waits, d.id AS clock, d.red_at, d.yellow_at, d.blue_at,
            l.due_at AS moved_from, coalesce(l.due_at, d.due_at) AS due_at,
            d.id IN ({PAUSED}) AS paused,
            coalesce(CASE WHEN r.replied_at < :to_at THEN (
                         SELECT max(j.started_at) FROM deadline j
                         WHERE j.round_id = r.id AND j.step = 'judge' AND j.started_at < :to_at
                           AND (j.stopped_at IS NULL OR j.stopped_at >= :to_at)) END,
                     CASE WHEN d.stopped_at < :to_at THEN d.stopped_at END) AS answered_at
        FROM unfinished r
        LEFT JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
            AND d.subject_kind = 'ticket'
        LEFT JOIN later l ON l.id = d.id)"""
"""The rounds unfinished at ``:to_at`` with their close limit as it stood, and when answered.

A reply that waits for the centre stops the unit's clock: lateness is judged by when it came.
"""


@dataclass(frozen=True, slots=True)
class _Hand(InHand):
    """The rounds one unit has in hand; of none where they wait for dispatch."""

    unit_id: int | None = None


_COLOUR = """CASE WHEN waits THEN 'waiting' WHEN answered_at IS NOT NULL THEN 'held'
        WHEN clock IS NULL THEN 'untimed' WHEN paused THEN 'paused'
        WHEN moved_from IS NOT NULL THEN
            CASE WHEN moved_from < :to_at THEN 'red'
                 WHEN EXISTS (SELECT 1 FROM crossing c WHERE c.deadline_id = clock
                              AND c.level = 'yellow' AND c.at < :to_at) THEN 'yellow'
                 ELSE 'blue' END
        WHEN red_at < :to_at THEN 'red' WHEN yellow_at <= :to_at THEN 'yellow'
        WHEN blue_at <= :to_at THEN 'blue' ELSE 'plain' END"""


_HANDS = Query(
    _Hand,
    f"""
WITH {_UNFINISHED}, told AS (
    SELECT CASE WHEN waits THEN NULL ELSE lead_unit_id END AS unit_id, {_COLOUR} AS state,
        {_OVERDUE} AS overdue,
        NOT waits AND NOT paused AND answered_at IS NULL
            AND due_at >= :to_at AND due_at < :next_at AS soon
    FROM held)
SELECT unit_id, {", ".join(f"count(*) FILTER (WHERE state = '{s}') AS {s}" for s in STATES)},
    count(*) FILTER (WHERE overdue) AS overdue, count(*) FILTER (WHERE soon) AS soon
FROM told GROUP BY unit_id
""",
)


def hands_at(source: Source, at: datetime, until: datetime) -> dict[int | None, InHand]:
    """Return the rounds unfinished at an instant by the unit that has them, None for nobody.

    ``until`` is the end of the next period, within which some fall due.
    """
    names = (*STATES, "overdue", "soon")
    return {
        one.unit_id: InHand(**{name: getattr(one, name) for name in names})
        for one in source.read(_HANDS, to_at=at, next_at=until)
    }
