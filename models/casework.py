"""Casework as people do it: one verb for one or many tickets, by somebody who may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.errors import LostRace
from rules.errors import Refused
from rules.lifecycle import Position, check

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store
    from models.work import Work

Seen = Mapping[int, int]
"""Ticket id to the version of its leading deadline, as the person saw them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the tickets of one act: done, and skipped each with number and reason."""

    done: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def dispatch(
    store: Store,
    ticket_ids: Sequence[int],
    unit_id: int,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    routed_by: str | None = None,
    seen: Seen | None = None,
) -> Done:
    """交办 or 转派: hand tickets to a unit, whose clocks start at ``at``."""

    def hand_on(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "dispatch" if matter.state == "waiting" else "transfer")
        acts.dispatch(work, matter, unit_id, reason=reason, routed_by=routed_by)

    return _each(store, ticket_ids, hand_on, at=at, seen=seen)


def acknowledge(
    store: Store, ticket_ids: Sequence[int], *, at: datetime | None = None, seen: Seen | None = None
) -> Done:
    """签收: the unit takes them."""

    def take(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "acknowledge")
        acts.acknowledge(work, matter)

    return _each(store, ticket_ids, take, at=at, seen=seen)


def contact(
    store: Store, ticket_ids: Sequence[int], *, at: datetime | None = None, seen: Seen | None = None
) -> Done:
    """首次联系: the unit has spoken with the citizen."""

    def speak(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "contact")
        acts.contact(work, matter)

    return _each(store, ticket_ids, speak, at=at, seen=seen)


def reply(
    store: Store,
    ticket_ids: Sequence[int],
    text: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """答复: the unit's answer, which the centre judges next."""

    def answer(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "reply")
        acts.reply(work, matter, text)

    return _each(store, ticket_ids, answer, at=at, seen=seen)


def close(
    store: Store,
    ticket_ids: Sequence[int],
    outcome: str,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    seen: Seen | None = None,
) -> Done:
    """办结: the centre accepts what was done, with its outcome."""

    def accept(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "close")
        acts.close(work, matter, outcome, reason=reason)

    return _each(store, ticket_ids, accept, at=at, seen=seen)


def rate(
    store: Store,
    ticket_ids: Sequence[int],
    result: str | None,
    how: str | None,
    *,
    at: datetime | None = None,
) -> Done:
    """评价: the citizen's word on the outcome (``result``) and on the unit's work (``how``)."""

    def give(work: Work, matter: Matter) -> None:
        from models import acts

        _allow(work, matter, "rate")
        acts.rate(work, matter, result, how)

    return _each(store, ticket_ids, give, at=at)


def _allow(work: Work, matter: Matter, verb: str) -> None:
    """Refuse a step that the table of steps does not allow now, or not this operator."""
    from models.matter import facts

    position = Position("ticket", matter.state, facts(work.rows, matter), matter.n)
    step = check(verb, position)
    work.require(*sorted(step.roles))


def _each(
    store: Store,
    ticket_ids: Sequence[int],
    act: Callable[[Work, Matter], None],
    *,
    at: datetime | None,
    seen: Seen | None = None,
) -> Done:
    """Do one act on each ticket in one transaction; a refused one is skipped, unless it is alone.

    Raises ``Refused`` when nothing could be done, ``LostRace`` when somebody else was first.
    """
    from models.matter import load

    done: list[int] = []
    skipped: list[tuple[str, str]] = []
    with store.writing(at=at) as work:
        for ticket_id in dict.fromkeys(ticket_ids):
            matter = load(work.rows, ticket_id)
            _unmoved(work, matter, seen)
            try:
                act(work, matter)
            except Refused as refusal:
                skipped.append((matter.number, str(refusal)))
                continue
            done.append(ticket_id)
        if not done and skipped:
            raise Refused("；".join(f"{number}：{reason}" for number, reason in skipped[:3]))
    return Done(tuple(done), tuple(skipped))


def _unmoved(work: Work, matter: Matter, seen: Seen | None) -> None:
    """Refuse to act on a matter that is no longer as it was seen."""
    if seen is None or matter.ticket_id not in seen:
        return
    now = work.one(
        "SELECT version FROM deadline WHERE ticket_id = :id AND subject_kind = 'ticket' AND leads",
        id=matter.ticket_id,
    )
    if now is None or now[0] != seen[matter.ticket_id]:
        raise LostRace(
            f"{matter.number} 刚被他人改动：已为您重新读取，请核对后再办（您填写的内容仍在）"
        )
