"""The monthly ranking over 1,000,000 tickets, beside the same questions in bare sqlite3.

Run: ``.venv/bin/python -m tests.bench.ranking [FOLDER]`` (the store is kept in FOLDER).
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.ranking.editions import compute_edition
from models.ranking.tallies import QUERIES
from models.store.opening import open_store
from models.store.reader import to_text
from models.store.store import Store
from models.tables.deadlines import Deadline
from models.tables.rounds import Rating, Round
from models.tables.tickets import Ticket
from rules.ranking.periods import Period, last_complete
from seed.reference.catalogue import first_content
from tests.bench.crowd import DEADLINE, ROUND, TICKET

TICKETS, ROUNDS = 1_000_000, 5

HISTORY = timedelta(days=540)

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)

RATING = ("round_id", "at", "recorded_at", "result_rating", "work_rating", "means")

RATINGS = ("满意", "满意", "基本满意", "不满意")


def history(path: Path, tickets: int) -> Path:
    """Return a store of a year and a half of appeals, made if absent; one in fifty stays open."""
    if path.exists():
        return path
    dice = random.Random(2)
    received = [NOW - HISTORY * (tickets - i) / tickets for i in range(1, tickets + 1)]
    closed = [_closed(dice, at) for at in received]
    store = opened(path)
    with store.writing() as work:
        every = list(enumerate(zip(received, closed, strict=True), 1))
        work.bulk(
            Ticket,
            TICKET,
            (
                (
                    i,
                    1,
                    f"B{i}",
                    "bench",
                    "12345电话",
                    "求助",
                    "一般",
                    "标题",
                    "内容" * 40,
                    False,
                    at,
                    at,
                    "closed" if end else "open",
                    1,
                    "blue",
                    None,
                )
                for i, (at, end) in every
            ),
        )
        work.bulk(
            Round,
            (*ROUND, "closed_at", "outcome", "reply"),
            (
                (
                    i,
                    1,
                    i,
                    1,
                    "closed" if end else "dispatched",
                    2 + i % 117,
                    at,
                    at,
                    False,
                    end,
                    "已解决" if end else None,
                    "答复" * 30,
                )
                for i, (at, end) in every
            ),
        )
        work.bulk(
            Deadline,
            DEADLINE,
            (row for i, (at, end) in every for row in _clocks(3 * i, i, at, end)),
        )
        work.bulk(
            Rating,
            RATING,
            (
                (i, end + timedelta(days=1), end, dice.choice(RATINGS), "满意", "import")
                for i, (_, end) in every
                if end and dice.random() < 0.6
            ),
        )
    store.close()
    return path


def main() -> None:
    """Print the medians and their ratio."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    path = history(folder / f"ranking-{TICKETS}.db", TICKETS)
    store = opened(path)
    month = last_complete("month", NOW, store.timekeeper().zone)
    bare = median(lambda: _bare(path, month))
    ours = median(lambda: compute_edition(store, month))
    print(f"bare sqlite3                {bare:6.3f} s   1.00 x")
    print(f"monthly ranking             {ours:6.3f} s   {ours / bare:4.2f} x")


def _bare(path: Path, month: Period) -> None:
    instants = {"from_at": month.from_at, "to_at": month.to_at, "known_at": NOW}
    bounds = {name: to_text(instant) for name, instant in instants.items()}
    connection = sqlite3.connect(path)
    for query in QUERIES:
        connection.execute(query.sql, bounds).fetchall()
    connection.close()


def median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def opened(path: Path) -> Store:
    return open_store(str(path), now=lambda: NOW, first=first_content, login="")


def _closed(dice: random.Random, received_at: datetime) -> datetime | None:
    closed = received_at + timedelta(hours=dice.randint(5, 200))
    return None if dice.random() < 0.02 or closed > NOW else closed


def _clocks(id: int, i: int, at: datetime, end: datetime | None) -> Iterator[tuple[object, ...]]:
    day = timedelta(days=1)
    steps = (
        ("acknowledge", at + day, at + day / 4),
        ("contact", at + day, at + day / 3),
        ("close", at + 7 * day, end),
    )
    for n, (step, due, stopped) in enumerate(steps):
        yield (
            id + n,
            1,
            "ticket",
            i,
            i,
            i,
            step,
            2 + i % 117,
            "5wd",
            at,
            at,
            due,
            due,
            due,
            due,
            stopped is None,
            False,
            1,
            1,
            1,
            False,
            False,
            "blue",
            stopped,
        )


if __name__ == "__main__":
    main()
