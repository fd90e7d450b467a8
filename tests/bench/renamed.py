"""Two firms renamed twice, told of in four channels among a whole city: found, and when.

Run: ``.venv/bin/python -m tests.bench.renamed [APPEALS]`` (20,000). The city's appeals are taken in
first, then the four files by the import of every day. Prints the changes of name that were
suggested with the first day they could be known, which of them were missed, how long it took, and
the false alarms: suggestions of two names that no firm of the city has both of, by week.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random

from console.__main__ import main as duban
from console.frame import system_user
from models import entities, intake
from models.entities import SuggestionView
from models.store.opening import open_store
from models.store.store import Store
from rules.text import firm_of
from seed.demo.city import City
from seed.demo.people import Registry
from seed.demo.topics import listed, read_text
from seed.reference.catalogue import first_content, reference
from tests.conftest import NOW
from tests.models.entities.renames import FIRMS, write_files

SEED = 1

FOUND = ("open", "confirmed")

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


def suggested(folder: Path, size: int) -> list[SuggestionView]:
    """Build the store, import the files, look; return every suggestion, with the times told."""
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
    store.close()
    return found


def weeks_of(days: list[date]) -> Counter[tuple[int, int]]:
    """Return how many days lie in each week."""
    return Counter(day.isocalendar()[:2] for day in days)


def main() -> int:
    """Print what was found; return 1 if a change was missed or false alarms are too many."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        found = suggested(Path(folder), size)
    by_pair = {frozenset((one.earlier, one.later)): one for one in found}
    missed = 0
    for pair in changes():
        one = by_pair.get(pair)
        if one is None:
            missed += 1
            print(f"没有找到：{'、'.join(sorted(pair))}")
            continue
        print(f"{one.old_name} → {one.new_name} 分量{one.weight} 最早可知 {one.known_on}")
        for line in one.words:
            print(f"    {line}")
    true = kept_apart(size)
    false = [one for pair, one in by_pair.items() if pair not in true]
    by_week = weeks_of([one.known_on for one in false])
    for one in false:
        print(f"误报 {one.known_on} {one.old_name}、{one.new_name}：{'；'.join(one.words)}")
    weeks = 78
    print(
        f"找到 {len(changes()) - missed}/{len(changes())} 次更名；建议共 {len(found)} 条，"
        f"误报 {len(false)} 条，{weeks} 周平均每周 {len(false) / weeks:.2f} 条，"
        f"最多一周 {max(by_week.values(), default=0)} 条"
    )
    return 1 if missed or len(false) > weeks else 0


if __name__ == "__main__":
    sys.exit(main())
