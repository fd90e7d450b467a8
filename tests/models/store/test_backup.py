"""A backup restores into either engine, whole or not at all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models.store.backup import back_up, restore
from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.supervision import Campaign, Paper
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
        assert bytes(after.value("SELECT content FROM paper")) == bytes(range(256))
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


def _nothing_of_ours(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as new:
        new.writestr("readme.txt", "hello")


@pytest.mark.parametrize("damage", [_cut_short, _forge, _nothing_of_ours])
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
