"""办结, and what may follow it: to open it again, or to have it done again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models.acts.answering import judge
from models.acts.recording import act, not_before, require, tell
from models.casework import lapse
from models.clocks import settle
from models.matter import Matter
from models.store import Work
from models.tables import Round, Ticket
from rules.casework import state_of
from rules.clocks import Limit
from rules.errors import Refused


def close(
    work: Work,
    matter: Matter,
    outcome: str | None = None,
    *,
    at: datetime | None = None,
    reason: str | None = None,
) -> Matter:
    """办结: the centre accepts what was done, with its outcome."""
    when = at or work.at
    require(matter, "waiting", "dispatched", "acknowledged", "replied", act="办结")
    not_before(matter, when, matter.opened_at, "办结", "受理")
    claimed = judge(work, matter, accepted=True, reason=reason) if matter.replied_at else None
    outcome = outcome or claimed
    lapse(work, matter, "已办结")
    return act(
        work, matter, "ticket.close", when, reason=reason,
        payload={"outcome": outcome} if outcome else None,
        closed_at=when, outcome=outcome or matter.outcome,
    )  # fmt: skip


def reopen(work: Work, matter: Matter, reason: str) -> Matter:
    """重新打开: closed by mistake; it goes back to its unit, the close clock never stopped."""
    require(matter, "closed", act="重新打开")
    first = matter.first_replied_at or matter.replied_at
    state = state_of(replace(matter.acts, closed_at=None, replied_at=None, first_replied_at=first))
    return act(
        work, matter, "ticket.reopen", work.at, reason=reason, payload={"state": state},
        closed_at=None, outcome=None, replied_at=None, first_replied_at=first,
    )  # fmt: skip


def rework(
    work: Work,
    matter: Matter,
    *,
    unit_id: int | None = None,
    limit_text: str | None = None,
    reason: str,
) -> Matter:
    """重办: a new round with its own limit, by the same unit unless another is named."""
    require(matter, "closed", act="重办")
    to = unit_id or matter.unit_id
    if to is None:
        raise Refused(f"{matter.number} 没有承办单位：请指定由哪个单位重办")
    if limit_text is not None:
        Limit.parse(limit_text)
    work.insert(
        Round, ticket_id=matter.ticket_id, n=matter.n + 1, state="dispatched", lead_unit_id=to,
        first_handler=matter.handler if to == matter.unit_id else None, opened_at=work.at,
        dispatched_at=work.at, limit_text=limit_text,
    )  # fmt: skip
    work.update(Ticket, matter.ticket_id, matter.ticket_version, rounds=matter.n + 1, state="open")
    payload = {"round": matter.n + 1, **({"limit": limit_text} if limit_text else {})}
    tell(work, matter, "ticket.rework", work.at, unit_id=to, reason=reason, payload=payload)
    return settle(work, matter.ticket_id)
