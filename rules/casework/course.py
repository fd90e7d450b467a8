"""The course of a round: which clocks it has, when each started and what stopped it (DESIGN §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rules.clocks import USUAL_COURSE, Course

ANALYSIS = "analysis"
"""The state of what others answer: it came in for insight alone (仅供分析), with no clocks."""

UNIT_STEPS = ("acknowledge", "accept", "contact", "progress", "close")
"""The steps of the unit, whose clocks the dispatch starts unless the policy says otherwise."""


@dataclass(frozen=True, slots=True)
class Acts:
    """When the acts of one round happened, aware UTC; ``None`` is not yet, or never told.

    ``assumed``: the source named a unit but no time of dispatch (交办时间缺). ``untold`` names
    steps of which the source cannot speak at all; ``fixed`` that it set the due date itself.
    ``returned_at`` is when a 退单 was granted, ``handed_at`` when the present unit got what was
    first dispatched to another: its own clocks start there, the close clock goes along.
    ``first_replied_at`` outlives a reply that is sent back; ``progressed_at`` is the
    last report, ``judged_at`` when the centre last judged a reply. ``analysis``: others answer it,
    so it has no course here. ``course`` names the acts that start and stop its clocks: it may want
    a decision whether to take the matter up (受理 ``accepted_at``, 不予受理 ``declined_at``), and
    count again from a 补正 or from a 批示.
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
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    supplement_asked_at: datetime | None = None
    supplemented_at: datetime | None = None
    instructed_at: datetime | None = None
    course: Course = USUAL_COURSE

    @property
    def undecided(self) -> bool:
        """Whether it is still to be decided if the matter is taken up."""
        return self.course.accepts and self.accepted_at is None and self.declined_at is None

    @property
    def unaccepted(self) -> bool:
        """Whether the time to finish it has not begun for want of that decision."""
        waits = "accepted" in self.course.started_by("close") and not self.fixed
        return waits and self.undecided

    @property
    def awaiting(self) -> tuple[str, ...]:
        """The steps whose clocks stand still while the citizen is asked for what is missing."""
        decided = self.accepted_at is not None
        may = ("close",) if decided or not self.undecided else ("accept", "close")
        return tuple(one for one in may if "supplemented" in self.course.started_by(one))

    @property
    def supplementable(self) -> bool:
        """Whether the citizen may be asked for what is missing: once."""
        return bool(self.awaiting) and self.supplement_asked_at is None

    @property
    def supplementing(self) -> bool:
        """Whether what was asked of the citizen (补正) has not come yet."""
        return self.supplement_asked_at is not None and self.supplemented_at is None

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
    taken = acts.acknowledged_at or _decided(acts) or acts.first_replied_at
    return "dispatched" if taken is None else "acknowledged"


def _decided(acts: Acts) -> datetime | None:
    """Return when the unit that has it now took it up: whoever decides that has it in hand."""
    since = acts.handed_at or acts.dispatched_at
    if acts.accepted_at is None or since is None or acts.accepted_at < since:
        return None
    return acts.accepted_at


def legs_of(acts: Acts) -> list[Leg]:
    """Return the clocks of a round in the order of its steps.

    The dispatch clock is the centre's own, from the receipt or a granted return; the unit's run
    from the dispatch unless the course says otherwise, never from the acknowledgement. The close
    clock stops at the reply once the centre accepts it by closing; until then it is held and the
    judge clock runs. A clock nobody can have kept (an assumed dispatch, a finished round of a
    source silent about the step) is left out, and what came in for analysis alone has none.
    """
    if acts.analysis:
        return []
    replied, closed = acts.replied_at, acts.closed_at
    answered = closed if replied is None or (closed is not None and closed < replied) else replied
    legs: list[Leg] = []
    if acts.returned_at is not None:
        _add(legs, acts, "dispatch", acts.returned_at, acts.handed_at, answered)
    elif not acts.assumed:
        _add(legs, acts, "dispatch", acts.received_at, acts.dispatched_at, answered)
    if acts.dispatched_at is not None and not acts.returned:
        _add_first(legs, acts, answered)
    decided = acts.accepted_at or acts.declined_at or answered
    if acts.course.accepts and (start := _start(acts, "accept", answered)) is not None:
        _add(legs, acts, "accept", start, decided, answered)
    _add_close(legs, acts, answered)
    if replied is not None and closed is None:
        legs.append(Leg("judge", replied, None))
    return legs


def _add_first(legs: list[Leg], acts: Acts, answered: datetime | None) -> None:
    """Add what the unit that has it owes the citizen and the centre on the way."""
    handed = acts.handed_at or acts.dispatched_at
    assert handed is not None
    first = acts.first_replied_at or answered
    _add(legs, acts, "acknowledge", handed, _done(acts, "acknowledge"), first)
    for step, done, ended in (
        ("contact", _done(acts, "contact"), first),
        ("progress", None, answered),
    ):
        start: datetime | None = handed
        if "accepted" in acts.course.started_by(step):
            start = _start(acts, step, answered)
        if start is not None:
            since = acts.progressed_at if step == "progress" else None
            _add(legs, acts, step, max(start, handed, since or handed), done, ended)


def _add_close(legs: list[Leg], acts: Acts, answered: datetime | None) -> None:
    """Add the clock of the whole handling."""
    closed = acts.closed_at
    start = _start(acts, "close", answered)
    if start is None and acts.dispatched_at is None and acts.fixed and closed is not None:
        start = acts.received_at
    if start is None:
        return
    if acts.course.stopped_by("close") == "closed":
        legs.append(Leg("close", start, None if closed is None else max(start, closed)))
        return
    stop = None if closed is None or answered is None else max(start, answered)
    legs.append(Leg("close", start, stop, closed is None and acts.replied_at is not None))


def _done(acts: Acts, step: str) -> datetime | None:
    """Return when the act was done that stops a clock, by its course or as usual."""
    decided = _decided(acts)
    match acts.course.stopped_by(step) or step:
        case "acknowledge":
            return acts.acknowledged_at or decided
        case "acknowledged":
            return acts.acknowledged_at
        case "contact" | "contacted":
            return acts.contacted_at
        case "accepted":
            return decided
        case _:
            return None


def _start(acts: Acts, step: str, answered: datetime | None) -> datetime | None:
    """Return when a clock starts: at the latest of the acts its course names; None: not yet.

    What was answered without a decision was taken up by that. A date that the source fixed binds
    from the dispatch.
    """
    named = acts.course.started_by(step)
    if acts.fixed and step == "close":
        named = ()
    if "received" in named:
        first: datetime | None = acts.received_at
    elif "accepted" in named:
        first = acts.accepted_at or (None if acts.declined_at is not None else answered)
    else:
        first = acts.dispatched_at
    if first is None:
        return None
    again = {"supplemented": acts.supplemented_at, "instructed": acts.instructed_at}
    return max([first, *(at for act, at in again.items() if act in named and at is not None)])


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
