"""The lists an appeal is sorted by: where it came from, what it is about, where it lies."""

from __future__ import annotations

from models.bureau import GridRecord
from seed.reference.content import ContentError, packaged, rows
from seed.reference.initials import initials

LEVELS = {4: "市", 6: "区", 9: "街道", 12: "社区", 15: "网格"}
"""Level by number of digits: one cell, one code (一格一码)."""


def channels() -> tuple[tuple[str, str], ...]:
    """Return 来源渠道 as (code, name), in the order they are shown."""
    found = rows(packaged("channels.csv"), ("code", "name"), "channels.csv")
    return tuple((cells["code"], cells["name"]) for _, cells in found)


def categories() -> tuple[str, ...]:
    """Return 诉求类别 as paths 一级/二级/三级, in the order they are shown."""
    levels = ("level1", "level2", "level3")
    found = rows(packaged("categories.csv"), levels, "categories.csv")
    return tuple("/".join(cells[level] for level in levels) for _, cells in found)


def read_grids(text: str, file: str = "grids.csv") -> tuple[GridRecord, ...]:
    """Read a grid file with columns code, name, parent; ContentError names line and cause.

    A parent stands above the lines that lie in it.
    """
    grids: dict[str, GridRecord] = {}
    for line, cells in rows(text, ("code", "name", "parent"), file):
        code, parent = cells["code"], cells["parent"] or None
        level = LEVELS.get(len(code)) if code.isdecimal() else None
        if level is None:
            raise ContentError(f"{file} 第{line}行的编码“{code}”应为4、6、9、12或15位数字")
        if code in grids:
            raise ContentError(f"{file} 第{line}行的编码 {code} 重复，一格一码")
        if parent and (parent not in grids or not code.startswith(parent)):
            raise ContentError(f"{file} 第{line}行：{code} 不在上级 {parent} 之内，请改正")
        grids[code] = GridRecord(code, cells["name"], level, parent, initials(cells["name"]))
    return tuple(grids.values())
