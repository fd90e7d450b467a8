"""Counting what an act says to the database: at the driver, on either engine.

BEGIN and COMMIT count, an executemany or a COPY is one, and so do reads beside the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Table, event

from models.store import bulk, changes, reader
from models.store.store import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Yield a list that fills with every statement the store sends meanwhile, in order."""
    sent: list[str] = []
    engine = store.engine()

    def executed(_: Any, __: Any, statement: str, *more: Any) -> None:
        sent.append(" ".join(statement.split()))

    def begun(_: Connection) -> None:
        if store.kind != "sqlite":  # there the engine says BEGIN itself, as a statement
            sent.append("BEGIN")

    def committed(_: Connection) -> None:
        sent.append("COMMIT")

    def put_in(conn: Connection, t: Table, *more: Any, **named: Any) -> None:
        sent.append(f"INSERT INTO {t.name} many")
        bulk_into(conn, t, *more, **named)

    bulk_into = bulk.bulk_into
    heard = (
        ("before_cursor_execute", executed),
        ("begin", begun),
        ("commit", committed),
    )
    for name, listener in heard:
        event.listen(engine, name, listener)
    beside = [
        patch.object(kind, "_execute", _told(kind._execute, sent))
        for kind in reader.Reader.__subclasses__()
    ]
    patches = [patch.object(module, "bulk_into", put_in) for module in (bulk, changes)]
    for each in (*beside, *patches):
        each.start()
    try:
        yield sent
    finally:
        for each in (*beside, *patches):
            each.stop()
        for name, listener in heard:
            event.remove(engine, name, listener)


def _told(execute: Any, sent: list[str]) -> Any:
    def told(self: Any, sql: str, *more: Any) -> Any:
        sent.append(f"beside: {' '.join(sql.split())}")
        return execute(self, sql, *more)

    return told
