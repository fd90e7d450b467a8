"""Counting every running clock again by other rules, worked out before anything is written."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.clocks.reading import Ledger, RunningClock, ledger, running_clocks
from models.clocks.sharing import sooner
from models.clocks.sweeping import Crossed
from models.store import Source, units_named
from rules.bureau import Policy, read_policy
from rules.clocks import (
    LEVEL_COLOURS,
    CalendarDays,
    Clock,
    Origin,
    Remade,
    Timekeeper,
    anew,
    as_made,
    assist_clock,
    worst,
)


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector meanwhile: nothing made here has cycles, and looking costs 30 %."""
    found = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if found:
            gc.enable()


@dataclass(frozen=True, slots=True)
class NewRules:
    """The rules to count by: a calendar, and where ``policy`` is given, that policy for all.

    Without one every clock is counted by the policy it was made under.
    """

    days: CalendarDays
    policy: Policy | None = None


class Counting:
    """The timekeepers that new rules take; ``sweeping`` is the one the sweep will go by."""

    def __init__(self, source: Source, rules: NewRules) -> None:
        """``source`` gives the policies that running clocks were made under, when they are met."""
        self._source = source
        self._days = rules.days
        self._known: dict[int, Timekeeper] = {}
        self._new = self._by(rules.policy) if rules.policy else None
        self.sweeping = self._new or self._under(int(source.value(_NEWEST)))

    def again(self, running: RunningClock, course: Origin) -> Remade | None:
        """Return a clock counted again; None where the new policy sets no such clock.

        A limit of the matter's own, which its policy would not have given, is kept in its words.
        """
        if self._new is None:
            return as_made(self._under(running.policy), course)
        if self._has_own_limit(running):
            return as_made(self._new, course)
        return anew(self._new, course)

    def keeper_of(self, running: RunningClock, *, stays: bool) -> Timekeeper:
        """Return the rules that go for a clock from now on; one that ``stays`` has its policy."""
        return self._under(running.policy) if stays or self._new is None else self._new

    def _has_own_limit(self, running: RunningClock) -> bool:
        if running.tags is None:
            return False
        usual = self._under(running.policy).limit_text(running.step, running.tags)
        return usual != running.limit_text

    def _by(self, policy: Policy) -> Timekeeper:
        return Timekeeper(policy, self._days, units_named(self._source, policy))

    def _under(self, version: int) -> Timekeeper:
        if version not in self._known:
            text = self._source.value(_POLICY, version=version)
            self._known[version] = self._by(read_policy(str(text)))
        return self._known[version]


_POLICY = "SELECT text FROM policy WHERE version = :version"
_NEWEST = "SELECT max(version) FROM policy"


@dataclass(frozen=True, slots=True)
class Change:
    """One clock that the new rules change: as it was, and what it becomes.

    ``annulled`` are crossings on record that no longer hold, ``carried`` those that still do;
    both only where ``revised``: thresholds have moved and are crossed anew.
    """

    was: RunningClock
    clock: Clock
    original_due_at: datetime
    next_at: datetime | None
    leads: bool
    worst_colour: str
    revised: bool = False
    annulled: tuple[Crossed, ...] = ()
    carried: tuple[Crossed, ...] = ()

    @property
    def matters(self) -> bool:
        """Whether there is something to tell of, more than which clock leads its matter."""
        return (
            self.revised
            or self.clock.provisional != self.was.provisional
            or (
                self.clock.limit_text != self.was.limit_text
                or self.original_due_at != self.was.original_due_at
            )
        )

    @property
    def moved(self) -> bool:
        """Whether the due instant moves."""
        return self.clock.due_at != self.was.due_at


@dataclass
class Plan:
    """All that a change of the rules does.

    ``recounted`` are the ids counted again, ``changes`` those that come out otherwise, ``awaited``
    those of which only the next threshold to be swept moves (id, instant). ``bound`` clocks no
    rule can move; for ``kept`` ones the new policy sets no limit, so they keep their own.
    ``following`` are co-units' counted again under the policy of their lead, which stays.
    """

    now: datetime
    recounted: list[int] = field(default_factory=list)
    following: set[int] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    awaited: list[tuple[int, datetime | None]] = field(default_factory=list)
    bound: int = 0
    kept: int = 0

    @property
    def running(self) -> int:
        """How many clocks run."""
        return len(self.recounted) + len(self.following) + self.bound + self.kept


@uncollected()
def plan_recount(source: Source, rules: NewRules, now: datetime) -> Plan:
    """Count every running clock again by ``rules`` and say what comes out otherwise.

    Clocks of co-units follow from their lead's as it comes out, in the same way as after any act.
    """
    found = Plan(now)
    counting = Counting(source, rules)
    book = ledger(source)
    everyone = running_clocks(source)
    changed: dict[int, Change] = {}
    leads: dict[tuple[str, int], tuple[RunningClock, Remade | None]] = {}
    helping = [running for running in everyone if running.step == "assist"]
    merged: dict[tuple[str, int, str], list[Remade]] = defaultdict(list)
    for running in sorted(everyone, key=lambda one: one.merged_into is None):
        if running.step == "assist":
            continue
        remade = None if running.bound else counting.again(running, book.course(running))
        if running.merged_into is not None:
            ends = remade or Remade(running.clock, running.original_due_at)
            merged["ticket", running.merged_into, running.step].append(ends)
        elif remade and (others := merged.get((*running.matter, running.step))):
            remade = sooner(remade, others)
        if helping and running.step == "close":
            leads[running.matter] = running, remade
        if running.bound:
            found.bound += 1
        elif remade is None:
            found.kept += 1
        else:
            found.recounted.append(running.id)
            _note(found, changed, _change(counting.sweeping, running, remade, book, now))
    for running in helping:
        if running.matter not in leads:
            found.kept += 1
            continue
        derived = _derived(counting, book, *leads[running.matter], running)
        if leads[running.matter][1] is None:
            found.following.add(running.id)
        else:
            found.recounted.append(running.id)
        _note(found, changed, _change(counting.sweeping, running, derived, book, now))
    _lead(everyone, changed)
    found.changes = list(changed.values())
    return found


def _derived(
    counting: Counting,
    book: Ledger,
    lead: RunningClock,
    remade: Remade | None,
    running: RunningClock,
) -> Remade:
    """Derive a co-unit's clock from its lead's as that comes out, by the rules that go for it."""
    clock = lead.clock if remade is None else remade.clock
    origin = replace(book.course(lead), limit_text=clock.limit_text)
    keeper = counting.keeper_of(lead, stays=remade is None)
    return assist_clock(keeper, clock, origin, running.started_at)


def _note(found: Plan, changed: dict[int, Change], change: Change) -> None:
    """Keep what comes out of one clock."""
    if change.matters:
        changed[change.was.id] = change
    elif change.next_at != change.was.next_at:
        found.awaited.append((change.was.id, change.next_at))


def _change(
    keeper: Timekeeper, was: RunningClock, remade: Remade, book: Ledger, now: datetime
) -> Change:
    """Say what becomes of one clock: its thresholds, its crossings, what is to be swept next."""
    clock = remade.clock
    thresholds = keeper.thresholds(clock)
    crossings = book.crossings.get(was.id, ())
    annulled = tuple(each for each in crossings if (each.level, each.at) not in thresholds)
    revised = bool(annulled) or not _same_instants(was, clock)
    carried: tuple[Crossed, ...] = ()
    if revised:
        awaited, annulled, carried = _parted(thresholds, crossings)
    else:
        recorded = {each.level for each in crossings}
        awaited = [at for level, at in thresholds if level not in recorded]
    still = was.paused_at is not None and was.next_at is None
    if was.held or still or was.merged_into is not None:
        next_at = None
    else:
        next_at = min((at for at in awaited if _counts(was, at)), default=None)
    colour = was.worst_colour
    if revised:
        levels = [each.level for each in carried] + book.past.get(was.id, [])
        moment = now if was.paused_at is None else min(now, was.paused_at)
        levels += [level for level, _ in keeper.crossed(clock, moment)]
        colour = worst(LEVEL_COLOURS[level] for level in levels)
    return Change(
        was,
        clock,
        remade.original_due_at,
        next_at,
        was.leads,
        colour,
        revised,
        annulled,
        carried,
    )


def _parted(
    thresholds: Sequence[tuple[str, datetime]], crossings: Sequence[Crossed]
) -> tuple[list[datetime], tuple[Crossed, ...], tuple[Crossed, ...]]:
    """Part crossings into those that hold no more and those that stand before the first new one.

    The sweep records whatever lies from the next threshold on, so what stands later is annulled
    too and recorded again at the same instant.
    """
    recorded = {(each.level, each.at) for each in crossings}
    awaited = [at for level, at in thresholds if (level, at) not in recorded]
    first = min(awaited, default=None)
    standing = set(thresholds)
    carried = tuple(
        each
        for each in crossings
        if (each.level, each.at) in standing and (first is None or each.at < first)
    )
    annulled = tuple(each for each in crossings if each not in carried)
    return awaited, annulled, carried


def _same_instants(was: RunningClock, clock: Clock) -> bool:
    return (was.due_at, was.red_at, was.yellow_at, was.blue_at) == (
        clock.due_at,
        clock.red_at,
        clock.yellow_at,
        clock.blue_at,
    )


def _counts(was: RunningClock, at: datetime) -> bool:
    """Whether a threshold is to be swept; an order's colour that begins with its clock is not."""
    return was.kind == "ticket" or at > was.started_at


def _lead(everyone: Iterable[RunningClock], changed: dict[int, Change]) -> None:
    """Choose the leading clock of each matter with a change again; add those that give way."""
    touched = {change.was.matter for change in changed.values()}
    matters: dict[tuple[str, int], list[RunningClock]] = defaultdict(list)
    for running in everyone:
        if running.matter in touched and running.shown:
            matters[running.matter].append(running)
    for clocks in matters.values():
        leader = min(clocks, key=lambda running: _rank(running, changed.get(running.id)))
        for running in clocks:
            leads = running is leader
            if leads != running.leads:
                changed[running.id] = replace(_as_it_is(running, changed), leads=leads)


def _rank(
    running: RunningClock, change: Change | None
) -> tuple[bool, bool, datetime, datetime, int]:
    shown = running if change is None else change.clock
    return running.paused_at is not None, running.held, shown.red_at, shown.due_at, running.id


def _as_it_is(running: RunningClock, changed: dict[int, Change]) -> Change:
    if running.id in changed:
        return changed[running.id]
    return Change(
        running,
        running.clock,
        running.original_due_at,
        running.next_at,
        running.leads,
        running.worst_colour,
    )
