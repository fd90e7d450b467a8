"""Reading clocks at one go: those of some matters with what they crossed, or all that run.

Each matter that has a running clock has one that leads it, unless it is merged into another or a
cell's own, so the partial indexes of the queue, of what is merged and of what cells have in hand
find them all and history costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from models.clocks.stored import COLUMNS, Clocks, StoredClock, Subject, cells
from models.clocks.sweeping import Crossed
from models.matter import Matter
from models.store import Query, Source, Work
from rules.clocks import Clock, Origin, Tags


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

_BY_ID = Query(_Row, f"{_SELECT} WHERE d.id = :id ORDER BY d.id, c.at")


def clocks_of_rounds(work: Work, subjects: Sequence[Subject]) -> list[Clocks]:
    """Return the clocks of tickets' rounds, read at one go."""
    ids = [subject.round_id for subject in subjects]
    return _gathered(work, subjects, work.read(_ROUNDS, ids=ids), lambda row: row.round_id, ids)


def subject_of(matter: Matter) -> Subject:
    """Return the matter as the owner of its round's clocks."""
    return Subject("ticket", matter.ticket_id, matter.ticket_id, matter.round_id, *matter.filed)


def load_clocks(work: Work, matters: Sequence[Matter]) -> None:
    """Read the clocks of many matters at one go, for the acts that follow in this transaction."""
    if matters:
        for clocks in clocks_of_rounds(work, [subject_of(matter) for matter in matters]):
            work.kept["clocks", clocks.subject.round_id] = clocks


def clocks_of_matter(work: Work, matter: Matter) -> Clocks:
    """Return the clocks of a matter's round, read once in a transaction."""
    key = ("clocks", matter.round_id)
    if key not in work.kept:
        load_clocks(work, [matter])
    found: Clocks = work.kept[key]
    found.subject = subject_of(matter)
    return found


def without_clocks(work: Work, matter: Matter) -> Matter:
    """Return a matter whose round was just made: there are no clocks of it to read."""
    work.kept["clocks", matter.round_id] = Clocks(work, subject_of(matter), ())
    return matter


def clocks_of(work: Work, subject: Subject) -> Clocks:
    """Return the clocks of an order, an instruction or a review."""
    return clocks_of_subjects(work, [subject])[0]


def clocks_of_subjects(work: Work, subjects: Sequence[Subject]) -> list[Clocks]:
    """Return the clocks of subjects of one kind, read at one go."""
    ids = [subject.id for subject in subjects]
    found = work.read(_SUBJECTS, kind=subjects[0].kind, ids=ids) if subjects else []
    return _gathered(work, subjects, found, lambda row: row.subject_id, ids)


def clock_of_id(work: Work, id: int) -> StoredClock:
    """Return one clock, whosever it is."""
    rows = work.read(_BY_ID, id=id)
    (found,) = _gathered(work, [Subject("ticket", 0)], rows, lambda row: 0, [0])
    return next(iter(found))


def _gathered(
    work: Work, subjects: Sequence[Subject], rows: Iterable[_Row], whose: Any, ids: Sequence[Any]
) -> list[Clocks]:
    """Return one book of clocks for each subject, each clock with what it crossed."""
    found: dict[Any, dict[int, StoredClock]] = {id: {} for id in ids}
    for row in rows:
        own = found[whose(row)]
        stored = own.get(row.id)
        if stored is None:
            stored = StoredClock(
                **{name: getattr(row, name) for name in ("id", "version", *COLUMNS)}
            )
            kind = row.subject_kind if row.ticket_id is None else "ticket"
            work.belongs("deadline", row.id, kind, row.ticket_id or row.subject_id)
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


Span = tuple[datetime, datetime]


class RunningClock(NamedTuple):
    """One running clock as stored; ``held``: answered, it waits for the centre's judgement.

    ``merged_into``: its matter is shown by the clocks of that ticket.
    """

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
    made_for: str | None = None
    changed_at: datetime | None = None
    merged_into: int | None = None
    unit: str | None = None
    grid: str | None = None
    n: int | None = None
    campaign: str | None = None

    @property
    def tags(self) -> Tags | None:
        """What chooses its limit; None where no policy does."""
        if self.nature is None:
            return None
        if self.made_for is not None:
            return Tags.of(self.made_for)
        return Tags(
            self.nature,
            self.urgency,
            self.category,
            self.channel,
            self.unit,
            self.grid,
            self.n or 1,
            self.campaign,
        )

    @property
    def clock(self) -> Clock:
        """Its arithmetic as it is stored."""
        return Clock(*cells(self))

    @property
    def bound(self) -> bool:
        """Whether no rule can move it: the source fixed it, or a signed paper prints its date."""
        return self.source_fixed or (self.kind == "order" and self.step == "feedback")

    @property
    def shown(self) -> bool:
        """Whether one of its matter's clocks leads it: none of what is merged, or a cell's own."""
        return self.merged_into is None and (self.leads or self.kind != "cell_matter")

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
        granted, paused = self.extensions.get(running.id, ()), self.pauses.get(running.id, ())
        if running.changed_at is not None:
            granted = [one for one in granted if one.decided_at > running.changed_at]
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


class Paused(NamedTuple):
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
    SELECT subject_kind, subject_id, CAST(NULL AS integer) AS merged_into FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NULL AND leads
    UNION ALL
    SELECT subject_kind, subject_id, NULL FROM deadline
    WHERE stopped_at IS NULL AND paused_at IS NOT NULL AND leads
    UNION ALL
    SELECT 'ticket', id, merged_into FROM ticket WHERE merged_into IS NOT NULL AND state = 'open'
    UNION ALL
    SELECT 'cell_matter', id, NULL FROM cell_matter WHERE done_at IS NULL AND unit_id IS NULL
)
"""
CLOCK_COLUMNS = """
       d.id, d.version, d.revision, d.subject_kind AS kind, d.subject_id, d.ticket_id, d.unit_id,
       d.step, d.limit_text, d.started_at, d.blue_at, d.yellow_at, d.red_at, d.due_at,
       d.original_due_at, d.paused_at, d.next_at, d.leads, d.provisional, d.source_fixed, d.policy,
       d.calendar, d.worst_colour,
       CASE WHEN d.step = 'close' AND r.replied_at IS NOT NULL THEN 1 ELSE 0 END AS held,
       t.nature, t.urgency, t.category, t.channel,
       u.code AS unit, d.grid, r.n, g.name AS campaign, d.made_for, d.changed_at"""
"""What of a clock ``d`` and its matter fills a ``RunningClock``."""

WITH_ITS_MATTER = """
LEFT JOIN round r ON r.id = d.round_id
LEFT JOIN unit u ON u.id = r.lead_unit_id
LEFT JOIN ticket t ON t.id = d.ticket_id AND d.subject_kind = 'ticket' AND d.step <> 'assist'
    AND (d.step <> 'close' OR r.limit_text IS NULL)
LEFT JOIN campaign g ON g.id = t.campaign_id
"""
_CLOCKS = Query(
    RunningClock,
    f"""
WITH {_MATTERS}
SELECT {CLOCK_COLUMNS}, m.merged_into
FROM matter m CROSS JOIN deadline d {WITH_ITS_MATTER}
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
    Paused,
    """
SELECT p.deadline_id, p.from_at, p.to_at
FROM pause p JOIN deadline d ON d.id = p.deadline_id
WHERE p.granted AND p.to_at > d.started_at AND d.stopped_at IS NULL
""",
)
_EXTENSIONS = Query(
    Granted,
    """
SELECT e.deadline_id, e.limit_text, e.decided_at
FROM extension e JOIN deadline d ON d.id = e.deadline_id
WHERE e.granted AND e.decided_at >= d.started_at AND d.stopped_at IS NULL
ORDER BY e.decided_at, e.id
""",
)
