"""Clocks of tickets as they stood at the end of a past period, for other rules to count again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from models.clocks.reading import (
    CLOCK_COLUMNS,
    WITH_ITS_MATTER,
    Granted,
    Ledger,
    Paused,
    RunningClock,
)
from models.store import Query, Source

Then = tuple[list[RunningClock], Ledger]
"""Some clocks, stopped or not, and what had been granted of each by then."""

DUE_THEN = """d.step IN (:steps) AND d.due_at >= :since AND d.due_at < :until
    AND d.started_at < :end_at AND d.subject_kind || '' = 'ticket'"""
"""The condition of ``clocks_due``; the empty text keeps SQLite from seeking clocks by kind."""

_OF_IDS = "d.id IN (:ids) AND d.started_at < :end_at"

_CLOCKS = Query(RunningClock, f"SELECT {CLOCK_COLUMNS} FROM deadline d {WITH_ITS_MATTER}")
_PAUSES = Query(
    Paused,
    """
SELECT p.deadline_id, p.from_at, p.to_at FROM deadline d JOIN pause p ON p.deadline_id = d.id
WHERE p.granted AND p.to_at IS NOT NULL AND p.from_at < :end_at
""",
)
_GRANTED = Query(
    Granted,
    """
SELECT e.deadline_id, e.limit_text, e.decided_at
FROM deadline d JOIN extension e ON e.deadline_id = d.id
WHERE e.granted AND e.decided_at < :end_at
""",
)
_IN_ORDER = "ORDER BY e.decided_at, e.id"

_DUE = (
    _CLOCKS.also(f"WHERE {DUE_THEN}"),
    _PAUSES.also(f"AND {DUE_THEN}"),
    _GRANTED.also(f"AND {DUE_THEN} {_IN_ORDER}"),
)
_BY_ID = (
    _CLOCKS.also(f"WHERE {_OF_IDS}"),
    _PAUSES.also(f"AND {_OF_IDS}"),
    _GRANTED.also(f"AND {_OF_IDS} {_IN_ORDER}"),
)


def clocks_due(
    source: Source, steps: Sequence[str], since: datetime, until: datetime, end_at: datetime
) -> Then:
    """Return the clocks of some steps that are due from ``since`` to before ``until``.

    Only what began, was paused or was granted before ``end_at`` counts.
    """
    clocks, pauses, granted = _DUE
    asked = {"steps": list(steps), "since": since, "until": until, "end_at": end_at}
    book = _book(source.read(pauses, **asked), source.read(granted, **asked))
    return source.read(clocks, **asked), book


def clocks_of_ids(source: Source, ids: Iterable[int], end_at: datetime) -> Then:
    """Return clocks by their ids, with what was granted before ``end_at``."""
    clocks, pauses, granted = _BY_ID
    wanted = list(ids)
    book = _book(
        source.read(pauses, ids=wanted, end_at=end_at),
        source.read(granted, ids=wanted, end_at=end_at),
    )
    return source.read(clocks, ids=wanted, end_at=end_at), book


def _book(pauses: Iterable[Paused], granted: Iterable[Granted]) -> Ledger:
    book = Ledger(defaultdict(list), defaultdict(list), {}, {})
    for pause in pauses:
        book.pauses[pause.deadline_id].append((pause.from_at, pause.to_at))
    for each in granted:
        book.extensions[each.deadline_id].append(each)
    return book
