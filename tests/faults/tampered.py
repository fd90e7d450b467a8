"""Edits behind the program's back, in any row of any table and anywhere in the trail."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlmodel import SQLModel, UTCDateTime

from models.store.backup import restore
from models.store.bulk import bulk_into
from models.store.findings import Verification
from models.store.opening import open_store
from models.store.seals import SEALED, sealed_columns
from models.store.store import Store
from models.store.trail import EVENT_COLUMNS, StoredEvent, chain_hash
from models.store.verifying import read_head, verify_trail
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin, database_url, postgres
from tests.faults.outcome import LARGE, SMALL, Outcome

ARCHIVE = Path(__file__).parents[1] / "models" / "store" / "released" / "archive-0001.zip"

TABLES = SQLModel.metadata.tables

EDITS = {SMALL: 12, LARGE: 200}

GARBAGE = ("garbage", "2026-13-45 99:00:00.000000", b"\xff\x00", 1.5, -1, "")
"""What no column of ours holds in a store of our own making."""

ROUNDS = {SMALL: 1, LARGE: 25}
"""How often each way of tampering with the trail is tried on each engine."""


class unguarded:
    """A connection that no foreign key holds back, as somebody with the file has."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Connection:
        self.conn = self.store.engine().connect()
        sqlite = self.store.kind == "sqlite"
        off = "PRAGMA foreign_keys = OFF" if sqlite else "SET session_replication_role = replica"
        if sqlite:
            raw: Any = self.conn.connection.driver_connection
            raw.execute(off)
        else:
            self.conn.exec_driver_sql(off)
        return self.conn

    def __exit__(self, *_: object) -> None:
        self.conn.commit()
        self.conn.invalidate()
        self.conn.close()


def edited(store: Store, draw: random.Random) -> tuple[str, Callable[[], None]] | None:
    """Make one random edit of a row; return what it was and what takes it back."""
    t = TABLES[draw.choice(sorted(SEALED))]
    key = next(iter(t.primary_key.columns))
    with unguarded(store) as conn:
        rows = conn.execute(select(t)).all()
        if not rows:
            return None
        row = draw.choice(rows)
        whole = dict(row._mapping)
        how = draw.choice(("change", "change", "change", "delete", "garble"))
        names = [n for n in sealed_columns(t) if n != key.name]
        if how == "delete":
            conn.execute(delete(t).where(key == whole[key.name]))
        elif not names:
            return None
        elif how == "garble" and store.kind == "sqlite":  # PostgreSQL holds a column to its type
            garbled = f'UPDATE "{t.name}" SET "{draw.choice(names)}" = ? WHERE "{key.name}" = ?'
            conn.exec_driver_sql(garbled, (draw.choice(GARBAGE), whole[key.name]))
        else:
            name = draw.choice(names)
            told = {name: other(t, name, whole[name])}
            conn.execute(update(t).where(key == whole[key.name]).values(told))

    def back() -> None:
        with unguarded(store) as conn:
            conn.execute(delete(t).where(key == whole[key.name]))
            bulk_into(conn, t, [*whole], [tuple(whole.values())])  # tells the index of titles too

    return f"{how} {t.name} {whole}", back


def other(t: Table, name: str, value: Any) -> Any:
    """Return another value of the column's type."""
    column = t.c[name]
    if isinstance(column.type, UTCDateTime):
        return value + timedelta(days=30) if value else datetime.fromisoformat("2026-01-01T00:00Z")
    if isinstance(column.type, Date):
        return value + timedelta(days=1) if value else date(2026, 1, 1)
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, LargeBinary):
        return value + b"x"
    if isinstance(column.type, Integer):
        return (value or 0) + 7001
    return f"{value or ''}改"


def run(size: str, folder: Path) -> list[Outcome]:
    """Tamper with stores on both engines."""
    with postgres() as server:
        return tampered(size, folder, server)


def tampered(size: str, folder: Path, server: str) -> list[Outcome]:
    """Tamper with a SQLite file and a database on ``server``, and count what verify misses."""
    done: list[Outcome] = []
    with places(folder, server) as targets:
        for target in targets:
            with _filled(target) as store:
                kind = store.kind
                done.append(_rows_edited(store, random.Random(8), EDITS[size]))
                done.append(_trail_tampered(store, random.Random(441), ROUNDS[size]))
                if not _verified(store).ok:
                    done.append(Outcome("改动全部还原", kind, 1, 1, "库应核验无误"))
    return done


@contextmanager
def places(folder: Path, server: str) -> Iterator[tuple[str, str]]:
    """Give where no store is yet: a file, and a database that is dropped at the end."""
    name = f"duban_tampered_{abs(hash(folder)) % 10**12}"
    admin(server, f"CREATE DATABASE {name}")
    try:
        yield str(folder / "tampered.db"), database_url(server, name)
    finally:
        admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _filled(target: str) -> Iterator[Store]:
    """Give a store with rows of nearly every kind."""
    restore(ARCHIVE, target, Clock(), login="tester")
    store = open_store(target, now=Clock(), first=first_content, login="tester")
    try:
        yield store
    finally:
        store.close()


def _rows_edited(store: Store, draw: random.Random, tries: int) -> Outcome:
    made = missed = 0
    while made < tries:
        if (edit := edited(store, draw)) is None:
            continue
        made += 1
        found = _verified(store)
        missed += found.ok or not (found.broken and found.broken[0].said)
        edit[1]()
    return Outcome("改动或删去任一表的一行", store.kind, made, missed, "核验指出所属的件")


def _trail_tampered(store: Store, draw: random.Random, rounds: int) -> Outcome:
    """Try each way some times; a rewrite of everything after it is found by a head kept before."""
    with store.reading() as reader:
        anchor = read_head(reader)[1]
    made = missed = 0
    for _ in range(rounds):
        for way in WAYS:
            events, head = _trail(store)
            other = [dict(event) for event in events], dict(head)
            first = way(*other, draw)
            _write_trail(store, *other)
            found = _verified(store, anchor)
            made += 1
            missed += found.ok or found.first_bad is None or found.first_bad > first
            _write_trail(store, events, head)
    return Outcome("改、删、插、换、截留痕", store.kind, made, missed, "核验指出第一条")


Cells = dict[str, Any]


def _trail(store: Store) -> tuple[list[Cells], Cells]:
    """Return every event and the head as they stand."""
    with unguarded(store) as conn:
        event, head = TABLES["event"], TABLES["trail_head"]
        events = conn.execute(select(event).order_by(event.c.seq)).mappings().all()
        return [dict(one) for one in events], dict(conn.execute(select(head)).mappings().one())


def _write_trail(store: Store, events: list[Cells], head: Cells) -> None:
    with unguarded(store) as conn:
        for name, rows in (("event", events), ("trail_head", [head])):
            conn.execute(delete(TABLES[name]))
            conn.execute(insert(TABLES[name]), rows)


def _changed(events: list[Cells], _: Cells, draw: random.Random) -> int:
    one, name = draw.choice(events), draw.choice(EVENT_COLUMNS[1:])
    one[name] = other(TABLES["event"], name, one[name])
    return int(one["seq"])


def _rehashed(events: list[Cells], head: Cells, draw: random.Random) -> int:
    """Change one so that it fits its own hash: the next one does not fit it."""
    one = draw.choice(events)
    one["operator"] = "别人"
    one["hash"] = _hash(one, one["prev_hash"])
    return int(one["seq"]) + 1


def _rewritten(events: list[Cells], head: Cells, draw: random.Random) -> int:
    """Change one and chain all that follow anew: only a head kept elsewhere tells."""
    one = draw.choice(events)
    one["operator"] = "别人"
    prev = one["prev_hash"]
    for event in events[events.index(one) :]:
        event["prev_hash"], event["hash"] = prev, _hash(event, prev)
        prev = event["hash"]
    head["hash"] = prev
    return 1


def _deleted(events: list[Cells], _: Cells, draw: random.Random) -> int:
    return int(events.pop(draw.randrange(len(events)))["seq"])


def _inserted(events: list[Cells], head: Cells, draw: random.Random) -> int:
    """Put one in and number those behind it anew."""
    place = draw.randrange(len(events))
    events.insert(place, dict(draw.choice(events)))
    for seq, event in enumerate(events, 1):
        event["seq"] = seq
    head["count"] += 1
    return place + 1


def _swapped(events: list[Cells], _: Cells, draw: random.Random) -> int:
    one, two = draw.sample(events, 2)
    one["seq"], two["seq"] = two["seq"], one["seq"]
    return min(int(one["seq"]), int(two["seq"]))


def _cut(events: list[Cells], _: Cells, draw: random.Random) -> int:
    del events[draw.randrange(1, len(events)) :]
    return len(events) + 1


def _cut_whole(events: list[Cells], head: Cells, draw: random.Random) -> int:
    """Cut the end off and move the head: only a head kept elsewhere tells."""
    _cut(events, head, draw)
    head["count"], head["hash"] = len(events), events[-1]["hash"]
    return 1


def _headless(events: list[Cells], head: Cells, draw: random.Random) -> int:
    if draw.random() < 0.5:
        head["count"] -= draw.randrange(1, len(events))
        return int(head["count"]) + 1
    head["hash"] = other(TABLES["trail_head"], "hash", head["hash"])
    return int(head["count"]) + 1


WAYS = (
    _changed,
    _rehashed,
    _rewritten,
    _deleted,
    _inserted,
    _swapped,
    _cut,
    _cut_whole,
    _headless,
)


def _hash(event: Cells, prev: str) -> str:
    return chain_hash(prev, StoredEvent(*(event[name] for name in EVENT_COLUMNS)).covered)


def _verified(store: Store, anchor: str | None = None) -> Verification:
    with store.reading() as reader:
        return verify_trail(reader, anchor)
