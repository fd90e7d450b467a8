"""Carrying a step out on one matter or many, tickets or orders: lawful, whole, as it was seen.

One transaction for all the matters of an act; those that the step may not be taken on are left as
they were and named; the whole is one act to undo. Everything is checked before anything is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from models.store import Journal, LostRace, Query, Work, retried
from rules.casework import (
    STEPS,
    Ask,
    Position,
    Step,
    check_step,
    fitting_verb,
    too_early,
    verb_name,
)
from rules.clocks import short_limit
from rules.errors import Refused

if TYPE_CHECKING:
    from models.store import Store

S = TypeVar("S")

Seen = Mapping[int, int]
"""The id of each matter to the version of it that the person saw."""

Own = Mapping[int, Mapping[str, Any]]
"""The id of each matter to what was said of it alone."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the matters of one act: done, and skipped each with number and reason.

    ``made`` is what the step made: instructions by id, reminders.
    """

    done: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    made: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What carrying out must know of a matter; ``acts`` holds the instants of what happened."""

    id: int
    version: int
    name: str
    acts: object


@dataclass(frozen=True, slots=True)
class Kind(Generic[S]):
    """One kind of matter: how it is read, judged, prepared for an act and finished after it.

    ``functions`` do the steps: each is given the work, the matter and what was said, and returns
    what ``finish`` writes down. ``subject`` is whose trail tells of it, where it has none itself.
    """

    name: str
    functions: Mapping[str, Callable[..., Any]]
    load: Callable[[Work, Sequence[int]], list[S]]
    known: Callable[[S], Known]
    places: Callable[[Work, Sequence[S]], list[Position]]
    prepare: Callable[[Work, Sequence[S]], None]
    finish: Callable[[Work, S, Any, Step], None]
    subject: str = ""

    def named(self, verb: str) -> str:
        """Return what an undo calls a step: whole, where the trail is another matter's."""
        return f"{self.name}.{verb}" if self.subject else verb


@retried
def carry_out(
    store: Store,
    kind: Kind[S],
    verb: str,
    ids: Sequence[int],
    said: Mapping[str, Any],
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
    own: Own | None = None,
    ready: Callable[[Done], object] | None = None,
) -> Done:
    """Take a step on matters of a kind in one transaction; a refused one is left and named.

    ``said`` is what the step asks, ``own`` what is said of one matter alone. ``ready`` is called
    before anything is committed; what it raises takes all back. Of many, one that somebody moved
    since it was ``seen`` is left and named too. Raises ``Refused`` when nothing could be done,
    ``NotAllowed`` where the operator may not, ``LostRace`` when somebody else was first.
    """
    mine = [step for step in STEPS if step.kind == kind.name]
    steps = [s for s in mine if s.verb == verb] or [s for s in mine if s.function == verb]
    given = _Given(steps, said, own or {})
    wanted = sorted(set(ids))  # in one order, so that two batches never wait for each other
    batch = f"act:{secrets.token_hex(6)}" if len(wanted) > 1 else None
    journal = Journal(kind.named(verb)) if steps[0].undoable else None
    with store.writing(at=at, batch=batch, journal=journal) as work:
        matters = kind.load(work, wanted)
        skipped: list[tuple[str, str]] = []
        if not steps[0].anytime:
            matters = _unmoved(work, kind, matters, seen, skipped)
        lawful = _lawful(work, kind, matters, verb, skipped)
        kind.prepare(work, [matter for matter, _ in lawful])
        done = _do(work, kind, lawful, given, skipped)
        if not done and skipped:
            raise Refused("；".join(f"{name}：{reason}" for name, reason in skipped[:3]))
        what = Done(tuple(done), tuple(skipped), tuple(work.made))
        if ready is not None:
            ready(what)
        return what


class _Given:
    """What was said to a step, of all matters and of each, as its questions want it."""

    def __init__(self, steps: Sequence[Step], said: Mapping[str, Any], own: Own) -> None:
        self.all: Mapping[str, Any] = answers(steps, said) if not own else {}
        self._own: Own = {id: answers(steps, {**said, **more}) for id, more in own.items()}

    def of(self, id: int) -> Mapping[str, Any]:
        """Return what was said of a matter."""
        return self._own.get(id, self.all)


def _unmoved(
    work: Work,
    kind: Kind[S],
    matters: Sequence[S],
    seen: Seen | None,
    skipped: list[tuple[str, str]],
) -> list[S]:
    """Return the matters that are as they were seen; name the others, or refuse a single one."""
    found = []
    for matter in matters:
        known = kind.known(matter)
        try:
            require_unmoved(work, kind.subject or kind.name, known, seen)
        except LostRace:
            if len(matters) == 1:
                raise
            skipped.append((known.name, "刚被改动，请看过再办"))
        else:
            found.append(matter)
    return found


def _lawful(
    work: Work,
    kind: Kind[S],
    matters: Sequence[S],
    verb: str,
    skipped: list[tuple[str, str]],
) -> list[tuple[S, Step]]:
    """Return the matters a step may be taken on now, each with its row; name the others."""
    found = []
    for matter, place in zip(matters, kind.places(work, matters), strict=True):
        known = kind.known(matter)
        try:
            step = check_step(fitting_verb(verb, place), place)
            work.require(*sorted(step.roles), verb=f"{step.kind}.{step.verb}")
            if reason := too_early(step, work.at, known.acts):
                raise Refused(reason)
        except Refused as refusal:
            skipped.append((known.name, str(refusal)))
        else:
            found.append((matter, step))
    return found


def _do(
    work: Work,
    kind: Kind[S],
    lawful: Sequence[tuple[S, Step]],
    given: _Given,
    skipped: list[tuple[str, str]],
) -> list[int]:
    """Do a step on each matter, or once for all; return the matters on which it was done."""
    if lawful and lawful[0][1].together:
        return _do_together(work, kind, lawful, given, skipped)
    done = []
    for matter, step in lawful:
        before, known = work.writes, kind.known(matter)
        try:
            after = kind.functions[step.function](work, matter, **_own(step, given.of(known.id)))
        except Refused as refusal:
            if work.writes != before:
                raise  # refused when something was written already: nothing of it may stay
            skipped.append((known.name, str(refusal)))
            continue
        kind.finish(work, matter, after, step)
        done.append(known.id)
    return done


def _do_together(
    work: Work,
    kind: Kind[S],
    lawful: Sequence[tuple[S, Step]],
    given: _Given,
    skipped: list[tuple[str, str]],
) -> list[int]:
    step = lawful[0][1]
    matters = [matter for matter, _ in lawful]
    left_out: Mapping[S, str] = kind.functions[step.function](work, matters, **given.all)
    skipped += [(kind.known(matter).name, why) for matter, why in left_out.items()]
    done = [matter for matter in matters if matter not in left_out]
    for matter in done:
        kind.finish(work, matter, matter, step)
    return [kind.known(matter).id for matter in done]


def _own(step: Step, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what was said what this row asks, and what no row asks at all."""
    asked = {ask.name for ask in step.asks}
    return {name: value for name, value in given.items() if name in asked or name not in _ASKED}


_ASKED = frozenset(ask.name for step in STEPS for ask in step.asks)


def answers(steps: Sequence[Step], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said to a step, each answer as its question wants it; Refused otherwise."""
    given = {name: value for name, value in said.items() if value is not None}
    asks = {ask.name: ask for step in steps for ask in step.asks}
    for ask in asks.values():
        answer = _answer(ask, given.pop(ask.name, None))
        if answer is not None:
            given[ask.name] = answer
    return given


def _answer(ask: Ask, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if ask.needed:
            raise Refused(f"须写明{ask.label}：请填写后再办")
        return None
    if ask.kind == "choice" and value not in ask.choices:
        raise Refused(f"{ask.label}“{value}”不在名录中：请用 {'、'.join(ask.choices)}")
    if ask.kind == "limit":
        value = short_limit(value)
    return value


def require_unmoved(work: Work, kind: str, known: Known, seen: Seen | None) -> None:
    """Refuse to act on a matter that is no longer as it was seen, and say who moved it."""
    if seen is None or seen.get(known.id, known.version) == known.version:
        return
    last = work.first(_LAST, kind=kind, id=known.id)
    who = f"{last.name}（{verb_name(last.verb)}）" if last else "他人"
    raise LostRace(f"{known.name} 刚被{who}改动：已为您重新读取，请核对后再办（您填写的内容仍在）")


@dataclass(frozen=True, slots=True)
class _Last:
    """Who acted last on a matter."""

    name: str
    verb: str


_LAST = Query(
    _Last,
    """
SELECT coalesce(o.name, e.operator) AS name, e.verb
FROM event e LEFT JOIN operator o ON o.login = e.operator
WHERE e.subject_kind = :kind AND e.subject_id = :id ORDER BY e.seq DESC LIMIT 1
""",
)
