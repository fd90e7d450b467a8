"""A child that does something to a store and dies at its n-th write: the drivers are listened to.

A write is a statement that changes something, the first row of many in the middle of being put in,
the end of those, or a COMMIT that was answered. SIGKILL leaves no time to tidy up.
"""

from __future__ import annotations

import os
import pickle
import re
import secrets
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any
from unittest.mock import patch

import psycopg

_READS = re.compile(
    r"\s*((SELECT|WITH|PRAGMA|EXPLAIN|SHOW|SET|BEGIN|ROLLBACK|VALUES|LOCK)\b|$)", re.IGNORECASE
)

_WRITING = ("record_events", "setval", "follow_roles")


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far a child came: its writes and commits, whether it was killed, and what it said."""

    killed: bool
    writes: int
    commits: int
    told: str = ""

    @property
    def done(self) -> bool:
        """Whether it came to its end."""
        return not self.killed and not self.told


class _Counted:
    """Counts what a process writes, and ends it at one of them."""

    def __init__(self, last: int | None, pipe: int) -> None:
        self.writes = self.commits = 0
        self._last, self._pipe = last, pipe

    def statement(self, sql: Any) -> None:
        said = sql if isinstance(sql, str) else str(sql)
        if said.strip().upper() == "COMMIT":
            self.commit()
        elif not _READS.match(said) or any(name in said for name in _WRITING):
            self.write()

    def commit(self) -> None:
        self.commits += 1
        self.write()

    def write(self) -> None:
        self.writes += 1
        if self.writes == self._last:
            self.tell(killed=True)
            os.kill(os.getpid(), signal.SIGKILL)

    def first_of(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Pass rows on; that the second is asked for means that the first is written."""
        for n, row in enumerate(rows):
            if n == 1:
                self.write()
            yield row

    def tell(self, *, killed: bool, told: str = "") -> None:
        os.write(self._pipe, pickle.dumps(Attempt(killed, self.writes, self.commits, told)))


def _listen(counted: _Counted) -> None:
    """Listen to both drivers, in a process that lives for one attempt only."""
    _listen_to_sqlite(counted)
    _listen_to_psycopg(counted)


def _listen_to_sqlite(counted: _Counted) -> None:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *args: Any) -> Any:
            result = super().execute(sql, *args)
            counted.statement(sql)
            return result

        def executemany(self, sql: str, rows: Iterable[Any]) -> Any:
            result = super().executemany(sql, counted.first_of(rows))
            counted.statement(sql)
            return result

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(Cursor)

        def execute(self, sql: str, *args: Any) -> Any:
            return self.cursor().execute(sql, *args)

        def executemany(self, sql: str, rows: Iterable[Any]) -> Any:
            return self.cursor().executemany(sql, rows)

        def commit(self) -> None:
            open_yet = self.in_transaction
            super().commit()
            if open_yet:
                counted.commit()

    connect = partial(sqlite3.connect, factory=Connection)
    for module in (sqlite3, sqlite3.dbapi2):
        patch.object(module, "connect", connect).start()


def _listen_to_psycopg(counted: _Counted) -> None:
    execute, many, copy = (
        getattr(psycopg.Cursor, name) for name in ("execute", "executemany", "copy")
    )
    write_row, commit = psycopg.Copy.write_row, psycopg.Connection.commit

    def executed(self: Any, sql: Any, *args: Any, **named: Any) -> Any:
        result = execute(self, sql, *args, **named)
        counted.statement(sql)
        return result

    def executed_many(self: Any, sql: Any, rows: Iterable[Any], **named: Any) -> None:
        many(self, sql, counted.first_of(rows), **named)
        counted.statement(sql)

    @contextmanager
    def copied(self: Any, sql: Any, *args: Any, **named: Any) -> Iterator[Any]:
        with copy(self, sql, *args, **named) as copying:
            yield copying
        counted.statement(sql)

    seen: set[int] = set()

    def wrote_row(self: Any, row: Any) -> None:
        write_row(self, row)
        if id(self) not in seen:
            seen.add(id(self))
            counted.write()

    def committed(self: Any) -> None:
        open_yet = self.info.transaction_status != psycopg.pq.TransactionStatus.IDLE
        commit(self)
        if open_yet:
            counted.commit()

    for owner, name, instead in (
        (psycopg.Cursor, "execute", executed),
        (psycopg.Cursor, "executemany", executed_many),
        (psycopg.Cursor, "copy", copied),
        (psycopg.Copy, "write_row", wrote_row),
        (psycopg.Connection, "commit", committed),
    ):
        patch.object(owner, name, instead).start()


def _same_chance(salt: int) -> None:
    """Let what is left to chance come out alike, so that what is written can be compared."""
    numbers = count(salt * 1000 + 1)
    patch.object(secrets, "token_hex", lambda n=32: f"{next(numbers):0{2 * n}x}").start()


def attempt(act: Callable[[], object], last: int | None = None, *, salt: int = 0) -> Attempt:
    """Do something in a child of this process, killed at its ``last`` write if it gets so far."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(act, last, writing, salt)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if not said:
        return Attempt(False, 0, 0, f"the child ended by itself with status {status}")
    told: Attempt = pickle.loads(said)
    return told


def _be_the_child(act: Callable[[], object], last: int | None, pipe: int, salt: int) -> None:
    """Act, say how far it came, and end without going back to whatever the parent was at."""
    counted = _Counted(last, pipe)
    try:
        _same_chance(salt)
        _listen(counted)
        act()
        counted.tell(killed=False)
    except BaseException:
        counted.tell(killed=False, told=traceback.format_exc())
    finally:
        os._exit(0)
