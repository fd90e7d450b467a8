"""Two firms renamed twice, told of in four channels among a whole city: found, and when.

Run: ``.venv/bin/python -m tests.bench.renamed [APPEALS]`` (20,000). The city's appeals are taken in
first, then the four files by the import of every day. Prints the changes of name that were
suggested with the first day they could be known, which of them were missed, how long it took, and
the false alarms: pairs that a look on any Monday of eighteen months would have suggested and that
no firm has both of, whether they stand today or not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random

from console.__main__ import main as duban
from console.frame import system_user
from models import entities, intake
from models.entities import SuggestionView
from models.entities.pool import heard_pool
from models.store.opening import open_store
from models.store.store import Store
from rules.entities import possible_aliases
from rules.text import firm_of
from seed.demo.city import City
from seed.demo.people import Registry
from seed.demo.topics import listed, read_text
from seed.reference.catalogue import first_content, reference
from tests.conftest import NOW
from tests.models.entities.renames import FIRMS, write_files

SEED = 1

FOUND = ("open", "confirmed")

WEEKS = 78
"""Weeks of the city's eighteen months, each looked at as it was then."""

AT = ("--now", "2026-11-20T15:20")


def core_of(name: str) -> str:
    """Return what every way of writing a name shares."""
    firm = firm_of(name)
    return name if firm is None else firm.core


def changes() -> list[frozenset[str]]:
    """Return the changes of name that were planted."""
    return [frozenset(map(core_of, turn)) for firm in FIRMS for turn in pairwise(firm.names)]


def kept_apart(size: int) -> set[frozenset[str]]:
    """Return the pairs of names that one firm of the city, or a planted one, has both of."""
    words = listed(read_text("phrases")["names"])
    registry = Registry(Random(f"{SEED}/{size}/firms"), words)
    names = [one for firms in registry.firms.values() for one in firms]
    names += [firm.names for firm in FIRMS]
    return {
        frozenset((one, other))
        for firm in names
        for one in map(core_of, firm)
        for other in map(core_of, firm)
        if one != other
    }


def fill(store: Store, size: int) -> None:
    """Take the city's appeals in."""
    city = City(SEED, size, NOW, store.timekeeper(), reference())
    intake.take_in(
        store,
        city,
        source="演示城市",
        profile=intake.STRICT,
        file_name="city",
        file_digest=f"{size}",
    )


def suggested(folder: Path, size: int) -> tuple[Store, list[SuggestionView]]:
    """Build the store, import the files, look; return it with every suggestion, times told."""
    path = str(folder / "renamed.db")
    store = open_store(path, now=lambda: NOW, first=first_content, login=system_user())
    began = time.perf_counter()
    fill(store, size)
    print(f"城市 {size} 件：{time.perf_counter() - began:.1f} 秒")
    for file, options in write_files(folder).items():
        assert duban(["import", str(file), *options, "--store", path, *AT]) == 0
    began = time.perf_counter()
    with redirect_stdout(StringIO()):
        assert duban(["entity", "suggest", "--store", path, *AT]) == 0
    print(f"读名称、比对：{time.perf_counter() - began:.1f} 秒")
    with store.reading() as reader:
        found = entities.suggestions(reader, FOUND)
    return store, found


def weekly(store: Store) -> dict[frozenset[str], date]:
    """Return every pair that a look on any Monday would have suggested, with the first of them."""
    with store.reading() as reader:
        pool = heard_pool(reader, store)
    last = NOW.date() - timedelta(days=NOW.weekday())
    found: dict[frozenset[str], date] = {}
    for back in reversed(range(WEEKS)):
        monday = last - timedelta(weeks=back)
        for one in possible_aliases(pool, monday):
            found.setdefault(frozenset((one.earlier.core, one.later.core)), monday)
    return found


def main() -> int:
    """Print what was found; return 1 if a change was missed or false alarms are too many."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        store, found = suggested(Path(folder), size)
        began = time.perf_counter()
        looked = weekly(store)
        print(f"逐周各比对一次，{WEEKS} 周：{time.perf_counter() - began:.1f} 秒")
        store.close()
    by_pair = {frozenset((one.earlier, one.later)): one for one in found}
    missed = [pair for pair in changes() if pair not in by_pair]
    for pair in changes():
        if (one := by_pair.get(pair)) is not None:
            print(f"{one.old_name} → {one.new_name} 分量{one.weight} 最早可知 {one.known_on}")
            print(*(f"    {line}" for line in one.words), sep="\n")
    true = kept_apart(size)
    false = {pair: day for pair, day in looked.items() if pair not in true}
    for pair, day in sorted(false.items(), key=lambda each: each[1]):
        print(f"误报 {day} {'、'.join(sorted(pair))}")
    most = max(Counter(false.values()).values(), default=0)
    print(*(f"没有找到：{'、'.join(sorted(pair))}" for pair in missed), sep="\n")
    print(
        f"找到 {len(changes()) - len(missed)}/{len(changes())} 次更名；现有建议 {len(found)} 条，"
        f"{WEEKS} 周里提过 {len(looked)} 对，其中误报 {len(false)} 对，"
        f"平均每周 {len(false) / WEEKS:.2f}，最多一周 {most}"
    )
    return 1 if missed or len(false) > WEEKS else 0


if __name__ == "__main__":
    sys.exit(main())
