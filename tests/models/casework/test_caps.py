"""Caps in the store: who grants more time, when a return is too late, a limit of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from models import casework
from models.clocks import load_policy
from models.matter import load_matter, position
from models.store import Store, verify_store
from models.views import desk_rows, ticket_view
from rules.casework import allowed_steps
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.test_requests import CLOSE, in_hand
from tests.models.casework.walking import OTHER

CAPPED = """
[[limits]]
channel = "微信"
extension_by = "deputy"
return = "24h"
returns = 1
own = "15wd"
pause = "5wd"
pauses = 1
[[limits]]
channel = "人民网"
pause = "5wd"
pause_end = "ask"
[[leaders]]
name = "王一"
rank = "city"
[[leaders]]
name = "李二"
"""


@pytest.fixture
def capped(store: Store, clock: Clock) -> Store:
    """A store whose policy caps what comes by WeChat."""
    clock.travel_to("2026-11-16 09:00")
    load_policy(store, one(store, "SELECT text FROM policy")[0] + CAPPED, "定上限")
    return store


def handed(store: Store, clock: Clock, channel: str = "微信") -> None:
    """Hand one appeal out on Monday the 16th at 10:00; due Monday 23rd 17:30."""
    clock.travel_to("2026-11-16 10:00")
    taken(store, appeal(channel=channel, received_at=wuhan("2026-11-16 09:00")))
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))


def offered(store: Store, id: int) -> set[str]:
    """Return the steps that may be taken now."""
    with store.reading() as reader:
        matter = load_matter(reader, id)
        place = position(reader, matter, store.timekeeper(), store.now())
    return {step.verb for step in allowed_steps(place)}


def test_more_time_than_the_longest_extension_is_refused_with_the_cap(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    with pytest.raises(Refused, match=r"每次延期最长5个工作日.*11-30 周一 17:30.*200个工作日"):
        casework.take(store, "ask_extension", [1], limit_text="200wd", reason="须鉴定")
    assert one(store, "SELECT count(*) FROM extension") == (0,)
    casework.take(store, "ask_extension", [1], limit_text="5wd", reason="须鉴定")
    casework.take(store, "grant_extension", [1])
    assert one(store, CLOSE)[0] == wuhan("2026-11-30 17:30")


def test_an_extension_is_granted_by_a_leader_of_the_rank_the_policy_names(
    capped: Store, clock: Clock
) -> None:
    handed(capped, clock)
    casework.take(capped, "ask_extension", [1], limit_text="5wd", reason="须鉴定")
    for leader in (None, "王一", "张三"):
        with pytest.raises(Refused, match=r"延期须由副职批准：请写明批准领导（.*李二）"):
            casework.take(capped, "grant_extension", [1], leader=leader)
    casework.take(capped, "grant_extension", [1], leader="李二")
    assert one(capped, "SELECT leader, granted FROM extension") == ("李二", True)
    told = one(capped, "SELECT payload FROM event WHERE verb = 'ticket.grant_extension'")[0]
    assert json.loads(told)["leader"] == "李二"
    assert verify_store(capped).ok


def test_a_return_is_refused_a_second_after_its_time_and_no_longer_offered(
    capped: Store, clock: Clock
) -> None:
    handed(capped, clock)
    clock.travel_to("2026-11-17 10:00:01")
    with pytest.raises(Refused, match=r"退单须在交办后24小时内提出.*由中心转派"):
        casework.take(capped, "ask_return", [1], code="duty")
    assert "ask_return" not in offered(capped, 1)


def test_the_last_return_the_policy_allows_is_ruled_on_and_the_unit_designated(
    capped: Store, clock: Clock
) -> None:
    handed(capped, clock)
    clock.travel_to("2026-11-17 10:00")
    casework.take(capped, "ask_return", [1], code="duty")
    with pytest.raises(Refused, match="须作分歧裁定"):
        casework.take(capped, "grant_return", [1])
    casework.take(capped, "arbitrate", [1], unit_id=unit_id(capped, OTHER), reason="按三定方案")
    with pytest.raises(Refused, match="不得再退单"):
        casework.take(capped, "ask_return", [1], code="area")


def test_a_dispatch_with_a_limit_of_its_own_needs_a_reason_and_is_told(
    capped: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-16 10:00")
    taken(capped, appeal(channel="微信", received_at=wuhan("2026-11-16 09:00")))
    unit = unit_id(capped, UNIT)
    with pytest.raises(Refused, match="须写明理由"):
        casework.take(capped, "dispatch", [1], unit_id=unit, limit_text="15wd")
    with pytest.raises(Refused, match="须写明另定的办结时限"):
        casework.take(capped, "dispatch_within", [1], unit_id=unit, reason="情况复杂")
    with pytest.raises(Refused, match="最长15个工作日"):
        casework.take(capped, "dispatch", [1], unit_id=unit, limit_text="30wd", reason="复杂")
    casework.take(
        capped, "dispatch_within", [1], unit_id=unit, limit_text="15wd", reason="情况复杂"
    )
    due = wuhan("2026-12-07 17:30")  # four days to Friday 20, five, five, and Monday, 7 December
    assert one(capped, CLOSE) == (due, due)
    payload, reason = one(
        capped, "SELECT payload, reason FROM event WHERE verb = 'ticket.dispatch'"
    )
    assert (json.loads(payload)["limit"], reason) == ("15wd", "情况复杂")
    assert verify_store(capped).ok
    assert casework.undo(capped).verb == "dispatch_within"
    assert one(capped, "SELECT limit_text, state FROM round") == (None, "waiting")


def test_a_limit_of_its_own_is_for_the_first_dispatch_where_the_policy_allows_it(
    capped: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-16 10:00")
    taken(
        capped,
        appeal("P1", received_at=wuhan("2026-11-16 09:00")),
        appeal("P2", channel="微信", received_at=clock.now, due_at=wuhan("2026-11-18 17:30")),
    )
    own: dict[str, Any] = {
        "unit_id": unit_id(capped, UNIT),
        "limit_text": "3wd",
        "reason": "领导批示",
    }
    with pytest.raises(Refused, match="规则不许交办时另定办结时限"):
        casework.take(capped, "dispatch", [1], **own)
    with pytest.raises(Refused, match="由来源定了，不能另定"):
        casework.take(capped, "dispatch", [2], **own)
    for id in (1, 2):
        verbs = offered(capped, id)
        assert "dispatch" in verbs and "dispatch_within" not in verbs
    assert column(capped, "SELECT state FROM round") == ["waiting", "waiting"]


def paused(store: Store, clock: Clock, channel: str = "微信", **said: Any) -> None:
    """Let one appeal stand still since Tuesday the 17th at 09:00."""
    handed(store, clock, channel)
    clock.travel_to("2026-11-17 09:00")
    casework.take(store, "ask_pause", [1], reason="送检")
    casework.take(store, "grant_pause", [1], approval="批准号041", **said)


STOPPED = wuhan("2026-11-24 17:30")
"""When five working days after the 17th are up."""

MOVED = wuhan("2026-12-01 17:30")
"""The 23rd, and the six working days from the 17th to the 24th after it."""


def test_a_pause_ends_by_itself_when_its_time_is_up_however_late_the_sweep(
    capped: Store, clock: Clock
) -> None:
    paused(capped, clock)
    clock.travel_to("2026-11-24 17:29")
    assert casework.end_pauses_up(capped) == casework.Ended()
    clock.travel_to("2026-11-26 09:00")
    assert casework.end_pauses_up(capped) == casework.Ended(resumed=1)
    assert casework.end_pauses_up(capped) == casework.Ended()
    assert one(capped, CLOSE) == (MOVED, MOVED)
    assert one(capped, "SELECT to_at FROM pause JOIN deadline d ON d.id = deadline_id") == (
        STOPPED,
    )
    assert one(capped, "SELECT at, reason FROM event WHERE verb = 'ticket.resume'") == (
        STOPPED,
        "挂起期满，自动恢复",
    )
    with pytest.raises(Refused, match="规则允许挂起1次，已挂起1次"):
        casework.take(capped, "ask_pause", [1], reason="听证")
    assert verify_store(capped).ok


def test_whoever_resumes_after_the_time_of_a_pause_gains_nothing_by_it(
    capped: Store, clock: Clock
) -> None:
    paused(capped, clock)
    clock.travel_to("2026-11-26 09:00")
    casework.take(capped, "resume", [1])
    assert one(capped, CLOSE) == (MOVED, MOVED)
    assert one(capped, "SELECT at FROM event WHERE verb = 'ticket.resume'") == (STOPPED,)


def test_a_pause_for_longer_than_the_policy_allows_is_refused_and_a_shorter_one_kept(
    capped: Store, clock: Clock
) -> None:
    with pytest.raises(Refused, match=r"每次挂起最长5个工作日，此次最迟到2026-11-24 周二 17:30"):
        paused(capped, clock, limit_text="6wd")
    casework.take(capped, "grant_pause", [1], approval="批准号041", limit_text="2wd")
    until = wuhan("2026-11-19 17:30")
    assert one(capped, "SELECT until_at, by_itself FROM pause") == (until, True)
    with capped.reading() as reader:
        view = ticket_view(reader, capped.timekeeper(), 1, clock.now)
    assert {c.step: c.until_at for c in view.deadlines if c.paused_at} == {"close": until}


def test_where_the_policy_wants_the_centre_asked_a_pause_waits_on_the_desk(
    capped: Store, clock: Clock
) -> None:
    paused(capped, clock, "人民网")
    clock.travel_to("2026-11-25 09:00")
    assert casework.end_pauses_up(capped) == casework.Ended(waiting=1)
    assert casework.end_pauses_up(capped) == casework.Ended()
    with capped.reading() as reader:
        [row] = desk_rows(reader, "up")
    assert (row.ticket_id, row.since_at, row.said) == (1, STOPPED, "批准号041")
    casework.take(capped, "resume", [1], seen={1: row.version})
    assert one(capped, CLOSE) == (MOVED, MOVED)  # nothing was worked between the 24th and 09:00
    with capped.reading() as reader:
        assert desk_rows(reader, "up") == []
    assert verify_store(capped).ok
