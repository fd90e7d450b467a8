"""What each unit did in a period, counted by SQL on either engine (DESIGN §5 "Period").

Every query is a range of an index: its cost follows the period, not the history. Only acts whose
``at`` lies before the period's end count, so a past period is counted as it stood at its end.
What is merged counts once, with its lead, but for its ratings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from models.ranking.counted import Counted
from models.ranking.satisfaction import RATED, SILENT
from models.ranking.together import (
    ACKNOWLEDGED_WITH_A_LEAD,
    ACTED_FIRST,
    DISPATCHED_WITH_A_LEAD,
    MOVED,
    RETURNED_WITH_A_LEAD,
    WITH_A_LEAD,
)
from models.store import Query, Source
from rules.ranking import Entry, Period, Tally


@dataclass(frozen=True, slots=True)
class _Counts(Tally):
    """Some of the counts of one unit; each query fills those it names."""

    unit_id: int = 0


@dataclass(frozen=True, slots=True)
class _Behind:
    """A row that is counted, by its ticket."""

    ticket_id: int


PAUSED = """SELECT p.deadline_id FROM pause p
             WHERE p.granted AND p.from_at < :to_at AND (p.to_at IS NULL OR p.to_at >= :to_at)"""
"""The clocks that are paused at the end of a period."""

LATER = f"""moved AS (
    SELECT e.deadline_id AS id, e.due_before AS due_at, e.decided_at AS at FROM extension e
    WHERE e.granted AND e.decided_at >= :to_at
    UNION ALL {MOVED}),
later AS (
    SELECT id, due_at FROM (
        SELECT id, due_at, row_number() OVER (PARTITION BY id ORDER BY at, due_at) AS first
        FROM moved) x
    WHERE first = 1)"""
"""The clocks that were moved after a period, with the due they had at its end."""


_FELL_DUE = Counted(
    among=f"""{LATER}, clock AS (
        SELECT d.id, d.round_id, d.due_at, d.original_due_at, d.stopped_at FROM deadline d
        WHERE d.step = 'close' AND d.due_at >= :from_at AND d.due_at < :to_at
          AND d.id NOT IN (SELECT id FROM later)
        UNION ALL
        SELECT d.id, d.round_id, l.due_at, d.original_due_at, d.stopped_at
        FROM later l JOIN deadline d ON d.id = l.id
        WHERE d.step = 'close' AND l.due_at >= :from_at AND l.due_at < :to_at)""",
    rows=f"""
    FROM clock c JOIN round r ON r.id = c.round_id
    WHERE r.lead_unit_id IS NOT NULL AND c.id NOT IN ({PAUSED})
      AND r.id NOT IN ({WITH_A_LEAD}) AND r.id NOT IN ({ACTED_FIRST})""",
    counts={
        "due": "",
        "on_time": "r.closed_at < :to_at AND c.stopped_at <= c.original_due_at",
        "after_extension": """r.closed_at < :to_at AND c.stopped_at > c.original_due_at
            AND c.stopped_at <= c.due_at""",
        "late": "r.closed_at < :to_at AND c.stopped_at > c.due_at",
        "open": "(r.closed_at IS NULL OR r.closed_at >= :to_at)",
    },
    at="c.due_at",
)

_CARRIED = Counted(
    among=f"""{LATER}, unfinished AS (
        SELECT r.id, r.lead_unit_id FROM unit u CROSS JOIN round r
        WHERE r.lead_unit_id = u.id AND r.closed_at IS NULL
        UNION ALL
        SELECT r.id, r.lead_unit_id FROM unit u CROSS JOIN round r
        WHERE r.lead_unit_id = u.id AND r.closed_at >= :to_at)""",
    rows=f"""
    FROM unfinished r CROSS JOIN deadline d LEFT JOIN later l ON l.id = d.id
    WHERE d.round_id = r.id AND d.step = 'close' AND coalesce(l.due_at, d.due_at) < :from_at
      AND d.id NOT IN ({PAUSED}) AND r.id NOT IN ({WITH_A_LEAD})
      AND r.id NOT IN ({ACTED_FIRST})""",
    counts={"carried": ""},
    at="d.due_at",
    ticket="d.ticket_id",
)

_CLOSED = Counted(
    rows=f"""
    FROM unit u CROSS JOIN round r
    WHERE r.lead_unit_id = u.id AND r.closed_at >= :from_at AND r.closed_at < :to_at
      AND r.id NOT IN ({WITH_A_LEAD})""",
    counts={
        "closed": "",
        "resolved": "r.outcome = '已解决'",
        "partly": "r.outcome = '部分解决'",
        "unresolved": "r.outcome = '未解决'",
        "explained": "r.outcome = '解释说明'",
    },
    at="r.closed_at",
    unit="u.id",
)


_MERGED = Counted(
    rows=f"""
    FROM round r WHERE r.closed_at >= :from_at AND r.closed_at < :to_at
      AND r.id IN ({WITH_A_LEAD}) AND r.lead_unit_id IS NOT NULL""",
    counts={"merged": ""},
    at="r.closed_at",
)

_DISPATCHED = Counted(
    rows=f"""
    FROM round r WHERE r.dispatched_at >= :from_at AND r.dispatched_at < :to_at
      AND r.lead_unit_id IS NOT NULL AND r.id NOT IN ({DISPATCHED_WITH_A_LEAD})""",
    counts={"dispatched": "", "reworked": "r.n > 1"},
    at="r.dispatched_at",
)

_RETURNED = Counted(
    rows=f"""
    FROM return_request q WHERE q.asked_at >= :from_at AND q.asked_at < :to_at
      AND q.id NOT IN ({RETURNED_WITH_A_LEAD})""",
    counts={"returned": ""},
    at="q.asked_at",
    unit="q.unit_id",
    ticket="(SELECT r.ticket_id FROM round r WHERE r.id = q.round_id)",
)

_ACKNOWLEDGED = Counted(
    rows=f"""
    FROM deadline d
    WHERE d.step = 'acknowledge' AND d.due_at >= :from_at AND d.due_at < :to_at
      AND d.unit_id IS NOT NULL AND d.id NOT IN ({ACKNOWLEDGED_WITH_A_LEAD})""",
    counts={
        "acknowledge_due": "",
        "acknowledged_on_time": "d.stopped_at <= d.due_at AND d.stopped_at < :to_at",
    },
    at="d.due_at",
    unit="d.unit_id",
    ticket="d.ticket_id",
)

_COUNTED = (_FELL_DUE, _CARRIED, _CLOSED, _MERGED, *RATED, _DISPATCHED, _RETURNED, _ACKNOWLEDGED)

QUERIES = tuple(Query(_Counts, counted.counting()) for counted in _COUNTED)
"""What is counted of every period; no two of them give the same count."""

_SILENT = tuple(Query(_Counts, counted.counting()) for counted in SILENT)
"""What is counted besides where silence is taken for satisfaction."""

_SOME = tuple(Query(_Counts, counted.without_channels().counting()) for counted in _COUNTED)
"""What is counted of every period where a policy leaves channels out."""

_SOME_SILENT = tuple(Query(_Counts, counted.without_channels().counting()) for counted in SILENT)
"""What is counted besides where it does, and silence is taken for satisfaction."""

_BEHIND = {n: Query(_Behind, counted.behind(n)) for counted in _COUNTED for n in counted.counts}
"""What each count is taken of, by its name."""

_BEHIND_SILENT = {
    n: Query(_Behind, counted.behind(n)) for counted in SILENT for n in counted.counts
}
"""What is counted besides, by the name of the count."""

_BEHIND_SOME = {
    n: Query(_Behind, counted.without_channels().behind(n))
    for counted in _COUNTED
    for n in counted.counts
}
"""What each count is taken of where a policy leaves channels out."""

_BEHIND_SOME_SILENT = {
    n: Query(_Behind, counted.without_channels().behind(n))
    for counted in SILENT
    for n in counted.counts
}
"""What is counted besides where it does."""


def tallies_of(
    source: Source,
    period: Period,
    unrated: str = "exclude",
    known_at: datetime | None = None,
    left_out: Sequence[str] = (),
) -> dict[int, Tally]:
    """Return the counts of every unit that has any, by unit id.

    ``unrated`` is the policy's: ``exclude``, or ``10d``: a round not rated for that many days
    after its close counts as satisfied then. Re-ratings and exclusions count up to ``known_at``,
    without one up to the period's end. ``left_out`` are channels whose appeals do not count.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    during, silent = _instants(period, unrated, known_at)
    but = {"left_out": list(left_out)} if left_out else {}
    found = [
        row for query in (_SOME if but else QUERIES) for row in source.read(query, **during, **but)
    ]
    if silent:
        quiet = _SOME_SILENT if but else _SILENT
        found += [row for query in quiet for row in source.read(query, **silent, **but)]
    for row in found:
        counts[row.unit_id].update({name: getattr(row, name) for name in _NAMES})
    return {unit_id: Tally(**named) for unit_id, named in counts.items()}


_NAMES = tuple(f.name for f in fields(Tally))


def tickets_behind(
    source: Source,
    period: Period,
    counts: Sequence[str],
    unit_ids: Sequence[int],
    unrated: str = "exclude",
    known_at: datetime | None = None,
    left_out: Sequence[str] = (),
) -> list[int]:
    """Return the ticket of every row that some counts of some units' tallies are taken of.

    ``counts`` are names of the tally; ``unrated``, ``known_at`` and ``left_out`` as in
    ``tallies_of``. A ticket that is counted twice, as with two rounds in the period, stands twice.
    """
    during, silent = _instants(period, unrated, known_at)
    asked: dict[str, Any] = {"units": list(unit_ids)}
    some, quiet = _BEHIND, _BEHIND_SILENT
    if left_out:
        some, quiet = _BEHIND_SOME, _BEHIND_SOME_SILENT
        asked["left_out"] = list(left_out)
    found: list[_Behind] = []
    for name in counts:
        if name in some:
            found += source.read(some[name], **asked, **during)
        if silent and name in quiet:
            found += source.read(quiet[name], **asked, **silent)
    return [row.ticket_id for row in found]


def _instants(
    period: Period, unrated: str, known_at: datetime | None
) -> tuple[dict[str, datetime], dict[str, datetime] | None]:
    """Return what the queries ask for; of silence None where it is not taken for satisfaction."""
    known = known_at or period.to_at
    during = {"from_at": period.from_at, "to_at": period.to_at, "known_at": known}
    if unrated == "exclude":
        return during, None
    days = timedelta(days=int(unrated.removesuffix("d")))
    return during, {
        "to_at": period.to_at,
        "known_at": known,
        "silent_from": period.from_at - days,
        "silent_to": period.to_at - days,
    }


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


def entries(
    source: Source,
    period: Period,
    unrated: str = "exclude",
    known_at: datetime | None = None,
    left_out: Sequence[str] = (),
) -> list[Entry]:
    """Return every responsible unit of the period with its counts, by group, then code."""
    counted = tallies_of(source, period, unrated, known_at, left_out)
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
