"""Rows by name: a text of SQL beside the value it fills, column by column.

A column goes to the field of its name and becomes what the field's annotation says: SQLite keeps
truths as 0 and 1 and instants as text, PostgreSQL gives both as they are. Which column holds an
instant is told by the field, never by how the column is called.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any, Generic, Protocol, TypeVar

R = TypeVar("R")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Query(Generic[R]):
    """A SELECT and the frozen dataclass, or NamedTuple, that each of its rows fills.

    Parameters are ``:name``; a list expands inside ``IN (:name)``. Every column must be a field
    of ``row``, every field without a default a column.
    """

    row: type[R]
    sql: str

    def also(self, more: str) -> Query[R]:
        """Return the query with more text behind it, such as a condition or an order."""
        return Query(self.row, f"{self.sql} {more}")

    def of(self, ids: Iterable[int]) -> Query[R]:
        """Return the query with very many ids written out where it says ``{ids}``."""
        return Query(self.row, self.sql.replace("{ids}", ", ".join(map(str, ids)) or "NULL"))


class Source(Protocol):
    """What is read from: a reader, or the work of a transaction."""

    def read(self, query: Query[R], **params: Any) -> list[R]:
        """Return every row of a query as its value."""

    def first(self, query: Query[R], **params: Any) -> R | None:
        """Return the first row of a query, or None."""

    def rows(self, sql: str, **params: Any) -> list[Row]:
        """Return every row of a text as a tuple, its cells as the driver gives them."""

    def one(self, sql: str, **params: Any) -> Row | None:
        """Return the first row of a text, or None."""

    def value(self, sql: str, **params: Any) -> Any:
        """Return the first cell of the first row, or None."""


HOUR = 3600
"""Seconds of the hours in which the queue's counts are kept."""


def aware(value: str | datetime) -> datetime:
    """Return a stored instant as an aware UTC one, whichever engine kept it."""
    return _parsed(value) if isinstance(value, str) else value.astimezone(UTC)


@lru_cache(maxsize=1 << 16)
def _parsed(text: str) -> datetime:
    """Return the instant of SQLite's text form; many rows share theirs."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


_CONVERTED: dict[str, Callable[[Any], Any]] = {
    "bool": bool,
    "datetime": aware,
    "date": _day,
    "bytes": bytes,
}


def filler(row: type[R], names: tuple[str, ...]) -> Callable[[Sequence[Any]], R]:
    """Return what makes a value of the cells of one row, for columns of these names."""
    key: Any = row
    made: Callable[[Sequence[Any]], R] = _filler(key, names)
    return made


def filled(query: Query[R], names: Iterable[str], rows: Iterable[Sequence[Any]]) -> list[R]:
    """Return rows with columns of these names as the values of a query."""
    fill = filler(query.row, tuple(names))
    return [fill(row) for row in rows]


@cache
def _filler(row: Any, names: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    fields = _fields(row)
    unknown = [name for name in names if name not in fields]
    missing = [name for name, (_, needed) in fields.items() if needed and name not in names]
    if unknown or missing or len(set(names)) != len(names):
        raise TypeError(f"{row.__name__}: columns {unknown} unknown, fields {missing} missing")
    ordered = list(names) == list(fields)[: len(names)]
    given = []
    for place, name in enumerate(names):
        kind, cell = fields[name][0], f"c[{place}]"
        value = f"{kind}_({cell}) if {cell} is not None else None" if kind in _CONVERTED else cell
        given.append(value if ordered else f"{name}={value}")
    known = {"row": row, **{f"{kind}_": convert for kind, convert in _CONVERTED.items()}}
    # written out once for each query: a recount reads a row for every clock there is
    made: Callable[[Sequence[Any]], Any] = eval(f"lambda c: row({', '.join(given)})", known)
    return made


def _fields(row: type[Any]) -> dict[str, tuple[str, bool]]:
    """Return the fields of a row: what each is, and whether it has no default."""
    if dataclasses.is_dataclass(row):
        nothing = dataclasses.MISSING
        return {
            f.name: (_kind(f.type), f.default is nothing and f.default_factory is nothing)
            for f in dataclasses.fields(row)
            if f.init
        }
    defaults: dict[str, Any] = row._field_defaults
    return {name: (_kind(kind), name not in defaults) for name, kind in row.__annotations__.items()}


def _kind(annotation: Any) -> str:
    """Return what an annotation says besides that the value may be absent."""
    told = (
        annotation
        if isinstance(annotation, str)
        else getattr(
            annotation, "__forward_arg__", getattr(annotation, "__name__", str(annotation))
        )
    )
    return str(told).removesuffix(" | None")
