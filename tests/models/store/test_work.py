"""A transaction: all or nothing, one winner per matter, numbers without gaps, a whole trail."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from models.store.bulk import table
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Counter, Event
from models.tables.campaigns import Campaign
from models.tables.register import Unit
from rules.errors import Refused
from tests.conftest import NOW
from tests.models.cells import row_of


def _events(store: Store) -> int:
    with store.reading() as reader:
        return int(reader.value("SELECT count(*) FROM event"))


def test_an_error_leaves_neither_row_nor_event_nor_number(store: Store) -> None:
    before = _events(store)
    with pytest.raises(RuntimeError), store.writing() as work:
        work.insert(Campaign, name="夏季停水", started_at=work.at)
        work.next_number("paper:2026")
        work.event("campaign.start", "campaign", 1)
        work.seal()
        raise RuntimeError
    with store.reading() as reader:
        assert reader.value("SELECT count(*) FROM campaign") == 0
        assert reader.value("SELECT count(*) FROM counter") == 0
    assert _events(store) == before


def test_the_second_of_two_who_saw_the_same_version_loses(store: Store) -> None:
    with store.writing() as work:
        work.update(Unit, 5, 1, liaison="甲")
    with pytest.raises(LostRace), store.writing() as work:
        work.update(Unit, 5, 1, liaison="乙")
    with store.reading() as reader:
        assert row_of(reader, "SELECT liaison, version FROM unit WHERE id = 5") == ("甲", 2)


def test_a_column_that_a_table_has_not_is_never_dropped_in_silence(sqlite_store: Store) -> None:
    with pytest.raises(KeyError, match="counter has no lats"), sqlite_store.writing() as work:
        work.insert(Counter, key="x", lats=1)
    with pytest.raises(KeyError, match="unit has no liaisn"), sqlite_store.writing() as work:
        work.update(Unit, 5, 1, liaisn="别的")


def test_numbers_have_no_gap_under_concurrent_writers(opener: Callable[[], Store]) -> None:
    given: list[int] = []
    lock = threading.Lock()

    def take() -> None:
        store = opener()
        for _ in range(5):
            with store.writing() as work:
                number = work.next_number("order:2026")
                work.event("order.sign", "order", number)
            with lock:
                given.append(number)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 21))
    with opener().reading() as reader:
        assert verify_trail(reader).ok


def test_an_act_cannot_lie_in_the_future(store: Store) -> None:
    with pytest.raises(Refused, match="将来"), store.writing(at=NOW + timedelta(minutes=1)):
        pass


def test_an_act_of_this_morning_keeps_both_times(store: Store) -> None:
    with store.writing(at=NOW - timedelta(hours=2)) as work:
        work.event("ticket.note", "store", None)
    with store.reading() as reader:
        row = row_of(reader, "SELECT at, recorded_at FROM event ORDER BY seq DESC LIMIT 1")
    assert row == (NOW - timedelta(hours=2), NOW)


@pytest.mark.parametrize(
    ("damage", "found_at"),
    [
        ("UPDATE event SET reason = 'x' WHERE seq = 4", 4),
        ("DELETE FROM event WHERE seq = 5", 5),
        ("UPDATE event SET seq = seq + 1000 WHERE seq >= 6", 6),
        ("DELETE FROM event WHERE seq >= 7", 7),
        ("UPDATE event SET at = recorded_at WHERE seq = {last}", 0),
    ],
)
def test_the_trail_names_the_first_bad_event(store: Store, damage: str, found_at: int) -> None:
    with store.writing(at=NOW - timedelta(hours=1)) as work:
        for i in range(6):
            work.event("ticket.note", "store", i)
    with store.reading() as reader:
        assert verify_trail(reader).ok
    with store.engine().begin() as conn:
        last = conn.exec_driver_sql("SELECT max(seq) FROM event").scalar_one()
        conn.exec_driver_sql(damage.format(last=last))
    with store.reading() as reader:
        result = verify_trail(reader)
    assert (result.ok, result.first_bad) == (False, found_at or last)


def test_an_anchor_tells_a_rewritten_trail(store: Store) -> None:
    with store.reading() as reader:
        head = verify_trail(reader).head
    with store.writing() as work:
        work.event("ticket.note", "store", None)
    with store.reading() as reader:
        assert verify_trail(reader, anchor=head).ok
        assert not verify_trail(reader, anchor="0" * 64).ok


def test_ids_allocated_in_advance_are_free_and_stay_free(store: Store) -> None:
    with store.writing() as work:
        ids = work.allocate(Campaign, 3)
        rows = [(i, 1, f"专题{i}", work.at) for i in ids]
        work.bulk(Campaign, ("id", "version", "name", "started_at"), rows)
    with store.writing() as work:
        work.insert(Campaign, name="又一专题", started_at=work.at)
    with store.reading() as reader:
        assert reader.value("SELECT count(*) FROM campaign") == 4


def test_reads_inside_the_work_use_the_readers_conventions(store: Store) -> None:
    with store.writing() as work:
        work.insert(Campaign, name="专题", started_at=work.at)
        row = row_of(work, "SELECT started_at FROM campaign WHERE name IN (:names)", names=["专题"])
    assert row == (NOW,)


def test_every_table_is_reached_by_its_model() -> None:
    assert table(Event).name == "event"
    assert table(Counter).name == "counter"
