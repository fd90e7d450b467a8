"""Finding anything by what somebody has at hand: a number, a part of a title, a unit, an order.

Every way goes through an index, so it costs the same with a million tickets. No ORM is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.store import Query, Reader, like, matching, tail_of
from models.views.filtering import unit_ids
from models.views.record import OfPerson
from rules.casework import listed_title, status_label
from rules.text import MASKED, Masking

LOOKED_AT = 200
"""The newest tickets whose title fits, among which open ones come first."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, its ``title`` masked; ``id`` is that of its ``kind``.

    ``kind`` is ticket, order or unit. ``status`` is where it stands in Chinese, empty for a unit;
    ``open`` whether anything is still to be done about it.
    """

    kind: str
    id: int
    number: str
    title: str
    unit: str
    status: str
    open: bool
    closed_at: datetime | None = None


def find_hits(
    reader: Reader, words: str, limit: int = 20, *, masking: Masking = MASKED
) -> list[Hit]:
    """Return at most ``limit`` things that the words may mean, open or closed, the likeliest first.

    A ticket is found by its number or the digits it ends with, an order by its number or title, a
    unit by code, name, alias or initials, a ticket last by every word of its title or object.
    """
    said = " ".join(words.split())
    if not said:
        return []
    found: dict[tuple[str, int], Hit] = {}
    for hit in _all(reader, said, limit, masking):
        found.setdefault((hit.kind, hit.id), hit)
        if len(found) == limit:
            break
    return list(found.values())


def _all(reader: Reader, said: str, limit: int, masking: Masking) -> Iterator[Hit]:
    """Yield what is found, the surest first; a thing may come again."""
    exact = [id for (id,) in reader.rows(_BY_NUMBER, number=said.upper())]
    yield from _tickets(reader, exact, masking)
    yield from (_order(one) for one in reader.read(_ORDERS, number=said, part=like(said)))
    yield from _units(reader, said)
    yield from _tickets(reader, _numbered(reader, said)[:limit], masking)
    if not said.replace("-", "").isdecimal():
        titled = list(_tickets(reader, _titled(reader, said), masking))
        yield from sorted(titled, key=lambda hit: not hit.open)


def _numbered(reader: Reader, said: str) -> list[int]:
    """Return the tickets whose number ends with what was said, the newest first."""
    digits = "".join(_DIGITS.findall(said))
    if not digits or not said.isascii() or not said[-1].isdigit():
        return []
    sql = f"{_NUMBERS} WHERE {tail_of(reader, 'number')} = :tail ORDER BY id DESC"
    numbers = reader.rows(sql, tail=digits[-5:].zfill(5))
    plain = said.replace("-", "").upper()
    return [id for id, number in numbers if number.replace("-", "").upper().endswith(plain)]


def _titled(reader: Reader, said: str) -> list[int]:
    """Return the newest tickets with every word in title or object."""
    found = matching(reader, *said.split())
    newest = f"{found.sql} ORDER BY {found.by} DESC LIMIT {LOOKED_AT}"
    return [id for (id,) in reader.rows(newest, **found.params)]


def _tickets(reader: Reader, ids: Sequence[int], masking: Masking) -> Iterator[Hit]:
    """Yield tickets in the order of ``ids``."""
    found = {one.id: one for one in reader.read(_TICKETS, ids=list(ids))} if ids else {}
    for one in (found[id] for id in ids if id in found):
        facts = {"unsatisfied"} if one.in_review else set[str]()
        yield Hit(
            "ticket",
            one.id,
            one.number,
            masking.about(one).text(listed_title(one.title, one.nature, one.confidential)),
            one.unit,
            status_label("ticket", one.state, facts=facts, round=one.n),
            one.closed_at is None,
            one.closed_at,
        )


def _units(reader: Reader, said: str) -> Iterator[Hit]:
    """Yield the units of a word, those it names exactly first."""
    found = reader.read(_UNITS, ids=unit_ids(reader, said))
    for one in sorted(found, key=lambda one: said not in (one.code, one.short_name, one.name)):
        yield Hit("unit", one.id, one.code, one.name, one.short_name, "", one.valid)


def _order(one: _Order) -> Hit:
    status = status_label("order", one.state)
    return Hit("order", one.id, one.number, one.title, one.unit, status, one.open)


@dataclass(frozen=True, slots=True)
class _Ticket(OfPerson):
    """A ticket as it is found."""

    id: int
    number: str
    title: str
    nature: str
    unit: str
    state: str
    n: int
    closed_at: datetime | None
    in_review: bool


@dataclass(frozen=True, slots=True)
class _Order:
    """An order as it is found."""

    id: int
    number: str
    title: str
    unit: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as it is found."""

    id: int
    code: str
    name: str
    short_name: str
    valid: bool


_BY_NUMBER = "SELECT id FROM ticket WHERE number = :number"
_NUMBERS = "SELECT id, number FROM ticket"
_TICKETS = Query(
    _Ticket,
    """
SELECT t.id, t.number, t.title, t.nature, coalesce(u.short_name, t.unit_text, '') AS unit,
       r.state, r.n, r.closed_at,
       EXISTS (SELECT 1 FROM review v WHERE v.round_id = r.id AND v.decided_at IS NULL)
           AS in_review,
       p.reporter, p.phone, p.address, t.confidential
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN citizen p ON p.ticket_id = t.id
LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE t.id IN (:ids)
""",
)
_ORDERS = Query(
    _Order,
    """
SELECT o.id, coalesce(o.number, '草稿#' || o.id) AS number, o.title,
       coalesce(u.short_name, '') AS unit, o.status AS state,
       o.status NOT IN ('closed', 'void') AS open
FROM supervision_order o LEFT JOIN unit u ON u.id = o.unit_id
WHERE o.confidential IS NOT TRUE
  AND (o.number = :number OR o.number LIKE :part OR o.title LIKE :part)
ORDER BY CASE WHEN o.number = :number THEN 0 ELSE 1 END, o.id DESC
""",
)
_UNITS = Query(
    _Unit,
    """
SELECT id, code, name, short_name, valid_to IS NULL AS valid FROM unit WHERE id IN (:ids)
ORDER BY code
""",
)
