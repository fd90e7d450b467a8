"""A ticket and its current round as one value, and where it stands among the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rules.casework import Acts, Position
from rules.clocks import Tags, Timekeeper
from rules.errors import DubanError

Rows = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a verb must know of a ticket; versions are those seen.

    ``limit_text`` is a limit this round has of its own; ``instructed``: a 批示 on it is not done.
    """

    ticket_id: int
    ticket_version: int
    number: str
    nature: str
    urgency: str
    category: str | None
    channel: str
    received_at: datetime
    source_due_at: datetime | None
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
    limit_text: str | None
    returned_at: datetime | None
    handed_at: datetime | None
    first_replied_at: datetime | None
    progressed_at: datetime | None
    instructed: bool

    @property
    def due_fixed_at(self) -> datetime | None:
        """The due date its source fixed; it binds the first handling, a rework has its own."""
        return self.source_due_at if self.n == 1 else None

    @property
    def pressing(self) -> bool:
        """Whether it goes before others: 特急, or under an instruction."""
        return self.urgency == "特急" or self.instructed

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
            returned_at=self.returned_at, handed_at=self.handed_at,
            first_replied_at=self.first_replied_at, progressed_at=self.progressed_at,
        )  # fmt: skip


_TRUTHS = (18, 33)  # the places of dispatch_assumed and of instructed among the columns below


_SQL = """
SELECT t.id, t.version, t.number, t.nature, t.urgency, t.category, t.channel, t.received_at,
       t.due_fixed_at, t.worst_colour, r.id, r.version, r.n, r.state, r.lead_unit_id,
       r.first_handler, r.opened_at, r.dispatched_at, r.dispatch_assumed, r.acknowledged_at,
       r.contacted_at, r.reply, r.replied_at, r.closed_at, r.outcome, r.result_rating,
       r.work_rating, r.rated_at, r.limit_text, r.returned_at, r.handed_at, r.first_replied_at,
       r.progressed_at,
       EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = t.id AND i.done_at IS NULL)
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.id = :id
"""


def load_matter(rows: Rows, ticket_id: int) -> Matter:
    """Return a ticket with its current round; ``rows`` is a reader's or a work's ``rows``."""
    found = rows(_SQL, id=ticket_id)
    if not found:
        raise DubanError(f"没有内部编号为 {ticket_id} 的工单：请刷新队列后再办")
    cells = list(found[0])
    for place in _TRUTHS:
        cells[place] = bool(cells[place])
    return Matter(*cells)


def ticket_id_of(rows: Rows, number: str) -> int:
    """Return the id of the ticket of a number."""
    found = rows("SELECT id FROM ticket WHERE number = :number", number=number.strip())
    if not found:
        raise DubanError(f"没有工单 {number}：请核对工单编号")
    return int(found[0][0])


def position(rows: Rows, matter: Matter, keeper: Timekeeper, at: datetime) -> Position:
    """Return where a matter stands as at ``at``, in the words of ``rules.lifecycle``."""
    return Position("ticket", matter.state, facts(rows, matter, keeper, at), matter.n)


def facts(rows: Rows, matter: Matter, keeper: Timekeeper, at: datetime) -> frozenset[str]:
    """Return what is true of a matter besides its state; ``rows`` is a reader's or a work's."""
    counted = {str(fact): int(n) for fact, n in rows(_FACTS, r=matter.round_id)}
    found = {fact for fact, n in counted.items() if n and fact in _PLAIN}
    if counted["returns"] - ("return_asked" in found) > 0 and "return_asked" in found:
        found.add("second_return")
    allowed = keeper.extensions_allowed(matter.tags)
    if allowed == 0:
        found.add("unextendable")
    elif counted["extensions"] >= allowed:
        found.add("extended")
    if any(due < at for (due,) in rows(_DUE, r=matter.round_id)):
        found.add("overdue")
    for fact, true in (("contacted", matter.contacted_at), ("rated", matter.rated_at)):
        if true is not None:
            found.add(fact)
    if matter.instructed:
        found.add("instructed")
    if matter.result_rating == "不满意":
        found.add("unsatisfied")
    return frozenset(found)


_PLAIN = ("return_asked", "arbitrated", "extension_asked", "pause_asked", "paused", "helped",
          "reviewed")  # fmt: skip


_DUE = """
SELECT due_at FROM deadline
WHERE round_id = :r AND step = 'close' AND stopped_at IS NULL AND paused_at IS NULL
"""


_FACTS = """
SELECT 'return_asked', count(*) FROM return_request WHERE round_id = :r AND decided_at IS NULL
UNION ALL SELECT 'returns', count(*) FROM return_request WHERE round_id = :r
UNION ALL SELECT 'arbitrated', count(*) FROM return_request
    WHERE round_id = :r AND arbitration AND decided_at IS NOT NULL
UNION ALL SELECT 'extension_asked', count(*) FROM extension e
    JOIN deadline d ON d.id = e.deadline_id WHERE d.round_id = :r AND e.decided_at IS NULL
UNION ALL SELECT 'extensions', count(*) FROM extension e
    JOIN deadline d ON d.id = e.deadline_id
    WHERE d.round_id = :r AND d.step = 'close' AND e.granted
UNION ALL SELECT 'pause_asked', count(*) FROM pause p
    JOIN deadline d ON d.id = p.deadline_id WHERE d.round_id = :r AND p.decided_at IS NULL
UNION ALL SELECT 'paused', count(*) FROM deadline
    WHERE round_id = :r AND stopped_at IS NULL AND paused_at IS NOT NULL
UNION ALL SELECT 'helped', count(*) FROM round_unit WHERE round_id = :r AND replied_at IS NULL
UNION ALL SELECT 'reviewed', count(*) FROM review WHERE round_id = :r AND decided_at IS NOT NULL
"""
