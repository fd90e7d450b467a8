"""What units ask for: returns and arbitration, pauses that overlap, what extensions would do."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from models import casework
from models.clocks.sweeping import sweep
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.work import Work
from models.views.foresight import foresee_extension
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER

CLOSE = "SELECT due_at, original_due_at FROM deadline WHERE step = 'close'"


def in_hand(store: Store, clock: Clock) -> None:
    """Take one appeal its unit has in hand since Monday the 16th 10:00; due Monday 23rd 17:30."""
    clock.travel_to("2026-11-16 10:00")
    taken(store, appeal(received_at=wuhan("2026-11-16 09:00"), dispatched_at=clock.now, unit=UNIT))
    clock.travel_to("2026-11-16 11:00")
    casework.take(store, "acknowledge", [1])
    casework.take(store, "contact", [1])


def test_a_return_gives_no_time_back(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    due = one(store, CLOSE)
    clock.travel_to("2026-11-17 10:00")
    casework.take(store, "ask_return", [1], code="duty")
    casework.take(store, "grant_return", [1])
    assert one(store, "SELECT state, lead_unit_id FROM round") == ("waiting", None)
    clock.travel_to("2026-11-17 15:00")
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    assert one(store, CLOSE) == due
    centre = column(store, "SELECT stopped_at FROM deadline WHERE step = 'dispatch' ORDER BY id")
    assert centre == [wuhan("2026-11-16 10:00"), wuhan("2026-11-17 15:00")]


def test_the_second_return_is_arbitrated_once_and_for_all(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    casework.take(store, "ask_return", [1], code="duty")
    casework.take(store, "refuse_return", [1], reason="属其职责")
    casework.take(store, "ask_return", [1], code="duty")
    with pytest.raises(Refused, match="须作分歧裁定"):
        casework.take(store, "grant_return", [1])
    casework.take(store, "arbitrate", [1], unit_id=unit_id(store, OTHER), reason="按三定方案")
    assert one(store, "SELECT lead_unit_id, state FROM round") == (
        unit_id(store, OTHER),
        "dispatched",
    )
    with pytest.raises(Refused, match="不得再退单"):
        casework.take(store, "ask_return", [1], code="area")


def test_who_only_supervises_cannot_arbitrate(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    for _ in range(2):
        casework.take(store, "ask_return", [1], code="duty")
        if one(store, "SELECT count(*) FROM return_request") == (1,):
            casework.take(store, "refuse_return", [1], reason="属其职责")
    with store.writing() as work:
        _keep_only(work, "supervisor")
    with pytest.raises(NotAllowed):
        casework.take(store, "arbitrate", [1], unit_id=unit_id(store, OTHER), reason="按三定方案")


def _keep_only(work: Work, role: str) -> None:
    from sqlalchemy import text

    work.conn.execute(text("DELETE FROM role WHERE role <> :role"), {"role": role})


def test_a_pause_moves_both_due_instants_by_its_working_time(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-17 09:00")
    casework.take(store, "ask_pause", [1], reason="送检")
    casework.take(store, "grant_pause", [1], approval="批准号041")
    clock.travel_to("2026-11-19 09:00")
    casework.take(store, "resume", [1])
    moved = wuhan("2026-11-25 17:30")
    assert one(store, CLOSE) == (moved, moved)


def test_overlapping_pauses_count_once_even_when_dated_back(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-17 09:00")
    casework.take(store, "ask_pause", [1], reason="送检")
    casework.take(store, "grant_pause", [1], approval="批准号041")
    clock.travel_to("2026-11-18 09:00")
    casework.take(store, "resume", [1])
    casework.take(store, "ask_pause", [1], reason="听证")
    casework.take(store, "grant_pause", [1], approval="批准号042", since=wuhan("2026-11-17 13:30"))
    clock.travel_to("2026-11-19 09:00")
    casework.take(store, "resume", [1])
    moved = wuhan("2026-11-25 17:30")
    assert one(store, CLOSE) == (moved, moved)


def test_what_was_crossed_within_a_pause_dated_back_does_not_count(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-24 09:00")
    sweep(store)
    casework.take(store, "ask_pause", [1], reason="送检")
    casework.take(store, "grant_pause", [1], approval="批准号041", since=wuhan("2026-11-18 09:00"))
    standing = "SELECT count(*) FROM crossing WHERE annulled_at IS NULL"
    assert one(store, standing) == (0,)
    clock.travel_to("2026-11-30 09:00")
    assert sweep(store).total == 0
    assert one(store, "SELECT worst_colour FROM deadline WHERE step = 'close'") == ("blue",)


@pytest.mark.parametrize("since", ["2026-11-16 09:30", "2026-11-19 09:00"])
def test_a_pause_begins_between_the_dispatch_and_its_approval(
    store: Store, clock: Clock, since: str
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-18 09:00")
    casework.take(store, "ask_pause", [1], reason="送检")
    with pytest.raises(Refused, match="挂起起始时间"):
        casework.take(store, "grant_pause", [1], approval="批准号041", since=wuhan(since))


def test_a_late_matter_is_not_made_timely_by_a_pause(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    due = one(store, CLOSE)
    clock.travel_to("2026-11-23 17:31")
    casework.take(store, "ask_pause", [1], reason="送检")
    with pytest.raises(Refused, match=r"晚于办结时限（2026-11-23 17:30）.*请将起始时间改到"):
        casework.take(store, "grant_pause", [1], approval="批准号041")
    assert one(store, CLOSE) == due
    assert one(store, "SELECT count(*) FROM deadline WHERE paused_at IS NOT NULL") == (0,)
    casework.take(store, "grant_pause", [1], approval="批准号041", since=wuhan("2026-11-23 17:30"))
    clock.travel_to("2026-11-24 14:00")
    casework.take(store, "resume", [1])
    moved = wuhan("2026-11-24 17:30")
    assert one(store, CLOSE) == (moved, moved)


def test_a_co_unit_that_was_late_stands_still_and_gains_nothing(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    casework.take(store, "join", [1], unit_id=unit_id(store, OTHER))
    helping = "SELECT due_at, paused_at FROM deadline WHERE step = 'assist'"
    due = one(store, helping)[0]
    clock.travel_to("2026-11-23 09:00")
    assert due < clock.now < one(store, CLOSE)[0]
    casework.take(store, "ask_pause", [1], reason="送检")
    casework.take(store, "grant_pause", [1], approval="批准号041")
    assert one(store, helping) == (due, clock.now)
    clock.travel_to("2026-11-25 09:00")
    casework.take(store, "resume", [1])
    assert one(store, helping) == (due, None)
    assert one(store, CLOSE)[0] == wuhan("2026-11-25 17:30")


def test_nothing_is_decided_before_it_was_asked(store: Store, clock: Clock) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-18 09:00")
    casework.take(store, "ask_extension", [1], limit_text="3wd", reason="需会商")
    casework.take(store, "ask_pause", [1], reason="送检")
    early = wuhan("2026-11-17 09:00")
    decisions: dict[str, dict[str, Any]] = {
        "grant_extension": {},
        "grant_pause": {"approval": "批件"},
    }
    for verb, said in decisions.items():
        with pytest.raises(Refused, match="批复时间早于申请时间"):
            casework.take(store, verb, [1], at=early, **said)
    with pytest.raises(Refused, match="在将来"):
        casework.take(store, "grant_extension", [1], at=clock.now + timedelta(minutes=1))


def test_a_refused_extension_leaves_the_clock_and_what_it_crossed(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    due = one(store, CLOSE)
    clock.travel_to("2026-11-20 09:00")
    casework.take(store, "ask_extension", [1], limit_text="3wd", reason="需会商")
    clock.travel_to("2026-11-24 09:00")
    sweep(store)
    casework.take(store, "refuse_extension", [1], reason="理由不足")
    assert one(store, CLOSE) == due
    levels = column(store, "SELECT level FROM crossing WHERE annulled_at IS NULL ORDER BY level")
    assert levels == ["red1", "yellow"]


def test_the_effect_of_an_extension_is_seen_before_it_is_decided(
    store: Store, clock: Clock
) -> None:
    in_hand(store, clock)
    clock.travel_to("2026-11-20 09:00")
    casework.take(store, "ask_extension", [1], limit_text="5wd", reason="需会商")
    clock.travel_to("2026-11-24 09:00")
    seen = foresee_extension(store, 1)
    assert (seen.due_before, seen.due_after) == (
        wuhan("2026-11-23 17:30"),
        wuhan("2026-11-30 17:30"),
    )
    assert (seen.colour, seen.colour_after) == ("red", "blue")
    assert (seen.rate, seen.rate_after, seen.due) == (Fraction(0), None, (1,))
    assert one(store, CLOSE)[0] == seen.due_before


def test_a_co_unit_has_a_working_day_less_and_more_time_with_its_lead(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-16 10:00")
    taken(store, appeal(received_at=wuhan("2026-11-16 09:00")))
    casework.take(
        store, "dispatch", [1], unit_id=unit_id(store, UNIT), co_units=[unit_id(store, OTHER)]
    )
    dues = "SELECT due_at FROM deadline WHERE step IN ('assist', 'close') ORDER BY due_at"
    assert column(store, dues) == [wuhan("2026-11-20 17:30"), wuhan("2026-11-23 17:30")]
    casework.take(store, "ask_extension", [1], limit_text="2wd", reason="需会商")
    casework.take(store, "grant_extension", [1])
    assert column(store, dues) == [wuhan("2026-11-24 17:30"), wuhan("2026-11-25 17:30")]
    casework.take(
        store,
        "assist",
        [1],
        unit_id=unit_id(store, OTHER),
        text="已派员配合疏导交通，现场秩序已恢复",
    )
    stopped = "SELECT stopped_at FROM deadline WHERE step = 'assist'"
    assert column(store, stopped) == [clock.now]
    assert one(store, "SELECT state FROM round") == ("dispatched",)
