"""A store file that is moved, replaced or deleted while it is open is noticed before a write."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from models.store.errors import StoreError
from models.store.failures import explained
from models.store.store import Store

COUNT = "SELECT count FROM trail_head"


def _move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def _replace(path: Path) -> None:
    shutil.copyfile(path, path.with_name("copy.db"))
    path.with_name("copy.db").replace(path)


@pytest.mark.parametrize("take_away", [_move, _replace, Path.unlink])
def test_nothing_is_read_or_written_where_the_file_is_not_the_one_that_was_opened(
    sqlite_store: Store, take_away: Callable[[Path], None]
) -> None:
    path = Path(sqlite_store.target)
    note(sqlite_store)
    take_away(path)
    there = path.exists()
    for _ in range(2):
        with pytest.raises(StoreError, match="放回原处"), sqlite_store.writing():
            pass
        with pytest.raises(StoreError, match="放回原处"), sqlite_store.reading():
            pass
    assert path.exists() == there  # no empty store was made in its place


def note(store: Store) -> None:
    with store.writing() as work:
        work.event("export.list", "store", None)


def test_a_file_that_is_put_back_goes_on(sqlite_store: Store) -> None:
    path = Path(sqlite_store.target)
    note(sqlite_store)
    with sqlite_store.reading() as reader:
        before = reader.value(COUNT)
    _move(path)
    with pytest.raises(StoreError):
        note(sqlite_store)
    path.with_name("elsewhere.db").rename(path)
    note(sqlite_store)
    with sqlite_store.reading() as reader:
        assert reader.value(COUNT) == before + 1


def test_a_file_taken_away_in_the_middle_of_an_act_keeps_nothing_of_it(
    sqlite_store: Store,
) -> None:
    path = Path(sqlite_store.target)
    with sqlite_store.reading() as reader:
        before = reader.value(COUNT)
    with pytest.raises(StoreError, match="放回原处"), sqlite_store.writing() as work:
        work.event("export.list", "store", None)
        _move(path)
    path.with_name("elsewhere.db").rename(path)
    with sqlite_store.reading() as reader:
        assert reader.value(COUNT) == before


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("SQLITE_FULL", "磁盘已满"),
        ("SQLITE_BUSY", "占用"),
        ("SQLITE_LOCKED", "占用"),
        ("SQLITE_READONLY", "不可写"),
        ("SQLITE_CANTOPEN", "不可写"),
        ("SQLITE_IOERR", "磁盘读写出错"),
        ("SQLITE_CORRUPT", "已损坏"),
        ("SQLITE_NOTADB", "已损坏"),
        ("SQLITE_NOMEM", "暂时不可用"),
    ],
)
def test_every_failure_of_a_file_is_one_line(name: str, line: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = getattr(sqlite3, name) | 7 << 8  # an extended code
    told = explained(error)
    assert isinstance(told, StoreError) and line in str(told)


def test_our_own_mistakes_are_not_explained_away() -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")
    assert explained(caught.value) is None
