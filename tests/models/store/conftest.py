"""Empty databases, and stores as the first build left them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import admin, database_url

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
