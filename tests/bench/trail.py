"""Searching a trail of 1,000,000 events: first rows, their words, the whole list; bare SQL beside.

The events are made up, not chained: what is measured is reading. Beside each search stands the one
statement that counts what it finds. The cost of the indexes at import stands below.

Run: ``.venv/bin/python -m tests.bench.trail [FOLDER]``.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.store.opening import open_store
from models.store.reader import to_text
from models.views import TrailFilter, trail_snapshot, trail_window
from seed.reference.catalogue import first_content

EVENTS = 1_000_000

FIRST = 64

BEGUN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

APART = timedelta(seconds=20)

VERBS = {
    "ticket.intake": 30,
    "ticket.acknowledge": 20,
    "ticket.reply": 20,
    "ticket.close": 15,
    "sweep": 3,
    "ticket.ask_extension": 2,
    "ticket.look": 1,
}

LOGINS = {"chen": 90, "liu": 9, "he": 1}

DAY = BEGUN + EVENTS // 2 * APART

SEARCHES: dict[str, tuple[TrailFilter, str]] = {
    "everything": (TrailFilter(), "1 = 1"),
    "a unit": (
        TrailFilter(unit="洪山区"),
        "unit_id = (SELECT id FROM unit WHERE short_name = '洪山区')",
    ),
    "an operator": (TrailFilter(operator="chen"), "operator = 'chen'"),
    "an operator of few acts": (TrailFilter(operator="he"), "operator = 'he'"),
    "a frequent verb": (TrailFilter(verb="受理"), "verb = 'ticket.intake'"),
    "a rare verb": (TrailFilter(verb="查看联系方式"), "verb = 'ticket.look'"),
    "a verb of an operator": (
        TrailFilter(verb="查看联系方式", operator="he"),
        "verb = 'ticket.look' AND operator = 'he'",
    ),
    "a verb on a day": (
        TrailFilter(verb="办结", since=DAY, until=DAY + timedelta(days=1)),
        f"verb = 'ticket.close' AND recorded_at >= '{to_text(DAY)}' "
        f"AND recorded_at < '{to_text(DAY + timedelta(days=1))}'",
    ),
    "a frequent word": (TrailFilter(words=("例行",)), "reason LIKE '%例行%'"),
    "a word of one event": (TrailFilter(words=("罕见",)), "reason LIKE '%罕见%'"),
}


def events(first: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows of events, the same ones at each run."""
    chance = random.Random(20260105)
    verbs, logins = list(VERBS), list(LOGINS)
    for seq in range(first, EVENTS + 1):
        at = to_text(BEGUN + seq * APART)
        verb = chance.choices(verbs, [*VERBS.values()])[0]
        reason = "罕见" if seq == EVENTS // 3 else "例行办理" if chance.random() < 0.1 else None
        yield (
            *(seq, at, at, chance.choices(logins, [*LOGINS.values()])[0], verb, "ticket"),
            *(chance.randint(1, 200_000), chance.randint(2, 118), f"act:{seq:012x}", reason),
            *('{"number":"WH20260105-00001"}', 1, 1, 2, "s" * 88, "p" * 64, "h" * 64),
        )


def fill(path: Path, *, indexed: bool = True) -> float:
    """Put the events into a new store; return the seconds of one insert."""
    open_store(str(path), now=lambda: BEGUN, first=first_content, login="tester").close()
    with sqlite3.connect(path, isolation_level=None) as raw:
        [(count,)] = raw.execute("SELECT count FROM trail_head")
        for name in () if indexed else ("operator", "unit", "verb"):
            raw.execute(f"DROP INDEX ix_event_{name}")
        rows = list(events(count + 1))
        began = time.process_time()
        raw.execute("BEGIN")
        raw.executemany(f"INSERT INTO event VALUES ({', '.join('?' * 17)})", rows)
        raw.execute("UPDATE trail_head SET count = ?", (EVENTS,))
        raw.execute("COMMIT")
        return (time.process_time() - began) / len(rows)


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return milliseconds and what came of it."""
    began = time.perf_counter()
    found = run()
    return (time.perf_counter() - began) * 1000, found


def main() -> None:
    """Print a line for each search, then what the indexes cost at import."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    cost = fill(folder / "trail.db")
    store = open_store(
        str(folder / "trail.db"), now=lambda: BEGUN, first=first_content, login="tester"
    )
    print(f"{'':26}{'first':>9}{'words':>9}{'whole':>9}{'SQL':>9} ms")
    for name, (filter, condition) in SEARCHES.items():
        with store.reading() as reader:
            first, seqs = timed(lambda: trail_snapshot(reader, filter, limit=FIRST))  # noqa: B023
            words, _ = timed(lambda: trail_window(reader, seqs))  # noqa: B023
            whole, every = timed(lambda: trail_snapshot(reader, filter))  # noqa: B023
            sql = f"SELECT count(*) FROM event WHERE {condition}"
            bare, count = timed(lambda: reader.value(sql))  # noqa: B023
        assert len(every) == count and seqs == every[:FIRST], name
        print(f"{name:26}{first:9.1f}{words:9.1f}{whole:9.1f}{bare:9.1f}    {count:,}")
    store.close()
    before = fill(folder / "before.db", indexed=False)
    print(f"an insert {cost * 1e6:.1f} µs, without the three indexes {before * 1e6:.1f} µs")


if __name__ == "__main__":
    main()
