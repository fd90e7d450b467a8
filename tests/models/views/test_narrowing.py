"""A list that somebody else has found is narrowed and sorted as the queue is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.store.store import Store
from models.views import queue_narrowed, queue_snapshot
from rules.casework import QUEUE_STATES, QueueFilter
from tests.models.views.test_queues import cut
from tests.models.views.test_states import fill

EVER = QueueFilter(state="all", days=36_500)


def everything(store: Store) -> list[int]:
    with store.reading() as reader:
        return list(queue_snapshot(reader, EVER, cut(store), unfold=True))


def narrowed(
    store: Store, ids: Sequence[int], filter: QueueFilter = EVER, order: str | None = None
) -> list[int]:
    with store.reading() as reader:
        return list(queue_narrowed(reader, ids, filter, cut(store), order=order))


def test_without_a_filter_a_list_stays_as_it_was_found(store: Store) -> None:
    fill(store)
    backwards = everything(store)[::-1]
    assert len(backwards) == 7 and min(backwards) < 0 < max(backwards)
    assert narrowed(store, backwards) == backwards
    assert narrowed(store, [*backwards, 10**9, -(10**9)]) == backwards


@pytest.mark.parametrize(
    "filter",
    [
        QueueFilter(state="all", text="办"),
        QueueFilter(state="all", unit="洪山"),
        QueueFilter(state="all", colour="red"),
        *(QueueFilter(state=state) for state in QUEUE_STATES if state != "all"),
    ],
)
def test_a_filter_leaves_what_the_queue_would_list_of_it(store: Store, filter: QueueFilter) -> None:
    fill(store)
    with store.reading() as reader:
        listed = set(queue_snapshot(reader, filter, cut(store), unfold=True))
    whole = everything(store)
    assert narrowed(store, whole, filter) == [id for id in whole if id in listed]


@pytest.mark.parametrize("order", ["received", "number"])
def test_an_order_of_the_queue_is_its_order_too(store: Store, order: str) -> None:
    fill(store)
    with store.reading() as reader:
        expected = list(queue_snapshot(reader, EVER, cut(store), order=order))
    assert narrowed(store, everything(store)[::-1], order=order) == expected
