"""The trail of an appeal replayed up to an instant: who had it, what was done with it by then.

What was taken back never happened. What was corrected happened when the correction says. What was
recorded late happened all the same; what happened after the instant is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rules.orders.facts import Act, Given


@dataclass(frozen=True, slots=True)
class Told:
    """One event of an appeal's trail; ``verb`` is without its kind: ``reply``, ``send_back``."""

    seq: int
    at: datetime
    verb: str
    unit_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Handling:
    """One round of handling as far as it had come.

    ``lead`` is the unit that had it, None while it waited for dispatch. ``opened`` is its intake or
    rework, ``paused`` the grant of a pause that had not ended, or what its citizen was asked for
    and had not brought (its word is 补正), ``relieved`` what moved its due date: grants of
    extensions, ends of pauses.
    """

    n: int
    opened: Act
    lead: int | None = None
    dispatched: Act | None = None
    handed: Act | None = None
    acknowledged: Act | None = None
    answered: Act | None = None
    replies: list[Act] = field(default_factory=list)
    sent_back: list[Act] = field(default_factory=list)
    closed: Given | None = None
    paused: Given | None = None
    relieved: list[Act] = field(default_factory=list)


TIMES = {
    "dispatched_at": "dispatch",
    "acknowledged_at": "acknowledge",
    "replied_at": "reply",
    "closed_at": "close",
}
"""The times that an intake or a correction tells, and the acts they are those of, in order."""


def replay(events: Sequence[Told], until: datetime) -> tuple[Handling, ...]:
    """Return the rounds of an appeal as they stood at an instant; none before its intake.

    ``events`` are all of its trail, the first one first.
    """
    rounds: list[Handling] = []
    for act in _acts(still_standing(events)):
        if act.at <= until and (rounds or act.verb == "intake"):
            _ACTS.get(act.verb, _nothing)(rounds, act)
    return tuple(rounds)


def still_standing(events: Sequence[Told]) -> list[Told]:
    """Return the events that nobody took back, without what took back others."""
    gone: list[tuple[int, int]] = []
    standing = []
    for event in reversed(events):
        if any(first <= event.seq <= last for first, last in gone):
            continue
        if event.verb in ("undo", "redo"):
            gone.append((int(event.payload["from"]), int(event.payload["to"])))
        else:
            standing.append(event)
    return standing[::-1]


@dataclass(frozen=True, slots=True)
class _Done(Told):
    """An act with all the events that tell it."""

    events: tuple[int, ...] = ()

    @property
    def act(self) -> Act:
        return Act(self.at, self.events)

    def given(self, word: object) -> Given:
        return Given(self.at, self.events, str(word or ""))


def _acts(events: Sequence[Told]) -> list[_Done]:
    """Return what happened: an intake tells several acts, a correction when one was done."""
    acts: list[_Done] = []
    for event in events:
        if event.verb == "correct":
            _correct(acts, event)
            continue
        acts.append(_done(event, event.verb, event.at))
        if event.verb == "intake":
            acts += _told_at_intake(event)
    return acts


def _done(event: Told, verb: str, at: datetime) -> _Done:
    return _Done(event.seq, at, verb, event.unit_id, event.payload, (event.seq,))


def _told_at_intake(event: Told) -> list[_Done]:
    if event.payload.get("analysis"):
        return []
    told = dict(event.payload)
    if told.get("dispatch_assumed"):
        told.setdefault("dispatched_at", event.at)
    return [
        _done(event, verb, _instant(told[name])) for name, verb in TIMES.items() if told.get(name)
    ]


def _correct(acts: list[_Done], event: Told) -> None:
    """Let acts of the present round have happened when a correction says."""
    since = max((n for n, act in enumerate(acts) if act.verb == "rework"), default=0)
    for name, (_, new) in event.payload.items():
        verb = TIMES.get(name)
        if verb is None:
            continue
        found = [n for n, act in enumerate(acts) if n >= since and act.verb == verb]
        if verb == "dispatch" and not found and acts[since].verb == "rework":
            found = [since]
        at = found[0 if verb == "dispatch" else -1] if found else None
        if new is None and at is not None:
            del acts[at]
        elif new is not None and at is not None:
            was = acts[at]
            acts[at] = replace(was, at=_instant(new), events=(*was.events, event.seq))
        elif new is not None:
            acts.append(_done(event, verb, _instant(new)))


def _instant(told: str | datetime) -> datetime:
    return told if isinstance(told, datetime) else datetime.fromisoformat(told)


Rounds = list[Handling]


def _nothing(rounds: Rounds, act: _Done) -> None:
    """Leave an appeal as it is: most of what is told of it moves nothing."""


def _intake(rounds: Rounds, act: _Done) -> None:
    rounds.append(Handling(1, act.act))


def _dispatch(rounds: Rounds, act: _Done) -> None:
    now = rounds[-1]
    now.lead, now.acknowledged = act.unit_id, None
    if now.dispatched is None:
        now.dispatched = act.act
    else:
        now.handed = act.act


def _take_back(rounds: Rounds, act: _Done) -> None:
    now = rounds[-1]
    now.lead = now.acknowledged = now.handed = None


def _acknowledge(rounds: Rounds, act: _Done) -> None:
    rounds[-1].acknowledged = act.act


def _reply(rounds: Rounds, act: _Done) -> None:
    rounds[-1].answered = act.act
    rounds[-1].replies.append(act.act)


def _send_back(rounds: Rounds, act: _Done) -> None:
    rounds[-1].answered = None
    rounds[-1].sent_back.append(act.act)


def _close(rounds: Rounds, act: _Done) -> None:
    rounds[-1].closed = act.given(act.payload.get("outcome"))
    rounds[-1].paused = None


def _reopen(rounds: Rounds, act: _Done) -> None:
    rounds[-1].closed = rounds[-1].answered = None


def _rework(rounds: Rounds, act: _Done) -> None:
    n = int(act.payload.get("round", len(rounds) + 1))
    rounds.append(Handling(n, act.act, act.unit_id, dispatched=act.act))


def _relieve(rounds: Rounds, act: _Done) -> None:
    rounds[-1].relieved.append(act.act)


def _pause(rounds: Rounds, act: _Done) -> None:
    rounds[-1].paused = act.given(None)


def _account(rounds: Rounds, act: _Done) -> None:
    rounds[-1].paused = act.given("挂账")


def _ask_supplement(rounds: Rounds, act: _Done) -> None:
    rounds[-1].paused = act.given("补正")


def _resume(rounds: Rounds, act: _Done) -> None:
    rounds[-1].paused = None
    _relieve(rounds, act)


_ACTS: dict[str, Callable[[Rounds, _Done], None]] = {
    "intake": _intake,
    "dispatch": _dispatch,
    "transfer": _dispatch,
    "grant_return": _take_back,
    "acknowledge": _acknowledge,
    "reply": _reply,
    "decline": _reply,
    "send_back": _send_back,
    "close": _close,
    "reopen": _reopen,
    "rework": _rework,
    "grant_extension": _relieve,
    "grant_pause": _pause,
    "resume": _resume,
    "begin_account": _account,
    "end_account": _resume,
    "ask_supplement": _ask_supplement,
    "supplement": _resume,
}

READ_VERBS = (*_ACTS, "correct", "undo", "redo", "rate", "merge")
"""The verbs that facts rest on; a replay takes no notice of a rating, which has rows of its own,
nor of a merge, which the appeals that joined tell of."""
