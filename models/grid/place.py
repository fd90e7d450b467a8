"""Places as the store has them: the list, one of them with the way to it, those found by a word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.store import Query, Source, like, literal
from rules.errors import Refused
from rules.grid import CELL, Place, form_fault, level_of, standing_fault, way_to
from rules.text import half_width

_LOOK_UP = "请核对编码，或按名称查找（duban grid find 名称）"


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the way from the city down to another."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a place: ``kind`` is split, merged or moved.

    ``on_day`` is the first day of the successor; ``name`` is the other place's.
    """

    code: str
    successor: str
    name: str
    kind: str
    on_day: date


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place as it stood on a day.

    ``way`` leads from the city down to it, itself the last. ``stood``: it was in force on the day.
    ``onward`` are its successors, ``origins`` the places it took over from, ``inside`` is how many
    lie directly in it. ``replaced_at`` is when a later list changed what is shown; None where it
    is what stands.
    """

    place: Place
    level: str
    way: tuple[Step, ...]
    stood: bool
    onward: tuple[Move, ...]
    origins: tuple[Move, ...]
    inside: int
    replaced_at: datetime | None = None

    @property
    def name(self) -> str:
        """Its name from the district on."""
        return "".join(step.name for step in self.way[1:] or self.way)


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that a word means; ``name`` is its name from the district on."""

    code: str
    name: str
    level: str
    estates: tuple[str, ...]
    valid_to: date | None


def places_by_code(source: Source) -> dict[str, Place]:
    """Return every place of the list, the larger before those that lie in them."""
    followed: dict[str, list[str]] = {}
    for one in source.read(_FOLLOWED):
        followed.setdefault(one.code, []).append(one.successor)
    return {row.code: row.place(tuple(followed.get(row.code, ()))) for row in source.read(_PLACES)}


def place_on(source: Source, code: str, on: date, until: datetime) -> PlaceView:
    """Return a place as it stood on a day; ``until`` is the end of that day.

    ``Refused`` where there is no such place, with what to do.
    """
    code = half_width(code).strip()
    if (why := form_fault(code)) is not None:
        raise Refused(why)
    row = source.first(_PLACE, code=code)
    if row is None:
        raise Refused(f"网格名录里没有 {code}：{_LOOK_UP}")
    was = source.first(_AS_IT_WAS, code=code, until=until)
    onward = tuple(source.read(_ONWARD, code=code))
    now = row.place(tuple(move.successor for move in onward))
    names = {step.code: step.name for step in source.read(_STEPS, codes=way_to(code))}
    return PlaceView(
        place=now if was is None else was.place(now.successors),
        level=level_of(code) or "",
        way=tuple(Step(each, names[each]) for each in way_to(code) if each in names),
        stood=now.stood(on),
        onward=onward,
        origins=tuple(source.read(_ORIGINS, code=code)),
        inside=int(source.value(_INSIDE, code=code)),
        replaced_at=None if was is None else was.replaced_at,
    )


def require_place(source: Source, code: str, on: date) -> Place:
    """Return a place in force on a day; ``Refused`` says in one line what to do where it is none.

    A place that ended names who took over.
    """
    code = half_width(code).strip()
    row = source.first(_PLACE, code=code) if form_fault(code) is None else None
    if row is None:
        raise Refused(form_fault(code) or f"网格名录里没有 {code}：{_LOOK_UP}")
    onward = source.read(_ONWARD, code=code)
    place = row.place(tuple(move.successor for move in onward))
    if (
        why := standing_fault(place, {move.successor: move.name for move in onward}, on)
    ) is not None:
        raise Refused(why)
    return place


def find_places(source: Source, text: str, most: int = 50) -> list[FoundPlace]:
    """Return the places that a code or its beginning, a name, an estate or initials mean.

    Larger places come first, and before them those that are called exactly so.
    """
    words = "".join(literal(half_width(text)).split())
    if not words:
        return []
    if words.isdecimal():
        rows = source.read(_BY_CODE, low=words, high=f"{words:9<{CELL}}", most=most)
    else:
        rows = source.read(
            _BY_WORD, word=words, initials=words.lower(), within=like(words), most=most
        )
    codes = sorted({code for row in rows for code in way_to(row.code)})
    steps = source.read(_STEPS, codes=codes) if codes else []
    names = {step.code: step.name for step in steps}
    return [
        FoundPlace(
            row.code,
            "".join(names.get(code, "") for code in way_to(row.code)[1:]) or row.name,
            level_of(row.code) or "",
            told_estates(row.estates),
            row.valid_to,
        )
        for row in rows
    ]


def appeals_at(source: Source, code: str) -> int:
    """Return how many appeals are kept under a code or one that lies in it."""
    return int(source.value(_APPEALS, low=code, high=f"{code:9<{CELL}}"))


def places_in(source: Source, code: str) -> list[Place]:
    """Return the places that lie directly in another, by code; ended ones too."""
    return [row.place(()) for row in source.read(_DIRECTLY_IN, code=code)]


def told_estates(text: str | None) -> tuple[str, ...]:
    """Return the estates that a row of the store keeps."""
    return tuple(json.loads(text)) if text else ()


def kept_estates(estates: Iterable[str]) -> str | None:
    """Return estates as a row of the store keeps them."""
    names = list(estates)
    return json.dumps(names, ensure_ascii=False) if names else None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of the list as it is kept; ``revision`` is the list that changed it last."""

    code: str
    name: str
    initials: str
    revision: int
    officer: str | None
    households: int | None
    followers: int | None
    valid_from: date | None
    valid_to: date | None
    estates: str | None
    replaced_at: datetime | None = None

    def place(self, successors: tuple[str, ...]) -> Place:
        """Return it as a place of the list."""
        return Place(
            self.code,
            self.name,
            self.officer,
            self.households,
            self.followers,
            told_estates(self.estates),
            self.valid_from,
            self.valid_to,
            successors,
            self.initials,
        )


_CELLS = """code, name, coalesce(revision, 0) AS revision, officer, households,
       followers, valid_from, valid_to, estates"""

_PLACES = Query(PlaceRow, f"SELECT {_CELLS}, initials FROM grid ORDER BY length(code), code")
_PLACE = Query(PlaceRow, f"SELECT {_CELLS}, initials FROM grid WHERE code = :code")
_DIRECTLY_IN = Query(
    PlaceRow, f"SELECT {_CELLS}, initials FROM grid WHERE parent = :code ORDER BY code"
)
_AS_IT_WAS = Query(
    PlaceRow,
    f"""
SELECT {_CELLS}, '' AS initials, replaced_at FROM grid_past
WHERE code = :code AND replaced_at > :until ORDER BY replaced_at, revision LIMIT 1
""",
)
_APPEALS = "SELECT count(*) FROM ticket WHERE grid >= :low AND grid <= :high"
_STEPS = Query(Step, "SELECT code, name FROM grid WHERE code IN (:codes)")
_INSIDE = "SELECT count(*) FROM grid WHERE parent = :code"
_ONWARD = Query(
    Move,
    """
SELECT m.code, m.successor, g.name, m.kind, m.on_day
FROM grid_move m JOIN grid g ON g.code = m.successor WHERE m.code = :code ORDER BY m.id
""",
)
_ORIGINS = Query(
    Move,
    """
SELECT m.code, m.successor, g.name, m.kind, m.on_day
FROM grid_move m JOIN grid g ON g.code = m.code WHERE m.successor = :code ORDER BY m.id
""",
)


@dataclass(frozen=True, slots=True)
class _Followed:
    """Who takes over from a place."""

    code: str
    successor: str


_FOLLOWED = Query(_Followed, "SELECT code, successor FROM grid_move ORDER BY id")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place by its own words."""

    code: str
    name: str
    estates: str | None
    valid_to: date | None


_BY_CODE = Query(
    _Found,
    """
SELECT code, name, estates, valid_to FROM grid WHERE code >= :low AND code <= :high
ORDER BY length(code), code LIMIT :most
""",
)
_BY_WORD = Query(
    _Found,
    """
SELECT code, name, estates, valid_to FROM grid
WHERE name LIKE :within OR estates LIKE :within OR initials = :initials
ORDER BY CASE WHEN name = :word THEN 0 ELSE 1 END, length(code), code LIMIT :most
""",
)
