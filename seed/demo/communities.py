"""微邻里 of the demo city: communities and cells invented below its real streets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from models.grid import load_places
from models.store import Store
from rules.grid import STREET, PlaceLine
from seed.demo.chance import split
from seed.demo.people import People
from seed.demo.places import Place, community_name
from seed.demo.topics import read_text
from seed.reference import initials, reference

COMMUNITIES, CELLS = 3_170, 16_000
"""Of a city of its real size."""

FEW_COMMUNITIES, FEW_CELLS = 6, 2
"""Communities of a street, and cells of a community, in a small city."""

WELL_KNOWN, ITS_HOUSEHOLDS = "420106011003", 3_860
"""A community whose number of households people know."""

Told = dict[str, Any]
"""What a line of the list tells, by the fields of a place; ``code`` among them."""


def enter_cells(
    store: Store, dice: Random, places: Sequence[Place], today: date, *, large: bool
) -> None:
    """Load communities and cells, then what changed in them on the first of the month.

    ``places`` are the compounds that lie in them.
    """
    names = read_text("phrases")["names"]
    people = People(dice, names["surnames"], names["given"])
    estates = defaultdict[str, list[str]](list)
    for place in places:
        estates[place.grid + place.cell].append(place.compound)
    told: list[Told] = []
    for code, name, cells in communities(large=large):
        told += _community(dice, people, estates, code, name, cells)
    load_places(store, _lines(told), "网格名录（演示）")
    changed = _changed({one["code"]: one for one in told}, today.replace(day=1))
    load_places(store, _lines(changed), "网格调整（演示）")


def communities(*, large: bool) -> Iterator[tuple[str, str, int]]:
    """Yield each community: its code, its name and how many cells it has."""
    streets = [grid for grid in reference().grids if len(grid.code) == STREET]
    many = split(COMMUNITIES, [1] * len(streets)) if large else [FEW_COMMUNITIES] * len(streets)
    cells = iter(split(CELLS, [1] * sum(many)) if large else [FEW_CELLS] * sum(many))
    for street, communities in zip(streets, many, strict=True):
        for n in range(communities):
            yield f"{street.code}{n + 1:03d}", community_name(street.name, n), next(cells)


def _community(
    dice: Random,
    people: People,
    estates: Mapping[str, list[str]],
    code: str,
    name: str,
    cells: int,
) -> Iterator[Told]:
    """Yield a community and its cells; households and followers of the cells add up to its own."""
    every = ITS_HOUSEHOLDS if code == WELL_KNOWN else dice.randrange(180, 460) * cells
    followed = int(every * dice.uniform(0.35, 0.8))
    own = {"officer": people.name(), "households": every, "followers": followed}
    yield {"code": code, "name": name, **own}
    weights = [dice.uniform(0.7, 1.3) for _ in range(cells)]
    shares = zip(split(every, weights), split(followed, weights), strict=True)
    for n, (households, followers) in enumerate(shares, 1):
        cell = f"{code}{n:03d}"
        yield {
            "code": cell,
            "name": f"第{n}网格",
            "officer": people.name(),
            "households": households,
            "followers": followers,
            "estates": tuple(estates.get(cell, ())),
        }


def _changed(told: Mapping[str, Told], first: date) -> Iterator[Told]:
    """Yield a cell that was split on a day, its successors, and two that became one."""
    split_one = told[f"{WELL_KNOWN}002"]
    one, other = (told[f"{WELL_KNOWN[:-1]}4{n:03d}"] for n in (1, 2))
    last = first - timedelta(days=1)
    halves = [split(split_one[key], [1, 1]) for key in ("households", "followers")]
    parts = [f"{WELL_KNOWN}{n}" for n in ("101", "102")]
    yield {**split_one, "valid_to": last, "successors": tuple(parts)}
    for n, code in enumerate(parts):
        yield {
            "code": code,
            "name": f"第2网格{'甲乙'[n]}片",
            "officer": split_one["officer"],
            "households": halves[0][n],
            "followers": halves[1][n],
            "estates": split_one["estates"] if n == 0 else (),
            "valid_from": first,
        }
    whole = f"{one['code'][:-3]}101"
    for each in (one, other):
        yield {**each, "valid_to": last, "successors": (whole,)}
    yield {
        "code": whole,
        "name": "第1网格（合并）",
        "officer": one["officer"],
        "households": one["households"] + other["households"],
        "followers": one["followers"] + other["followers"],
        "estates": one["estates"] + other["estates"],
        "valid_from": first,
    }


def _lines(told: Sequence[Told] | Iterator[Told]) -> list[PlaceLine]:
    return [
        PlaceLine(
            n,
            one["code"],
            {k: v for k, v in one.items() if k != "code"} | {"initials": initials(one["name"])},
        )
        for n, one in enumerate(told, 1)
    ]
