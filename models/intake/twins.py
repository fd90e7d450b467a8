"""The same matter on several platforms: found, so that what others answer is counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.intake.remembered import Digester
from models.store import Query, Work
from models.tables import Ticket
from rules.casework import ANALYSIS, Appeal
from rules.intake import NUMBER_WITHIN, Account, account_of, same_by


@dataclass(frozen=True, slots=True)
class Twin:
    """A ticket that tells the same matter, by what it was found; ``counted`` is where it counts."""

    id: int
    version: int
    number: str
    by: str
    counted: int


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A ticket as far as another platform could tell the same."""

    id: int
    version: int
    number: str
    external_id: str | None
    source: str
    channel: str
    title: str
    content: str
    state: str
    parent_id: int | None
    reporter_key: str | None
    received_at: datetime

    @property
    def account(self) -> Account:
        """What its platform tells."""
        numbers = self.number, self.external_id
        text, person = self.content or self.title, self.reporter_key
        return account_of(self.source, self.channel, numbers, text, person, self.received_at)


def told_by(appeal: Appeal, source: str, digester: Digester) -> Account:
    """Return what a row tells, as far as another platform could tell the same."""
    assert appeal.received_at is not None  # the intake refuses a row without
    person = digester.person(appeal.reporter, appeal.phone)
    numbers, text = (appeal.number, appeal.external_id), appeal.content or appeal.title
    return account_of(source, appeal.channel, numbers, text, person, appeal.received_at)


def twin_finder(
    work: Work, told: Sequence[Account], *, among_analysis: bool
) -> Callable[[Account], Twin | None]:
    """Return what finds the twin of any of some accounts; one of ours goes before others.

    ``among_analysis``: only what others answer and nothing yet stands for.
    """
    found = list(_like(work, told, among_analysis))
    by_number: dict[str, list[_Ticket]] = {}
    by_text: dict[str, list[_Ticket]] = {}
    for one in found:
        own = one.account
        for number in own.numbers:
            by_number.setdefault(number, []).append(one)
        if own.text:
            by_text.setdefault(own.text, []).append(one)

    def find(wanted: Account) -> Twin | None:
        near = [one for number in wanted.numbers for one in by_number.get(number, ())]
        near += by_text.get(wanted.text, ())
        for one in sorted(near, key=lambda one: (one.state == ANALYSIS, one.id)):
            if by := same_by(wanted, one.account):
                return Twin(one.id, one.version, one.number, by, one.parent_id or one.id)
        return None

    return find


def any_waits(work: Work, first: datetime, last: datetime) -> bool:
    """Return whether anything others answer, near a time, has nothing yet that stands for it."""
    span = {"from_at": first - NUMBER_WITHIN, "to_at": last + NUMBER_WITHIN}
    return bool(work.value(_ANY, **span))


def point_to(work: Work, twin: Twin, ticket_id: int) -> None:
    """Let a ticket of ours stand for one that others answer, which came in before it."""
    work.update(Ticket, twin.id, twin.version, {"parent_id": None}, parent_id=ticket_id)
    tell_same(work, twin.id, work.value(_NUMBER, id=ticket_id), twin.by)


def tell_same(work: Work, ticket_id: int, number: str, by: str) -> None:
    """Record of which ticket one is the same matter, and by what that was found."""
    work.event("ticket.same", "ticket", ticket_id, payload={"number": number, "by": by})


def _like(work: Work, told: Sequence[Account], among_analysis: bool) -> Iterable[_Ticket]:
    """Read the tickets that have a number or a text in common with some accounts."""
    if not told:
        return ()
    span: dict[str, Any] = {
        "from_at": min(one.received_at for one in told) - NUMBER_WITHIN,
        "to_at": max(one.received_at for one in told) + NUMBER_WITHIN,
    }
    numbers = sorted({number for one in told for number in one.numbers}) or [""]
    texts = sorted({one.text for one in told if one.text}) or [""]
    query = _UNCOUNTED if among_analysis else _TICKETS
    return work.read(query, numbers=numbers, texts=texts, **span)


_NUMBER = "SELECT number FROM ticket WHERE id = :id"

_WAITS = "t.state = 'analysis' AND t.parent_id IS NULL"

_ANY = f"""
SELECT count(*) FROM (SELECT 1 FROM ticket t WHERE {_WAITS}
    AND t.received_at BETWEEN :from_at AND :to_at LIMIT 1) x
"""

_TICKETS = Query(
    _Ticket,
    """
SELECT t.id, t.version, t.number, t.external_id, t.source, t.channel, t.title, t.content, t.state,
       t.parent_id, p.reporter_key, t.received_at
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.received_at BETWEEN :from_at AND :to_at
  AND (t.number IN (:numbers) OR t.external_id IN (:numbers) OR t.content IN (:texts)
       OR (t.content = '' AND t.title IN (:texts)))
""",
)

_UNCOUNTED = _TICKETS.also(f" AND {_WAITS}")
