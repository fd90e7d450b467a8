"""回访: a call to the citizen, planned or not, with what they said and what follows from it.

Whoever calls records; a verdict is another person's act. What a citizen says of a matter that is
being verified is kept for the reviewer; otherwise it is a rating of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.casework.closing import rate
from models.casework.doing import tell
from models.casework.reviewing import REVIEWS, reopen_review
from models.matter import Matter
from models.store import Query, Work
from models.tables import Call, Callback
from rules.casework import CALL_PURPOSES
from rules.errors import Refused
from rules.review import CallingHours

MISSED = "未接通"


def callback(
    work: Work,
    matter: Matter,
    *,
    result: str,
    text: str | None = None,
    caller: str | None = None,
    recording: str | None = None,
    purpose: str | None = None,
    rating: str | None = None,
) -> Matter:
    """回访: who called the citizen, for what, whether they were reached, and what they said.

    ``purpose`` is a code of ``CALL_PURPOSES``; without one it is that of the planned call, if there
    is one. ``rating`` is what the citizen thinks of the result now.
    """
    planned = _planned(work, matter, purpose)
    purpose = planned.purpose if planned is not None else purpose
    _require_lawful(work, matter, planned, purpose)
    _require_said(result, text, rating, recording, purpose)
    id = keep_call(
        work,
        matter,
        result=result,
        said=text,
        caller=caller,
        recording=recording,
        purpose=purpose,
        rating=rating,
        at=work.at,
    )
    if planned is not None:
        _attempted(work, matter, planned, result)
    return _rated(work, matter, purpose, rating, id) if rating else matter


def keep_call(
    work: Work,
    matter: Matter,
    *,
    result: str,
    said: str | None,
    caller: str | None,
    recording: str | None,
    purpose: str | None = None,
    rating: str | None = None,
    at: datetime,
) -> int:
    """Keep a call, also one that a file tells of without the citizen's words; return its id."""
    id = work.insert(
        Callback,
        round_id=matter.round_id,
        at=at,
        recorded_at=work.now,
        result=result,
        said=said,
        caller=caller or work.operator.name,
        operator_id=work.operator.id,
        recording=recording,
        purpose=purpose,
    )
    told = {"callback": id, "result": result, **({"rating": rating} if rating else {})}
    tell(work, matter, "callback", at=at, payload=told)
    return id


def calling_hours(work: Work) -> CallingHours:
    """Return when citizens may be called under the policy in force."""
    return CallingHours(work.policy.review.hours, work.timekeeper().zone)


def tried_enough(work: Work, matter: Matter, purpose: str) -> bool:
    """Whether the calls for a purpose that nobody answered count as 未接通 under the policy."""
    missed = [one.at for one in _missed(work, matter) if one.purpose == purpose]
    return calling_hours(work).unreached(missed, work.policy.review.attempts)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A planned call that has not been made to its end."""

    id: int
    version: int
    purpose: str
    attempts: int
    not_before: datetime
    not_by: int | None


_PLANNED = Query(
    _Planned,
    """
SELECT id, version, purpose, attempts, not_before, not_by FROM call
WHERE round_id = :round AND done_at IS NULL ORDER BY id
""",
)


@dataclass(frozen=True, slots=True)
class _Missed:
    """A call that nobody answered."""

    at: datetime
    purpose: str | None


_MISSED = Query(
    _Missed, "SELECT at, purpose FROM callback WHERE round_id = :round AND result = '未接通'"
)


def _missed(work: Work, matter: Matter) -> list[_Missed]:
    return work.read(_MISSED, round=matter.round_id)


def _planned(work: Work, matter: Matter, purpose: str | None) -> _Planned | None:
    """Return the planned call that is made now: the one of a purpose, else any this one may."""
    found = work.read(_PLANNED, round=matter.round_id)
    if purpose is not None:
        return next((one for one in found if one.purpose == purpose), None)
    others = [one for one in found if one.not_by != work.operator.id]
    return next(iter((*others, *found)), None)


def _require_lawful(
    work: Work, matter: Matter, planned: _Planned | None, purpose: str | None
) -> None:
    """Refuse a call to somebody, at a time or by somebody for which there may be none."""
    if matter.confidential:
        raise Refused("保密件不回访：请由督办员按保密件的办法核实")
    if planned is not None and planned.not_by == work.operator.id:
        raise Refused("改评抽查不能由原来打电话的人再打：请由另一人回访")
    if purpose == "recheck" and planned is None:
        raise Refused("没有待打的改评抽查：请写别的回访用途")
    hours = calling_hours(work)
    if not hours.open_at(work.at):
        spans = "、".join(work.policy.review.hours)
        raise Refused(f"不在回访时间（{spans}）：请改为打电话的时间，或到时再打")
    half_day = hours.half_day(work.at)
    if half_day in {hours.half_day(one.at) for one in _missed(work, matter)}:
        again = work.timekeeper().local(hours.next_half_day(work.at))
        raise Refused(f"这半天已打过、未接通：请在{again:%m-%d %H:%M}以后再打")


def _require_said(
    result: str,
    text: str | None,
    rating: str | None,
    recording: str | None,
    purpose: str | None,
) -> None:
    if result == "接通" and not text:
        raise Refused("接通的回访须写明诉求人的话：请填写后再办")
    if rating and result != "接通":
        raise Refused("只有接通的回访才能登记诉求人的评价：请去掉评价再办")
    if rating and not (recording or "").strip():
        raise Refused("登记诉求人的评价须写录音编号：请填写后再办")
    if purpose == "recheck" and result == "接通" and not rating:
        raise Refused(f"{CALL_PURPOSES['recheck']}接通的，须写明诉求人现在的评价：请填写后再办")


def _attempted(work: Work, matter: Matter, planned: _Planned, result: str) -> None:
    """Count an attempt; what was answered, refused or tried often enough is done."""
    known: dict[str, object] = {"attempts": planned.attempts}
    columns: dict[str, object] = {"attempts": planned.attempts + 1}
    if result == MISSED and not tried_enough(work, matter, planned.purpose):
        known |= {"not_before": planned.not_before}
        columns |= {"not_before": calling_hours(work).next_half_day(work.at)}
    else:
        known |= {"done_at": None, "result": None}
        columns |= {"done_at": work.at, "result": result}
    work.update(Call, planned.id, planned.version, known, **columns)


def _rated(work: Work, matter: Matter, purpose: str | None, rating: str, called: int) -> Matter:
    """Let what the citizen thinks now count: not of a matter that a reviewer has yet to decide.

    Who denies a re-rating is unsatisfied again from now on, and the review is undecided.
    """
    review = next(iter(work.read(REVIEWS, rounds=[matter.round_id])), None)
    if purpose == "recheck":
        if rating != "不满意" or review is None or review.verdict != "rerated":
            return matter
        matter = rate(work, matter, result=rating, means="rerating", callback_id=called)
        reopen_review(work, matter, review, anew=True)
        tell(work, matter, "review.reopen", payload={"callback": called})
        return matter
    if review is not None and review.state != "decided":
        return matter
    return rate(work, matter, result=rating, means="callback", callback_id=called)
