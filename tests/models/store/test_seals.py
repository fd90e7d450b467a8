"""Every edit of a row that bypasses the verbs is found, whatever table and whichever engine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from models.casework.verbs import take
from models.store.anchors import keep_anchor, read_anchors
from models.store.backup import restore
from models.store.errors import StoreError
from models.store.opening import open_store
from models.store.seals import (
    BOOKKEEPING,
    DERIVED,
    KEPT_BY_ITSELF,
    RECKONED,
    SEALED,
    sealed_columns,
)
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables import SupervisionOrder
from seed.reference.catalogue import first_content
from tests.conftest import Clock, admin, database_url
from tests.faults.tampered import unguarded
from tests.models.store.test_released import ARCHIVE, WAITING

TABLES = SQLModel.metadata.tables


@pytest.fixture(scope="module")
def file_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with rows of nearly every kind, to be copied."""
    path = tmp_path_factory.mktemp("seals") / "all.db"
    restore(ARCHIVE, str(path), Clock(), login="tester")
    return path


@pytest.fixture(scope="module")
def database_of_all(pg_server: str) -> Iterator[str]:
    """Yield the name of a database with the same, to be copied."""
    name = f"duban_seals_{os.getpid()}"
    admin(pg_server, f"CREATE DATABASE {name}")
    restore(ARCHIVE, database_url(pg_server, name), Clock(), login="tester")
    yield name
    admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Yield a store with rows of nearly every kind, on each engine in turn."""
    if request.param == "sqlite":
        target = str(tmp_path / "all.db")
        shutil.copyfile(request.getfixturevalue("file_of_all"), target)
    else:
        server, whole = (request.getfixturevalue(n) for n in ("pg_server", "database_of_all"))
        name = f"{whole}_{abs(hash(tmp_path)) % 10**12}"
        admin(server, f"CREATE DATABASE {name} TEMPLATE {whole}")
        target = database_url(server, name)
    opened = open_store(target, now=Clock(), first=first_content, login="tester")
    opened.login = "tester"
    yield opened
    opened.close()
    if request.param == "postgresql":
        admin(server, f"DROP DATABASE {name} WITH (FORCE)")


def test_every_table_is_in_exactly_one_class() -> None:
    classes = [set(SEALED), set(KEPT_BY_ITSELF), set(BOOKKEEPING), set(RECKONED)]
    assert sorted(name for one in classes for name in one) == sorted(TABLES)


def test_only_what_the_sweep_keeps_up_and_what_names_nothing_is_left_out() -> None:
    for name in SEALED:
        t = TABLES[name]
        left = {c.name for c in t.columns} - set(sealed_columns(t)) - DERIVED.get(name, frozenset())
        assert left <= {"id", "version"}, name
        assert (
            "id" not in t.c
            or "id" in sealed_columns(t)
            or not any(
                key.column is t.c.id for other in TABLES.values() for key in other.foreign_keys
            )
        ), name


EDITS = {
    "title": "UPDATE ticket SET title = title || '。' WHERE id = 3",
    "ticket gone": "DELETE FROM ticket WHERE id = 3",
    "later due": "UPDATE deadline SET due_at = red_at, red_at = due_at, step = 'contact' "
    "WHERE id = (SELECT min(id) FROM deadline WHERE step = 'close')",
    "crossings gone": "DELETE FROM crossing WHERE level IN ('red1', 'red2', 'red3')",
    "closed": "UPDATE round SET closed_at = NULL WHERE id = "
    "(SELECT min(id) FROM round WHERE closed_at IS NOT NULL)",
    "rating": "UPDATE rating SET result_rating = '满意' WHERE result_rating = '不满意'",
    "tallies": "UPDATE edition_row SET tally = replace(tally, '1', '2')",
    "place": "UPDATE edition_row SET place = 1",
    "edition": "UPDATE edition SET digest = 'x'",
    "policy": "UPDATE policy SET text = text || ' '",
    "calendar": "UPDATE calendar SET text = replace(text, '2026-10-01', '2026-10-09')",
    "role": "INSERT INTO role (id, operator_id, role) VALUES (900, 1, 'nobody')",
    "operator": "UPDATE operator SET name = '别人'",
    "counter": "UPDATE counter SET last = last - 1 WHERE substr(key, 1, 6) = 'paper:'",
    "telephone": "UPDATE person SET phone = '13900000000' WHERE id = "
    "(SELECT min(id) FROM person WHERE phone IS NOT NULL)",
    "paper": "UPDATE paper SET content = name_of_nothing",
    "paper and digest": "UPDATE paper SET sha256 = 'x'",
    "order": "UPDATE supervision_order SET cause = '无' WHERE number IS NOT NULL",
    "seal key": "UPDATE setting SET value = value || 'x' WHERE key = 'seal_key'",
    "unit": "UPDATE unit SET phone = '110' WHERE id = 2",
    "alias": "DELETE FROM unit_alias",
    "worst colour": "UPDATE ticket SET worst_colour = CASE worst_colour WHEN 'red' THEN 'blue' "
    "ELSE 'red' END WHERE id = 3",
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_that_bypasses_the_verbs_is_named(store: Store, edit: str) -> None:
    assert _verified(store).ok
    sql = EDITS[edit].replace("name_of_nothing", "x''" if store.kind == "sqlite" else "''::bytea")
    with unguarded(store) as conn:
        assert conn.exec_driver_sql(sql).rowcount > 0
    found = _verified(store)
    assert not found.ok and found.first_bad is None and found.broken
    assert found.broken[0].said


def test_an_edited_ticket_is_called_by_its_number(store: Store) -> None:
    with unguarded(store) as conn:
        number = conn.exec_driver_sql("SELECT number FROM ticket WHERE id = 3").scalar_one()
        conn.exec_driver_sql("UPDATE ticket SET area = '别处' WHERE id = 3")
    (one,) = _verified(store).broken
    assert number in one.said and one.table == "ticket"


def test_a_row_without_an_event_is_named_itself(store: Store) -> None:
    with unguarded(store) as conn:
        conn.exec_driver_sql("INSERT INTO role (id, operator_id, role) VALUES (900, 1, 'x')")
    (one,) = _verified(store).broken
    assert (one.table, one.id) == ("role", 900)


@pytest.mark.parametrize(
    "damage", ["UPDATE event SET at = 'garbage' WHERE seq = 9", "DROP TABLE crossing"]
)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_makes_verify_stumble_is_named_like_any_other(store: Store, damage: str) -> None:
    with unguarded(store) as conn:
        conn.exec_driver_sql(damage)
    found = _verified(store)
    assert not found.ok
    assert found.first_bad == 9 if "event" in damage else "crossing" in found.broken[0].said


def test_a_daily_run_reckons_only_what_was_touched_since(store: Store) -> None:
    with store.reading() as reader:
        seq = int(reader.value("SELECT max(seq) FROM event")) + 1
    assert take(store, "acknowledge", [WAITING]).done == (WAITING,)
    with store.reading() as reader:
        found = verify_trail(reader, since=seq)
        assert found.ok and found.subjects == 1
    with unguarded(store) as conn:
        conn.exec_driver_sql(f"UPDATE ticket SET title = 'x' WHERE id IN ({WAITING}, 3)")
    with store.reading() as reader:
        assert len(verify_trail(reader, since=seq).broken) == 1
        assert len(verify_trail(reader).broken) == 2


def test_a_head_in_a_signed_order_must_stand_in_the_chain(store: Store) -> None:
    with store.writing() as work:
        id = work.value("SELECT min(id) FROM supervision_order WHERE number IS NOT NULL")
        version = work.value("SELECT version FROM supervision_order WHERE id = :id", id=id)
        work.update(SupervisionOrder, id, version, head_hash="0" * 64)
        work.event("order.sign", "order", id)
    (one,) = _verified(store).broken
    assert one.table == "supervision_order" and "整体改写" in one.said


def test_heads_kept_in_a_file_elsewhere_are_anchors(store: Store, tmp_path: Any) -> None:
    kept = tmp_path / "heads.txt"
    first = keep_anchor(store, kept)
    assert take(store, "acknowledge", [WAITING]).done
    second = keep_anchor(store, kept)
    assert read_anchors(str(kept)) == [first.head, second.head]
    assert kept.stat().st_mode & 0o777 == 0o600
    with store.reading() as reader:
        assert verify_trail(reader, anchors=read_anchors(str(kept))).ok
        assert not verify_trail(reader, anchors=["0" * 64]).ok


@pytest.mark.parametrize("there", ["别的文字\n".encode(), b"\xff\xfe\x00", b"a b\n"])
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_file_of_something_else_is_left_as_it_is(
    store: Store, there: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "heads.txt"
    path.write_bytes(there)
    with pytest.raises(StoreError, match="另写一个文件名"):
        keep_anchor(store, path)
    assert path.read_bytes() == there


@pytest.mark.parametrize("told", ["nothing", "folder", "words"])
def test_what_is_no_anchor_is_refused(told: str, tmp_path: Any) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "words").write_text("不是\n", encoding="utf-8")
    with pytest.raises(StoreError, match="锚点文件"):
        read_anchors(str(tmp_path / told))


def _verified(store: Store) -> Any:
    with store.reading() as reader:
        return verify_trail(reader)
