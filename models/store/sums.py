"""What one transaction takes from and adds to the seals of the subjects whose rows it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from models.store.counts import COUNTED, Counts, Pair
from models.store.errors import StoreError
from models.store.rows import Query, Source
from models.store.seals import (
    KEY_CHANGED,
    SEALED,
    Belongs,
    DigestOf,
    SubjectKey,
    covered,
    digest_of,
    keyed,
    picker,
    read_seal,
    subject_of,
    usable,
    without_end,
    written,
)

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class _Held:
    """The seal a subject has by its newest event that carries one."""

    subject_id: int | None
    seal: str


_HELD = Query(
    _Held,
    """
SELECT subject_id, seal FROM event WHERE seq IN (
    SELECT max(seq) FROM event
    WHERE subject_kind = :kind AND seal IS NOT NULL AND subject_id IN (:ids) GROUP BY subject_id)
""",
)
_HELD_BY_KIND = Query(
    _Held,
    """
SELECT subject_id, seal FROM event WHERE seq = (
    SELECT max(seq) FROM event
    WHERE subject_kind = :kind AND seal IS NOT NULL AND subject_id IS NULL)
""",
)


@dataclass(frozen=True, slots=True)
class _Way:
    """A row on the way from another to its subject."""

    id: int
    subject_kind: str
    subject_id: int


_BY_ROUND = Query(
    _Way,
    """
SELECT id, 'ticket' AS subject_kind, ticket_id AS subject_id FROM round WHERE id IN (:ids)
""",
)
_BY_CLOCK = Query(
    _Way,
    """
SELECT id, CASE WHEN ticket_id IS NULL THEN subject_kind ELSE 'ticket' END AS subject_kind,
       coalesce(ticket_id, subject_id) AS subject_id
FROM deadline WHERE id IN (:ids)
""",
)
_WAYS = {"round": _BY_ROUND, "deadline": _BY_CLOCK}


class Sums:
    """The changes of seals in one transaction, subject by subject, and of what is counted."""

    def __init__(self, key: str) -> None:
        """``key`` is the store's own, from its settings."""
        if not usable(key):
            raise StoreError(KEY_CHANGED)
        self._key = key.encode()
        self._by: dict[SubjectKey, int] = defaultdict(int)
        self._born: set[SubjectKey] = set()
        self.owners: dict[SubjectKey, SubjectKey] = {}
        self.counts = Counts()
        self._digests: dict[tuple[str, tuple[str, ...]], DigestOf] = {}

    def __bool__(self) -> bool:
        """Whether a sealed row was changed."""
        return bool(self._by)

    def begin(self, subject: SubjectKey, digest: int) -> None:
        """Count a row of a subject that had no seal until now."""
        self._by[subject] += digest
        self._born.add(subject)

    def add(
        self, t: Table, names: Sequence[str], row: Sequence[Any], *, born: bool = False
    ) -> None:
        """Add a row that stands from now on; ``born``: it was not there before."""
        self._count(t, names, row, 1, born)

    def take(self, t: Table, names: Sequence[str], row: Sequence[Any]) -> None:
        """Take away a row that stood until now."""
        self._count(t, names, row, -1, False)

    def added(
        self, t: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> Iterator[Sequence[Any]]:
        """Pass on new rows of one table, each added; instants stand in them as SQLite's text."""
        belongs = SEALED[t.name]
        cells_of, start, from_bytes = picker(t, names), keyed(t, self._key), int.from_bytes
        kind = belongs.through or belongs.kind
        place = names.index(belongs.column) if kind and belongs.column in names else None
        found: dict[int, int] = defaultdict(int)
        if t.name in COUNTED:
            rows = self.counts.passing(t.name, names, rows)
        for row in rows:  # as flat as it can be: an import sends every row through here
            cells = cells_of(row)
            if cells[-1] is None:
                cells = without_end(cells)
            hashed = start.copy()
            hashed.update(ascii(cells).encode())
            digest = from_bytes(hashed.digest(), "little")
            id = None if place is None else row[place]
            if id is not None:
                found[id] += digest
            else:
                told = dict(zip(names, row, strict=True))
                subject = subject_of(belongs, told)
                self._by[subject] += digest
                self._note(t, belongs, subject, told, born=True)
            yield row
        for id, digest in found.items():
            self._by[kind, id] += digest
        if belongs.column == "id":
            self._born.update((kind, id) for id in found)

    def changed(self, t: Table, names: Sequence[str], pairs: Iterable[Pair]) -> None:
        """Follow very many rows of one table from what they held to what they hold.

        ``names`` begin with ``id``; instants stand in the cells as SQLite's text.
        """
        cells_of, start = covered(t, tuple(names), kept=True), keyed(t, self._key)
        whose, follows, by = _whose(SEALED[t.name], names), t.name in _WAYS, self._by
        if t.name in COUNTED:
            pairs = self.counts.changed(t.name, names, pairs)
        for pair in pairs:  # as flat as it can be: a new calendar sends every clock through here
            for row, sign in zip(pair, (-1, 1), strict=True):
                hashed = start.copy()
                hashed.update(ascii(without_end(cells_of(row))).encode())
                subject = whose(row)
                by[subject] += sign * int.from_bytes(hashed.digest(), "little")
            if follows:
                self.owners[t.name, pair[1][0]] = subject

    def _count(
        self, t: Table, names: Sequence[str], row: Sequence[Any], sign: int, born: bool
    ) -> None:
        belongs, known = SEALED[t.name], (t.name, tuple(names))
        digest = self._digests.get(known)
        if digest is None:
            digest = self._digests[known] = digest_of(t, self._key, names)
        told = dict(zip(names, row, strict=True))
        subject = subject_of(belongs, told)
        self._by[subject] += sign * digest(row)
        if t.name in COUNTED:
            self.counts.count(t.name, names, row, sign)
        self._note(t, belongs, subject, told, born=born)

    def _note(
        self, t: Table, belongs: Belongs, subject: SubjectKey, told: dict[str, Any], *, born: bool
    ) -> None:
        """Remember whom a row belongs to that others belong through, and which subject is new."""
        if t.name in _WAYS and told.get("id") is not None:
            self.owners[t.name, told["id"]] = subject
        if born and belongs.column == "id":
            self._born.add(subject)

    def settle(self, source: Source) -> dict[SubjectKey, str]:
        """Return the seal each touched subject has from now on, as events carry it.

        To be called with the trail's head locked: what others have added is committed by then.
        """
        changes = self._settled(source)
        before = self._before(source, [s for s in changes if s not in self._born])
        self._by = defaultdict(int)
        return {s: written(before.get(s, 0) + change) for s, change in changes.items()}

    def _settled(self, source: Source) -> dict[SubjectKey, int]:
        """Return the changes by subject, once rows on the way are followed."""
        unknown: dict[str, list[int]] = defaultdict(list)
        for subject in self._by:
            if subject[0] in _WAYS and subject not in self.owners:
                unknown[subject[0]].append(subject[1])
        for name, ids in unknown.items():
            for way in _chunked(source, _WAYS[name], ids):
                self.owners[name, way.id] = way.subject_kind, way.subject_id
        changes = self._by
        for way in [subject for subject in changes if subject[0] in _WAYS]:
            changes[self.owners[way]] += changes.pop(way)
        return {s: change for s, change in changes.items() if change}

    def _before(self, source: Source, subjects: Iterable[SubjectKey]) -> dict[SubjectKey, int]:
        kinds: dict[str, list[int]] = defaultdict(list)
        for kind, id in subjects:
            kinds[kind].append(id)
        found: dict[SubjectKey, int] = {}
        for kind, ids in kinds.items():
            held = (
                source.read(_HELD_BY_KIND, kind=kind)
                if ids == [0]
                else _chunked(source, _HELD, ids, kind=kind)
            )
            found |= {(kind, one.subject_id or 0): read_seal(one.seal) for one in held}
        return found


def _whose(belongs: Belongs, names: Sequence[str]) -> Callable[[Sequence[Any]], SubjectKey]:
    """Return what :func:`subject_of` does, for rows of these columns."""
    kind, other = belongs.through or belongs.kind, belongs.other
    if not belongs.column:
        return lambda row: (kind, 0)
    place = names.index(belongs.column)
    kinds = None if kind else names.index("subject_kind")
    instead = None if other is None else _whose(other, names)

    def whose(row: Sequence[Any]) -> SubjectKey:
        id = row[place]
        if id is None and instead is not None:
            return instead(row)
        return kind if kinds is None else row[kinds], id

    return whose


def _chunked(source: Source, query: Query[Any], ids: list[int], **params: Any) -> Iterator[Any]:
    for start in range(0, len(ids), _CHUNK):
        yield from source.read(query, ids=ids[start : start + _CHUNK], **params)
