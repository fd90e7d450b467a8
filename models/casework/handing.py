"""交办 转派 协办: who answers for an appeal, and back to the centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.casework.doing import change, tell
from models.clocks import settle
from models.matter import Matter
from models.store import Query, Work
from models.tables import RoundUnit
from rules.errors import Refused


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
    at: datetime | None = None,
) -> Matter:
    """交办: hand a waiting ticket to a unit, whose clocks start; or hand it on (转派).

    The running close clock goes along with a ticket handed on: no time is given back. The new
    unit's own duties, to sign and to speak with the citizen, start with the hand-over.
    """
    when = at or work.at
    moved = matter.state != "waiting"
    if moved and matter.unit_id == unit_id:
        raise Refused("已在该单位办理：请选择另一个承办单位")
    changes: dict[str, Any] = {"lead_unit_id": unit_id, "routed_by": routed_by}
    if matter.dispatched_at is None:
        changes |= {"dispatched_at": when, "dispatch_assumed": assumed}
    else:
        changes |= {
            "handed_at": when,
            "acknowledged_at": None,
            "contacted_at": None,
            "first_replied_at": None,
        }
    if handler is not None or moved:
        changes["first_handler"] = handler
    changed = change(work, matter, **changes)
    if not moved and matter.unit_text is not None:
        changed = changed.owing(unit_text=None)
    payload = {"from_unit": matter.unit_id} if moved else None
    verb = "transfer" if moved else "dispatch"
    tell(work, changed, verb, at=when, unit_id=unit_id, reason=reason, payload=payload)
    help_with(work, changed, co_units, when)
    return settle(work, changed)


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
    for id in new:
        work.insert(RoundUnit, round_id=matter.round_id, unit_id=id, joined_at=when)
        tell(work, matter, "join", at=when, unit_id=id)
    return tuple(new)


def co_units_of(work: Work, matter: Matter) -> set[int]:
    """Return the units that help in a round."""
    return {helper.unit_id for helper in work.read(_CO_UNITS, round=matter.round_id)}


@dataclass(frozen=True, slots=True)
class _CoUnit:
    """A unit that helps in a round."""

    unit_id: int


_CO_UNITS = Query(_CoUnit, "SELECT unit_id FROM round_unit WHERE round_id = :round")
