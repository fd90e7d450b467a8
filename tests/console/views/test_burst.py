"""Thousands of appeals come in from another process while somebody works on a filtered list."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from console.views.queue import screen
from console.views.queue.news import Look, told as tell_news
from console.widgets.table import VirtualTable
from models.bureau.operators import add_operator
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.appeals import column, one

COMING = int(os.environ.get("DUBAN_BURST", "1500"))
"""Appeals that come in; every sixth of them has the words that are filtered for."""

IMPORT = """
import sys
from models.store.opening import open_store
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.console.town import appeals
from tests.models.appeals import taken
store = open_store(sys.argv[1], now=Clock(), first=first_content, login="another")
coming = list(appeals(60 + int(sys.argv[2])))[60:]
print("ready", flush=True)
sys.stdin.readline()
taken(store, *coming)
store.close()
"""

OPEN = """
SELECT count(*) FROM deadline d JOIN round r ON r.id = d.round_id
JOIN ticket t ON t.id = r.ticket_id WHERE d.leads AND d.stopped_at IS NULL
"""


MATCHING = f"{OPEN} AND t.title LIKE '%停水%'"


@pytest.fixture
def importer(town: Store) -> Iterator[subprocess.Popen[str]]:
    """Yield a process of somebody else that imports once it is told to."""
    add_operator(town, "another", roles=["supervisor"])
    words = [sys.executable, "-c", IMPORT, town.target, str(COMING)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        yield child
        child.kill()


def test_a_burst_during_a_filter_moves_nothing_under_the_hand(
    town: Store, importer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "WATCH", 0.1)
    news: list[str] = []

    def told(*looks: Look) -> str:
        news.append(tell_news(*looks))
        return news[-1]

    monkeypatch.setattr(screen, "told", told)
    kept: list[int] = []

    async def journey(stage: Stage) -> None:
        table = stage.app.screen.query_one(VirtualTable)
        await stage.press("/", *"停水", "enter", "down", "down")
        row, before = table.current, one(town, MATCHING)[0]
        number = re.findall(r"WH\d{8}-\d{5}", stage.frame())[0]

        async def works_on(ids: list[int]) -> None:
            await stage.press("down", "up")
            assert "停水" in stage.frame().splitlines()[3]
            assert (table.current, list(table.ids)) == (row, ids)

        assert importer.stdin is not None
        importer.stdin.write("now\n")
        importer.stdin.flush()
        while not any(news):
            await works_on(list(table.ids))
        assert "件 · " in stage.frame().splitlines()[-2] and "按 r 刷新" in stage.frame()
        await stage.press("n", *"来电", "enter")
        assert f"已批注 {number}" in stage.told()
        while importer.poll() is None:
            await works_on(list(table.ids))
        assert importer.returncode == 0
        assert any(re.match(r"新增[\d,]+件 · 约每秒[\d,]+件 · 按 r 刷新", line) for line in news)

        await stage.press("r")
        found, whole = one(town, MATCHING)[0], one(town, OPEN)[0]
        folded = int(re.findall(r"历史积案 (\d+) 件", stage.frame())[0])
        assert before + COMING // 6 == found == len(table.ids) + folded
        assert f"{len(table.ids):,}/{whole:,}件" in stage.frame()
        assert table.current == row and number in stage.frame()
        await stage.press("c", "1")
        assert f"已办结 {number}" in stage.told()
        kept.extend(column(town, "SELECT id FROM ticket WHERE number = :n", n=number))

    play(town, journey, size=(120, 40))
    done = "SELECT subject_id FROM event WHERE operator = 'tester' AND verb IN (:v) ORDER BY seq"
    assert column(town, done, v=["ticket.note", "ticket.close"]) == kept * 2
