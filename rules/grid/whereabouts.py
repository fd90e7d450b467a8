"""What a place that somebody named by a code means on a day, and what is to be looked at in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.grid.codes import COMMUNITY, DISTRICT, above, form_fault, level_of, way_to
from rules.grid.listing import Place, standing_fault


@dataclass(frozen=True, slots=True)
class Named:
    """Where an appeal is put; ``doubt`` is one line for whoever brought it, if there is one."""

    code: str
    doubt: str = ""


def named(code: str, on: date, known: Mapping[str, Place], full: Iterable[str] = ()) -> Named:
    """Return what a code means on a day; an appeal is never refused for its place.

    ``known`` are the places whose codes it begins with, and who took over from them; ``full`` are
    those of them that the list knows from the inside. What took over alone stands for the one that
    ended; a place split into several is told by the one above it.
    """
    place = known.get(code)
    if place is None:
        return _unknown(code, known, set(full))
    seen = {code}
    while place.ended(on) and len(place.successors) == 1 and place.successors[0] not in seen:
        seen.add(place.successors[0])
        if (after := known.get(place.successors[0])) is None:
            break
        place = after
    names = {one: known[one].name if one in known else "" for one in place.successors}
    why = standing_fault(place, names, on) if place.ended(on) else None
    if why is None:
        return Named(place.code)
    return Named(above(place.code) or place.code, f"{why}；先记在上一级")


def _unknown(code: str, known: Mapping[str, Place], full: set[str]) -> Named:
    """Return what is made of a code that the list does not have."""
    near = next((one for one in reversed(way_to(code)) if one in known), None)
    if (why := form_fault(code)) is not None:
        if near is None:
            return Named(code, f"{why}；先照原样记下")
        return Named(near, f"{why}；先记在{level_of(near)} {near}{known[near].name}")
    if near is None or len(near) < DISTRICT <= len(code):
        return Named(code, f"编码 {code} 不属于本市的任何一个区：先照原样记下，请核对")
    if len(code) >= COMMUNITY and near in full:
        told = f"{level_of(near)} {near}{known[near].name}"
        return Named(near, f"网格名录里没有 {code}：先记在{told}，请核对编码")
    return Named(code)


def brief_fault(place: Place, on: date) -> str | None:
    """Return what stands beside a box in which a place is named for a day; None if it can be."""
    if place.stood(on):
        return None
    if not place.ended(on):
        return f"{place.valid_from}起才启用：请核对"
    if not place.successors:
        return f"已停用：请写上一级 {above(place.code)}"
    became = "已拆分" if len(place.successors) > 1 else "已改编码"
    if all(above(code) == above(place.code) for code in place.successors):
        ends = " 或 ".join(code[-3:] for code in place.successors)
        return f"{became}：末3位改为 {ends}"
    return f"{became}：请写 {' 或 '.join(place.successors)}"


def elsewhere(code: str, address: str, districts: Mapping[str, str]) -> str:
    """Return what is to be looked at where an address names another district than its code."""
    own = districts.get(code[:DISTRICT])
    said = [name for name in districts.values() if name in address]
    if own is None or len(said) != 1 or said[0] == own:
        return ""
    return f"地址写的是{said[0]}，网格编码 {code} 属于{own}：先按编码记下，请核对"
