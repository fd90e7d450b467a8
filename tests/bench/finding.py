"""Filters, states and searches over 1,000,000 open and 1,000,000 closed tickets, beside bare SQL.

Run: ``.venv/bin/python -m tests.bench.finding [FOLDER [OPEN CLOSED]]``; the store is kept in
FOLDER. With ``DUBAN_TEST_PG`` set, the same on that PostgreSQL server too. The aim is first rows
and counts in under 100 ms each.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from models.ranking import flags_of
from models.store.bulk import bulk_into, table
from models.store.counts import reckon
from models.store.opening import open_store
from models.store.rows import Row
from models.store.store import Store
from models.tables import Deadline, Person, Problem, ProblemTicket, Review, Round, Ticket
from models.views import (
    find_hits,
    queue_counts,
    queue_moment,
    queue_snapshot,
    queue_states,
    queue_window,
)
from rules.casework import QueueFilter
from rules.ranking import last_complete
from seed.reference.catalogue import first_content
from tests.bench.crowd import DEADLINE, ROUND, TICKET
from tests.conftest import admin, database_url

OPEN, CLOSED = 1_000_000, 1_000_000

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)

REPEATS, FIRST = 5, 64

PLACES = [
    "关山街道",
    "花山",
    "大道社区",
    "新村",
    "金地格林",
    "万科城",
    "保利心语",
    "碧桂园",
    "中南路",
    "汉口站",
    "东湖",
    "光谷",
]

SUBJECTS = [
    "小区停水",
    "夜间施工",
    "噪音扰民",
    "占道经营",
    "电梯困人",
    "路灯不亮",
    "物业收费",
    "消防通道",
    "垃圾清运",
    "公交站点",
    "学校招生",
    "医保报销",
    "拖欠工资",
    "违法建设",
    "井盖缺失",
    "道路破损",
    "油烟污染",
    "养犬伤人",
    "停车收费",
    "房产办证",
]

CHANNELS = ("12345电话",) * 6 + ("城市留言板", "微邻里", "微信", "阳光信访")

URGENCIES = ("一般",) * 16 + ("紧急",) * 3 + ("特急",)

MORE_TICKET = (*TICKET, "grid", "object", "unit_text")

MORE_ROUND = (*ROUND, "closed_at", "result_rating", "rated_at")

MORE_DEADLINE = (*DEADLINE, "grid", "channel", "urgency")

REVIEW = ("version", "ticket_id", "round_id", "opened_at")

PERSON = ("version", "ticket_id", "reporter_key")

PROBLEM = (
    "id",
    "version",
    "name",
    "state",
    "first_at",
    "last_at",
    "recorded_at",
    "appeals",
    "reporters",
)

PROBLEM_TICKET = ("ticket_id", "problem_id", "state", "weight", "why", "at")

SIZE = 12
"""Appeals of a problem; one appeal in five belongs to one."""


class City:
    """Tickets of all kinds, the open ones first; the same in every run."""

    def __init__(self, store: Store, open: int, closed: int) -> None:
        """``store`` names the units and places."""
        self.open, self.tickets, self._dice = open, open + closed, random.Random(9)
        with store.reading() as reader:
            self._grids = reader.rows("SELECT code, name FROM grid WHERE length(code) = 9")
            self._units = [id for (id,) in reader.rows("SELECT id FROM unit ORDER BY id")]
        self._weights = [1 / (n + 6) for n in range(len(self._units))]
        self._chosen = self._dice.choices(self._units, self._weights, k=100_003)
        self._seconds = [self._dice.randrange(540 * 86400) for _ in range(100_003)]

    def tickets_of(self) -> Iterator[Row]:
        """Yield the rows of tickets."""
        dice = self._dice
        for i in range(1, self.tickets + 1):
            code, name = self._grids[i * 31 % len(self._grids)]
            title = f"{dice.choice(PLACES)}{dice.choice(PLACES)}{i % 877}号{dice.choice(SUBJECTS)}"
            received = self._ended(i) - timedelta(days=6)
            yield (
                i,
                1,
                f"WH{received:%Y%m%d}-{i:07d}",
                "bench",
                CHANNELS[i * 7 % len(CHANNELS)],
                "求助",
                URGENCIES[i * 13 % len(URGENCIES)],
                f"{title}无人处理",
                "内容",
                False,
                received,
                NOW,
                "open" if i <= self.open else "closed",
                1,
                "blue",
                name,
                code,
                f"{dice.choice(PLACES)}物业公司" if i % 3 == 0 else None,
                "某街道办" if i % 50 == 0 else None,
            )

    def rounds_of(self) -> Iterator[Row]:
        """Yield the rows of rounds; one closed in ten is unsatisfied."""
        for i in range(1, self.tickets + 1):
            ended = self._ended(i)
            begun, shut = ended - timedelta(days=6), i > self.open
            rated = ended + timedelta(days=2) if shut else None
            yield (
                i,
                1,
                i,
                1,
                "closed" if shut else "dispatched",
                self._unit(i),
                begun,
                begun,
                False,
                ended if shut else None,
                ("不满意" if i % 10 == 0 else "满意") if shut else None,
                rated,
            )

    def clocks_of(self) -> Iterator[Row]:
        """Yield the rows of clocks, one a ticket; the open ones lead."""
        for i in range(1, self.tickets + 1):
            runs, ended = i <= self.open, self._ended(i)
            due = NOW + timedelta(seconds=self._seconds[i % 100_003] // 18 - 10 * 86400)
            due = due if runs else ended + timedelta(days=1)
            begun = due - timedelta(days=9)
            yield (
                i,
                1,
                "ticket",
                i,
                i,
                i,
                "close" if i % 3 else "acknowledge",
                self._unit(i),
                "5wd",
                begun,
                begun,
                due - timedelta(days=1),
                due,
                due,
                due,
                runs,
                URGENCIES[i * 13 % len(URGENCIES)] == "特急",
                1,
                1,
                1,
                False,
                False,
                "blue",
                None if runs else ended,
                self._grids[i * 31 % len(self._grids)][0],
                CHANNELS[i * 7 % len(CHANNELS)],
                URGENCIES[i * 13 % len(URGENCIES)],
            )

    def reviews_of(self) -> Iterator[Row]:
        """Yield the rows of reviews, of what was closed lately and unsatisfied."""
        for i in range(self.open + 10 - self.open % 10, self.tickets + 1, 10):
            if NOW - self._ended(i) < timedelta(days=60):
                yield 1, i, i, self._ended(i)

    def people_of(self) -> Iterator[Row]:
        """Yield who brought each ticket: a fifth as many citizens."""
        for i in range(1, self.tickets + 1):
            yield 1, i, f"{i * 7919 % (self.tickets // 5 + 1):064x}"

    def problems_of(self) -> Iterator[Row]:
        """Yield the rows of problems, of as many citizens as appeals."""
        for problem in range(1, self.tickets // (5 * SIZE) + 1):
            at = self._ended(problem)
            yield problem, 1, f"问题{problem}", "likely", at, at, at, SIZE, SIZE

    def links_of(self) -> Iterator[Row]:
        """Yield which tickets belong to problems."""
        for i in range(5, self.tickets // (5 * SIZE) * 5 * SIZE + 1, 5):
            yield i, (i - 1) // (5 * SIZE) + 1, "linked", 1000, "[]", NOW

    def _unit(self, i: int) -> int | None:
        return None if i % 50 == 0 else self._chosen[i % 100_003]

    def _ended(self, i: int) -> datetime:
        return NOW - timedelta(seconds=self._seconds[i * 17 % 100_003] + 3 * 86400)


def build(target: str, open: int, closed: int) -> Store:
    """Return a store of so many tickets, made if absent."""
    store = open_store(target, now=lambda: NOW, first=first_content, login="")
    with store.reading() as reader:
        made = reader.value("SELECT count(*) FROM ticket")
    if made:
        return store
    city = City(store, open, closed)
    with store.writing() as work:
        for model, columns, rows in (
            (Ticket, MORE_TICKET, city.tickets_of()),
            (Round, MORE_ROUND, city.rounds_of()),
            (Deadline, MORE_DEADLINE, city.clocks_of()),
            (Review, REVIEW, city.reviews_of()),
            (Person, PERSON, city.people_of()),
            (Problem, PROBLEM, city.problems_of()),
            (ProblemTicket, PROBLEM_TICKET, city.links_of()),
        ):
            bulk_into(work.conn, table(model), columns, rows)
        reckon(work.conn)
        work.event("ticket.note", "store", None)
    return store


FILTERS = {
    "no filter": QueueFilter(),
    "red": QueueFilter(colour="red"),
    "yellow": QueueFilter(colour="yellow"),
    "next": QueueFilter(colour="next"),
    "pressing": QueueFilter(colour="pressing"),
    "unit": QueueFilter(unit="洪山"),
    "unit as written": QueueFilter(unit="某街道"),
    "district": QueueFilter(area="洪山"),
    "street": QueueFilter(area="关山街道"),
    "place": QueueFilter(place="洪山"),
    "step": QueueFilter(step="acknowledge"),
    "channel": QueueFilter(channel="微信"),
    "urgency": QueueFilter(urgency="特急"),
    "text, 1 in 20": QueueFilter(text="停水"),
    "text, longer": QueueFilter(text="噪音扰民"),
    "text, rare": QueueFilter(text="612号路灯"),
    "text, nowhere": QueueFilter(text="火星人"),
    "digits": QueueFilter(text="0000871"),
    "unit and text": QueueFilter(unit="洪山", text="停水"),
}

STATES = ("review", "unsatisfied", "closed", "all")

SEARCHES = ("0000871", "871", "停水", "噪音扰民", "关山街道 停水", "洪山区", "hsq", "火星人")

RUNS = "stopped_at IS NULL AND paused_at IS NULL AND leads"

EVERY_OPEN = """
SELECT count(DISTINCT p.reporter_key), count(DISTINCT t.object)
FROM ticket t JOIN person p ON p.ticket_id = t.id WHERE t.state = 'open'
"""

BARE = {
    "count every open clock": f"SELECT count(*) FROM deadline WHERE {RUNS}",
    "count every open clock by colour": f"""
SELECT count(*) FILTER (WHERE red_at <= '{NOW:%Y-%m-%d %H:%M:%S}.000000'),
       count(*) FILTER (WHERE yellow_at <= '{NOW:%Y-%m-%d %H:%M:%S}.000000'), count(*)
FROM deadline WHERE {RUNS}""",
    "one unit, joined as it stands": f"""
SELECT count(*) FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE {RUNS} AND (d.unit_id IN (SELECT id FROM unit WHERE name LIKE '%洪山%')
    OR t.unit_text LIKE '%洪山%')""",
    "text, by LIKE": f"""
SELECT count(*) FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE {RUNS} AND t.title LIKE '%停水%'""",
}
"""The same questions in SQL as one would write it."""


def main() -> None:
    """Build, measure, print."""
    folder, *sizes = sys.argv[1:] or [tempfile.mkdtemp(prefix="duban-bench-")]
    open, closed = map(int, sizes) if sizes else (OPEN, CLOSED)
    measure(build(str(Path(folder) / "finding.db"), open, closed))
    server = os.environ.get("DUBAN_TEST_PG")
    if server:
        admin(server, "DROP DATABASE IF EXISTS duban_bench_finding")
        admin(server, "CREATE DATABASE duban_bench_finding")
        measure(build(database_url(server, "duban_bench_finding"), open, closed))


def measure(store: Store) -> None:
    """Print the median milliseconds of every question: of the processor on SQLite, else passed."""
    clock = time.process_time if store.kind == "sqlite" else time.perf_counter
    moment = queue_moment(store.timekeeper(), NOW)

    def median(act: Callable[[], object]) -> float:
        taken = []
        for _ in range(REPEATS):
            begun = clock()
            act()
            taken.append(clock() - begun)
        return statistics.median(taken) * 1000

    with store.reading() as reader:

        def first(wanted: QueueFilter) -> object:
            return queue_window(reader, queue_snapshot(reader, wanted, moment, limit=FIRST))

        print(f"{store.kind}\n{'':34}{'first rows':>12}{'counts':>12}  (ms)")
        asked = {**FILTERS}
        for state in STATES:
            asked |= {
                f"{state}": QueueFilter(state=state),
                f"{state}, unit": QueueFilter(state=state, unit="洪山"),
                f"{state}, district": QueueFilter(state=state, area="洪山"),
                f"{state}, text": QueueFilter(state=state, text="停水"),
            }
        for name, wanted in asked.items():
            rows = median(partial(first, wanted))
            counts = median(partial(queue_counts, reader, wanted, moment))
            print(f"{name:34}{rows:12.1f}{counts:12.1f}", flush=True)
        states = median(lambda: queue_states(reader, QueueFilter(), moment))
        print(f"{'how many in each state':34}{'':12}{states:12.1f}")
        for words in SEARCHES:
            print(f"find {words:29}{median(partial(find_hits, reader, words)):12.1f}")
        for name, sql in BARE.items():
            print(f"bare: {name:40}{median(partial(reader.rows, sql)):12.1f}", flush=True)
    month = last_complete("month", NOW, store.timekeeper().zone)
    with store.reading() as reader:
        bare = median(partial(reader.rows, EVERY_OPEN))
    flags = median(lambda: flags_of(store, month))
    print(
        f"{'flags':34}{flags:12.1f}{flags / bare:12.2f} x bare: every open ticket with its citizen"
    )


if __name__ == "__main__":
    main()
