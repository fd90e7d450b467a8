"""A server that lets go: begun anew once before COMMIT, looked up in the trail after it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import psycopg
import pytest

from models.store.errors import LetGo, StoreError
from models.store.failures import explained
from models.store.opening import open_store
from models.store.reader import Interrupted
from models.store.retrying import retried
from models.store.store import Store
from models.store.verifying import verify_trail
from models.store.work import Work
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.cells import rows_of

EVENTS = "SELECT verb, batch FROM event WHERE verb = 'export.list'"


@pytest.fixture
def store(pg_target: str) -> Iterator[Store]:
    """Yield a new store on PostgreSQL, with somebody who hears what it says."""
    opened = open_store(pg_target, now=Clock(), first=first_content, login="tester")
    yield opened
    opened.close()


@pytest.fixture
def server(pg_target: str) -> Iterator[psycopg.Connection[Any]]:
    """Yield a connection of the administrator's own."""
    conninfo = pg_target.replace("postgresql+psycopg:", "postgresql:", 1)
    with psycopg.connect(conninfo, autocommit=True) as own:
        yield own


def cut(server: psycopg.Connection[Any], pid: int | None = None) -> None:
    """End one connection to the database, or all but the administrator's."""
    sql = """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid = coalesce(%s, pid)
    """
    server.execute(sql, (pid,))


def notes(store: Store) -> int:
    with store.reading() as reader:
        assert verify_trail(reader).ok
        return len(reader.rows(EVENTS))


def note(store: Store, during: Callable[[Work], object] = lambda work: None) -> None:
    @retried
    def act() -> None:
        with store.writing() as work:
            work.event("export.list", "store", None)
            during(work)

    act()


def test_a_server_that_was_restarted_meanwhile_is_reached_again(
    store: Store, server: psycopg.Connection[Any]
) -> None:
    note(store)
    with store.reading(), store.reading():  # two readers at rest
        pass
    cut(server)
    note(store)
    cut(server)
    assert notes(store) == 2


def test_a_read_that_is_cut_says_so_and_the_next_one_is_answered(
    store: Store, server: psycopg.Connection[Any]
) -> None:
    with pytest.raises(StoreError, match="连接断了"), store.reading() as reader:
        cut(server)
        reader.value("SELECT 1")
    with store.reading() as reader:
        assert reader.value("SELECT 1") == 1
        cut(server)  # what was wanted is read: that its end is not heard harms nobody
    assert notes(store) == 0


class Raised:
    """Lets the server fail an act with a given state, the first ``times`` it is begun."""

    def __init__(self, times: int, how: Callable[[Work], object]) -> None:
        self.left, self.begun, self._how = times, 0, how

    def __call__(self, work: Work) -> None:
        self.begun += 1
        if self.left:
            self.left -= 1
            self._how(work)


def failing(state: str) -> Callable[[Work], object]:
    """Return what makes the server raise a state."""
    return lambda work: work.conn.exec_driver_sql(
        f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"
    )


LINES = {
    "40001": "相互等待",
    "40P01": "相互等待",
    "57014": "超过了规定时间",
    "55P03": "占用",
    "57P01": "连接断了",
}


def test_what_was_let_go_before_commit_is_begun_anew_once(store: Store) -> None:
    for done, (state, line) in enumerate(LINES.items(), 1):
        once, twice = (Raised(times, failing(state)) for times in (1, 2))
        note(store, once)
        with pytest.raises(LetGo, match=line):
            note(store, twice)
        assert (once.begun, twice.begun, notes(store)) == (2, 2, done), state


def test_what_somebody_has_to_mend_first_is_said_at_once(store: Store) -> None:
    for state in ("53100", "53300", "25006", "42501", "XX001"):
        once = Raised(1, failing(state))
        with pytest.raises(StoreError, match="请") as told:
            note(store, once)
        assert once.begun == 1 and "\n" not in str(told.value), state


def test_a_connection_cut_in_the_middle_of_an_act_is_made_anew(
    store: Store, server: psycopg.Connection[Any]
) -> None:
    def now(work: Work) -> None:
        cut(server, work.value("SELECT pg_backend_pid()"))

    def then_ask(work: Work) -> None:
        now(work)
        work.value("SELECT 1")

    by_sqlalchemy = Raised(1, then_ask)
    by_the_driver = Raised(1, now)  # the events are copied in by the driver itself
    note(store, by_sqlalchemy)
    note(store, by_the_driver)
    assert (by_sqlalchemy.begun, by_the_driver.begun, notes(store)) == (2, 2, 2)


def test_two_who_wait_for_each_other_are_both_done(store: Store, pg_target: str) -> None:
    met = threading.Barrier(2)

    def act(opened: Store, first: int, second: int) -> None:
        met_once = Raised(1, lambda work: met.wait(5))

        def lock(work: Work) -> None:
            work.conn.exec_driver_sql("SET LOCAL deadlock_timeout = '5ms'")
            work.value("SELECT id FROM unit WHERE id = :id FOR UPDATE", id=first)
            met_once(work)
            work.value("SELECT id FROM unit WHERE id = :id FOR UPDATE", id=second)

        note(opened, lock)

    other = open_store(pg_target, now=Clock(), first=first_content, login="tester")
    thread = threading.Thread(target=act, args=(other, 2, 1))
    thread.start()
    act(store, 1, 2)
    thread.join()
    other.close()
    assert notes(store) == 2


def at_commit(store: Store, instead: Callable[[Any], object]) -> AbstractContextManager[object]:
    """Do something else where COMMIT is sent for the first time."""
    dialect = store.engine().dialect
    ways = iter((instead,))
    usual = dialect.do_commit
    return patch.object(dialect, "do_commit", lambda dbapi: next(ways, usual)(dbapi))


def lose_answer(dbapi: Any) -> None:
    """Let the client's end of a connection be gone."""
    end = socket.socket(fileno=os.dup(dbapi.driver_connection.pgconn.socket))
    end.shutdown(socket.SHUT_RDWR)
    end.close()


def test_an_act_that_was_kept_although_no_answer_came_is_done(store: Store) -> None:
    note(store)
    heard: list[str] = []
    store.caution = heard.append

    def commit(dbapi: Any) -> None:
        dbapi.commit()
        lose_answer(dbapi)
        dbapi.execute("SELECT 1")

    begun = Raised(0, lambda work: None)
    with at_commit(store, commit):
        note(store, begun)
    assert (begun.begun, notes(store)) == (1, 2)
    assert len(heard) == 1 and "已经写入" in heard[0]
    note(store)
    assert notes(store) == 3


def test_an_act_that_was_lost_on_its_way_is_said_to_be_lost(store: Store) -> None:
    begun = Raised(0, lambda work: None)

    def never(dbapi: Any) -> None:
        lose_answer(dbapi)
        dbapi.commit()

    with at_commit(store, never), pytest.raises(StoreError, match="没有写入：请重试"):
        note(store, begun)
    assert (begun.begun, notes(store)) == (1, 0)


SLOW = """
CREATE FUNCTION wait_for_me() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock(99); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION wait_for_me();
"""


def until(server: psycopg.Connection[Any], found: str) -> None:
    """Look until there is something."""
    while server.execute(f"SELECT 1 {found}".encode()).fetchone() is None:
        pass


def test_an_act_the_server_is_still_at_is_waited_for(
    store: Store, server: psycopg.Connection[Any]
) -> None:
    """COMMIT takes its time, the client's end breaks meanwhile, the server goes on."""
    server.execute(SLOW)
    server.execute("SELECT pg_advisory_lock(99)")

    def waits(key: int) -> None:
        until(server, f"FROM pg_locks WHERE objid = {key} AND NOT granted")

    def commit(dbapi: Any) -> None:
        def break_in() -> None:
            waits(99)
            lose_answer(dbapi)
            until(server, "FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
            server.execute("SELECT pg_advisory_unlock(99)")

        threading.Thread(target=break_in).start()
        dbapi.commit()

    with at_commit(store, commit):
        note(store)
    server.execute("DROP TRIGGER slow ON event")
    assert notes(store) == 1


def test_where_the_server_stays_away_nobody_is_told_that_it_failed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)

    def gone(dbapi: Any) -> None:
        dbapi.commit()
        lose_answer(dbapi)
        monkeypatch.setattr(type(store), "engine", unreachable)
        dbapi.execute("SELECT 1")

    def unreachable(_: Store) -> None:
        raise psycopg.OperationalError("connection refused")

    with at_commit(store, gone), pytest.raises(StoreError, match="先看留痕"):
        note(store)
    monkeypatch.undo()
    assert len(waited) == 4 and notes(store) == 1


def test_every_act_has_a_batch_of_its_own(store: Store) -> None:
    note(store)
    note(store)
    with store.reading() as reader:
        batches = [batch for _, batch in rows_of(reader, EVENTS)]
    assert len(set(batches)) == 2 and all(batch.startswith("act:") for batch in batches)


def test_a_query_over_its_time_says_so_and_one_no_longer_wanted_is_silent(
    store: Store, server: psycopg.Connection[Any]
) -> None:
    with pytest.raises(StoreError, match="查询超过"), store.reading() as reader:
        reader.rows("SELECT set_config('statement_timeout', '1', true)")
        reader.rows("SELECT pg_sleep(60)")
    with pytest.raises(Interrupted), store.reading() as reader:

        def stop() -> None:
            until(server, "FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
            reader.interrupt()

        threading.Thread(target=stop).start()
        reader.rows("SELECT pg_sleep(60)")


def test_what_is_no_failure_of_a_database_is_left_alone() -> None:
    assert explained(ValueError("x")) is None
    assert explained(psycopg.errors.UndefinedColumn("our mistake")) is None
