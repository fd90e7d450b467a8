"""One writing transaction from begin to commit, and what its failures mean to a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from models.store.actor import Actor, require_known
from models.store.changes import LOST
from models.store.errors import LostRace, StoreError
from models.store.journal import Journal
from models.store.permitted import refusal
from models.store.reader import BROKEN_STORE, whole_second
from models.store.rows import Query, filled
from models.store.sums import Sums
from models.store.work import Work
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.errors import DubanError, Refused

_ALREADY_THERE = "23505"  # PostgreSQL: a row of that key; on SQLite one writes at a time


class Opened(Protocol):
    """What a transaction needs of the open store it is made on."""

    kind: str

    login: str

    @property
    def rehearsing(self) -> bool:
        """Whether another moment than the present is shown."""

    def now(self) -> datetime:
        """The present, or the moment shown."""

    def system_now(self) -> datetime:
        """The clock of record."""

    def engine(self) -> Engine:
        """The engine for writing."""

    def timekeeper(self, policy: int | None = None, calendar: int | None = None) -> Timekeeper:
        """The rules of time of a policy and a calendar."""

    def policy_of(self, version: int) -> Policy:
        """One version of the policy."""


@contextmanager
def begin_work(
    store: Opened,
    *,
    at: datetime | None,
    batch: str | None,
    alone: bool = False,
    journal: Journal | None = None,
) -> Iterator[Work]:
    """Open a transaction, hand it out, seal its events and commit; roll back on any error.

    ``alone``: nobody else writes meanwhile, so that no clock starts under rules just replaced.
    On SQLite every writer is alone. ``journal`` writes down what changes, for undo.
    """
    recorded = store.system_now()
    happened = whole_second(at) if at is not None else store.now()
    if happened > max(recorded, store.now()):
        raise Refused("办理时间在将来：请改为现在或更早的时间")
    engine = store.engine()
    driver: Any = engine.dialect.loaded_dbapi
    try:
        with engine.begin() as conn:
            _take_turn(conn, alone=alone)
            found = _circumstances(conn, store.login)
            require_known(found.actor)
            policy, calendar = found.policy, found.calendar
            work = Work(
                conn=conn,
                operator=found.actor,
                at=happened,
                now=recorded,
                timekeeper=lambda: store.timekeeper(policy, calendar),
                policies=store.policy_of,
                policy_version=policy,
                calendar_version=calendar,
                sums=Sums(found.seal_key),
                batch=batch,
                rehearsal=store.rehearsing,
                keeper_of=store.timekeeper,
                journal=journal,
                head=found.head if store.kind == "sqlite" else None,
                guarded=store.kind == "postgresql",
            )
            yield work
            work.seal()
    except (DatabaseError, driver.DatabaseError) as error:  # bulk writes speak to the driver
        told = _explained(error, driver)
        if told is None:
            raise
        raise told from error


def _take_turn(conn: Connection, *, alone: bool) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT take_turn(:alone)"), {"alone": alone})


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """Who writes under which rules, and where the trail stands."""

    actor: Actor
    policy: int
    calendar: int
    head: tuple[int, str]
    seal_key: str


@dataclass(frozen=True, slots=True)
class _Circumstance:
    """The same beside one of the roles of who writes; somebody unknown has no ``id``."""

    policy: int | None
    calendar: int | None
    count: int
    hash: str
    seal_key: str | None
    id: int | None
    name: str | None
    role: str | None


_CIRCUMSTANCE = Query(
    _Circumstance,
    """
SELECT (SELECT max(version) FROM policy) AS policy,
       (SELECT max(version) FROM calendar) AS calendar, h.count, h.hash,
       (SELECT value FROM setting WHERE key = 'seal_key') AS seal_key, o.id, o.name, r.role
FROM trail_head h LEFT JOIN operator o ON o.login = :login AND o.active
LEFT JOIN role r ON r.operator_id = o.id
WHERE h.id = 1
""",
)


def _circumstances(conn: Connection, login: str) -> _Circumstances:
    result = conn.execute(text(_CIRCUMSTANCE.sql), {"login": login})
    found = filled(_CIRCUMSTANCE, result.keys(), result)
    roles = frozenset(one.role for one in found if one.role is not None)
    one = found[0]
    actor = Actor(one.id or 0, login, one.name or login, roles)
    return _Circumstances(
        actor, one.policy or 0, one.calendar or 0, (one.count, one.hash), one.seal_key or ""
    )


def _explained(error: Exception, driver: Any) -> DubanError | None:
    """Return what a failure of the database means to a person; None where it is our mistake."""
    origin = getattr(error, "orig", error)
    said = str(origin)
    if isinstance(error, ProgrammingError):
        return refusal(said)
    if getattr(origin, "sqlstate", None) == _ALREADY_THERE:
        return LostRace(LOST)  # what was not there when it was looked for
    if "malformed" in said or "not a database" in said:
        return StoreError(BROKEN_STORE)
    failed = isinstance(error, (OperationalError, driver.OperationalError))
    return StoreError(_say(said)) if failed else None


def _say(said: str) -> str:
    if "full" in said:
        return "磁盘已满，这一步没有写入任何内容：请清理磁盘后重试"
    if "locked" in said:
        return "库正被别的程序占用，等了30秒仍未轮到：请稍后重试"
    if "readonly" in said or "unable to open" in said:
        return "库文件或所在文件夹不可写：请检查权限，或改用 --read-only 查看"
    if "disk I/O" in said:
        return "磁盘读写出错，这一步没有写入任何内容：请检查磁盘后重试"
    return "库暂时不可用，这一步没有写入任何内容：请检查连接后重试"
