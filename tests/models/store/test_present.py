"""A real store is written in the present only, and only by a clock that can be believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.store.confirming import clock_state, confirm_clock
from models.store.errors import ClockInDoubt, NotAllowed
from models.store.opening import open_store
from models.store.present import machine_clock
from models.store.store import Store
from models.tables.bookkeeping import Operator, Role
from rules.errors import Refused
from seed.reference.catalogue import first_content
from tests.conftest import NOW, Clock, Opener
from tests.models.cells import row_of

EVENTS = "SELECT count FROM trail_head"


def write(store: Store, at: datetime | None = None) -> None:
    with store.writing(at=at) as work:
        work.event("export.list", "store", None)


def events(store: Store) -> int:
    with store.reading() as reader:
        return int(reader.value(EVENTS))


def test_a_second_that_ends_while_an_act_begins_does_not_put_it_in_the_future(
    sqlite_target: str,
) -> None:
    clock = Clock()

    def hurrying() -> datetime:
        clock.travel(seconds=1)
        return clock()

    opened = open_store(sqlite_target, now=hurrying, first=first_content, login="tester")
    before = events(opened)
    write(opened)
    assert events(opened) == before + 1
    opened.close()


def test_nothing_is_written_in_the_future_of_a_real_store(store: Store) -> None:
    before = events(store)
    with pytest.raises(Refused, match="办理时间在将来"):
        write(store, NOW + timedelta(seconds=1))
    store.rehearse_at(NOW + timedelta(seconds=1))
    for at in (None, NOW, NOW - timedelta(days=1)):
        with pytest.raises(Refused, match="--now 在将来"):
            write(store, at)
    assert events(store) == before
    store.rehearse_at(NOW - timedelta(days=1))
    write(store)
    assert events(store) == before + 1


def test_a_demo_store_may_rehearse_anything(tmp_path: Path) -> None:
    began = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    path = str(tmp_path / "demo.db")
    demo = open_store(path, now=Clock(), first=first_content, login="demo", demo_now=began)
    demo.rehearse_at(began + timedelta(days=400))
    write(demo, began + timedelta(days=300))
    write(demo)
    demo.close()


def test_a_clock_behind_the_newest_event_waits_for_an_administrator(
    store: Store, clock: Clock
) -> None:
    with store.writing() as work:
        id = work.insert(Operator, login="auditor", name="审计员", created_at=work.now)
        work.bulk(Role, ("operator_id", "role"), [(id, "auditor")])
    clock.travel(minutes=-1)
    write(store)
    clock.travel(minutes=-1, seconds=-1)
    told = "系统时钟 2026-11-20 15:17:59 早于最近一条留痕的 2026-11-20 15:19:00"
    with pytest.raises(ClockInDoubt, match=told):
        write(store)
    assert not clock_state(store).ok
    me, store.login = store.login, "auditor"
    with pytest.raises(NotAllowed):
        confirm_clock(store)
    store.login = me
    confirm_clock(store, "时区设错，已改正")
    write(store)
    assert clock_state(store).ok
    with store.reading() as reader:
        sql = "SELECT reason, payload, recorded_at FROM event WHERE verb = 'store.clock'"
        reason, payload, recorded = row_of(reader, sql)
    assert reason == "时区设错，已改正" and recorded == NOW - timedelta(minutes=2, seconds=1)
    assert payload == '{"newest":"2026-11-20T07:19:00Z","system":"2026-11-20T07:17:59Z"}'


class Ticks:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_set_while_the_program_runs_waits_for_an_administrator(
    target: str, opener: Opener, clock: Clock, hours: int
) -> None:
    steady = Ticks()
    running = open_store(target, now=clock, first=first_content, login="tester", steady=steady)
    clock.travel(days=9)
    steady.seconds += timedelta(days=9, minutes=59).total_seconds()
    before = events(running)
    write(running)
    clock.travel(hours=hours)
    with pytest.raises(ClockInDoubt, match=r"系统时钟.*2026-11-29"):
        write(running)
    assert events(running) == before + 1
    another = opener()  # the administrator confirms in a process of their own
    another.login = running.login
    confirm_clock(another)
    write(another)
    write(running)
    running.close()


def test_a_jump_between_processes_is_one_warning_and_a_weekend_none(
    opener: Opener, clock: Clock
) -> None:
    write(opener())
    for days, warnings in ((3, 0), (4, 1)):
        clock.travel(days=days)
        heard: list[str] = []
        store = opener()
        store.caution = heard.append
        write(store)
        write(store)
        assert len(heard) == warnings
    assert "已4天" in heard[0] and "2026-11-27 15:20:00" in heard[0]


def test_the_machine_has_a_clock_that_only_goes_on() -> None:
    steady: Callable[[], float] = machine_clock()
    assert 0 <= steady() <= steady()
