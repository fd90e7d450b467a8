"""Appeals as the tests of intake and casework need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.intake.results import IntakeResult
from models.intake.taking import take_in
from models.store.store import Store
from rules.casework.appeal import Appeal, Reject
from tests.models.cells import rows_of

UNIT = "武汉市水务局"

COLUMNS = frozenset(f.name for f in fields(Appeal)) - {"line", "fields", "date_only"}


def wuhan(text: str) -> datetime:
    """Return the instant of a local time of Wuhan such as ``2026-11-19 09:00``."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


def appeal(external_id: str | None = "A1", **changes: Any) -> Appeal:
    """Return an appeal of Thursday morning, 19 November 2026, not yet handed to anybody."""
    values: dict[str, Any] = {
        "channel": "城市留言板",
        "external_id": external_id,
        "title": "路灯不亮",
        "content": f"门前的路灯三天不亮（{external_id}）",
        "nature": "投诉",
        "urgency": "一般",
        "received_at": wuhan("2026-11-19 09:00"),
        "line": 2,
        "fields": COLUMNS,
    }
    return Appeal(**{**values, **changes})


def taken(
    store: Store,
    *appeals: Appeal | Reject,
    source: str = "board",
    profile: str = "board",
    digest: str | None = None,
    batch_rows: int = 2000,
    dry_run: bool = False,
    analysis: bool = False,
    folder: Path | None = None,
) -> IntakeResult:
    """Take appeals in as a file of their own, known by what it says unless ``digest`` is given."""
    return take_in(
        store,
        appeals,
        source=source,
        profile=profile,
        file_name="board.csv",
        file_digest=digest or sha256(repr(appeals).encode()).hexdigest(),
        batch_rows=batch_rows,
        dry_run=dry_run,
        analysis=analysis,
        folder=folder,
    )


def one(store: Store, sql: str, **params: Any) -> tuple[Any, ...]:
    """Return the one row of a query."""
    with store.reading() as reader:
        rows = rows_of(reader, sql, **params)
    assert len(rows) == 1, rows
    return rows[0]


def column(store: Store, sql: str, **params: Any) -> list[Any]:
    """Return the first column of a query."""
    with store.reading() as reader:
        return [row[0] for row in rows_of(reader, sql, **params)]


def unit_id(store: Store, name: str) -> int:
    """Return the id of a unit by its name."""
    return int(one(store, "SELECT id FROM unit WHERE name = :name", name=name)[0])


def numbered(appeals: Iterable[Appeal]) -> list[Appeal]:
    """Return the appeals on the lines of a file, from its second."""
    from dataclasses import replace

    return [replace(each, line=line) for line, each in enumerate(appeals, 2)]
