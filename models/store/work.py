"""One transaction: everything a verb writes, with its events and what undo needs, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    TextClause,
    bindparam,
    insert,
    select,
    text,
    update,
)

from models.store.actor import Actor
from models.store.apart import require_apart
from models.store.bulk import stored, table
from models.store.changes import Changes
from models.store.counts import forget_nothing
from models.store.journal import PRUNED_EVERY, Journal, forget
from models.store.permitted import PERMITTED, outside, require_roles
from models.store.reader import whole_second
from models.store.rights import enter, hold_head
from models.store.rows import Query, R, filled
from models.store.seals import SubjectKey
from models.store.sums import Sums
from models.store.trail import EVENT_COLUMNS, PendingEvent, canonical, chain_hash
from models.tables import Counter, Event, TrailHead, UndoEntry
from rules.bureau import Policy
from rules.clocks import Timekeeper
from rules.text import MASKED, mask_text, printable


def _told(payload: dict[str, Any]) -> str:
    """Return what an event tells as its JSON; a sign that JSON escapes is looked at before."""
    told = canonical(payload)
    if "\\" not in told and printable(told) is told:
        return told
    return canonical(_printable(payload))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {_printable(key): _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


UNTOLD = "seal"
"""The verb of an event that tells only that a subject's rows changed with an act on another."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Who brought an appeal; in the trail nobody is named, even in part."""

    ticket_id: int
    reporter: str | None
    phone: str | None
    address: str | None
    confidential: bool = True


_PERSONS = Query(
    _Person, "SELECT ticket_id, reporter, phone, address FROM citizen WHERE ticket_id IN (:ids)"
)


@dataclass
class Work(Changes):
    """One writing transaction as its verbs see it; made by ``Store.writing``, never kept.

    ``kept`` is what was read once and serves again in this transaction, ``made`` what verbs give
    back besides, ``writes`` counts what was written so far; ``head`` is the trail's where nobody
    else can have moved it since. ``emergencies`` says how many 特殊时期 there have been.
    ``guarded``: the database itself writes the trail. ``sealed`` are the numbers of the first and
    the last event, once they have some.
    """

    conn: Connection
    operator: Actor
    at: datetime
    now: datetime
    timekeeper: Callable[[], Timekeeper]
    policies: Callable[[int], Policy]
    policy_version: int
    calendar_version: int
    sums: Sums
    batch: str | None = None
    rehearsal: bool = False
    keeper_of: Callable[[int, int], Timekeeper] | None = None
    journal: Journal | None = None
    kept: dict[Any, Any] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)
    writes: int = 0
    head: tuple[int, str] | None = None
    emergencies: int = 0
    guarded: bool = False
    sealed: tuple[int, int] | None = None
    _events: list[PendingEvent] = field(default_factory=list)
    _texts: dict[date | None, str | None] = field(default_factory=lambda: {None: None})

    def __post_init__(self) -> None:
        """Count in places by the months of where the bureau is."""
        self.sums.counts.zone = lambda: self.policy.zone

    @property
    def policy(self) -> Policy:
        """The policy in force in this transaction."""
        return self.policies(self.policy_version)

    def require(self, *roles: str, verb: str = "") -> None:
        """Refuse unless the operator holds one of ``roles``, or one of those for a verb.

        ``verb`` is what the trail calls the act; without ``roles`` it takes those of ``PERMITTED``.
        """
        require_roles(self.operator, roles or PERMITTED[verb], verb)

    def require_apart(self, verb: str, *but: int) -> None:
        """Refuse an administrator what they leave to a signer, where one is there to do it.

        ``but`` cannot do it either: who drafted it, or asked for it.
        """
        require_apart(self, self.operator, verb, *but)

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Read inside the transaction, with :class:`models.store.Reader`'s conventions."""
        return [tuple(row) for row in self._run(sql, params).all()]

    def read(self, query: Query[R], **params: Any) -> list[R]:
        """Return every row of a query as its value."""
        result = self._run(query.sql, params)
        return filled(query, result.keys(), result.all())

    def first(self, query: Query[R], **params: Any) -> R | None:
        """Return the first row of a query as its value, or None."""
        found = self.read(query, **params)
        return found[0] if found else None

    def value(self, sql: str, **params: Any) -> Any:
        """Return the first cell of the first row, or None."""
        found = self.one(sql, **params)
        return found[0] if found else None

    def one(self, sql: str, **params: Any) -> tuple[Any, ...] | None:
        """Return the first row of a read inside the transaction."""
        found = self.rows(sql, **params)
        return found[0] if found else None

    def next_number(self, key: str, n: int = 1) -> int:
        """Return the first of ``n`` gap-free numbers under ``key``: given only if we commit."""
        t = table(Counter)
        query = select(t.c.last).where(t.c.key == key)
        last = self.conn.execute(query.with_for_update()).scalar()
        if last is None and not self.sqlite:
            self.conn.execute(
                text("INSERT INTO counter (key, last) VALUES (:k, 0) ON CONFLICT DO NOTHING"),
                {"k": key},
            )
            last = self.conn.execute(query.with_for_update()).scalar()
        if last is None:
            self.conn.execute(insert(t).values(key=key, last=n))
            return 1
        self.conn.execute(update(t).where(t.c.key == key).values(last=last + n))
        return int(last) + 1

    def event(
        self,
        verb: str,
        subject_kind: str,
        subject_id: int | None,
        *,
        unit_id: int | None = None,
        reason: str | None = None,
        payload: dict[str, Any] | None = None,
        at: datetime | None = None,
        batch: str | None = None,
    ) -> None:
        """Record what was done; it takes its place in the trail when the work commits.

        What leads to a person is masked in a reason: the trail is never erased. Outside staff
        record nothing but what their role is for (``PERMITTED``).
        """
        if outside(self.operator):
            require_roles(self.operator, PERMITTED.get(verb, frozenset()), verb)
        self.writes += 1
        if self.rehearsal:
            payload = {**(payload or {}), "演练": True}
        self._events.append(
            PendingEvent(
                whole_second(at) if at is not None else self.at,
                verb,
                subject_kind,
                subject_id,
                unit_id,
                batch or self.batch,
                None if reason is None else _masked(reason),
                _told(payload) if payload else "{}",
            )
        )

    def seal(self) -> None:
        """Chain the events of this work, each with its subject's seal, and move the head.

        The last thing before commit. What changed without a word of its own is told by an event
        that says just this, so that no seal is without one.
        """
        if not (self._events or self.sums):
            return
        count, prev = self._lock_head()
        if self.journal is not None:
            self._leave_persons_out()
        self._carry_seals(self.sums.settle(self))
        self.sums.counts.write(self.conn)
        if not self._events:
            return
        first = self._enter() if self.guarded else self._chain(count, prev)
        if first % PRUNED_EVERY == 0:
            forget_nothing(self.conn)
        self.sealed = first, first + len(self._events) - 1
        if self.journal is not None:
            for e in self._events:
                if e.subject_id is not None and e.verb != UNTOLD:
                    self.journal.subjects[e.subject_kind, e.subject_id] = None
            self._keep(self.journal, *self.sealed)
        self._events.clear()

    def _leave_persons_out(self) -> None:
        """Take whoever brought an appeal out of the reasons that somebody gave about it."""
        given = [e for e in self._events if e.reason and e.subject_kind == "ticket"]
        if not given:
            return
        persons = self.read(_PERSONS, ids=sorted({e.subject_id for e in given}))
        found = {one.ticket_id: MASKED.about(one) for one in persons}
        for event in given:
            if event.reason and event.subject_id in found:
                event.reason = found[event.subject_id].text(event.reason)

    def _carry_seals(self, seals: Mapping[SubjectKey, str]) -> None:
        """Give the events of each subject its seal; one that has none is told of before them."""
        told = {(e.subject_kind, e.subject_id or 0) for e in self._events}
        untold = [
            PendingEvent(self.at, UNTOLD, kind, id or None, None, self.batch, None, "{}")
            for kind, id in sorted(s for s in seals if s not in told)
        ]
        self._events = [*untold, *self._events]
        for event in self._events:
            event.seal = seals.get((event.subject_kind, event.subject_id or 0))

    def _enter(self) -> int:
        """Let the database number and chain the events; return the number of the first."""
        return enter(
            self.conn,
            (self.operator.login, self.now, self.policy_version, self.calendar_version),
            self._events,
        )

    def _chain(self, count: int, prev: str) -> int:
        """Number and chain the events here; return the number of the first."""
        rows: list[tuple[Any, ...]] = []
        for seq, e in enumerate(self._events, count + 1):
            fields = (
                seq,
                e.at,
                self.now,
                self.operator.login,
                e.verb,
                e.subject_kind,
                e.subject_id,
                e.unit_id,
                e.batch,
                e.reason,
                e.payload,
                self.policy_version,
                self.calendar_version,
                e.form,
                e.seal,
            )
            own = chain_hash(prev, fields)
            rows.append((*fields, prev, own))
            prev = own
        self.bulk(Event, EVENT_COLUMNS, rows)
        head = table(TrailHead)
        self.conn.execute(
            update(head).where(head.c.id == 1).values(count=count + len(rows), hash=prev)
        )
        return count + 1

    def _keep(self, journal: Journal, first_seq: int, last_seq: int) -> None:
        """Keep an act that can be taken back; now and then forget what no longer can."""
        entry = journal.entry()
        if entry is None:
            return
        id = self.insert(
            UndoEntry,
            operator_id=self.operator.id,
            recorded_at=self.now,
            first_seq=first_seq,
            last_seq=last_seq,
            **entry,
        )
        if id % PRUNED_EVERY == 0:
            forget(self.conn, self.operator.id, self.now)

    def _lock_head(self) -> tuple[int, str]:
        """Keep every other writer from the trail's end; where it is, unless the database knows."""
        if self.head is not None:
            return self.head
        if self.guarded:
            if self.sums:
                hold_head(self.conn)
            return 0, ""
        head = table(TrailHead)
        row = self.conn.execute(
            select(head.c.count, head.c.hash).where(head.c.id == 1).with_for_update()
        ).one()
        return int(row[0]), str(row[1])

    def _run(self, sql: str, params: dict[str, Any]) -> CursorResult[Any]:
        lists = (name for name, value in params.items() if isinstance(value, list | tuple))
        told = {k: self.stored(v) for k, v in params.items()}
        return self.conn.execute(_statement(sql, *lists), told)

    def stored(self, value: Any) -> Any:
        """Return a value as this engine's columns hold it, for SQL written out."""
        return stored(self.conn, value)


@lru_cache(maxsize=64)
def _masked(reason: str) -> str:
    """Return a reason as the trail keeps it; what is done to very many has one for all."""
    return mask_text(printable(reason))


@lru_cache(maxsize=1024)
def _statement(sql: str, *lists: str) -> TextClause:
    """Return a text as a statement, some of whose parameters are lists."""
    for name in lists:  # an expanding parameter brings its own brackets
        sql = sql.replace(f"(:{name})", f":{name}")
    return text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))
