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
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from models.store.actor import require_known
from models.store.errors import StoreError
from models.store.reader import (
    BROKEN_STORE,
    PostgresReader,
    Reader,
    SqliteReader,
    from_text,
    whole_second,
)
from models.store.work import Journal, Work
from rules.bureau import Policy, read_policy
from rules.clocks import CalendarDays, Timekeeper
from rules.errors import Refused

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from models.store.actor import Actor


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
        from models.store.actor import find_actor

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
        from models.store.store import begin_work

        if self._immutable:
            raise StoreError("库文件或所在文件夹不可写，现在只能查看：请检查权限后再办理")
        if self.read_only:
            raise StoreError("现在是只读方式：不带 --read-only 重新打开后才能办理")
        with begin_work(self, at=at, batch=batch, alone=alone, journal=journal) as work:
            yield work

    def engine(self) -> Engine:
        """Return the engine for writing, made on first use."""
        if self._engine is None:
            from models.store.database import make_engine

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


_FORBIDDEN = "数据库没有给您办理此事的权限：请管理员用 duban operator role 授权"


RULES_LOCK = 4478  # PostgreSQL: held shared by every writer, alone while the rules change


@contextmanager
def begin_work(
    store: Store,
    *,
    at: datetime | None,
    batch: str | None,
    alone: bool = False,
    journal: Journal | None = None,
) -> Iterator[Work]:
    """Open a transaction, hand it out, seal its events and commit; roll back on any error.

    ``alone``: nobody else writes meanwhile, so that no clock starts under rules just replaced.
    On SQLite every writer is alone. ``journal`` writes down what changes, for undo.
    """
    actor = store.operator
    require_known(actor)
    recorded = store.system_now()
    happened = whole_second(at) if at is not None else store.now()
    if happened > max(recorded, store.now()):
        raise Refused("办理时间在将来：请改为现在或更早的时间")
    try:
        with store.engine().begin() as conn:
            _take_turn(conn, alone=alone)
            policy, calendar = _versions(conn)
            work = Work(
                conn=conn,
                operator=actor,
                at=happened,
                now=recorded,
                timekeeper=lambda: store.timekeeper(policy, calendar),
                policy_version=policy,
                calendar_version=calendar,
                batch=batch,
                rehearsal=store.rehearsing,
                keeper_of=store.timekeeper,
                journal=journal,
            )
            yield work
            work.seal()
    except OperationalError as error:
        raise StoreError(_say(str(error.orig))) from error
    except ProgrammingError as error:
        if "permission denied" not in str(error.orig):
            raise
        raise StoreError(_FORBIDDEN) from error
    except _driver_failures(store) as error:  # bulk writes speak to the driver itself
        raise StoreError(_say(str(error))) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        if "malformed" not in str(error) and "not a database" not in str(error):
            raise
        raise StoreError(BROKEN_STORE) from error


def _take_turn(conn: Connection, *, alone: bool) -> None:
    if conn.dialect.name == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        conn.execute(text(f"SELECT {lock}({RULES_LOCK})"))


def _versions(conn: Connection) -> tuple[int, int]:
    row = conn.execute(
        text("SELECT (SELECT max(version) FROM policy), (SELECT max(version) FROM calendar)")
    ).one()
    return int(row[0] or 0), int(row[1] or 0)


def _driver_failures(store: Store) -> type[Exception]:
    if store.kind == "sqlite":
        return sqlite3.OperationalError
    import psycopg

    return psycopg.OperationalError


def _say(said: str) -> str:
    if "full" in said:
        return "磁盘已满，这一步没有写入任何内容：请清理磁盘后重试"
    if "locked" in said:
        return "库正被别的程序占用，等了30秒仍未轮到：请稍后重试"
    if "readonly" in said or "unable to open" in said:
        return "库文件或所在文件夹不可写：请检查权限，或改用 --read-only 查看"
    if "disk I/O" in said:
        return "磁盘读写出错，这一步没有写入任何内容：请检查磁盘后重试"
    return "库暂时不可用，这一步没有写入任何内容：请检查连接后重试"
