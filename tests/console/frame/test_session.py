"""A session shared between workers: what it reads can be stopped."""

from __future__ import annotations

import threading
from threading import Event, Thread

from console.frame.session import Session
from models.store.reader import Interrupted
from models.store.store import Store

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_query_that_begins_as_the_console_ends_is_stopped_too(store: Store) -> None:
    session = Session(store)
    entered, ended = Event(), Event()
    stopped: list[bool] = []

    def read() -> None:
        try:
            with session.reading("endless") as reader:
                entered.set()
                ended.wait()
                reader.value(ENDLESS)
        except Interrupted:
            stopped.append(True)

    reading = Thread(target=read, daemon=True)
    reading.start()
    entered.wait()
    session.interrupt_all()
    ended.set()
    reading.join(20)
    assert stopped == [True]


def test_queries_are_stopped_only_as_long_as_there_is_a_session(store: Store) -> None:
    session = Session(store)
    before = set(threading.enumerate())
    session.interrupt_all()
    (stopping,) = set(threading.enumerate()) - before
    del session
    stopping.join(20)
    assert not stopping.is_alive()
