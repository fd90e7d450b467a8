"""A council as it is read: who sat, over which matters, what each held, what was decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.errors import DubanError


@dataclass(frozen=True, slots=True)
class SeatView:
    """A unit at a council: whether it came, who spoke for it, what it held, whether it dissents."""

    id: int
    council_id: int
    unit_id: int
    unit: str
    present: bool
    person: str
    opinion: str
    dissents: bool


@dataclass(frozen=True, slots=True)
class CouncilView:
    """One council; ``unit`` is who is to handle what it decided on, ``line_number`` its line.

    ``seats`` are the units asked, ``tickets`` the matters: id, number, category of each.
    """

    id: int
    version: int
    held_at: datetime
    place: str
    chair: str
    topic: str
    decision: str | None
    decided_at: datetime | None
    unit_id: int | None
    unit: str | None
    line_number: int | None
    seats: tuple[SeatView, ...] = ()
    tickets: tuple[TicketOf, ...] = ()

    @property
    def state(self) -> str:
        """Where it stands: open (待定) or decided (已定)."""
        return "open" if self.decided_at is None else "decided"

    @property
    def dissenting(self) -> tuple[str, ...]:
        """The units that hold otherwise."""
        return tuple(seat.unit for seat in self.seats if seat.dissents)


@dataclass(frozen=True, slots=True)
class TicketOf:
    """A matter a council sat on."""

    council_id: int
    ticket_id: int
    number: str
    category: str | None
    version: int


_COUNCILS = Query(
    CouncilView,
    """
SELECT c.id, c.version, c.held_at, c.place, c.chair, c.topic, c.decision, c.decided_at,
       c.unit_id, u.short_name AS unit, c.line_number
FROM council c LEFT JOIN unit u ON u.id = c.unit_id
ORDER BY c.decided_at IS NOT NULL, c.held_at DESC, c.id DESC
""",
)
_SEATS = Query(
    SeatView,
    """
SELECT s.id, s.council_id, s.unit_id, u.short_name AS unit, s.present, s.person, s.opinion,
       s.dissents
FROM council_unit s JOIN unit u ON u.id = s.unit_id ORDER BY s.id
""",
)
_TICKETS = Query(
    TicketOf,
    """
SELECT m.council_id, m.ticket_id, t.number, t.category, t.version
FROM council_ticket m JOIN ticket t ON t.id = m.ticket_id ORDER BY m.id
""",
)


def council_list(source: Source) -> list[CouncilView]:
    """Return every council, those without a decision first, then the latest."""
    seats: dict[int, list[SeatView]] = defaultdict(list)
    tickets: dict[int, list[TicketOf]] = defaultdict(list)
    for seat in source.read(_SEATS):
        seats[seat.council_id].append(seat)
    for ticket in source.read(_TICKETS):
        tickets[ticket.council_id].append(ticket)
    return [
        replace(one, seats=tuple(seats[one.id]), tickets=tuple(tickets[one.id]))
        for one in source.read(_COUNCILS)
    ]


def council_of(source: Source, id: int) -> CouncilView:
    """Return one council; ``DubanError`` where there is none."""
    found = next((one for one in council_list(source) if one.id == id), None)
    if found is None:
        raise DubanError(f"没有会商#{id}：请用 duban council list 核对")
    return found
