"""From the city down to one cell among 1,000,000 appeals of 16,000 cells, beside the bare SQL.

Run: ``.venv/bin/python -m tests.bench.drilling [FOLDER [OPEN CLOSED]]``; the store is kept in
FOLDER. With ``DUBAN_TEST_PG`` set, the same on that PostgreSQL server too. The aim is at most
100 ms for each step.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from models.store.bulk import bulk_into, table
from models.store.counts import reckon
from models.store.opening import open_store
from models.store.rows import Row
from models.store.store import Store
from models.tables import Deadline, Grid, Problem, ProblemTicket, Round, Ticket
from models.views import (
    figures_of_place,
    matters_of_place,
    place_in_hand,
    place_problems,
    queue_moment,
)
from seed.reference.catalogue import first_content
from tests.bench.finding import (
    MORE_DEADLINE,
    MORE_ROUND,
    MORE_TICKET,
    NOW,
    PROBLEM,
    PROBLEM_TICKET,
    City,
)
from tests.conftest import admin, database_url

OPEN, CLOSED = 50_000, 950_000

COMMUNITIES, CELLS = 3_170, 16_000

PLACED_ROUND = (*MORE_ROUND, "contacted_at", "outcome", "grid")

PLACE = ("code", "name", "level", "parent", "initials")

WAY = (4, 6, 9, 12, 15)

REPEATS = 5


class Grown(City):
    """The city of ``finding``, its appeals in the cells of communities of its streets."""

    def __init__(self, store: Store, open: int, closed: int) -> None:
        """Put every appeal into a cell."""
        super().__init__(store, open, closed)
        streets = [code for code, _ in self._grids]
        self.communities = [
            f"{streets[n % len(streets)]}{n // len(streets) + 1:03}" for n in range(COMMUNITIES)
        ]
        cells = [
            f"{self.communities[n % COMMUNITIES]}{n // COMMUNITIES + 1:03}" for n in range(CELLS)
        ]
        self._grids = [(code, code) for code in cells]

    def places_of(self) -> Iterator[Row]:
        """Yield the rows of communities and cells."""
        for code in self.communities:
            yield code, f"{code[-3:]}社区", "社区", code[:9], ""
        for code, _ in self._grids:
            yield code, f"第{code[-3:]}网格", "网格", code[:12], ""

    def rounds_of(self) -> Iterator[Row]:
        """Yield rounds with their first contact, their outcome and their place."""
        for i, row in enumerate(super().rounds_of(), 1):
            begun: datetime = row[6]
            contacted = begun + timedelta(minutes=i * 7919 % 2_880)
            outcome = None if row[9] is None else ("已解决" if i % 2 else "解释说明")
            yield *row, contacted, outcome, self._grids[i * 31 % len(self._grids)][0]


def build(target: str, open: int, closed: int) -> Store:
    """Return a store of so many appeals, made if absent."""
    store = open_store(target, now=lambda: NOW, first=first_content, login="")
    with store.reading() as reader:
        if reader.value("SELECT count(*) FROM ticket"):
            return store
    city = Grown(store, open, closed)
    with store.writing() as work:
        for model, columns, rows in (
            (Grid, PLACE, city.places_of()),
            (Ticket, MORE_TICKET, city.tickets_of()),
            (Round, PLACED_ROUND, city.rounds_of()),
            (Deadline, MORE_DEADLINE, city.clocks_of()),
            (Problem, PROBLEM, city.problems_of()),
            (ProblemTicket, PROBLEM_TICKET, city.links_of()),
        ):
            bulk_into(work.conn, table(model), columns, rows)
        begun = time.perf_counter()
        reckon(work.conn)
        print(f"counted anew in {time.perf_counter() - begun:.1f} s", flush=True)
        work.event("ticket.note", "store", None)
    return store


BARE = """
SELECT substr(t.grid, 1, 6), substr(r.closed_at, 1, 7), count(*),
       count(*) FILTER (WHERE r.outcome = '已解决'),
       count(*) FILTER (WHERE r.result_rating = '满意')
FROM ticket t JOIN round r ON r.ticket_id = t.id GROUP BY 1, 2
"""
"""What one would write instead of keeping counts: for the city alone, and without a median."""


def main() -> None:
    """Build, measure, print."""
    folder, *sizes = sys.argv[1:] or [tempfile.mkdtemp(prefix="duban-bench-")]
    open, closed = map(int, sizes) if sizes else (OPEN, CLOSED)
    measure(build(str(Path(folder) / "drilling.db"), open, closed))
    server = os.environ.get("DUBAN_TEST_PG")
    if server:
        admin(server, "DROP DATABASE IF EXISTS duban_bench_drilling")
        admin(server, "CREATE DATABASE duban_bench_drilling")
        measure(build(database_url(server, "duban_bench_drilling"), open, closed))


def measure(store: Store) -> None:
    """Print the median milliseconds of every step: of the processor on SQLite, else passed."""
    clock = time.process_time if store.kind == "sqlite" else time.perf_counter
    zone = store.timekeeper().zone
    moment = queue_moment(store.timekeeper(), NOW)

    def median(act: Callable[[], object]) -> float:
        taken = []
        for _ in range(REPEATS):
            begun = clock()
            act()
            taken.append(clock() - begun)
        return statistics.median(taken) * 1000

    with store.reading() as reader:
        cell = str(reader.value("SELECT max(grid) FROM ticket"))
        since = NOW - timedelta(days=30)
        print(f"{store.kind}\n{'':18}{'figures':>9}{'repeats':>9}{'red':>9}{'a month':>9}  (ms)")
        for digits in WAY:
            code = cell[:digits]
            acts: tuple[Callable[[], object], ...] = (
                partial(figures_of_place, reader, code, moment, zone),
                partial(place_problems, reader, code, NOW),
                partial(place_in_hand, reader, code, moment, "red"),
                partial(matters_of_place, reader, code, "received", since, NOW),
            )
            told = "".join(f"{median(act):9.1f}" for act in acts)
            print(f"{code:18}{told}", flush=True)
        if store.kind == "sqlite":
            print(
                f"bare: the city counted from its appeals {median(lambda: reader.rows(BARE)):.0f}"
            )


if __name__ == "__main__":
    main()
