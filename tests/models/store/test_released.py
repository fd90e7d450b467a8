"""What the first build left, as a store or as an archive, is at home in this program."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from models.casework import take
from models.store import upgrading
from models.store.backup import restore
from models.store.database import migrate
from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.store import Store
from models.store.upgrading import upgrade_postgres
from models.store.verifying import verify_trail
from models.store.version import SCHEMA
from models.views import desk_total, queue_counts, queue_moment
from rules.casework.appeal import QueueFilter
from seed.reference.catalogue import first_content
from tests.conftest import NOW, Clock
from tests.models.cells import row_of, rows_of, value_of
from tests.models.store.conftest import RELEASED

ARCHIVE = RELEASED / "archive-0001.zip"

HEAD = "3985a636b0dd2ffeacbd15c1070564fb5283a1ac9953d1b2eed745a0a3fcbf91"

WAITING = 16  # the ticket R01, dispatched and not acknowledged yet


@pytest.fixture
def opened(request: pytest.FixtureRequest) -> Callable[[str], Store]:
    """Return what opens a store that is up to date, or a SQLite file that is not yet."""

    def open_it(target: str) -> Store:
        store = open_store(target, now=Clock(), first=first_content, login="tester")
        request.addfinalizer(store.close)
        return store

    return open_it


def _rows_released() -> dict[str, int]:
    with zipfile.ZipFile(ARCHIVE) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    rows = {name: int(entry["rows"]) for name, entry in tables.items()}
    return {**rows, "event": rows["event"] + 1, "setting": rows["setting"] + 1}


def _holds_all_of_it(store: Store) -> None:
    expected = _rows_released()
    expected["undo_entry"] = expected.pop("act")
    with store.reading() as reader:
        rows = {name: value_of(reader, f'SELECT count(*) FROM "{name}"') for name in expected}
        rows["event"] -= value_of(reader, "SELECT count(*) FROM event WHERE verb = 'seal'")
        assert rows == expected  # one event and one setting are the upgrade's own
        assert verify_trail(reader, HEAD).ok
        assert row_of(reader, "SELECT verb, payload FROM event ORDER BY seq DESC LIMIT 1") == (
            "store.upgrade",
            f'{{"from":"0001","to":"{SCHEMA}"}}',
        )
        assert rows_of(reader, "SELECT version, caller, said FROM callback") == [(1, "", None)] * 2


def _works(store: Store) -> None:
    with store.reading() as reader:
        counts = queue_counts(reader, QueueFilter(), queue_moment(store.timekeeper(), store.now()))
        assert (counts.red, counts.blue, counts.paused, counts.total) == (46, 12, 1, 59)
        assert desk_total(reader) == 25
    assert take(store, "acknowledge", [WAITING]).done == (WAITING,)
    with store.reading() as reader:
        state = value_of(reader, "SELECT state FROM round WHERE ticket_id = :id", id=WAITING)
        assert state == "acknowledged" and verify_trail(reader, HEAD).ok


def test_a_store_of_the_first_build_is_upgraded_and_goes_on(
    first_build: str, opened: Callable[[str], Store]
) -> None:
    if first_build.startswith("postgresql"):
        upgrade_postgres(first_build, Clock())
    store = opened(first_build)
    _holds_all_of_it(store)
    _works(store)


def test_an_archive_of_the_first_build_restores_into_either_engine_and_goes_on(
    empty_target: str, opened: Callable[[str], Store]
) -> None:
    restore(ARCHIVE, empty_target, Clock(), login="somebody")
    store = opened(empty_target)
    with store.reading() as reader:  # who restores it is named in the trail; a server knows who
        who = value_of(reader, "SELECT operator FROM event ORDER BY seq DESC LIMIT 1")
    assert who == ("somebody" if store.kind == "sqlite" else store.login)
    store.login = "tester"
    _holds_all_of_it(store)
    with store.reading() as reader:
        before = value_of(
            reader, "SELECT due_before AS at FROM extension WHERE due_before IS NOT NULL"
        )
    assert before.isoformat() == "2026-11-16T09:30:00+00:00"
    _works(store)


@pytest.mark.parametrize("first_build", ["sqlite"], indirect=True)
def test_a_demo_is_upgraded_at_the_time_of_its_own_clock(first_build: str) -> None:
    with sqlite3.connect(first_build) as raw:
        raw.execute("UPDATE setting SET value = 'demo' WHERE key = 'kind'")
        raw.execute("INSERT INTO setting VALUES ('demo_now', '2026-11-20 07:00:00.000000')")
    later = Clock(NOW + timedelta(days=1000))
    store = open_store(first_build, now=later, first=first_content, login="")
    with store.reading() as reader:
        at, verb, who = rows_of(
            reader, "SELECT recorded_at, verb, operator FROM event ORDER BY seq"
        )[-1]
    assert (at.isoformat(), verb) == ("2026-11-20T07:00:00+00:00", "store.upgrade")
    assert who == store.login == "tester"
    assert store.now() == at
    store.close()


@pytest.mark.parametrize("first_build", ["sqlite"], indirect=True)
def test_an_upgrade_that_would_lose_rows_changes_nothing(
    first_build: str, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(conn: Connection) -> None:
        migrate(conn)
        conn.exec_driver_sql("DELETE FROM rating WHERE id = 1")

    before = _dumped(first_build)
    monkeypatch.setattr(upgrading, "migrate", careless)
    with pytest.raises(StoreError, match="rating"):
        opened(first_build)
    assert _dumped(first_build) == before
    assert len(list(Path(first_build).parent.glob("*.bak"))) == 1


def _dumped(path: str) -> list[str]:
    """Return a SQLite file as the statements that make it."""
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


def test_an_archive_of_a_newer_program_is_refused_by_name(tmp_path: Path) -> None:
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as archive:
        manifest = {"form": "duban-backup-1", "schema": "9999", "tables": {}}
        archive.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(StoreError, match=r"9999.*请升级督办台后再恢复"):
        restore(newer, str(tmp_path / "new.db"), Clock())
    assert not (tmp_path / "new.db").exists()
