"""An engine-neutral archive of a whole store: also the road from SQLite to PostgreSQL.

A zip with ``manifest.json`` (form, schema, counts and SHA-256 of each table) and one JSON-lines
file per table: column names in the first line, then one array a row; instants as ISO text in UTC,
truths as true and false, bytes as base64. What a cell is, its column's type says; rows stand in the
order of their key, so that both engines give the same archive of the same content.

An archive of an older schema fills tables of that schema, which are then upgraded as a store is.

What was archived is restored at once into a store without a name and compared table by table:
only then there is a backup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from alembic.util import CommandError
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import TypeEngine
from sqlmodel import AutoString, SQLModel, UTCDateTime

from models.store.actor import Actor
from models.store.bulk import CHUNK, bulk_into
from models.store.counts import reckon
from models.store.creation import advance_sequences, empty_store
from models.store.database import create_tables
from models.store.errors import StoreError
from models.store.failures import explained
from models.store.files import plain_file, whole_file
from models.store.pairs import PAIR_INDEX
from models.store.reader import to_text, whole_second
from models.store.retrying import retried
from models.store.rows import aware
from models.store.seals import RECKONED
from models.store.store import Store
from models.store.upgrading import bring_up, grant_operators
from models.store.verifying import verify_trail
from models.store.version import SCHEMA
from rules.errors import system_reason

FORM = "duban-backup-1"

Cell = Callable[[Any], Any]


def back_up(store: Store, path: Path) -> dict[str, int]:
    """Write the archive to ``path`` and return the rows of each table; raises ``StoreError``.

    For an administrator or auditor: it holds every citizen's name and telephone number, so the
    trail says first that it is taken.
    """
    _record(store, path.name)
    return write_archive(store, path)


@retried
def _record(store: Store, name: str) -> None:
    """Write down that a backup is taken, before anything is read for it."""
    with store.writing() as work:
        work.require(verb="store.backup")
        work.event("store.backup", "backup", None, payload={"file": name})


def write_archive(store: Store, path: Path) -> dict[str, int]:
    """Write the archive that :func:`back_up` has recorded; return the rows of each table."""
    try:
        with whole_file(path) as part:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as made:
                counts = _write(store, made)
            _prove(part)
    except OSError as error:
        raise StoreError(
            f"备份写不进 {path}（{system_reason(error)}）：请换一个位置或清理磁盘"
        ) from error
    return counts


def _prove(path: Path) -> None:
    """Restore an archive into a scratch store and compare it row by row.

    SQLite makes a store without a name in a temporary file that only its owner can read and that
    no folder lists: the system takes it away with the process, also with one that is killed.
    """
    engine = create_engine("sqlite://", creator=_nameless, poolclass=StaticPool)
    try:
        with zipfile.ZipFile(path) as archive, engine.begin() as conn:
            manifest = _manifest(archive)
            create_tables(conn)
            _fill(conn, archive, manifest)
            for t in _archived():
                if _digest_of(conn, t) != manifest["tables"][t.name]["sha256"]:
                    raise StoreError(f"{_UNPROVEN}（{t.name} 与库中不一致）{_NO_BACKUP}")
    except (DBAPIError, sqlite3.Error) as error:
        line = explained(error) or type(error).__name__
        raise StoreError(f"{_UNPROVEN}（{line}）{_NO_BACKUP}") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise StoreError(f"{_UNPROVEN}（归档读不回来）{_NO_BACKUP}") from error
    finally:
        engine.dispose()


_UNPROVEN = "备份没有通过试恢复"
_NO_BACKUP = "，没有留下备份：请检查临时文件夹的空间后重试，仍不行请报告维护人员"


def _nameless() -> sqlite3.Connection:
    raw = sqlite3.connect("", check_same_thread=False)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def _digest_of(conn: Connection, t: Table) -> str:
    digest = hashlib.sha256()
    cursor: Any = conn.connection.cursor()
    cursor.execute(_whole(t, "sqlite"))
    for line in _lines(t, iter(lambda: cursor.fetchmany(CHUNK), [])):
        digest.update(line)
    return digest.hexdigest()


_DAMAGED = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,  # nested too deep, behind a password, packed in a way nobody knows here
    CommandError,
)
"""What reading an archive raises that is cut off, changed, or something else."""


def restore(
    path: Path, target: str, now: Callable[[], datetime], *, login: str = ""
) -> dict[str, int]:
    """Build a store at ``target``, which must not hold one yet, from the archive at ``path``.

    Where the archive is of an older schema, the store is upgraded, by ``login`` or whoever is
    logged in to PostgreSQL.
    """
    try:
        with plain_file(path) as file, zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            with empty_store(target, manifest["schema"]) as conn:
                _fill(conn, archive, manifest)
                bring_up(conn, _whoever(conn, login), whole_second(now()))
                reckon(conn)
                if conn.dialect.name == "postgresql":
                    advance_sequences(conn)
                    grant_operators(conn)
    except (*_DAMAGED, DBAPIError, sqlite3.Error, psycopg.Error) as error:
        if explained(error) is not None:
            raise
        raise StoreError(f"{path} 不是完整的督办台备份，没有恢复任何内容：请换一份备份") from error
    _check_trail(target, now)
    return {name: int(entry["rows"]) for name, entry in manifest["tables"].items()}


def _check_trail(target: str, now: Callable[[], datetime]) -> None:
    store = Store(target, now=now)
    try:
        with store.reading() as reader:
            result = verify_trail(reader)
    finally:
        store.close()
    if not result.ok:
        bad = result.first_bad
        told = f"留痕第 {bad} 条对不上" if bad is not None else result.broken[0].said
        raise StoreError(f"备份已恢复，但{told}：请用 duban audit verify 核查")


def _whoever(conn: Connection, login: str) -> Actor:
    """Return who restores, perhaps nobody the restored store knows."""
    if conn.dialect.name == "postgresql":
        login = str(conn.execute(text("SELECT session_user")).scalar())
    return Actor(0, login, login, frozenset())


def _write(store: Store, archive: zipfile.ZipFile) -> dict[str, int]:
    entries: dict[str, dict[str, Any]] = {}
    with store.reading() as reader:
        for t in _archived():
            digest, lines = hashlib.sha256(), 0
            with archive.open(f"{t.name}.jsonl", "w", force_zip64=True) as out:
                for line in _lines(t, reader.cells(_whole(t, store.kind))):
                    digest.update(line)
                    out.write(line)
                    lines += 1
            entries[t.name] = {"rows": lines - 1, "sha256": digest.hexdigest()}
    manifest = {"form": FORM, "schema": SCHEMA, "tables": entries}
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return {name: int(entry["rows"]) for name, entry in entries.items()}


def _whole(t: Table, engine: str) -> str:
    """Return the SELECT of a whole table in one order on both engines: texts byte by byte."""
    columns = ", ".join(f'"{c.name}"' for c in t.columns)
    bytewise = ' COLLATE "C"' if engine == "postgresql" else ""
    order = ", ".join(
        f'"{c.name}"' + (bytewise if isinstance(c.type, AutoString) else "")
        for c in t.primary_key.columns
    )
    source = "citizen" if t.name == "person" else t.name
    return f'SELECT {columns} FROM "{source}" ORDER BY {order}'


def _lines(t: Table, chunks: Iterable[Sequence[Sequence[Any]]]) -> Iterator[bytes]:
    """Yield a table as the lines of its file: the names of its columns, then its rows."""
    encode = [_encoder(c) for c in t.columns]
    yield _line([c.name for c in t.columns])
    for chunk in chunks:
        for row in chunk:
            yield _line(_each(encode, row))


def _line(cells: list[Any]) -> bytes:
    return (json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _each(convert: list[Cell], cells: Sequence[Any]) -> list[Any]:
    return [None if cell is None else c(cell) for c, cell in zip(convert, cells, strict=True)]


def _encoder(column: Column[Any]) -> Cell:
    """Return what makes JSON of a cell, as either driver gives it."""
    kind = column.type
    if isinstance(kind, UTCDateTime):
        return lambda value: aware(value).isoformat()
    if isinstance(kind, Date):
        return str  # a date's text is its ISO form
    if isinstance(kind, LargeBinary):
        return lambda value: base64.b64encode(value).decode()
    if isinstance(kind, Boolean):
        return bool
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("form") != FORM:
        raise ValueError("another form")
    if manifest["schema"] > SCHEMA:
        raise StoreError(
            f"备份的库版本是 {manifest['schema']}，本程序只认得 {SCHEMA}：请升级督办台后再恢复"
        )
    return manifest


def _fill(conn: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Read every table of the archive into those that stand in the new store."""
    entries, tables = manifest["tables"], _standing(conn, manifest["schema"])
    if {t.name for t in tables} != set(entries):
        raise ValueError("other tables than its schema has")
    for t in tables:
        _read_table(conn, archive, t, entries[t.name])


def _standing(conn: Connection, schema: str) -> list[Table]:
    """Return the tables of a schema, each after those it points to, with what the driver takes."""
    plain = MetaData()
    if schema != SCHEMA:
        plain.reflect(conn)
        found = (t for t in plain.sorted_tables if t.name not in {"alembic_version", *RECKONED})
        return [t for t in found if not t.name.startswith(PAIR_INDEX)]
    return [
        Table(t.name, plain, *(Column(c.name, _plain_type(c)) for c in t.columns))
        for t in _archived()
    ]


def _archived() -> list[Table]:
    """Return the tables of an archive, each after those it points to."""
    return [t for t in SQLModel.metadata.sorted_tables if t.name not in RECKONED]


def _plain_type(column: Column[Any]) -> TypeEngine[Any]:
    return DateTime() if isinstance(column.type, UTCDateTime) else column.type


def _read_table(
    conn: Connection, archive: zipfile.ZipFile, t: Table, entry: dict[str, Any]
) -> None:
    digest = hashlib.sha256()
    with archive.open(f"{t.name}.jsonl") as lines:
        head = lines.readline()
        digest.update(head)
        names = json.loads(head)
        decode = [_decoder(t.columns[name], conn.dialect.name) for name in names]
        bulk_into(conn, t, names, _archived_rows(lines, decode, digest))
    if digest.hexdigest() != entry["sha256"]:
        raise ValueError(f"{t.name} was changed")


def _archived_rows(lines: IO[bytes], decode: list[Cell], digest: Any) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        digest.update(line)
        yield tuple(_each(decode, json.loads(line)))


def _decoder(column: Column[Any], engine: str) -> Cell:
    """Return what makes of JSON a cell that the driver takes, by the column that stands there."""
    kind = column.type
    if isinstance(kind, DateTime):
        return (lambda told: to_text(_instant(told))) if engine == "sqlite" else _instant
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    if isinstance(kind, Boolean):
        return bool  # archives of the first build hold 0 and 1 where SQLite did
    return _as_it_is


def _instant(told: str) -> datetime:
    """Return an instant; one without a zone, as the first build wrote some, is UTC."""
    instant = datetime.fromisoformat(told)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
