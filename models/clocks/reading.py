"""Reading the clocks of matters, each with what it crossed, at one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.clocks.crossings import Crossed
from models.clocks.stored import COLUMNS, Clocks, StoredClock, Subject
from models.store import Query, Work


@dataclass(frozen=True, slots=True)
class _Row(StoredClock):
    """A clock beside one of its crossings that still stand."""

    crossing_id: int | None = None
    crossing_revision: int | None = None
    level: str | None = None
    crossed_at: datetime | None = None


_SELECT = f"""
SELECT {", ".join(f"d.{name}" for name in ("id", "version", *COLUMNS))},
       c.id AS crossing_id, c.revision AS crossing_revision, c.level, c.at AS crossed_at
FROM deadline d LEFT JOIN crossing c ON c.deadline_id = d.id AND c.annulled_at IS NULL
"""
_ROUNDS = Query(
    _Row,
    # the empty text keeps SQLite from seeking every ticket's clocks by their kind
    f"{_SELECT} WHERE d.round_id IN (:ids) AND d.subject_kind || '' = 'ticket' ORDER BY d.id, c.at",
)
_SUBJECTS = Query(
    _Row,
    f"{_SELECT} WHERE d.subject_kind = :kind AND d.subject_id IN (:ids) ORDER BY d.id, c.at",
)

_BY_ID = Query(_Row, f"{_SELECT} WHERE d.id IN (:ids) ORDER BY d.id, c.at")


def clocks_of_rounds(work: Work, subjects: Sequence[Subject]) -> list[Clocks]:
    """Return the clocks of tickets' rounds, read at one go."""
    ids = [subject.round_id for subject in subjects]
    return _gathered(work, subjects, work.read(_ROUNDS, ids=ids), lambda row: row.round_id, ids)


def clocks_of(work: Work, subject: Subject) -> Clocks:
    """Return the clocks of an order, an instruction or a review."""
    return clocks_of_subjects(work, [subject])[0]


def clocks_of_subjects(work: Work, subjects: Sequence[Subject]) -> list[Clocks]:
    """Return the clocks of subjects of one kind, read at one go."""
    ids = [subject.id for subject in subjects]
    found = work.read(_SUBJECTS, kind=subjects[0].kind, ids=ids) if subjects else []
    return _gathered(work, subjects, found, lambda row: row.subject_id, ids)


def clocks_of_ids(work: Work, subject: Subject, ids: Sequence[int]) -> Clocks:
    """Return clocks by their ids, whosever they are."""
    rows = work.read(_BY_ID, ids=list(ids))
    return _gathered(work, [subject], rows, lambda row: 0, [0])[0]


def _gathered(
    work: Work, subjects: Sequence[Subject], rows: Iterable[_Row], whose: Any, ids: Sequence[Any]
) -> list[Clocks]:
    """Return one book of clocks for each subject, each clock with what it crossed."""
    found: dict[Any, dict[int, StoredClock]] = {id: {} for id in ids}
    for row in rows:
        own = found[whose(row)]
        stored = own.get(row.id) or StoredClock(
            row.id, row.version, **{name: getattr(row, name) for name in COLUMNS}
        )
        if row.crossing_id is not None:
            assert row.crossing_revision is not None and row.level and row.crossed_at
            more = Crossed(
                row.crossing_id, row.crossing_revision, row.level, row.crossed_at, row.id
            )
            stored = replace(stored, crossed=(*stored.crossed, more))
        own[row.id] = stored
    return [
        Clocks(work, subject, found[id].values()) for subject, id in zip(subjects, ids, strict=True)
    ]
