"""是否来过: what is known of whoever sits down, as a hint that a person confirms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.intake import Digester
from models.store import Query, Source
from rules.casework import kept_back
from rules.text import Masking


@dataclass(frozen=True, slots=True)
class Before:
    """A citizen's earlier receptions, and the open matters that are theirs.

    ``times`` counts the days before this one, ``last`` is the latest. ``today``: received on this
    day already. ``matters`` are numbers with masked titles, the newest first.
    """

    times: int = 0
    last: date | None = None
    today: bool = False
    matters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    """A day on which somebody was received."""

    day: date


_DAYS = Query(
    _Day,
    """
SELECT DISTINCT c.day FROM citizen p JOIN meeting m ON m.ticket_id = p.ticket_id
JOIN reception c ON c.id = m.reception_id
WHERE p.reporter_key = :key AND c.day <= :day ORDER BY c.day DESC
""",
)


@dataclass(frozen=True, slots=True)
class _Open:
    """An open matter of somebody."""

    number: str
    title: str
    nature: str
    confidential: bool
    reporter: str | None
    phone: str | None
    address: str | None


_OPEN = Query(
    _Open,
    """
SELECT t.number, t.title, t.nature, t.confidential, p.reporter, p.phone, p.address
FROM citizen p JOIN ticket t ON t.id = p.ticket_id
WHERE p.reporter_key = :key AND t.state = 'open' ORDER BY t.id DESC LIMIT 5
""",
)


def been_before(
    source: Source, reporter: str | None, phone: str | None, day: date, masking: Masking
) -> Before:
    """Return what is known of whoever has this telephone, or without one this name."""
    key = Digester(source).person(reporter, phone)
    if key is None:
        return Before()
    days = [one.day for one in source.read(_DAYS, key=key, day=day)]
    earlier = [one for one in days if one < day]
    matters = tuple(
        (
            one.number,
            kept_back(one.nature, one.confidential) or masking.about(one).text(one.title),
        )
        for one in source.read(_OPEN, key=key)
    )
    return Before(len(earlier), earlier[0] if earlier else None, day in days, matters)
