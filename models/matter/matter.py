"""A ticket and its current round as one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.store import Query, Source
from rules.casework import ANALYSIS, Acts, state_of
from rules.clocks import Tags, course_of
from rules.errors import DubanError

if TYPE_CHECKING:
    from models.store import Work


def grid_code(grid: str | None) -> str | None:
    """Return a place that is a code; one in words has none."""
    return grid if grid is not None and grid.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Matter:
    """What a verb must know of a ticket, loaded once in an act; versions are those seen.

    ``version`` is the one version of the matter, raised by every act. ``limit_text`` is a limit
    this round has of its own; ``instructed``: a 批示 on it is not done; ``awaiting_…`` is the reply
    that awaits judgement. ``accused``: it is against some unit, ``against_lead``: against the one
    that has it. ``merged_into`` is the ticket that leads it (并单), ``carries``: it leads others.
    ``course`` says what starts and stops the clocks of this round, ``instructed_at`` when it was
    first under a 批示.
    ``owed`` are columns of the ticket that the act has still to write.
    """

    ticket_id: int
    version: int
    number: str
    nature: str
    urgency: str
    confidential: bool
    category: str | None
    channel: str
    received_at: datetime
    source_due_at: datetime | None
    ticket_state: str
    worst_colour: str
    unit_text: str | None
    grid: str | None
    rounds: int
    round_id: int
    round_version: int
    n: int
    state: str
    unit_id: int | None
    unit_code: str | None
    handler: str | None
    routed_by: str | None
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
    judged_at: datetime | None
    instructed: bool
    awaiting_id: int | None
    awaiting_version: int | None
    awaiting_outcome: str | None
    accused: bool
    against_lead: bool
    merged_into: int | None
    carries: bool
    campaign: str | None
    accepted_at: datetime | None
    declined_at: datetime | None
    supplement_asked_at: datetime | None
    supplemented_at: datetime | None
    course: str | None
    instructed_at: datetime | None
    owed: tuple[tuple[str, Any], ...] = ()

    @property
    def due_fixed_at(self) -> datetime | None:
        """The due date its source fixed; it binds the first handling, a rework has its own."""
        return self.source_due_at if self.n == 1 else None

    @property
    def for_analysis(self) -> bool:
        """Whether others answer it: it came in for insight alone."""
        return self.ticket_state == ANALYSIS

    @property
    def pressing(self) -> bool:
        """Whether it goes before others: 特急, or under an instruction."""
        return self.urgency == "特急" or self.instructed

    @property
    def filed(self) -> tuple[str | None, str, str]:
        """The code of its place, its channel and urgency: what its clocks are filtered by."""
        return grid_code(self.grid), self.channel, self.urgency

    @property
    def tags(self) -> Tags:
        """What chooses its limits."""
        return Tags(
            self.nature,
            self.urgency,
            self.category,
            self.channel,
            self.unit_code,
            grid_code(self.grid),
            self.n,
            self.campaign,
        )

    @property
    def acts(self) -> Acts:
        """When what happened in the current round."""
        return Acts(
            self.opened_at,
            self.dispatched_at,
            self.acknowledged_at,
            self.contacted_at,
            self.replied_at,
            self.closed_at,
            self.assumed,
            self.due_fixed_at is not None,
            returned_at=self.returned_at,
            handed_at=self.handed_at,
            first_replied_at=self.first_replied_at,
            progressed_at=self.progressed_at,
            judged_at=self.judged_at,
            analysis=self.for_analysis,
            accepted_at=self.accepted_at,
            declined_at=self.declined_at,
            supplement_asked_at=self.supplement_asked_at,
            supplemented_at=self.supplemented_at,
            instructed_at=self.instructed_at,
            course=course_of(self.course),
        )

    def round_before(self, columns: Iterable[str]) -> dict[str, Any]:
        """Return what columns of its round hold now: what an undo would bring back."""
        return {name: getattr(self, ROUND_FIELDS.get(name, name)) for name in columns}

    def with_round(self, changes: Mapping[str, Any]) -> Matter:
        """Return it with columns of its round changed, and the state that follows from them."""
        told = {ROUND_FIELDS.get(name, name): value for name, value in changes.items()}
        changed = replace(self, **told)
        return replace(changed, state=state_of(changed.acts), round_version=self.round_version + 1)

    def owing(self, **columns: Any) -> Matter:
        """Return it with columns of its ticket to be written when the act ends."""
        known = {TICKET_FIELDS.get(name, name): value for name, value in columns.items()}
        told = {name: value for name, value in known.items() if name in _NAMES}
        return replace(self, owed=(*self.owed, *columns.items()), **told)


ROUND_FIELDS = {
    "lead_unit_id": "unit_id",
    "first_handler": "handler",
    "dispatch_assumed": "assumed",
}
"""The columns of a round that a matter calls otherwise."""

TICKET_FIELDS = {"state": "ticket_state", "due_fixed_at": "source_due_at"}
"""The columns of a ticket that a matter calls otherwise."""

_NAMES = frozenset(Matter.__dataclass_fields__)

AGAINST = """
EXISTS (SELECT 1 FROM accused a JOIN unit x ON x.id = a.unit_id
        WHERE a.ticket_id = {ticket} AND a.confirmed IS NOT FALSE
          AND {unit} IN (x.id, x.successor_id))
"""
"""That a matter is against a unit, or against the one whose work that has taken over."""

_AGAINST_LEAD = AGAINST.format(ticket="t.id", unit="r.lead_unit_id")

MATTERS = Query(
    Matter,
    f"""
SELECT t.id AS ticket_id, t.version, t.number, t.nature, t.urgency, t.confidential,
       t.category, t.channel, t.received_at, t.due_fixed_at AS source_due_at,
       t.state AS ticket_state, t.worst_colour, t.unit_text, t.grid, t.rounds,
       r.id AS round_id, r.version AS round_version, r.n, r.state,
       r.lead_unit_id AS unit_id, u.code AS unit_code, r.first_handler AS handler, r.routed_by,
       r.opened_at, r.dispatched_at, r.dispatch_assumed AS assumed, r.acknowledged_at,
       r.contacted_at, r.reply, r.replied_at, r.closed_at, r.outcome, r.result_rating,
       r.work_rating, r.rated_at, r.limit_text, r.returned_at, r.handed_at, r.first_replied_at,
       r.progressed_at,
       (SELECT max(j.judged_at) FROM reply j WHERE j.round_id = r.id) AS judged_at,
       EXISTS (SELECT 1 FROM instruction i WHERE i.ticket_id = t.id AND i.done_at IS NULL)
           AS instructed,
       w.id AS awaiting_id, w.version AS awaiting_version, w.outcome AS awaiting_outcome,
       EXISTS (SELECT 1 FROM accused c WHERE c.ticket_id = t.id AND c.confirmed IS NOT FALSE)
           AS accused,
       {_AGAINST_LEAD} AS against_lead,
       t.merged_into, EXISTS (SELECT 1 FROM ticket m WHERE m.merged_into = t.id) AS carries,
       g.name AS campaign,
       r.accepted_at, r.declined_at, r.supplement_asked_at, r.supplemented_at, r.course,
       (SELECT min(o.given_at) FROM instruction o
        WHERE o.ticket_id = t.id AND o.given_at >= r.opened_at) AS instructed_at
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN unit u ON u.id = r.lead_unit_id LEFT JOIN campaign g ON g.id = t.campaign_id
LEFT JOIN reply w ON w.id = (
    SELECT max(p.id) FROM reply p
    WHERE p.round_id = r.id AND p.unit_id = r.lead_unit_id AND p.judged_at IS NULL)
WHERE t.id IN (:ids)
""",
)


def load_matters(source: Source, ticket_ids: Sequence[int]) -> list[Matter]:
    """Return tickets with their current rounds, in the order of ``ticket_ids``."""
    found = {matter.ticket_id: matter for matter in source.read(MATTERS, ids=list(ticket_ids))}
    for missing in (id for id in ticket_ids if id not in found):
        raise DubanError(f"没有内部编号为 {missing} 的工单：请刷新队列后再办")
    return [found[id] for id in ticket_ids]


def load_matter(source: Source, ticket_id: int) -> Matter:
    """Return a ticket with its current round."""
    return load_matters(source, [ticket_id])[0]


@dataclass(frozen=True, slots=True)
class _Code:
    """The code of a unit."""

    id: int
    code: str


_CODES = Query(_Code, "SELECT id, code FROM unit")


def unit_code(work: Work, unit_id: int | None) -> str | None:
    """Return the code of a unit, all of them read once in a transaction."""
    if unit_id is None:
        return None
    if "unit codes" not in work.kept:
        work.kept["unit codes"] = {one.id: one.code for one in work.read(_CODES)}
    found: str | None = work.kept["unit codes"].get(unit_id)
    return found


@dataclass(frozen=True, slots=True)
class CoUnit:
    """A co-unit of a round: since when it helps, and when it answered."""

    id: int
    version: int
    unit_id: int
    joined_at: datetime | None
    replied_at: datetime | None


_CO_UNITS = Query(
    CoUnit,
    """
SELECT id, version, unit_id, joined_at, replied_at FROM round_unit
WHERE round_id = :round ORDER BY id
""",
)


def co_units_of(source: Source, matter: Matter) -> dict[int, CoUnit]:
    """Return the co-units of a matter's round by unit."""
    return {one.unit_id: one for one in source.read(_CO_UNITS, round=matter.round_id)}


_OF_NUMBER = "SELECT id FROM ticket WHERE number = :number"


def ticket_id_of(source: Source, number: str) -> int:
    """Return the id of the ticket of a number."""
    found = source.value(_OF_NUMBER, number=number.strip())
    if found is None:
        raise DubanError(f"没有工单 {number}：请核对工单编号")
    return int(found)
