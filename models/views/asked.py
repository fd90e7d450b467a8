"""What waits for a decision of the centre, as it is counted and as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One queue of the desk: how many wait, the oldest since when (None: nobody waits)."""

    key: str
    name: str
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One decision as it is read; what follows ``since_at`` only some queues have.

    ``text`` is in somebody's own words; ``code`` is a return's or an exclusion's reason,
    ``limit_text`` the extension asked for, ``column`` with ``ours`` and ``theirs`` what a file
    tells otherwise, or tags as they were and are, ``reported_at`` when a unit says that it took
    the step ``code``.
    """

    id: int
    ticket_id: int | None
    version: int
    number: str | None
    title: str
    unit: str | None
    since_at: datetime
    text: str | None = None
    code: str = ""
    limit_text: str = ""
    column: str = ""
    ours: str | None = None
    theirs: str | None = None
    reported_at: datetime | None = None
    returned: bool = False
    arbitration: bool = False
    stock: str | None = None
    reporter: str | None = None
    phone: str | None = None
    address: str | None = None
    confidential: bool = False
    nature: str = ""
