"""What rises, looked for in 100,000 and 1,000,000 tickets, and false alarms of the demo city.

Run: ``.venv/bin/python -m tests.bench.insight [FOLDER [TICKETS ...]]`` (stores are kept there).
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from console.paper import press
from models.insight.appeals_read import APPEALS
from models.insight.insight import Insight, insight_of
from models.store.opening import open_store
from models.store.reader import to_text
from models.store.store import Store
from models.tables.tickets import Person, Ticket
from rules.insight.judging import look_back
from rules.ranking.periods import Period, last_complete, period_before
from seed.demo.build import build_demo
from seed.reference.catalogue import first_content
from tests.bench.ranking import opened

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)

SPAN = timedelta(days=540)

TICKET = (
    *("id", "version", "number", "source", "channel", "nature", "category", "urgency", "title"),
    *("content", "object", "grid", "area", "confidential", "received_at", "recorded_at"),
    *("state", "rounds", "worst_colour"),
)

CHANNELS = ("12345电话", "微信", "城市留言板", "移动客户端")

QUIET = (date(2025, 9, 29), date(2026, 6, 1))
"""Weeks of the demo city before its rising matter begins and its intake grows."""


def appeals(tickets: int) -> Iterator[tuple[object, ...]]:
    """Yield tickets of 120 categories, 1,500 communities and 5,000 objects, evenly over SPAN."""
    dice = random.Random(13)
    for id in range(1, tickets + 1):
        at = NOW - SPAN * ((tickets - id) / tickets)
        kind, cell = int(120 * dice.random() ** 2), int(1500 * dice.random())
        object = f"单位{int(5000 * dice.random() ** 2)}" if dice.random() < 0.3 else None
        yield (
            *(id, 1, f"B{id}", "bench", dice.choice(CHANNELS), "投诉"),
            *(f"甲{kind // 30}/乙{kind // 6}/丙{kind}", "一般", "标题", "内容" * 40, object),
            *(f"420106{cell // 10:03}{cell % 10:03}", "武昌区", False, at, at, "closed", 1, "blue"),
        )


def city(path: Path, tickets: int) -> Store:
    """Return a store of so many tickets, made if absent."""
    there = path.exists()
    store = opened(path)
    if not there:
        with store.writing() as work:
            work.bulk(Ticket, TICKET, appeals(tickets))
            people = ((id, 1, id, f"{id * 7919 % tickets}") for id in range(1, tickets + 1))
            work.bulk(Person, ("id", "version", "ticket_id", "reporter_key"), people)
            work.event("ticket.note", "ticket", 1, payload={})
    return store


def looked(store: Store, period: Period) -> Insight:
    """Return what is found in a period."""
    with store.reading() as reader:
        return insight_of(reader, store, period.from_at, period.to_at)


def measure(folder: Path, tickets: int) -> None:
    """Print what a look takes, beside reading the same rows with bare sqlite3."""
    path = folder / f"insight-{tickets}.db"
    store = city(path, tickets)
    zone = store.timekeeper().zone
    week = last_complete("week", NOW, zone)
    first = week.from_at - timedelta(days=look_back(store.policy.insight))
    bounds = {"from_at": to_text(first), "to_at": to_text(week.to_at)}
    bare = sqlite3.connect(path)
    begun = time.perf_counter()
    rows = bare.execute(APPEALS.sql, bounds).fetchall()
    reading = time.perf_counter() - begun
    begun = time.perf_counter()
    found = looked(store, week)
    looking = time.perf_counter() - begun
    bare.close()
    store.close()
    print(
        f"{tickets:>9,} tickets: {len(rows):,} read in {reading:.2f} s bare, looked through in "
        f"{looking:.2f} s ({looking / reading:.1f} x), {found.watched:,} subjects, "
        f"{len(found.findings)} findings by chance"
    )


def false_alarms(folder: Path, size: str = "small") -> None:
    """Print what is first found in each week of the demo city before anything rises there."""
    path = folder / f"insight-demo-{size}.db"
    there = path.exists()
    store = open_store(str(path), now=lambda: NOW, first=first_content, login="bench", demo_now=NOW)
    if not there:
        build_demo(store, seed=7, size=size, now=NOW, press=press())
    zone = store.timekeeper().zone
    week, alarms = last_complete("week", NOW, zone), list[int]()
    while week.from_at.astimezone(zone).date() >= QUIET[0]:
        found = looked(store, week)
        new = [one for one in found.findings if one.known_on >= found.first]
        quiet = found.first < QUIET[1]
        if quiet:
            alarms.append(len(new))
        told = "".join(f"\n      {one.sentence}" for one in new) if quiet else ""
        print(f"  {week.label}: {found.appeals:,} appeals, {len(new)} first found{told}")
        week = period_before(week, zone)
    store.close()
    print(
        f"false alarms in {len(alarms)} quiet weeks: {sum(alarms)}, "
        f"{sum(alarms) / len(alarms):.2f} a week, at most {max(alarms)}"
    )


def main(folder: Path, sizes: list[int]) -> None:
    """Measure both."""
    for tickets in sizes:
        measure(folder, tickets)
    false_alarms(folder)


if __name__ == "__main__":
    wanted = [int(size) for size in sys.argv[2:]] or [100_000, 1_000_000]
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), wanted)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch), wanted)
