"""What a login of the PostgreSQL database may do, as the roles of its operator ask.

Everybody reads and writes into the trail, which nobody but its owner can alter; who supervises,
signs or administers writes the matters; only an administrator writes the rules. Only the owner of
the tables, or a member of that role, can give and take.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from models.store.errors import StoreError

WORKING = {"supervisor", "signer", "administrator"}

TRAIL = ("event", "trail_head")

RULES = (
    "operator",
    "role",
    "policy",
    "calendar",
    "unit",
    "unit_alias",
    "unit_group",
    "grid",
    "channel",
    "category",
    "setting",
)

STRUCK = ("role", "unit_alias")
"""Rows that an administrator deletes: what the trail has recorded as taken away."""


def grant(conn: Connection, login: str, roles: Iterable[str]) -> None:
    """Give a login exactly what its roles need; ``StoreError`` says who can where we cannot."""
    owner = owner_of(conn)
    if login == owner:
        return
    if not conn.execute(
        text("SELECT 1 FROM pg_roles WHERE rolname = :login AND rolcanlogin"), {"login": login}
    ).scalar():
        raise StoreError(
            f"数据库里没有可登录的角色 {login}：请数据库管理员先建（CREATE ROLE … LOGIN）"
        )
    if not _may_grant(conn, owner):
        raise StoreError(
            f"数据库的授权要由库的属主 {owner} 办理：请用它登录后重试，"
            f"或请数据库管理员把 {owner} 授予您"
        )
    withdraw(conn, login)
    for statement in _statements(conn, set(roles)):
        conn.exec_driver_sql(statement + _quoted(conn, login))


def grant_known(conn: Connection, held: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Give each (login, roles) what it needs; a login that is gone, or only due, is passed over."""
    known = {str(row[0]) for row in conn.execute(text("SELECT rolname FROM pg_roles"))}
    for login, roles in held:
        if login in known:
            grant(conn, login, roles)


def withdraw(conn: Connection, login: str) -> bool:
    """Take everything from a login; whether we could (the owner keeps what it owns)."""
    owner = owner_of(conn)
    there = conn.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :login"), {"login": login})
    if login == owner or not there.scalar() or not _may_grant(conn, owner):
        return False
    for kind in ("TABLES", "SEQUENCES"):
        conn.exec_driver_sql(
            f"REVOKE ALL ON ALL {kind} IN SCHEMA {_schema(conn)} FROM {_quoted(conn, login)}"
        )
    return True


def owner_of(conn: Connection) -> str:
    """Return the database role that owns the store's tables."""
    sql = (
        "SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() "
        "AND tablename = 'trail_head'"
    )
    return str(conn.execute(text(sql)).scalar())


def _statements(conn: Connection, roles: set[str]) -> list[str]:
    schema = _schema(conn)
    found = conn.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    )
    tables = [str(row[0]) for row in found]
    fixed = {*TRAIL, *RULES, "alembic_version"}
    working = [name for name in tables if name not in fixed]
    statements = [
        f"GRANT USAGE ON SCHEMA {schema} TO ",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO ",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO ",
        "GRANT INSERT ON event TO ",
        "GRANT UPDATE ON trail_head TO ",
    ]
    if roles & WORKING:
        statements.append(_on("INSERT, UPDATE, DELETE", working))  # an undo takes rows back
    if "administrator" in roles:
        statements += [_on("INSERT, UPDATE", RULES), _on("DELETE", STRUCK)]
    return statements


def _on(privileges: str, tables: Iterable[str]) -> str:
    return f"GRANT {privileges} ON " + ", ".join(f'"{name}"' for name in tables) + " TO "


def _may_grant(conn: Connection, owner: str) -> bool:
    found = conn.execute(
        text("SELECT pg_has_role(session_user, :owner, 'USAGE')"), {"owner": owner}
    ).scalar()
    return bool(found)


def _schema(conn: Connection) -> str:
    return _quoted(conn, str(conn.execute(text("SELECT current_schema()")).scalar()))


def _quoted(conn: Connection, name: str) -> str:
    return str(conn.dialect.identifier_preparer.quote_identifier(name))
