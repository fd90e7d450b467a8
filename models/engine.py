"""SQLAlchemy engines for writing: SQLite takes the write lock at BEGIN and keeps every byte."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event


def make_engine(target: str) -> Engine:
    """Return an engine for a path or a ``postgresql+psycopg://`` URL."""
    if target.startswith("postgresql"):
        url = target.replace("postgresql:", "postgresql+psycopg:", 1)
        return create_engine(url, pool_size=2, pool_pre_ping=True)
    engine = create_engine(f"sqlite:///{target}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(raw: Any, _record: Any) -> None:
    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None  # SQLAlchemy's own BEGIN below is the only one
    for pragma in (
        "busy_timeout = 30000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE")
