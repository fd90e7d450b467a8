"""退单: a unit says "not ours", the centre rules; time is not given back.

The second return of a round goes to arbitration (分歧裁定), which names the unit and is final.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.casework.doing import lapse, tell
from models.casework.handing import dispatch, take_back
from models.matter import Matter
from models.store import Query, Work
from models.tables import ReturnRequest
from rules.errors import Refused

_RETURNED = "SELECT 1 FROM return_request WHERE round_id = :round"


def ask_return(work: Work, matter: Matter, *, code: str, reason: str | None = None) -> Matter:
    """申请退单, for one of ``RETURN_CODES``; the clocks run on."""
    before = work.value(_RETURNED, round=matter.round_id)
    work.insert(
        ReturnRequest,
        round_id=matter.round_id,
        unit_id=matter.unit_id,
        asked_at=work.at,
        reason_code=code,
        reason=reason,
        arbitration=before is not None,
    )
    tell(work, matter, "ask_return", reason=reason, payload={"code": code})
    return matter


def grant_return(
    work: Work, matter: Matter, *, unit_id: int | None = None, reason: str | None = None
) -> Matter:
    """同意退单: back to 待派, or to ``unit_id`` at once; the close clock goes along."""
    if unit_id is not None and unit_id == matter.unit_id:
        raise Refused("同意退单不能再派给原单位：请另选单位，或不同意退单")
    _decide(work, matter, accepted=True, unit_id=unit_id)
    lapse(work, matter, "已退单")
    freed = take_back(work, matter, reason=reason)
    if unit_id is None:
        return freed
    return dispatch(work, freed, unit_id=unit_id, reason=reason)


def refuse_return(work: Work, matter: Matter, *, reason: str) -> Matter:
    """不同意退单: the unit goes on; no time is given back."""
    _decide(work, matter, accepted=False, unit_id=None)
    tell(work, matter, "refuse_return", reason=reason)
    return matter


def arbitrate(work: Work, matter: Matter, *, unit_id: int, reason: str) -> Matter:
    """分歧裁定: say once and for all which unit handles it; nobody may return it again."""
    other = unit_id != matter.unit_id
    _decide(work, matter, accepted=other, unit_id=unit_id)
    tell(work, matter, "arbitrate", reason=reason, payload={"unit": unit_id})
    if not other:
        return matter
    lapse(work, matter, "已裁定由其他单位办理")
    return dispatch(work, matter, unit_id=unit_id, reason=reason)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A return that nobody has ruled on."""

    id: int
    version: int
    asked_at: datetime


_ASKED = Query(
    _Asked,
    "SELECT id, version, asked_at FROM return_request "
    "WHERE round_id = :round AND decided_at IS NULL",
)


def _decide(work: Work, matter: Matter, *, accepted: bool, unit_id: int | None) -> None:
    asked = work.read(_ASKED, round=matter.round_id)[0]
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
