"""One transaction: everything a verb writes, with its events and what undo needs, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Date,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlmodel.sql.sqltypes import UTCDateTime

from models.store.actor import Actor
from models.store.bulk import Model, bulk_into, stored, table
from models.store.errors import LostRace, NotAllowed
from models.store.reader import whole_second
from models.store.rows import Query, R, filler
from models.store.trail import EVENT_COLUMNS, PendingEvent, canonical, chain_hash
from models.tables import Counter, Event, Person, TrailHead, UndoEntry
from rules.bureau import Policy
from rules.clocks import Timekeeper

WITHIN = timedelta(hours=24)
"""How long an act can be taken back."""


Image = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None, int | None]


@dataclass(slots=True)
class Journal:
    """The book of one act; ``kind`` is act, undo or redo, ``of_id`` what an undo reverts."""

    verb: str
    kind: str = "act"
    of_id: int | None = None
    images: list[Image] = field(default_factory=list)
    subjects: dict[tuple[str, int], None] = field(default_factory=dict)
    personal: bool = False

    def mark(self) -> tuple[int, bool]:
        """Return how far the book has come, for :meth:`back_to`."""
        return len(self.images), self.personal

    def back_to(self, mark: tuple[int, bool]) -> None:
        """Forget what was written since, because it was rolled back."""
        del self.images[mark[0] :]
        self.personal = mark[1]

    def before(self, work: Work, t: Table, id: int, columns: list[str]) -> dict[str, Any]:
        """Return the present values of the columns about to change."""
        if t.name == Person.__tablename__:
            self.personal = True
            return {}
        if not columns:
            return {}
        row = work.conn.execute(select(*(t.c[c] for c in columns)).where(t.c.id == id)).first()
        return {} if row is None else dict(zip(columns, row, strict=True))

    def note(
        self,
        t: Table,
        id: int,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        version: int | None,
    ) -> None:
        """Write down one change of one row."""
        if t.name == Person.__tablename__:
            self.personal = True
        else:
            self.images.append((t.name, id, _told(before), _told(after), version))

    def keep(self, work: Work, first_seq: int, last_seq: int) -> None:
        """Keep the act, if it can be taken back; what is a day old is forgotten."""
        t = UndoEntry.__table__  # type: ignore[attr-defined]  # set by the SQLModel metaclass
        stale = work.now - WITHIN
        own = t.c.operator_id == work.operator.id
        work.conn.execute(delete(t).where(own, t.c.recorded_at < stale))
        if self.personal or not self.images or not self.subjects:
            return
        work.conn.execute(insert(t).values(
            operator_id=work.operator.id, kind=self.kind, of_id=self.of_id, verb=self.verb,
            matters=len(self.subjects), recorded_at=work.now, first_seq=first_seq,
            last_seq=last_seq, subjects=canonical([list(s) for s in self.subjects]),
            images=canonical(self.images),
        ))  # fmt: skip


def values_of(t: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Return an image's columns as the table takes them."""
    return {name: _value(t, name, value) for name, value in told.items()}


def _told(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, datetime | date) else value
        for name, value in values.items()
    }


def _value(t: Table, name: str, value: Any) -> Any:
    kind = t.c[name].type
    if value is None:
        return None
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


@dataclass
class Work:
    """The hands of one writing transaction; made by ``Store.writing``, never kept."""

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
        t = table(model)
        result = self.conn.execute(insert(t).values(**values))
        key = result.inserted_primary_key
        id = int(key[0]) if key is not None and isinstance(key[0], int) else 0
        if self.journal is not None:
            version = values.get("version", 1) if "version" in t.c else None
            self.journal.note(t, id, None, values, version)
        return id

    def update(self, model: Model, id: int, seen_version: int, **changes: Any) -> None:
        """Change the row whose version was seen; raises ``LostRace`` if somebody was first."""
        t = table(model)
        journal = self.journal
        before = journal.before(self, t, id, list(changes)) if journal is not None else None
        result = self.conn.execute(
            update(t)
            .where(t.c.id == id, t.c.version == seen_version)
            .values(version=seen_version + 1, **changes)
        )
        if result.rowcount != 1:
            raise LostRace("此件刚被他人改动：已为您重新读取，请核对后再办（您填写的内容仍在）")
        if journal is not None:
            journal.note(t, id, before, changes, seen_version + 1)

    def delete(self, model: Model, id: int, seen_version: int | None) -> None:
        """Take out a row whose version was seen: only undo does, the trail keeps what was."""
        t = table(model)
        whole = [t.c.id == id] if seen_version is None else [
            t.c.id == id, t.c.version == seen_version
        ]  # fmt: skip
        row = self.conn.execute(select(t).where(*whole)).mappings().first()
        if row is None:
            raise LostRace("此件刚被他人改动：已为您重新读取，请核对后再办（您填写的内容仍在）")
        self.conn.execute(delete(t).where(t.c.id == id))
        if self.journal is not None:
            self.journal.note(t, id, dict(row), None, seen_version)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do one matter of several: what fails inside leaves nothing, the others stay."""
        events = len(self._events)
        mark = self.journal.mark() if self.journal is not None else None
        try:
            with self.conn.begin_nested():
                yield
        except BaseException:
            del self._events[events:]
            if self.journal is not None and mark is not None:
                self.journal.back_to(mark)
            raise

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """Read inside the transaction, with :class:`models.reader.Reader`'s conventions."""
        return self._read(sql, params)

    def read(self, query: Query[R], **params: Any) -> list[R]:
        """Return every row of a query as its value."""
        result = self._run(query.sql, params)
        fill = filler(query.row, tuple(result.keys()))
        return [fill(row) for row in result.all()]

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
        found = self._read(sql, params)
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

    def head(self) -> str:
        """Return the trail's head as it stands, this work's own events not yet in it."""
        return self._lock_head()[1]

    def seal(self) -> None:
        """Chain the events of this work and move the head: the last thing before commit."""
        if not self._events:
            return
        count, prev = self._lock_head()
        rows: list[tuple[Any, ...]] = []
        for seq, e in enumerate(self._events, count + 1):
            fields = (seq, e.at, self.now, self.operator.login, e.verb, e.subject_kind,
                      e.subject_id, e.unit_id, e.batch, e.reason, e.payload,
                      self.policy_version, self.calendar_version)  # fmt: skip
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
            self.journal.keep(self, count + 1, count + len(rows))
        self._events.clear()

    def _lock_head(self) -> tuple[int, str]:
        head = table(TrailHead)
        row = self.conn.execute(
            select(head.c.count, head.c.hash).where(head.c.id == 1).with_for_update()
        ).one()
        return int(row[0]), str(row[1])

    def _read(self, sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
        result = self._run(sql, params)
        instants = [i for i, k in enumerate(result.keys()) if k == "at" or k.endswith("_at")]
        return [_aware(tuple(row), instants) for row in result.all()]

    def _run(self, sql: str, params: dict[str, Any]) -> CursorResult[Any]:
        lists = [name for name, value in params.items() if isinstance(value, list | tuple)]
        for name in lists:  # an expanding parameter brings its own brackets
            sql = sql.replace(f"(:{name})", f":{name}")
        statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in lists))
        return self.conn.execute(statement, {k: self.stored(v) for k, v in params.items()})

    def stored(self, value: Any) -> Any:
        """Return a value as this engine's columns hold it, for SQL written out."""
        return stored(self.conn, value)


def _aware(row: tuple[Any, ...], instants: list[int]) -> tuple[Any, ...]:
    if not instants:
        return row
    cells = list(row)
    for i in instants:
        value = cells[i]
        if isinstance(value, str):
            cells[i] = datetime.fromisoformat(value).replace(tzinfo=UTC)
        elif value is not None:
            cells[i] = value.astimezone(UTC)
    return tuple(cells)
