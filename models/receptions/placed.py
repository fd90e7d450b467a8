"""A party on its way into the book of a day, and what is told of it once it is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.intake import Newcomer
    from models.receptions.reception import ReceptionView
    from models.store import Work
    from rules.receptions import Party


@dataclass(frozen=True, slots=True)
class Received:
    """A party as it was written down: its serial at the place, and the matter it is.

    ``unit`` has the matter, empty while it waits for dispatch; ``linked``: it was there already;
    ``aside``: others answer it, no clock runs here; ``withheld``: it is against the unit named.
    """

    meeting_id: int
    serial: int
    ticket_id: int
    number: str
    unit: str
    outcome: str
    linked: bool
    aside: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A party with its place, and the appeal or the matter it becomes."""

    party: Party
    reception: ReceptionView
    serial: int
    at: datetime
    fresh: Newcomer | None
    ticket_id: int | None
    unit_id: int | None
    promise_due: datetime | None

    def row(self, id: int, ticket_id: int, key: str, work: Work) -> dict[str, Any]:
        """Return the columns of its meeting; ``key`` is by which its line is known again."""
        party = self.party
        return {
            "id": id,
            "version": 1,
            "reception_id": self.reception.id,
            "serial": self.serial,
            "at": self.at,
            "recorded_at": work.now,
            "people": party.people,
            "collective": party.collective,
            "again": bool(party.again),
            "leader_in_charge": party.lead or None,
            "unit_id": self.unit_id,
            "lawsuit": party.lawsuit,
            "petition_number": party.petition or None,
            "ticket_id": ticket_id,
            "known_before": self.ticket_id is not None,
            "outcome": party.outcome,
            "outcome_words": party.words or None,
            "transferred_to": party.sent_to or None,
            "external_id": key or None,
            "operator_id": work.operator.id,
        }
