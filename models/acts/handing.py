"""Who answers for it: dispatch, transfer, co-units, and back to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.acts.recording import change, not_before, require, tell
from models.clocks import settle
from models.matter import Matter
from models.store import Work
from models.tables import RoundUnit, Ticket
from rules.errors import Refused


def dispatch(
    work: Work,
    matter: Matter,
    unit_id: int,
    *,
    at: datetime | None = None,
    reason: str | None = None,
    routed_by: str | None = None,
    assumed: bool = False,
    handler: str | None = None,
    co_units: Sequence[int] = (),
) -> Matter:
    """交办: hand a waiting ticket to a unit, whose clocks start; or hand it on (转派).

    The running close clock goes along with a ticket handed on: no time is given back. The new
    unit's own duties, to sign and to speak with the citizen, start with the hand-over.
    """
    when = at or work.at
    require(matter, "waiting", "dispatched", "acknowledged", act="交办")
    moved = matter.state != "waiting"
    if moved and matter.unit_id == unit_id:
        raise Refused(f"{matter.number} 已在该单位办理：请选择另一个承办单位")
    not_before(matter, when, matter.opened_at, "交办", "受理")
    changes: dict[str, Any] = {"lead_unit_id": unit_id, "routed_by": routed_by}
    if matter.dispatched_at is None:
        changes |= {"dispatched_at": when, "dispatch_assumed": assumed}
    else:
        not_before(matter, when, matter.returned_at or matter.dispatched_at, "转派", "交办")
        changes |= {"handed_at": when, "acknowledged_at": None, "contacted_at": None,
                    "first_replied_at": None}  # fmt: skip
    if handler is not None or moved:
        changes["first_handler"] = handler
    change(work, matter, **changes)
    if not moved:
        work.update(Ticket, matter.ticket_id, matter.ticket_version, unit_text=None)
    tell(work, matter, "ticket.transfer" if moved else "ticket.dispatch", when, unit_id=unit_id,
         reason=reason, payload={"from_unit": matter.unit_id} if moved else None)  # fmt: skip
    for co_unit in co_units:
        _join(work, matter, co_unit, when, lead=unit_id)
    return settle(work, matter.ticket_id)


def join(work: Work, matter: Matter, unit_id: int) -> Matter:
    """增加协办: let another unit help, on a clock of its own."""
    require(matter, "dispatched", "acknowledged", act="增加协办")
    if not _join(work, matter, unit_id, work.at, lead=matter.unit_id):
        raise Refused(f"{matter.number} 该单位已在主办或协办：请选择另一个单位")
    return settle(work, matter.ticket_id)


def take_back(work: Work, matter: Matter, *, reason: str | None = None) -> Matter:
    """退单: the ticket waits for the centre again, its close clock still running."""
    change(work, matter, lead_unit_id=None, first_handler=None, returned_at=work.at,
           handed_at=None, acknowledged_at=None, contacted_at=None, first_replied_at=None,
           routed_by=None)  # fmt: skip
    tell(work, matter, "ticket.grant_return", work.at, reason=reason)
    return settle(work, matter.ticket_id)


def _join(work: Work, matter: Matter, unit_id: int, when: datetime, *, lead: int | None) -> bool:
    helping = work.rows("SELECT unit_id FROM round_unit WHERE round_id = :r", r=matter.round_id)
    if unit_id == lead or (unit_id,) in helping:
        return False
    work.insert(RoundUnit, round_id=matter.round_id, unit_id=unit_id, joined_at=when)
    tell(work, matter, "ticket.join", when, unit_id=unit_id)
    return True
