"""Empty databases, and stores as the first build left them."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from models.bureau.operators import add_operator
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import admin, database_url
from tests.models.store.logins import ROLES, now

RELEASED = Path(__file__).parent / "released"

Database = Callable[[], str]


@pytest.fixture
def database(pg_server: str, tmp_path: Path) -> Iterator[Database]:
    """Yield a function that makes an empty PostgreSQL database, dropped afterwards."""
    made: list[str] = []

    def make() -> str:
        name = f"duban_empty_{abs(hash(tmp_path)) % 10**12}_{len(made)}"
        admin(pg_server, f"CREATE DATABASE {name}")
        made.append(name)
        return database_url(pg_server, name)

    yield make
    for name in made:
        admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where no store is yet, on each engine in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "empty.db")
    return str(request.getfixturevalue("database")())


@pytest.fixture(params=["sqlite", "postgresql"])
def first_build(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a store of the first build, on each engine in turn."""
    if request.param == "sqlite":
        path = tmp_path / "first.db"
        path.write_bytes(gzip.decompress((RELEASED / "sqlite-0001.db.gz").read_bytes()))
        return str(path)
    target = str(request.getfixturevalue("database")())
    with psycopg.connect(target) as conn:
        conn.execute(gzip.decompress((RELEASED / "postgres-0001.sql.gz").read_bytes()))
        conn.execute("UPDATE public.operator SET login = session_user WHERE login = 'postgres'")
    return target


@pytest.fixture(scope="session")
def people(pg_server: str) -> Iterator[dict[str, str]]:
    """Yield a login of the server for each role."""
    logins = {role: f"{role}_{os.getpid()}" for role in ROLES}
    for login in logins.values():
        admin(pg_server, f"CREATE ROLE {login} LOGIN")
    yield logins
    for login in logins.values():
        admin(pg_server, f"DROP ROLE {login}")


@pytest.fixture(scope="session")
def real_template(people: dict[str, str], pg_server: str) -> Iterator[str]:
    """Yield a database with a real store in it, in which each login has one role."""
    name = f"duban_real_{os.getpid()}"
    admin(pg_server, f"CREATE DATABASE {name}")
    store = open_store(database_url(pg_server, name), now=now, first=first_content, login="")
    for role, login in people.items():
        add_operator(store, login, roles=[role])
    store.close()
    yield name
    admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def bureau(real_template: str, pg_server: str) -> Iterator[Store]:
    """Yield a real store, on the server's own clock, in which each of them has one role."""
    name = f"{real_template}_copy"
    admin(pg_server, f"CREATE DATABASE {name} TEMPLATE {real_template}")
    store = open_store(database_url(pg_server, name), now=now, first=first_content, login="")
    yield store
    store.close()
    admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")
