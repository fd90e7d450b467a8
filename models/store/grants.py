"""What a login of the PostgreSQL database may do, as the roles of its operator ask.

All tables belong to one role that nobody can log in as; it alone could alter the trail. What a
login may read and write follows the roles that the store gives it, as the function
``follow_roles`` of :mod:`models.store.rights` sets it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from models.store.errors import StoreError

OWNER = "duban_owner"
"""The role that owns every store of a server: NOLOGIN, and no operator is a member."""


def follow_roles(conn: Connection, login: str) -> None:
    """Give a login exactly what its roles need now; nothing to one who is no operator."""
    conn.execute(text("SELECT follow_roles(:login)"), {"login": login})


def require_login(conn: Connection, login: str) -> None:
    """Refuse to let in somebody whom the database does not know."""
    if login not in _logins(conn):
        raise StoreError(
            f"数据库里没有可登录的角色 {login}：请数据库管理员先建（CREATE ROLE 登录名 LOGIN）"
        )


def follow_all(conn: Connection, logins: Iterable[str]) -> None:
    """Give each login what it needs; one that is gone, or only due, is passed over."""
    known = _logins(conn)
    for login in logins:
        if login in known:
            follow_roles(conn, login)


def become_owner(conn: Connection) -> None:
    """Go on as the role that owns the tables, which is made where it is missing.

    Tables of an earlier build, which belong to a login, are handed to it. ``StoreError`` says what
    the administrator of the database has to do where this login cannot.
    """
    schema, before = schema_of(conn), owner_of(conn)
    if before not in (None, OWNER) and not _becomes(conn, str(before)):
        raise StoreError(f"升级要用库的属主 {before} 登录，或请数据库管理员把 {before} 授予您")
    conn.exec_driver_sql("RESET ROLE")
    here = {"owner": OWNER, "schema": schema.strip('"')}
    if not conn.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :owner"), here).scalar():
        _try(conn, f"CREATE ROLE {OWNER} NOLOGIN")
    if not _becomes(conn, OWNER):
        _try(conn, f"GRANT {OWNER} TO SESSION_USER")
    conn.exec_driver_sql("RESET ROLE")
    may = text(
        "SELECT 1 FROM pg_roles WHERE rolname = :owner "
        "AND has_schema_privilege(:owner, :schema, 'CREATE')"
    )
    if not conn.execute(may, here).scalar():
        _try(conn, f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {OWNER} WITH GRANT OPTION")
    if before not in (None, OWNER):
        tables = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for name in conn.execute(tables).scalars().all():
            _try(conn, f'ALTER TABLE {schema}."{name}" OWNER TO {OWNER}')
    if not _becomes(conn, OWNER):
        raise _not_able(conn)


def owner_of(conn: Connection) -> str | None:
    """Return the database role that owns the store's tables, None before there are any."""
    sql = (
        "SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() "
        "AND tablename = 'trail_head'"
    )
    found = conn.execute(text(sql)).scalar()
    return None if found is None else str(found)


def schema_of(conn: Connection) -> str:
    """Return the schema of the store, quoted where it must be."""
    name = str(conn.execute(text("SELECT current_schema()")).scalar())
    return str(conn.dialect.identifier_preparer.quote(name))


def _logins(conn: Connection) -> set[str]:
    found = conn.execute(text("SELECT rolname FROM pg_roles WHERE rolcanlogin"))
    return {str(row[0]) for row in found}


def _becomes(conn: Connection, role: str) -> bool:
    """Go on as another role until the transaction ends; whether this login can."""
    try:
        with conn.begin_nested():
            conn.exec_driver_sql(f"SET LOCAL ROLE {conn.dialect.identifier_preparer.quote(role)}")
    except DatabaseError:
        return False
    return True


def _try(conn: Connection, sql: str) -> None:
    try:
        with conn.begin_nested():
            conn.exec_driver_sql(sql)
    except DatabaseError as error:
        raise _not_able(conn) from error


def _not_able(conn: Connection) -> StoreError:
    me = conn.dialect.identifier_preparer.quote(
        str(conn.execute(text("SELECT session_user")).scalar())
    )
    return StoreError(
        f"库要归一个不能登录的角色所有：请数据库管理员先执行 CREATE ROLE {OWNER} NOLOGIN; "
        f"GRANT {OWNER} TO {me}; "
        f"GRANT USAGE, CREATE ON SCHEMA {schema_of(conn)} TO {OWNER} WITH GRANT OPTION，再重试"
    )
