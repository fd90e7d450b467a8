"""批次 as values: what a list shows of a party; who they were is told of their ticket alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from models.store import Query, Source
from rules.casework import kept_back
from rules.errors import DubanError
from rules.receptions import OUTCOMES
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One party received; ``ticket`` is the number of its matter, ``title`` masked.

    ``seen_before``: the same citizen was received on an earlier day, though it stands as 首访.
    """

    id: int
    version: int
    reception_id: int
    serial: int
    at: datetime
    people: int
    collective: bool
    again: bool
    leader_in_charge: str | None
    unit_id: int | None
    unit: str | None
    lawsuit: bool
    petition_number: str | None
    ticket_id: int | None
    ticket: str | None
    known_before: bool
    outcome: str
    outcome_words: str | None
    transferred_to: str | None
    title: str
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None
    seen_before: bool

    @property
    def outcome_word(self) -> str:
        """What came of it in a word."""
        return OUTCOMES.get(self.outcome, self.outcome)


_SELECT = """
SELECT m.id, m.version, m.reception_id, m.serial, m.at, m.people, m.collective, m.again,
       m.leader_in_charge, m.unit_id, u.short_name AS unit, m.lawsuit, m.petition_number,
       m.ticket_id, t.number AS ticket, m.known_before, m.outcome, m.outcome_words,
       m.transferred_to, t.title, t.nature, t.confidential, p.reporter, p.phone, p.address,
       NOT m.again AND EXISTS (
           SELECT 1 FROM citizen q JOIN meeting e ON e.ticket_id = q.ticket_id
           JOIN reception b ON b.id = e.reception_id
           WHERE q.reporter_key = p.reporter_key AND b.day < c.day) AS seen_before
FROM meeting m JOIN reception c ON c.id = m.reception_id JOIN ticket t ON t.id = m.ticket_id
LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN citizen p ON p.ticket_id = m.ticket_id
"""
_OF_RECEPTION = Query(MeetingView, f"{_SELECT} WHERE m.reception_id = :id ORDER BY m.serial DESC")
_BY_ID = Query(MeetingView, f"{_SELECT} WHERE m.id = :id")


def meetings_of(source: Source, reception_id: int, masking: Masking) -> list[MeetingView]:
    """Return the parties of a place, the last first; of what is kept back only what it is."""
    return [_shown(one, masking) for one in source.read(_OF_RECEPTION, id=reception_id)]


def meeting_of(source: Source, id: int, masking: Masking) -> MeetingView:
    """Return one party; ``DubanError`` for an id that is none."""
    found = source.first(_BY_ID, id=id)
    if found is None:
        raise DubanError("这一批次已撤回：请按 r 刷新")
    return _shown(found, masking)


def _shown(one: MeetingView, masking: Masking) -> MeetingView:
    own = masking.about(one)
    words = one.outcome_words and own.text(one.outcome_words)
    title = kept_back(one.nature, one.confidential) or own.text(one.title)
    return replace(one, title=title, outcome_words=words, reporter=None, phone=None, address=None)
