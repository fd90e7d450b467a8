"""Bringing an older store to the schema this program knows."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from models.store import version
from models.store.actor import Actor
from models.store.counts import reckon
from models.store.creation import _manual_transactions, no_policy, no_rules
from models.store.database import check_foreign_keys, make_engine, migrate
from models.store.errors import NotAllowed, StoreError
from models.store.failures import explaining
from models.store.files import whole_file
from models.store.grants import become_owner, follow_all, owner_of
from models.store.pairs import PAIR_INDEX
from models.store.reader import whole_second
from models.store.rights import install
from models.store.rows import Row
from models.store.standing import standing
from models.store.sums import Sums
from models.store.work import Work

if TYPE_CHECKING:
    from models.store.store import Store


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From which version to which; equal where there was nothing to do."""

    before: str
    after: str


def upgrade_sqlite(store: Store) -> None:
    """Bring an older file up to date: a copy beside it first, then one transaction."""
    path = Path(store.target)
    if store.read_only:
        raise StoreError("库的版本较旧：请不带 --read-only 打开一次以完成升级")
    kept = path.with_name(f"{path.name}.{store._system_now():%Y%m%d%H%M%S}.bak")
    actor = Actor(0, store.login, store.login, frozenset())
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _manual_transactions)
    try:
        _copy(path, kept)
        with engine.connect() as conn:
            conn.exec_driver_sql("PRAGMA foreign_keys = OFF")
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            bring_up(conn, actor, store.system_now())
            conn.exec_driver_sql("COMMIT")
    except (DBAPIError, OSError) as error:
        raise StoreError(f"升级没有成功，库未改动：请检查磁盘后重试（备份在 {kept}）") from error
    finally:
        engine.dispose()


def _copy(path: Path, kept: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with whole_file(kept) as part:
        shutil.copyfile(path, part)


UPGRADE_LOCK = 4477  # one creation or upgrade at a time


def upgrade_postgres(target: str, now: Callable[[], datetime]) -> Upgrade:
    """Migrate the database at ``target`` in one transaction, with its event in the trail.

    By an administrator who is, or is a member of, the role that owns the tables. ``StoreError`` or
    ``NotAllowed`` otherwise; then nothing has changed.
    """
    engine = make_engine(target)
    try:
        with explaining(), engine.begin() as conn:
            conn.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
            if not conn.execute(text("SELECT to_regclass('alembic_version')")).scalar():
                raise StoreError("这个数据库里还没有督办台的库：直接导入诉求就会建库")
            before = _version(conn)
            version.refuse_newer(before)
            actor = _administrator(conn)
            if before != version.SCHEMA or _owns(conn):
                become_owner(conn)
                done = bring_up(conn, actor, whole_second(now()))
                install(conn)  # what an older program of the same schema has put there
                grant_operators(conn)
                return done
            return Upgrade(before, before)
    finally:
        engine.dispose()


def bring_up(conn: Connection, actor: Actor, at: datetime) -> Upgrade:
    """Migrate inside the caller's transaction, see that no row is lost, write the event.

    Nothing is done to a store of the present version.
    """
    before, counted = _version(conn), _counts(conn)
    if before == version.SCHEMA:
        return Upgrade(before, before)
    migrate(conn)
    _refuse_loss(counted, _counts(conn))
    if conn.dialect.name == "sqlite":
        check_foreign_keys(conn)
    reckon(conn)
    done = Upgrade(before, _version(conn))
    _record(conn, actor, at, done)
    return done


def _version(conn: Connection) -> str:
    return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _counts(conn: Connection) -> dict[str, int]:
    """Return how many rows each table has; the index of pairs, which has none, is left out."""
    return {
        name: int(conn.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
        for name in inspect(conn).get_table_names()
        if not name.startswith(PAIR_INDEX)
    }


def _refuse_loss(before: dict[str, int], after: dict[str, int]) -> None:
    """Refuse to commit where rows are gone; a table under another name keeps the sum."""
    fewer = sorted(name for name, rows in before.items() if after.get(name, rows) < rows)
    if fewer or sum(after.values()) < sum(before.values()):
        raise StoreError(
            f"升级会丢失记录（{'、'.join(fewer)}），已全部撤回：请把备份和本提示交给维护人员"
        )


def grant_operators(conn: Connection) -> None:
    """Give every login that is or was an operator what the tables of today ask; who works too."""
    logins = conn.execute(text("SELECT login FROM operator UNION SELECT session_user")).scalars()
    follow_all(conn, sorted(str(login) for login in logins))


_ADMINISTRATOR = """
SELECT o.id, o.login, o.name FROM operator o JOIN role r ON r.operator_id = o.id
WHERE o.login = session_user AND o.active AND r.role = 'administrator'
"""


def _administrator(conn: Connection) -> Actor:
    row = conn.execute(text(_ADMINISTRATOR)).first()
    if row is None:
        raise NotAllowed("升级要由管理员办理：请管理员运行 duban store upgrade")
    return Actor(row.id, row.login, row.name, frozenset({"administrator"}))


def _owns(conn: Connection) -> bool:
    """Whether this login may go on as the owner of the tables."""
    able = text("SELECT pg_has_role(session_user, :owner, 'MEMBER')")
    return bool(conn.execute(able, {"owner": owner_of(conn)}).scalar())


_NEWEST = """
SELECT (SELECT max(version) FROM policy) AS policy,
       (SELECT max(version) FROM calendar) AS calendar
"""


SEALED = "0002"
"""The first version whose events carry seals; a later one that changes what is sealed says so."""

_SEAL_KEY = "SELECT value FROM setting WHERE key = 'seal_key'"


def _cells(conn: Connection, sql: str) -> Iterator[Sequence[Row]]:
    for rows in conn.exec_driver_sql(sql).partitions(2000):
        yield [tuple(row) for row in rows]


def _record(conn: Connection, actor: Actor, at: datetime, done: Upgrade) -> None:
    """Write the event of the upgrade; seal what stands, where older events carry no seal."""
    newest = conn.execute(text(_NEWEST)).one()
    key = str(conn.execute(text(_SEAL_KEY)).scalar())
    sums = Sums(key)
    for rows in standing(lambda sql: _cells(conn, sql), key) if done.before < SEALED else ():
        for subject, _, digest in rows.found:
            if subject is not None:
                sums.begin(subject, digest)
    work = Work(conn, actor, at, at, no_rules, no_policy, newest.policy, newest.calendar, sums)
    work.event("store.upgrade", "store", None, payload={"from": done.before, "to": done.after})
    work.seal()
