"""What went before an order and what its unit did, read for its paper as of the signing instant.

What happened by then is known, whenever it was recorded. A constant number of statements, however
many appeals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.orders.appeals import Appeals
from models.orders.earlier import TOLD, earlier_papers
from models.orders.order import Grounds
from models.orders.progress import progress_of
from models.store import Query, Source
from rules.bureau import Policy
from rules.clocks import Limit, Timekeeper
from rules.orders import (
    Act,
    CoUnit,
    Facts,
    Instruction,
    Reminded,
    followed,
    helped,
    instructed,
    preceded,
    reminded,
)
from rules.paper import Statement


def history_of(
    source: Source,
    policy: Policy,
    keeper: Timekeeper,
    grounds: Grounds,
    facts: Sequence[Facts],
    at: datetime,
) -> tuple[Statement, ...]:
    """Return what a leader needs to know of an order besides how its appeals stood.

    A paper that goes to another organ, or records a talk, tells nothing of it.
    """
    if grounds.kind not in TOLD:
        return ()
    local, alone = keeper.local(at), len(facts) == 1
    papers = earlier_papers(source, policy, keeper, grounds, [one.ticket_id for one in facts], at)
    former = [one for id, one in papers.items() if id == grounds.previous_id]
    others = [one for id, one in papers.items() if id != grounds.previous_id]
    we, kind = policy.orders.we, grounds.kind
    before = [said for one in former for said in followed(one, local, we, kind)]
    if not facts:
        return (*before, *preceded(others, local))
    appeals = Appeals.of(source, keeper, grounds.unit_id, facts, at)
    pressed = (*reminded(_reminders(appeals), local), *preceded(others, local))
    done = progress_of(appeals, local, alone=alone)
    helping = helped(_co_units(appeals), local, alone=alone)
    words = instructed(_instructions(appeals, policy), local, alone=alone)
    return (*before, *_one_paragraph((*done, *helping)), *_one_paragraph(pressed), *words)


def _one_paragraph(told: Sequence[Statement]) -> Iterator[Statement]:
    """Give statements that are printed together."""
    return (replace(one, joined=bool(n)) for n, one in enumerate(told))


@dataclass(frozen=True, slots=True)
class _Instruction:
    """A leader's word, and the clock it runs by."""

    id: int
    ticket_id: int
    leader: str
    content: str
    given_at: datetime
    done_at: datetime | None
    limit_text: str | None
    due_at: datetime | None
    original_due_at: datetime | None


_INSTRUCTIONS = Query(
    _Instruction,
    """
SELECT i.id, i.ticket_id, i.leader, i.content, i.given_at, i.done_at, i.limit_text,
       d.due_at, d.original_due_at
FROM instruction i LEFT JOIN deadline d ON d.subject_kind = 'instruction' AND d.subject_id = i.id
WHERE i.ticket_id IN (:ids) AND i.given_at <= :at ORDER BY i.given_at, i.id
""",
)


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A co-unit of a round; without ``joined_at`` it came with the dispatch."""

    ticket_id: int
    n: int
    unit_id: int
    unit: str
    joined_at: datetime | None
    replied_at: datetime | None


_CO_UNITS = Query(
    _CoUnit,
    """
SELECT r.ticket_id, r.n, h.unit_id, u.name AS unit, h.joined_at, h.replied_at
FROM round_unit h JOIN round r ON r.id = h.round_id JOIN unit u ON u.id = h.unit_id
WHERE r.ticket_id IN (:ids) ORDER BY h.id
""",
)


@dataclass(frozen=True, slots=True)
class _Reminder:
    """A reminder to the unit, by one of the appeals it was about."""

    id: int
    ticket_id: int
    at: datetime
    means: str
    answered_by: str | None
    promised: str | None


_REMINDERS = Query(
    _Reminder,
    """
SELECT m.id, l.ticket_id, m.at, m.means, m.answered_by, m.promised
FROM reminder_ticket l JOIN reminder m ON m.id = l.reminder_id
WHERE l.ticket_id IN (:ids) AND m.unit_id = :unit AND m.at <= :at ORDER BY m.at, m.id, l.id
""",
)


def _instructions(appeals: Appeals, policy: Policy) -> list[Instruction]:
    """Return leaders' words on the appeals."""
    found = appeals.source.read(_INSTRUCTIONS, ids=list(appeals.facts), at=appeals.at)
    posts = {leader.name: f"{leader.post}{leader.name}" for leader in policy.leaders}
    return [_instruction(appeals, one, posts.get(one.leader, one.leader)) for one in found]


def _instruction(appeals: Appeals, one: _Instruction, leader: str) -> Instruction:
    facts, done = appeals.facts[one.ticket_id], None
    if one.done_at is not None and one.done_at <= appeals.at:
        done = appeals.act(one.ticket_id, "fulfil", one.done_at, instruction=one.id)
    left = ""
    if one.limit_text and one.due_at and one.original_due_at:
        left = (
            appeals.keeper.kept(one.limit_text, one.original_due_at, one.due_at, done.at)
            if done is not None
            else appeals.keeper.remaining(one.limit_text, one.due_at, appeals.at)
        )
    return Instruction(
        number=facts.number,
        title=facts.title,
        leader=leader,
        words=appeals.masked(one.ticket_id, one.content),
        given=appeals.act(one.ticket_id, "instruct", one.given_at, instruction=one.id),
        limit=Limit.parse(one.limit_text).label if one.limit_text else "",
        due_at=appeals.keeper.local(one.due_at) if one.due_at else None,
        done=done,
        remaining=left,
    )


def _co_units(appeals: Appeals) -> list[CoUnit]:
    """Return the other units that help in the present round."""
    return [
        _co_unit(appeals, one)
        for one in appeals.source.read(_CO_UNITS, ids=list(appeals.facts))
        if one.n == appeals.facts[one.ticket_id].round
        and one.unit_id != appeals.unit_id
        and (one.joined_at is None or one.joined_at <= appeals.at)
    ]


def _co_unit(appeals: Appeals, one: _CoUnit) -> CoUnit:
    facts, answered = appeals.facts[one.ticket_id], None
    joined = facts.handed or facts.dispatched or facts.received
    if one.joined_at is not None:
        joined = appeals.act(one.ticket_id, "join", one.joined_at, unit_id=one.unit_id)
    if one.replied_at is not None and one.replied_at <= appeals.at:
        answered = appeals.act(one.ticket_id, "assist", one.replied_at, unit_id=one.unit_id)
    return CoUnit(facts.number, one.unit, joined, answered)


def _reminders(appeals: Appeals) -> list[Reminded]:
    """Return the reminders to the unit, each once with all its appeals here."""
    params = {"ids": list(appeals.facts), "unit": appeals.unit_id, "at": appeals.at}
    found: dict[int, list[_Reminder]] = {}
    for one in appeals.source.read(_REMINDERS, **params):
        found.setdefault(one.id, []).append(one)
    return [_reminder(appeals, own) for own in found.values()]


def _reminder(appeals: Appeals, own: Sequence[_Reminder]) -> Reminded:
    first, promised = own[0], own[0].promised or ""
    for one in own:
        promised = appeals.masked(one.ticket_id, promised)
    events = [
        seq
        for one in own
        for seq in appeals.trail.seqs(one.ticket_id, "urge", one.at, reminder=one.id)
    ]
    return Reminded(
        told=Act(appeals.keeper.local(first.at), tuple(events)),
        numbers=tuple(appeals.facts[one.ticket_id].number for one in own),
        by_phone=first.means == "phone",
        answered_by=first.answered_by or "",
        promised=promised,
    )
