"""Which version a store has, and how it comes to the newest."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

from sqlalchemy import Connection, text

from models.errors import StoreError

HEAD = "0001"


def migrate(conn: Connection) -> None:
    """Run every migration the store lacks, inside the caller's transaction.

    On SQLite the caller has foreign keys off and checks them before it commits.
    """
    from alembic import command
    from alembic.config import Config

    with as_file(files("models") / "migrations") as scripts:
        config = Config(attributes={"connection": conn})
        config.set_main_option("script_location", str(scripts))
        command.upgrade(config, "head")


def check_foreign_keys(conn: Connection) -> None:
    """Refuse to commit a SQLite store in which a row points nowhere."""
    broken: list[Any] = list(conn.execute(text("PRAGMA foreign_key_check")))
    if broken:
        raise StoreError(
            f"升级后有 {len(broken)} 处记录失去关联，已全部撤回：请把备份和本提示交给维护人员"
        )
