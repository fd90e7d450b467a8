"""Which firms appeals name: read once for each appeal, in batches that stay whatever follows.

Of 举报 and 保密 appeals nothing is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from models.store import Query, retried
from models.tables import FirmAppeal, FirmName
from rules.text import Firm, firm_of, firms_in

if TYPE_CHECKING:
    from models.store import Store

BATCH = 2000

READ = 500
"""Signs of the content that are read; what follows repeats or pleads."""

_HEARD = "entity:heard"
"""The counter that holds the last appeal read; its row keeps other readers waiting."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What an appeal says of whom it is about."""

    id: int
    title: str
    content: str
    object: str | None
    silent: bool

    def firms(self) -> dict[str, Firm]:
        """Return the firms it names, by their core.

        Of two that end alike the longer one has its place before it: 南湖广场青禾物业.
        """
        if self.silent:
            return {}
        own = firm_of(self.object) if self.object else None
        named = [own] if own is not None else []
        named += firms_in(f"{self.title}\n{self.content}")
        found: dict[str, Firm] = {}
        for firm in named:
            found.setdefault(firm.core, firm)
        return {
            core: firm
            for core, firm in found.items()
            if not any(core != other and core.endswith(other) for other in found)
        }


_NEXT = Query(
    _Told,
    f"""
SELECT t.id, t.title, substr(t.content, 1, {READ}) AS content, t.object,
    (t.nature = '举报' OR t.confidential IS TRUE) AS silent
FROM ticket t WHERE t.id > :after ORDER BY t.id LIMIT {BATCH}
""",
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A name heard before."""

    id: int


_KNOWN = Query(_Known, "SELECT id FROM firm_name WHERE id IN (:ids)")


def hear(store: Store) -> int:
    """Read the appeals that came since; return how many were read."""
    read = 0
    while more := _hear_batch(store):
        read += more
    return read


@retried
def _hear_batch(store: Store) -> int:
    with store.writing() as work:
        work.require(verb="alias.suggest")
        after = work.next_number(_HEARD, 0) - 1
        told = work.read(_NEXT, after=after)
        if not told:
            return 0
        firms: dict[int, Firm] = {}
        places: list[tuple[int, int]] = []
        for one in told:
            for core, firm in one.firms().items():
                id = name_id(core)
                firms.setdefault(id, firm)
                places.append((id, one.id))
        known = {one.id for one in work.read(_KNOWN, ids=list(firms))} if firms else set()
        new = [(id, f) for id, f in firms.items() if id not in known]
        work.bulk(
            FirmName,
            ("id", "core", "written", "brand", "trade"),
            [(id, f.core, f.written, f.brand, f.trade) for id, f in new],
        )
        work.bulk(FirmAppeal, ("firm_id", "ticket_id"), places)
        work.next_number(_HEARD, told[-1].id - after)
        return len(told)


def name_id(core: str) -> int:
    """Return the number of a name: 63 bits of a digest, the same in every store."""
    return int.from_bytes(blake2b(core.encode(), digest_size=8).digest(), "big") >> 1
