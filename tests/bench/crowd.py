"""Stores with very many matters, written straight to the tables: only their number matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from models.store.opening import open_store
from models.tables.deadlines import Deadline
from models.tables.rounds import Round
from models.tables.tickets import Ticket
from seed.reference.catalogue import first_content

WORDS = (
    "小区停水多日无人处理",
    "夜间施工噪音扰民",
    "占道经营影响通行",
    "电梯困人无人到场",
    "路灯不亮影响出行",
)

TICKET = (
    "id",
    "version",
    "number",
    "source",
    "channel",
    "nature",
    "urgency",
    "title",
    "content",
    "confidential",
    "received_at",
    "recorded_at",
    "state",
    "rounds",
    "worst_colour",
    "area",
)

ROUND = (
    "id",
    "version",
    "ticket_id",
    "n",
    "state",
    "lead_unit_id",
    "opened_at",
    "dispatched_at",
    "dispatch_assumed",
)

DEADLINE = (
    "id",
    "version",
    "subject_kind",
    "subject_id",
    "ticket_id",
    "round_id",
    "step",
    "unit_id",
    "limit_text",
    "started_at",
    "blue_at",
    "yellow_at",
    "red_at",
    "due_at",
    "original_due_at",
    "leads",
    "pressing",
    "revision",
    "policy",
    "calendar",
    "provisional",
    "source_fixed",
    "worst_colour",
    "stopped_at",
)


def crowd(path: Path, tickets: int, running: int) -> Path:
    """Return a store of ``tickets`` tickets of which ``running`` are open, made if absent."""
    if path.exists():
        return path
    now = datetime.now(UTC).replace(microsecond=0)
    store = open_store(str(path), now=lambda: datetime.now(UTC), first=first_content, login="")
    with store.writing() as work:
        ids = range(1, tickets + 1)
        work.bulk(
            Ticket,
            TICKET,
            (
                (
                    i,
                    1,
                    f"WH20260101-{i:07d}",
                    "bench",
                    "12345电话",
                    "求助",
                    "一般",
                    f"{WORDS[i % 5]}之{i % 977}",
                    "内容",
                    False,
                    now - timedelta(days=30),
                    now,
                    "open" if i <= running else "closed",
                    1,
                    "blue",
                    "洪山区关山街道",
                )
                for i in ids
            ),
        )
        work.bulk(
            Round, ROUND, ((i, 1, i, 1, "dispatched", 2 + i % 117, now, now, False) for i in ids)
        )
        work.bulk(Deadline, DEADLINE, (_deadline(i, now, i <= running) for i in ids))
        work.event("ticket.note", "store", None)
    store.close()
    return path


def _deadline(i: int, now: datetime, runs: bool) -> tuple[object, ...]:
    due = now + timedelta(seconds=(i * 7919) % 864000 - 86400)
    return (
        i,
        1,
        "ticket",
        i,
        i,
        i,
        "close",
        2 + i % 117,
        "5wd",
        now - timedelta(days=5),
        now - timedelta(days=5),
        due - timedelta(days=1),
        due,
        due,
        due,
        runs,
        i % 97 == 0,
        1,
        1,
        1,
        False,
        False,
        "blue",
        None if runs else now,
    )
