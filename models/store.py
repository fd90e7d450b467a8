"""Opening a store: one file for one person, or a PostgreSQL database for a bureau.

Reading needs only the bare drivers; SQLAlchemy is imported with the first write, so that the
console shows its first rows before the ORM is loaded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from models.errors import StoreError
from models.instants import from_text, to_text, whole_second
from models.reader import PostgresReader, Reader, SqliteReader
from rules.policy import Policy, read_policy
from rules.timekeeper import Timekeeper
from rules.worktime import CalendarDays

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from models.journal import Journal
    from models.roles import Actor
    from models.units import FirstContent
    from models.work import Work

APPLICATION_ID = 0x4455424E  # "DUBN" in the header of our SQLite files
SCHEMA = "0001"  # the newest version this program knows; a test holds it to models.schema
ROLES = ("viewer", "supervisor", "signer", "administrator", "auditor")
TRIED = 0  # stands for the version of a policy that is only tried out

Now = Callable[[], datetime]


class Store:
    """An open store; safe to share between threads, each job takes its own reader or work."""

    def __init__(self, target: str, *, now: Now, read_only: bool = False) -> None:
        """Made by :func:`open_store`."""
        self.target = target
        self.kind = "postgresql" if target.startswith("postgresql") else "sqlite"
        self.read_only = read_only
        self._system_now = now
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        self._engine: Engine | None = None
        self._timekeepers: dict[tuple[int, int], Timekeeper] = {}
        self._drift = timedelta(0)
        self._rehearsal: datetime | None = None
        self._tried_policy: str | None = None
        self._immutable = False
        self.demo = False
        self.login = ""

    # -- time ---------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the present: the system's clock, or the demo's own."""
        if self._rehearsal is not None:
            return self._rehearsal
        return self.system_now()

    def system_now(self) -> datetime:
        """Return the clock of record, which ``--now`` never moves."""
        return whole_second(self._system_now() + self._drift)

    @property
    def rehearsing(self) -> bool:
        """Whether a moment other than the present is being shown."""
        return self._rehearsal is not None

    def rehearse_at(self, instant: datetime) -> None:
        """Show the store as at ``instant``; what is written from now on is marked 演练."""
        self._rehearsal = whole_second(instant)

    # -- reading ------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a reader for one job; it sees one state of the store from begin to end."""
        try:
            reader = self._idle.get_nowait()
        except Empty:
            reader = self._connect()
        try:
            reader.begin()
            yield reader
            reader.end()
        except BaseException:
            reader.close()
            raise
        self._idle.put(reader)

    def _connect(self) -> Reader:
        if self.kind == "postgresql":
            return PostgresReader(self.target.replace("postgresql+psycopg:", "postgresql:", 1))
        return SqliteReader(Path(self.target), immutable=self._immutable)

    # -- what the rules are -------------------------------------------------------------------

    def versions(self, reader: Reader | None = None) -> tuple[int, int]:
        """Return the newest versions of policy and calendar."""
        sql = "SELECT (SELECT max(version) FROM policy), (SELECT max(version) FROM calendar)"
        if reader is None:
            with self.reading() as own:
                row = own.one(sql)
        else:
            row = reader.one(sql)
        assert row is not None
        return int(row[0]), int(row[1])

    def timekeeper(self, policy: int | None = None, calendar: int | None = None) -> Timekeeper:
        """Return the rules of time, of the newest policy and calendar unless others are named."""
        with self.reading() as reader:
            newest = self.versions(reader)
            key = (policy or newest[0], calendar or newest[1])
            if policy is None and self._tried_policy is not None:
                key = (TRIED, key[1])
            if key not in self._timekeepers:
                policy_text = self._tried_policy if key[0] == TRIED else reader.value(
                    "SELECT text FROM policy WHERE version = :v", v=key[0]
                )
                days = reader.value("SELECT text FROM calendar WHERE version = :v", v=key[1])
                self._timekeepers[key] = Timekeeper(
                    read_policy(str(policy_text)), CalendarDays.from_json(str(days))
                )
        return self._timekeepers[key]

    def try_policy(self, text: str) -> None:
        """Read by the rules of ``text`` from now on; what is written keeps the store's own."""
        self._timekeepers.pop((TRIED, self.versions()[1]), None)
        self._tried_policy = text

    @property
    def policy(self) -> Policy:
        """The newest policy."""
        return self.timekeeper().policy

    @property
    def operator(self) -> Actor:
        """Who is at work; somebody unknown to the store holds no role."""
        from models.operators import find_actor

        with self.reading() as reader:
            return find_actor(reader, self.login)

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(
        self,
        at: datetime | None = None,
        batch: str | None = None,
        *,
        alone: bool = False,
        journal: Journal | None = None,
    ) -> Iterator[Work]:
        """Give the hands of one transaction: all of it with its events is kept, or nothing.

        ``at`` is when the act happened, not after now; ``alone`` keeps every other writer out, for
        a change of the rules; ``journal`` is kept of an act that can be taken back.
        ``StoreError`` if the store cannot be written, with what to do.
        """
        from models.writing import begin_work

        if self._immutable:
            raise StoreError("库文件或所在文件夹不可写，现在只能查看：请检查权限后再办理")
        if self.read_only:
            raise StoreError("现在是只读方式：不带 --read-only 重新打开后才能办理")
        with begin_work(self, at=at, batch=batch, alone=alone, journal=journal) as work:
            yield work

    def engine(self) -> Engine:
        """Return the engine for writing, made on first use."""
        if self._engine is None:
            from models.engine import make_engine

            self._engine = make_engine(self.target)
        return self._engine

    def close(self) -> None:
        """Close every connection."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                break
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    # -- opening ------------------------------------------------------------------------------

    def _settle(self, login: str) -> None:
        """Read what the store says of itself: its kind, its clock, who is at work."""
        with self.reading() as reader:
            rows = reader.rows("SELECT key, value FROM setting")
            settings = {str(key): str(value) for key, value in rows}
            self.demo = settings.get("kind") == "demo"
            if self.kind == "postgresql" and not self.demo:
                login = str(reader.value("SELECT session_user"))
            self.login = login
            if self.demo:
                last = reader.value(
                    "SELECT recorded_at FROM event WHERE seq = (SELECT count FROM trail_head)"
                )
                shown = max(filter(None, [from_text(settings["demo_now"]), last]))
                self._drift = shown - whole_second(self._system_now())
                if not login:
                    self.login = str(reader.value("SELECT login FROM operator ORDER BY id LIMIT 1"))


def open_store(
    target: str,
    *,
    now: Now,
    first: Callable[[], FirstContent],
    login: str,
    read_only: bool = False,
    demo_now: datetime | None = None,
) -> Store:
    """Open the store at ``target``, a path or a ``postgresql+psycopg://`` URL.

    A store that does not exist is created with ``first()`` and ``login`` as its first operator;
    with ``demo_now`` it becomes a demo store whose clock starts there. An older SQLite store is
    upgraded after a backup beside it. Raises ``StoreError``.
    """
    store = Store(target, now=now, read_only=read_only)
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
    if path.is_dir():
        raise StoreError(f"{path} 是文件夹，不是库文件：请写到具体的文件名")
    if not path.exists() or path.stat().st_size == 0:
        if store.read_only:
            raise StoreError(f"{path} 还不存在：去掉 --read-only 先建库")
        from models.creation import create_sqlite

        create_sqlite(store, first(), login, demo_now)
        return
    found = _sqlite_version(store, path)
    if found == SCHEMA:
        return
    refuse_newer(found)
    from models.creation import upgrade_sqlite

    upgrade_sqlite(store)


def _sqlite_version(store: Store, path: Path) -> str:
    stranger = StoreError(f"{path} 不是督办台的库：请核对路径，或另写一个文件名新建")
    try:
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\x00":
                raise stranger
    except PermissionError as error:
        raise StoreError(f"没有读取 {path} 的权限：请向管理员申请，或换一个库") from error
    try:
        return _read_version(store, stranger)
    except sqlite3.OperationalError as error:
        if not _cannot_write_beside(error):
            raise StoreError(f"{path} 读不出来：可能正被占用，请稍后重试或从备份恢复") from error
        _refuse_unmerged(path)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} 已损坏：请用 duban restore 从最近的备份恢复") from error
    store._immutable = store.read_only = True
    return _read_version(store, stranger)


def _cannot_write_beside(error: sqlite3.OperationalError) -> bool:
    """Whether only the files that SQLite keeps beside a store could not be made."""
    said = getattr(error, "sqlite_errorname", "")
    return said in ("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY")


def _refuse_unmerged(path: Path) -> None:
    """Refuse to show a store without what was written last and still stands beside it."""
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size > 0:
        raise StoreError(f"{path} 所在文件夹不可写，最近写入的内容还没有并入：请在可写的位置打开")


def _read_version(store: Store, stranger: StoreError) -> str:
    with store.reading() as reader:
        if reader.value("PRAGMA application_id") != APPLICATION_ID:
            raise stranger
        return str(reader.value("SELECT version_num FROM alembic_version"))


def refuse_newer(found: str) -> None:
    """Refuse a store of a version that only a newer program knows."""
    if found > SCHEMA:
        raise StoreError(
            f"这个库是更新版本的督办台建的（{found}，本程序认得 {SCHEMA}）：请升级督办台后再打开"
        )


def _prepare_postgres(
    store: Store, first: Callable[[], FirstContent], login: str, demo_now: datetime | None
) -> None:
    with store.reading() as reader:
        exists = reader.value("SELECT to_regclass('alembic_version')")
        found = reader.value("SELECT version_num FROM alembic_version") if exists else None
    if found is None:
        from models.creation import create_postgres

        create_postgres(store, first(), login, demo_now)
        return
    refuse_newer(str(found))
    if found != SCHEMA:
        raise StoreError("库的版本较旧：请管理员运行 duban store upgrade 后再打开")


def demo_settings(demo_now: datetime | None) -> dict[str, Any]:
    """Return the settings that make a store a demo store, or a real one."""
    if demo_now is None:
        return {"kind": "real"}
    return {"kind": "demo", "demo_now": to_text(demo_now)}
