"""An engine-neutral archive of a whole store: also the road from SQLite to PostgreSQL.

A zip with ``manifest.json`` (form, schema, counts and SHA-256 of each table) and one JSON-lines
file per table: column names in the first line, then one array a row; instants as ISO text in UTC,
bytes as base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Boolean, Date, LargeBinary, Table
from sqlmodel import SQLModel, UTCDateTime

from models.store.actor import logins_with_roles
from models.store.bulk import bulk_into
from models.store.creation import advance_sequences, empty_store
from models.store.errors import StoreError
from models.store.grants import grant_known
from models.store.store import Store
from models.store.trail import verify_trail
from models.store.version import SCHEMA
from models.store.work import Work
from rules.errors import system_reason

FORM = "duban-backup-1"


def back_up(store: Store, path: Path) -> dict[str, int]:
    """Write the archive to ``path`` and return the rows of each table; raises ``StoreError``."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as raw:
            os.chmod(unfinished, 0o600)
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                counts = _write(store, archive)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        raise StoreError(
            f"备份写不进 {path}（{system_reason(error)}）：请换一个位置或清理磁盘"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore(path: Path, target: str, now: Callable[[], datetime]) -> dict[str, int]:
    """Build a store at ``target``, which must not hold one yet, from the archive at ``path``."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            with empty_store(target, now) as work:
                for t in _tables():
                    _read_table(work, archive, t, manifest["tables"][t.name])
                if not work.sqlite:
                    advance_sequences(work.conn)
                    grant_known(work.conn, logins_with_roles(work.rows))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, binascii.Error) as error:
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
        raise StoreError(
            f"备份已恢复，但留痕第 {result.first_bad} 条对不上：请用 duban audit verify 核查"
        )


def _tables() -> list[Table]:
    return list(SQLModel.metadata.sorted_tables)


def _write(store: Store, archive: zipfile.ZipFile) -> dict[str, int]:
    entries: dict[str, dict[str, Any]] = {}
    with store.reading() as reader:
        for t in _tables():
            names = [c.name for c in t.columns]
            columns = ", ".join(f'"{n}"' for n in names)
            order = ", ".join(f'"{c.name}"' for c in t.primary_key.columns)
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"{t.name}.jsonl", "w", force_zip64=True) as out:
                out.write(_line(names, digest))
                for chunk in reader.stream(f"SELECT {columns} FROM {t.name} ORDER BY {order}"):
                    rows += len(chunk)
                    for row in chunk:
                        out.write(_line([_plain(v) for v in row], digest))
            entries[t.name] = {"rows": rows, "sha256": digest.hexdigest()}
    manifest = {"form": FORM, "schema": SCHEMA, "tables": entries}
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return {name: int(entry["rows"]) for name, entry in entries.items()}


def _line(cells: list[Any], digest: Any) -> bytes:
    line = (json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    digest.update(line)
    return line


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("form") != FORM:
        raise ValueError("another form")
    if manifest["schema"] != SCHEMA:
        raise StoreError(
            f"备份的库版本是 {manifest['schema']}，本程序是 {SCHEMA}：请用同版本的督办台恢复"
        )
    return manifest


def _read_table(work: Work, archive: zipfile.ZipFile, t: Table, entry: dict[str, Any]) -> None:
    digest = hashlib.sha256()
    with archive.open(f"{t.name}.jsonl") as lines:
        head = lines.readline()
        digest.update(head)
        names = json.loads(head)
        decode = [_decoder(t, name) for name in names]
        bulk_into(work.conn, t, names, _archived_rows(lines, decode, digest))
    if digest.hexdigest() != entry["sha256"]:
        raise ValueError(f"{t.name} was changed")


def _archived_rows(
    lines: IO[bytes], decode: list[Callable[[Any], Any]], digest: Any
) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        digest.update(line)
        cells = json.loads(line)
        yield tuple(None if c is None else d(c) for d, c in zip(decode, cells, strict=True))


def _decoder(t: Table, name: str) -> Callable[[Any], Any]:
    kind = t.columns[name].type
    if isinstance(kind, UTCDateTime):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    if isinstance(kind, Boolean):
        return bool
    return lambda value: value
