"""The clocks that new rounds begin with, very many at once: an import writes them in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from models.clocks.settling import started
from models.clocks.stored import COLUMNS, cells
from models.matter import grid_code
from models.store import Work
from models.tables import Deadline
from rules.casework import UNIT_STEPS, Acts, Leg, legs_of
from rules.clocks import Clock, Origin, Tags, assist_clock, worst

_Found = tuple[Leg, Clock, int | None]  # a clock of a round and the unit it holds


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
        for leg in legs_of(acts):
            clock = started(self._keeper, leg, tags, due)
            if clock is not None:
                found.append((leg, clock, unit_id if leg.step in UNIT_STEPS else None))
        if helping:
            found.extend(self._assistance(acts, tags, found, helping))
        leader, deepest = _leader(found), "blue"
        place = grid_code(grid)
        whose = _Whose(ticket_id, round_id, place, tags.channel, tags.urgency, pressing=pressing)
        for one in found:
            reached = self._reached(one[0], one[1])
            if reached != "blue":
                deepest = worst((deepest, reached))
            self._rows.append(self._row(one, whose, one[1] is leader, reached))
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
            self._rows.append(self._row((leg, clock, None), whose, True, "blue"))

    def _row(self, found: _Found, whose: _Whose, leads: bool, reached: str) -> tuple[Any, ...]:
        """Return a clock as its row: version, then ``COLUMNS``."""
        leg, clock, unit_id = found
        ticket_id = whose.ticket_id
        return (
            1,
            *cells(clock),
            1,
            "ticket" if whose.review_id is None else "review",
            ticket_id if whose.review_id is None else whose.review_id,
            ticket_id,
            whose.round_id,
            unit_id,
            clock.due_at,
            leg.stopped_at,
            None,
            self._next(leg, clock),
            leads,
            whose.pressing or whose.urgency == "特急",
            self._work.policy_version,
            self._work.calendar_version,
            reached,
            whose.grid,
            whose.channel,
            whose.urgency,
        )

    def write(self) -> None:
        """Write every clock added."""
        if self._rows:
            self._work.bulk(Deadline, ("version", *COLUMNS), self._rows)

    def _assistance(
        self, acts: Acts, tags: Tags, found: Sequence[_Found], helping: Sequence[int]
    ) -> list[_Found]:
        """Return the clocks of co-units, which run while the lead's does."""
        lead = next(
            (c for leg, c, _ in found if leg.step == "close" and leg.stopped_at is None), None
        )
        start = acts.dispatched_at
        if lead is None or start is None:
            return []
        origin = Origin(lead.step, lead.limit_text, lead.started_at, tags)
        clock = assist_clock(self._keeper, lead, origin, start).clock
        return [(Leg("assist", start, None), clock, id) for id in sorted(helping)]

    def _reached(self, leg: Leg, clock: Clock) -> str:
        """Return the worst colour of a clock: when it stopped, or as it stands."""
        moment = leg.stopped_at
        if moment is None:
            moment = self._work.at + timedelta(seconds=1)
        if moment > clock.red_at:
            return "red"
        return "yellow" if moment > clock.yellow_at else "blue"

    def _next(self, leg: Leg, clock: Clock) -> datetime | None:
        """Return the first threshold the sweep has to record; finished clocks have none."""
        if leg.stopped_at is not None or leg.held:
            return None
        return min((when for _, when in self._keeper.thresholds(clock)), default=None)


def _leader(found: Sequence[_Found]) -> Clock | None:
    """Return the running clock that turns red first: the matter is shown by it."""
    running = [
        (leg.held, clock.red_at, clock.due_at, place)
        for place, (leg, clock, _) in enumerate(found)
        if leg.stopped_at is None
    ]
    return found[min(running)[3]][1] if running else None
