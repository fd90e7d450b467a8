"""What is on account (挂账) and what is acted on first (先办后议), as lists read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Source


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account asked for, waiting for the citizen to be told, running, or ended.

    ``state`` is asked, granted, running or ended; an ended one that never began was refused.
    """

    id: int
    ticket_id: int
    number: str
    unit: str
    reason: str
    plan: str
    head: str
    basis: str
    leader: str | None
    limit_text: str
    asked_at: datetime
    began_at: datetime | None
    until_at: datetime | None
    renewed_at: datetime | None
    ended_at: datetime | None
    end_words: str | None
    granted: bool | None
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None

    @property
    def state(self) -> str:
        """Where it stands."""
        if self.ended_at is not None:
            return "ended"
        if self.began_at is not None:
            return "running"
        return "granted" if self.granted else "asked"


_ACCOUNTS = Query(
    AccountView,
    """
SELECT a.id, a.ticket_id, t.number, u.short_name AS unit, a.reason, a.plan, a.head, a.basis,
       a.leader, a.limit_text, a.asked_at, a.began_at, a.until_at, a.renewed_at, a.ended_at,
       a.end_words, a.granted, t.nature, t.confidential, p.reporter, p.phone, p.address
FROM suspended_account a JOIN ticket t ON t.id = a.ticket_id JOIN unit u ON u.id = a.unit_id
LEFT JOIN citizen p ON p.ticket_id = t.id
ORDER BY a.ended_at IS NOT NULL, a.until_at IS NULL, a.until_at, a.id DESC LIMIT 2000
""",
)


def account_list(source: Source) -> list[AccountView]:
    """Return the accounts, those first whose term is up soonest, the ended last."""
    return source.read(_ACCOUNTS)


@dataclass(frozen=True, slots=True)
class FirstView:
    """An order to act first; ``owner`` is whose it turned out to be, None while that is open."""

    id: int
    ticket_id: int
    number: str
    unit: str
    reason: str
    leader: str | None
    ordered_at: datetime
    settled_at: datetime | None
    owner: str | None
    council_id: int | None
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_FIRST = Query(
    FirstView,
    """
SELECT f.id, f.ticket_id, t.number, u.short_name AS unit, f.reason, f.leader, f.ordered_at,
       f.settled_at, o.short_name AS owner, f.council_id, t.nature, t.confidential,
       p.reporter, p.phone, p.address
FROM act_first f JOIN ticket t ON t.id = f.ticket_id JOIN unit u ON u.id = f.unit_id
LEFT JOIN unit o ON o.id = f.owner_unit_id LEFT JOIN citizen p ON p.ticket_id = t.id
ORDER BY f.settled_at IS NOT NULL, f.ordered_at, f.id LIMIT 2000
""",
)


def first_list(source: Source) -> list[FirstView]:
    """Return what units act on first, unsettled ones first, the oldest first."""
    return source.read(_FIRST)
