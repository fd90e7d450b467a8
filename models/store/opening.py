"""Opening the store at a path or address; what is not there yet is made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.store import version
from models.store.errors import StoreError
from models.store.files import clear_leftovers, plain_file
from models.store.present import Steady
from models.store.store import Now, Store

if TYPE_CHECKING:
    from models.store.creation import FirstContent


def open_store(
    target: str,
    *,
    now: Now,
    first: Callable[[], FirstContent],
    login: str,
    read_only: bool = False,
    demo_now: datetime | None = None,
    steady: Steady | None = None,
) -> Store:
    """Open the store at ``target``, a path or a ``postgresql+psycopg://`` URL.

    A store that does not exist is created with ``first()`` and ``login`` as its first operator;
    with ``demo_now`` it becomes a demo store whose clock starts there. An older SQLite store is
    upgraded after a backup beside it. ``now`` is compared with ``steady``, a clock nobody sets,
    while the store is open. Raises ``StoreError``.
    """
    store = Store(target, now=now, steady=steady, read_only=read_only)
    if store.kind == "sqlite":
        _prepare_sqlite(store, first, login, demo_now)
    else:
        _prepare_postgres(store, first, login, demo_now)
    store._settle(login)
    return store


def _prepare_sqlite(
    store: Store, first: Callable[[], FirstContent], login: str, demo_now: datetime | None
) -> None:
    path = Path(store.target)
    if not store.read_only:
        clear_leftovers(path.parent)
    if path.is_dir():
        raise StoreError(f"{path} 是文件夹，不是库文件：请写到具体的文件名")
    if not path.exists() or path.stat().st_size == 0:
        if store.read_only:
            raise StoreError(f"{path} 还不存在：去掉 --read-only 先建库")
        from models.store.creation import create_sqlite

        create_sqlite(store, first(), login, demo_now)
        return
    found = _sqlite_version(store, path)
    if found == version.SCHEMA:
        return
    version.refuse_newer(found)
    from models.store.upgrading import upgrade_sqlite

    store._settle(login)  # the upgrade is an event: by whom, and when by a demo's own clock
    upgrade_sqlite(store)


def _sqlite_version(store: Store, path: Path) -> str:
    stranger = StoreError(f"{path} 不是督办台的库：请核对路径，或另写一个文件名新建")
    try:
        with plain_file(path) as file:
            if file.read(16) != b"SQLite format 3\x00":
                raise stranger
    except PermissionError as error:
        raise StoreError(f"没有读取 {path} 的权限：请向管理员申请，或换一个库") from error
    try:
        return _read_version(store, stranger)
    except StoreError as told:
        if not _cannot_write_beside(told.__cause__):
            raise
        _refuse_unmerged(path)
    except sqlite3.DatabaseError as error:  # a file of our mark that lacks what a store has
        raise StoreError(f"{path} 已损坏：请用 duban restore 从最近的备份恢复") from error
    store._immutable = store.read_only = True
    return _read_version(store, stranger)


def _cannot_write_beside(error: BaseException | None) -> bool:
    """Whether only the files that SQLite keeps beside a store could not be made."""
    said = getattr(error, "sqlite_errorname", "")
    return said in ("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY")


def _refuse_unmerged(path: Path) -> None:
    """Refuse to show a store without what was written last and still stands beside it."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size > 0:
        raise StoreError(f"{path} 所在文件夹不可写，最近写入的内容还没有并入：请在可写的位置打开")


_APPLICATION = "PRAGMA application_id"
_VERSION = "SELECT version_num FROM alembic_version"
_VERSIONED = "SELECT to_regclass('alembic_version')"


def _read_version(store: Store, stranger: StoreError) -> str:
    with store.reading() as reader:
        if reader.value(_APPLICATION) != version.APPLICATION_ID:
            raise stranger
        return str(reader.value(_VERSION))


def _prepare_postgres(
    store: Store, first: Callable[[], FirstContent], login: str, demo_now: datetime | None
) -> None:
    with store.reading() as reader:
        exists = reader.value(_VERSIONED)
        found = reader.value(_VERSION) if exists else None
    if found is None:
        from models.store.creation import create_postgres

        create_postgres(store, first(), login, demo_now)
        return
    version.refuse_newer(str(found))
    if found != version.SCHEMA:
        raise StoreError("库的版本较旧：请管理员运行 duban store upgrade 后再打开")
