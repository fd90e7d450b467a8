"""Stored clocks: one type for tickets, co-units, orders, instructions and reviews.

The clocks of one matter are read together, changed in memory and written together: what a clock
crossed, which one leads and what undo needs follow from the same values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from models.clocks.sweeping import Crossed, annul, record, until
from models.store import Work
from models.tables import Deadline
from rules.clocks import LEVEL_COLOURS, Clock, Remade, Tags, Timekeeper, worst

LATE_ENTRY = "补录的办理时间证明未到此界限"
OVER = "时限已终止"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClock(Clock):
    """One clock as its row holds it; ``crossed`` is what stands on record of it.

    ``id`` is 0 of one not written yet. A paused one stands still since ``paused_at``. ``made_for``
    are its own tags, where its ticket's have changed; ``changed_at``: since when it counts anew.
    """

    id: int
    version: int
    revision: int
    subject_kind: str
    subject_id: int
    ticket_id: int | None
    round_id: int | None
    unit_id: int | None
    original_due_at: datetime
    stopped_at: datetime | None
    paused_at: datetime | None
    next_at: datetime | None
    leads: bool
    pressing: bool
    policy: int
    calendar: int
    worst_colour: str
    grid: str | None
    channel: str | None
    urgency: str | None
    made_for: str | None
    changed_at: datetime | None
    crossed: tuple[Crossed, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it has not stopped, though it may stand still."""
        return self.stopped_at is None

    def tags_or(self, tags: Tags) -> Tags:
        """The tags it was made under, else ``tags``: those its ticket has now."""
        return tags if self.made_for is None else Tags.of(self.made_for)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose clocks they are: a ticket's round, an order, an instruction, a review.

    The queue is filtered by place, ``channel`` and ``urgency`` of the ticket; only a place that is
    a code stands on clocks, one in words may tell where a citizen lives.
    """

    kind: str
    id: int
    ticket_id: int | None = None
    round_id: int | None = None
    grid: str | None = None
    channel: str | None = None
    urgency: str | None = None


COLUMNS = tuple(f.name for f in fields(StoredClock) if f.name not in ("id", "version", "crossed"))
"""The columns of a deadline that an act may set: those of a clock first."""

_CLOCK = tuple(f.name for f in fields(Clock))

cells = attrgetter(*_CLOCK)
"""Returns what a clock of any kind says as a clock, in the order of ``Clock``."""


def columns(clock: Clock) -> dict[str, Any]:
    """Return a clock as the columns of its deadline."""
    return dict(zip(_CLOCK, cells(clock), strict=True))


class Clocks:
    """The clocks of one matter within an act: changed here, written by :meth:`write`."""

    def __init__(self, work: Work, subject: Subject, stored: Iterable[StoredClock]) -> None:
        """``stored`` are its clocks as the store holds them, the oldest first."""
        self.work = work
        self.subject = subject
        self._now: dict[int, StoredClock] = {one.id: one for one in stored}
        self._was = dict(self._now)
        self._new: list[StoredClock] = []
        self._crossed: list[tuple[int, int, str, datetime]] = []
        self._annulled: dict[str, list[int]] = defaultdict(list)

    def __iter__(self) -> Iterator[StoredClock]:
        """Give every clock, the oldest first; those not written yet come last."""
        return iter((*self._now.values(), *self._new))

    def running(self, *steps: str) -> list[StoredClock]:
        """Return the clocks that have not stopped, of some steps or of all."""
        return [one for one in self if one.running and (not steps or one.step in steps)]

    def one(self, step: str) -> StoredClock | None:
        """Return the running clock of a step, if there is one."""
        return next(iter(self.running(step)), None)

    def keeper_of(self, stored: StoredClock) -> Timekeeper:
        """Return the rules a clock goes by: the policy it was made by, and the calendar in force.

        A newer policy serves clocks started later, a newer calendar has counted all that run.
        """
        if self.work.keeper_of is None:
            return self.work.timekeeper()
        return self.work.keeper_of(stored.policy, self.work.calendar_version)

    def put(
        self,
        clock: Clock,
        unit_id: int | None,
        *,
        held: bool = False,
        pressing: bool = False,
        original_due_at: datetime | None = None,
        policy: int | None = None,
        made_for: str | None = None,
        changed_at: datetime | None = None,
    ) -> None:
        """Start a clock, by the newest policy unless another is named; a ``held`` one waits."""
        work, subject = self.work, self.subject
        self._new.append(
            StoredClock(
                id=0,
                version=1,
                revision=1,
                subject_kind=subject.kind,
                subject_id=subject.id,
                ticket_id=subject.ticket_id,
                round_id=subject.round_id,
                unit_id=unit_id,
                original_due_at=original_due_at or clock.due_at,
                stopped_at=None,
                paused_at=None,
                next_at=None if held else first_threshold(work, clock),
                leads=False,
                pressing=pressing,
                policy=policy or work.policy_version,
                calendar=work.calendar_version,
                worst_colour="blue",
                grid=subject.grid,
                channel=subject.channel,
                urgency=subject.urgency,
                made_for=made_for,
                changed_at=changed_at,
                **columns(clock),
            )
        )

    def change(self, stored: StoredClock, **changes: Any) -> StoredClock:
        """Set columns of a clock; return it as it is now."""
        changed = replace(stored, **changes)
        if stored.id:
            self._now[stored.id] = changed
        else:
            self._new[self._new.index(stored)] = changed
        return changed

    def stop(self, stored: StoredClock, at: datetime, *, over: bool = False) -> list[str]:
        """Stop a clock by the act that was done at ``at``; return the levels this proves wrong.

        ``over``: nobody did it, the matter no longer has such a clock. What a clock that stands
        still crossed by its pause is all it crossed.
        """
        stop = min(at, stored.paused_at or at)
        levels = until(self.work.timekeeper(), stored, stop)
        self._note(stored, levels)
        wrong, standing = self._cut(stored, stop, OVER if over else LATE_ENTRY)
        colours = [LEVEL_COLOURS[level] for level, _ in levels]
        colours += [LEVEL_COLOURS[one.level] for one in standing]
        if over:
            colours.append(stored.worst_colour)
        self.change(
            stored,
            stopped_at=max(at, stored.started_at),
            paused_at=None,
            next_at=None,
            leads=False,
            worst_colour=worst(colours),
            crossed=standing,
        )
        return [one.level for one in wrong]

    def go_on(self, stored: StoredClock) -> StoredClock:
        """Let a stopped clock run as if it had never stopped."""
        first = first_threshold(self.work, stored)
        return self.change(stored, stopped_at=None, next_at=first)

    def halt(self, stored: StoredClock, start: datetime) -> StoredClock:
        """Let a clock stand still from ``start``; what it crossed since does not count."""
        levels = until(self.work.timekeeper(), stored, start)
        self._note(stored, levels)
        _, standing = self._cut(stored, start, "挂起期间不计时")
        colours = [LEVEL_COLOURS[one.level] for one in standing]
        colours += [LEVEL_COLOURS[level] for level, _ in levels]
        return self.change(
            stored, paused_at=start, next_at=None, worst_colour=worst(colours), crossed=standing
        )

    def remake(
        self,
        stored: StoredClock,
        made: Remade,
        since: datetime,
        why: str,
        *,
        noted: bool = False,
        passed: Sequence[tuple[str, datetime]] | None = None,
        **changes: Any,
    ) -> StoredClock:
        """Let a clock be due at another instant, as its next revision.

        Crossings from ``since`` on are annulled; ``noted``: what it crossed before, swept or not,
        is put on record first. Whatever the new thresholds have behind them the sweep records.
        ``passed``: what earlier revisions crossed is this and nothing else.
        """
        colours: list[str] = []
        if noted:
            moment = min(since, stored.paused_at or since)
            levels = until(self.work.timekeeper(), stored, moment)
            self._note(stored, levels)
            colours = [LEVEL_COLOURS[level] for level, _ in levels]
        _, standing = self._cut(stored, since, why)
        if passed is not None:
            wrong = [one for one in standing if (one.level, one.at) not in passed]
            self._annulled[why] += [one.id for one in wrong]
            standing = tuple(one for one in standing if one not in wrong)
            colours += [LEVEL_COLOURS[level] for level, _ in passed]
        colours += [LEVEL_COLOURS[one.level] for one in standing]
        still = changes.get("paused_at", stored.paused_at) is not None
        stopped = changes.get("stopped_at", stored.stopped_at) is not None
        next_at = None if still or stopped else first_threshold(self.work, made.clock)
        return self.change(
            stored,
            **{
                **columns(made.clock),
                "original_due_at": made.original_due_at,
                "revision": stored.revision + 1,
                "calendar": self.work.calendar_version,
                "next_at": next_at,
                "worst_colour": worst(colours),
                "crossed": standing,
                **changes,
            },
        )

    def lead(self, held: Iterable[str] = ()) -> None:
        """Let the running clock that turns red first lead; a held or paused one where none runs."""
        waiting = frozenset(held)
        able = sorted(
            self.running(),
            key=lambda one: (
                one.paused_at is not None,
                one.step in waiting,
                one.red_at,
                one.due_at,
                one.id or float("inf"),
            ),
        )
        leader = able[0] if able else None
        for one in list(self):
            if one.leads != (one is leader):
                self.change(one, leads=one is leader)

    def stand_back(self) -> None:
        """Let none lead and none be swept: the matter is shown by another's clock."""
        for one in self.running():
            self.change(one, leads=False, next_at=None)

    @property
    def worst_colour(self) -> str:
        """The deepest colour any of them has reached."""
        return worst(one.worst_colour for one in self)

    def write(self) -> None:
        """Write what has changed: rows together, crossings, then new clocks."""
        pairs = [(self._was[id], now) for id, now in self._now.items()]
        changed = [(was, now) for was, now in pairs if was != now]
        names = [n for n in COLUMNS if any(getattr(w, n) != getattr(o, n) for w, o in changed)]
        changed = [(w, o) for w, o in changed if any(getattr(w, n) != getattr(o, n) for n in names)]
        if changed:
            self.work.update_rows(
                Deadline,
                names,
                [
                    (
                        now.id,
                        now.version,
                        {n: getattr(was, n) for n in ("id", *COLUMNS)},
                        {n: getattr(now, n) for n in names},
                    )
                    for was, now in sorted(changed, key=lambda pair: pair[1].leads)
                ],
            )
            for _, now in changed:
                self._now[now.id] = replace(now, version=now.version + 1)
        record(self.work, self._crossed)
        for why, ids in self._annulled.items():
            annul(self.work, ids, why)
        for one in self._new:
            id = self.work.insert(Deadline, **{n: getattr(one, n) for n in COLUMNS})
            self._now[id] = replace(one, id=id)
        self._was = dict(self._now)
        self._new, self._crossed = [], []
        self._annulled.clear()

    def _note(self, stored: StoredClock, levels: Sequence[tuple[str, datetime]]) -> None:
        known = {one.level for one in stored.crossed if one.revision == stored.revision}
        self._crossed += [
            (stored.id, stored.revision, level, at)
            for level, at in levels
            if stored.id and level not in known
        ]

    def _cut(
        self, stored: StoredClock, since: datetime, why: str
    ) -> tuple[list[Crossed], tuple[Crossed, ...]]:
        """Part the crossings on record into those wrong from ``since`` on and those that stand."""
        wrong = [o for o in stored.crossed if o.revision == stored.revision and o.at >= since]
        self._annulled[why] += [one.id for one in wrong]
        return wrong, tuple(one for one in stored.crossed if one not in wrong)


def first_threshold(work: Work, clock: Clock) -> datetime | None:
    """Return the first threshold of a clock, behind or ahead, for the sweep to record."""
    return min((at for _, at in work.timekeeper().thresholds(clock)), default=None)
