"""The desk: what waits for the centre, how many, since when, and what to notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models import casework
from models.review.objecting import raise_objection, rule_objection
from models.store.store import Store
from models.tables.deadlines import Extension, ReturnRequest
from models.tables.imports import Conflict
from models.views.decisions import QUEUES
from models.views.desk import (
    DESK_ORDERS,
    EVERYTHING,
    DeskRow,
    desk_ids,
    desk_queues,
    desk_rows,
    desk_total,
    desk_window,
    with_undelivered,
)
from rules.casework import QueueFilter
from rules.casework.words import COLUMN_NAMES
from tests.models.appeals import UNIT, appeal, numbered, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER

RECEIVED = wuhan("2026-11-20 09:00")


def counts(store: Store) -> dict[str, int]:
    with store.reading() as reader:
        return {each.key: each.count for each in desk_queues(reader) if each.count}


def test_every_request_waits_until_it_is_decided(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{n}", received_at=RECEIVED) for n in range(1, 6)))
    assert counts(store) == {"dispatch": 5}
    casework.take(store, "dispatch", [1, 2, 3, 4], unit_id=unit_id(store, UNIT))
    casework.take(store, "ask_return", [1], code="duty")
    casework.take(store, "ask_extension", [2], limit_text="3wd", reason="需会商")
    casework.take(store, "ask_pause", [3], reason="送检")
    casework.take(store, "reply", [4], text="已收悉。")
    waiting = {"dispatch": 1, "return": 1, "extension": 1, "pause": 1, "judge": 1}
    assert counts(store) == waiting
    with store.reading() as reader:
        assert desk_total(reader) == 5
        (judged,) = desk_rows(reader, "judge")
        (asked,) = desk_rows(reader, "extension")
    assert (judged.ticket_id, judged.mark, judged.said) == (4, "只有套话", "已收悉。")
    assert asked.said == "延3个工作日，需会商"
    casework.take(store, "close", [4], outcome="解释说明", seen={4: judged.version})
    casework.take(store, "grant_extension", [2])
    casework.take(store, "refuse_pause", [3], reason="不需检测")
    casework.take(store, "grant_return", [1], unit_id=unit_id(store, OTHER))
    assert counts(store) == {"dispatch": 1}


def test_the_oldest_is_named_and_comes_first(store: Store) -> None:
    taken(store, *numbered([appeal("A1", received_at=RECEIVED), appeal("A2")]))
    with store.reading() as reader:
        waiting = desk_queues(reader)[0]
        rows = desk_rows(reader, "dispatch")
    assert (waiting.name, waiting.count) == ("待派", 2)
    assert waiting.oldest_at == wuhan("2026-11-19 09:00") == rows[0].since_at
    assert [row.ticket_id for row in rows] == [2, 1]


def test_a_second_return_is_marked(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "ask_return", [1], code="duty")
    casework.take(store, "refuse_return", [1], reason="属其职责")
    casework.take(store, "ask_return", [1], code="area", reason="在邻区")
    with store.reading() as reader:
        (row,) = desk_rows(reader, "return")
    assert (row.mark, row.said) == ("末次退单", "不在本单位管辖范围，在邻区")


def test_a_difference_is_told_whatever_signs_its_values_hold(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    with store.writing() as work:
        told = {"ticket_id": 1, "found_at": work.now, "batch_id": 1}
        work.insert(Conflict, column="object", ours="甲|乙公司", theirs="丙 | 丁", **told)
        work.insert(Conflict, column="outcome", ours=None, theirs="|", **told)
        work.insert(Conflict, column="handler", ours="张 三", theirs=None, **told)
    with store.reading() as reader:
        said = [row.said for row in desk_rows(reader, "conflict")]
    assert said == [
        f"{COLUMN_NAMES['object']}：本库“甲|乙公司”，来件“丙 | 丁”",
        f"{COLUMN_NAMES['outcome']}：本库“—”，来件“|”",
        f"{COLUMN_NAMES['handler']}：本库“张 三”，来件“（未留存）”",
    ]


def test_a_code_and_a_limit_are_told_whole(store: Store) -> None:
    told = (appeal(f"A{n}", unit=UNIT, received_at=RECEIVED) for n in (1, 2))
    taken(store, *numbered(told))
    casework.take(store, "ask_return", [1], code="duty")
    casework.take(store, "ask_extension", [2], limit_text="3wd", reason="需会商")
    with store.writing() as work:
        work.update(ReturnRequest, 1, 1, reason_code="old code", reason="另见 附件")
        work.update(Extension, 1, 1, limit_text="5wd", reason="")
    with store.reading() as reader:
        (returned,) = desk_rows(reader, "return")
        (asked,) = desk_rows(reader, "extension")
    assert returned.said == "old code，另见 附件"
    assert asked.said == "延5个工作日"


@pytest.mark.parametrize("key", QUEUES)
def test_each_queue_can_be_read_while_empty(store: Store, key: str) -> None:
    with store.reading() as reader:
        assert desk_rows(reader, key) == []
        assert desk_total(reader) == 0


def test_an_order_signed_and_not_delivered_in_its_time_is_marked(store: Store) -> None:
    signed = [wuhan(f"2026-11-20 {time}") for time in ("09:00", "14:00", "17:00")]
    rows = [DeskRow(n, None, 1, "号", "督", "水务", at, "") for n, at in enumerate(signed)]

    def marked(limit: str, now: str) -> list[str]:
        keeper = store.timekeeper()
        return [row.mark for row in with_undelivered(rows, keeper, limit, wuhan(now))]

    late = "未送达：签发已逾4个工作小时"
    assert marked("4wh", "2026-11-20 14:30") == ["", "", ""]  # due at 14:30 sharp
    assert marked("4wh", "2026-11-20 14:31") == [late, "", ""]
    assert marked("4wh", "2026-11-22 12:00") == [late, "", ""]  # no office hours go by on Sunday
    assert marked("4wh", "2026-11-23 12:00") == [late, late, ""]
    assert marked("1wd", "2026-11-20 17:00") == ["", "", ""]


def test_a_queue_is_read_by_ids_filtered_and_in_the_order_that_is_wanted(store: Store) -> None:
    def listed(filter: QueueFilter = EVERYTHING, **how: Any) -> list[str]:
        with store.reading() as reader:
            ids = desk_ids(reader, "judge", filter, **how)
            return [row.title for row in desk_window(reader, "judge", ids)]

    told = zip("甲乙丙丁", (UNIT, OTHER, UNIT, OTHER), strict=True)
    appeals = [
        appeal(f"A{n}", title=title, unit=unit, received_at=RECEIVED)
        for n, (title, unit) in enumerate(told, 1)
    ]
    taken(store, *numbered(appeals))
    for n in (2, 1, 4, 3):
        at = RECEIVED + timedelta(hours=1, minutes=n if n != 4 else 9)
        casework.take(store, "reply", [n], text="已修好，请市民查看。", at=at)
    assert listed() == ["甲", "乙", "丙", "丁"]
    assert listed(order="newest") == listed(descending=True) == ["丁", "丙", "乙", "甲"]
    assert listed(limit=2) == ["甲", "乙"]
    by_unit = listed(order="unit")
    assert sorted(by_unit[:2]) in (["丙", "甲"], ["丁", "乙"])
    assert listed(order="number", descending=True) == ["丁", "丙", "乙", "甲"]
    assert sorted(listed(QueueFilter(unit=OTHER))) == ["丁", "乙"]
    assert listed(QueueFilter(text="丙")) == ["丙"]


def test_every_queue_has_every_order_and_takes_a_filter(store: Store) -> None:
    wanted = QueueFilter(
        text="甲", unit="洪山", area="洪山", place="hs", channel="12345电话", units=(1, 2)
    )
    with store.reading() as reader:
        for key in QUEUES:
            for order in DESK_ORDERS:
                assert list(desk_ids(reader, key, wanted, order=order)) == []


def test_a_report_waits_without_its_own_words(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal(title="书记收钱", nature="举报"))
    with sqlite_store.reading() as reader:
        (waiting,) = desk_rows(reader, "dispatch")
    assert waiting.title == "举报件"


def test_an_objection_waits_until_it_is_ruled_on(store: Store) -> None:
    taken(store, appeal(received_at=RECEIVED))
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    (number,) = one(store, "SELECT number FROM ticket")
    own = unit_id(store, UNIT)
    raise_objection(store, own, "dispatch", "不属水务", number=number)
    raise_objection(store, own, "data", "应办结多计", at=wuhan("2026-11-17 10:00"))
    assert counts(store) == {"objection": 2}
    with store.reading() as reader:
        figures, disputed = desk_rows(reader, "objection")
    assert (disputed.number, disputed.mark, disputed.said) == (number, "派单异议", "不属水务")
    assert (figures.ticket_id, figures.title, figures.mark) == (None, "2026-W46", "数据异议")
    rule_objection(store, disputed.id, accepted=True, decision="转派")
    assert counts(store) == {"objection": 1}
