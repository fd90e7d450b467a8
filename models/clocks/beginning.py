"""The clocks that new rounds begin with, very many at once: an import writes them in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.clocks.settling import started
from models.clocks.standing_still import hold_new, put_standstills
from models.clocks.stored import COLUMNS, Subject, cells
from models.matter import grid_code
from models.store import Work
from models.tables import Deadline
from rules.casework import UNIT_STEPS, Acts, Leg, legs_of
from rules.clocks import LEVEL_COLOURS, Clock, Origin, Standstill, Tags, assist_clock, worst


class _Found(NamedTuple):
    """A clock of a round, the unit it is of, and what events of 特殊时期 hold it."""

    leg: Leg
    clock: Clock
    unit_id: int | None
    held: tuple[Standstill, ...] = ()

    @property
    def paused_at(self) -> datetime | None:
        """Since when it stands still."""
        return min((span.from_at for span in self.held if span.to_at is None), default=None)


class _Whose(NamedTuple):
    """Whose clocks they are: a ticket's round, or the review of one."""

    ticket_id: int
    round_id: int | None
    grid: str | None
    channel: str | None
    urgency: str | None
    review_id: int | None = None
    pressing: bool = False


class NewClocks:
    """The clocks of rounds that come in together; what finished before is judged, not crossed."""

    def __init__(self, work: Work) -> None:
        """Nothing is written before :meth:`write`."""
        self._work = work
        self._keeper = work.timekeeper()
        self._rows: list[tuple[Any, ...]] = []
        self._held: list[tuple[int, int, Standstill]] = []

    def add(
        self,
        acts: Acts,
        tags: Tags,
        due: datetime | None,
        ticket_id: int,
        round_id: int,
        unit_id: int | None,
        helping: Sequence[int],
        grid: str | None = None,
        *,
        pressing: bool = False,
    ) -> str:
        """Add the clocks of one round; return the worst colour any of them has reached.

        ``pressing``: it goes before others for another reason than its urgency.
        """
        found: list[_Found] = []
        place = grid_code(grid)
        for leg in legs_of(acts):
            clock = started(self._keeper, leg, tags, due)
            if clock is not None:
                held: tuple[Standstill, ...] = ()
                if self._work.emergencies:
                    clock, held = hold_new(self._work, clock, tags, place, leg.stopped_at)
                unit = unit_id if leg.step in UNIT_STEPS else None
                found.append(_Found(leg, clock, unit, held))
        if helping:
            found.extend(self._assistance(acts, tags, found, helping))
        leader, deepest = _leader(found), "blue"
        whose = _Whose(ticket_id, round_id, place, tags.channel, tags.urgency, pressing=pressing)
        for one in found:
            reached = self._reached(one)
            if reached != "blue":
                deepest = worst((deepest, reached))
            self._held += [(len(self._rows), ticket_id, span) for span in one.held]
            self._rows.append(self._row(one, whose, one is leader, reached))
        return deepest

    def add_review(
        self, id: int, tags: Tags, ticket_id: int, grid: str | None, pressing: bool = False
    ) -> None:
        """Add the clock of a review that opens now, where the policy sets a limit for it."""
        clock = self._keeper.clock("review", tags, self._work.at)
        if clock is not None:
            place = grid_code(grid)
            whose = _Whose(ticket_id, None, place, tags.channel, tags.urgency, id, pressing)
            leg = Leg("review", self._work.at, None)
            self._rows.append(self._row(_Found(leg, clock, None), whose, True, "blue"))

    def add_standing(
        self,
        subject: Subject,
        clock: Clock,
        stopped_at: datetime | None = None,
        unit_id: int | None = None,
    ) -> None:
        """Add a clock of a matter that is no appeal and that no clock leads."""
        leg = Leg(clock.step, clock.started_at, stopped_at)
        found = _Found(leg, clock, unit_id)
        self._rows.append(
            (
                1,
                *cells(clock),
                1,
                subject.kind,
                subject.id,
                subject.ticket_id,
                None,
                unit_id,
                clock.due_at,
                stopped_at,
                None,
                self._next(leg, clock),
                False,
                False,
                self._work.policy_version,
                self._work.calendar_version,
                self._reached(found),
                subject.grid,
                subject.channel,
                subject.urgency,
                None,
                None,
            )
        )

    def _row(self, found: _Found, whose: _Whose, leads: bool, reached: str) -> tuple[Any, ...]:
        """Return a clock as its row: version, then ``COLUMNS``."""
        leg, clock, paused = found.leg, found.clock, found.paused_at
        ticket_id = whose.ticket_id
        return (
            1,
            *cells(clock),
            1,
            "ticket" if whose.review_id is None else "review",
            ticket_id if whose.review_id is None else whose.review_id,
            ticket_id,
            whose.round_id,
            found.unit_id,
            clock.due_at,
            leg.stopped_at,
            paused,
            None if paused else self._next(leg, clock),
            leads,
            whose.pressing or whose.urgency == "特急",
            self._work.policy_version,
            self._work.calendar_version,
            reached,
            whose.grid,
            whose.channel,
            whose.urgency,
            None,
            None,
        )

    def write(self) -> None:
        """Write every clock added, and what holds those that stand still."""
        if self._held:
            ids = self._work.allocate(Deadline, len(self._rows))
            rows = [(id, *row) for id, row in zip(ids, self._rows, strict=True)]
            self._work.bulk(Deadline, ("id", "version", *COLUMNS), rows)
            held = [(ticket, ids[place], span) for place, ticket, span in self._held]
            put_standstills(self._work, held)
        elif self._rows:
            self._work.bulk(Deadline, ("version", *COLUMNS), self._rows)

    def _assistance(
        self, acts: Acts, tags: Tags, found: Sequence[_Found], helping: Sequence[int]
    ) -> list[_Found]:
        """Return the clocks of co-units, which run while the lead's does."""
        lead = next(
            (one for one in found if one.leg.step == "close" and one.leg.stopped_at is None), None
        )
        start = acts.dispatched_at
        if lead is None or start is None or lead.paused_at is not None:
            return []
        clock = lead.clock
        pauses = tuple((s.from_at, s.to_at) for s in lead.held if s.to_at is not None)
        origin = Origin(clock.step, clock.limit_text, clock.started_at, tags, pauses)
        own = assist_clock(self._keeper, clock, origin, start).clock
        return [_Found(Leg("assist", start, None), own, id) for id in sorted(helping)]

    def _reached(self, found: _Found) -> str:
        """Return the worst colour of a clock: when it stopped, or as it stands."""
        clock, moment = found.clock, found.leg.stopped_at or found.paused_at
        if moment is None:
            levels = self._keeper.crossed(clock, self._work.at)
            return worst(LEVEL_COLOURS[level] for level, _ in levels)
        if moment > clock.red_at:
            return "red"
        return "yellow" if moment > clock.yellow_at else "blue"

    def _next(self, leg: Leg, clock: Clock) -> datetime | None:
        """Return the first threshold the sweep has to record; finished clocks have none."""
        if leg.stopped_at is not None or leg.held:
            return None
        return min((when for _, when in self._keeper.thresholds(clock)), default=None)


def _leader(found: Sequence[_Found]) -> _Found | None:
    """Return the running clock that turns red first: the matter is shown by it."""
    running = [
        (one.paused_at is not None, one.leg.held, one.clock.red_at, one.clock.due_at, place)
        for place, one in enumerate(found)
        if one.leg.stopped_at is None
    ]
    return found[min(running)[-1]] if running else None
