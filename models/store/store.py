"""Opening a store: one file for one person, or a PostgreSQL database for a bureau.

Reading needs only the bare drivers; SQLAlchemy is imported with the first write, so that the
console shows its first rows before the ORM is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from models.store.actor import Actor, find_actor
from models.store.errors import StoreError
from models.store.failures import explaining
from models.store.present import Steady, Watch
from models.store.reader import (
    Reader,
    SqliteReader,
    whole_second,
)
from models.store.rows import Query, aware
from models.store.unit_words import units_named
from rules.bureau import Policy, read_policy
from rules.clocks import CalendarDays, Timekeeper

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from models.store.journal import Journal
    from models.store.work import Work


TRIED = 0  # stands for the version of a policy that is only tried out

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Versions:
    """The versions of the rules."""

    policy: int
    calendar: int


_NEWEST = Query(
    _Versions,
    """
SELECT (SELECT max(version) FROM policy) AS policy,
       (SELECT max(version) FROM calendar) AS calendar
""",
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the store says of itself."""

    key: str
    value: str


_SETTINGS = Query(_Setting, "SELECT key, value FROM setting")


@dataclass(frozen=True, slots=True)
class _LastEvent:
    """The event at the head of the trail."""

    recorded_at: datetime


_LAST_EVENT = Query(
    _LastEvent, "SELECT recorded_at FROM event WHERE seq = (SELECT count FROM trail_head)"
)
_CALENDAR = "SELECT text FROM calendar WHERE version = :version"
_POLICY = "SELECT text FROM policy WHERE version = :version"
_COUNT = "SELECT count FROM trail_head"
_FIRST_LOGIN = "SELECT login FROM operator ORDER BY id LIMIT 1"
_SESSION_USER = "SELECT session_user"


class Store:
    """An open store; safe to share between threads, each job takes its own reader or work."""

    def __init__(
        self, target: str, *, now: Now, steady: Steady | None = None, read_only: bool = False
    ) -> None:
        """Made by :func:`open_store`; ``opened_at`` is how many events there were then."""
        self.target = target
        self.kind = "postgresql" if target.startswith("postgresql") else "sqlite"
        self.read_only = read_only
        self._system_now = now
        self._steady = steady
        self._file: tuple[int, int] | None = None
        self._idle: SimpleQueue[Reader] = SimpleQueue()
        self._engine: Engine | None = None
        self._timekeepers: dict[tuple[int, int], Timekeeper] = {}
        self._policies: dict[int, Policy] = {}
        self._drift = timedelta(0)
        self._rehearsal: datetime | None = None
        self._tried_policy: str | None = None
        self._immutable = False
        self.watch: Watch | None = None
        self.caution: Callable[[str], None] = _unheard
        self.demo = False
        self.login = ""
        self.opened_at = 0
        self._wrote: list[tuple[int, int]] = []

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
        self.require_file()
        reader = self._begun()
        try:
            yield reader
        except BaseException:
            reader.close()
            raise
        try:
            reader.end()
        except StoreError:  # what was wanted has been read
            reader.close()
        else:
            self._idle.put(reader)

    def _begun(self) -> Reader:
        """Return a reader at its beginning; one whose connection was cut meanwhile is given up."""
        while True:
            try:
                reader = self._idle.get_nowait()
            except Empty:
                break
            try:
                reader.begin()
            except StoreError:
                reader.close()
            else:
                return reader
        reader = self._connect()
        reader.begin()
        return reader

    def _connect(self) -> Reader:
        if self.kind == "postgresql":
            from models.store.server import PostgresReader

            return PostgresReader(self.target.replace("postgresql+psycopg:", "postgresql:", 1))
        with explaining():
            return SqliteReader(Path(self.target), immutable=self._immutable)

    def require_file(self) -> None:
        """Refuse where the file is gone or another one now: what is open is no longer the store."""
        if self._file is not None and self._file != _identity(self.target):
            raise StoreError(
                f"库文件 {self.target} 已被移走、删除或换成另一个文件，这一步没有写入任何内容："
                "请把原来的文件放回原处，或退出后重新打开"
            )

    # -- what the rules are -------------------------------------------------------------------

    def versions(self, reader: Reader | None = None) -> tuple[int, int]:
        """Return the newest versions of policy and calendar."""
        if reader is None:
            with self.reading() as own:
                return self.versions(own)
        found = reader.first(_NEWEST)
        assert found is not None  # a query without FROM gives one row
        return found.policy, found.calendar

    def timekeeper(self, policy: int | None = None, calendar: int | None = None) -> Timekeeper:
        """Return the rules of time, of the newest policy and calendar unless others are named."""
        if policy is None or calendar is None:
            newest = self.versions()
            tried = policy is None and self._tried_policy is not None
            policy = TRIED if tried else policy or newest[0]
            calendar = calendar or newest[1]
        key = (policy, calendar)
        if key not in self._timekeepers:
            text = self._policy_text(policy)
            with self.reading() as reader:
                days = reader.value(_CALENDAR, version=calendar)
                units = units_named(reader, _policy(text))
            self._timekeepers[key] = _timekeeper(text, str(days), tuple(units.items()))
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
            self._policies[version] = _policy(self._policy_text(version))
        return self._policies[version]

    def _policy_text(self, version: int) -> str:
        if version == TRIED:
            return str(self._tried_policy)
        with self.reading() as reader:
            return str(reader.value(_POLICY, version=version))

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
        any_clock: bool = False,
    ) -> Iterator[Work]:
        """Give the hands of one transaction: all of it with its events is kept, or nothing.

        ``at`` is when the act happened, not after now; ``alone`` keeps every other writer out, for
        a change of the rules; ``journal`` is kept of an act that can be taken back; ``any_clock``
        is for confirming the clock. ``StoreError`` if the store cannot be written, with what to
        do; ``LetGo`` where once more may do (:func:`retried`). ``NotAllowed`` is told in the trail.
        """
        from models.store.writing import begin_work

        if self._immutable:
            raise StoreError("库文件或所在文件夹不可写，现在只能查看：请检查权限后再办理")
        if self.read_only:
            raise StoreError("现在是只读方式：不带 --read-only 重新打开后才能办理")
        with begin_work(
            self, at=at, batch=batch, alone=alone, journal=journal, any_clock=any_clock
        ) as work:
            yield work

    def wrote_events(self, first: int, last: int) -> None:
        """Remember the events of a transaction that was committed."""
        self._wrote.append((first, last))

    def wrote(self, seq: int) -> bool:
        """Return whether an event was written here since the store was opened."""
        return any(first <= seq <= last for first, last in reversed(self._wrote))

    def engine(self) -> Engine:
        """Return the engine for writing, made on first use."""
        if self._engine is None:
            from models.store.database import make_engine

            self._engine = make_engine(self.target, existing=True)
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
            settings = {one.key: one.value for one in reader.read(_SETTINGS)}
            self.demo = settings.get("kind") == "demo"
            if self.kind == "postgresql" and not self.demo:
                login = str(reader.value(_SESSION_USER))
            self.login = login
            self.opened_at = int(reader.value(_COUNT) or 0)
            if not self.demo:
                self.watch = Watch(self.system_now(), self.opened_at, self._steady)
            else:
                last = reader.first(_LAST_EVENT)
                shown = aware(settings["demo_now"])
                if last is not None:
                    shown = max(shown, last.recorded_at)
                self._drift = shown - whole_second(self._system_now())
                if not login:
                    self.login = str(reader.value(_FIRST_LOGIN))
        if self.kind == "sqlite":
            self._file = _identity(self.target)


_policy = lru_cache(maxsize=8)(read_policy)


@lru_cache(maxsize=8)
def _timekeeper(policy: str, days: str, units: tuple[tuple[str, str], ...]) -> Timekeeper:
    """Return the rules of time, shared by stores under them; ``units`` are words with codes."""
    return Timekeeper(_policy(policy), CalendarDays.from_json(days), dict(units))


def _identity(target: str) -> tuple[int, int] | None:
    """Return what tells a file from every other on this machine, None where there is none."""
    try:
        found = os.stat(target)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _unheard(line: str) -> None:
    """Nobody listens to what the store would say beside its answers."""
