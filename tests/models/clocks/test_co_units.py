"""A co-unit's clock follows its lead's through every change of either, and of the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.casework import take
from models.casework.undoing import redo, undo
from models.clocks.calendars import load_calendar
from models.clocks.derivations import ticket_derivations
from models.clocks.policies import load_policy
from models.store.backup import back_up, restore
from models.store.opening import open_store
from models.store.store import Store
from rules.clocks.counting import Row
from seed.reference.catalogue import first_content
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, STATES, STEPS, THIRD, TOLD, begin, walk
from tests.models.clocks.derived import wrong_co_units
from tests.models.clocks.holidays import with_2027
from tests.models.clocks.test_policies import text_of

DUE = "SELECT due_at FROM deadline WHERE step = :step AND stopped_at IS NULL"

KIND = "SELECT due_at, provisional, source_fixed FROM deadline WHERE step = :step"

BLUE = "SELECT blue_at, policy FROM deadline WHERE step = 'assist'"

WHY = "时限标准调整"

TWENTY = ('close = "5wd"', 'close = "20wd"')


def helped(store: Store, clock: Clock, **changes: Any) -> None:
    """Hand one appeal on this Friday morning at ten, to a lead with a co-unit."""
    clock.travel_to("2026-11-20 10:00")
    taken(store, appeal(received_at=wuhan("2026-11-20 09:00"), **changes))
    helping = [unit_id(store, OTHER)]
    take(store, "dispatch", [1], unit_id=unit_id(store, UNIT), co_units=helping)


def due(store: Store, step: str) -> str:
    """Return the local due instant of the running clock of a step."""
    at = store.timekeeper().local(one(store, DUE, step=step)[0])
    return f"{at:%Y-%m-%d %H:%M}"


def test_a_policy_that_gives_the_lead_more_time_gives_it_to_the_co_unit(
    store: Store, clock: Clock
) -> None:
    helped(store, clock)
    load_policy(store, text_of(store, TWENTY), WHY, recompute=True)
    assert (due(store, "close"), due(store, "assist")) == ("2026-12-18 17:30", "2026-12-17 17:30")
    assert wrong_co_units(store) == []
    take(store, "note", [1], text="市民来电")
    take(store, "acknowledge", [1])
    assert due(store, "assist") == "2026-12-17 17:30"
    assert wrong_co_units(store) == []


def test_a_policy_for_later_clocks_leaves_those_who_join_later_with_their_leads_rules(
    store: Store, clock: Clock
) -> None:
    helped(store, clock)
    load_policy(store, text_of(store, TWENTY), WHY)
    take(store, "join", [1], unit_id=unit_id(store, THIRD))
    assert wrong_co_units(store) == []
    rules = "SELECT DISTINCT policy FROM deadline WHERE step IN ('close', 'assist')"
    assert one(store, rules) == (1,)
    with store.reading() as reader:
        assert all(each.agrees for each in ticket_derivations(reader, store.timekeeper, 1))


def test_a_pause_that_came_after_the_co_unit_was_due_is_not_told_as_if_it_gained(
    store: Store, clock: Clock
) -> None:
    helped(store, clock)
    clock.travel_to("2026-11-27 09:00")
    take(store, "ask_pause", [1], reason="检测")
    take(store, "grant_pause", [1], approval="批准")
    clock.travel_to("2026-11-27 12:00")
    take(store, "resume", [1])
    assert (due(store, "close"), due(store, "assist")) == ("2026-11-30 17:30", "2026-11-26 17:30")
    with store.reading() as reader:
        told = ticket_derivations(reader, store.timekeeper, 1)
    assert [each.lines for each in told if not each.agrees] == []
    (own,) = (each.derived for each in told if each.derived.clock.step == "assist")
    assert Row("协办", "主办时限 5个工作日", "少1个工作日") in own.rows


@pytest.mark.parametrize("fixed", [False, True])
def test_a_new_calendar_moves_the_co_unit_with_its_lead_and_the_next_act_leaves_it(
    store: Store, clock: Clock, fixed: bool
) -> None:
    changes: dict[str, Any] = {"due_at": wuhan("2027-01-05 17:30")} if fixed else {}
    clock.travel_to("2026-12-29 10:00")
    taken(store, appeal(received_at=clock.now, **changes))
    helping = [unit_id(store, OTHER)]
    take(store, "dispatch", [1], unit_id=unit_id(store, UNIT), co_units=helping)
    load_calendar(store, with_2027(store, "2027-01-01", "2027-01-04"), "国办放假通知")
    lead, own = due(store, "close"), due(store, "assist")
    expected = (
        ("2027-01-05 17:30", "2026-12-31 17:30")
        if fixed
        else (
            "2027-01-07 17:30",
            "2027-01-06 17:30",
        )
    )
    assert (lead, own) == expected
    take(store, "acknowledge", [1])
    assert (due(store, "close"), due(store, "assist")) == expected
    take(store, "join", [1], unit_id=unit_id(store, THIRD))
    with store.reading() as reader:
        told = ticket_derivations(reader, store.timekeeper, 1)
    assert [each for each in told if not each.agrees] == []


def test_a_late_joiner_is_provisional_with_its_lead_and_ends_with_it_at_the_latest(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-12-29 10:00")
    taken(store, appeal(received_at=clock.now))
    take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert one(store, KIND, step="close") == (wuhan("2027-01-06 17:30"), 1, 0)
    clock.travel_to("2027-01-06 09:00")
    take(store, "join", [1], unit_id=unit_id(store, OTHER))
    assert one(store, KIND, step="assist") == (wuhan("2027-01-06 17:30"), 1, 0)
    load_calendar(store, with_2027(store, "2027-01-01", "2027-01-04"), "国办放假通知")
    lead, own = one(store, KIND, step="close"), one(store, KIND, step="assist")
    assert own[0] <= lead[0] == wuhan("2027-01-07 17:30")
    assert wrong_co_units(store) == []


@pytest.mark.parametrize("fixed", [False, True])
def test_each_pause_counts_once_for_co_units_too(store: Store, clock: Clock, fixed: bool) -> None:
    helped(store, clock, **({"due_at": wuhan("2026-11-30 17:30")} if fixed else {}))
    before = due(store, "close"), due(store, "assist")
    assert before == (
        ("2026-11-30 17:30", "2026-11-27 17:30")
        if fixed
        else ("2026-11-27 17:30", "2026-11-26 17:30")
    )
    for day in (23, 25):
        clock.travel_to(f"2026-11-{day} 08:30")
        walk(store, ("ask_pause", "grant_pause"))
        assert wrong_co_units(store) == []
        clock.travel_to(f"2026-11-{day + 1} 08:30")
        walk(store, ("resume",))
        assert wrong_co_units(store) == []
    after = due(store, "close"), due(store, "assist")
    assert after == (
        ("2026-12-02 17:30", "2026-12-01 17:30")
        if fixed
        else ("2026-12-01 17:30", "2026-11-30 17:30")
    )


def test_an_extension_granted_while_the_lead_stands_still_is_the_co_units_too(
    store: Store, clock: Clock
) -> None:
    helped(store, clock)
    clock.travel_to("2026-11-25 08:30")
    walk(store, ("ask_extension", "ask_pause"))
    since = wuhan("2026-11-24 08:30")
    take(store, "grant_pause", [1], approval="批准号041", since=since)
    walk(store, ("grant_extension",))
    assert wrong_co_units(store) == []
    noted = "SELECT count(*) FROM crossing WHERE annulled_at IS NULL AND at > :since"
    assert one(store, noted, since=since) == (0,)
    clock.travel_to("2026-11-26 08:30")
    walk(store, ("resume",))
    assert wrong_co_units(store) == []
    assert (due(store, "close"), due(store, "assist")) == ("2026-12-04 17:30", "2026-12-03 17:30")


def test_a_lead_with_a_fixed_date_keeps_its_rules_and_so_does_its_co_unit(
    store: Store, clock: Clock
) -> None:
    helped(store, clock, due_at=wuhan("2026-11-30 17:30"))
    text = text_of(store, TWENTY, ('preset = "remaining"', 'preset = "near-due"'))
    load_policy(store, text, WHY, recompute=True)
    assert wrong_co_units(store) == []
    before = one(store, BLUE)
    take(store, "acknowledge", [1])
    assert one(store, BLUE) == before
    assert wrong_co_units(store) == []


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_done_and_undone_a_co_units_clock_follows_from_its_leads(
    sqlite_store: Store, clock: Clock, state: str
) -> None:
    begin(sqlite_store)
    steps = [step for step in STATES[state] if step in STEPS]
    if "ruled" in STATES[state]:
        TOLD["ruled"](sqlite_store)
    if "dispatch" in steps and "join" not in steps:
        steps.insert(1, "join")
    for step in steps:
        STEPS[step](sqlite_store)
        clock.travel(hours=1)
        assert wrong_co_units(sqlite_store) == [], step
    for way in (undo, redo):
        for step in steps:
            way(sqlite_store)
            assert wrong_co_units(sqlite_store) == [], (way, step)


def test_co_units_follow_their_leads_in_a_store_restored_from_an_archive(
    sqlite_store: Store, clock: Clock, tmp_path: Path
) -> None:
    helped(sqlite_store, clock)
    walk(sqlite_store, ("ask_extension", "grant_extension", "ask_pause", "grant_pause"))
    archive, target = tmp_path / "a.zip", str(tmp_path / "again.db")
    back_up(sqlite_store, archive)
    restore(archive, target, clock)
    again = open_store(target, now=clock, first=first_content, login="tester")
    try:
        assert wrong_co_units(again) == []
        clock.travel_to("2026-11-23 10:00")
        take(again, "resume", [1])
        assert wrong_co_units(again) == []
        undo(again)
        assert wrong_co_units(again) == []
    finally:
        again.close()
