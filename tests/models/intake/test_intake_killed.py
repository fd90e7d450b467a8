"""A machine that dies, or two files at once: batches are whole, and importing again completes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from models.intake.results import IntakeResult
from models.store.store import Store
from models.store.verifying import verify_trail
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken

ROWS = 40

BATCH = 10

CHILD = """
import os, signal, sys
from models.store import open_store
from models.store.work import Work
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, numbered, taken

target, last = sys.argv[1], int(sys.argv[2])
real, calls = Work.bulk, 0

def bulk(self, model, columns, rows):
    global calls
    calls += 1
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
    real(self, model, columns, rows)

Work.bulk = bulk
store = open_store(target, now=Clock(), first=lambda: None, login="tester")
taken(store, *numbered(appeal(f"A{i}", unit=UNIT) for i in range(40)), batch_rows=10)
"""


def _whole(store: Store) -> bool:
    """Return whether every ticket has all that belongs to it, and the trail holds."""
    with store.reading() as reader:
        tickets = reader.value("SELECT count(*) FROM ticket")
        per_ticket = reader.value(
            "SELECT count(*) FROM ticket t WHERE NOT EXISTS "
            "(SELECT 1 FROM deadline d WHERE d.ticket_id = t.id AND d.leads) OR NOT EXISTS "
            "(SELECT 1 FROM import_row i WHERE i.ticket_id = t.id) OR NOT EXISTS "
            "(SELECT 1 FROM event e WHERE e.subject_kind = 'ticket' AND e.subject_id = t.id)"
        )
        return tickets % BATCH == 0 and per_ticket == 0 and verify_trail(reader).ok


@pytest.mark.parametrize("last", [8, 11])
def test_a_killed_import_leaves_whole_batches_and_importing_again_completes(
    opener: Callable[[], Store], target: str, last: int
) -> None:
    killed = subprocess.run([sys.executable, "-c", CHILD, target, str(last)], check=False)
    assert killed.returncode == -signal.SIGKILL
    store = opener()
    (kept,) = one(store, "SELECT count(*) FROM ticket")
    assert 0 < kept < ROWS
    assert _whole(store)
    result = taken(store, *numbered(appeal(f"A{i}", unit=UNIT) for i in range(ROWS)))
    assert (result.new, result.unchanged) == (ROWS - kept, kept)
    assert _whole(store)


def test_two_imports_of_one_file_at_once_take_each_appeal_once(
    opener: Callable[[], Store],
) -> None:
    results: list[IntakeResult] = []

    def run() -> None:
        rows = numbered(appeal(f"A{i}", unit=UNIT) for i in range(ROWS))
        results.append(taken(opener(), *rows, batch_rows=BATCH))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = opener()
    assert sum(result.new for result in results) == ROWS
    assert sum(result.unchanged for result in results) == ROWS
    numbers = column(store, "SELECT number FROM ticket ORDER BY number")
    assert numbers == [f"WH20261119-{n:05d}" for n in range(1, ROWS + 1)]
    assert _whole(store)
