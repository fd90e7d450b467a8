"""Every running clock with what it was made from, read at one go.

Each matter that has a running clock has one that leads it, so the partial indexes of the queue
find them all and history costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from models.clocks.crossings import Crossed
from models.store import Query, Source
from rules.clocks import Clock, Origin, Tags

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
    nature: str | None
    urgency: str
    category: str | None
    channel: str

    @property
    def tags(self) -> Tags | None:
        """What chooses its limit; None where no policy does."""
        if self.nature is None:
            return None
        return Tags(self.nature, self.urgency, self.category, self.channel)

    @property
    def clock(self) -> Clock:
        """Its arithmetic as it is stored."""
        return Clock(
            self.step,
            self.limit_text,
            self.started_at,
            self.blue_at,
            self.yellow_at,
            self.red_at,
            self.due_at,
            self.provisional,
            self.source_fixed,
        )

    @property
    def bound(self) -> bool:
        """Whether no rule can move it: the source fixed it, or a signed paper prints its date."""
        return self.source_fixed or (self.kind == "order" and self.step == "feedback")

    @property
    def matter(self) -> tuple[str, int]:
        """The matter it belongs to."""
        return self.kind, self.subject_id


@dataclass(frozen=True, slots=True)
class Ledger:
    """What has happened to running clocks, by their id.

    ``crossings`` are those of a clock's present revision, ``past`` the levels that earlier ones
    crossed: before a pause or an extension, and not disproved since.
    """

    pauses: dict[int, list[Span]]
    extensions: dict[int, list[Granted]]
    crossings: dict[int, list[Crossed]]
    past: dict[int, list[str]]

    def course(self, running: RunningClock) -> Origin:
        """Return what a clock was made from."""
        granted, paused = self.extensions.get(running.id), self.pauses.get(running.id, ())
        plain = (running.step, running.limit_text, running.started_at, running.tags, paused)
        if not granted:  # nearly every clock
            return Origin(*plain)
        limits = tuple(one.limit_text for one in granted)
        return Origin(*plain, limits, tuple(one.decided_at for one in granted))


class Granted(NamedTuple):
    """An extension that was granted."""

    deadline_id: int
    limit_text: str
    decided_at: datetime


class _Paused(NamedTuple):
    """A pause that ended."""

    deadline_id: int
    from_at: datetime
    to_at: datetime


def running_clocks(source: Source) -> list[RunningClock]:
    """Return every running clock, the paused ones too."""
    return source.read(_CLOCKS)


def ledger(source: Source) -> Ledger:
    """Read pauses, extensions and crossings of the running clocks."""
    found = Ledger(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for pause in source.read(_PAUSES):
        found.pauses[pause.deadline_id].append((pause.from_at, pause.to_at))
    for granted in source.read(_EXTENSIONS):
        found.extensions[granted.deadline_id].append(granted)
    for row in source.read(_CROSSINGS):
        if row.present:
            found.crossings[row.deadline_id].append(row)
        else:
            found.past[row.deadline_id].append(row.level)
    return found


_MATTERS = """
matter AS (
    SELECT subject_kind, subject_id FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NULL AND leads
    UNION ALL
    SELECT subject_kind, subject_id FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NOT NULL AND leads
)
"""
_CLOCKS = Query(
    RunningClock,
    f"""
WITH {_MATTERS}
SELECT d.id, d.version, d.revision, d.subject_kind AS kind, d.subject_id, d.ticket_id, d.unit_id,
       d.step, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
       d.original_due_at, d.paused_at, d.next_at, d.leads, d.provisional, d.source_fixed, d.policy,
       d.calendar, d.worst_colour,
       CASE WHEN d.step = 'close' AND r.replied_at IS NOT NULL THEN 1 ELSE 0 END AS held,
       t.nature, t.urgency, t.category, t.channel
FROM matter m CROSS JOIN deadline d
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN ticket t ON t.id = d.ticket_id AND d.subject_kind = 'ticket' AND d.step <> 'assist'
    AND (d.step <> 'close' OR r.limit_text IS NULL)
WHERE d.subject_kind = m.subject_kind AND d.subject_id = m.subject_id AND d.stopped_at IS NULL
""",
)
_CROSSINGS = Query(
    Crossed,
    f"""
WITH {_MATTERS}
SELECT c.id, c.revision, c.level, c.at, d.id AS deadline_id,
       CASE WHEN c.revision = d.revision THEN 1 ELSE 0 END AS present
FROM matter m CROSS JOIN deadline d CROSS JOIN crossing c
WHERE d.subject_kind = m.subject_kind AND d.subject_id = m.subject_id AND d.stopped_at IS NULL
  AND c.deadline_id = d.id AND c.annulled_at IS NULL
""",
)
_PAUSES = Query(
    _Paused,
    """
SELECT p.deadline_id, p.from_at, p.to_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE p.granted AND p.to_at IS NOT NULL AND d.stopped_at IS NULL
""",
)
_EXTENSIONS = Query(
    Granted,
    """
SELECT e.deadline_id, e.limit_text, e.decided_at
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE e.granted AND d.stopped_at IS NULL ORDER BY e.decided_at, e.id
""",
)
