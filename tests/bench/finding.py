"""Filters, states and searches over 1,000,000 open and 1,000,000 closed tickets, beside bare SQL.

Run: ``.venv/bin/python -m tests.bench.finding [FOLDER [OPEN CLOSED]]``; the store is kept in
FOLDER. With ``DUBAN_TEST_PG`` set, the same on that PostgreSQL server too. The aim is first rows
and counts in under 100 ms each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from models.store.bulk import bulk_into, table
from models.store.opening import open_store
from models.store.rows import Row
from models.store.store import Store
from models.tables import Deadline, Review, Round, Ticket
from seed.reference.catalogue import first_content
from tests.bench.crowd import DEADLINE, ROUND, TICKET

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

REVIEW = ("version", "ticket_id", "round_id", "opened_at")


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
            )

    def reviews_of(self) -> Iterator[Row]:
        """Yield the rows of reviews, of what was closed lately and unsatisfied."""
        for i in range(self.open + 10 - self.open % 10, self.tickets + 1, 10):
            if NOW - self._ended(i) < timedelta(days=60):
                yield 1, i, i, self._ended(i)

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
            (Deadline, DEADLINE, city.clocks_of()),
            (Review, REVIEW, city.reviews_of()),
        ):
            bulk_into(work.conn, table(model), columns, rows)
        work.event("ticket.note", "store", None)
    return store
