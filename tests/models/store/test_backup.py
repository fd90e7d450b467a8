"""A backup restores into either engine, whole or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column

from models.paper.templates import load_template
from models.store import backup
from models.store.backup import back_up, restore
from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.campaigns import Campaign
from models.tables.supervision import Paper
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin, database_url
from tests.models.cells import rows_of


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as work:
        work.insert(Campaign, name="夏季停水", started_at=work.at)
        work.insert(
            Paper,
            subject_kind="order",
            subject_id=1,
            name="a.docx",
            sha256="00",
            content=bytes(range(256)),
            made_at=work.at,
        )
        work.event("campaign.start", "campaign", 1, reason="引号'\"\\ 换行\n与中文")
    load_template(store, "order", bytes(range(256)), "换版头")
    return store


@pytest.mark.parametrize("road", ["sqlite", "postgresql"])
def test_a_backup_restores_into_either_engine(
    filled: Store, road: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    archive = tmp_path / "whole.zip"
    counts = back_up(filled, archive)
    target = _empty(road, tmp_path, request)
    assert restore(archive, target, Clock()) == counts
    again = open_store(target, now=Clock(), first=first_content, login="tester")
    with filled.reading() as before, again.reading() as after:
        assert verify_trail(before) == verify_trail(after)
        for sql in ("SELECT * FROM unit ORDER BY id", "SELECT started_at FROM campaign"):
            assert rows_of(before, sql) == rows_of(after, sql)
        for table in ("paper", "paper_template"):
            assert bytes(after.value(f"SELECT content FROM {table}")) == bytes(range(256))
    again.login = filled.login
    if again.kind == "postgresql":  # there the database says who acts
        with again.engine().begin() as conn:
            conn.exec_driver_sql("UPDATE operator SET login = session_user")
            again.login = str(conn.exec_driver_sql("SELECT session_user").scalar_one())
    with again.writing() as work:
        work.insert(Campaign, name="接着办", started_at=work.at)
    again.close()


def _empty(road: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if road == "sqlite":
        return str(tmp_path / "restored.db")
    server = request.getfixturevalue("pg_server")
    name = f"duban_restored_{abs(hash(tmp_path)) % 10**12}"
    admin(server, f"CREATE DATABASE {name}")
    request.addfinalizer(lambda: admin(server, f"DROP DATABASE {name} WITH (FORCE)"))
    return database_url(server, name)


def test_a_restore_never_overwrites(filled: Store, tmp_path: Path) -> None:
    archive = tmp_path / "whole.zip"
    back_up(filled, archive)
    with pytest.raises(StoreError, match=r"已经存在|已有库"):
        restore(archive, filled.target, Clock())


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _forge(path: Path) -> None:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["unit.jsonl"] = members["unit.jsonl"].replace("洪山".encode(), "红山".encode())
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


def _scramble(path: Path) -> None:
    """Turn every byte of what a table was packed into, under the name and size it had."""
    with zipfile.ZipFile(path) as whole:
        start = whole.getinfo("unit.jsonl").header_offset + 30 + len("unit.jsonl")
    content = bytearray(path.read_bytes())
    content[start : start + 64] = bytes(byte ^ 0xFF for byte in content[start : start + 64])
    path.write_bytes(content)


def _too_large(path: Path) -> None:
    """Give a row a version that no column holds."""
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    head, row, *rest = parts["unit.jsonl"].split(b"\n")
    cells = json.loads(row)
    cells[json.loads(head).index("version")] = 10**30
    parts["unit.jsonl"] = b"\n".join([head, json.dumps(cells).encode(), *rest])
    _again(path, parts)


def _nested(path: Path) -> None:
    _again(path, {"manifest.json": b"[" * 100_000})


def _again(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def _nothing_of_ours(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("readme.txt", "hello")


@pytest.mark.parametrize(
    "damage", [_cut_short, _forge, _scramble, _too_large, _nested, _nothing_of_ours]
)
def test_a_damaged_backup_leaves_nothing_behind(
    sqlite_store: Store, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    archive = tmp_path / "whole.zip"
    back_up(sqlite_store, archive)
    damage(archive)
    with pytest.raises(StoreError, match="没有恢复任何内容"):
        restore(archive, str(tmp_path / "new.db"), Clock())
    assert [p.name for p in tmp_path.iterdir() if "new.db" in p.name] == []


def test_a_backup_into_nowhere_says_so(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="换一个位置"):
        back_up(sqlite_store, tmp_path / "no" / "such" / "folder.zip")


def test_a_backup_that_would_not_restore_the_same_is_none(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "whole.zip"
    usual = backup._decoder

    def careless(column: Column[Any], engine: str) -> backup.Cell:
        decode = usual(column, engine)
        return (lambda cell: 0) if column.name == "level" else decode

    def gives_up(column: Column[Any], engine: str) -> backup.Cell:
        raise ValueError("no such cell")

    for broken, line in ((careless, "与库中不一致"), (gives_up, "归档读不回来")):
        monkeypatch.setattr(backup, "_decoder", broken)
        with pytest.raises(StoreError, match=line):
            back_up(filled, archive)
    assert _left(tmp_path) == [] and not archive.exists()


def test_a_scratch_store_too_big_for_its_disk_says_so(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = backup._nameless

    def small() -> sqlite3.Connection:
        raw = usual()
        raw.execute("PRAGMA max_page_count = 20")
        return raw

    monkeypatch.setattr(backup, "_nameless", small)
    with pytest.raises(StoreError, match=r"没有通过试恢复（磁盘已满.*临时文件夹"):
        back_up(sqlite_store, tmp_path / "whole.zip")
    assert _left(tmp_path) == []


def test_the_scratch_store_is_in_no_folder_and_the_archive_its_owners_alone(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(scratch))
    seen: list[tuple[list[str], list[int]]] = []
    usual, opened = backup._digest_of, backup._nameless

    def little_memory() -> sqlite3.Connection:
        raw = opened()
        raw.execute("PRAGMA cache_size = 1")  # so that it goes to the disk at once
        return raw

    def look(*args: Any) -> str:
        parts = [p.stat().st_mode & 0o777 for p in tmp_path.glob(".duban-*/*")]
        seen.append(([p.name for p in scratch.iterdir()], parts))
        return usual(*args)

    monkeypatch.setattr(backup, "_nameless", little_memory)
    monkeypatch.setattr(backup, "_digest_of", look)
    old = os.umask(0)
    try:
        back_up(sqlite_store, tmp_path / "whole.zip")
    finally:
        os.umask(old)
    assert seen and all(one == ([], [0o600]) for one in seen)
    assert (tmp_path / "whole.zip").stat().st_mode & 0o777 == 0o600


def _left(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".duban-")]
