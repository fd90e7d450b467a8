"""The two word lists of an appeal: where it came from and what it is about."""

from __future__ import annotations

from seed.reference.content import packaged, rows


def channels() -> tuple[tuple[str, str], ...]:
    """Return 来源渠道 as (code, name), in the order they are shown."""
    found = rows(packaged("channels.csv"), ("code", "name"), "channels.csv")
    return tuple((cells["code"], cells["name"]) for _, cells in found)


def categories() -> tuple[str, ...]:
    """Return 诉求类别 as paths 一级/二级/三级, in the order they are shown."""
    levels = ("level1", "level2", "level3")
    found = rows(packaged("categories.csv"), levels, "categories.csv")
    return tuple("/".join(cells[level] for level in levels) for _, cells in found)
