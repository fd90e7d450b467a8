"""A real store whose operators are logins of the database, and what they try there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg

from models.store.opening import open_store
from models.store.rights import GIVEN, _type
from models.store.store import Store
from seed.reference.catalogue import first_content

ROLES = ("viewer", "supervisor", "dispatcher", "caller", "signer", "administrator", "auditor")


def now() -> datetime:
    return datetime.now(UTC)


def as_them(store: Store, login: str) -> Store:
    target = f"{store.target}{'&' if '?' in store.target else '?'}user={login}"
    return open_store(target, now=now, first=first_content, login=login)


def enter(verb: str, login: str = "postgres", at: str = "now()") -> str:
    """Return the call that brings one event of this verb, author and time."""
    given = {"at": at, "verb": f"'{verb}'", "subject_kind": "'ticket'", "subject_id": "1"}
    given |= {"payload": "'{}'"}
    arrays = ", ".join(
        f"ARRAY[{given.get(name, '2' if name == 'form' else 'NULL')}]::{_type(name)}[]"
        for name in GIVEN
    )
    return f"SELECT record_events('{login}', '2001-01-01', 1, 1, {arrays})"


def everything(store: Store) -> dict[str, Any]:
    """Return what could be changed: every row, every right, every function and trigger."""
    found: dict[str, Any] = {}
    with psycopg.connect(store.target) as conn:
        tables = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in tables.fetchall():
            sql = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM public.{name} t"
            found[name] = conn.execute(sql.encode()).fetchone()
        for sql in (
            "SELECT relname, relkind, relowner, relacl, relrowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'v', 'S') AND relnamespace = 'public'::regnamespace ORDER BY 1",
            "SELECT proname, prosrc, proacl::text FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2",
            "SELECT tgname, tgenabled FROM pg_trigger ORDER BY oid",
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp' ORDER BY 1",
            "SELECT roleid, member FROM pg_auth_members ORDER BY 1, 2",
            "SELECT rolname, rolsuper, rolconfig FROM pg_roles ORDER BY 1",
            "SELECT count(*) FROM pg_largeobject_metadata",
        ):
            found[sql] = conn.execute(sql.encode()).fetchall()
    return found


MISSPELT = ("42601", "42883", "42P01", "42703", "42804", "22P02")  # then nothing was attempted


def refused(target: str, sql: str) -> bool:
    """Whether the database refuses a text in a session of its own."""
    try:
        with psycopg.connect(target) as conn:
            conn.execute(sql.encode())
    except psycopg.Error as error:
        assert error.sqlstate not in MISSPELT, (sql, str(error))
        return True
    return False
