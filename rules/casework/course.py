"""The course of a round: which clocks it has, when each started and what stopped it (DESIGN §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

ANALYSIS = "analysis"
"""The state of what others answer: it came in for insight alone (仅供分析), with no clocks."""

UNIT_STEPS = ("acknowledge", "contact", "progress", "close")  # started by the dispatch


@dataclass(frozen=True, slots=True)
class Acts:
    """When the acts of one round happened, aware UTC; ``None`` is not yet, or never told.

    ``assumed``: the source named a unit but no time of dispatch (交办时间缺). ``untold`` names
    steps of which the source cannot speak at all; ``fixed`` that it set the due date itself.
    ``returned_at`` is when a 退单 was granted, ``handed_at`` when the present unit got what was
    first dispatched to another: its own clocks start there, the close clock goes along.
    ``first_replied_at`` outlives a reply that is sent back; ``progressed_at`` is the
    last report, ``judged_at`` when the centre last judged a reply. ``analysis``: others answer it,
    so it has no course here.
    """

    received_at: datetime
    dispatched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    contacted_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    assumed: bool = False
    fixed: bool = False
    untold: frozenset[str] = frozenset()
    returned_at: datetime | None = None
    handed_at: datetime | None = None
    first_replied_at: datetime | None = None
    progressed_at: datetime | None = None
    judged_at: datetime | None = None
    analysis: bool = False

    @property
    def returned(self) -> bool:
        """Whether it waits for the centre again, the clock of its handling still running."""
        return self.returned_at is not None and self.handed_at is None


class Leg(NamedTuple):
    """One clock of a round; ``held``: it waits, without running, for the centre's judgement."""

    step: str
    started_at: datetime
    stopped_at: datetime | None
    held: bool = False


def state_of(acts: Acts) -> str:
    """Return how far a round has come: waiting dispatched acknowledged replied closed analysis."""
    if acts.analysis:
        return ANALYSIS
    if acts.closed_at is not None:
        return "closed"
    if acts.replied_at is not None:
        return "replied"
    if acts.dispatched_at is None or acts.returned:
        return "waiting"
    taken = acts.acknowledged_at or acts.first_replied_at
    return "dispatched" if taken is None else "acknowledged"


def legs_of(acts: Acts) -> list[Leg]:
    """Return the clocks of a round in the order of its steps.

    The dispatch clock is the centre's own, from the receipt or a granted return; the unit's run
    from the dispatch, never from the acknowledgement. The close clock stops at the reply once the
    centre accepts it by closing; until then it is held and the judge clock runs. A clock nobody
    can have kept (an assumed dispatch, a finished round of a source silent about the step) is
    left out, and what came in for analysis alone has none.
    """
    if acts.analysis:
        return []
    replied, closed = acts.replied_at, acts.closed_at
    answered = closed if replied is None or (closed is not None and closed < replied) else replied
    first = acts.first_replied_at or answered
    legs: list[Leg] = []
    if acts.returned_at is not None:
        _add(legs, acts, "dispatch", acts.returned_at, acts.handed_at, answered)
    elif not acts.assumed:
        _add(legs, acts, "dispatch", acts.received_at, acts.dispatched_at, answered)
    start = acts.dispatched_at
    if start is not None and not acts.returned:
        since = acts.handed_at or start
        _add(legs, acts, "acknowledge", since, acts.acknowledged_at, first)
        _add(legs, acts, "contact", since, acts.contacted_at, first)
        _add(legs, acts, "progress", max(since, acts.progressed_at or since), None, answered)
    elif start is None and acts.fixed and closed is not None:
        start = acts.received_at
    if start is not None:
        stop = None if closed is None or answered is None else max(start, answered)
        legs.append(Leg("close", start, stop, closed is None and replied is not None))
    if replied is not None and closed is None:
        legs.append(Leg("judge", replied, None))
    return legs


def _add(
    legs: list[Leg],
    acts: Acts,
    step: str,
    start: datetime,
    done: datetime | None,
    answered: datetime | None,
) -> None:
    """Add a clock that its own act stops, or else the answer that makes the act needless."""
    if done is None:
        if answered is not None and step in acts.untold:
            return
        done = answered
    legs.append(Leg(step, start, max(start, done) if done is not None else None))
