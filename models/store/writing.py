"""One writing transaction from begin to commit, and what its failures mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from models.store.actor import Actor, require_known
from models.store.errors import StoreError
from models.store.reader import BROKEN_STORE, whole_second
from models.store.work import Journal, Work
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.errors import Refused

_FORBIDDEN = "数据库没有给您办理此事的权限：请管理员用 duban operator role 授权"


RULES_LOCK = 4478  # PostgreSQL: held shared by every writer, alone while the rules change


class Opened(Protocol):
    """What a transaction needs of the open store it is made on."""

    kind: str

    @property
    def operator(self) -> Actor:
        """Who is at work."""

    @property
    def rehearsing(self) -> bool:
        """Whether another moment than the present is shown."""

    def now(self) -> datetime:
        """The present, or the moment shown."""

    def system_now(self) -> datetime:
        """The clock of record."""

    def engine(self) -> Engine:
        """The engine for writing."""

    def timekeeper(self, policy: int | None = None, calendar: int | None = None) -> Timekeeper:
        """The rules of time of a policy and a calendar."""

    def policy_of(self, version: int) -> Policy:
        """One version of the policy."""


@contextmanager
def begin_work(
    store: Opened,
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
                policies=store.policy_of,
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


def _driver_failures(store: Opened) -> type[Exception]:
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
