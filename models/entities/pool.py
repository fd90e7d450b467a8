"""The names heard often enough to be compared, with what their appeals have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.store import Query, Reader
from rules.entities import Clue, Heard, HeardName, Pool

if TYPE_CHECKING:
    from models.store import Store

LEAST = 2
"""Appeals of a name before it is compared with any other."""

WITHIN = timedelta(days=730)
"""How far back appeals are compared."""


@dataclass(frozen=True, slots=True)
class _Naming:
    """One appeal under one name."""

    core: str
    written: str
    brand: str
    trade: str
    ticket_id: int
    received_at: datetime
    category: str | None


_NAMINGS = Query(
    _Naming,
    """
SELECT f.core, f.written, f.brand, f.trade, t.id AS ticket_id, t.received_at, t.category
FROM firm_appeal a JOIN firm_name f ON f.id = a.firm_id JOIN ticket t ON t.id = a.ticket_id
WHERE t.received_at >= :since AND t.nature <> '举报' AND t.confidential IS NOT TRUE
""",
)

_OFTEN = _NAMINGS.also(
    """AND a.firm_id IN (SELECT firm_id FROM firm_appeal GROUP BY firm_id HAVING count(*) >= :least)
ORDER BY t.received_at, t.id"""
)


@dataclass(frozen=True, slots=True)
class _Tie:
    """A key of an appeal that names a firm."""

    ticket_id: int
    key_id: int
    kind: str
    text: str


_TIES = Query(
    _Tie,
    """
SELECT k.ticket_id, k.key_id, l.kind, l.text FROM appeal_key k JOIN link_key l ON l.id = k.key_id
WHERE l.kind IN ('phone', 'address', 'estate', 'street', 'word') AND l.appeals > 1
    AND k.ticket_id IN (SELECT ticket_id FROM firm_appeal)
""",
)


def heard_pool(reader: Reader, store: Store) -> Pool:
    """Return every name of two appeals or more within two years, none of them kept back."""
    local = store.timekeeper().local
    rows = reader.read(_OFTEN, since=store.now() - WITHIN, least=LEAST)
    wanted = {row.ticket_id for row in rows}
    clues: dict[int, Clue] = {}
    tied: dict[int, set[int]] = defaultdict(set)
    own = {row.core for row in rows}
    for ties in reader.stream(_TIES):
        for tie in ties:
            if tie.ticket_id in wanted and tie.text not in own:
                clues.setdefault(tie.key_id, Clue(tie.kind, tie.text))
                tied[tie.ticket_id].add(tie.key_id)
    heard: dict[str, list[Heard]] = defaultdict(list)
    first: dict[str, _Naming] = {}
    for row in rows:
        first.setdefault(row.core, row)
        day = local(row.received_at).date()
        keys = frozenset(k for k in tied.get(row.ticket_id, ()) if not _own(clues[k], row))
        heard[row.core].append(Heard(day, row.ticket_id, row.category or "", keys))
    return Pool([_name(one, heard[core]) for core, one in sorted(first.items())], clues)


def heard_names(reader: Reader, store: Store, cores: Iterable[str]) -> dict[str, HeardName]:
    """Return names with their appeals of the last two years, without what ties them."""
    local = store.timekeeper().local
    wanted = list(cores)
    if not wanted:
        return {}
    query = _NAMINGS.also("AND f.core IN (:cores) ORDER BY t.received_at, t.id")
    heard: dict[str, list[Heard]] = defaultdict(list)
    first: dict[str, _Naming] = {}
    for row in reader.read(query, since=store.now() - WITHIN, cores=wanted):
        first.setdefault(row.core, row)
        heard[row.core].append(
            Heard(local(row.received_at).date(), row.ticket_id, row.category or "")
        )
    return {core: _name(one, heard[core]) for core, one in first.items()}


def _own(clue: Clue, row: _Naming) -> bool:
    """Whether a place or word is but a part of the name itself."""
    return clue.text in row.written or clue.text in row.core


def _name(one: _Naming, heard: list[Heard]) -> HeardName:
    return HeardName(one.core, one.written, one.brand, one.trade, tuple(heard))
