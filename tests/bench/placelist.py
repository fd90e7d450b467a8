"""3,170 communities and 16,000 cells read from a file and loaded, beside a bare executemany.

Run: ``.venv/bin/python -m tests.bench.placelist [FOLDER]``. The aim is 5 s for file and load.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

from models.grid import find_places, load_places, places_by_code
from models.store.opening import open_store
from models.views import known_words
from rules.grid import STREET, Place, PlaceLine, above
from seed.channels import read_places, write_places
from seed.demo.chance import split
from seed.demo.communities import CELLS, COMMUNITIES
from seed.reference.catalogue import first_content, reference

T = TypeVar("T")

ESTATES = ("梅园小区", "东亭花园", "翠微苑", "金地格林", "保利心语", "汉口春天", "万科城")

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)

BARE = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)"


def main(folder: Path) -> None:
    """Measure and print."""
    places = list(city(Random(7)))
    print(f"{len(places):,} places")
    bare = timed(lambda: alone(folder / "bare.db", places))[0]
    for suffix in ("csv", "xlsx"):
        file = folder / f"list.{suffix}"
        write_places(file, places)
        read, lines = timed(partial(read_places, file))
        target = str(folder / f"{suffix}.db")
        store = open_store(target, now=lambda: NOW, first=first_content, login="")
        with closing(store):
            loaded = timed(partial(load_places, store, lines, "名录"))[0]
            again = timed(partial(load_places, store, changed(lines), "关注户数"))[0]
            with store.reading() as reader:
                found = timed(partial(find_places, reader, "东亭花园"))[0]
                words = timed(lambda: known_words(reader, NOW.date()))[0]
                assert len(places_by_code(reader)) > len(places)
        whole = read + loaded
        print(
            f"{suffix}: read {read:.2f} s, load {loaded:.2f} s, together {whole:.2f} s "
            f"(bare executemany {bare:.3f} s, load {loaded / bare:.0f} times that); "
            f"all changed again {again:.2f} s; find {found * 1000:.1f} ms, "
            f"words of a form {words * 1000:.0f} ms"
        )


def city(dice: Random) -> Iterator[Place]:
    """Yield communities and their cells below the real streets."""
    streets = [grid for grid in reference().grids if len(grid.code) == STREET]
    cells = iter(split(CELLS, [1] * COMMUNITIES))
    for street, many in zip(streets, split(COMMUNITIES, [1] * len(streets)), strict=True):
        for n in range(1, many + 1):
            code = f"{street.code}{n:03d}"
            yield Place(code, f"{street.name[:-2]}{n}社区", "王芳", 1500, 700)
            for m in range(1, next(cells) + 1):
                estates = (dice.choice(ESTATES) + str(n),)
                yield Place(f"{code}{m:03d}", f"第{m}网格", "李娜", 300, 140, estates)


def changed(lines: list[PlaceLine]) -> list[PlaceLine]:
    """Return the list with other followers everywhere."""
    return [replace(one, told={"followers": one.line}) for one in lines]


def alone(path: Path, places: list[Place]) -> None:
    """Put the same rows into a bare table."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE place (code TEXT PRIMARY KEY, name, parent, officer, h, f, e)")
        rows = (
            (p.code, p.name, above(p.code), p.officer, p.households, p.followers, p.estates[:1])
            for p in places
        )
        conn.executemany(BARE, [(*row[:-1], "".join(row[-1])) for row in rows])


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds something took, and what it gave."""
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
