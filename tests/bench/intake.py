"""Import with limits, colours and trail, beside bare sqlite3 writing all the same rows.

Run: ``.venv/bin/python -m tests.bench.intake [TICKETS]``; the aim is at least half the speed.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from models.intake.taking import BATCH_ROWS, take_in
from models.store.opening import open_store
from rules.casework.appeal import Appeal
from seed.reference.catalogue import first_content, reference
from tests.conftest import NOW, Clock

TABLES = {
    "import_batch": "1",
    "ticket": "id",
    "person": "ticket_id",
    "round": "ticket_id",
    "deadline": "ticket_id",
    "rating": "round_id",
    "import_row": "ticket_id",
    "event": "coalesce(subject_id, 1)",
}
"""Each table with the ticket its row belongs to; here a round has the id of its ticket."""

FIELDS = frozenset(
    {
        "external_id",
        "nature",
        "category",
        "urgency",
        "title",
        "content",
        "reporter",
        "phone",
        "grid",
        "address",
        "unit",
        "received_at",
        "dispatched_at",
        "acknowledged_at",
        "contacted_at",
        "reply",
        "replied_at",
        "closed_at",
        "outcome",
        "result_rating",
        "work_rating",
        "rated_at",
    }
)


def appeals(count: int, units: list[str]) -> list[Appeal]:
    """Return a year and a half of appeals, nearly all of them finished."""
    chance = random.Random(1)

    def past(instant: datetime) -> datetime | None:
        return instant if instant < NOW else None

    made = []
    for i in range(count):
        received = NOW - timedelta(seconds=int(540 * 86400 * (1 - i / count)) + 60)
        dispatched = received + timedelta(minutes=chance.randint(5, 300))
        taken = dispatched + timedelta(minutes=chance.randint(30, 900))
        replied = taken + timedelta(hours=chance.randint(8, 200))
        closed = past(replied + timedelta(hours=chance.randint(1, 30)))
        made.append(
            Appeal(
                channel="12345电话",
                external_id=f"E{i}",
                title=f"小区{i}停水无人处理",
                content="居民反映小区夜间停水已三天，物业和水务公司互相推诿，请尽快处理。" * 3,
                nature="投诉",
                category="城乡建设/供水/停水",
                urgency="一般",
                reporter="王小明",
                phone=f"138{i:08d}",
                grid="420111001",
                address="关山大道1号",
                unit=units[i % len(units)],
                received_at=received,
                dispatched_at=past(dispatched),
                acknowledged_at=past(taken),
                contacted_at=past(taken + timedelta(hours=2)),
                reply="已派人处理，现已恢复供水。" if past(replied) else None,
                replied_at=past(replied),
                closed_at=closed,
                outcome="已解决" if closed else None,
                result_rating="满意" if closed else None,
                work_rating="满意" if closed else None,
                rated_at=closed,
                line=i + 2,
                fields=FIELDS,
            )
        )
    return made


def ours(path: Path, count: int) -> float:
    """Return the processor seconds of taking ``count`` appeals into the store at ``path``."""
    store = open_store(str(path), now=Clock(), first=first_content, login="bench")
    rows = appeals(count, [unit.name for unit in reference().units if not unit.is_centre])
    begin = time.process_time()
    take_in(store, rows, source="bench", profile="duban", file_name="bench", file_digest="0")
    spent = time.process_time() - begin
    store.close()
    return spent


def bare(path: Path, written: Path) -> float:
    """Return the processor seconds of bare sqlite3 writing the rows of ``written`` to ``path``."""
    source = sqlite3.connect(written)
    last = source.execute("SELECT max(id) FROM ticket").fetchone()[0]
    batches = [
        [
            (
                name,
                source.execute(
                    f"SELECT * FROM {name} WHERE {ticket} > ? AND {ticket} <= ?",
                    (start, start + BATCH_ROWS),
                ).fetchall(),
            )
            for name, ticket in TABLES.items()
        ]
        for start in range(0, last, BATCH_ROWS)
    ]
    target = sqlite3.connect(path, isolation_level=None)
    target.executescript(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
        "PRAGMA cache_size = -65536; DELETE FROM event;"
    )
    begin = time.process_time()
    for batch in batches:
        target.execute("BEGIN IMMEDIATE")
        for name, rows in batch:
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        target.execute("COMMIT")
    return time.process_time() - begin


def main() -> None:
    """Print both and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = Path(folder, "mine.db"), Path(folder, "bare.db")
        open_store(str(theirs), now=Clock(), first=first_content, login="bench").close()
        spent = ours(mine, count)
        plain = bare(theirs, mine)
    print(
        f"{count} tickets: import {spent:.2f} s, bare {plain:.2f} s, "
        f"speed {plain / spent:.2f} of bare (aim 0.50)"
    )


if __name__ == "__main__":
    main()
