"""Making a new store: its file or tables, and its first content."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from models.store.actor import Actor
from models.store.database import create_tables, make_engine
from models.store.errors import StoreError
from models.store.failures import explaining
from models.store.files import whole_file
from models.store.grants import become_owner, follow_roles
from models.store.reader import to_text, whole_second
from models.store.sums import Sums
from models.store.version import APPLICATION_ID, SCHEMA
from models.store.work import Work
from models.tables import CalendarVersion, Operator, PolicyVersion, Role, Setting, TrailHead
from rules.bureau import ROLE_NAMES, Policy, checked_policy
from rules.clocks import CalendarDays, Timekeeper
from rules.errors import system_reason

if TYPE_CHECKING:
    from models.store.store import Store


@dataclass(frozen=True, slots=True)
class FirstContent:
    """What a new store is filled with; ``fill`` writes the reference data of its bureau.

    A store made for a ``test`` goes by the clock its program brings, on PostgreSQL too.
    """

    policy_text: str
    calendar: CalendarDays
    fill: Callable[[Work], None]
    test: bool = False


def demo_settings(demo_now: datetime | None, *, test: bool = False) -> dict[str, Any]:
    """Return the settings that make a store a demo store, one for a test, or a real one."""
    if demo_now is None:
        return {"kind": "test" if test else "real"}
    return {"kind": "demo", "demo_now": to_text(demo_now)}


def create_sqlite(store: Store, first: FirstContent, login: str, demo_now: datetime | None) -> None:
    """Make the file (mode 0600), its tables and its first content; nothing is left on failure."""
    with _new_file(Path(store.target)) as conn:
        _fill(store, conn, first, login, demo_now)


@contextmanager
def _new_file(path: Path) -> Iterator[Connection]:
    """Give a transaction on a file that takes its place only when all of it is written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as unfinished, _filling(unfinished) as conn:
            yield conn
    except OSError as error:
        raise StoreError(
            f"在 {path.parent} 建不了库（{system_reason(error)}）：请换一个可写的位置"
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(f"在 {path.parent} 建库没有成功：请检查磁盘空间和权限后重试") from error


@contextmanager
def _filling(unfinished: Path) -> Iterator[Connection]:
    """Give the transaction that fills an empty file, closed before the file is moved."""
    engine = create_engine(f"sqlite:///{unfinished}")
    event.listen(engine, "connect", _manual_transactions)
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            yield conn
            conn.exec_driver_sql("COMMIT")
            conn.exec_driver_sql("PRAGMA journal_mode = WAL")
    finally:
        engine.dispose()


@contextmanager
def empty_store(target: str, schema: str = SCHEMA) -> Iterator[Connection]:
    """Give the transaction that fills a store with tables and nothing else, as a restore needs it.

    ``StoreError`` if there is a store at ``target`` already; nothing is left on failure.
    """
    if not target.startswith("postgresql"):
        if Path(target).exists():
            raise StoreError(f"{target} 已经存在：恢复不覆盖现有的库，请另写一个文件名")
        with _new_file(Path(target)) as conn:
            create_tables(conn, schema)
            yield conn
        return
    engine = make_engine(target)
    try:
        with explaining(), engine.begin() as conn:
            if conn.execute(text("SELECT to_regclass('alembic_version')")).scalar():
                raise StoreError("这个 PostgreSQL 数据库里已有库：恢复只写入空的数据库")
            become_owner(conn)
            create_tables(conn, schema)
            yield conn
    finally:
        engine.dispose()


def no_rules() -> Timekeeper:
    """Stand for the rules of time where none are at hand: while restoring or upgrading."""
    raise StoreError("恢复或升级期间没有规则可用")


def no_policy(version: int) -> Policy:
    """Stand for the policy where none is at hand."""
    raise StoreError("恢复或升级期间没有规则可用")


def _manual_transactions(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None


def create_postgres(
    store: Store, first: FirstContent, login: str, demo_now: datetime | None
) -> None:
    """Make the tables and first content in an empty database."""
    with explaining(), store.engine().begin() as conn:
        conn.execute(text("SELECT pg_advisory_xact_lock(4477)"))
        if conn.execute(text("SELECT to_regclass('alembic_version')")).scalar():
            return
        me = str(conn.execute(text("SELECT session_user")).scalar())
        become_owner(conn)
        _fill(store, conn, first, login if demo_now else me, demo_now)
        advance_sequences(conn)
        follow_roles(conn, me)


def advance_sequences(conn: Connection) -> None:
    """Let PostgreSQL's sequences go on after ids that were written explicitly."""
    named = conn.execute(
        text(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
        )
    ).all()
    for (name,) in named:
        conn.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                f"coalesce((SELECT max(id) FROM {name}), 0) + 1, false)"
            )
        )


def _fill(
    store: Store, conn: Connection, first: FirstContent, login: str, demo_now: datetime | None
) -> None:
    """Write tables, rules, reference data and the first operator, who holds every role."""
    create_tables(conn)
    policy = checked_policy(first.policy_text)
    keeper = Timekeeper(policy, first.calendar)
    now = whole_second(demo_now) if demo_now else store.system_now()
    actor = Actor(1, login, login, frozenset(ROLE_NAMES))
    settings = {
        **demo_settings(demo_now, test=first.test),
        "digest_key": secrets.token_hex(32),
        "seal_key": secrets.token_hex(32),
    }
    sums = Sums(settings["seal_key"])
    work = Work(conn, actor, now, now, lambda: keeper, lambda _: policy, 1, 1, sums)
    work.insert(TrailHead, id=1, count=0, hash="")
    work.insert(
        PolicyVersion,
        version=1,
        text=first.policy_text,
        digest=_digest(first.policy_text),
        loaded_at=now,
    )
    days = first.calendar.to_json()
    through = first.calendar.official_through
    work.insert(
        CalendarVersion,
        version=1,
        text=days,
        digest=_digest(days),
        source=first.calendar.source,
        loaded_at=now,
        official_through=through.isoformat() if through else None,
    )
    work.bulk(Setting, ("key", "value"), list(settings.items()))
    first.fill(work)
    work.insert(Operator, id=1, login=login, name=login, created_at=now)
    work.bulk(Role, ("operator_id", "role"), [(1, role) for role in ROLE_NAMES])
    work.event(
        "store.create",
        "store",
        None,
        payload={"units": work.value(_UNITS)},
    )
    work.event("operator.add", "operator", 1, payload={"login": login, "roles": list(ROLE_NAMES)})
    work.seal()


_UNITS = "SELECT count(*) FROM unit"


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
