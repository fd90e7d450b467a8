"""Every running clock with what it was made from, read at one go.

Each matter that has a running clock has one that leads it, so the partial indexes of the queue
find them all and history costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from models.matter import Rows
from models.store import from_text
from rules.clocks import Origin, Tags

_INSTANTS = slice(9, 17)  # of the columns of _CLOCKS: read raw, for many are alike


_TRUTHS = (17, 18, 19, 23)  # columns that SQLite keeps as 0 and 1


Span = tuple[datetime, datetime]


class RunningClock(NamedTuple):
    """One running clock as stored; ``held``: answered, it waits for the centre's judgement."""

    id: int
    version: int
    revision: int
    kind: str
    subject_id: int
    ticket_id: int | None
    unit_id: int | None
    step: str
    limit_text: str
    started_at: datetime
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    original_due_at: datetime
    paused_at: datetime | None
    next_at: datetime | None
    leads: bool
    provisional: bool
    source_fixed: bool
    policy: int
    calendar: int
    worst_colour: str
    held: bool
    tags: Tags | None

    @property
    def bound(self) -> bool:
        """Whether no rule can move it: the source fixed it, or a signed paper prints its date."""
        return self.source_fixed or (self.kind == "order" and self.step == "feedback")

    @property
    def matter(self) -> tuple[str, int]:
        """The matter it belongs to."""
        return self.kind, self.subject_id


class Crossed(NamedTuple):
    """A crossing on record."""

    id: int
    level: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """What has happened to running clocks, by their id.

    ``crossings`` are those of a clock's present revision, ``past`` the levels that earlier ones
    crossed: before a pause or an extension, and not disproved since.
    """

    pauses: dict[int, list[Span]]
    extensions: dict[int, list[str]]
    crossings: dict[int, list[Crossed]]
    past: dict[int, list[str]]

    def course(self, running: RunningClock) -> Origin:
        """Return what a clock was made from."""
        return Origin(
            running.step, running.limit_text, running.started_at, running.tags,
            self.pauses.get(running.id, ()), tuple(self.extensions.get(running.id, ())),
        )  # fmt: skip


def running_clocks(rows: Rows) -> Iterator[RunningClock]:
    """Yield every running clock, the paused ones too; ``rows`` is a reader's or a work's."""
    known: dict[tuple[Any, ...], Tags] = {}
    instants = _Instants()
    for row in rows(_MATTERS + _CLOCKS):
        *cells, nature, urgency, category, channel = row
        cells[_INSTANTS] = map(instants.__getitem__, cells[_INSTANTS])
        for place in _TRUTHS:
            cells[place] = bool(cells[place])
        tags = None
        if nature is not None:
            told = (nature, urgency, category, channel)
            tags = known.get(told) or known.setdefault(told, Tags(*told))
        yield RunningClock._make((*cells, tags))


class _Instants(dict[Any, Any]):
    """Instants by the engine's own value, each converted once; None stays None."""

    def __missing__(self, value: Any) -> datetime | None:
        if value is None:
            return None
        found: datetime = from_text(value) if isinstance(value, str) else value.astimezone(UTC)
        self[value] = found
        return found


def ledger(rows: Rows) -> Ledger:
    """Read pauses, extensions and crossings of the running clocks."""
    book = Ledger(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for id, since, until in rows(_PAUSES):
        book.pauses[id].append((since, until))
    for id, limit_text in rows(_EXTENSIONS):
        book.extensions[id].append(limit_text)
    instants = _Instants()
    for id, present, crossing, level, at in rows(_MATTERS + _CROSSINGS):
        if present:
            book.crossings[id].append(Crossed(crossing, level, instants[at]))
        else:
            book.past[id].append(level)
    return book


_MATTERS = """
WITH matter AS (
    SELECT subject_kind, subject_id FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NULL AND leads
    UNION ALL
    SELECT subject_kind, subject_id FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NOT NULL AND leads
)
"""


_CLOCKS = """
SELECT d.id, d.version, d.revision, d.subject_kind, d.subject_id, d.ticket_id, d.unit_id, d.step,
       d.limit_text, d.started_at AS started, d.blue_at AS blue, d.yellow_at AS yellow,
       d.red_at AS red, d.due_at AS due, d.original_due_at AS original, d.paused_at AS paused,
       d.next_at AS next, d.leads, d.provisional, d.source_fixed, d.policy, d.calendar,
       d.worst_colour,
       CASE WHEN d.step = 'close' AND r.replied_at IS NOT NULL THEN 1 ELSE 0 END,
       t.nature, t.urgency, t.category, t.channel
FROM matter m CROSS JOIN deadline d
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN ticket t ON t.id = d.ticket_id AND d.subject_kind = 'ticket' AND d.step <> 'assist'
    AND (d.step <> 'close' OR r.limit_text IS NULL)
WHERE d.subject_kind = m.subject_kind AND d.subject_id = m.subject_id AND d.stopped_at IS NULL
"""


_CROSSINGS = """
SELECT d.id, CASE WHEN c.revision = d.revision THEN 1 ELSE 0 END, c.id, c.level, c.at AS crossed
FROM matter m CROSS JOIN deadline d CROSS JOIN crossing c
WHERE d.subject_kind = m.subject_kind AND d.subject_id = m.subject_id AND d.stopped_at IS NULL
  AND c.deadline_id = d.id AND c.annulled_at IS NULL
"""


_PAUSES = """
SELECT p.deadline_id, p.from_at, p.to_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE p.granted AND p.to_at IS NOT NULL AND d.stopped_at IS NULL
"""


_EXTENSIONS = """
SELECT e.deadline_id, e.limit_text
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE e.granted AND d.stopped_at IS NULL ORDER BY e.decided_at, e.id
"""
