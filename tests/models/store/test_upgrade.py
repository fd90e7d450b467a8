"""A bureau's store comes to a newer schema by its administrator, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import Connection, text

from models.store import upgrading as upgrade, version as stores
from models.store.errors import NotAllowed, StoreError
from models.store.opening import open_store
from models.store.store import Store
from models.store.upgrading import Upgrade, upgrade_postgres
from models.store.verifying import verify_trail
from models.tables.campaigns import Campaign
from seed.reference.catalogue import first_content
from tests.conftest import Clock

BUILT, NEWER = stores.SCHEMA, "9000"

Migration = Callable[[Connection], None]


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> Migration:
    """Let the program know one schema more than the store has; return what brings it there."""

    def migrate(conn: Connection) -> None:
        conn.execute(text("CREATE TABLE holding (id serial PRIMARY KEY, note text)"))
        conn.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": NEWER})

    monkeypatch.setattr(stores, "SCHEMA", NEWER)
    monkeypatch.setattr(upgrade, "migrate", migrate)
    return migrate


def opened(target: str) -> Store:
    return open_store(target, now=Clock(), first=first_content, login="")


@pytest.fixture
def older(pg_target: str) -> str:
    """Return the address of a bureau's store with something in it."""
    store = opened(pg_target)
    with store.writing() as work:
        work.insert(Campaign, name="夏季停水", started_at=work.at)
        work.event("campaign.start", "campaign", 1)
    store.close()
    return pg_target


def test_an_administrator_upgrades_and_the_trail_says_so(
    older: str, newer_program: Migration
) -> None:
    with pytest.raises(StoreError, match="duban store upgrade"):
        opened(older)
    assert upgrade_postgres(older, Clock()) == Upgrade(BUILT, NEWER)
    store = opened(older)
    with store.reading() as reader:
        assert reader.value("SELECT name FROM campaign") == "夏季停水"
        assert reader.value("SELECT verb FROM event ORDER BY seq DESC LIMIT 1") == "store.upgrade"
        assert verify_trail(reader).ok
    store.close()


def test_a_store_that_is_up_to_date_is_left_alone(older: str) -> None:
    assert upgrade_postgres(older, Clock()) == Upgrade(stores.SCHEMA, stores.SCHEMA)


def test_whoever_is_no_administrator_is_told_who_must(older: str, newer_program: Migration) -> None:
    with psycopg.connect(older, autocommit=True) as conn:
        conn.execute("DELETE FROM role WHERE role = 'administrator'")
    with pytest.raises(NotAllowed, match="管理员"):
        upgrade_postgres(older, Clock())


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    older: str, monkeypatch: pytest.MonkeyPatch, newer_program: Migration
) -> None:
    def half(conn: Connection) -> None:
        newer_program(conn)
        raise StoreError("磁盘已满")

    monkeypatch.setattr(upgrade, "migrate", half)
    with pytest.raises(StoreError, match="磁盘已满"):
        upgrade_postgres(older, Clock())
    with psycopg.connect(older) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchone() == (BUILT,)
        assert conn.execute("SELECT to_regclass('holding')").fetchone() == (None,)


def test_a_database_without_a_store_and_a_newer_store_are_named(older: str) -> None:
    with psycopg.connect(older, autocommit=True) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="更新版本"):
        upgrade_postgres(older, Clock())
    with psycopg.connect(older, autocommit=True) as conn:
        conn.execute("DROP TABLE alembic_version")
    with pytest.raises(StoreError, match="还没有督办台的库"):
        upgrade_postgres(older, Clock())
