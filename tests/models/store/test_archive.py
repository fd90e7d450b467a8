"""An archive holds every table, each cell by its column's type, the same from either engine."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    func,
    select,
)
from sqlmodel import AutoString, SQLModel, UTCDateTime

from models.store import backup
from models.store.backup import _whole, restore, write_archive
from models.store.opening import open_store
from models.store.seals import RECKONED
from models.store.store import Store
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin
from tests.models.store.conftest import Database

ZONES = ("UTC", "Asia/Shanghai", "America/New_York")

FIRST = 900_001  # ids of generated rows, after those of a new store

CHAINED = {"event", "trail_head"}  # filled by the store itself, and verified

Row = dict[str, Any]


def _generated() -> Iterator[tuple[Table, list[Row]]]:
    """Yield two rows for every table: one with every cell filled, one with what must be."""
    keys: dict[str, list[Any]] = {}
    for t in SQLModel.metadata.sorted_tables:
        if t.name in CHAINED:
            continue
        rows = [{c.name: _cell(t, c, n, keys) for c in t.columns} for n in (0, 1)]
        for c in t.columns:
            if c.nullable and not c.foreign_keys:
                rows[1][c.name] = None
        yield t, rows


def _cell(t: Table, column: Column[Any], n: int, keys: dict[str, list[Any]]) -> Any:
    """Return a value of the column's type, another for each row, that is hard to carry."""
    place = list(t.columns).index(column)
    for key in column.foreign_keys:
        if key.column.table is t:
            return keys[f"{t.name}.{key.column.name}"][0]  # the first row points at itself
        return keys[f"{key.column.table.name}.{key.column.name}"][n]
    value: Any
    if isinstance(column.type, UTCDateTime):
        value = datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC) + timedelta(hours=place, days=245 * n)
    elif isinstance(column.type, Date):
        value = date(2028, 2, 29) + timedelta(days=n)
    elif isinstance(column.type, Boolean):
        value = n == 0
    elif isinstance(column.type, LargeBinary):
        value = bytes(range(256))[n:]
    elif isinstance(column.type, Integer):
        value = FIRST + n
    else:
        assert isinstance(column.type, AutoString), column
        hard = "：“引号”'\"\\ 换行\n\t与中文 %s :at"
        value = f"{t.name}.{column.name}{hard}" if n == 0 else f"Ä{column.name}"
    keys.setdefault(f"{t.name}.{column.name}", []).append(value)
    return value


def _told(value: Any) -> Any:
    """Return what an archive says of a value, written down here a second time."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    """Return the session zone that PostgreSQL databases of the test have."""
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, zone: str, tmp_path: Path, in_zone: Callable[[], str]
) -> Iterator[Store]:
    """Yield a store with rows in every table, on each engine in turn."""
    target = str(tmp_path / "filled.db") if request.param == "sqlite" else in_zone()
    store = open_store(target, now=Clock(), first=first_content, login="tester")
    with store.writing() as work:
        work.event("export.list", "store", 1, unit_id=1, reason="引号'\"\\ 换行\n与中文")
    with store.engine().begin() as conn:
        for t, rows in _generated():
            conn.execute(t.insert(), rows)
        _every_column_is_filled(conn)
    yield store
    store.close()


def _every_column_is_filled(conn: Connection) -> None:
    for t in SQLModel.metadata.sorted_tables:
        filled = conn.execute(select(*(func.count(c) for c in t.columns))).one()
        empty = [c.name for c, n in zip(t.columns, filled, strict=True) if not n]
        assert not empty, (t.name, empty)


@pytest.fixture
def in_zone(database: Database, pg_server: str, zone: str) -> Callable[[], str]:
    """Return a function that makes an empty database whose sessions are in the zone."""

    def make() -> str:
        target = database()
        name = target.partition("?")[0].rsplit("/", 1)[1]
        admin(pg_server, f"ALTER DATABASE {name} SET timezone TO '{zone}'")
        return target

    return make


def test_every_cell_of_every_table_is_told_by_its_type(filled: Store, tmp_path: Path) -> None:
    write_archive(filled, tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        for t, rows in _generated():
            if t.name in RECKONED:
                continue
            names, *lines = map(json.loads, archive.read(f"{t.name}.jsonl").splitlines())
            for row in rows:
                told = [_told(row[name]) for name in names]
                found = [line for line in lines if repr(line) == repr(told)]  # 1 is not true
                assert len(found) == 1, (t.name, told)


def test_an_archive_restored_into_either_engine_is_archived_the_same(
    filled: Store, tmp_path: Path, in_zone: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_check_trail", lambda *_: None)  # no verb wrote these rows
    archive = tmp_path / "whole.zip"
    write_archive(filled, archive)
    for target in (str(tmp_path / "again.db"), in_zone()):
        restore(archive, target, Clock())
        store = Store(target, now=Clock())
        again = tmp_path / f"again-{store.kind}.zip"
        write_archive(store, again)
        store.close()
        assert _manifest(again) == _manifest(archive)


def test_texts_stand_in_the_order_of_their_bytes_whatever_the_database_sorts_by() -> None:
    t = SQLModel.metadata.tables["category"]
    assert _whole(t, "postgresql").endswith('ORDER BY "path" COLLATE "C"')
    assert _whole(t, "sqlite").endswith('ORDER BY "path"')


def _manifest(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def test_the_generated_rows_leave_no_kind_of_cell_out() -> None:
    kinds = {type(value) for _, rows in _generated() for row in rows for value in row.values()}
    assert kinds >= {str, int, bool, bytes, date, datetime, type(None)}
