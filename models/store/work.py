"""One transaction: everything a verb writes, with its events and what undo needs, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from models.store.actor import Actor
from models.store.bulk import Model, bulk_into, stored, table
from models.store.errors import LostRace, NotAllowed
from models.store.journal import PRUNED_EVERY, Journal, forget
from models.store.reader import whole_second
from models.store.rows import Query, R, filled
from models.store.trail import EVENT_COLUMNS, PendingEvent, canonical, chain_hash
from models.tables import Counter, Event, TrailHead, UndoEntry
from rules.bureau import Policy
from rules.clocks import Timekeeper

LOST = "此件刚被他人改动：已为您重新读取，请核对后再办（您填写的内容仍在）"

Changed = tuple[int, int, Mapping[str, Any], Mapping[str, Any]]
"""One row to change: id, version seen, what it holds now, what it is to hold."""


@dataclass
class Work:
    """One writing transaction as its verbs see it; made by ``Store.writing``, never kept.

    ``kept`` is what was read once and serves again in this transaction, ``made`` what verbs give
    back besides, ``writes`` counts what was written so far; ``head`` is the trail's where nobody
    else can have moved it since.
    """

    conn: Connection
    operator: Actor
    at: datetime
    now: datetime
    timekeeper: Callable[[], Timekeeper]
    policies: Callable[[int], Policy]
    policy_version: int
    calendar_version: int
    batch: str | None = None
    rehearsal: bool = False
    keeper_of: Callable[[int, int], Timekeeper] | None = None
    journal: Journal | None = None
    kept: dict[Any, Any] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)
    writes: int = 0
    head: tuple[int, str] | None = None
    _events: list[PendingEvent] = field(default_factory=list)
    _texts: dict[date | None, str | None] = field(default_factory=lambda: {None: None})

    @property
    def policy(self) -> Policy:
        """The policy in force in this transaction."""
        return self.policies(self.policy_version)

    @property
    def sqlite(self) -> bool:
        """Whether this is the one-file engine."""
        return self.conn.dialect.name == "sqlite"

    def require(self, *roles: str) -> None:
        """Refuse unless the operator holds one of ``roles``."""
        if not self.operator.roles & set(roles):
            raise NotAllowed(
                f"{self.operator.name} 没有办理此事的权限：请管理员用 duban operator role 授权"
            )

    def insert(self, model: Model, **values: Any) -> int:
        """Insert one row and return its id."""
        self.writes += 1
        t = table(model)
        result = self.conn.execute(insert(t).values(**values))
        key = result.inserted_primary_key
        id = int(key[0]) if key is not None and isinstance(key[0], int) else 0
        if self.journal is not None:
            version = values.get("version", 1) if "version" in t.c else None
            self.journal.note(t, id, None, values, version)
        return id

    def update(
        self,
        model: Model,
        id: int,
        seen_version: int,
        known: Mapping[str, Any] = MappingProxyType({}),
        /,
        **changes: Any,
    ) -> None:
        """Change the row whose version was seen; raises ``LostRace`` if somebody was first.

        ``known`` are values that the row is known to hold now: undo does not read them again. A
        table without versions goes by the id alone.
        """
        t = table(model)
        journal, columns = self.journal, list(changes)
        before = journal.before(self.conn, t, id, columns, known) if journal is not None else None
        self.writes += 1
        whole, next_version = [t.c.id == id], {}
        if "version" in t.c:
            whole.append(t.c.version == seen_version)
            next_version = {"version": seen_version + 1}
        result = self.conn.execute(update(t).where(*whole).values(**next_version, **changes))
        if result.rowcount != 1:
            raise LostRace(LOST)
        if journal is not None:
            journal.note(t, id, before, changes, next_version.get("version"))

    def update_rows(self, model: Model, columns: Sequence[str], rows: Sequence[Changed]) -> None:
        """Change the same columns of several rows at once, each under the rule of ``update``."""
        if len(rows) == 1:
            id, version, known, changes = rows[0]
            self.update(model, id, version, known, **changes)
            return
        t = table(model)
        self.writes += 1
        result = self.conn.execute(
            update(t)
            .where(t.c.id == bindparam("row_id"), t.c.version == bindparam("row_version"))
            .values(
                version=bindparam("next_version"),
                **{name: bindparam(f"to_{name}") for name in columns},
            ),
            [
                {"row_id": id, "row_version": version, "next_version": version + 1}
                | {f"to_{name}": changes[name] for name in columns}
                for id, version, _, changes in rows
            ],
        )
        if result.rowcount != len(rows):
            raise LostRace(LOST)
        if self.journal is not None:
            for id, version, known, changes in rows:
                before = self.journal.before(self.conn, t, id, list(columns), known)
                self.journal.note(t, id, before, dict(changes), version + 1)

    def delete(self, model: Model, id: int, seen_version: int | None) -> None:
        """Take out a row whose version was seen: only undo does, the trail keeps what was."""
        t = table(model)
        whole = (
            [t.c.id == id] if seen_version is None else [t.c.id == id, t.c.version == seen_version]
        )
        row = self.conn.execute(select(t).where(*whole)).mappings().first()
        if row is None:
            raise LostRace(LOST)
        self.conn.execute(delete(t).where(t.c.id == id))
        if self.journal is not None:
            self.journal.note(t, id, dict(row), None, seen_version)

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

    def allocate(self, model: Model, n: int) -> list[int]:
        """Return ``n`` fresh ids of a table, before its rows exist; safe on both engines."""
        if n == 0:
            return []
        t = table(model)
        if self.sqlite:
            top = self.conn.execute(select(func.max(t.c.id))).scalar() or 0
            return list(range(top + 1, top + n + 1))
        sequence = f"pg_get_serial_sequence('{t.name}', 'id')"
        found = self.conn.execute(
            text(f"SELECT nextval({sequence}) FROM generate_series(1, :n)"), {"n": n}
        )
        return [int(row[0]) for row in found]

    def bulk(self, model: Model, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert many rows by the driver's fastest way; ``rows`` are tuples in column order."""
        bulk_into(self.conn, table(model), columns, rows, self._texts)

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
        """Record what was done; it takes its place in the trail when the work commits."""
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
                reason,
                canonical(payload) if payload else "{}",
            )
        )

    def seal(self) -> None:
        """Chain the events of this work and move the head: the last thing before commit."""
        if not self._events:
            return
        count, prev = self._lock_head()
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
            )
            own = chain_hash(prev, fields)
            rows.append((*fields, prev, own))
            prev = own
        self.bulk(Event, EVENT_COLUMNS, rows)
        head = table(TrailHead)
        self.conn.execute(
            update(head).where(head.c.id == 1).values(count=count + len(rows), hash=prev)
        )
        if self.journal is not None:
            for e in self._events:
                if e.subject_id is not None:
                    self.journal.subjects[e.subject_kind, e.subject_id] = None
            self._keep(self.journal, count + 1, count + len(rows))
        self._events.clear()

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
        if self.head is not None:
            return self.head
        head = table(TrailHead)
        row = self.conn.execute(
            select(head.c.count, head.c.hash).where(head.c.id == 1).with_for_update()
        ).one()
        return int(row[0]), str(row[1])

    def _run(self, sql: str, params: dict[str, Any]) -> CursorResult[Any]:
        lists = [name for name, value in params.items() if isinstance(value, list | tuple)]
        for name in lists:  # an expanding parameter brings its own brackets
            sql = sql.replace(f"(:{name})", f":{name}")
        statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))
        return self.conn.execute(statement, {k: self.stored(v) for k, v in params.items()})

    def stored(self, value: Any) -> Any:
        """Return a value as this engine's columns hold it, for SQL written out."""
        return stored(self.conn, value)
