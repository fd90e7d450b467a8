"""Firms as the store keeps them: their names over time and the decisions against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.store import Query, Source, like
from rules.errors import Refused
from rules.text import firm_of


@dataclass(frozen=True, slots=True)
class NameView:
    """One name of a firm; ``left_at``: it was separated again."""

    id: int
    version: int
    entity_id: int
    written: str
    core: str
    since: date | None
    until: date | None
    source: str
    confirmed_by: str
    confirmed_at: datetime
    left_at: datetime | None
    left_reason: str | None

    @property
    def span(self) -> str:
        """From when to when it is its name, in words; "" where nobody knows."""
        if self.since is None and self.until is None:
            return ""
        begin = f"{self.since:%Y-%m-%d}" if self.since else ""
        end = f"{self.until:%Y-%m-%d}" if self.until else "今"
        return f"{begin}至{end}"


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision against a firm, named as its document."""

    id: int
    version: int
    core: str
    written: str
    kind: str
    number: str
    organ: str
    day: date
    revoked_at: datetime | None
    revoked_reason: str | None


@dataclass(frozen=True, slots=True)
class EntityView:
    """One firm with its names, the oldest first, and the decisions that stand against it."""

    id: int
    version: int
    name: str
    recorded_at: datetime
    joined_id: int | None
    names: tuple[NameView, ...] = ()
    decisions: tuple[DecisionView, ...] = ()

    @property
    def current(self) -> tuple[NameView, ...]:
        """The names that are its own now or were in their time, none that was separated."""
        return tuple(one for one in self.names if one.left_at is None)

    @property
    def cores(self) -> tuple[str, ...]:
        """Its names as they are compared."""
        return tuple(dict.fromkeys(one.core for one in self.current))

    @property
    def standing(self) -> tuple[DecisionView, ...]:
        """The decisions that were not revoked."""
        return tuple(one for one in self.decisions if one.revoked_at is None)


_ENTITIES = Query(EntityView, "SELECT id, version, name, recorded_at, joined_id FROM entity")
_STANDING = _ENTITIES.also("WHERE joined_id IS NULL ORDER BY id")
_BY_ID = _ENTITIES.also("WHERE id IN (:ids) ORDER BY id")
_NAMES = Query(
    NameView,
    """
SELECT n.id, n.version, n.entity_id, n.written, n.core, n.since, n.until, n.source,
    o.name AS confirmed_by, n.confirmed_at, n.left_at, n.left_reason
FROM entity_name n JOIN operator o ON o.id = n.confirmed_by
WHERE n.entity_id IN (:ids) ORDER BY coalesce(n.since, '1900-01-01'), n.id
""",
)
_DECISIONS = Query(
    DecisionView,
    """
SELECT id, version, core, written, kind, number, organ, day, revoked_at, revoked_reason
FROM entity_decision
""",
)
_OF_CORES = _DECISIONS.also("WHERE core IN (:cores) ORDER BY day, id")
_DECISION = _DECISIONS.also("WHERE id = :id")


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose name it is."""

    entity_id: int
    core: str


_OWNERS = Query(
    _Owner, "SELECT entity_id, core FROM entity_name WHERE left_at IS NULL AND core IN (:cores)"
)
_LIKE = Query(
    _Owner, "SELECT entity_id, core FROM entity_name WHERE left_at IS NULL AND written LIKE :part"
)


def known_entities(source: Source) -> list[EntityView]:
    """Return every firm that went into no other."""
    return _whole(source, source.read(_STANDING))


def entities_by_id(source: Source, ids: Sequence[int]) -> list[EntityView]:
    """Return firms by their ids; refused where there is none."""
    found = {one.id: one for one in source.read(_BY_ID, ids=list(ids))} if ids else {}
    for id in ids:
        if id not in found:
            raise Refused(f"没有编号为 {id} 的主体：请用 duban entity list 查看")
    return _whole(source, [found[id] for id in ids])


def owners(source: Source, cores: Sequence[str]) -> dict[str, int]:
    """Return whose names some names are; one that is nobody's yet is left out."""
    wanted = list(cores)
    found = source.read(_OWNERS, cores=wanted) if wanted else []
    return {one.core: one.entity_id for one in found}


def entity_named(source: Source, typed: str) -> EntityView:
    """Return the firm of an id, of one of its names, or of a part of a name if only one has it."""
    word = typed.strip()
    if word.isdecimal() and len(word) < 10:
        return entities_by_id(source, [int(word)])[0]
    firm = firm_of(word)
    id = owners(source, [firm.core]).get(firm.core) if firm is not None else None
    if id is None and word:
        ids = {one.entity_id for one in source.read(_LIKE, part=like(word))}
        if len(ids) > 1:
            raise Refused(f"有{len(ids)}个主体的名称里有“{word}”：请写编号（duban entity list）")
        id = next(iter(ids), None)
    if id is None:
        raise Refused(f"没有登记名称为“{word}”的主体：请用 duban entity name 登记")
    return entities_by_id(source, [id])[0]


def decision_by_id(source: Source, id: int) -> DecisionView:
    """Return one decision; refused where there is none."""
    found = source.first(_DECISION, id=id)
    if found is None:
        raise Refused(f"没有编号为 {id} 的处理决定：请用 duban entity show 查看")
    return found


def _whole(source: Source, bare: Sequence[EntityView]) -> list[EntityView]:
    """Return firms with their names and decisions."""
    if not bare:
        return []
    names: dict[int, list[NameView]] = defaultdict(list)
    for name in source.read(_NAMES, ids=[one.id for one in bare]):
        names[name.entity_id].append(name)
    cores = sorted({n.core for many in names.values() for n in many if n.left_at is None})
    decided: dict[str, list[DecisionView]] = defaultdict(list)
    for decision in source.read(_OF_CORES, cores=cores) if cores else ():
        decided[decision.core].append(decision)
    whole = []
    for one in bare:
        view = replace(one, names=tuple(names[one.id]))
        told = [d for core in view.cores for d in decided[core]]
        whole.append(replace(view, decisions=tuple(sorted(told, key=lambda d: (d.day, d.id)))))
    return whole
