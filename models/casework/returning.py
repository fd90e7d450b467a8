"""退单: a unit says "not ours", the centre rules; time is not given back.

The second return of a round goes to arbitration (分歧裁定), which names the unit and is final.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from models import acts
from models.casework.doing import Done, Seen, each, lapse
from models.casework.wording import one_of, written
from models.tables import ReturnRequest
from rules.casework import RETURN_CODES
from rules.errors import Refused

if TYPE_CHECKING:
    from models.matter import Matter
    from models.store import Store, Work


def ask_return(
    store: Store,
    ticket_ids: Sequence[int],
    code: str,
    reason: str | None = None,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """申请退单, for one of ``RETURN_CODES``; the clocks run on."""
    one_of(code, tuple(RETURN_CODES), "退单理由")

    def ask(work: Work, matter: Matter) -> None:
        before = work.one("SELECT 1 FROM return_request WHERE round_id = :r", r=matter.round_id)
        work.insert(
            ReturnRequest, round_id=matter.round_id, unit_id=matter.unit_id, asked_at=work.at,
            reason_code=code, reason=reason, arbitration=before is not None,
        )  # fmt: skip
        _tell(work, matter, "ask_return", {"code": code}, reason)

    return each(store, ticket_ids, "ask_return", ask, at=at, seen=seen)


def grant_return(
    store: Store,
    ticket_ids: Sequence[int],
    *,
    unit_id: int | None = None,
    reason: str | None = None,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """同意退单: back to 待派, or to ``unit_id`` at once; the close clock goes along."""

    def grant(work: Work, matter: Matter) -> None:

        _decide(work, matter, accepted=True, unit_id=unit_id)
        if unit_id is not None and unit_id == matter.unit_id:
            raise Refused("同意退单不能再派给原单位：请另选单位，或不同意退单")
        lapse(work, matter, "已退单")
        freed = acts.take_back(work, matter, reason=reason)
        if unit_id is not None:
            acts.dispatch(work, freed, unit_id, reason=reason)

    return each(store, ticket_ids, "grant_return", grant, at=at, seen=seen)


def refuse_return(
    store: Store,
    ticket_ids: Sequence[int],
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """不同意退单: the unit goes on; no time is given back."""
    why = written(reason, "不同意的理由")

    def refuse(work: Work, matter: Matter) -> None:
        _decide(work, matter, accepted=False, unit_id=None)
        _tell(work, matter, "refuse_return", {}, why)

    return each(store, ticket_ids, "refuse_return", refuse, at=at, seen=seen)


def arbitrate(
    store: Store,
    ticket_ids: Sequence[int],
    unit_id: int,
    reason: str,
    *,
    at: datetime | None = None,
    seen: Seen | None = None,
) -> Done:
    """分歧裁定: say once and for all which unit handles it; nobody may return it again."""
    why = written(reason, "裁定理由")

    def rule(work: Work, matter: Matter) -> None:

        other = unit_id != matter.unit_id
        _decide(work, matter, accepted=other, unit_id=unit_id)
        _tell(work, matter, "arbitrate", {"unit": unit_id}, why)
        if other:
            lapse(work, matter, "已裁定由其他单位办理")
            acts.dispatch(work, matter, unit_id, reason=why)

    return each(store, ticket_ids, "arbitrate", rule, at=at, seen=seen)


def _decide(work: Work, matter: Matter, *, accepted: bool, unit_id: int | None) -> None:
    id, version, asked_at = work.rows(_ASKED, r=matter.round_id)[0]
    if work.at < asked_at:
        raise Refused("裁定时间早于申请时间：请核对时间")
    work.update(ReturnRequest, id, version, decided_at=work.at, accepted=accepted,
                new_unit_id=unit_id, decided_by=work.operator.id)  # fmt: skip


def _tell(
    work: Work, matter: Matter, verb: str, payload: dict[str, object], reason: str | None
) -> None:
    work.event(f"ticket.{verb}", "ticket", matter.ticket_id, unit_id=matter.unit_id,
               reason=reason, payload=payload)  # fmt: skip


_ASKED = """
SELECT id, version, asked_at FROM return_request WHERE round_id = :r AND decided_at IS NULL
"""
