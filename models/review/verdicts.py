"""核查结论: each verdict is one function and one row of ``rules.casework.STEPS``.

They are carried out like the steps of a ticket, by the ticket's id: one transaction, the version of
the ticket compared with what was seen, one act to undo. What raises a unit's rate needs a second
person, who is never the one who asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models import casework
from models.casework import (
    REVIEWS,
    Done,
    Kind,
    Known,
    RoundReview,
    Seen,
    carry_out,
    decide,
    finish,
    let_go,
    reopen_review,
    require_in_hand,
    tell,
)
from models.matter import Matter, load_matters
from models.orders import draft_within
from models.review.calling import plan_recheck
from models.store import Query, Work
from models.tables import Exclusion, Review
from rules.casework import Position, Step
from rules.errors import Refused
from rules.orders import UNSATISFIED

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket with the review of its current round, None where there is none."""

    matter: Matter
    review: RoundReview | None

    @property
    def opened_at(self) -> datetime | None:
        """When the citizen was unsatisfied."""
        return self.review.opened_at if self.review is not None else None

    @property
    def asked(self) -> RoundReview:
        """The review, for a verdict that is lawful only where there is one."""
        assert self.review is not None
        return self.review


def judge(
    store: Store,
    verb: str,
    ticket_ids: Sequence[int],
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
    **said: Any,
) -> Done:
    """Give verdicts on the reviews of tickets: like ``models.casework.take``."""
    return carry_out(store, CASES, verb, ticket_ids, said, at=at, seen=seen)


def uphold(work: Work, case: Case, *, cause: str | None = None, text: str | None = None) -> Case:
    """维持·单位责任: the rating stands and counts."""
    return _decided(work, case, "uphold", "unit", cause=cause, reason=text)


def excuse(
    work: Work,
    case: Case,
    *,
    reason: str,
    cause: str | None = None,
    evidence: str | None = None,
) -> Case:
    """维持·非单位责任: it stands, and is not the unit's fault.

    Where the policy takes it out of the assessment it needs evidence and a second person.
    """
    leaves = work.policy.review.excused == "excluded"
    if leaves and not evidence:
        raise Refused("须写明证据：规则定为不计入考核的，要另一人凭证据批准")
    decided = _decided(work, case, "excuse", "other", cause=cause, reason=reason)
    if leaves and evidence:
        _ask(work, case, "excuse", None, reason, evidence)
    return decided


def rerate(
    work: Work,
    case: Case,
    *,
    result: str,
    text: str | None = None,
    recording: str | None = None,
) -> Case:
    """群众改评: a second rating, from the centre's own connected call; the first one stays.

    A call that connected since the rating is enough; else ``text`` is what the citizen said in the
    call made now. Some are drawn to be called again by somebody else (改评抽查).
    """
    matter = case.matter
    require_in_hand(work, case.asked)
    called = work.first(_CONNECTED, round=matter.round_id, since=case.asked.opened_at)
    if called is None:
        if not text:
            raise Refused("没有接通的回访：请先拨打，并写明诉求人的话")
        matter = casework.callback(
            work, matter, result="接通", text=text, recording=recording, purpose="review"
        )
        called = work.first(_CONNECTED, round=matter.round_id, since=case.asked.opened_at)
        assert called is not None
    matter = casework.rate(work, matter, result=result, means="rerating", callback_id=called.id)
    rated = replace(case, matter=matter)
    told: dict[str, Any] = {"result": result, "callback": called.id}
    decided = _decided(work, rated, "rerate", "rerated", reason=text, **told)
    plan_recheck(work, matter, case.asked.id, called.operator_id)
    return decided


def rework(work: Work, case: Case, *, reason: str, cause: str | None = None) -> Case:
    """退回重办: the unit does it again, with a limit of its own."""
    decided = _decided(work, case, "rework", "rework", cause=cause, reason=reason)
    return replace(decided, matter=casework.rework(work, decided.matter, reason=reason))


def supervise(work: Work, case: Case, *, reason: str, cause: str | None = None) -> Case:
    """转督办: an order to its unit is drafted; signing it is another act."""
    ticket_id = case.matter.ticket_id
    drafted = draft_within(work, [ticket_id], cause=UNSATISFIED)
    if not drafted.orders:
        raise Refused("；".join(one.reason for one in drafted.skipped) or "没有承办单位，不能督办")
    work.made.append(drafted.orders[0].id)
    order = drafted.orders[0].id
    return _decided(work, case, "supervise", "order", cause=cause, reason=reason, order=order)


def exclude(work: Work, case: Case, *, code: str, evidence: str) -> Case:
    """申请剔除: for one of eight reasons, decided by another person."""
    decided = _decided(work, case, "exclude", "excluded", code=code)
    _ask(work, case, "exclude", code, "", evidence)
    return decided


def unreached(work: Work, case: Case, *, caller: str | None = None) -> Case:
    """未接通另约: a call that nobody answered; it comes again on another half-day.

    After the last attempt of the policy the review waits no longer: it is to be decided.
    """
    review, matter = case.asked, case.matter
    require_in_hand(work, review)
    if casework.tried_enough(work, matter, "review"):
        times = work.policy.review.attempts
        raise Refused(f"已在{times}个不同的半天未接通：不再另约，请给出核查结论")
    matter = casework.callback(work, matter, result="未接通", caller=caller, purpose="review")
    again_at = None
    if not casework.tried_enough(work, matter, "review"):
        again_at = casework.calling_hours(work).next_half_day(work.at)
    known = {"again_at": review.again_at}
    work.update(Review, review.id, review.version, known, again_at=again_at)
    let_go(work, review.id)
    payload = {"again_at": again_at.isoformat()} if again_at is not None else None
    tell(work, matter, "review.unreached", payload=payload)
    return replace(case, matter=matter)


def approve(work: Work, case: Case, *, decision: str | None = None) -> Case:
    """同意剔除: what was asked for leaves the verified figures from now on."""
    asked = _second(work, case, "review.approve")
    _answer(work, asked, approved=True, decision=decision)
    review = case.asked
    known = {"approved_by": None}
    work.update(Review, review.id, review.version, known, approved_by=work.operator.id)
    payload = {"exclusion": asked.id}
    tell(work, case.matter, "review.approve", reason=decision, payload=payload)
    return case


def refuse(work: Work, case: Case, *, decision: str) -> Case:
    """不同意剔除: the review is undecided again, its clock as if it had never stopped."""
    asked, review = _second(work, case, "review.refuse"), case.asked
    _answer(work, asked, approved=False, decision=decision)
    reopen_review(work, case.matter, review)
    payload = {"exclusion": asked.id}
    tell(work, case.matter, "review.refuse", reason=decision, payload=payload)
    return case


def _decided(
    work: Work,
    case: Case,
    verb: str,
    verdict: str,
    *,
    cause: str | None = None,
    reason: str | None = None,
    **told: Any,
) -> Case:
    """Decide a review and tell of it."""
    decide(work, case.matter, case.asked, verdict, cause=cause, reason=reason)
    payload = {**({"cause": cause} if cause else {}), **told}
    tell(work, case.matter, f"review.{verb}", reason=reason, payload=payload or None)
    return case


def _ask(work: Work, case: Case, kind: str, code: str | None, reason: str, evidence: str) -> None:
    work.insert(
        Exclusion,
        ticket_id=case.matter.ticket_id,
        round_id=case.matter.round_id,
        review_id=case.asked.id,
        kind=kind,
        code=code,
        reason=reason,
        evidence=evidence,
        asked_at=work.at,
        asked_by=work.operator.id,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """An exclusion that waits for a second person."""

    id: int
    version: int
    asked_by: int


_ASKED = Query(
    _Asked,
    "SELECT id, version, asked_by FROM exclusion WHERE review_id = :review AND decided_at IS NULL",
)


@dataclass(frozen=True, slots=True)
class _Called:
    """A call to the citizen that connected, and who made it."""

    id: int
    operator_id: int


_CONNECTED = Query(
    _Called,
    """
SELECT id, operator_id FROM callback WHERE round_id = :round AND result = '接通' AND at >= :since
ORDER BY at DESC, id DESC LIMIT 1
""",
)


def _second(work: Work, case: Case, verb: str) -> _Asked:
    """Return what waits, for somebody other than who asked for it."""
    asked = work.first(_ASKED, review=case.asked.id)
    assert asked is not None
    if asked.asked_by == work.operator.id:
        raise Refused("申请人不能批准自己的申请：请由另一人批准")
    work.require_apart(verb, asked.asked_by)
    return asked


def _answer(work: Work, asked: _Asked, *, approved: bool, decision: str | None) -> None:
    known = {"decided_at": None, "decided_by": None, "approved": None, "decision": None}
    work.update(
        Exclusion,
        asked.id,
        asked.version,
        known,
        decided_at=work.at,
        decided_by=work.operator.id,
        approved=approved,
        decision=decision,
    )


def _load(work: Work, ticket_ids: Sequence[int]) -> list[Case]:
    matters = load_matters(work, ticket_ids)
    rounds = [matter.round_id for matter in matters]
    found = {one.round_id: one for one in work.read(REVIEWS, rounds=rounds)} if rounds else {}
    for matter in matters:
        work.belongs("round", matter.round_id, "ticket", matter.ticket_id)
    return [Case(matter, found.get(matter.round_id)) for matter in matters]


def _known(case: Case) -> Known:
    return Known(case.matter.ticket_id, case.matter.version, case.matter.number, case)


def _places(work: Work, cases: Sequence[Case]) -> list[Position]:
    states = (case.review.state if case.review is not None else "none" for case in cases)
    return [Position("review", state) for state in states]


def _prepare(work: Work, cases: Sequence[Case]) -> None:
    """Nothing is read ahead: reviews are decided one by one."""


def _finish(work: Work, before: Case, after: Case, step: Step) -> None:
    finish(work, before.matter, after.matter)


FUNCTIONS = {
    step.__name__: step
    for step in (
        approve,
        exclude,
        excuse,
        refuse,
        rerate,
        rework,
        supervise,
        unreached,
        uphold,
    )
}
"""What gives each verdict, by its name; a test holds it to the table of steps."""

CASES: Kind[Case] = Kind(
    "review", FUNCTIONS, _load, _known, _places, _prepare, _finish, subject="ticket"
)
