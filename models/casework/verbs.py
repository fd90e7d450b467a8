"""Taking a step on tickets, by a person or by what a file tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.casework.accepting import accept, ask_supplement, decline, supplement
from models.casework.accounts import (
    ask_account,
    begin_account,
    end_account,
    grant_account,
    refuse_account,
    renew_account,
)
from models.casework.accusing import absolve, accuse
from models.casework.acting_first import act_first, settle_owner
from models.casework.amending import retag
from models.casework.answering import acknowledge, assist, contact, note, progress, reply, send_back
from models.casework.callbacks import callback
from models.casework.carrying import Done, Kind, Known, Own, Seen, answers, carry_out
from models.casework.closing import close, rate, reopen, rework
from models.casework.doing import finish
from models.casework.extending import (
    ask_extension,
    ask_pause,
    grant_extension,
    grant_pause,
    refuse_extension,
    refuse_pause,
    resume,
)
from models.casework.handing import (
    arbitrate,
    ask_return,
    dispatch,
    grant_return,
    join,
    refuse_return,
)
from models.casework.instructing import fulfil, instruct
from models.casework.relimiting import relimit
from models.casework.urging import urge
from models.clocks import load_clocks
from models.matter import Matter, load_matters, positions
from models.store import Work
from rules.casework import Position, Step, check_by_file, check_step, too_early
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store

FUNCTIONS: dict[str, Callable[..., Any]] = {
    step.__name__: step
    for step in (
        absolve,
        accept,
        accuse,
        acknowledge,
        act_first,
        arbitrate,
        ask_account,
        ask_extension,
        ask_pause,
        ask_return,
        ask_supplement,
        assist,
        begin_account,
        callback,
        close,
        contact,
        decline,
        dispatch,
        end_account,
        fulfil,
        grant_account,
        grant_extension,
        grant_pause,
        grant_return,
        instruct,
        join,
        note,
        progress,
        rate,
        refuse_account,
        refuse_extension,
        refuse_pause,
        refuse_return,
        relimit,
        renew_account,
        reopen,
        reply,
        resume,
        retag,
        rework,
        send_back,
        settle_owner,
        supplement,
        urge,
    )
}
"""What does each step, by its name; a test holds it to the table of steps."""


def take(
    store: Store,
    verb: str,
    ticket_ids: Sequence[int],
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
    own: Own | None = None,
    ready: Callable[[Done], object] | None = None,
    **said: Any,
) -> Done:
    """Take a step on tickets in one transaction; a refused one is left as it was and named.

    ``said`` is what the step asks (``rules.casework.STEPS``), ``own`` what is said of one ticket
    alone, ``seen`` the versions that were looked at. Raises ``Refused`` when nothing could be done,
    ``NotAllowed`` where the operator may not, ``LostRace`` when somebody else was first. The whole
    is one act to undo. ``ready`` is given what was done before it is committed, to write papers of
    it: what it raises takes all back.
    """
    return carry_out(store, TICKETS, verb, ticket_ids, said, at=at, seen=seen, own=own, ready=ready)


class _Rehearsed(Exception):
    """Takes back what was only tried; it carries what came of it."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


def rehearse(
    store: Store, verb: str, ticket_ids: Sequence[int], *, at: datetime, seen: Seen, **said: Any
) -> Done:
    """Return what :func:`take` would do now, and do nothing of it."""

    def back(done: Done) -> None:
        raise _Rehearsed(done)

    try:
        return take(store, verb, ticket_ids, at=at, seen=seen, ready=back, **said)
    except _Rehearsed as tried:
        return tried.done


def tell_by_file(work: Work, matter: Matter, verb: str, at: datetime, **said: Any) -> Matter:
    """Take the step a file tells of, at the time it tells; Refused where it cannot have been."""
    step = check_by_file(verb, matter.state, against_lead=matter.against_lead)
    if reason := too_early(step, at, matter.acts, by_file=True):
        raise Refused(reason)
    told: Matter = FUNCTIONS[step.function](work, matter, at=at, **said)
    return told


def step_told(work: Work, matter: Matter, verb: str, at: datetime) -> Step:
    """Return the row by which a step could be taken at ``at``; Refused says why it could not."""
    place = _places(work, [matter], at)[0]
    step = check_step(verb, place)
    work.require(verb=f"{step.kind}.{step.verb}")
    if at > work.now:
        raise Refused(f"{step.name}时间还没有到：请核对时间")
    if reason := too_early(step, at, matter.acts):
        raise Refused(reason)
    return step


def do_told(work: Work, matter: Matter, step: Step, at: datetime, **said: Any) -> Matter:
    """Take a step that :func:`step_told` found lawful, at the time it was told of."""
    done: Matter = FUNCTIONS[step.function](work, matter, at=at, **said)
    return done


def take_within(work: Work, matter: Matter, verb: str, **said: Any) -> Matter:
    """Take a step that belongs to an act under way, at its time; the caller finishes the matter.

    Raises ``Refused`` where it may not be taken, ``NotAllowed`` where the operator may not.
    """
    step = step_told(work, matter, verb, work.at)
    taken: Matter = FUNCTIONS[step.function](work, matter, **answers([step], said))
    return taken


def _known(matter: Matter) -> Known:
    return Known(matter.ticket_id, matter.version, matter.number, matter.acts)


def _places(work: Work, matters: Sequence[Matter], at: datetime | None = None) -> list[Position]:
    """Return where tickets stand; remember whose requests closing would leave without object."""
    places = positions(work, matters, work.timekeeper(), at or work.at)
    for matter, place in zip(matters, places, strict=True):
        work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
        if {"extension_asked", "pause_asked", "account_asked", "on_account"} & place.facts:
            work.kept["requests", matter.round_id] = True
        if "limits_asked" in place.facts:
            work.kept["limits", matter.round_id] = True
    return places


def _prepare(work: Work, matters: Sequence[Matter]) -> None:
    """Read the clocks of many tickets at one go; those of one are read when they are needed."""
    if len(matters) > 1:
        load_clocks(work, matters)


def _finish(work: Work, before: Matter, after: Matter, step: Step) -> None:
    finish(work, before, after)


TICKETS: Kind[Matter] = Kind("ticket", FUNCTIONS, load_matters, _known, _places, _prepare, _finish)
