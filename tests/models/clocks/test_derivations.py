"""时限核算单 of what is stored: the derivation ends at the very instant the store holds."""

from __future__ import annotations

from typing import Any

import pytest

from models.casework import redo, take, undo
from models.clocks.derivations import (
    StoredDerivation,
    deadline_derivation,
    order_derivations,
    ticket_derivations,
)
from models.orders import follow
from models.orders.drafting import draft
from models.orders.signing import sign
from models.store.store import Store
from rules.errors import DubanError
from rules.text import MASKED
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, one, taken, unit_id, wuhan
from tests.models.cells import rows_of, value_of
from tests.models.presses import Plain

DISPATCHED = wuhan("2026-11-12 09:30")


def in_hand(store: Store, **changes: Any) -> None:
    """Take one complaint that its unit has in hand since Thursday the 12th; due on the 19th."""
    given: dict[str, Any] = {
        "unit": UNIT,
        "received_at": wuhan("2026-11-12 09:00"),
        "dispatched_at": DISPATCHED,
        "acknowledged_at": wuhan("2026-11-12 10:00"),
        "contacted_at": wuhan("2026-11-12 11:00"),
    }
    taken(store, appeal(**{**given, **changes}))


def close_receipt(store: Store) -> StoredDerivation:
    with store.reading() as reader:
        id = value_of(reader, "SELECT id FROM deadline WHERE step = 'close'")
        return deadline_derivation(reader, store.timekeeper, id)


def told(stored: StoredDerivation) -> dict[str, str]:
    rows = stored.derived.rows
    return {row.label: f"{row.name} {row.detail}".strip() for row in rows}


def test_a_stored_deadline_is_told_with_its_entry_and_versions(store: Store) -> None:
    in_hand(store)
    stored = close_receipt(store)
    lines = told(stored)
    assert stored.agrees
    assert stored.due_at == wuhan("2026-11-19 17:30")
    assert (stored.number, stored.round) == ("WH20261112-00001", 1)
    assert lines["适用"] == "默认"
    assert lines["依据"] == "规则第1版 日历第1版"
    assert lines["放假安排"] == "2026年 国办发明电〔2025〕7号 2025-11-04"
    assert lines["合计"] == "5个工作日 等于时限 · 末日下班 17:30"
    assert "核对留痕" not in "".join(stored.lines)


def test_an_extension_is_told_with_when_it_was_asked_for_and_granted(store: Store) -> None:
    in_hand(store)
    take(
        store, "ask_extension", [1], limit_text="5wd", reason="需会商", at=wuhan("2026-11-19 10:00")
    )
    assert "第1次延期" not in told(close_receipt(store))
    take(store, "grant_extension", [1], at=wuhan("2026-11-20 09:00"))
    stored = close_receipt(store)
    assert stored.agrees
    assert stored.derived.original_due_at == wuhan("2026-11-19 17:30")
    assert told(stored)["第1次延期"] == (
        "5个工作日 需会商 · 11-19 周四 10:00 申请 · 11-20 周五 09:00 批准 · 自原到期次日起算"
    )
    assert told(stored)["延期至"] == "2026-11-26 周四 17:30"


def test_a_pause_is_told_with_its_reason_and_approval(store: Store) -> None:
    in_hand(store)
    take(store, "ask_pause", [1], reason="送检13812345678", at=wuhan("2026-11-18 10:00"))
    take(store, "grant_pause", [1], approval="检测委托书", at=wuhan("2026-11-18 11:00"))
    stored = close_receipt(store).shown(MASKED)
    assert stored.agrees
    assert told(stored)["挂起"] == (
        "11-18 周三 11:00 起 送检138****5678 · 批准：检测委托书 · 尚未恢复"
    )


def test_every_deadline_of_a_ticket_is_told_running_ones_first(store: Store) -> None:
    in_hand(store, acknowledged_at=None, contacted_at=None)
    take(store, "acknowledge", [1], at=wuhan("2026-11-13 09:00"))
    with store.reading() as reader:
        receipts = ticket_derivations(reader, store.timekeeper, 1)
    assert [r.derived.clock.step for r in receipts] == [
        "contact",
        "close",
        "dispatch",
        "acknowledge",
    ]
    assert all(receipt.agrees for receipt in receipts)
    assert [r.stopped_at is None for r in receipts] == [True, True, False, False]


def test_a_date_the_source_fixed_is_said_to_be_so(store: Store) -> None:
    in_hand(store, due_at=wuhan("2026-11-27 12:00"))
    stored = close_receipt(store)
    assert stored.agrees
    assert "由来源确定" in "".join(stored.lines)


def test_a_limit_given_before_the_ticket_was_changed_is_told_as_it_was(
    store: Store, clock: Clock
) -> None:
    in_hand(store)
    with store.writing() as work:
        work.conn.exec_driver_sql("UPDATE ticket SET urgency = '特急'")
    stored = close_receipt(store)
    assert stored.agrees
    assert stored.derived.winner == ""


def test_an_instant_somebody_wrote_over_is_found_out(store: Store) -> None:
    in_hand(store)
    with store.writing() as work:
        sql = "UPDATE deadline SET due_at = (SELECT due_at FROM deadline WHERE step = 'contact')"
        work.conn.exec_driver_sql(sql + " WHERE step = 'close'")
    stored = close_receipt(store)
    assert not stored.agrees
    assert stored.lines[-1].startswith("与库中所存的到期时间不符")


def test_a_ticket_handed_on_is_told_from_its_first_dispatch(store: Store) -> None:
    in_hand(store, acknowledged_at=None, contacted_at=None)
    take(
        store,
        "dispatch",
        [1],
        unit_id=unit_id(store, "武汉市洪山区人民政府"),
        at=wuhan("2026-11-13 15:00"),
    )
    stored = close_receipt(store)
    assert stored.agrees
    assert told(stored)["交办"].startswith("2026-11-12 周四 09:30")
    assert told(stored)["工单"] == "WH20261112-00001 第1轮 · 武汉市洪山区人民政府"
    moved = f"2026-11-13 周五 15:00 {UNIT} 转 武汉市洪山区人民政府 · 时限接着走，不另起算"
    assert told(stored)["转派"] == moved
    with store.reading() as reader:
        signing = told(ticket_derivations(reader, store.timekeeper, 1)[0])
    assert signing["转派"].startswith("2026-11-13 周五 15:00 时限 1个工作日")
    undo(store)
    assert "转派" not in told(close_receipt(store))
    redo(store)
    assert told(close_receipt(store))["转派"] == moved


def test_a_rework_is_counted_from_its_own_dispatch(store: Store) -> None:
    in_hand(store)
    take(store, "reply", [1], text="已处置", at=wuhan("2026-11-16 10:00"))
    take(store, "close", [1], outcome="已解决", at=wuhan("2026-11-17 10:00"))
    take(store, "rework", [1], reason="反复", at=wuhan("2026-11-18 10:00"))
    with store.reading() as reader:
        receipts = ticket_derivations(reader, store.timekeeper, 1)
    (again,) = (told(one) for one in receipts if one.round == 2 and "重办" in told(one))
    assert again["重办"] == "第2轮 时限自本轮交办另行起算，上一轮的不接续"
    assert again["工单"].startswith("WH20261112-00001 第2轮")
    assert "转派" not in again


def test_a_changed_tag_is_told_with_what_it_did_to_the_limit(store: Store) -> None:
    in_hand(store)
    take(store, "amend", [1], urgency="特急")
    stored = close_receipt(store)
    assert stored.agrees
    assert told(stored)["标签"] == "紧急程度 一般 后来改为 特急 · 本时限不变"
    assert told(stored)["交办"].startswith("2026-11-12 周四 09:30")
    take(store, "amend", [1], nature="求助", limits="change")
    stored = close_receipt(store)
    assert stored.agrees
    assert told(stored)["时限变更"] == "2026-11-20 周五 15:20 时限 24小时 · 昼夜连续"
    assert "标签" not in told(stored)


def test_an_order_tells_the_deadlines_it_rests_on_and_has_its_own(store: Store) -> None:
    in_hand(store)
    order = draft(store, [1]).orders[0]
    signed = sign(store, [order.id], signer="张明", basis="paper", press=Plain())[0]
    follow(store, "deliver", [order.id], seen={order.id: signed.version})
    with store.reading() as reader:
        listed = ["WH20261112-00001", "WH20261112-99999"]
        (rested,) = order_derivations(reader, store.timekeeper, order.id, listed)
        ids = [
            row[0]
            for row in rows_of(
                reader, "SELECT id FROM deadline WHERE subject_kind = 'order' ORDER BY step"
            )
        ]
        own = [deadline_derivation(reader, store.timekeeper, id) for id in ids]
    assert rested.number == "WH20261112-00001"
    assert rested.agrees
    assert [(each.derived.title, each.number, each.agrees) for each in own] == [
        ("督办单反馈时限核算单", signed.number, True),
        ("督办单签收时限核算单", signed.number, True),
    ]


def test_a_deadline_there_is_not_is_refused_in_words(store: Store) -> None:
    assert one(store, "SELECT count(*) FROM deadline") == (0,)
    with store.reading() as reader, pytest.raises(DubanError, match="没有编号为 7 的时限"):
        deadline_derivation(reader, store.timekeeper, 7)
