"""One unit's weeks: what F3 counts of it, week after week, without counting any other unit.

A published period is as it was published. The others are counted in one pass over the rounds the
unit has open, or closed since ``LONGEST`` before the first of them, as ``tallies`` counts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.ranking.satisfaction import excluded
from models.store import Query, Reader
from rules.ranking import Period, Tally, last_complete, period_before

if TYPE_CHECKING:
    from models.store import Store


LONGEST = timedelta(days=120)
"""No round is closed so long before its limit, or rated so long after: 60 working days and more."""

DUE = ("on_time", "after_extension", "late", "open")
"""What was due, by how it stood at the end of its period."""

RATINGS = {"满意": "satisfied", "基本满意": "basic", "不满意": "unsatisfied"}

SOURCES = {"import": "by_import", "callback": "by_callback", "default": "by_default"}


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """One period of a unit; of one that is not published only what was due and rated is counted.

    ``tickets`` are those behind a count of the tally, by its name, as they are known now.
    """

    period: Period
    tally: Tally
    published: bool
    tickets: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def behind(self, *counts: str) -> tuple[int, ...]:
        """Return the tickets behind some counts together."""
        return tuple(dict.fromkeys(id for name in counts for id in self.tickets.get(name, ())))


def unit_weeks(reader: Reader, store: Store, unit_id: int, count: int) -> list[UnitPeriod]:
    """Return the last ``count`` complete weeks of a unit, the oldest first."""
    zone = store.timekeeper().zone
    weeks = [last_complete("week", store.now(), zone)]
    while len(weeks) < count:
        weeks.insert(0, period_before(weeks[0], zone))
    return unit_periods(reader, unit_id, weeks, store.policy.ranking.unrated, store.now())


def unit_periods(
    reader: Reader, unit_id: int, periods: Sequence[Period], unrated: str, known_at: datetime
) -> list[UnitPeriod]:
    """Return periods of a unit that follow each other; ``unrated`` is the policy's.

    Re-ratings and exclusions count up to ``known_at``, as in ``tallies_of``.
    """
    counting = _Counting(reader, unit_id, periods, known_at)
    counting.due()
    counting.rated(unrated)
    keys = [period.key for period in periods]
    frozen = {one.period: one.tally for one in reader.read(_FROZEN, unit_id=unit_id, keys=keys)}
    return [_made(one, counting.found[one.key], frozen.get(one.key)) for one in periods]


def _made(period: Period, found: Mapping[str, list[int]], frozen: str | None) -> UnitPeriod:
    if frozen is None:
        counts = {name: len(ids) for name, ids in found.items()}
        tally = Tally(due=sum(counts.get(name, 0) for name in DUE), **counts)
    else:
        tally = Tally.from_json(frozen)
    tickets = {name: tuple(ids) for name, ids in found.items()}
    return UnitPeriod(period, tally, frozen is not None, tickets)


class _Counting:
    """Counts the rounds of a unit into periods that follow each other.

    ``found`` holds, by period and count of the tally, the tickets of the rounds it counts.
    """

    def __init__(
        self, reader: Reader, unit_id: int, periods: Sequence[Period], known_at: datetime
    ) -> None:
        """Count nothing yet."""
        self.found: dict[str, dict[str, list[int]]] = {
            period.key: defaultdict(list) for period in periods
        }
        self._periods = periods
        self._ends = [period.to_at for period in periods]
        self._reader = reader
        self._first = periods[0].from_at
        self._known_at = known_at
        self._about = {"unit_id": unit_id, "since": self._first - LONGEST}

    def due(self) -> None:
        """Count what fell due, by how it stood at the end of its period."""
        moved = defaultdict[int, list[_Moved]](list)
        for one in self._reader.read(_MOVED, from_at=self._first):
            moved[one.deadline_id].append(one)
        halted = defaultdict[int, list[_Halted]](list)
        for pause in self._reader.read(_PAUSES, from_at=self._first):
            halted[pause.deadline_id].append(pause)
        for clock in self._reader.read(_CLOCKS, from_at=self._first, **self._about):
            dues = (clock.due_at, *(one.due_before for one in moved.get(clock.id, ())))
            for period in {w for due in dues if (w := self._period_of(due)) is not None}:
                due_at = _due_at(clock, moved.get(clock.id, ()), period.to_at)
                if due_at in period and not _paused(halted.get(clock.id, ()), period.to_at):
                    self._count(period, _stood(clock, due_at, period.to_at), clock.ticket_id)

    def rated(self, unrated: str) -> None:
        """Count ratings, the last valid one of each round, and silence as the policy takes it."""
        until = max(self._ends[-1], self._known_at)
        known = {"known_at": self._known_at, **self._about}
        ratings = self._reader.read(_RATINGS, until=until, **known)
        for kind in ("result", "work"):
            valid = [one for one in ratings if getattr(one, kind) in RATINGS]
            by_round = defaultdict[int, list[_Rating]](list)
            for one in valid:
                by_round[one.round_id].append(one)
            last = {
                (period.key, one.round_id): (period, one)
                for one in valid
                if not one.again and (period := self._period_of(one.at)) is not None
            }
            for period, one in last.values():
                self._said(period, kind, one, by_round[one.round_id])
            if unrated != "exclude":
                days = timedelta(days=int(unrated.removesuffix("d")))
                first = {one.round_id: one.at for one in reversed(valid)}
                self._silent(kind, days, first, known)

    def _said(self, period: Period, kind: str, last: _Rating, own: Sequence[_Rating]) -> None:
        """Count the last rating of a round in a period, and what it came to when verified."""
        self._count(period, f"{kind}_{RATINGS[getattr(last, kind)]}", last.ticket_id)
        self._source(period, kind, last.means, last.ticket_id)
        later = [one for one in own if one.at >= last.at and one is not last]
        ended = min((one.at for one in later if not one.again and one.at > last.at), default=None)
        answers = [
            one
            for one in later
            if one.again and one.at <= self._known_at and (ended is None or one.at < ended)
        ]
        if not last.gone and answers and kind == "result":
            self._count(period, "rerated", last.ticket_id)
        word = RATINGS[getattr(answers[-1] if answers else last, kind)]
        self._verified(period, kind, word, last.ticket_id, gone=last.gone)

    def _verified(
        self, period: Period, kind: str, word: str, ticket_id: int, *, gone: bool
    ) -> None:
        if not gone:
            of = "verified" if kind == "result" else f"verified_{kind}"
            self._count(period, f"{of}_{word}", ticket_id)
        elif kind == "result":
            self._count(period, "excluded", ticket_id)

    def _source(self, period: Period, kind: str, means: str, ticket_id: int) -> None:
        if kind == "result":
            self._count(period, SOURCES.get(means, "by_operator"), ticket_id)

    def _silent(
        self,
        kind: str,
        days: timedelta,
        first: Mapping[int, datetime],
        known: Mapping[str, object],
    ) -> None:
        """Count rounds that nobody rated for so many days; ``first`` is when each was."""
        for one in self._reader.read(_CLOSED, **known):
            period = self._period_of(one.closed_at + days)
            if period is not None and first.get(one.round_id, period.to_at) >= period.to_at:
                self._count(period, f"{kind}_satisfied", one.ticket_id)
                self._source(period, kind, "default", one.ticket_id)
                self._verified(period, kind, "satisfied", one.ticket_id, gone=one.gone)

    def _period_of(self, instant: datetime) -> Period | None:
        place = bisect_right(self._ends, instant)
        within = place < len(self._ends) and instant in self._periods[place]
        return self._periods[place] if within else None

    def _count(self, period: Period, name: str, ticket_id: int) -> None:
        self.found[period.key][name].append(ticket_id)


def _due_at(clock: _Clock, moved: Sequence[_Moved], end: datetime) -> datetime:
    """Return the due of a clock as it stood at an instant: later extensions had not moved it."""
    later = (one.due_before for one in moved if one.decided_at >= end)
    return min(later, default=clock.due_at)


def _paused(halted: Sequence[_Halted], end: datetime) -> bool:
    return any(one.from_at < end and (one.to_at is None or one.to_at >= end) for one in halted)


def _stood(clock: _Clock, due_at: datetime, end: datetime) -> str:
    """Return under which count a clock that fell due stood at the end of its period."""
    stopped = clock.stopped_at
    if clock.closed_at is None or clock.closed_at >= end or stopped is None:
        return "open"
    if stopped <= clock.original_due_at:
        return "on_time"
    return "after_extension" if stopped <= due_at else "late"


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A unit's line in a published period."""

    period: str
    tally: str


_FROZEN = Query(
    _Frozen,
    """
SELECT e.period, r.tally FROM edition_row r JOIN edition e ON e.id = r.edition_id
WHERE r.unit_id = :unit_id AND e.status = 'published' AND e.period IN (:keys) ORDER BY e.revision
""",
)

_MINE = """
mine AS (
    SELECT id, ticket_id, closed_at FROM round WHERE lead_unit_id = :unit_id AND closed_at IS NULL
    UNION ALL
    SELECT id, ticket_id, closed_at FROM round
    WHERE lead_unit_id = :unit_id AND closed_at >= :since)
"""


@dataclass(frozen=True, slots=True)
class _Clock:
    """The limit of a round."""

    id: int
    ticket_id: int
    due_at: datetime
    original_due_at: datetime
    stopped_at: datetime | None
    closed_at: datetime | None


_CLOCKS = Query(
    _Clock,
    # the empty text keeps SQLite from seeking what fell due of every unit
    f"""
WITH {_MINE} SELECT d.id, m.ticket_id, d.due_at, d.original_due_at, d.stopped_at, m.closed_at
FROM mine m JOIN deadline d ON d.round_id = m.id
WHERE d.step || '' = 'close' AND d.due_at >= :from_at
""",
)


@dataclass(frozen=True, slots=True)
class _Moved:
    """An extension that was granted, and the due it moved."""

    deadline_id: int
    decided_at: datetime
    due_before: datetime


_MOVED = Query(
    _Moved,
    """
SELECT deadline_id, decided_at, due_before FROM extension
WHERE granted AND decided_at >= :from_at AND due_before IS NOT NULL
""",
)


@dataclass(frozen=True, slots=True)
class _Halted:
    """A pause that was granted."""

    deadline_id: int
    from_at: datetime
    to_at: datetime | None


_PAUSES = Query(
    _Halted,
    """
SELECT deadline_id, from_at, to_at FROM pause
WHERE granted AND (to_at IS NULL OR to_at >= :from_at)
""",
)


@dataclass(frozen=True, slots=True)
class _Closed:
    """A round that was closed."""

    round_id: int
    ticket_id: int
    closed_at: datetime
    gone: bool


_CLOSED = Query(
    _Closed,
    f"""
SELECT r.id AS round_id, r.ticket_id, r.closed_at, {excluded("r.id")} AS gone FROM round r
WHERE r.lead_unit_id = :unit_id AND r.closed_at >= :since
""",
)


@dataclass(frozen=True, slots=True)
class _Rating:
    """What a citizen said of a round; ``again``: in a re-rating; ``gone``: it is excluded."""

    round_id: int
    ticket_id: int
    at: datetime
    result: str | None
    work: str | None
    means: str
    gone: bool

    @property
    def again(self) -> bool:
        """Whether it is a re-rating, which counts in the verified figures alone."""
        return self.means == "rerating"


_RATINGS = Query(
    _Rating,
    f"""
WITH {_MINE} SELECT g.round_id, m.ticket_id, g.at, g.result_rating AS result, g.work_rating AS work,
       g.means, {excluded("m.id")} AS gone
FROM mine m JOIN rating g ON g.round_id = m.id WHERE g.at <= :until ORDER BY g.at, g.id
""",
)
