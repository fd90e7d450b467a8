"""One writing transaction from begin to commit, and what its failures mean to a person."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, Engine, RootTransaction, text
from sqlalchemy.exc import SQLAlchemyError

from models.store.actor import Actor, require_known
from models.store.errors import NotAllowed, StoreError
from models.store.failures import cut_off, explained
from models.store.journal import Journal
from models.store.present import (
    CONFIRMED,
    Watch,
    refuse_apart,
    refuse_backwards,
    silence_in_words,
)
from models.store.reader import whole_second
from models.store.rights import hold_head
from models.store.rows import Query, filled
from models.store.sums import Sums
from models.store.work import Work
from models.store.writers import refusal
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.errors import DubanError, Refused


class Opened(Protocol):
    """What a transaction needs of the open store it is made on."""

    kind: str

    login: str

    demo: bool

    watch: Watch | None

    caution: Callable[[str], None]

    @property
    def rehearsing(self) -> bool:
        """Whether another moment than the present is shown."""

    def now(self) -> datetime:
        """The present, or the moment shown."""

    def system_now(self) -> datetime:
        """The clock of record."""

    def wrote_events(self, first: int, last: int) -> None:
        """Remember the events of a transaction that was committed."""

    def require_file(self) -> None:
        """Refuse where the file is not the one that was opened."""

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
    any_clock: bool = False,
) -> Iterator[Work]:
    """Open a transaction, hand it out, seal its events and commit; roll back on any error.

    ``alone``: nobody else writes meanwhile, so that no clock starts under rules just replaced.
    On SQLite every writer is alone. ``journal`` writes down what changes, for undo; ``any_clock``
    believes the system's clock whatever speaks against it. What is refused for want of a role is
    told in the trail.
    """
    try:
        with _transaction(store, at, batch, journal, alone=alone, any_clock=any_clock) as work:
            yield work
    except NotAllowed as refusal:
        if refusal.asked:
            _tell_refusal(store, refusal)
        raise


@contextmanager
def _transaction(
    store: Opened,
    at: datetime | None = None,
    batch: str | None = None,
    journal: Journal | None = None,
    *,
    alone: bool = False,
    any_clock: bool = False,
) -> Iterator[Work]:
    store.require_file()
    sent: tuple[str, int] | None = None
    try:
        with store.engine().connect() as conn, _begun(conn) as transaction:
            _take_turn(conn, alone=alone)
            found = _circumstances(conn, store.login)
            work = _work(conn, store, found, at, any_clock=any_clock)
            work.batch, work.journal = batch or f"act:{secrets.token_hex(6)}", journal
            yield work
            work.seal()
            store.require_file()
            sent = work.batch, found.head[0]
            transaction.commit()
            if work.sealed is not None:
                store.wrote_events(*work.sealed)
    except Exception as error:
        told = _forbidden(error) or explained(error)
        if told is None:
            raise
        if sent is None or not cut_off(error):
            raise told from error
        _look_up(store, *sent)


@dataclass(frozen=True, slots=True)
class _Told:
    """A refusal that was told, as JSON."""

    payload: str


_LATELY = Query(
    _Told,
    """
SELECT payload FROM event
WHERE verb = 'act.refused' AND operator = :login AND recorded_at > :since ORDER BY seq
""",
)

_AGAIN = timedelta(minutes=1)
"""How soon the same refusal of the same operator is told once more."""


def _tell_refusal(store: Opened, refusal: NotAllowed) -> None:
    """Record a refusal in a transaction of its own, once a minute for each operator and verb.

    Where that cannot be written, as of somebody the store does not know, nothing is told.
    """
    with suppress(DubanError), _transaction(store) as work:
        lately = work.read(_LATELY, login=work.operator.login, since=work.now - _AGAIN)
        if refusal.verb not in {json.loads(one.payload)["verb"] for one in lately}:
            told = {"verb": refusal.verb, "asked": sorted(refusal.asked)}
            work.event("act.refused", "operator", work.operator.id, payload=told)


def _forbidden(error: Exception) -> DubanError | None:
    """Return what the database's refusal of a right means; None for any other failure."""
    origin = getattr(error, "orig", None) or error
    denied = getattr(origin, "sqlstate", None) == "42501"
    return refusal(str(origin)) if denied else None


@contextmanager
def _begun(conn: Connection) -> Iterator[RootTransaction]:
    """Give a transaction that is rolled back on any error, whatever became of the connection."""
    transaction = conn.begin()
    try:
        yield transaction
    except BaseException:
        try:
            transaction.rollback()
        except SQLAlchemyError:
            conn.invalidate()
        raise


def _work(
    conn: Connection,
    store: Opened,
    found: _Circumstances,
    at: datetime | None,
    *,
    any_clock: bool,
) -> Work:
    """Return the hands of a transaction, once it is sure that this moment may be written."""
    recorded = store.system_now()
    present = store.now() if store.rehearsing else recorded  # read once: a second may end between
    happened = whole_second(at) if at is not None else present
    _require_the_present(store, happened, recorded)
    if store.watch is not None and not any_clock:
        _require_a_true_clock(conn, store, store.watch, recorded, found.newest)
    require_known(found.actor)
    policy, calendar = found.policy, found.calendar
    return Work(
        conn=conn,
        operator=found.actor,
        at=happened,
        now=recorded,
        timekeeper=lambda: store.timekeeper(policy, calendar),
        policies=store.policy_of,
        policy_version=policy,
        calendar_version=calendar,
        sums=Sums(found.seal_key),
        rehearsal=store.rehearsing,
        keeper_of=store.timekeeper,
        head=found.head if store.kind == "sqlite" else None,
        emergencies=found.emergencies,
        guarded=store.kind == "postgresql",
    )


def _require_the_present(store: Opened, happened: datetime, recorded: datetime) -> None:
    """Refuse the future: on a demo store that is what lies after the moment shown."""
    if store.rehearsing and not store.demo and store.now() > recorded:
        raise Refused(
            "--now 在将来，只能查看：正式的库不预先办理，请去掉 --now 再办（演示库可以随意演练）"
        )
    if happened > (max(recorded, store.now()) if store.demo else recorded):
        raise Refused("办理时间在将来：请改为现在或更早的时间")


def _require_a_true_clock(
    conn: Connection, store: Opened, watch: Watch, recorded: datetime, newest: datetime | None
) -> None:
    """Refuse where trail or machine contradict the system's clock; warn of a long silence."""

    def told(instant: datetime) -> str:
        return f"{store.timekeeper().local(instant):%Y-%m-%d %H:%M:%S}"

    refuse_backwards(recorded, newest, told)
    if watch.left(recorded):
        seq = conn.execute(text(_CONFIRMATION), {"since": watch.since, "verb": CONFIRMED}).scalar()
        if seq is None:
            refuse_apart(recorded, watch.expected(recorded), told)
        watch.believe(recorded, int(seq))
    if newest is not None and watch.silence(newest) is not None:
        store.caution(silence_in_words(watch.opened, newest, told))


_CONFIRMATION = "SELECT max(seq) FROM event WHERE seq > :since AND verb = :verb"


def _take_turn(conn: Connection, *, alone: bool) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT take_turn(:alone)"), {"alone": alone})


def _look_up(store: Opened, batch: str, since: int) -> None:
    """See in the trail what became of an act whose COMMIT got no answer; ``StoreError`` if nothing.

    Whoever sends a COMMIT holds the end of the trail until it is done, also a transaction whose
    client is gone: once we hold it, what was sent is either kept or given up.
    """
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            with store.engine().connect() as conn, conn.begin():
                conn.execute(text("SET LOCAL lock_timeout = '30s'"))
                hold_head(conn)
                kept = conn.execute(text(_KEPT), {"since": since, "batch": batch}).first()
        except Exception as error:
            if explained(error) is None:
                raise
            continue
        if kept is None:
            raise StoreError("提交时与库的连接断了，经核对这一步没有写入：请重试")
        store.caution("提交时与库的连接断过，经核对这一步已经写入，不必重办")
        return
    raise StoreError(
        f"提交时与库的连接断了，还连不上去核对（批号 {batch}）：请连通后先看留痕，没有再重办"
    )


_PAUSES = (0, 1, 2, 4)
"""Seconds before each try to reach a server again that may be on its way up."""

_KEPT = "SELECT 1 FROM event WHERE seq > :since AND batch = :batch LIMIT 1"


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """Who writes under which rules, and where the trail stands."""

    actor: Actor
    policy: int
    calendar: int
    head: tuple[int, str]
    newest: datetime | None
    seal_key: str
    emergencies: int


@dataclass(frozen=True, slots=True)
class _Circumstance:
    """The same beside one of the roles of who writes; somebody unknown has no ``id``."""

    policy: int | None
    calendar: int | None
    count: int
    hash: str
    newest: datetime | None
    seal_key: str | None
    emergencies: int
    id: int | None
    name: str | None
    role: str | None


_CIRCUMSTANCE = Query(
    _Circumstance,
    """
SELECT (SELECT max(version) FROM policy) AS policy,
       (SELECT max(version) FROM calendar) AS calendar, h.count, h.hash, e.recorded_at AS newest,
       (SELECT value FROM setting WHERE key = 'seal_key') AS seal_key,
       (SELECT count(*) FROM emergency) AS emergencies, o.id, o.name, r.role
FROM trail_head h LEFT JOIN event e ON e.seq = h.count
LEFT JOIN operator o ON o.login = :login AND o.active
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
    head, key = (one.count, one.hash), one.seal_key or ""
    policy, calendar = one.policy or 0, one.calendar or 0
    return _Circumstances(actor, policy, calendar, head, one.newest, key, one.emergencies)
