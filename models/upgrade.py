"""Bringing a bureau's PostgreSQL store to the schema this program knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from models import store as stores
from models.engine import make_engine
from models.errors import NotAllowed, StoreError
from models.grants import grant_known, owner_of
from models.instants import whole_second
from models.operators import operators
from models.roles import Actor
from models.schema import migrate
from models.work import Work

if TYPE_CHECKING:
    from rules.timekeeper import Timekeeper

UPGRADE_LOCK = 4477  # one creation or upgrade at a time


@dataclass(frozen=True, slots=True)
class Upgrade:
    """From which version to which; equal where there was nothing to do."""

    before: str
    after: str


def upgrade_postgres(target: str, now: Callable[[], datetime]) -> Upgrade:
    """Migrate the database at ``target`` in one transaction, with its event in the trail.

    By an administrator who is, or is a member of, the role that owns the tables. ``StoreError`` or
    ``NotAllowed`` otherwise; then nothing has changed.
    """
    engine = make_engine(target)
    try:
        with engine.begin() as conn:
            conn.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
            before = _version(conn)
            actor = _administrator(conn)
            if before == stores.SCHEMA:
                return Upgrade(before, before)
            _become_owner(conn)
            migrate(conn)
            after = _version(conn)
            _record(conn, actor, whole_second(now()), Upgrade(before, after))
            return Upgrade(before, after)
    finally:
        engine.dispose()


def _version(conn: Connection) -> str:
    if not conn.execute(text("SELECT to_regclass('alembic_version')")).scalar():
        raise StoreError("这个数据库里还没有督办台的库：直接导入诉求就会建库")
    found = str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar())
    stores.refuse_newer(found)
    return found


def _administrator(conn: Connection) -> Actor:
    sql = """SELECT o.id, o.login, o.name FROM operator o JOIN role r ON r.operator_id = o.id
             WHERE o.login = session_user AND o.active AND r.role = 'administrator'"""
    row = conn.execute(text(sql)).first()
    if row is None:
        raise NotAllowed("升级要由管理员办理：请管理员运行 duban store upgrade")
    return Actor(int(row[0]), str(row[1]), str(row[2]), frozenset({"administrator"}))


def _become_owner(conn: Connection) -> None:
    """Let new tables belong to the owner of the old ones, whoever runs the upgrade."""
    owner = owner_of(conn)
    able = conn.execute(text("SELECT pg_has_role(session_user, :o, 'MEMBER')"), {"o": owner})
    if not able.scalar():
        raise StoreError(f"升级要用库的属主 {owner} 登录，或请数据库管理员把 {owner} 授予您")
    conn.exec_driver_sql(f"SET LOCAL ROLE {conn.dialect.identifier_preparer.quote(owner)}")


def _record(conn: Connection, actor: Actor, at: datetime, done: Upgrade) -> None:
    """Write the event, and give every operator at work what the new tables ask."""
    policy, calendar = conn.execute(
        text("SELECT (SELECT max(version) FROM policy), (SELECT max(version) FROM calendar)")
    ).one()
    work = Work(conn, actor, at, at, _no_rules, int(policy), int(calendar))
    work.event("store.upgrade", "store", None, payload={"from": done.before, "to": done.after})
    work.seal()
    grant_known(conn, [(one.login, one.roles) for one in operators(work) if one.active])


def _no_rules() -> Timekeeper:
    raise StoreError("升级期间没有规则可用")
