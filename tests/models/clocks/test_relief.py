"""More time for a unit: what is asked in time may be granted, and the clocks follow."""

from __future__ import annotations

from typing import Any

import pytest

from models.casework import take
from models.clocks.calendars import days_of
from models.clocks.derivations import ticket_derivations
from models.clocks.recount import NewRules, plan_recount
from models.clocks.sweeping import sweep
from models.store.store import Store
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, wuhan
from tests.models.casework.walking import OTHER

CLOSE = "SELECT due_at, original_due_at, revision FROM deadline WHERE step = 'close'"

ASSIST = "SELECT due_at, limit_text FROM deadline WHERE step = 'assist'"

ASKED = wuhan("2026-11-19 10:00")


def in_hand(store: Store, **changes: Any) -> None:
    """Take one appeal that its unit has in hand since Thursday the 12th; due on the 19th."""
    taken(
        store,
        appeal(
            unit=UNIT,
            received_at=wuhan("2026-11-12 09:00"),
            dispatched_at=wuhan("2026-11-12 09:30"),
            acknowledged_at=wuhan("2026-11-12 10:00"),
            contacted_at=wuhan("2026-11-12 11:00"),
            **changes,
        ),
    )


def test_a_granted_extension_counts_from_the_due_instant_and_keeps_the_original(
    store: Store,
) -> None:
    in_hand(store)
    take(store, "ask_extension", [1], limit_text="5wd", reason="需会商", at=ASKED)
    assert one(store, CLOSE)[0] == wuhan("2026-11-19 17:30")
    take(store, "grant_extension", [1])
    assert one(store, CLOSE) == (wuhan("2026-11-26 17:30"), wuhan("2026-11-19 17:30"), 2)


def test_what_was_crossed_since_the_request_is_annulled(store: Store) -> None:
    in_hand(store)
    take(store, "ask_extension", [1], limit_text="5wd", reason="需会商", at=ASKED)
    sweep(store)
    assert "red1" in column(store, "SELECT level FROM crossing")
    take(store, "grant_extension", [1])
    standing = column(store, "SELECT level FROM crossing WHERE annulled_at IS NULL ORDER BY level")
    assert standing == ["yellow"]


def test_an_extension_is_asked_for_before_the_clock_is_due(store: Store) -> None:
    in_hand(store)
    with pytest.raises(Refused, match="不能申请延期"):
        take(
            store,
            "ask_extension",
            [1],
            limit_text="5wd",
            reason="来不及",
            at=wuhan("2026-11-20 09:00"),
        )


def test_there_is_one_extension_unless_the_policy_allows_more(store: Store) -> None:
    in_hand(store)
    take(store, "ask_extension", [1], limit_text="5wd", reason="需会商", at=ASKED)
    take(store, "grant_extension", [1])
    with pytest.raises(Refused, match="规则允许延期1次，已延期1次"):
        take(store, "ask_extension", [1], limit_text="5wd", reason="仍来不及")


def test_the_most_urgent_are_never_extended(store: Store) -> None:
    in_hand(store, urgency="特急")
    with pytest.raises(Refused, match="不能延期"):
        take(
            store,
            "ask_extension",
            [1],
            limit_text="24h",
            reason="来不及",
            at=wuhan("2026-11-12 12:00"),
        )


def test_a_paused_matter_has_no_running_clock_and_is_shown_by_the_paused_one(
    store: Store, clock: Clock
) -> None:
    in_hand(store)
    take(store, "ask_pause", [1], reason="送检", at=ASKED)
    assert one(store, "SELECT paused_at FROM deadline WHERE leads") == (None,)
    take(store, "grant_pause", [1], approval="检测委托书", at=wuhan("2026-11-19 11:00"))
    leading = "SELECT step, paused_at, next_at FROM deadline WHERE leads"
    assert one(store, leading) == ("close", wuhan("2026-11-19 11:00"), None)
    with pytest.raises(Refused, match="已挂起"):
        take(store, "reply", [1], text="已办")


@pytest.mark.parametrize("changes", [{"nature": "咨询"}, {"due_at": wuhan("2026-11-24 12:00")}])
def test_what_was_granted_stands_when_the_limit_changes(
    store: Store, changes: dict[str, Any]
) -> None:
    in_hand(store, co_units=(OTHER,))
    friday = wuhan("2026-11-13 09:00")
    take(store, "ask_pause", [1], reason="送检", at=friday)
    take(store, "grant_pause", [1], approval="批准号041", at=friday)
    take(store, "resume", [1], at=wuhan("2026-11-16 09:00"))
    take(
        store, "ask_extension", [1], limit_text="5wd", reason="需会商", at=wuhan("2026-11-16 10:00")
    )
    take(store, "grant_extension", [1], at=wuhan("2026-11-16 10:00"))
    in_hand(store, co_units=(OTHER,), **changes)
    if "nature" in changes:
        take(store, "relimit", [1], limits="dispatch", reason="原登记有误")
    due, original, _ = one(store, CLOSE)
    if "nature" in changes:  # 2wd from the 12th, a day of pause, 5wd more
        assert (due, original) == (wuhan("2026-11-24 17:30"), wuhan("2026-11-17 17:30"))
        assert one(store, ASSIST) == (wuhan("2026-11-23 17:30"), "1wd")
    else:
        assert original > changes["due_at"]
        assert due > original
    with store.reading() as reader:
        told = ticket_derivations(reader, store.timekeeper, 1)
        days = days_of(reader, 1)
        assert plan_recount(reader, NewRules(days), store.now()).changes == []
    assert [
        each.lines for each in told if not each.agrees and each.derived.clock.step == "close"
    ] == []


def test_a_clock_that_stands_still_goes_on_doing_so_when_the_limit_changes(
    store: Store,
) -> None:
    in_hand(store)
    take(store, "ask_pause", [1], reason="送检", at=ASKED)
    take(store, "grant_pause", [1], approval="批准号041", at=ASKED)
    in_hand(store, nature="咨询")
    take(store, "relimit", [1], limits="dispatch", reason="原登记有误")
    stands = "SELECT limit_text, paused_at, next_at FROM deadline WHERE step = 'close'"
    assert one(store, stands) == ("2wd", ASKED, None)
    sweep(store)
    crossed = """SELECT count(*) FROM crossing c JOIN deadline d ON d.id = c.deadline_id
                 WHERE d.step = 'close' AND c.annulled_at IS NULL"""
    assert one(store, crossed) == (0,)


def test_nothing_is_granted_that_was_not_asked_for(store: Store) -> None:
    in_hand(store)
    with pytest.raises(Refused, match="没有待批的延期申请"):
        take(store, "grant_extension", [1])
    with pytest.raises(Refused, match="没有待批的挂起申请"):
        take(store, "grant_pause", [1], approval="无")
