"""What a leader needs on an order, read as of the signing instant with what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from models import casework, orders
from models.casework.undoing import undo
from models.orders.asof import facts_of
from models.orders.following import free_tickets
from models.orders.history import history_of
from models.orders.order import Grounds, held_tickets, orders_by_id
from models.store.store import Store
from models.tables.supervision import SupervisionOrder
from rules.paper import Statement
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.casework.walking import OTHER
from tests.models.presses import Plain
from tests.models.statements import statements as sent_by

PHONE = "13871234567"


def told(
    store: Store, order_id: int, at: datetime | None = None, kind: str = "order"
) -> dict[str, Statement]:
    """Return what is told beside the facts of an order's appeals, by claim."""
    keeper, when = store.timekeeper(), at or store.now()
    with store.reading() as reader:
        [view] = orders_by_id(reader, [order_id])
        held, grounds = held_tickets(reader, order_id), replace(Grounds.of(view), kind=kind)
        facts = facts_of(reader, keeper, store.timekeeper, held, view.unit_id, when)
        found = history_of(reader, store.policy, keeper, grounds, facts, when)
    assert len({one.claim for one in found}) == len(found)
    return {one.claim: one for one in found}


def verbs(store: Store, said: Statement) -> list[str]:
    """Return what the events a sentence rests on are."""
    sql = "SELECT verb FROM event WHERE seq = :seq"
    return [column(store, sql, seq=seq)[0] for seq in said.events]


def in_hand(store: Store, clock: Clock, *appeals: Any) -> None:
    """Take appeals their unit has in hand since Monday the 16th 10:00; due Monday 23rd 17:30."""
    clock.travel_to("2026-11-16 10:00")
    values = {"received_at": wuhan("2026-11-16 09:00"), "dispatched_at": clock.now, "unit": UNIT}
    ids = appeals or ({},)
    taken(store, *(appeal(f"A{n}", **{**values, **more}) for n, more in enumerate(ids)))
    clock.travel_to("2026-11-16 11:00")


def drafted(store: Store, *tickets: int) -> int:
    """Draft an order over tickets; return its id."""
    [view] = orders.draft(store, tickets or (1,)).orders
    return view.id


def sign(store: Store, order_id: int) -> None:
    """Sign an order."""
    orders.sign(
        store,
        [order_id],
        signer=store.policy.leaders[0].name,
        basis="paper",
        press=Plain(lambda paper: b"paper"),
    )


def test_a_leaders_word_is_told_until_it_is_done(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    leader = store.policy.leaders[0]
    word = f"速查，与诉求人{PHONE}联系。"
    casework.take(store, "instruct", [1], leader=leader.name, text=word, limit_text="1wd")
    order = drafted(store)
    clock.travel_to("2026-11-18 09:00")
    said = told(store, order)["instructed"]
    assert f"{leader.post}{leader.name}就此件批示：“速查，与诉求人" in said.text
    assert PHONE not in said.text
    assert "应于11月17日17:30前（1个工作日内）办结，逾期尚未办结" in said.text
    assert verbs(store, said) == ["ticket.instruct"]
    casework.take(store, "fulfil", [1], reason="已办")
    done = told(store, order)["instructed"]
    assert "已于11月18日办结（逾期1个工作日）" in done.text
    assert verbs(store, done) == ["ticket.instruct", "ticket.fulfil"]
    assert told(store, order, kind="referral_crime") == {}
    assert told(store, order, wuhan("2026-11-17 09:00"))["instructed"].events == said.events
    assert "instructed" not in told(store, order, wuhan("2026-11-16 10:30"))


def test_nothing_is_quoted_of_an_appeal_kept_back(store: Store, clock: Clock) -> None:
    in_hand(store, clock, {"confidential": True})
    casework.take(store, "instruct", [1], leader="李市长", text="查办其人", limit_text="1wd")
    casework.take(store, "urge", [1], answered_by="王科长", promised="找到其人")
    casework.take(store, "reply", [1], text="其人已找到，正在谈话中，情况属实。")
    casework.take(store, "send_back", [1], reason="其人未核实")
    words = "".join(one.text for one in told(store, drafted(store)).values())
    assert "其人" not in words
    assert "作出批示，内容保密" in words and "答复。" in words


def test_a_reply_is_quoted_with_its_return_as_of_then(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    order = drafted(store)
    assert "replied" not in told(store, order)
    clock.travel_to("2026-11-18 10:00")
    casework.take(store, "reply", [1], text=f"已派人修复，联系电话{PHONE}。")
    before = clock.now
    clock.travel_to("2026-11-19 10:00")
    casework.take(store, "send_back", [1], reason="没有照片")
    said = told(store, order)["replied"]
    assert said.text.startswith("你单位于11月18日答复称：“已派人修复，联系电话")
    assert said.text.endswith("该答复于11月19日被退回，理由为“没有照片”。")
    assert PHONE not in said.text
    assert verbs(store, said) == ["ticket.reply", "ticket.send_back"]
    assert "退回" not in told(store, order, before)["replied"].text


def test_a_reply_that_came_with_the_appeal_is_quoted_too(store: Store, clock: Clock) -> None:
    at = wuhan("2026-11-16 09:40")
    in_hand(store, clock, {"replied_at": at, "reply": "已恢复供水。"})
    said = told(store, drafted(store))["replied"]
    assert said.text == "你单位于11月16日答复称：“已恢复供水。”"
    assert verbs(store, said) == ["ticket.intake"]


def test_time_that_was_granted_is_told_as_of_then(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    order = drafted(store)
    clock.travel_to("2026-11-18 10:00")
    casework.take(store, "ask_extension", [1], limit_text="3wd", reason="待查")
    assert told(store, order) == {}
    casework.take(store, "grant_extension", [1])
    longer = told(store, order)["extended"]
    assert longer.text == ("11月18日批准延期3个工作日，办结时限由11月23日17:30延至11月26日17:30。")
    assert verbs(store, longer) == ["ticket.grant_extension"]
    assert told(store, order, wuhan("2026-11-17 09:00")) == {}
    casework.take(store, "ask_pause", [1], reason="检测")
    casework.take(store, "grant_pause", [1], approval="委托书041")
    still = told(store, order)["paused-for"]
    assert still.text == ("自11月18日10:00起经批准挂起（检测，委托书041），期间不计办理时限。")
    clock.travel_to("2026-11-20 10:00")
    casework.take(store, "resume", [1])
    ended = told(store, order)["paused-for"]
    assert "自11月18日10:00起至11月20日10:00经批准挂起" in ended.text
    assert verbs(store, ended) == ["ticket.grant_pause", "ticket.resume"]
    assert told(store, order, wuhan("2026-11-19 10:00"))["paused-for"].text == still.text


def test_co_units_are_told_with_their_part(store: Store, clock: Clock) -> None:
    in_hand(store, clock, {"co_units": (OTHER,)})
    order = drafted(store)
    assert told(store, order)["helped"].text == f"协办单位：{OTHER}（尚未反馈）。"
    clock.travel_to("2026-11-18 10:00")
    [unit] = column(store, "SELECT unit_id FROM round_unit")
    casework.take(store, "assist", [1], unit_id=unit, text="已清运现场垃圾，并通知了物业公司。")
    said = told(store, order)["helped"]
    assert "11月18日已反馈" in said.text
    assert verbs(store, said) == ["ticket.intake", "ticket.assist"]


def test_reminders_are_told_and_one_that_was_taken_back_is_not(store: Store, clock: Clock) -> None:
    in_hand(store, clock, {}, {})
    order = drafted(store, 1, 2)
    casework.take(store, "urge", [1, 2], answered_by="王科长", promised=f"联系{PHONE}后办结")
    clock.travel_to("2026-11-17 10:00")
    casework.take(store, "urge", [2])
    said = told(store, order)["reminded"]
    assert said.text.startswith("此前已催办2次：11月16日电话催办，你单位王科长接听，答应“联系")
    assert PHONE not in said.text
    assert verbs(store, said) == ["ticket.urge"] * 3
    undo(store)
    assert told(store, order)["reminded"].text.startswith("此前已催办1次")


def test_papers_that_went_before_are_told_as_they_stood(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    first = drafted(store)
    sign(store, first)
    clock.travel_to("2026-11-24 10:00")
    orders.follow(store, "deliver", [first])
    orders.follow(store, "receive", [first], received_by="李四")
    second = orders.draft_second(store, first).id
    late = told(store, second)
    assert list(late) == ["followed"]
    assert "尚未反馈。现再次督办如下。" in late["followed"].text
    orders.follow(store, "feedback", [first], text="正在办理")
    assert "于11月24日逾期反馈" in told(store, second)["followed"].text
    orders.follow(store, "reject", [first], reason="没有结果")
    back = told(store, second)["followed"]
    assert "被退回，理由为“没有结果”" in back.text
    assert verbs(store, back) == ["order.sign", "order.feedback", "order.reject"]
    orders.follow(store, "void", [second], reason="重拟")
    third = drafted(store)
    assert told(store, third)["preceded"].text == (
        "此前已发：武网督〔2026〕1号督办单（11月16日签发，11月24日反馈被退回，尚未重报）。"
    )


def test_a_paper_void_by_then_or_referred_elsewhere_is_not_told(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    gone = drafted(store)
    sign(store, gone)
    clock.travel_to("2026-11-17 10:00")
    orders.follow(store, "void", [gone], reason="对象有误")
    [referral] = orders.draft(store, [1]).orders
    sign(store, referral.id)
    with store.writing() as work:
        free_tickets(work, referral.id)
        version = orders_by_id(work, [referral.id])[0].version
        work.update(SupervisionOrder, referral.id, version, kind="referral_duty")
    order = drafted(store)
    assert told(store, order) == {}
    assert "preceded" in told(store, order, wuhan("2026-11-16 12:00"))


def test_the_number_of_statements_does_not_grow_with_the_appeals(
    sqlite_store: Store, clock: Clock
) -> None:
    store = sqlite_store
    in_hand(store, clock, *({} for _ in range(12)))
    few, many = drafted(store, 1), drafted(store, *range(2, 13))
    counts = []
    for order in (few, many):
        with sent_by(store) as sent:
            told(store, order)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_citizens_name_is_hidden_in_what_a_leader_wrote(store: Store, clock: Clock) -> None:
    in_hand(store, clock, {"reporter": "欧阳明月", "phone": PHONE, "address": "关山街道88号"})
    casework.take(
        store, "instruct", [1], leader="李市长", text="欧阳明月反映属实，速办", limit_text="1wd"
    )
    said = told(store, drafted(store))["instructed"]
    assert "欧阳明月" not in said.text
    assert "反映属实，速办" in said.text


@pytest.mark.parametrize("count", [2, 3])
def test_of_several_appeals_it_is_told_how_many(store: Store, clock: Clock, count: int) -> None:
    in_hand(store, clock, *({} for _ in range(count)))
    ids = list(range(1, count + 1))
    order = drafted(store, *ids)
    casework.take(store, "ask_extension", ids, limit_text="1wd", reason="待查")
    casework.take(store, "grant_extension", ids)
    casework.take(store, "reply", ids, text="已派人到场修复，群众当场表示认可。")
    casework.take(store, "send_back", [1], reason="没有照片")
    said = told(store, order)
    assert (
        said["extended"].text
        == f"所列诉求中，{count}件经批准延期，共{count}次，办结时限均按延期后计算。"
    )
    assert said["replied"].text == f"已有答复的{count}件中，最近一次答复被退回的1件。"
    assert said["replied"].tickets == tuple(dict.fromkeys(said["replied"].tickets))
