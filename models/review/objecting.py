"""异议: a unit disputes a figure, a dispatch or a verdict; the centre rules, once, with its reason.

What an accepted one does is lawful by itself: a disputed verdict is undecided again and somebody
verifies it anew, so that whatever raises a unit's rate still takes the second person of a review.
Times are corrected and matters are transferred by the verbs for that, which are acts of their own;
the ruling says what they have to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.casework import REVIEWS, finish, reopen_review, tell
from models.matter import load_matter
from models.review.effects import effect_of
from models.review.objections import ObjectionView, objection_of
from models.store import Query, Work, iso, retried
from models.tables import Objection
from rules.casework import OBJECTIONS
from rules.clocks import long_instant
from rules.errors import DubanError, Refused
from rules.ranking import Period, last_complete, parse_period, period_containing
from rules.review import Effect, data_windows, dispatch_until, rating_until

if TYPE_CHECKING:
    from models.store import Store

STANDS = ("unit", "other", "order")
"""Verdicts that leave a rating standing in the round it was given in."""


@dataclass(frozen=True, slots=True)
class _Led:
    """A round of a ticket that a unit led, with the verdict on it."""

    ticket_id: int
    round_id: int
    current: bool
    handed_at: datetime | None
    rated_at: datetime | None
    verdict: str | None
    decided_at: datetime | None


_LED = Query(
    _Led,
    """
SELECT r.ticket_id, r.id AS round_id, r.n = t.rounds AS current,
       coalesce(r.handed_at, r.dispatched_at) AS handed_at, r.rated_at, v.verdict, v.decided_at
FROM ticket t JOIN round r ON r.ticket_id = t.id LEFT JOIN review v ON v.round_id = r.id
WHERE t.number = :number AND r.lead_unit_id = :unit ORDER BY r.n DESC LIMIT 1
""",
)

_KNOWN = "SELECT count(*) FROM ticket WHERE number = :number"

_SAME = """
SELECT id FROM objection
WHERE decided_at IS NULL AND unit_id = :unit AND kind = :kind
  AND coalesce(round_id, 0) = :round AND (round_id IS NOT NULL OR period = :period)
"""


@dataclass(frozen=True, slots=True)
class _Disputed:
    """What is disputed: a round, or figures alone; the period it touches, until when."""

    ticket_id: int | None
    round_id: int | None
    period: Period
    until: datetime


@retried
def raise_objection(
    store: Store,
    unit_id: int,
    kind: str,
    reason: str,
    *,
    number: str | None = None,
    period: str | None = None,
    raised_by: str | None = None,
    at: datetime | None = None,
) -> ObjectionView:
    """提出异议: enter what a unit disputes, ``kind`` of ``OBJECTIONS``, at the time of its paper.

    Figures may be disputed without a ticket; ``period`` is the one they are of, else the last
    complete week. Refused are those out of their window, of a ticket the unit does not lead, and a
    second one on what is not ruled yet.
    """
    if kind not in OBJECTIONS:
        raise DubanError(f"没有异议类别 {kind}：可写 {'、'.join(OBJECTIONS)}")
    if not reason.strip():
        raise Refused("异议须写明理由")
    with store.writing(at=at) as work:
        work.require(verb="objection.raise")
        disputed = _disputed(work, unit_id, kind, (number or "").strip(), period)
        if work.at > disputed.until:
            until = long_instant(work.timekeeper().local(disputed.until), ends=True)
            raise Refused(f"已过期：{OBJECTIONS[kind]}到 {until} 截止，不能再提")
        same = {"round": disputed.round_id or 0, "period": disputed.period.key}
        if (open_id := work.value(_SAME, unit=unit_id, kind=kind, **same)) is not None:
            raise Refused(f"同一事项的异议{open_id}号还没有裁定：请先裁定")
        id = work.insert(
            Objection,
            unit_id=unit_id,
            kind=kind,
            ticket_id=disputed.ticket_id,
            round_id=disputed.round_id,
            period=disputed.period.key,
            reason=reason.strip(),
            raised_by=raised_by,
            raised_at=work.at,
            window_at=disputed.until,
        )
        told = {"kind": kind, "period": disputed.period.key, "until": iso(disputed.until)}
        about = {"ticket": number} if disputed.ticket_id is not None else {}
        work.event("objection.raise", "objection", id, unit_id=unit_id, payload=told | about)
        return objection_of(work, id)


def _disputed(work: Work, unit_id: int, kind: str, number: str, period: str | None) -> _Disputed:
    keeper, policy = work.timekeeper(), work.policy.objections
    led = _led(work, unit_id, number) if number else None
    if kind == "data":
        chosen = (
            parse_period(period, keeper.zone)
            if period
            else last_complete("week", work.at, keeper.zone)
        )
        if chosen.to_at > work.at:
            raise Refused(f"{chosen.label} 尚未结束：数据异议在期末以后提")
        until = data_windows(chosen, keeper.calendar, policy).data_until
        if led is None:
            return _Disputed(None, None, chosen, until)
        return _Disputed(led.ticket_id, led.round_id, chosen, until)
    if led is None:
        raise Refused(f"{OBJECTIONS[kind]}须写明工单编号")
    if kind == "dispatch":
        if led.handed_at is None or not led.current:
            raise Refused(f"{number} 现在不由该单位承办：没有可异议的派单")
        until, touched = dispatch_until(keeper, policy, led.handed_at), led.handed_at
    else:
        if led.decided_at is None or led.verdict not in STANDS or not led.current:
            raise Refused(f"{number} 没有维持评价的核查结论：评价异议在维持的结论作出以后提")
        until = rating_until(keeper, policy, led.decided_at)
        touched = led.rated_at or led.decided_at
    return _Disputed(
        led.ticket_id, led.round_id, period_containing("week", touched, keeper.zone), until
    )


def _led(work: Work, unit_id: int, number: str) -> _Led:
    """Return the last round of a ticket that a unit led."""
    led = work.first(_LED, number=number, unit=unit_id)
    if led is None and not work.value(_KNOWN, number=number):
        raise Refused(f"没有工单 {number}：请核对工单编号")
    if led is None:
        raise Refused(f"{number} 不是该单位承办的：只有主办单位可以提出异议")
    return led


@dataclass(frozen=True, slots=True)
class _Judge:
    """Who gave the verdict that is disputed, and who approved it."""

    decided_by: int | None
    approved_by: int | None


_JUDGE = Query(_Judge, "SELECT decided_by, approved_by FROM review WHERE round_id = :round")


@retried
def rule_objection(
    store: Store,
    id: int,
    *,
    accepted: bool,
    decision: str,
    at: datetime | None = None,
) -> ObjectionView:
    """裁定异议: decide it for good and keep what it does to the unit's place.

    Who gave the disputed verdict does not rule on it. An
    accepted 评价异议 leaves the review undecided again.
    """
    if not decision.strip():
        raise Refused("裁定须写明理由；成立的写明要改正什么")
    with store.writing(at=at) as work:
        work.require(verb="objection.rule")
        one = objection_of(work, id)
        if one.decided_at is not None:
            raise Refused(f"异议{id}号已经裁定：用 duban objection list --all 查看")
        if one.kind == "rating":
            _require_another(work, one)
        effect = effect_of(work, one) if accepted else _unmoved(effect_of(work, one))
        if accepted and one.kind == "rating":
            _verify_anew(work, one)
        work.update(
            Objection,
            id,
            one.version,
            decided_at=work.at,
            decided_by=work.operator.id,
            accepted=accepted,
            decision=decision.strip(),
            effect=effect.to_json(),
        )
        work.event(
            "objection.rule",
            "objection",
            id,
            unit_id=one.unit_id,
            payload={"kind": one.kind, "accepted": accepted, "period": one.period},
        )
        return objection_of(work, id)


def _unmoved(effect: Effect) -> Effect:
    """Return the effect of what was not accepted: none."""
    return Effect(effect.period, effect.before, effect.before, effect.ranked)


def _require_another(work: Work, one: ObjectionView) -> None:
    judge = work.first(_JUDGE, round=one.round_id)
    if judge is not None and work.operator.id in (judge.decided_by, judge.approved_by):
        raise Refused("被异议的核查结论是您作出的：须由另一人裁定")


def _verify_anew(work: Work, one: ObjectionView) -> None:
    """Leave the disputed review undecided again; Refused where the matter has moved on."""
    assert one.ticket_id is not None
    matter = load_matter(work, one.ticket_id)
    review = work.first(REVIEWS, rounds=[one.round_id])
    if matter.round_id != one.round_id or review is None or review.state != "decided":
        raise Refused(f"{one.number} 的核查已有变动：请看过再裁定，已重开的不必再裁成立")
    work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
    reopen_review(work, matter, review, anew=True)
    tell(work, matter, "review.reopen", payload={"objection": one.id})
    finish(work, matter, matter)
