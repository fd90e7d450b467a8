"""Instants as the store keeps them: aware UTC in whole seconds, one text form on SQLite."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from models.store.errors import StoreError
from models.store.failures import BROKEN_STORE, explained
from models.store.rows import Query, R, Row, filled, filler


def to_text(instant: datetime) -> str:
    """Return the text SQLite holds for an aware instant, the form sqlmodel's own type writes."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return utc.isoformat(" ", "seconds")[:19] + ".000000"


def whole_second(instant: datetime) -> datetime:
    """Return an aware instant in UTC without its fraction of a second."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return instant.astimezone(UTC).replace(microsecond=0)


PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")


class Cursor(Protocol):
    """What a reader needs of either driver's cursor."""

    @property
    def description(self) -> Any:
        """The columns of the answer, each with its name first."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def fetchmany(self, size: int) -> list[Any]:
        """Return the next rows."""


def expand(sql: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a text and its parameters with every list as one parameter each."""
    flat: dict[str, Any] = {}
    for name, value in params.items():
        if isinstance(value, list | tuple):
            items = list(value)
            sql = re.sub(
                rf":{name}\b",
                ", ".join(f":{name}_{i}" for i in range(len(items))) or "NULL",
                sql,
            )
            flat.update({f"{name}_{i}": item for i, item in enumerate(items)})
        else:
            flat[name] = value
    return sql, flat


class Reader:
    """One read transaction on the store; what it shows does not move until it is given back."""

    def rows(self, sql: str, **params: Any) -> list[Row]:
        """Return every row of a text as a tuple, its cells as the driver gives them."""
        with self._explained():
            cursor = self._execute(sql, params)
            return cursor.fetchall()

    def read(self, query: Query[R], **params: Any) -> list[R]:
        """Return every row of a query as its value."""
        with self._explained():
            cursor = self._execute(query.sql, params)
            return filled(query, _names(cursor), cursor.fetchall())

    def first(self, query: Query[R], **params: Any) -> R | None:
        """Return the first row of a query as its value, or ``None``."""
        found = self.read(query, **params)
        return found[0] if found else None

    def one(self, sql: str, **params: Any) -> Row | None:
        """Return the first row of a query, or ``None``."""
        found = self.rows(sql, **params)
        return found[0] if found else None

    def value(self, sql: str, **params: Any) -> Any:
        """Return the first column of the first row, or ``None``."""
        row = self.one(sql, **params)
        return row[0] if row else None

    def stream(self, query: Query[R], size: int = 2000, **params: Any) -> Iterator[list[R]]:
        """Yield the rows of a query as its values, in lists of up to ``size``."""
        fill: Callable[[Row], R] | None = None
        for cursor, chunk in self._chunks(query.sql, size, params):
            fill = fill or filler(query.row, _names(cursor))
            yield [fill(row) for row in chunk]

    def cells(self, sql: str, size: int = 2000) -> Iterator[list[Row]]:
        """Yield the rows of a query in lists of up to ``size``, as the driver gives them."""
        for _, chunk in self._chunks(sql, size, {}):
            yield chunk

    def _chunks(
        self, sql: str, size: int, params: Mapping[str, Any]
    ) -> Iterator[tuple[Cursor, list[Any]]]:
        with self._explained():
            cursor = self._execute(sql, params)
            chunk = cursor.fetchmany(size)
        while chunk:
            yield cursor, chunk
            with self._explained():
                chunk = cursor.fetchmany(size)

    def interrupt(self) -> None:
        """Stop the query under way; may be called from another thread."""
        raise NotImplementedError

    def begin(self) -> None:
        """Fix the state of the store that this reader sees."""
        raise NotImplementedError

    def end(self) -> None:
        """Let go of the state seen."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connection."""
        raise NotImplementedError

    def _explained(self) -> AbstractContextManager[None]:
        """Turn what the driver says into ``Interrupted`` or a ``StoreError`` to act on."""
        raise NotImplementedError

    def _execute(self, sql: str, params: Mapping[str, Any]) -> Cursor:
        raise NotImplementedError


class SqliteReader(Reader):
    """Reads a store file through the standard library's driver."""

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        """Open ``path`` for reading only; ``immutable`` for a file nobody can write beside us."""
        suffix = "?immutable=1" if immutable else "?mode=ro"
        self._raw = sqlite3.connect(
            path.resolve().as_uri() + suffix,
            uri=True,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,
        )

    def interrupt(self) -> None:
        """Stop the query under way."""
        self._raw.interrupt()

    def begin(self) -> None:
        """Begin a read transaction."""
        with self._explained():
            self._raw.execute("BEGIN")

    def end(self) -> None:
        """End the read transaction."""
        if self._raw.in_transaction:
            with self._explained():
                self._raw.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def _execute(self, sql: str, params: Mapping[str, Any]) -> Cursor:
        sql, flat = expand(sql, params)
        values = {k: to_text(v) if isinstance(v, datetime) else v for k, v in flat.items()}
        return self._raw.execute(sql, values)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if "interrupted" in str(error):
                raise Interrupted from error
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR:
                raise StoreError(BROKEN_STORE) from error
            told = explained(error)
            if told is None:
                raise
            raise told from error


class Interrupted(Exception):
    """A query was stopped because its answer is no longer wanted; never shown to a person."""


def _names(cursor: Cursor) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description or ())


LONGEST = 1000
"""Signs of a text that is looked for: SQLite takes no pattern of more than 50 000 bytes."""


def like(part: str) -> str:
    """Return the pattern that finds ``part`` anywhere; a wildcard in it is taken literally."""
    return f"%{literal(part)}%"


def literal(part: str) -> str:
    """Return a text for LIKE in which no sign stands for others; ``StoreError`` if too long."""
    if len(part) > LONGEST:
        raise StoreError(f"要找的文字超过{LONGEST}字：请只写其中一段")
    return part.replace("%", "").replace("_", "")
