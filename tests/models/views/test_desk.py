"""The desk: what waits for the centre, how many, since when, and what to notice."""

from __future__ import annotations

import pytest

from models import casework
from models.store.store import Store
from models.views.desk import QUEUES, desk_queues, desk_rows, desk_total, selection
from tests.models.appeals import UNIT, appeal, numbered, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER

RECEIVED = wuhan("2026-11-20 09:00")


def counts(store: Store) -> dict[str, int]:
    with store.reading() as reader:
        return {each.key: each.count for each in desk_queues(reader.rows) if each.count}


def test_every_request_waits_until_it_is_decided(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{n}", received_at=RECEIVED) for n in range(1, 6)))
    assert counts(store) == {"dispatch": 5}
    casework.dispatch(store, [1, 2, 3, 4], unit_id(store, UNIT))
    casework.ask_return(store, [1], "duty")
    casework.ask_extension(store, [2], "3wd", "需会商")
    casework.ask_pause(store, [3], "送检")
    casework.reply(store, [4], "已收悉。")
    waiting = {"dispatch": 1, "return": 1, "extension": 1, "pause": 1, "judge": 1}
    assert counts(store) == waiting
    with store.reading() as reader:
        assert desk_total(reader.rows) == 5
        (judged,) = desk_rows(reader.rows, "judge")
        (asked,) = desk_rows(reader.rows, "extension")
    assert (judged.mark, judged.said) == ("只有套话", "已收悉。")
    assert asked.said == "延3个工作日，需会商"
    casework.close(store, [4], "解释说明", seen=selection([judged]))
    casework.grant_extension(store, [2])
    casework.refuse_pause(store, [3], "不需检测")
    casework.grant_return(store, [1], unit_id=unit_id(store, OTHER))
    assert counts(store) == {"dispatch": 1}


def test_the_oldest_is_named_and_comes_first(store: Store) -> None:
    taken(store, *numbered([appeal("A1", received_at=RECEIVED), appeal("A2")]))
    with store.reading() as reader:
        waiting = desk_queues(reader.rows)[0]
        rows = desk_rows(reader.rows, "dispatch")
    assert (waiting.name, waiting.count) == ("待派", 2)
    assert waiting.oldest_at == wuhan("2026-11-19 09:00") == rows[0].since_at
    assert [row.ticket_id for row in rows] == [2, 1]


def test_a_second_return_is_marked(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.ask_return(store, [1], "duty")
    casework.refuse_return(store, [1], "属其职责")
    casework.ask_return(store, [1], "area", "在邻区")
    with store.reading() as reader:
        (row,) = desk_rows(reader.rows, "return")
    assert (row.mark, row.said) == ("二次退单", "不在本单位管辖范围，在邻区")


@pytest.mark.parametrize("key", QUEUES)
def test_each_queue_can_be_read_while_empty(store: Store, key: str) -> None:
    with store.reading() as reader:
        assert desk_rows(reader.rows, key) == ()
        assert desk_total(reader.rows) == 0
