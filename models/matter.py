"""A ticket and its current round as one value, read inside a writing transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.course import Acts
from rules.errors import DubanError
from rules.timekeeper import Tags

Rows = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a verb must know of a ticket; versions are those seen."""

    ticket_id: int
    ticket_version: int
    number: str
    nature: str
    urgency: str
    category: str | None
    channel: str
    received_at: datetime
    due_fixed_at: datetime | None
    worst_colour: str
    round_id: int
    round_version: int
    n: int
    state: str
    unit_id: int | None
    handler: str | None
    opened_at: datetime
    dispatched_at: datetime | None
    assumed: bool
    acknowledged_at: datetime | None
    contacted_at: datetime | None
    reply: str | None
    replied_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    result_rating: str | None
    work_rating: str | None
    rated_at: datetime | None

    @property
    def tags(self) -> Tags:
        """What chooses its limits."""
        return Tags(self.nature, self.urgency, self.category, self.channel)

    @property
    def acts(self) -> Acts:
        """When what happened in the current round."""
        return Acts(
            self.opened_at, self.dispatched_at, self.acknowledged_at, self.contacted_at,
            self.replied_at, self.closed_at, self.assumed, self.due_fixed_at is not None,
        )  # fmt: skip


_ASSUMED = 18  # the place of dispatch_assumed among the columns below
_SQL = """
SELECT t.id, t.version, t.number, t.nature, t.urgency, t.category, t.channel, t.received_at,
       t.due_fixed_at, t.worst_colour, r.id, r.version, r.n, r.state, r.lead_unit_id,
       r.first_handler, r.opened_at, r.dispatched_at, r.dispatch_assumed, r.acknowledged_at,
       r.contacted_at, r.reply, r.replied_at, r.closed_at, r.outcome, r.result_rating,
       r.work_rating, r.rated_at
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.id = :id
"""


def load(rows: Rows, ticket_id: int) -> Matter:
    """Return a ticket with its current round; ``rows`` is a reader's or a work's ``rows``."""
    found = rows(_SQL, id=ticket_id)
    if not found:
        raise DubanError(f"没有内部编号为 {ticket_id} 的工单：请刷新队列后再办")
    cells = list(found[0])
    cells[_ASSUMED] = bool(cells[_ASSUMED])
    return Matter(*cells)


def id_of(rows: Rows, number: str) -> int:
    """Return the id of the ticket of a number."""
    found = rows("SELECT id FROM ticket WHERE number = :number", number=number.strip())
    if not found:
        raise DubanError(f"没有工单 {number}：请核对工单编号")
    return int(found[0][0])


def facts(rows: Rows, matter: Matter) -> frozenset[str]:
    """Return what is true of a matter besides its state, in the words of ``rules.lifecycle``."""
    found = {str(row[0]) for row in rows(_FACTS, r=matter.round_id)}
    if matter.contacted_at is not None:
        found.add("contacted")
    if matter.result_rating == "不满意":
        found.add("unsatisfied")
    return frozenset(found)


_FACTS = """
SELECT 'return_asked' FROM return_request WHERE round_id = :r AND decided_at IS NULL
UNION SELECT 'extension_asked' FROM extension e JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id = :r AND e.decided_at IS NULL
UNION SELECT 'pause_asked' FROM pause p JOIN deadline d ON d.id = p.deadline_id
    WHERE d.round_id = :r AND p.decided_at IS NULL
UNION SELECT 'paused' FROM deadline
    WHERE round_id = :r AND stopped_at IS NULL AND paused_at IS NOT NULL
UNION SELECT 'extended' FROM extension e JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id = :r AND e.granted
UNION SELECT 'returned' FROM return_request WHERE round_id = :r AND decided_at IS NOT NULL
UNION SELECT 'reviewed' FROM review WHERE round_id = :r AND decided_at IS NOT NULL
"""
