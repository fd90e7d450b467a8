"""网格名录: a new list rehearsed and loaded; what stood before and what became of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.grid.place import kept_estates, places_by_code
from models.store import Query, retried
from models.tables import Grid, GridMove, GridPast
from rules.errors import Refused
from rules.grid import (
    KINDS,
    NEW,
    Fault,
    Place,
    PlaceLine,
    PlaceRevision,
    above,
    faults,
    level_of,
    move_kind,
    revise,
)

if TYPE_CHECKING:
    from models.store import Store, Work


class FaultyList(Refused):
    """A list that contradicts itself or the store; ``faults`` says where and what to do."""

    def __init__(self, found: Sequence[Fault]) -> None:
        first, more = found[0], len(found) - 1
        told = f"；另有{more}行有误" if more else ""
        super().__init__(f"第{first.line}行：{first.message}{told}。一行也没有装入")
        self.faults = tuple(found)


def rehearse_places(store: Store, lines: Sequence[PlaceLine]) -> PlaceRevision:
    """Say what loading a list would change; nothing is written. ``FaultyList`` like loading."""
    with store.reading() as reader:
        return _revision(places_by_code(reader), lines)


@retried
def load_places(store: Store, lines: Sequence[PlaceLine], reason: str) -> PlaceRevision:
    """Make the places of a list new, changed or ended, all or none; for an administrator.

    ``FaultyList`` where the list contradicts itself or the store, ``Refused`` where it changes
    nothing.
    """
    with store.writing(alone=True) as work:
        work.require(verb="grid.load")
        before = places_by_code(work)
        revision = _revision(before, lines)
        if not revision.changes:
            raise Refused("与现行网格名录相同：无须装入")
        number = int(work.value(_LAST_REVISION)) + 1
        _write(work, before, revision, number)
        told = {kind: n for kind in KINDS if (n := revision.count(kind))}
        work.event("grid.load", "store", None, reason=reason, payload={"list": number, **told})
    return revision


def _revision(before: dict[str, Place], lines: Sequence[PlaceLine]) -> PlaceRevision:
    if found := faults(before, lines):
        raise FaultyList(found)
    return revise(before, lines)


_PLAIN = ("name", "officer", "households", "followers", "valid_from", "valid_to")
"""What a place and its row call alike."""


def _write(work: Work, before: dict[str, Place], revision: PlaceRevision, number: int) -> None:
    """Keep what is replaced, then write the places and what became of them."""
    new = sorted((c.place for c in revision.changes if c.kind == NEW), key=lambda p: len(p.code))
    changed = [change.place for change in revision.changes if change.kind != NEW]
    known = {one.code: one.revision for one in work.read(_REVISIONS)} if changed else {}
    columns = (*_PLAIN, "estates")
    work.bulk(
        GridPast,
        ("code", "parent", "revision", "replaced_at", *columns),
        [
            (p.code, above(p.code), known[p.code], work.now, *_cells(before[p.code]))
            for p in changed
        ],
    )
    work.update_many(
        Grid,
        (*columns, "initials", "revision"),
        [(p.code, None, *_cells(p), p.initials, number) for p in changed],
    )
    work.bulk(
        Grid,
        ("code", "parent", "level", *columns, "initials", "revision"),
        [(p.code, above(p.code), level_of(p.code), *_cells(p), p.initials, number) for p in new],
    )
    _write_moves(work, before, [change.place for change in revision.changes])


def _cells(place: Place) -> tuple[Any, ...]:
    return (*(getattr(place, name) for name in _PLAIN), kept_estates(place.estates))


def _write_moves(work: Work, before: dict[str, Place], places: Sequence[Place]) -> None:
    """Write who takes over from a place; where a list corrects it, in place of what stood."""
    moving = []
    for place in places:
        was = before.get(place.code, Place(place.code))
        if (was.successors, was.valid_to) == (place.successors, place.valid_to):
            continue
        moving.append(place)
        if was.successors:
            work.delete_where(GridMove, "code = :code", code=place.code)
    whole = before | {place.code: place for place in places}
    origins = Counter(code for place in whole.values() for code in set(place.successors))
    work.bulk(
        GridMove,
        ("code", "successor", "kind", "on_day", "recorded_at", "operator_id"),
        [
            (
                place.code,
                code,
                move_kind(place.successors, origins),
                place.valid_to + timedelta(days=1),
                work.now,
                work.operator.id,
            )
            for place in moving
            if place.valid_to is not None
            for code in place.successors
        ],
    )


@dataclass(frozen=True, slots=True)
class _Revision:
    """Which list changed a place last."""

    code: str
    revision: int


_REVISIONS = Query(_Revision, "SELECT code, coalesce(revision, 0) AS revision FROM grid")
_LAST_REVISION = "SELECT coalesce(max(revision), 0) FROM grid"
