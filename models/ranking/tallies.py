"""What each unit did in a period, counted by SQL on either engine (DESIGN §5 "Period").

Every query is a range of an index: its cost follows the period, not the history. Only acts whose
``at`` lies before the period's end count, so a past period is counted as it stood at its end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from models.store import Query, Source
from rules.ranking import Entry, Period, Tally


@dataclass(frozen=True, slots=True)
class _Counts(Tally):
    """Some of the counts of one unit; each query fills those it names."""

    unit_id: int = 0


_PAUSED = """SELECT p.deadline_id FROM pause p
             WHERE p.granted AND p.from_at < :to_at AND (p.to_at IS NULL OR p.to_at >= :to_at)"""

# an extension granted after the period's end had not moved the due yet
_LATER = """later AS (
    SELECT e.deadline_id AS id, min(e.due_before) AS due_at FROM extension e
    WHERE e.granted AND e.decided_at >= :to_at GROUP BY e.deadline_id)"""

_DUE = f"""
    WITH {_LATER}, clock AS (
        SELECT d.id, d.round_id, d.due_at, d.original_due_at, d.stopped_at FROM deadline d
        WHERE d.step = 'close' AND d.due_at >= :from_at AND d.due_at < :to_at
          AND d.id NOT IN (SELECT id FROM later)
        UNION ALL
        SELECT d.id, d.round_id, l.due_at, d.original_due_at, d.stopped_at
        FROM later l JOIN deadline d ON d.id = l.id
        WHERE d.step = 'close' AND l.due_at >= :from_at AND l.due_at < :to_at)
    SELECT r.lead_unit_id AS unit_id, count(*) AS due,
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at <= c.original_due_at)
            AS on_time,
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at > c.original_due_at
                           AND c.stopped_at <= c.due_at) AS after_extension,
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at > c.due_at) AS late,
        count(*) FILTER (WHERE r.closed_at IS NULL OR r.closed_at >= :to_at) AS open
    FROM clock c JOIN round r ON r.id = c.round_id
    WHERE r.lead_unit_id IS NOT NULL AND c.id NOT IN ({_PAUSED})
    GROUP BY r.lead_unit_id"""

_CARRIED = f"""
    WITH {_LATER}, unfinished AS (
        SELECT r.id, r.lead_unit_id FROM unit u CROSS JOIN round r
        WHERE r.lead_unit_id = u.id AND r.closed_at IS NULL
        UNION ALL
        SELECT r.id, r.lead_unit_id FROM unit u CROSS JOIN round r
        WHERE r.lead_unit_id = u.id AND r.closed_at >= :to_at)
    SELECT r.lead_unit_id AS unit_id, count(*) AS carried
    FROM unfinished r JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
    LEFT JOIN later l ON l.id = d.id
    WHERE coalesce(l.due_at, d.due_at) < :from_at AND d.id NOT IN ({_PAUSED})
    GROUP BY r.lead_unit_id"""

_CLOSED = """
    SELECT u.id AS unit_id, count(*) AS closed,
        count(*) FILTER (WHERE r.outcome = '已解决') AS resolved,
        count(*) FILTER (WHERE r.outcome = '部分解决') AS partly,
        count(*) FILTER (WHERE r.outcome = '未解决') AS unresolved,
        count(*) FILTER (WHERE r.outcome = '解释说明') AS explained
    FROM unit u CROSS JOIN round r
    WHERE r.lead_unit_id = u.id AND r.closed_at >= :from_at AND r.closed_at < :to_at
    GROUP BY u.id"""

_REVIEWED = """,
        count(*) FILTER (WHERE g.said = '不满意' AND v.decided_at < :to_at) AS reviewed"""


def _rated(kind: str, more: str = "") -> str:
    """Return the count of one kind of rating: the last valid one of each round in the period."""
    column = f"{kind}_rating"
    return f"""
    WITH given AS (
        SELECT g.round_id, g.{column} AS said,
               row_number() OVER (PARTITION BY g.round_id ORDER BY g.at DESC, g.id DESC) AS back
        FROM rating g WHERE g.at >= :from_at AND g.at < :to_at
          AND g.{column} IN ('满意', '基本满意', '不满意'))
    SELECT r.lead_unit_id AS unit_id,
        count(*) FILTER (WHERE g.said = '满意') AS {kind}_satisfied,
        count(*) FILTER (WHERE g.said = '基本满意') AS {kind}_basic,
        count(*) FILTER (WHERE g.said = '不满意') AS {kind}_unsatisfied{more}
    FROM given g JOIN round r ON r.id = g.round_id LEFT JOIN review v ON v.round_id = r.id
    WHERE g.back = 1 AND r.lead_unit_id IS NOT NULL GROUP BY r.lead_unit_id"""


def _silent(kind: str) -> str:
    """Return the count of rounds whose citizen let the days to rate go by in the period."""
    column = f"{kind}_rating"
    return f"""
    SELECT u.id AS unit_id, count(*) AS {kind}_satisfied FROM unit u CROSS JOIN round r
    WHERE r.lead_unit_id = u.id AND r.closed_at >= :silent_from AND r.closed_at < :silent_to
      AND NOT EXISTS (SELECT 1 FROM rating g WHERE g.round_id = r.id AND g.at < :to_at
                      AND g.{column} IN ('满意', '基本满意', '不满意'))
    GROUP BY u.id"""


_DISPATCHED = """
    SELECT r.lead_unit_id AS unit_id, count(*) AS dispatched,
        count(*) FILTER (WHERE r.n > 1) AS reworked FROM round r
    WHERE r.dispatched_at >= :from_at AND r.dispatched_at < :to_at
      AND r.lead_unit_id IS NOT NULL GROUP BY r.lead_unit_id"""

_RETURNED = """
    SELECT q.unit_id, count(*) AS returned FROM return_request q
    WHERE q.asked_at >= :from_at AND q.asked_at < :to_at GROUP BY q.unit_id"""

_ACKNOWLEDGED = """
    SELECT d.unit_id, count(*) AS acknowledge_due,
        count(*) FILTER (WHERE d.stopped_at <= d.due_at AND d.stopped_at < :to_at)
            AS acknowledged_on_time
    FROM deadline d
    WHERE d.step = 'acknowledge' AND d.due_at >= :from_at AND d.due_at < :to_at
      AND d.unit_id IS NOT NULL GROUP BY d.unit_id"""

QUERIES = (
    Query(_Counts, _DUE),
    Query(_Counts, _CARRIED),
    Query(_Counts, _CLOSED),
    Query(_Counts, _rated("result", _REVIEWED)),
    Query(_Counts, _rated("work")),
    Query(_Counts, _DISPATCHED),
    Query(_Counts, _RETURNED),
    Query(_Counts, _ACKNOWLEDGED),
)
"""What is counted of every period; no two of them give the same count."""

_SILENT = (Query(_Counts, _silent("result")), Query(_Counts, _silent("work")))
"""What is counted besides where silence is taken for satisfaction."""


def tallies_of(source: Source, period: Period, unrated: str = "exclude") -> dict[int, Tally]:
    """Return the counts of every unit that has any, by unit id.

    ``unrated`` is the policy's: ``exclude``, or ``10d``: a round not rated for that many days
    after its close counts as satisfied then.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    found = [
        row
        for query in QUERIES
        for row in source.read(query, from_at=period.from_at, to_at=period.to_at)
    ]
    if unrated != "exclude":
        days = timedelta(days=int(unrated.removesuffix("d")))
        silent = {"silent_from": period.from_at - days, "silent_to": period.to_at - days}
        for query in _SILENT:
            found += source.read(query, to_at=period.to_at, **silent)
    for row in found:
        counts[row.unit_id].update({name: getattr(row, name) for name in _NAMES})
    return {unit_id: Tally(**named) for unit_id, named in counts.items()}


_NAMES = tuple(f.name for f in fields(Tally))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A responsible unit with its group and the days it is in force."""

    id: int
    name: str
    code: str
    group: str
    valid_from: date | None
    valid_to: date | None


_UNITS = Query(
    _Unit,
    """
SELECT u.id, u.short_name AS name, u.code, g.name AS "group", u.valid_from, u.valid_to
FROM unit u JOIN unit_group g ON g.id = u.group_id
WHERE NOT u.is_centre ORDER BY g.position, g.id, u.code
""",
)


def entries(source: Source, period: Period, unrated: str = "exclude") -> list[Entry]:
    """Return every responsible unit of the period with its counts, by group, then code."""
    counted = tallies_of(source, period, unrated)
    first, after = (_day(instant) for instant in (period.from_at, period.to_at))
    return [
        Entry(unit.id, unit.name, unit.code, unit.group, counted.get(unit.id, Tally()))
        for unit in source.read(_UNITS)
        if (unit.valid_from is None or unit.valid_from < after)
        and (unit.valid_to is None or unit.valid_to >= first)
    ]


def _day(midnight: datetime) -> date:
    """Return the bureau's date of its own midnight, which UTC may still call the day before."""
    return (midnight + timedelta(hours=12)).date()
