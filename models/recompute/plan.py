"""What a change of the rules does to the running clocks, worked out without writing anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.matter import Rows
from models.recompute.collector import uncollected
from models.recompute.counting import Counting, NewRules
from models.recompute.running import Crossed, Ledger, Running, ledger, running_clocks
from rules.remaking import Remade
from rules.timekeeper import Clock, Timekeeper

COLOURS = {"blue": "blue", "yellow": "yellow", "red1": "red", "red2": "red", "red3": "red"}
DEPTH = ("blue", "yellow", "red")


@dataclass(frozen=True, slots=True)
class Change:
    """One clock that the new rules change: as it was, and what it becomes.

    ``annulled`` are crossings on record that no longer hold, ``carried`` those that still do;
    both only where ``revised``: thresholds have moved and are crossed anew.
    """

    was: Running
    clock: Clock
    original_due_at: datetime
    next_at: datetime | None
    leads: bool
    worst_colour: str
    revised: bool = False
    annulled: tuple[Crossed, ...] = ()
    carried: tuple[Crossed, ...] = ()

    @property
    def told(self) -> bool:
        """Whether there is something to tell of, more than which clock leads its matter."""
        return self.revised or self.clock.provisional != self.was.provisional or (
            self.clock.limit_text != self.was.limit_text
            or self.original_due_at != self.was.original_due_at
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
    """

    now: datetime
    recounted: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    awaited: list[tuple[int, datetime | None]] = field(default_factory=list)
    bound: int = 0
    kept: int = 0

    @property
    def running(self) -> int:
        """How many clocks run."""
        return len(self.recounted) + self.bound + self.kept


@uncollected()
def plan(rows: Rows, rules: NewRules, now: datetime) -> Plan:
    """Count every running clock again by ``rules`` and say what comes out otherwise."""
    found = Plan(now)
    counting = Counting(rows, rules)
    book = ledger(rows)
    everyone = list(running_clocks(rows))
    changed: dict[int, Change] = {}
    for running in everyone:
        if running.bound:
            found.bound += 1
            continue
        remade = counting.again(running, book.course(running))
        if remade is None:
            found.kept += 1
            continue
        found.recounted.append(running.id)
        change = _change(counting.sweeping, running, remade, book, now)
        if change.told:
            changed[running.id] = change
        elif change.next_at != running.next_at:
            found.awaited.append((running.id, change.next_at))
    _lead(everyone, changed)
    found.changes = list(changed.values())
    return found


def _change(
    keeper: Timekeeper, was: Running, remade: Remade, book: Ledger, now: datetime
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
    if was.held or (was.paused_at is not None and was.next_at is None):
        next_at = None
    else:
        next_at = min((at for at in awaited if _counts(was, at)), default=None)
    worst = was.worst_colour
    if revised:
        levels = [each.level for each in carried] + book.past.get(was.id, [])
        worst = _worst(was, thresholds, levels, now)
    return Change(was, clock, remade.original_due_at, next_at, was.leads, worst, revised,
                  annulled, carried)  # fmt: skip


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
        each for each in crossings
        if (each.level, each.at) in standing and (first is None or each.at < first)
    )  # fmt: skip
    annulled = tuple(each for each in crossings if each not in carried)
    return awaited, annulled, carried


def _worst(
    was: Running,
    thresholds: Sequence[tuple[str, datetime]],
    levels: Sequence[str],
    now: datetime,
) -> str:
    """Return the worst colour by the new thresholds and by the ``levels`` that stay on record.

    A paused clock went no further than its pause.
    """
    moment = now if was.paused_at is None else min(now, was.paused_at)
    reached = [level for level, at in thresholds if at <= moment]
    return max((COLOURS[level] for level in (*reached, *levels)), key=DEPTH.index, default="blue")


def _same_instants(was: Running, clock: Clock) -> bool:
    return (was.due_at, was.red_at, was.yellow_at, was.blue_at) == (
        clock.due_at, clock.red_at, clock.yellow_at, clock.blue_at
    )  # fmt: skip


def _counts(was: Running, at: datetime) -> bool:
    """Whether a threshold is to be swept; an order's colour that begins with its clock is not."""
    return was.kind == "ticket" or at > was.started_at


def _lead(everyone: Iterable[Running], changed: dict[int, Change]) -> None:
    """Choose the leading clock of each matter with a change again; add those that give way."""
    touched = {change.was.matter for change in changed.values()}
    matters: dict[tuple[str, int], list[Running]] = defaultdict(list)
    for running in everyone:
        if running.matter in touched:
            matters[running.matter].append(running)
    for clocks in matters.values():
        leader = min(clocks, key=lambda running: _rank(running, changed.get(running.id)))
        for running in clocks:
            leads = running is leader
            if leads != running.leads:
                changed[running.id] = replace(_as_it_is(running, changed), leads=leads)


def _rank(running: Running, change: Change | None) -> tuple[bool, bool, datetime, datetime, int]:
    shown = running if change is None else change.clock
    return running.paused_at is not None, running.held, shown.red_at, shown.due_at, running.id


def _as_it_is(running: Running, changed: dict[int, Change]) -> Change:
    if running.id in changed:
        return changed[running.id]
    clock = Clock(running.step, running.limit_text, running.started_at, running.blue_at,
                  running.yellow_at, running.red_at, running.due_at, running.provisional,
                  running.source_fixed)  # fmt: skip
    return Change(running, clock, running.original_due_at, running.next_at, running.leads,
                  running.worst_colour)  # fmt: skip
