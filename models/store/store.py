"""Opening a store: one file for one person, or a PostgreSQL database for a bureau.

Reading needs only the bare drivers; SQLAlchemy is imported with the first write, so that the
console shows its first rows before the ORM is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from models.store.actor import Actor, find_actor
from models.store.errors import StoreError
from models.store.reader import (
    PostgresReader,
    Reader,
    SqliteReader,
    from_text,
    whole_second,
)
from rules.bureau import Policy, read_policy
from rules.clocks import CalendarDays, Timekeeper

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from models.store.work import Journal, Work




TRIED = 0  # stands for the version of a policy that is only tried out


Now = Callable[[], datetime]


class Store:
    """An open store; safe to share between threads, each job takes its own reader or work."""

    def __init__(self, target: str, *, now: Now, read_only: bool = False) -> None:
        """Made by :func:`open_store`."""
        self.target = target
        self.kind = "postgresql" if target.startswith("postgresql") else "sqlite"
        self.read_only = read_only
        self._system_now = now
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        self._engine: Engine | None = None
        self._timekeepers: dict[tuple[int, int], Timekeeper] = {}
        self._policies: dict[int, Policy] = {}
        self._drift = timedelta(0)
        self._rehearsal: datetime | None = None
        self._tried_policy: str | None = None
        self._immutable = False
        self.demo = False
        self.login = ""

    # -- time ---------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the present: the system's clock, or the demo's own."""
        if self._rehearsal is not None:
            return self._rehearsal
        return self.system_now()

    def system_now(self) -> datetime:
        """Return the clock of record, which ``--now`` never moves."""
        return whole_second(self._system_now() + self._drift)

    @property
    def rehearsing(self) -> bool:
        """Whether a moment other than the present is being shown."""
        return self._rehearsal is not None

    def rehearse_at(self, instant: datetime) -> None:
        """Show the store as at ``instant``; what is written from now on is marked 演练."""
        self._rehearsal = whole_second(instant)

    # -- reading ------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a reader for one job; it sees one state of the store from begin to end."""
        try:
            reader = self._idle.get_nowait()
        except Empty:
            reader = self._connect()
        try:
            reader.begin()
            yield reader
            reader.end()
        except BaseException:
            reader.close()
            raise
        self._idle.put(reader)

    def _connect(self) -> Reader:
        if self.kind == "postgresql":
            return PostgresReader(self.target.replace("postgresql+psycopg:", "postgresql:", 1))
        return SqliteReader(Path(self.target), immutable=self._immutable)

    # -- what the rules are -------------------------------------------------------------------

    def versions(self, reader: Reader | None = None) -> tuple[int, int]:
        """Return the newest versions of policy and calendar."""
        sql = "SELECT (SELECT max(version) FROM policy), (SELECT max(version) FROM calendar)"
        if reader is None:
            with self.reading() as own:
                row = own.one(sql)
        else:
            row = reader.one(sql)
        assert row is not None
        return int(row[0]), int(row[1])

    def timekeeper(self, policy: int | None = None, calendar: int | None = None) -> Timekeeper:
        """Return the rules of time, of the newest policy and calendar unless others are named."""
        with self.reading() as reader:
            newest = self.versions(reader)
            key = (policy or newest[0], calendar or newest[1])
            if policy is None and self._tried_policy is not None:
                key = (TRIED, key[1])
            if key not in self._timekeepers:
                days = reader.value("SELECT text FROM calendar WHERE version = :v", v=key[1])
                self._timekeepers[key] = Timekeeper(
                    self.policy_of(key[0]), CalendarDays.from_json(str(days))
                )
        return self._timekeepers[key]

    def try_policy(self, text: str) -> None:
        """Read by the rules of ``text`` from now on; what is written keeps the store's own."""
        self._timekeepers.pop((TRIED, self.versions()[1]), None)
        self._policies.pop(TRIED, None)
        self._tried_policy = text

    @property
    def policy(self) -> Policy:
        """The newest policy."""
        return self.policy_of(TRIED if self._tried_policy is not None else self.versions()[0])

    def policy_of(self, version: int) -> Policy:
        """Return one version of the policy; ``TRIED`` is the one only tried out."""
        if version not in self._policies:
            text = self._tried_policy
            if version != TRIED:
                with self.reading() as reader:
                    text = reader.value("SELECT text FROM policy WHERE version = :v", v=version)
            self._policies[version] = read_policy(str(text))
        return self._policies[version]

    @property
    def operator(self) -> Actor:
        """Who is at work; somebody unknown to the store holds no role."""
        with self.reading() as reader:
            return find_actor(reader, self.login)

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(
        self,
        at: datetime | None = None,
        batch: str | None = None,
        *,
        alone: bool = False,
        journal: Journal | None = None,
    ) -> Iterator[Work]:
        """Give the hands of one transaction: all of it with its events is kept, or nothing.

        ``at`` is when the act happened, not after now; ``alone`` keeps every other writer out, for
        a change of the rules; ``journal`` is kept of an act that can be taken back.
        ``StoreError`` if the store cannot be written, with what to do.
        """
        from models.store.writing import begin_work

        if self._immutable:
            raise StoreError("库文件或所在文件夹不可写，现在只能查看：请检查权限后再办理")
        if self.read_only:
            raise StoreError("现在是只读方式：不带 --read-only 重新打开后才能办理")
        with begin_work(self, at=at, batch=batch, alone=alone, journal=journal) as work:
            yield work

    def engine(self) -> Engine:
        """Return the engine for writing, made on first use."""
        if self._engine is None:
            from models.store.database import make_engine

            self._engine = make_engine(self.target)
        return self._engine

    def close(self) -> None:
        """Close every connection."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                break
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    # -- opening ------------------------------------------------------------------------------

    def _settle(self, login: str) -> None:
        """Read what the store says of itself: its kind, its clock, who is at work."""
        with self.reading() as reader:
            rows = reader.rows("SELECT key, value FROM setting")
            settings = {str(key): str(value) for key, value in rows}
            self.demo = settings.get("kind") == "demo"
            if self.kind == "postgresql" and not self.demo:
                login = str(reader.value("SELECT session_user"))
            self.login = login
            if self.demo:
                last = reader.value(
                    "SELECT recorded_at FROM event WHERE seq = (SELECT count FROM trail_head)"
                )
                shown = max(filter(None, [from_text(settings["demo_now"]), last]))
                self._drift = shown - whole_second(self._system_now())
                if not login:
                    self.login = str(reader.value("SELECT login FROM operator ORDER BY id LIMIT 1"))
