"""Where a row is read from: of a citizen, a view that shows what the login may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table

from models.store.bulk import CHUNK, kept_rows, key_of, table
from models.tables import Person


def names_of(t: Table) -> list[str]:
    """Return the columns of a table in its order."""
    return [column.name for column in t.columns]


def whole_rows(t: Table, names: Sequence[str], where: str) -> str:
    """Return the text that reads columns of a table by a condition written out."""
    told = ", ".join(f'"{name}"' for name in names)
    return f"SELECT {told} FROM {readable(t).name} WHERE {where}"


_CITIZEN = Table("citizen", MetaData(), *(Column(c.name, c.type) for c in table(Person).columns))


def readable(t: Table) -> Table:
    """Return the table, or the view that shows what this login may see of it."""
    return _CITIZEN if t.name == Person.__tablename__ else t


def as_kept(
    conn: Connection,
    t: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    texts: dict[date | None, str | None],
) -> Iterable[Sequence[Any]]:
    """Return rows that were read as SQLite keeps them, whichever engine they came from."""
    return rows if conn.dialect.name == "sqlite" else kept_rows(t, columns, rows, texts)


def kept_of(
    conn: Connection,
    t: Table,
    columns: Sequence[str],
    keys: Sequence[int | str],
    texts: dict[date | None, str | None],
) -> Iterator[Sequence[Any]]:
    """Yield cells of the rows of these keys, as SQLite keeps them."""
    cursor: Any = conn.connection.cursor()  # the driver's own: a row of SQLAlchemy costs as much
    try:
        for start in range(0, len(keys), CHUNK):
            some = ", ".join(map(_literal, keys[start : start + CHUNK]))
            cursor.execute(whole_rows(t, columns, f"{key_of(t)} IN ({some})"))
            yield from as_kept(conn, t, columns, cursor.fetchall(), texts)
    finally:
        cursor.close()


def _literal(key: int | str) -> str:
    """Return a key as SQL text writes it."""
    return str(key) if isinstance(key, int) else "'" + key.replace("'", "''") + "'"
