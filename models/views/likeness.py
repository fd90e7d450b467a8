"""Open matters like one that is being written down, so that a repetition is seen before it is kept.

They are remembered once; what came since is read at every question, and only what is open is told.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from models.store import Query, like as like_pattern
from models.views.record import OfPerson
from rules.casework import listed_title, status_label
from rules.text import HEAD, MASKED, Described, Masking, Memory, names_a_body, traits

if TYPE_CHECKING:
    from models.store import Reader

LATEST = 5_000
"""Open tickets that are remembered, those received last."""

NEAR = 30
"""Neighbours that are looked up."""

LIKE = 0.3
"""A likeness from which on a matter may be the same."""


@dataclass(frozen=True, slots=True)
class LikeMatter:
    """An open matter like the one at hand, its title masked; ``likeness`` is 0 to 1."""

    ticket_id: int
    number: str
    title: str
    unit: str
    status: str
    received_at: datetime
    likeness: float


class OpenMatters:
    """What open matters say."""

    def __init__(self, reader: Reader, latest: int = LATEST) -> None:
        """Read the memory: a second for some thousands, so from a worker."""
        self._tickets = array("q")
        self._last = 0
        self._later: dict[int, Counter[str]] = {}
        self._memory = Memory((0, own) for own in self._earlier(reader, latest))

    def like(
        self, reader: Reader, described: Described, limit: int = 5, *, masking: Masking = MASKED
    ) -> tuple[LikeMatter, ...]:
        """Return the open matters most like what is described, the most like first."""
        self._read_later(reader)
        own = traits(described)
        found = {self._tickets[one.place]: one.likeness for one in self._memory.alike(own)}
        for id, theirs in self._later.items():
            found[id] = self._memory.likeness(own, theirs)
        near = nlargest(NEAR, found, key=lambda id: (found[id], id))
        near = [id for id in near if found[id] >= LIKE]
        return tuple(_open(reader, near, found, masking))[:limit]

    def _earlier(self, reader: Reader, latest: int) -> Iterable[Counter[str]]:
        for chunk in reader.stream(_OPEN, latest=latest, head=HEAD):
            for one in chunk:
                self._tickets.append(one.ticket_id)
                self._last = max(self._last, one.ticket_id)
                yield traits(one.described)

    def _read_later(self, reader: Reader) -> None:
        """Read what was registered since."""
        for one in reader.read(_LATER, last=self._last, head=HEAD):
            self._last = one.ticket_id
            self._later[one.ticket_id] = traits(one.described)


class _Said(NamedTuple):
    """What an open ticket says."""

    ticket_id: int
    title: str
    content: str
    category: str | None
    grid: str | None
    object: str | None

    @property
    def described(self) -> Described:
        return Described(self.title, self.content, self.category, self.grid, self.object)


_SAID = """
SELECT id AS ticket_id, title, substr(content, 1, :head) AS content, category, grid, object
FROM ticket WHERE state = 'open'
"""
_OPEN = Query(_Said, f"{_SAID} ORDER BY received_at DESC LIMIT :latest")
_LATER = Query(_Said, f"{_SAID} AND id > :last ORDER BY id LIMIT 2000")


@dataclass(frozen=True, slots=True)
class _Ticket(OfPerson):
    """An open ticket as it is listed."""

    id: int
    number: str
    title: str
    nature: str
    unit: str
    state: str
    n: int
    received_at: datetime


_TICKETS = Query(
    _Ticket,
    """
SELECT t.id, t.number, t.title, t.nature, coalesce(u.short_name, t.unit_text, '') AS unit,
       r.state, r.n, t.received_at, p.reporter, p.phone, p.address, t.confidential
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
LEFT JOIN citizen p ON p.ticket_id = t.id LEFT JOIN unit u ON u.id = r.lead_unit_id
WHERE t.id IN (:ids) AND t.state = 'open'
""",
)


def _open(
    reader: Reader, ids: Sequence[int], likeness: dict[int, float], masking: Masking
) -> Iterable[LikeMatter]:
    """Give those of some tickets that are open, in their order."""
    found = {one.id: one for one in reader.read(_TICKETS, ids=list(ids))} if ids else {}
    for one in (found[id] for id in ids if id in found):
        yield LikeMatter(
            one.id,
            one.number,
            masking.about(one).text(listed_title(one.title, one.nature, one.confidential)),
            one.unit,
            status_label("ticket", one.state, round=one.n),
            one.received_at,
            likeness[one.id],
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """A name that appeals complain of, and how often."""

    object: str


_KNOWN = Query(
    _Known,
    """
SELECT object FROM ticket
WHERE object LIKE :part AND NOT confidential AND nature <> '举报'
GROUP BY object ORDER BY count(*) DESC, object LIMIT 60
""",
)


def known_objects(reader: Reader, typed: str, limit: int = 12) -> list[str]:
    """Return organisations, buildings and projects that appeals name, those named most first."""
    part = like_pattern(typed)
    if len(part) < len("%两字%"):
        return []
    found = (one.object for one in reader.read(_KNOWN, part=part))
    return [name for name in found if names_a_body(name)][:limit]
