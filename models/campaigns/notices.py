"""Citizens told of what 特殊时期 did to their appeals: the list to send, each ticket once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.campaigns.emergencies import EmergencyView, emergency_of
from models.store import Query, Work, retried
from models.tables import EmergencyTicket
from rules.campaigns import pause_notice, resume_notice
from rules.clocks import chinese_due, chinese_moment

if TYPE_CHECKING:
    from models.store import Store

Keep = Callable[[Sequence["Notice"]], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to send by the channel that an appeal came by; it names nobody."""

    number: str
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class _Untold:
    """A ticket whose citizen has not been told how its limit stands."""

    id: int
    version: int
    number: str
    channel: str
    due_at: datetime | None


_UNTOLD = Query(
    _Untold,
    """
SELECT x.id, x.version, t.number, t.channel, d.due_at
FROM emergency_ticket x JOIN emergency e ON e.id = x.emergency_id
JOIN ticket t ON t.id = x.ticket_id
LEFT JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN deadline d ON d.round_id = r.id AND d.subject_kind = 'ticket' AND d.step = 'close'
    AND d.stopped_at IS NULL
WHERE x.emergency_id = :id
  AND (e.to_at IS NULL AND x.told_at IS NULL OR e.to_at IS NOT NULL AND x.told_end_at IS NULL)
ORDER BY t.id
""",
)


@retried
def tell_citizens(store: Store, id: int, keep: Keep) -> int:
    """Give ``keep`` the messages that have not been sent, and note that they go out; how many.

    While the event lasts they tell of the pause, afterwards of the new due date.
    """
    with store.writing() as work:
        work.require(verb="emergency.tell")
        event = emergency_of(work, id)
        untold = work.read(_UNTOLD, id=id)
        if untold:
            keep([_notice(work, event, one) for one in untold])
            told = ("told_at",) if event.to_at is None else ("told_at", "told_end_at")
            rows = [(one.id, one.version, *[work.at] * len(told)) for one in untold]
            work.update_many(EmergencyTicket, told, rows)
            payload = {"tickets": len(untold), "ended": event.to_at is not None}
            work.event("emergency.tell", "emergency", id, payload=payload)
        return len(untold)


def _notice(work: Work, event: EmergencyView, one: _Untold) -> Notice:
    local = work.timekeeper().local
    if event.to_at is None:
        since = chinese_moment(local(event.from_at))
        return Notice(
            one.number, one.channel, pause_notice(one.number, event.kind, event.begun.name, since)
        )
    due = chinese_due(local(one.due_at)) if one.due_at else ""
    text = resume_notice(one.number, event.kind, event.end_number or "", due)
    return Notice(one.number, one.channel, text)
