"""What an order says of its appeals is what held at the instant it is signed, and is proved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models import orders
from models.casework import take
from models.orders.order import OrderView, orders_by_id
from models.store.store import Store
from rules.errors import Refused
from rules.orders import Facts
from rules.paper import Content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, SAID, THIRD
from tests.models.presses import Plain
from tests.models.statements import statements

RECEIVED = wuhan("2026-11-25 09:00")
"""A Wednesday: five working days are over on the 2nd of December at 17:30."""


def in_hand(store: Store, clock: Clock, n: int = 1, unit: str = UNIT, **said: Any) -> None:
    """Take in appeals that a unit has had in hand since they came in."""
    clock.travel_to(RECEIVED)
    told = {"received_at": RECEIVED, "dispatched_at": RECEIVED, **said}
    taken(store, *(appeal(f"A{k}", unit=unit, line=k + 2, **told) for k in range(n)))


def facts(store: Store, at: str, *tickets: int, unit: str = UNIT) -> list[Facts]:
    """Return what held of tickets, the first one unless others are named."""
    keeper = store.timekeeper()
    with store.reading() as reader:
        return list(
            orders.facts_of(
                reader, keeper, store.timekeeper, tickets or (1,), unit_id(store, unit), wuhan(at)
            )
        )


def draft(store: Store, *tickets: int, at: str | None = None, **said: Any) -> OrderView:
    """Draft an order over tickets, the first one unless others are named."""
    when = wuhan(at) if at else None
    [view] = orders.draft(store, tickets or (1,), at=when, **said).orders
    return view


def signed(store: Store, view: OrderView, at: datetime | None = None) -> Content:
    """Sign a draft and return what its paper says."""
    papers: list[Content] = []

    def render(content: Content) -> bytes:
        papers.append(content)
        return b"paper"

    leader = store.policy.leaders[0].name
    orders.sign(store, [view.id], signer=leader, basis="paper", press=Plain(render), at=at)
    return papers[0]


def said_in(content: Content) -> str:
    """Return all that an order states."""
    return "\n".join((content.line("标题"), *content.lines("事实")))


def test_a_reply_in_time_that_awaits_judgement_is_not_late(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-02 15:35")
    take(store, "reply", [1], text=SAID)
    clock.travel_to("2026-12-04 10:00")
    told = said_in(signed(store, draft(store)))
    assert "你单位已于12月2日15:35答复，未超过办结时限，答复待我部审核。" in told
    assert not any(word in told for word in ("逾期", "超期", "尚未"))


def test_a_reply_sent_back_lets_the_limit_run_as_if_it_had_never_come(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-02 15:35")
    take(store, "reply", [1], text=SAID)
    clock.travel_to("2026-12-03 09:00")
    take(store, "send_back", [1], reason="答非所问")
    clock.travel(hours=1)
    told = said_in(signed(store, draft(store)))
    assert "逾期未办结的督办单" in told
    assert "尚未办结，超期1个工作日。先后答复1次，其中1次被退回。" in told


def test_what_happened_after_the_signing_is_not_known_to_it(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-03 15:35")
    take(store, "reply", [1], text=SAID)
    take(store, "close", [1], outcome="已解决")
    clock.travel_to("2026-12-04 11:00")
    take(store, "rate", [1], result="不满意")
    view = draft(store, at="2026-12-03 09:30")
    told = said_in(signed(store, view, wuhan("2026-12-03 10:00")))
    assert "截至2026年12月3日10:00，尚未办结，超期1个工作日。" in told
    assert not any(word in told for word in ("15:35", "不满意", "已于"))


def test_what_was_recorded_late_had_happened_all_the_same(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-03 16:00")
    take(store, "reply", [1], text=SAID, at=wuhan("2026-12-02 15:35"))
    [one] = facts(store, "2026-12-02 16:00")
    assert (one.state, one.late) == ("awaiting", False)
    [before] = facts(store, "2026-12-02 15:00")
    assert (before.state, before.answered) == ("running", None)


def test_more_time_counts_from_when_it_was_granted(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-02 09:00")
    take(store, "ask_extension", [1], limit_text="2wd", reason="需会商")
    clock.travel_to("2026-12-03 09:00")
    take(store, "grant_extension", [1])
    [before], [after] = facts(store, "2026-12-03 08:59"), facts(store, "2026-12-03 09:00")
    assert (before.due_at, before.state) == (wuhan("2026-12-02 17:30"), "overdue")
    assert (after.due_at, after.state) == (wuhan("2026-12-04 17:30"), "running")
    [grant] = column(store, "SELECT seq FROM event WHERE verb = 'ticket.grant_extension'")
    assert grant in after.events and grant not in before.events


def test_a_pause_holds_the_limit_and_gives_its_time_back(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-30 09:00")
    take(store, "ask_pause", [1], reason="送检")
    take(store, "grant_pause", [1], approval="041号")
    clock.travel_to("2026-12-03 09:00")
    take(store, "resume", [1])
    [held], [resumed] = facts(store, "2026-12-02 18:00"), facts(store, "2026-12-03 09:00")
    assert (held.state, held.late, held.due_at) == ("paused", False, wuhan("2026-12-02 17:30"))
    assert (resumed.state, resumed.due_at) == ("running", wuhan("2026-12-07 17:30"))


def test_what_was_taken_back_never_happened(store: Store, clock: Clock) -> None:
    from models.casework import undo

    in_hand(store, clock)
    clock.travel_to("2026-12-02 15:35")
    take(store, "reply", [1], text=SAID)
    clock.travel(minutes=5)
    undo(store)
    assert facts(store, "2026-12-02 15:36")[0].state == "running"


def test_an_appeal_of_another_unit_is_left_out_and_refused(store: Store, clock: Clock) -> None:
    in_hand(store, clock, 2)
    clock.travel_to("2026-12-04 09:00")
    elsewhere = orders.draft(store, [1], unit_id=unit_id(store, OTHER))
    assert [(one.number, one.reason) for one in elsewhere.skipped] == [
        ("WH20261125-00001", f"由{UNIT}办理，不能向其他单位督办")
    ]
    view = draft(store, 1, 2)
    take(store, "dispatch", [2], unit_id=unit_id(store, OTHER))
    with pytest.raises(Refused, match=f"所列 WH20261125-00002 由{OTHER}办理，不在{UNIT}"):
        signed(store, view)


def test_a_unit_that_helps_is_told_whose_appeal_it_is(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    take(store, "join", [1], unit_id=unit_id(store, THIRD))
    clock.travel_to("2026-12-04 16:00")
    told = said_in(signed(store, draft(store, unit_id=unit_id(store, THIRD))))
    assert f"交{UNIT}主办、你单位协助办理" in told


def test_causes_and_titles_claim_what_holds_of_all_and_count_the_rest(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock, 4)
    clock.travel_to("2026-12-02 15:35")
    take(store, "reply", [2, 3], text=SAID)
    take(store, "close", [3], outcome="已解决")
    clock.travel_to("2026-12-04 09:00")
    view = draft(store, 1, 2, 3, 4)
    assert (view.title, view.cause) == ("关于4件诉求办理情况的督办单", "办理情况")
    told = said_in(signed(store, view))
    assert "逾期未办结2件，按期答复待审核1件，按期办结1件。" in told


def test_a_sentence_that_holds_no_longer_is_refused_and_confirmed_by_signing_again(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-03 09:00")
    view = draft(store)
    assert view.cause == "逾期未办结"
    clock.travel_to("2026-12-03 10:00")
    take(store, "reply", [1], text=SAID)
    with pytest.raises(Refused, match=r"逾期未办结.*现为.*看过后再次签发") as refused:
        signed(store, view)
    assert "\n" not in str(refused.value)
    with store.reading() as reader:
        [now] = orders_by_id(reader, [view.id])
    assert (now.status, now.cause, now.version) == ("draft", "逾期办理", view.version + 1)
    assert now.demands[0] == store.policy.orders.demands.late
    told = said_in(signed(store, now))
    assert "逾期办理的督办单" in told
    assert "你单位已于12月3日10:00答复，超期1个工作日，答复待我部审核。" in told


def test_a_day_more_of_the_same_lateness_asks_nobody_again(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-03 09:00")
    view = draft(store)
    clock.travel_to("2026-12-08 09:00")
    assert "超期4个工作日" in said_in(signed(store, view))


def test_typed_words_are_held_to_what_they_claim(store: Store, clock: Clock) -> None:
    in_hand(store, clock, 2)
    clock.travel_to("2026-12-03 09:00")
    take(store, "reply", [2], text=SAID)
    view = draft(store, 1, 2)
    typed = orders.edit(store, view.id, view.version, title="关于2件诉求逾期未办结的督办单")
    with pytest.raises(Refused, match="关于2件诉求逾期未办结的督办单"):
        signed(store, typed)
    with store.reading() as reader:
        [now] = orders_by_id(reader, [view.id])
    assert now.title == "关于2件诉求逾期办理的督办单"
    right = orders.edit(store, now.id, now.version, title="关于1件逾期未办结等诉求的督办单")
    assert signed(store, right).line("标题") == right.title


def test_facts_of_many_take_no_more_statements_than_of_one(store: Store, clock: Clock) -> None:
    in_hand(store, clock, 40)
    clock.travel_to("2026-12-04 09:00")
    keeper, unit = store.timekeeper(), unit_id(store, UNIT)
    sent = []
    for tickets in ([1], list(range(1, 41))):
        with store.reading() as reader, statements(store) as counted:
            found = orders.facts_of(reader, keeper, store.timekeeper, tickets, unit, store.now())
        assert len(found) == len(tickets)
        sent.append(len(counted))
    assert sent[0] == sent[1] <= 8


def test_a_check_tells_what_of_a_draft_and_of_a_signed_order_holds(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-12-03 09:00")
    view = draft(store)
    clock.travel(hours=1)
    take(store, "reply", [1], text=SAID)
    clock.travel(hours=1)
    _, checked = orders.check_order(store, view.id)
    told = {one.statement.claim: one for one in checked}
    assert (told["title"].holds, told["title"].now) == (False, "关于“路灯不亮”逾期办理的督办单")
    assert told["overdue"].now == told["awaiting-late"].statement.text
    assert (told["overdue"].holds, told["awaiting-late"].holds) == (False, True)
    assert {one.proven for one in checked} == {None}
    with pytest.raises(Refused):
        signed(store, view)
    with store.reading() as reader:
        [again] = orders_by_id(reader, [view.id])
    signed(store, again)
    clock.travel(hours=1)
    take(store, "close", [1], outcome="已解决")
    _, checked = orders.check_order(store, view.id)
    assert all(one.proven and one.true for one in checked)
    assert [one.statement.claim for one in checked if not one.holds] == ["awaiting-late"]


def test_no_day_of_dispatch_is_told_where_the_source_knew_none(store: Store, clock: Clock) -> None:
    in_hand(store, clock, dispatched_at=None)
    clock.travel_to("2026-12-03 09:00")
    told = said_in(signed(store, draft(store)))
    assert "该诉求由你单位办理，应于12月2日17:30前办结。" in told


def test_a_reply_sent_back_counts_as_taken_by_its_unit(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    [before] = facts(store, "2026-11-27 09:00")
    assert (before.unacknowledged, before.state) == (True, "running")
    clock.travel_to("2026-11-26 09:00")
    take(store, "reply", [1], text=SAID)
    take(store, "send_back", [1], reason="答非所问")
    [after] = facts(store, "2026-11-27 09:00")
    assert (after.unacknowledged, after.state) == (False, "running")
