"""Opening a store: new, strange, newer, broken; and what its first content is."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlmodel import SQLModel

from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.reader import SqliteReader
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.bureau import ROLE_NAMES
from seed.reference.catalogue import first_content
from tests.conftest import NOW, Clock
from tests.models.cells import row_of, rows_of


def opened(path: Path, **options: Any) -> Store:
    return open_store(str(path), now=Clock(), first=first_content, login="tester", **options)


def test_a_new_store_has_every_table_of_the_models(store: Store) -> None:
    inspector = inspect(store.engine())
    for table in SQLModel.metadata.sorted_tables:
        columns = {c["name"] for c in inspector.get_columns(table.name)}
        assert columns == {c.name for c in table.columns}, table.name
        names = {i["name"] for i in inspector.get_indexes(table.name)}
        assert {str(i.name) for i in table.indexes} <= names


def test_a_new_store_holds_117_units_and_its_first_operator_has_every_role(store: Store) -> None:
    with store.reading() as reader:
        assert reader.value("SELECT count(*) FROM unit WHERE NOT is_centre") == 117
    assert store.operator.roles == set(ROLE_NAMES)


def test_opening_again_changes_nothing(store: Store, opener: object) -> None:
    with store.reading() as reader:
        before = verify_trail(reader)
    assert callable(opener)
    with opener().reading() as reader:
        assert verify_trail(reader) == before
    assert before.ok and before.events > 0


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    store = opened(tmp_path / "deep" / "er" / "store.db")
    assert stat.S_IMODE(os.stat(store.target).st_mode) == 0o600
    assert sorted(p.name for p in (tmp_path / "deep" / "er").glob(".*")) == []
    store.close()


@pytest.mark.parametrize("content", [b"hello, no database at all", b"SQLite format 3\x00xx"])
def test_a_strange_file_is_refused_in_chinese_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"不是督办台的库|已损坏"):
        opened(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE t (a)")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match="不是督办台的库"):
        opened(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="文件夹"):
        opened(tmp_path)


def test_a_newer_store_is_refused(sqlite_target: str) -> None:
    raw = sqlite3.connect(sqlite_target)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match="更新版本"):
        opened(Path(sqlite_target))


def test_read_only_refuses_to_write_and_does_not_create(sqlite_target: str, tmp_path: Path) -> None:
    store = opened(Path(sqlite_target), read_only=True)
    with pytest.raises(StoreError, match="只读"), store.writing():
        pass
    store.close()
    with pytest.raises(StoreError, match="还不存在"):
        opened(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="换一个可写的位置"):
        opened(tmp_path / "file" / "store.db")


def test_a_store_in_a_folder_that_cannot_be_written_is_shown_read_only(
    sqlite_target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder_is_read_only(monkeypatch)
    store = opened(Path(sqlite_target))
    assert store.read_only and store.operator.roles
    with pytest.raises(StoreError, match="文件夹不可写"), store.writing():
        pass
    store.close()


def test_what_was_written_last_is_not_left_out_in_such_a_folder(
    sqlite_target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder_is_read_only(monkeypatch)
    Path(sqlite_target + "-wal").write_bytes(b"pages")
    with pytest.raises(StoreError, match="还没有并入"):
        opened(Path(sqlite_target))


def _folder_is_read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite say what it says of a folder without write permission; root may write it."""
    usual = SqliteReader.__init__

    def refuse(reader: SqliteReader, path: Path, *, immutable: bool = False) -> None:
        if not immutable:
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorname = "SQLITE_READONLY_DIRECTORY"
            raise error
        usual(reader, path, immutable=immutable)

    monkeypatch.setattr(SqliteReader, "__init__", refuse)


def test_a_store_with_damaged_pages_says_so(sqlite_target: str) -> None:
    path = Path(sqlite_target)
    whole = path.read_bytes()
    kept = whole[: len(whole) // 8]
    path.write_bytes(kept + bytes(len(whole) - len(kept)))
    with pytest.raises(StoreError, match="已损坏"):
        store = opened(path)
        with store.reading() as reader:
            verify_trail(reader)
            for table in SQLModel.metadata.tables:
                rows_of(reader, f'SELECT * FROM "{table}"')


def test_writing_into_damaged_pages_says_so(sqlite_store: Store) -> None:
    with pytest.raises(StoreError, match="已损坏"), sqlite_store.writing():
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_a_locked_store_says_so(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite_store.engine().connect() as conn:
        conn.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(sqlite_store.target, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="占用"), sqlite_store.writing() as work:
        work.event("ticket.note", "store", None)
    other.execute("ROLLBACK")
    other.close()


def test_a_full_disk_loses_nothing_and_says_so(sqlite_store: Store) -> None:
    with sqlite_store.reading() as reader:
        before = reader.value("SELECT count(*) FROM event")
    with sqlite_store.engine().connect() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="磁盘已满"), sqlite_store.writing() as work:
        for i in range(2000):
            work.event("ticket.note", "store", i, reason="满" * 200)
    with sqlite_store.reading() as reader:
        assert reader.value("SELECT count(*) FROM event") == before
        assert verify_trail(reader).ok


def test_somebody_unknown_may_look_but_not_write(sqlite_target: str) -> None:
    stranger = open_store(sqlite_target, now=Clock(), first=first_content, login="stranger")
    assert stranger.operator.roles == frozenset()
    with pytest.raises(StoreError, match="还不是本库的操作员"), stranger.writing():
        pass
    stranger.close()


def test_a_demo_clock_goes_on_from_where_it_stood(tmp_path: Path) -> None:
    began = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    clock = Clock()
    path = str(tmp_path / "demo.db")
    first = open_store(path, now=clock, first=first_content, login="demo", demo_now=began)
    assert first.demo and first.now() == began
    clock.travel(minutes=5)
    with first.writing() as work:
        work.event("ticket.note", "store", None)
    first.close()
    clock.travel(days=30)
    again = open_store(path, now=clock, first=first_content, login="")
    assert again.now() == began + timedelta(minutes=5)
    assert again.login == "demo"
    again.close()


def test_showing_another_moment_marks_what_is_written(store: Store) -> None:
    store.rehearse_at(NOW - timedelta(days=3))
    with store.writing() as work:
        work.event("ticket.note", "store", None)
    with store.reading() as reader:
        row = row_of(reader, "SELECT at, recorded_at, payload FROM event ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert (row[0], row[1]) == (NOW - timedelta(days=3), NOW)
    assert "演练" in row[2]
