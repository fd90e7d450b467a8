"""Where the appeals of a file lie: their codes as the list of places has them on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from models.store import Query, Source
from rules.casework import Appeal, Reject
from rules.grid import DISTRICT, Named, Place, elsewhere, named, way_to

if TYPE_CHECKING:
    from models.store import Work

Row = Appeal | Reject

Doubts = tuple[tuple[int, str], ...]
"""Lines of a file with what is to be looked at in their place."""


def located(work: Work, rows: Sequence[Row]) -> tuple[list[Row], Doubts]:
    """Return rows whose codes mean what they mean on the day they were received, and the doubts."""
    codes = {row.grid for row in rows if isinstance(row, Appeal) and _is_code(row.grid)}
    if not codes:
        return [*rows], ()
    known, full = _known(work, codes), _full(work, codes)
    districts = {one.code: one.name for one in work.read(_DISTRICTS)}
    local = work.timekeeper().local
    found: list[Row] = []
    doubts: list[tuple[int, str]] = []
    for row in rows:
        if not isinstance(row, Appeal) or row.grid is None or row.grid not in codes:
            found.append(row)
            continue
        where = Named(row.grid)
        if row.grid not in known or known[row.grid].valid_to is not None:
            where = named(row.grid, local(row.received_at or work.now).date(), known, full)
        doubt = where.doubt or elsewhere(where.code, row.address or "", districts)
        found.append(row if where.code == row.grid else replace(row, grid=where.code))
        if doubt:
            doubts.append((row.line, doubt))
    return found, tuple(doubts)


def _is_code(grid: str | None) -> bool:
    return grid is not None and grid.isascii() and grid.isdecimal()


def _known(source: Source, codes: set[str | None]) -> Mapping[str, Place]:
    """Return the places whose codes some codes begin with, and who took over from them."""
    wanted = {one for code in codes if code for one in way_to(code)}
    moves: dict[str, list[str]] = {}
    for move in source.read(_MOVES):
        moves.setdefault(move.code, []).append(move.successor)
    beside = {code for successors in moves.values() for code in successors}
    found = source.read(_PLACES, codes=sorted(wanted | beside))
    return {
        one.code: Place(
            one.code,
            one.name,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            successors=tuple(moves.get(one.code, ())),
        )
        for one in found
    }


def _full(source: Source, codes: set[str | None]) -> set[str]:
    """Return which of the places that codes lie in the list knows from the inside."""
    around = sorted({code[:n] for code in codes if code for n in (9, 12) if n < len(code)})
    return {one.code for one in source.read(_FULL, codes=around)} if around else set()


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the list and its days."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class _Move:
    """Who took over from a place."""

    code: str
    successor: str


@dataclass(frozen=True, slots=True)
class _Around:
    """A place that has others in it."""

    code: str


@dataclass(frozen=True, slots=True)
class _District:
    """A district by its code."""

    code: str
    name: str


_PLACES = Query(_Place, "SELECT code, name, valid_from, valid_to FROM grid WHERE code IN (:codes)")
_MOVES = Query(_Move, "SELECT code, successor FROM grid_move ORDER BY id")
_FULL = Query(_Around, "SELECT DISTINCT parent AS code FROM grid WHERE parent IN (:codes)")
_DISTRICTS = Query(_District, f"SELECT code, name FROM grid WHERE length(code) = {DISTRICT}")
