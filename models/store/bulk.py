"""Many rows at once: put in by the driver's fastest way, changed under the rule of the one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, MetaData, Table, func, select, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models.store.counts import COUNTED
from models.store.errors import LostRace
from models.store.pairs import TICKETS, indexed
from models.store.reader import to_text
from models.store.seals import sealed_columns
from models.store.sums import Sums

CHUNK = 5000

Model = type[SQLModel]

MADE_HARMLESS = frozenset(
    {
        "ticket",
        "person",
        "round",
        "round_unit",
        "deadline",
        "rating",
        "review",
        "import_row",
        "event",
        "appeal_key",
        "problem_key",
    }
)
"""Tables of an import, whose texts its readers clean with more care; events; those of numbers."""


def table(model: Model) -> Table:
    """Return the core table of a table model (mypy does not know ``__table__``)."""
    found = model.__table__  # type: ignore[attr-defined]  # set by the SQLModel metaclass
    assert isinstance(found, Table)
    return found


def stored(conn: Connection, value: Any) -> Any:
    """Return a value as the engine's columns hold it, for SQL written out."""
    if isinstance(value, datetime) and conn.dialect.name == "sqlite":
        return to_text(value)
    return value


def bulk_into(
    conn: Connection,
    t: Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    texts: dict[date | None, str | None] | None = None,
    sums: Sums | None = None,
) -> None:
    """Insert many rows by the driver's fastest way; ``rows`` are tuples in column order.

    ``texts`` keeps the text of instants met before, so that they are not formatted again; ``sums``
    is told every row where seals have to follow.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    if conn.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cursor: Any = conn.connection.cursor()  # sqlite3 takes any iterable of rows
        try:
            known: dict[date | None, str | None] = {None: None} if texts is None else texts
            told = kept_rows(t, columns, rows, known)
            if t.name == TICKETS:
                told = indexed(cursor.connection, columns, told)
            cursor.executemany(
                f"INSERT INTO {t.name} ({names}) VALUES ({marks})",
                told if sums is None else sums.added(t, columns, told),
            )
        finally:
            cursor.close()
        return
    if sums is not None:
        rows = _told(t, columns, rows, {None: None} if texts is None else texts, sums)
    driver: Any = conn.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {t.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _told(
    t: Table,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    texts: dict[date | None, str | None],
    sums: Sums,
) -> Iterator[tuple[Any, ...]]:
    """Pass on rows for PostgreSQL, each told to the seals as SQLite would hold it."""
    kept = deque[tuple[Any, ...]]()

    def noted() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            kept.append(row)
            yield row

    for _ in sums.added(t, columns, kept_rows(t, columns, noted(), texts)):
        yield kept.popleft()


def key_of(t: Table) -> str:
    """Return the column by which one row of a table is told from another."""
    return next(iter(t.primary_key.columns)).name


def cells_of(t: Table, columns: Sequence[str]) -> list[str]:
    """Return the columns that make up a sealed or counted row, its key first, and ``columns``."""
    key, wanted = key_of(t), {*sealed_columns(t), *COUNTED.get(t.name, ()), *columns}
    return [key, *(c.name for c in t.columns if c.name != key and c.name in wanted)]


def fresh_ids(conn: Connection, t: Table, n: int) -> list[int]:
    """Return ``n`` ids of a table before its rows exist; safe on both engines."""
    if n == 0:
        return []
    if conn.dialect.name == "sqlite":
        top = conn.execute(select(func.max(t.c.id))).scalar() or 0
        return list(range(top + 1, top + n + 1))
    sequence = f"pg_get_serial_sequence('{t.name}', 'id')"
    found = conn.execute(text(f"SELECT nextval({sequence}) FROM generate_series(1, :n)"), {"n": n})
    return [int(row[0]) for row in found]


def count_up(
    conn: Connection, model: Model, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows, or add the last column to that of the row whose key is there; for no seal."""
    t = table(model)
    keys, last = ", ".join(c.name for c in t.primary_key.columns), columns[-1]
    into = f"INSERT INTO {t.name} ({', '.join(columns)})"
    added = f"ON CONFLICT ({keys}) DO UPDATE SET {last} = {t.name}.{last} + excluded.{last}"
    if conn.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        cursor: Any = conn.connection.cursor()
        try:
            cursor.executemany(f"{into} VALUES ({marks}) {added}", rows)
        finally:
            cursor.close()
        return
    staged = Table(
        f"more_{t.name}",
        MetaData(),
        *(Column(name, t.c[name].type) for name in columns),
        prefixes=["TEMPORARY"],
    )
    staged.create(conn)
    bulk_into(conn, staged, columns, rows)
    conn.execute(text(f"{into} SELECT {', '.join(columns)} FROM {staged.name} {added}"))
    conn.execute(text(f"DROP TABLE {staged.name}"))


def many_at_once(
    conn: Connection,
    model: Model,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    texts: dict[date | None, str | None],
) -> None:
    """Set ``columns`` of many rows; each row is (key, version seen, values in column order).

    Versions go up by one; ``LostRace`` if any row has another version by now. A table without
    versions goes by the key alone. ``texts`` as for :func:`bulk_into`.
    """
    t = table(model)
    staged = _stage(conn, model, columns)
    bulk_into(conn, staged, (key_of(t), "seen", *columns), rows, texts)
    sql = _from_stage if conn.dialect.name == "sqlite" else _joined
    changed = conn.execute(text(sql(t, staged.name, columns)))
    count = changed.rowcount
    conn.execute(text(f"DROP TABLE {staged.name}"))
    if count != len(rows):
        raise LostRace("有件刚被他人改动，本次一件也没有改：请重试一次")


def each_of(conn: Connection, sql: str, ids: Sequence[int], **params: Any) -> None:
    """Run ``sql``, whose ``{ids}`` stands for a list of ids, over many of them.

    For what no seal covers: versions, and what the sweep keeps up.
    """
    values = {name: stored(conn, value) for name, value in params.items()}
    for start in range(0, len(ids), CHUNK):
        some = ", ".join(map(str, ids[start : start + CHUNK]))
        conn.execute(text(sql.replace("{ids}", some)), values)


def _stage(conn: Connection, model: Model, columns: Sequence[str]) -> Table:
    """Make a table of this transaction alone for the rows to come."""
    own = table(model)
    key = own.c[key_of(own)]
    staged = Table(
        f"many_{own.name}",
        MetaData(),
        Column(key.name, key.type, primary_key=True, autoincrement=False),
        Column("seen", Integer),
        *(Column(name, own.c[name].type) for name in columns),
        prefixes=["TEMPORARY"],
    )
    staged.create(conn)
    return staged


def _from_stage(t: Table, staged: str, columns: Sequence[str]) -> str:
    """Return the update for SQLite, also for one too old to know UPDATE … FROM."""
    names, key = ", ".join(columns), key_of(t)
    own = f"FROM {staged} s WHERE s.{key} = {t.name}.{key}"
    counted, seen = "", ""
    if "version" in t.c:
        counted, seen = "version = version + 1, ", f" AND version = (SELECT seen {own})"
    return (
        f"UPDATE {t.name} SET {counted}({names}) = (SELECT {names} {own}) "
        f"WHERE {key} IN (SELECT {key} FROM {staged}){seen}"
    )


def _joined(t: Table, staged: str, columns: Sequence[str]) -> str:
    sets, key = ", ".join(f"{name} = s.{name}" for name in columns), key_of(t)
    counted, seen = "", ""
    if "version" in t.c:
        counted, seen = f"version = {t.name}.version + 1, ", f" AND {t.name}.version = s.seen"
    return (
        f"UPDATE {t.name} SET {counted}{sets} FROM {staged} s WHERE {t.name}.{key} = s.{key}{seen}"
    )


def kept_rows(
    t: Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    texts: dict[date | None, str | None],
) -> Iterator[Sequence[Any]]:
    """Yield rows as SQLite's driver takes them; an instant met before is not formatted again."""
    timed = [i for i, c in enumerate(columns) if isinstance(t.c[c].type, UTCDateTime | Date)]
    if not timed:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for i in timed:
            value = cells[i]
            try:
                cells[i] = texts[value]
            except KeyError:
                cells[i] = texts[value] = _sqlite_cell(value)
        yield cells


def _sqlite_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value
