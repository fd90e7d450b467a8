"""Anything is found by what is at hand, and the index of pairs knows just what is in the store."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings, strategies as st

from models import casework, orders
from models.store.pair_index import pairs_in_file
from models.store.pairs import pairs_of
from models.store.store import Store
from models.tables import Ticket
from models.views import find_hits, queue_snapshot
from rules.casework import QueueFilter
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan
from tests.models.views.test_queues import cut

CLOSED = {
    "unit": UNIT,
    "dispatched_at": wuhan("2026-11-10 09:00"),
    "replied_at": wuhan("2026-11-11 09:00"),
    "closed_at": wuhan("2026-11-12 09:00"),
    "received_at": wuhan("2026-11-10 08:00"),
    "outcome": "已解决",
}


def fill(store: Store) -> None:
    taken(
        store,
        appeal("1", title="花园小区停水两天", number="WH20261119-00871", object="东湖物业公司"),
        appeal("2", title="停水通知没有张贴", number="WH20251119-00871", **CLOSED),
        appeal("3", title="夜间施工噪音", number="WH20261119-01871"),
        appeal("4", title="WIFI信号差 电话13871234567", number="A-77"),
    )


def found(store: Store, words: str, limit: int = 20) -> list[tuple[str, str]]:
    with store.reading() as reader:
        return [(hit.kind, hit.number) for hit in find_hits(reader, words, limit)]


def test_a_number_or_its_last_digits_find_a_ticket_open_or_closed(store: Store) -> None:
    fill(store)
    assert found(store, "wh20261119-00871") == [("ticket", "WH20261119-00871")]
    both = [("ticket", "WH20251119-00871"), ("ticket", "WH20261119-00871")]
    assert found(store, "871") == found(store, "00871") == both
    assert found(store, "1119-00871") == found(store, "111900871") == both
    assert found(store, "61119-00871") == both[1:]
    assert found(store, "01871") == [("ticket", "WH20261119-01871")]
    assert found(store, "99999") == []


def test_words_find_titles_and_objects_open_ones_first(store: Store) -> None:
    fill(store)
    assert found(store, "停水") == [("ticket", "WH20261119-00871"), ("ticket", "WH20251119-00871")]
    assert found(store, "水 张贴") == [("ticket", "WH20251119-00871")]
    assert found(store, "物业公司") == [("ticket", "WH20261119-00871")]
    assert found(store, "停水 噪音") == []
    assert found(store, "停水", limit=1) == [("ticket", "WH20261119-00871")]
    assert found(store, "  ") == []


def test_units_are_found_by_any_of_their_names(store: Store) -> None:
    with store.reading() as reader:
        for words in ("市水务局", UNIT, "sswj"):
            assert ("unit", UNIT) in [(hit.kind, hit.title) for hit in find_hits(reader, words)]
        assert find_hits(reader, "市水务局")[0].title == UNIT


def test_an_order_is_found_by_its_number_or_title(store: Store) -> None:
    fill(store)
    ids = column(store, "SELECT id FROM ticket WHERE number = 'WH20261119-01871'")
    casework.take(store, "dispatch", ids, unit_id=one(store, _UNIT, name=UNIT)[0])
    orders.draft(store, ids)
    (title,) = column(store, "SELECT title FROM supervision_order")
    assert found(store, title[:6])[0][0] == "order"


_UNIT = "SELECT id FROM unit WHERE name = :name"


def test_a_title_is_told_masked(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        (hit,) = find_hits(reader, "信号差")
    assert hit.title == "WIFI信号差 电话138****4567"


@pytest.mark.parametrize("part", ["水", "停水", "区停水两", "wifi", "差 电", "1387", "%", "“"])
def test_a_text_filter_finds_what_a_look_at_every_title_finds(store: Store, part: str) -> None:
    fill(store)
    with store.reading() as reader:
        ids = queue_snapshot(reader, QueueFilter(text=part), cut(store), unfold=True)
        asked = reader.rows(_EVERY, part=f"%{part.replace('%', '')}%")
    assert sorted(ids) == sorted(id for (id,) in asked)


_EVERY = """
SELECT d.id FROM deadline d JOIN ticket t ON t.id = d.ticket_id
WHERE d.leads AND (t.title LIKE :part OR t.object LIKE :part OR t.number LIKE :part)
"""


def test_the_index_follows_what_is_amended_erased_and_taken_out(store: Store) -> None:
    fill(store)
    told = {"number": "WH20261119-00871", "object": "东湖物业公司"}
    taken(store, appeal("1", title="花园小区停电", **told))
    assert found(store, "两天") == []
    assert found(store, "停电") == [("ticket", "WH20261119-00871")]
    (id,) = column(store, "SELECT id FROM ticket WHERE number = 'A-77'")
    with store.writing() as work:
        work.update(Ticket, id, 1, title="已清除")
        work.event("ticket.note", "ticket", id)
    assert found(store, "信号差") == []
    assert found(store, "清除") == [("ticket", "A-77")]


@settings(max_examples=40)
@given(title=st.text(max_size=9), object=st.none() | st.text(max_size=5))
def test_program_and_trigger_make_the_same_pairs(title: str, object: str | None) -> None:
    title, object = title.replace("\0", ""), object and object.replace("\0", "")
    with sqlite3.connect(":memory:") as raw:
        raw.execute("CREATE TABLE t (title TEXT, object TEXT)")
        try:
            raw.execute("INSERT INTO t VALUES (?, ?)", (title, object))
        except UnicodeEncodeError:
            return
        (told,) = raw.execute(f"SELECT {pairs_in_file('t')} FROM t").fetchone()
    assert told == pairs_of(title, object)
