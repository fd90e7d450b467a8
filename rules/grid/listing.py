"""The list of places: what a new list would change, and what is wrong with it.

Places are known by their code. One that is not in a list stays as it is, and none is ever deleted:
a place ends on a day, and its successors take over what comes afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any

from rules.grid.codes import CITY, above, form_fault, level_of

NEW, CHANGED, ENDED, SPLIT, MERGED, MOVED = "new", "changed", "ended", "split", "merged", "moved"

KINDS = {
    NEW: "新增",
    SPLIT: "拆分",
    MERGED: "合并",
    MOVED: "改编码",
    ENDED: "停用",
    CHANGED: "变更",
}
"""What a list can do to a place, in Chinese, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a list has it; ``estates`` are the estates (小区) that lie in it.

    ``valid_to`` is its last day, ``successors`` are the codes that take over from the day after.
    """

    code: str
    name: str = ""
    officer: str | None = None
    households: int | None = None
    followers: int | None = None
    estates: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    initials: str = field(default="", compare=False)

    def stood(self, on: date) -> bool:
        """Whether it was in force on a day."""
        return not self.ended(on) and (self.valid_from is None or self.valid_from <= on)

    def ended(self, on: date) -> bool:
        """Whether it had ended before a day."""
        return self.valid_to is not None and self.valid_to < on


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One line of a list: what it tells of a place, by the names of ``Place``'s fields.

    A column that the file does not have is not told and leaves the place as it is. ``parent`` and
    ``level`` are what the line says besides: the code itself tells both. ``fault`` is what cannot
    be read in it.
    """

    line: int
    code: str
    told: Mapping[str, Any]
    parent: str = ""
    level: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What becomes of one place: ``kind`` is one of ``KINDS``.

    ``columns`` are (name of a ``Place`` field, before, after); none of a new one.
    """

    kind: str
    place: Place
    columns: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRevision:
    """What a list comes to; ``absent`` is how many places it does not speak of."""

    changes: tuple[PlaceChange, ...]
    unchanged: int
    absent: int

    def count(self, kind: str) -> int:
        """Return how many places become this."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, and what to do."""

    line: int
    message: str


def revise(before: Mapping[str, Place], lines: Sequence[PlaceLine]) -> PlaceRevision:
    """Return what a faultless list changes; ``before`` are all places by their code."""
    coming = merged(before, lines)
    origins = Counter(
        code for place in {**before, **coming}.values() for code in set(place.successors)
    )
    changes = []
    for code, place in coming.items():
        was = before.get(code)
        if was is None:
            changes.append(PlaceChange(NEW, place))
        elif was != place:
            changes.append(PlaceChange(_kind(was, place, origins), place, _columns(was, place)))
    return PlaceRevision(tuple(changes), len(coming) - len(changes), len(before.keys() - coming))


def merged(before: Mapping[str, Place], lines: Sequence[PlaceLine]) -> dict[str, Place]:
    """Return each place of a list as it will be: what stands, and what its line tells."""
    return {one.code: replace(before.get(one.code, Place(one.code)), **one.told) for one in lines}


def move_kind(successors: Sequence[str], origins: Mapping[str, int]) -> str:
    """Return what became of a place that has successors; ``origins`` counts those of each."""
    if len(successors) > 1:
        return SPLIT
    return MERGED if origins[successors[0]] > 1 else MOVED


def _kind(was: Place, place: Place, origins: Mapping[str, int]) -> str:
    if was.valid_to is not None or place.valid_to is None:
        return CHANGED
    return move_kind(place.successors, origins) if place.successors else ENDED


def standing_fault(place: Place, successors: Mapping[str, str], on: date) -> str | None:
    """Return why a place cannot be named for a day and what to write, one line; None if it can.

    ``successors`` are who took over, with their names.
    """
    if place.stood(on):
        return None
    said = f"{level_of(place.code)} {place.code}{place.name}"
    if place.valid_to is None or not place.ended(on):
        return f"{said} {place.valid_from}起才启用：请核对编码"
    since = place.valid_to + timedelta(days=1)
    if not successors:
        return f"{said} {since}起已停用：请改写仍在用的编码，或写上一级 {above(place.code)}"
    became = "拆分为" if len(successors) > 1 else "改为"
    told = "、".join(f"{code}{name}" for code, name in successors.items())
    advice = "请改写其中之一" if len(successors) > 1 else "请改写这一编码"
    return f"{said} {since}起已{became} {told}：{advice}，或写上一级 {above(place.code)}"


_COLUMNS = tuple(f.name for f in fields(Place) if f.compare and f.name != "code")


def _columns(was: Place, place: Place) -> tuple[tuple[str, Any, Any], ...]:
    pairs = ((name, getattr(was, name), getattr(place, name)) for name in _COLUMNS)
    return tuple((name, old, new) for name, old, new in pairs if old != new)


def faults(before: Mapping[str, Place], lines: Sequence[PlaceLine]) -> list[Fault]:
    """Return what is wrong with a list, in the order of its lines; the whole list is looked at."""
    found = [*_line_faults(lines)]
    faulty = {fault.line for fault in found}
    sound = [one for one in lines if one.line not in faulty]
    whole = {**before, **merged(before, sound)}
    city = next((code for code in before if len(code) == CITY), None)
    lying = _lying_in(whole, {one.code for one in sound if whole[one.code].valid_to is not None})
    for one in sound:
        place = whole[one.code]
        told = (
            _outside(one, whole, city)
            or _misfit(one, whole)
            or _dates(place, whole, lying.get(place.code, ()))
            or _followed(place, whole)
        )
        if told is not None:
            found.append(Fault(one.line, told))
    return sorted(found, key=lambda fault: fault.line)


def _lying_in(whole: Mapping[str, Place], codes: Set[str]) -> Mapping[str, list[Place]]:
    """Return what lies directly in each of some places."""
    found: dict[str, list[Place]] = {code: [] for code in codes}
    for place in whole.values() if codes else ():
        if (parent := above(place.code)) in found:
            found[parent].append(place)
    return found


def _line_faults(lines: Sequence[PlaceLine]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for one in lines:
        if why := one.fault or form_fault(one.code):
            yield Fault(one.line, why)
        elif (first := seen.setdefault(one.code, one.line)) != one.line:
            yield Fault(one.line, f"编码 {one.code} 与第{first}行重复：一格一码，请只留一行")


def _outside(one: PlaceLine, whole: Mapping[str, Place], city: str | None) -> str | None:
    """Return what is wrong with where a place lies."""
    if city is not None and not one.code.startswith(city):
        return f"{one.code} 不在本市（{city}{whole[city].name}）之内：请核对编码"
    parent = above(one.code)
    if parent is not None and parent not in whole:
        return (
            f"{one.code} 所在的{level_of(parent)} {parent} 不在名录中：请改正编码，或先补上级一行"
        )
    if parent is not None and one.parent and one.parent != parent:
        other = whole.get(one.parent)
        said = f"{one.parent}{other.name if other is not None else ''}"
        return f"上级写的是 {said}，编码 {one.code} 却属于 {parent}{whole[parent].name}：请改正其一"
    return None


def _misfit(one: PlaceLine, whole: Mapping[str, Place]) -> str | None:
    level = level_of(one.code)
    if one.level and one.level != level:
        return f"级别写的是“{one.level[:10]}”，{len(one.code)}位编码是{level}：请改正其一"
    if not whole[one.code].name:
        return f"{one.code} 没有写名称：请补上"
    return None


def _dates(place: Place, whole: Mapping[str, Place], inside: Iterable[Place]) -> str | None:
    first, last = place.valid_from, place.valid_to
    if first is not None and last is not None and last < first:
        return f"{place.code} 停用日期早于启用日期：请改正"
    parent = whole.get(above(place.code) or "")
    if parent is not None and parent.valid_to is not None and not _ends_by(place, parent.valid_to):
        return (
            f"{place.code} 的上级 {parent.code}{parent.name} {parent.valid_to} 已停用："
            "请写停用日期，或改用承接它的编码"
        )
    if last is not None:
        left = sum(not _ends_by(each, last) for each in inside)
        if left:
            return f"{place.code} 停用后其下还有{left}个在用：请一并写停用日期"
    return None


def _ends_by(place: Place, day: date) -> bool:
    return place.valid_to is not None and place.valid_to <= day


def _followed(place: Place, whole: Mapping[str, Place]) -> str | None:
    """Return what is wrong with who takes over."""
    if place.successors and place.valid_to is None:
        return f"{place.code} 写了承接编码，没有写停用日期：请补上"
    for code in place.successors:
        other = whole.get(code)
        if other is None:
            return f"{place.code} 的承接编码 {code[:20]} 不在名录中：请改正，或补上这一行"
        if len(code) != len(place.code):
            return f"{place.code} 的承接编码 {code} 不是同一级：请写{level_of(place.code)}的编码"
        if code == place.code or (place.valid_to is not None and _ends_by(other, place.valid_to)):
            return f"{place.code} 的承接编码 {code} 届时也不在用：请写仍在用的编码"
    return None
