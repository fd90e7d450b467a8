"""交办 转派 协办 退单: who answers for an appeal, and back to the centre.

A unit that says "not ours" waits for the centre's ruling; time is not given back. The last return
that the policy allows a round goes to arbitration (分歧裁定), which names the unit and is final.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.casework.accusing import keep_away
from models.casework.directory import AUTOMATIC, Sure, look_again, mind_directory
from models.casework.disputing import close_disputes, open_dispute
from models.casework.doing import change, lapse, tell
from models.casework.leading import followed
from models.clocks import settle
from models.matter import Matter, co_units_of, unit_code
from models.store import Query, Work
from models.tables import ReturnRequest, RoundUnit
from rules.casework import FACTS
from rules.clocks import Tags, Timekeeper, beyond_own
from rules.errors import Refused

ONLY_TOLD = "只需转知，交办即办结"


def only_told(keeper: Timekeeper, tags: Tags) -> bool:
    """Return whether a matter is done once a unit is told of it: nothing limits its close."""
    return keeper.limit_text("close", tags) is None


@followed
def dispatch(
    work: Work,
    matter: Matter,
    *,
    unit_id: int,
    reason: str | None = None,
    routed_by: str | None = None,
    assumed: bool = False,
    handler: str | None = None,
    co_units: Sequence[int] = (),
    limit_text: str | None = None,
    at: datetime | None = None,
    sure: Sure | None = None,
) -> Matter:
    """交办: hand a waiting ticket to a unit, whose clocks start; or hand it on (转派).

    The running close clock goes along with a ticket handed on: no time is given back. The new
    unit's own duties, to sign and to speak with the citizen, start with the hand-over.
    ``limit_text`` is a limit of its own for the round, with a reason, where the policy allows one.
    ``sure``: nobody decided it, and somebody looks it over afterwards.
    """
    when = at or work.at
    moved = matter.state != "waiting"
    if moved and matter.unit_id == unit_id:
        raise Refused("已在该单位办理：请选择另一个承办单位")
    if limit_text is not None:
        _refuse_own(work, matter, limit_text, reason, when)
    keep_away(work, matter, (unit_id, *co_units))
    mind_directory(work, matter, unit_id, reason)
    times = _times(work, replace(matter, unit_code=unit_code(work, unit_id)), when, assumed)
    changes = {"lead_unit_id": unit_id, "routed_by": routed_by, **times}
    if handler is not None or moved:
        changes["first_handler"] = handler
    if limit_text is not None:
        changes["limit_text"] = limit_text
    changed = change(work, matter, **changes)
    if not moved and matter.unit_text is not None:
        changed = changed.owing(unit_text=None)
    verb = "transfer" if moved else "dispatch"
    payload = {"from_unit": matter.unit_id} if moved else _alone(work, matter, unit_id, sure)
    if limit_text is not None:
        payload = {**(payload or {}), "limit": limit_text}
    tell(work, changed, verb, at=when, unit_id=unit_id, reason=reason, payload=payload)
    help_with(work, changed, co_units, when)
    settled = settle(work, changed)
    own = matter.due_fixed_at or changed.limit_text
    if moved or own or not only_told(work.timekeeper(), settled.tags):
        return settled
    return _only_told(work, settled, when)


def _only_told(work: Work, matter: Matter, when: datetime) -> Matter:
    """Close what its unit is only to be told of."""
    told = change(work, matter, closed_at=when)
    tell(work, told, "close", at=when, reason=ONLY_TOLD)
    return settle(work, told)


def _refuse_own(
    work: Work, matter: Matter, limit_text: str, reason: str | None, when: datetime
) -> None:
    """Refuse a limit of its own without reason, beyond the policy, or where a clock runs."""
    if not reason:
        raise Refused("另定办结时限须写明理由：请填写理由后再办")
    if matter.due_fixed_at is not None or matter.dispatched_at is not None:
        raise Refused(FACTS["given"])
    why = None
    if matter.merged_into is None:
        why = beyond_own(work.timekeeper(), limit_text, when, matter.tags)
    if why is not None:
        raise Refused(why)


def _times(work: Work, matter: Matter, when: datetime, assumed: bool) -> dict[str, Any]:
    """Return when a matter was handed to a unit first, or on, with what begins anew then."""
    if matter.dispatched_at is None:
        course = work.timekeeper().course(matter.tags).text
        return {"dispatched_at": when, "dispatch_assumed": assumed, "course": course}
    return {
        "handed_at": when,
        "acknowledged_at": None,
        "contacted_at": None,
        "first_replied_at": None,
    }


def _alone(work: Work, matter: Matter, unit_id: int, sure: Sure | None) -> dict[str, Any] | None:
    """Let a dispatch that nobody decided be looked over; return what its event tells of that."""
    if sure is None:
        return None
    look_again(work, matter, AUTOMATIC, unit_id, **sure.told())
    return {"sure": sure.words}


@followed
def join(work: Work, matter: Matter, *, unit_id: int) -> Matter:
    """增加协办: let another unit help, on a clock one working day shorter than the lead's."""
    if unit_id == matter.unit_id or unit_id in co_units_of(work, matter):
        raise Refused("该单位已在主办或协办：请选择另一个单位")
    help_with(work, matter, [unit_id], work.at)
    return settle(work, matter)


def take_back(work: Work, matter: Matter, *, reason: str | None = None) -> Matter:
    """退单获准: the ticket waits for the centre again, its close clock still running."""
    changed = change(
        work,
        matter,
        lead_unit_id=None,
        first_handler=None,
        returned_at=work.at,
        handed_at=None,
        acknowledged_at=None,
        contacted_at=None,
        first_replied_at=None,
        routed_by=None,
    )
    tell(work, matter, "grant_return", reason=reason)
    return settle(work, changed)


def help_with(
    work: Work, matter: Matter, units: Sequence[int], when: datetime | None
) -> tuple[int, ...]:
    """Let units help that do not yet, the lead aside; return those that joined.

    ``when`` None: with the dispatch, which is still to come.
    """
    if not units:
        return ()
    helping = co_units_of(work, matter)
    new = [id for id in dict.fromkeys(units) if id != matter.unit_id and id not in helping]
    keep_away(work, matter, new)
    for id in new:
        work.insert(RoundUnit, round_id=matter.round_id, unit_id=id, joined_at=when)
        tell(work, matter, "join", at=when, unit_id=id)
    return tuple(new)


_RETURNED = "SELECT count(*) FROM return_request WHERE round_id = :round"


@followed
def ask_return(work: Work, matter: Matter, *, code: str, reason: str | None = None) -> Matter:
    """申请退单, for one of ``RETURN_CODES``; the clocks run on."""
    before = int(work.value(_RETURNED, round=matter.round_id))
    last = before + 1 >= work.timekeeper().caps(matter.tags).returns
    work.insert(
        ReturnRequest,
        round_id=matter.round_id,
        unit_id=matter.unit_id,
        asked_at=work.at,
        reason_code=code,
        reason=reason,
        arbitration=last,
    )
    tell(work, matter, "ask_return", reason=reason, payload={"code": code})
    if last:
        open_dispute(work, matter, "return", reason)
    return matter


@followed
def grant_return(
    work: Work, matter: Matter, *, unit_id: int | None = None, reason: str | None = None
) -> Matter:
    """同意退单: back to 待派, or to ``unit_id`` at once; the close clock goes along."""
    if unit_id is not None and unit_id == matter.unit_id:
        raise Refused("同意退单不能再派给原单位：请另选单位，或不同意退单")
    if unit_id is not None:
        keep_away(work, matter, (unit_id,))
    _decide(work, matter, accepted=True, unit_id=unit_id)
    lapse(work, matter, "已退单")
    freed = take_back(work, matter, reason=reason)
    if unit_id is None:
        return freed
    return dispatch(work, freed, unit_id=unit_id, reason=reason)


@followed
def refuse_return(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意退单: the unit goes on; no time is given back."""
    _decide(work, matter, accepted=False, unit_id=None)
    tell(work, matter, "refuse_return", reason=reason)
    return matter


@followed
def arbitrate(work: Work, matter: Matter, *, unit_id: int, reason: str) -> Matter:
    """分歧裁定: say once and for all which unit handles it; nobody may return it again.

    Another unit than the one that asked may have it by now, as its provisional handler.
    """
    keep_away(work, matter, (unit_id,))
    for asked in work.read(_ASKED, round=matter.round_id):
        _decide_one(work, asked, accepted=asked.unit_id != unit_id, unit_id=unit_id)
    tell(work, matter, "arbitrate", reason=reason, payload={"unit": unit_id})
    close_disputes(work, matter, unit_id, reason)
    if unit_id == matter.unit_id:
        return matter
    lapse(work, matter, "已裁定由其他单位办理")
    return dispatch(work, matter, unit_id=unit_id, reason=reason)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A return that nobody has ruled on."""

    id: int
    version: int
    unit_id: int
    asked_at: datetime


_ASKED = Query(
    _Asked,
    "SELECT id, version, unit_id, asked_at FROM return_request "
    "WHERE round_id = :round AND decided_at IS NULL",
)


def _decide(work: Work, matter: Matter, *, accepted: bool, unit_id: int | None) -> None:
    _decide_one(work, work.read(_ASKED, round=matter.round_id)[0], accepted, unit_id)


def _decide_one(work: Work, asked: _Asked, accepted: bool, unit_id: int | None) -> None:
    if work.at < asked.asked_at:
        raise Refused("裁定时间早于申请时间：请核对时间")
    work.update(
        ReturnRequest,
        asked.id,
        asked.version,
        decided_at=work.at,
        accepted=accepted,
        new_unit_id=unit_id,
        decided_by=work.operator.id,
    )
