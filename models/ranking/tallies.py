"""What each unit did in a period, counted by SQL on either engine (DESIGN §5 "Period").

Every query is a range of an index: its cost follows the period, not the history. Only acts whose
``at`` lies before the period's end count, so a past period is counted as it stood at its end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from rules.ranking import Entry, Period, Tally

Rows = Callable[..., list[tuple[Any, ...]]]


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
    SELECT r.lead_unit_id, count(*),
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at <= c.original_due_at),
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at > c.original_due_at
                           AND c.stopped_at <= c.due_at),
        count(*) FILTER (WHERE r.closed_at < :to_at AND c.stopped_at > c.due_at),
        count(*) FILTER (WHERE r.closed_at IS NULL OR r.closed_at >= :to_at)
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
    SELECT r.lead_unit_id, count(*)
    FROM unfinished r JOIN deadline d ON d.round_id = r.id AND d.step = 'close'
    LEFT JOIN later l ON l.id = d.id
    WHERE coalesce(l.due_at, d.due_at) < :from_at AND d.id NOT IN ({_PAUSED})
    GROUP BY r.lead_unit_id"""


_CLOSED = """
    SELECT u.id, count(*),
        count(*) FILTER (WHERE r.outcome = '已解决'),
        count(*) FILTER (WHERE r.outcome = '部分解决'),
        count(*) FILTER (WHERE r.outcome = '未解决'),
        count(*) FILTER (WHERE r.outcome = '解释说明')
    FROM unit u CROSS JOIN round r
    WHERE r.lead_unit_id = u.id AND r.closed_at >= :from_at AND r.closed_at < :to_at
    GROUP BY u.id"""


def _rated(column: str) -> str:
    """Return the count of one kind of rating: the last valid one of each round in the period."""
    return f"""
    WITH given AS (
        SELECT g.round_id, g.{column} AS said,
               row_number() OVER (PARTITION BY g.round_id ORDER BY g.at DESC, g.id DESC) AS back
        FROM rating g WHERE g.at >= :from_at AND g.at < :to_at
          AND g.{column} IN ('满意', '基本满意', '不满意'))
    SELECT r.lead_unit_id,
        count(*) FILTER (WHERE g.said = '满意'),
        count(*) FILTER (WHERE g.said = '基本满意'),
        count(*) FILTER (WHERE g.said = '不满意'),
        count(*) FILTER (WHERE g.said = '不满意' AND v.decided_at < :to_at)
    FROM given g JOIN round r ON r.id = g.round_id LEFT JOIN review v ON v.round_id = r.id
    WHERE g.back = 1 AND r.lead_unit_id IS NOT NULL GROUP BY r.lead_unit_id"""


def _silent(column: str) -> str:
    """Return the count of rounds whose citizen let the days to rate go by in the period."""
    return f"""
    SELECT u.id, count(*) FROM unit u CROSS JOIN round r
    WHERE r.lead_unit_id = u.id AND r.closed_at >= :silent_from AND r.closed_at < :silent_to
      AND NOT EXISTS (SELECT 1 FROM rating g WHERE g.round_id = r.id AND g.at < :to_at
                      AND g.{column} IN ('满意', '基本满意', '不满意'))
    GROUP BY u.id"""


_DISPATCHED = """
    SELECT r.lead_unit_id, count(*), count(*) FILTER (WHERE r.n > 1) FROM round r
    WHERE r.dispatched_at >= :from_at AND r.dispatched_at < :to_at
      AND r.lead_unit_id IS NOT NULL GROUP BY r.lead_unit_id"""


_RETURNED = """
    SELECT q.unit_id, count(*) FROM return_request q
    WHERE q.asked_at >= :from_at AND q.asked_at < :to_at GROUP BY q.unit_id"""


_ACKNOWLEDGED = """
    SELECT d.unit_id, count(*),
        count(*) FILTER (WHERE d.stopped_at <= d.due_at AND d.stopped_at < :to_at)
    FROM deadline d
    WHERE d.step = 'acknowledge' AND d.due_at >= :from_at AND d.due_at < :to_at
      AND d.unit_id IS NOT NULL GROUP BY d.unit_id"""


QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_DUE, ("due", "on_time", "after_extension", "late", "open")),
    (_CARRIED, ("carried",)),
    (_CLOSED, ("closed", "resolved", "partly", "unresolved", "explained")),
    (_rated("result_rating"),
     ("result_satisfied", "result_basic", "result_unsatisfied", "reviewed")),
    (_rated("work_rating"), ("work_satisfied", "work_basic", "work_unsatisfied")),
    (_DISPATCHED, ("dispatched", "reworked")),
    (_RETURNED, ("returned",)),
    (_ACKNOWLEDGED, ("acknowledge_due", "acknowledged_on_time")),
)  # fmt: skip
"""Each query and the counts its columns give, after the unit's id."""


def tallies_of(rows: Rows, period: Period, unrated: str = "exclude") -> dict[int, Tally]:
    """Return the counts of every unit that has any, by unit id.

    ``rows`` is a reader's or a work's ``rows``. ``unrated`` is the policy's: ``exclude``, or
    ``10d``: a round not rated for that many days after its close counts as satisfied then.
    """
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    bounds = {"from_at": period.from_at, "to_at": period.to_at}
    for sql, names in QUERIES:
        for unit_id, *values in rows(sql, **bounds):
            counts[unit_id].update(zip(names, values, strict=False))
    if unrated != "exclude":
        days = timedelta(days=int(unrated.removesuffix("d")))
        silent = {"silent_from": period.from_at - days, "silent_to": period.to_at - days}
        for kind in ("result", "work"):
            sql = _silent(f"{kind}_rating")
            for unit_id, n in rows(sql, to_at=period.to_at, **silent):
                counts[unit_id][f"{kind}_satisfied"] += n
    return {unit_id: Tally(**named) for unit_id, named in counts.items()}


def entries(rows: Rows, period: Period, unrated: str = "exclude") -> list[Entry]:
    """Return every responsible unit of the period with its counts, by group, then code."""
    counted = tallies_of(rows, period, unrated)
    sql = """
        SELECT u.id, u.short_name, u.code, g.name, u.valid_from, u.valid_to
        FROM unit u JOIN unit_group g ON g.id = u.group_id
        WHERE NOT u.is_centre ORDER BY g.position, g.id, u.code"""
    first, after = (_day(instant) for instant in (period.from_at, period.to_at))
    return [
        Entry(unit_id, name, code, group, counted.get(unit_id, Tally()))
        for unit_id, name, code, group, valid_from, valid_to in rows(sql)
        if (valid_from is None or str(valid_from) < after)
        and (valid_to is None or str(valid_to) >= first)
    ]


def _day(midnight: datetime) -> str:
    """Return the bureau's date of its own midnight, which UTC may still call the day before."""
    return (midnight + timedelta(hours=12)).date().isoformat()
