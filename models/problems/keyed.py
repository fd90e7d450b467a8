"""The keys of appeals as the store holds them: made of their texts, counted, kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, TypeVar

from models.store import Query, Source, Work, count_up
from models.tables import AppealKey, LinkKey
from rules.problems import Known, Told, kept
from rules.text import MASKED, READ, Key, keys_of

OPEN_TO_ALL = "t.nature <> '举报' AND NOT t.confidential"
"""Of tickets ``t`` those that may be part of a problem: 举报 and 保密 never are."""


LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
"""Before every appeal."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A ticket that is to be linked; ``secret`` ones and those counted elsewhere never are."""

    id: int
    title: str
    content: str
    category: str | None
    grid: str | None
    object: str | None
    area: str | None
    received_at: datetime
    secret: bool
    reporter_key: str | None
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool


_COMING = Query(
    Coming,
    f"""
SELECT t.id, t.title, substr(t.content, 1, {READ}) AS content, t.category, t.grid, t.object, t.area,
       t.received_at, t.confidential,
       NOT ({OPEN_TO_ALL}) OR (t.state = 'analysis' AND t.parent_id IS NOT NULL) AS secret,
       p.reporter_key, p.reporter, p.phone, p.address
FROM ticket t LEFT JOIN citizen p ON p.ticket_id = t.id
WHERE t.id > :after ORDER BY t.id LIMIT :most
""",
)


def coming(work: Work, after: int, most: int) -> list[Coming]:
    """Return the next tickets to be linked, in the order they came in."""
    return work.read(_COMING, after=after, most=most)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many appeals have a key."""

    id: int
    kind: str
    text: str
    appeals: int


_COUNTED = Query(_Counted, "SELECT id, kind, text, appeals FROM link_key WHERE id IN ({ids})")
_DIGEST_KEY = "SELECT value FROM setting WHERE key = 'digest_key'"

R = TypeVar("R")

AT_ONCE = 5000
"""Ids that are asked for together."""


def every(source: Source, query: Query[R], ids: Iterable[int], **params: Any) -> Iterator[R]:
    """Give the rows of a query over very many ids, written out where it says ``{ids}``."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield from source.read(query.of(wanted[start : start + AT_ONCE]), **params)


def take_keys(work: Work, tickets: Sequence[Coming], total: int) -> tuple[list[Told], set[int]]:
    """Keep the keys of tickets; return what each tells, and the keys that nobody had before.

    ``total`` is how many appeals have keys then.
    """
    ids, own = _Ids(work), list[list[tuple[int, int]]]()
    fresh: dict[int, Key] = {}
    for ticket in tickets:
        keys = [(ids.of(key), key) for key in _keys(ticket)]
        fresh.update(keys)
        own.append([(id, key.times) for id, key in keys])
    more = Counter(id for keys in own for id, _ in keys)
    counted = {one.id: one.appeals for one in every(work, _COUNTED, fresh)}
    rows = [(id, fresh[id].kind, fresh[id].text, more[id]) for id in sorted(more)]
    count_up(work.conn, LinkKey, ("id", "kind", "text", "appeals"), rows)
    known: dict[int, Known] = {}
    for id, kind, text, n in rows:
        appeals = counted.get(id, 0) + n
        known[id] = Known.of(id, kind, text, appeals, total)
    told = [
        Told(
            ticket.id,
            ticket.reporter_key,
            ticket.received_at,
            tuple(kept((known[id], times) for id, times in keys)),
        )
        for ticket, keys in zip(tickets, own, strict=True)
    ]
    pairs = sorted((key.id, one.ticket_id) for one in told for key in one.keys)
    work.bulk(AppealKey, ("key_id", "ticket_id"), pairs)
    return told, known.keys() - counted.keys()


def known_keys(work: Work, ids: Iterable[int], total: int) -> dict[int, Known]:
    """Return keys as the city knows them, by their ids."""
    return {
        one.id: Known.of(one.id, one.kind, one.text, one.appeals, total)
        for one in every(work, _COUNTED, ids)
    }


def _keys(ticket: Coming) -> list[Key]:
    """Return the keys of a ticket, its own citizen left out of its texts."""
    title, content = ticket.title, ticket.content
    if ticket.reporter or ticket.phone or ticket.address:
        own = MASKED.about(ticket).own
        if own is not None:
            title, content = own.out_of(title), own.out_of(content)
    return keys_of(
        title,
        content,
        category=ticket.category,
        grid=ticket.grid,
        object=ticket.object,
        area=ticket.area,
    )


class _Ids:
    """The numbers of keys: digests under the store's own key, so that nobody tries numbers out."""

    def __init__(self, work: Work) -> None:
        key = bytes.fromhex(str(work.value(_DIGEST_KEY)))
        self._keyed = blake2b(key=key, digest_size=8)
        self._known: dict[tuple[str, str, str], int] = {}

    def of(self, key: Key) -> int:
        """Return the 63 bits that stand for a key."""
        told = key.kind, key.text, key.digits
        id = self._known.get(told)
        if id is None:
            hashed = self._keyed.copy()
            hashed.update(f"{key.kind}\0{key.digits or key.text}".encode())
            id = self._known[told] = int.from_bytes(hashed.digest(), "big") >> 1
        return id
