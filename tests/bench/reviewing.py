"""How fast the next matter to be verified is there, and that nobody meets or loses any.

Run ``python -m tests.bench.reviewing [--tickets N] [--reviews N] [--processes N]``. It prints what
became of matters that many processes emptied on each engine, two of them killed in the middle of a
verdict, and the median of what comes between a verdict's key and the next matter painted, beside
the bare SQL of the same.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from textual._time import get_time

from console.app import DubanApp
from console.review.screen import ReviewScreen
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from seed.reference.catalogue import first_content
from tests.bench.crowd import crowd
from tests.conftest import admin, database_url, for_a_test, postgres
from tests.console.stage import Stage, key_event, play
from tests.models.appeals import column, one
from tests.models.review.reviewers import DONE, at_once, put_reviews, review_all

VERIFIED = 30
"""Matters verified by keys; of these the median is taken."""

BARE = """
SELECT v.id FROM review v JOIN round r ON r.id = v.round_id JOIN ticket t ON t.id = v.ticket_id
WHERE v.decided_at IS NULL AND r.n = t.rounds ORDER BY v.opened_at, v.ticket_id, v.id LIMIT 1
"""

DECIDED = "UPDATE review SET decided_at = '2026-11-20 00:00:00.000000' WHERE id = ?"


def next_matter(folder: Path, tickets: int) -> None:
    """Print how long the next matter takes to be painted, in a store of so many tickets."""
    path = crowd(folder / f"crowd-{tickets}.db", tickets, 1000)
    now = datetime.now(UTC).replace(microsecond=0)
    store = open_store(str(path), now=lambda: now, first=first_content, login="tester")
    store.login = column(store, "SELECT login FROM operator ORDER BY id LIMIT 1")[0]
    put_reviews(store, 1000)
    seconds: list[float] = []

    async def journey(stage: Stage) -> None:
        await stage.press("f5")
        for _ in range(VERIFIED):
            await stage.settle()
            seconds.append(await _until_drawn(stage.app))

    play(store, journey, size=(160, 48))
    store.close()
    print(f"{tickets:,}件中核查{VERIFIED}件，{VERIFIED}键：下一件上屏 中位{_ms(seconds)}（含提交）")
    print(f"裸 SQL：改一行、提交、取下一件 中位{_ms(_bare(path))}")


async def _until_drawn(app: DubanApp) -> float:
    """Uphold the matter on F5; return how long it takes until the next one is painted."""
    screen = app.screen
    assert isinstance(screen, ReviewScreen)
    before, start = screen.case, get_time()
    app.post_message(key_event("1"))
    while screen.case is before or screen.drawn.at(get_time()) is not screen.case:
        await asyncio.sleep(0.001)
    return get_time() - start


def _bare(path: Path) -> list[float]:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    taken = []
    for _ in range(VERIFIED):
        start = time.perf_counter()
        (id,) = connection.execute(BARE).fetchone()
        connection.execute(DECIDED, (id,))
        connection.commit()
        taken.append(time.perf_counter() - start)
    connection.close()
    return taken


def _ms(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.1f} 毫秒"


def emptied(target: str, reviews: int, processes: int) -> None:
    """Print what became of matters that many processes emptied, two of them killed."""
    clock = _Clock()

    def opener() -> Store:
        return open_store(target, now=clock, first=for_a_test, login="tester")

    store = opener()
    put_reviews(store, reviews)
    store.close()
    some = max(1, reviews // processes // 4)
    start = time.perf_counter()
    ends = at_once(opener, [some, some, *[0] * (processes - 2)])
    taken = time.perf_counter() - start
    clock.now += timedelta(minutes=16)
    review_all(opener, "who comes after")
    store = opener()
    done = column(store, DONE)
    left = one(store, "SELECT count(*) FROM review WHERE decided_at IS NULL")[0]
    with store.reading() as reader:
        sound = verify_trail(reader).ok
    store.close()
    killed = sum(end != 0 for end in ends)
    print(
        f"{store.kind}：{processes}个进程核查{reviews}件，{killed}个被杀，{taken:.1f} 秒；"
        f"重复{len(done) - len(set(done))}，遗漏{left}，留痕{'完好' if sound else '有误'}"
    )


class _Clock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--tickets", type=int, default=1_000_000)
    asked.add_argument("--reviews", type=int, default=2000)
    asked.add_argument("--processes", type=int, default=20)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        emptied(str(Path(folder) / "many.db"), options.reviews, options.processes)
        with postgres() as server:
            name = f"reviews_{secrets.token_hex(4)}"
            admin(server, f"CREATE DATABASE {name}")
            emptied(database_url(server, name), options.reviews, options.processes)
            admin(server, f"DROP DATABASE {name} WITH (FORCE)")
        next_matter(Path(folder), options.tickets)


if __name__ == "__main__":
    main()
