"""Rooms: who may import whom, which circles there are, what a room gives out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from tests.house.tree import FLOORS, Import, Source, Tree, room_of

Layers = Sequence[tuple[str, ...]]

ORDER: Mapping[str, Layers] = {
    "rules": (
        ("errors", "lazy"),
        ("tomlfile",),
        ("text",),
        ("clocks",),
        ("casework",),
        ("dispatch",),
        ("paper",),
        ("problems",),
        ("merging",),
        ("campaigns",),
        ("grid", "police", "councils", "rota"),
        ("ranking",),
        ("orders",),
        ("review",),
        ("insight",),
        ("entities",),
        ("reports",),
        ("intake",),
        ("receptions", "visits"),
        ("bureau",),
        ("clauses",),
    ),
    "models": (
        ("tables",),
        ("migrations",),
        ("store",),
        ("bureau",),
        ("rota",),
        ("matter",),
        ("clocks",),
        ("casework",),
        ("dispatch",),
        ("paper",),
        ("problems",),
        ("merging",),
        ("campaigns",),
        ("councils",),
        ("ranking",),
        ("orders",),
        ("review",),
        ("letters",),
        ("insight",),
        ("entities",),
        ("reports",),
        ("intake",),
        ("grid",),
        ("receptions", "police", "visits"),
        ("privacy",),
        ("views",),
    ),
    "seed": (
        ("putting",),
        ("sheets",),
        ("workbook",),
        ("reference",),
        ("channels",),
        ("demo", "exchange"),
    ),
    "console": (
        ("frame",),
        ("widgets",),
        ("command",),
        ("paper",),
        ("clocks",),
        ("merging",),
        ("casework",),
        ("orders",),
        ("letters",),
        ("ranking",),
        ("bureau",),
        ("review",),
        ("dispatch",),
        ("problems",),
        ("campaigns",),
        ("entities",),
        ("reports",),
        ("insight",),
        ("intake",),
        ("councils", "rota"),
        ("receptions", "police", "visits"),
        ("privacy",),
        ("store",),
        ("views",),
        ("grid",),
        ("unkeyed",),
        ("app",),
        ("__main__",),
    ),
}
"""The rooms of each floor from the bottom up: a room imports only those of the lines before it.

Rooms of one line do not know each other. A room that is not built yet may stand here.
"""

READ_BY_SCREENS = "models.views"
"""The reads made for screens and command line: no other floor has a use for them."""


def floors_upward(tree: Tree) -> list[str]:
    """Return every import of a floor above."""
    return [
        f"{found.place}: {source.floor} imports {found.imported}"
        for source, found in _own(tree)
        if FLOORS.index(_floor(found)) > FLOORS.index(source.floor)
    ]


def rooms_upward(tree: Tree, order: Mapping[str, Layers] = ORDER) -> list[str]:
    """Return every import of a room that does not stand below, and every room without a place."""
    places = {
        f"{floor}.{room}": place
        for floor, layers in order.items()
        for place, layer in enumerate(layers)
        for room in layer
    }
    strange = {
        source.room: f"{source.at(1)}: room {source.room} has no place in ORDER"
        for source in reversed(tree.sources)
        if source.room not in places and source.room != source.floor
    }
    upward = [
        f"{found.place}: {source.room} imports {target} ({found.imported})"
        for source, found in _own(tree)
        if (target := _room(tree, found)) != source.room
        and _floor(found) == source.floor
        and source.room in places
        and target in places
        and places[target] >= places[source.room]
    ]
    return [*strange.values(), *upward]


def views_read_below(tree: Tree, views: str = READ_BY_SCREENS) -> list[str]:
    """Return every import of the screens' reads by another floor or room than theirs."""
    return [
        f"{found.place}: {source.room} imports {found.imported}"
        for source, found in _own(tree)
        if _room(tree, found) == views and source.floor != "console" and source.room != views
    ]


def past_the_door(tree: Tree) -> list[str]:
    """Return every import of a file in another room, and of a file's own room."""
    broken = []
    for source, found in _own(tree):
        target = tree.target(found)
        if target is None:
            broken.append(f"{found.place}: nothing is called {found.module}")
        elif target.room != source.room and target.module != target.room:
            broken.append(f"{found.place}: {target.module} is read past {target.room}")
        elif target.module == source.room != source.module and target.is_package:
            broken.append(f"{found.place}: {source.module} imports its own room")
    return list(dict.fromkeys(broken))


def circles(tree: Tree, floor: str) -> list[str]:
    """Return one shortest circle of each knot of files that import each other."""
    edges: dict[str, dict[str, Import]] = {s.module: {} for s in tree.sources if s.floor == floor}
    for source in tree.sources:
        for found in source.imports if source.floor == floor else ():
            target = tree.target(found)
            if target is not None and target.floor == floor and target is not source:
                edges[source.module].setdefault(target.module, found)
    found_circles: dict[frozenset[str], str] = {}
    for start in edges:
        circle = _circle(edges, start)
        if circle and not any(key & set(circle) for key in found_circles):
            steps = [edges[a][b] for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
            told = ", ".join(f"{step.place} imports {step.imported}" for step in steps)
            found_circles[frozenset(circle)] = told
    return sorted(found_circles.values())


def doors_ajar(tree: Tree) -> list[str]:
    """Return where a lazy room's two tables differ, or name what no file of it defines."""
    broken = []
    for room in tree.sources:
        if room.homes is None:
            continue
        told: dict[str, tuple[str, int]] = {}
        for found in room.imports:
            if found.module.startswith(f"{room.module}.") and found.name is not None:
                told[found.name] = (found.module.removeprefix(f"{room.module}."), found.line)
        for name, (file, line) in sorted({**told, **room.homes}.items()):
            place = room.at(line)
            if name not in room.homes:
                broken.append(f"{place}: {name} is not in the table of names")
            elif name not in told:
                broken.append(f"{place}: {name} is not imported for type checking")
            elif told[name][0] != file:
                broken.append(f"{place}: {name} comes from {told[name][0]} and from {file}")
            home = tree.by_module.get(f"{room.module}.{file}")
            if home is None or name not in home.defined:
                broken.append(f"{place}: {file} defines no {name}")
            if f"{room.module}.{name}" in tree.by_module:
                broken.append(f"{place}: {name} is a file of the room, too")
        broken += [
            f"{found.place}: {found.name} is not told to be given (as {found.name})"
            for found, alias in _aliases(room)
            if alias != found.name
        ]
    return broken


def _aliases(room: Source) -> Iterator[tuple[Import, str | None]]:
    """Yield what a room imports from its files, with the name it is given out by."""
    for node in ast.walk(room.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{room.module}."):
            for alias in node.names:
                yield (
                    Import(room, alias.lineno, str(node.module), alias.name, False),
                    alias.asname,
                )


def _own(tree: Tree) -> Iterator[tuple[Source, Import]]:
    """Yield every import of something of the house, with the file it stands in."""
    for source in tree.sources:
        for found in source.imports:
            if _floor(found) in FLOORS:
                yield source, found


def _floor(found: Import) -> str:
    return found.module.partition(".")[0]


def _room(tree: Tree, found: Import) -> str:
    target = tree.target(found)
    return room_of(found.module) if target is None else target.room


def _circle(edges: Mapping[str, Mapping[str, Import]], start: str) -> list[str]:
    """Return the shortest way from a file back to itself, or nothing."""
    came: dict[str, str] = {}
    ring = [start]
    while ring:
        ahead = []
        for here in ring:
            for there in edges[here]:
                if there == start:
                    way = [here]
                    while way[-1] != start:
                        way.append(came[way[-1]])
                    return way[::-1]
                if there not in came:
                    came[there] = here
                    ahead.append(there)
        ring = ahead
    return []
