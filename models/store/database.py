"""SQLAlchemy engines for writing, and the schema of a store: made, and brought to another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text

from models.store.errors import StoreError
from models.store.pair_index import AGAIN, IN_FILE, ON_SERVER
from models.store.rights import install, remove
from models.store.version import SCHEMA
from models.tables import TrailHead


def make_engine(target: str, *, existing: bool = False) -> Engine:
    """Return an engine for a path or a ``postgresql+psycopg://`` URL.

    An ``existing`` file is never made anew where it was taken away.
    """
    if target.startswith("postgresql"):
        url = target.replace("postgresql:", "postgresql+psycopg:", 1)
        return create_engine(url, pool_size=2, pool_pre_ping=True)
    mode = "rw" if existing else "rwc"
    engine = create_engine("sqlite:///file", creator=lambda: _file(Path(target), mode))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _file(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=30, check_same_thread=False)


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


def create_tables(conn: Connection, schema: str = SCHEMA) -> None:
    """Make every table of the store, empty, inside the caller's transaction.

    An older ``schema``, which only an archive of it needs, is today's taken back step by step.
    """
    TrailHead.metadata.create_all(conn, checkfirst=False)
    for made in (AGAIN, *IN_FILE) if conn.dialect.name == "sqlite" else ON_SERVER:
        conn.exec_driver_sql(made)
    with _migrations(conn) as config:
        command.stamp(config, SCHEMA)
        if schema != SCHEMA:
            command.downgrade(config, schema)
    order_indexes(conn)
    if schema == SCHEMA:
        install(conn)


def order_indexes(conn: Connection) -> None:
    """Make a SQLite store's indexes anew in the order of their names.

    Of two that serve a query alike SQLite takes the one made last, and what makes tables has no
    order of its own: by chance a recount took sixty times as long.
    """
    if conn.dialect.name != "sqlite":
        return
    found = conn.execute(text(_INDEXES)).all()
    for name, _ in found:
        conn.exec_driver_sql(f'DROP INDEX "{name}"')
    for _, sql in found:
        conn.exec_driver_sql(sql)


_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY tbl_name, name
"""


def migrate(conn: Connection) -> None:
    """Run every migration the store lacks, inside the caller's transaction.

    On SQLite the caller has foreign keys off and checks them before it commits.
    """
    remove(conn)
    with _migrations(conn) as config:
        command.upgrade(config, "head")
    order_indexes(conn)
    install(conn)


@contextmanager
def _migrations(conn: Connection) -> Iterator[Config]:
    with as_file(files("models") / "migrations") as scripts:
        config = Config(attributes={"connection": conn})
        config.set_main_option("script_location", str(scripts))
        yield config


def check_foreign_keys(conn: Connection) -> None:
    """Refuse to commit a SQLite store in which a row points nowhere."""
    broken: list[Any] = list(conn.execute(text("PRAGMA foreign_key_check")))
    if broken:
        raise StoreError(
            f"有 {len(broken)} 处记录失去关联，已全部撤回：请把备份和本提示交给维护人员"
        )
