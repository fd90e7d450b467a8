"""核查情况: what was to be verified of each unit in a period, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.ranking import Counted
from models.store import Query, Source
from rules.ranking import Period

LONGEST = timedelta(days=120)
"""No review waits so long for its verdict."""


@dataclass(frozen=True, slots=True)
class UnitReviews:
    """One unit's reviews of a period: ``due`` is ``decided`` and what was ``waiting`` at its end.

    ``upheld``, ``rerated``, ``excluded`` (approved), ``reworked`` and ``ordered`` make up what was
    decided; what a second person had yet to approve still waited.
    """

    unit_id: int
    unit: str
    code: str
    group: str
    due: int
    decided: int
    upheld: int
    rerated: int
    excluded: int
    reworked: int
    ordered: int
    waiting: int


_DONE = "v.decided_at < :to_at AND NOT v.held"

_COLUMNS = "v.id, v.ticket_id, v.round_id, v.verdict, v.opened_at, v.decided_at"

_REVIEWS = Counted(
    among=f"""met AS (
        SELECT {_COLUMNS} FROM review v WHERE v.decided_at >= :from_at AND v.decided_at < :to_at
        UNION ALL
        SELECT {_COLUMNS} FROM review v
        WHERE v.decided_at >= :to_at AND v.decided_at < :until AND v.opened_at < :to_at
        UNION ALL
        SELECT {_COLUMNS} FROM review v WHERE v.decided_at IS NULL AND v.opened_at < :to_at),
    seen AS (
        SELECT m.*, EXISTS (SELECT 1 FROM exclusion x
                            WHERE x.round_id = m.round_id AND x.review_id = m.id
                              AND x.asked_at < :to_at
                              AND coalesce(x.decided_at, :to_at) >= :to_at) AS held
        FROM met m)""",
    rows="FROM seen v JOIN round r ON r.id = v.round_id WHERE r.lead_unit_id IS NOT NULL",
    counts={
        "due": "",
        "decided": _DONE,
        "upheld": f"{_DONE} AND v.verdict IN ('unit', 'other')",
        "rerated": f"{_DONE} AND v.verdict = 'rerated'",
        "excluded": f"{_DONE} AND v.verdict = 'excluded'",
        "reworked": f"{_DONE} AND v.verdict = 'rework'",
        "ordered": f"{_DONE} AND v.verdict = 'order'",
        "waiting": "(v.decided_at IS NULL OR v.decided_at >= :to_at OR v.held)",
    },
    at="v.opened_at",
)

_FIGURES = Query(
    UnitReviews,
    f"""
SELECT c.*, u.short_name AS unit, u.code, coalesce(g.name, '') AS "group"
FROM ({_REVIEWS.counting()}) c JOIN unit u ON u.id = c.unit_id
LEFT JOIN unit_group g ON g.id = u.group_id ORDER BY g.position, u.code
""",
)


@dataclass(frozen=True, slots=True)
class _Behind:
    """A review that is counted, by its ticket."""

    ticket_id: int


_BEHIND = {name: Query(_Behind, _REVIEWS.behind(name)) for name in _REVIEWS.counts}


def review_figures(source: Source, period: Period) -> list[UnitReviews]:
    """Return what was to be verified of each unit in a period, by group, then code."""
    return source.read(_FIGURES, **_instants(period))


def reviews_behind(
    source: Source, period: Period, count: str, unit_ids: Sequence[int]
) -> list[int]:
    """Return the ticket of every review that a count of some units is taken of."""
    found = source.read(_BEHIND[count], units=list(unit_ids), **_instants(period))
    return [one.ticket_id for one in found]


def _instants(period: Period) -> dict[str, datetime]:
    return {"from_at": period.from_at, "to_at": period.to_at, "until": period.to_at + LONGEST}
