"""并单 拆分 告知 异议: appeals go under one lead, are told so, and go their own way again.

Each verb is one transaction and one act to undo. What cannot be merged is left and named.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import (
    Known,
    Seen,
    acknowledge,
    close_due,
    dispatch,
    finish,
    leave_by_itself,
    led_by,
    let_all_go,
    membership,
    only_told,
    reply,
    require_unmoved,
    tell,
)
from models.clocks import load_clocks, settle
from models.matter import Matter, co_units_of, load_matters, positions
from models.store import Journal, Query, Work, retried
from models.tables import Merged
from rules.errors import Refused
from rules.merging import (
    KINDS,
    REPEAT,
    TOLD_HOW,
    Candidate,
    best_lead,
    cannot_join,
    cannot_lead,
    kind_of,
)

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Merging:
    """What became of a merge: its lead, its kind, what joined; what was left, with the reason."""

    lead_id: int
    lead: str
    kind: str
    joined: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...] = ()


@retried
def merge(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    lead_id: int | None = None,
    kind: str | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Merging:
    """并单: appeals go under one lead, which may lead others already.

    Without ``lead_id`` the furthest in its handling leads; without ``kind`` it follows from who
    brought them. Raises ``Refused`` where none can join, ``LostRace`` where one was moved since it
    was ``seen``.
    """
    chosen = () if lead_id is None else (lead_id,)
    wanted = sorted({*ticket_ids, *chosen})
    if len(wanted) < 2:
        raise Refused("并单要有两件以上：请再标记一件")
    if kind is not None and kind not in KINDS:
        raise Refused(f"没有并单类型“{kind}”：请用 {'、'.join(KINDS)}")
    with store.writing(at=at, batch=_batch(), journal=Journal("merge")) as work:
        work.require("supervisor", verb="ticket.merge")
        matters = _loaded(work, wanted, seen)
        all_of_them = candidates(work, matters)
        lead = all_of_them[lead_id] if lead_id is not None else best_lead([*all_of_them.values()])
        if why := cannot_lead(lead, work.policy.merging):
            raise Refused(f"{lead.number}：{why}")
        joining, skipped = _parted(work, matters, all_of_them, lead)
        if not joining:
            raise Refused("；".join(f"{number}：{why}" for number, why in skipped[:3]))
        together = [lead, *(all_of_them[one.ticket_id] for one in joining)]
        same = kind_of(together)
        if kind == REPEAT and same != REPEAT:
            raise Refused("诉求人不同或不明，不是重复件：请选共性件")
        leading = next(one for one in matters if one.number == lead.number)
        put_under(work, leading, joining, kind or same)
    ids = tuple(one.ticket_id for one in joining)
    return Merging(leading.ticket_id, lead.number, kind or same, ids, tuple(skipped))


def _batch() -> str:
    return f"act:{secrets.token_hex(6)}"


def _loaded(work: Work, ticket_ids: Sequence[int], seen: Seen | None) -> list[Matter]:
    """Return tickets as they were seen, their clocks read; nothing happened to them after."""
    matters = load_matters(work, ticket_ids)
    for one in matters:
        known = Known(one.ticket_id, one.version, one.number, one.acts)
        require_unmoved(work, "ticket", known, seen)
        acts = (one.received_at, one.dispatched_at, one.handed_at, one.acknowledged_at)
        if any(act is not None and work.at < act for act in (*acts, one.replied_at)):
            raise Refused(f"{one.number}：时间早于此件已有的办理：请核对时间")
    load_clocks(work, matters)
    return matters


def _parted(
    work: Work, matters: Sequence[Matter], all_of_them: dict[int, Candidate], lead: Candidate
) -> tuple[list[Matter], list[tuple[str, str]]]:
    """Part tickets into those that can join a lead and those that cannot, with the reason."""
    joining: list[Matter] = []
    skipped: list[tuple[str, str]] = []
    for one in matters:
        if one.number == lead.number:
            continue
        why = cannot_join(all_of_them[one.ticket_id], lead, work.policy.merging)
        if why:
            skipped.append((one.number, why))
        else:
            joining.append(one)
    return joining, skipped


def put_under(
    work: Work,
    lead: Matter,
    joining: Sequence[Matter],
    kind: str,
    *,
    at: datetime | None = None,
) -> Matter:
    """Let appeals go under a lead: each comes as far as the lead is, one clock serves all."""
    due, when = close_due(work, lead), at or work.at
    for one in joining:
        finish(work, one, _join(work, lead, one, kind, due, when))
    payload = {"numbers": [one.number for one in joining], "kind": kind}
    tell(work, lead, "merge", at=when, payload=payload)
    after = settle(work, replace(lead, carries=True))
    finish(work, lead, after)
    return after


def _join(
    work: Work, lead: Matter, one: Matter, kind: str, due: datetime | None, when: datetime
) -> Matter:
    work.insert(
        Merged,
        ticket_id=one.ticket_id,
        lead_id=lead.ticket_id,
        kind=kind,
        joined_at=when,
        joined_by=work.operator.id,
        first_round=one.n,
        due_at=close_due(work, one),
        lead_due_at=due,
    )
    tell(work, one, "merge", at=when, payload={"lead": lead.number, "kind": kind})
    return settle(work, _caught_up(work, lead, one.owing(merged_into=lead.ticket_id)))


def _caught_up(work: Work, lead: Matter, one: Matter) -> Matter:
    """Return an appeal as far in its handling as its lead: with its unit, taken, answered."""
    if lead.unit_id is None or lead.state == "closed":
        return one
    if one.unit_id != lead.unit_id:
        helping = [each.unit_id for each in co_units_of(work, lead).values()]
        one = dispatch(
            work,
            one,
            unit_id=lead.unit_id,
            handler=lead.handler,
            routed_by="并单",
            co_units=helping,
        )
    if lead.acknowledged_at is not None and one.state == "dispatched":
        one = acknowledge(work, one)
    if lead.state == "replied" and one.state != "replied":
        one = reply(work, one, text=lead.reply, outcome=lead.awaiting_outcome)
    return one


@dataclass(frozen=True, slots=True)
class _Told:
    """What an appeal tells, who brought it and what leads it."""

    id: int
    text: str
    person: str | None
    lead: str | None


_TOLD = Query(
    _Told,
    """
SELECT t.id, t.title || ' ' || t.content AS text, p.reporter_key AS person, l.number AS lead
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN ticket l ON l.id = t.merged_into
WHERE t.id IN (:ids)
""",
)


def candidates(work: Work, matters: Sequence[Matter]) -> dict[int, Candidate]:
    """Return what of tickets says whether they may be merged, by id."""
    keeper = work.timekeeper()
    told = {one.id: one for one in work.read(_TOLD, ids=[one.ticket_id for one in matters])}
    places = positions(work, matters, keeper, work.at)
    return {
        one.ticket_id: Candidate(
            number=one.number,
            nature=one.nature,
            channel=one.channel,
            category=one.category,
            text=told[one.ticket_id].text,
            confidential=one.confidential,
            accused=one.accused,
            state=one.state,
            unit_id=one.unit_id,
            facts=place.facts,
            lead=told[one.ticket_id].lead,
            carries=one.carries,
            only_told=only_told(keeper, one.tags) and not (one.due_fixed_at or one.limit_text),
            person=told[one.ticket_id].person,
        )
        for one, place in zip(matters, places, strict=True)
    }


@retried
def split(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    reason: str,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> tuple[int, ...]:
    """拆分: merged appeals go their own way, a lead lets all go; return those that left."""
    if not reason.strip():
        raise Refused("须写明拆分理由：请填写后再办")
    left: list[int] = []
    with store.writing(at=at, batch=_batch(), journal=Journal("split")) as work:
        work.require("supervisor", verb="ticket.split")
        matters = _loaded(work, sorted(set(ticket_ids)), seen)
        whole = {one.ticket_id for one in matters if one.carries}
        for one in matters:
            if one.carries:
                left += [each.ticket_id for each in led_by(work, one)]
                finish(work, one, let_all_go(work, one, reason))
            elif one.merged_into is not None and one.merged_into not in whole:
                left.append(one.ticket_id)
                finish(work, one, leave_by_itself(work, one, reason))
        if not left:
            numbers = "、".join(one.number for one in matters[:3])
            raise Refused(f"{numbers} 没有并单，无须拆分：请用 duban merge list 核对")
    return tuple(left)


@retried
def object_to(
    store: Store,
    ticket_id: int,
    *,
    words: str,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> None:
    """并单异议: the citizen will not have the appeal answered with others; it leaves."""
    if not words.strip():
        raise Refused("须写明诉求人的异议：请填写后再办")
    with store.writing(at=at, batch=_batch(), journal=Journal("object")) as work:
        work.require("supervisor", verb="ticket.object")
        [one] = _loaded(work, [ticket_id], seen)
        if one.merged_into is None:
            raise Refused(f"{one.number} 没有并入主件，无须记异议：请用 duban merge list 核对")
        finish(work, one, leave_by_itself(work, one, "诉求人不同意并单", objection=words))


@retried
def inform(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    how: str,
    at: datetime | None = None,
) -> tuple[int, ...]:
    """告知: record that citizens were told; of a lead all that were not. Return whose they are."""
    if how not in TOLD_HOW:
        raise Refused(f"没有告知方式“{how}”：请用 {'、'.join(TOLD_HOW)}")
    told: list[int] = []
    with store.writing(at=at, batch=_batch(), journal=Journal("inform")) as work:
        work.require("supervisor", verb="ticket.inform")
        for one in _whose(work, load_matters(work, sorted(set(ticket_ids)))):
            own = membership(work, one)
            if own.told_at is not None:
                continue
            if work.at < own.joined_at:
                raise Refused(f"{one.number}：告知时间早于并单时间：请核对时间")
            work.update(Merged, own.id, own.version, told_at=work.at, told_how=how)
            tell(work, one, "inform", payload={"how": how})
            finish(work, one, one)
            told.append(one.ticket_id)
        if not told:
            raise Refused("没有待告知的并入件：都已告知，或没有并单，请用 duban merge list 核对")
    return tuple(told)


def _whose(work: Work, matters: Sequence[Matter]) -> list[Matter]:
    """Return the merged ones of tickets, and what the leads among them lead, each once."""
    found: dict[int, Matter] = {}
    for one in matters:
        for each in led_by(work, one) if one.carries else [one]:
            if each.merged_into is not None:
                found.setdefault(each.ticket_id, each)
    return list(found.values())
