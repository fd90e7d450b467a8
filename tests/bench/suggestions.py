"""Suggested units of a large history: how long the memory takes to read, and one question.

Run: ``.venv/bin/python -m tests.bench.suggestions [TICKETS]``.

A store of TICKETS invented appeals (200,000): reading the memory, its size, and the time of one
question. How often suggestions are right, and how sure, is ``tests.bench.dispatching``.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from models.dispatch.suggesting import Suggestions
from models.store.opening import open_store
from models.store.reader import Reader
from models.store.store import Store
from models.tables.rounds import Round
from models.tables.tickets import Ticket
from rules.casework.appeal import Appeal
from seed.demo.city import City
from seed.reference.catalogue import first_content, reference
from tests.bench.crowd import ROUND, TICKET

ASKED = 300

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)


def opened(file: Path) -> Store:
    """Return the store of a file, made if there is none."""
    return open_store(str(file), now=lambda: NOW, first=first_content, login="")


def city(file: Path, tickets: int) -> dict[int, int]:
    """Fill a store with the tickets and rounds of an invented city, and nothing else.

    Its last tickets wait; the units that had them are returned by ticket.
    """
    store = opened(file)
    first = reference()
    ids = {u.code: i for i, u in enumerate(first.units, 1)}
    words = {w: ids[u.code] for u in first.units for w in (u.code, u.name, u.short_name)}
    invented = City(2026, tickets, NOW, store.timekeeper(), first)
    told = [(i, a, words.get(a.unit or "")) for i, a in enumerate(invented, 1)]
    held = {i: unit_id for i, _, unit_id in [t for t in told if t[2]][-ASKED:] if unit_id}
    with store.writing() as work:
        columns = (*TICKET[:-1], "category", "grid", "object")
        work.bulk(Ticket, columns, (_ticket(i, a) for i, a, _ in told))
        work.bulk(Round, ROUND, (_round(i, a, None if i in held else u) for i, a, u in told))
    store.close()
    return held


def _ticket(i: int, a: Appeal) -> tuple[object, ...]:
    return (
        i,
        1,
        f"B{i:07d}",
        "bench",
        a.channel,
        "求助",
        "一般",
        a.title,
        a.content,
        False,
        a.received_at,
        NOW,
        "open",
        1,
        "blue",
        a.category,
        a.grid,
        a.object,
    )


def _round(i: int, a: Appeal, unit_id: int | None) -> tuple[object, ...]:
    at = a.dispatched_at or a.received_at if unit_id else None
    return (i, 1, i, 1, "dispatched" if at else "waiting", unit_id, a.received_at, at, False)


def questions(
    reader: Reader, known: Suggestions, held: dict[int, int]
) -> Iterator[tuple[float, float, int, list[int]]]:
    """Ask for the tickets that wait.

    Give the seconds on the clock and of the processor, the unit that had each, those suggested.
    """
    for ticket_id, unit_id in held.items():
        begun, worked = time.perf_counter(), time.thread_time()
        found = known.of(reader, ticket_id)
        yield (
            time.perf_counter() - begun,
            time.thread_time() - worked,
            unit_id,
            [each.unit_id for each in found],
        )


def fast(tickets: int) -> None:
    """Print how long reading the memory and one question take."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "city.db"
        with ProcessPoolExecutor(1) as elsewhere:  # so that its memory is not counted here
            held = elsewhere.submit(city, file, tickets).result()
        store = opened(file)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with store.reading() as reader:
            begun = time.perf_counter()
            known = Suggestions(reader, today=NOW.date())
            built = time.perf_counter() - begun
            asked = list(questions(reader, known, held))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        store.close()
    print(f"{tickets} tickets of an invented city, {len(known)} remembered")
    print(f"  reading the memory {built:.1f} s, peak growth {grown:.0f} MB")
    for word, seconds in (
        ("on the clock", [each[0] for each in asked]),
        ("of the processor", [each[1] for each in asked]),
    ):
        spent = sorted(each * 1000 for each in seconds)
        print(
            f"  one question, {word}: median {statistics.median(spent):.1f} ms, "
            f"p95 {spent[int(len(spent) * 0.95)]:.1f} ms, worst {spent[-1]:.1f} ms"
        )
    first = sum(units[:1] == [unit] for *_, unit, units in asked) / len(asked)
    three = sum(unit in units[:3] for *_, unit, units in asked) / len(asked)
    print(f"  its unit first {first:.0%}, among the first three {three:.0%}")


if __name__ == "__main__":
    fast(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
