"""A past period counted again by other rules, on both engines."""

from __future__ import annotations

import pytest

from models import casework
from models.ranking.hindsight import rehearse_calendar_past, rehearse_policy_past
from models.store.store import Store
from models.tables.deadlines import Deadline, Extension, Pause
from rules.clocks.calendar import CalendarDay, CalendarDays
from rules.errors import PolicyError, Refused
from rules.ranking.hindsight import UnitThen
from rules.ranking.periods import Period, parse_period
from tests.conftest import Clock
from tests.models.appeals import wuhan
from tests.models.merging.groups import BEGUN, REPLY, begin, dispatched, merged
from tests.models.rounds import put_round

UNIT = 5


def policy(store: Store, *changes: tuple[str, str]) -> str:
    """Return the policy in force with some words replaced."""
    with store.reading() as reader:
        text = str(reader.value("SELECT text FROM policy ORDER BY version DESC LIMIT 1"))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


SHORTER = ('close = "5wd"', 'close = "3wd"')


@pytest.fixture
def october(store: Store) -> Period:
    """Return October 2026, in which appeals of one unit fell due in every way.

    All are complaints of 5 working days. The 12th is a Monday, the 19th the fifth working day.
    """
    monday, due = wuhan("2026-10-12 09:00"), wuhan("2026-10-19 17:30")
    # 3wd: due on Thursday the 15th, so the first was closed too late
    put_round(
        store, "T1", UNIT, received_at=monday, due_at=due, closed_at=wuhan("2026-10-16 10:00")
    )
    put_round(
        store, "T2", UNIT, received_at=monday, due_at=due, closed_at=wuhan("2026-10-14 10:00")
    )
    # 5wd: due on 3 November; 3wd: on Friday 30 October
    put_round(
        store,
        "T3",
        UNIT,
        received_at=wuhan("2026-10-27 09:00"),
        due_at=wuhan("2026-11-03 17:30"),
        closed_at=wuhan("2026-10-29 10:00"),
    )
    # extended by 5wd to the 26th; 3wd: from the 15th to the 22nd
    put_round(
        store,
        "T4",
        UNIT,
        received_at=monday,
        due_at=wuhan("2026-10-26 17:30"),
        original_due_at=due,
        closed_at=wuhan("2026-10-22 17:30"),
    )
    # paused from the 13th 09:00 to the 14th 09:00: 7 office hours, due on the 20th and the 16th
    put_round(
        store,
        "T5",
        UNIT,
        received_at=monday,
        due_at=wuhan("2026-10-20 17:30"),
        closed_at=wuhan("2026-10-16 17:30"),
    )
    # given 10wd for itself; its source fixed the next one
    for number, limit, fixed in (("T6", "10wd", False), ("T7", "fixed", True)):
        put_round(
            store,
            number,
            UNIT,
            received_at=monday,
            due_at=wuhan("2026-10-26 17:30"),
            closed_at=wuhan("2026-10-23 10:00"),
        )
        with store.writing() as work:
            work.update(Deadline, int(number[1]), 1, limit_text=limit, source_fixed=fixed)
    with store.writing() as work:
        work.insert(
            Extension,
            deadline_id=4,
            asked_at=wuhan("2026-10-18 09:00"),
            limit_text="5wd",
            reason="需会商",
            decided_at=wuhan("2026-10-18 10:00"),
            granted=True,
            due_before=due,
            due_after=wuhan("2026-10-26 17:30"),
        )
        work.insert(
            Pause,
            deadline_id=5,
            from_at=wuhan("2026-10-13 09:00"),
            to_at=wuhan("2026-10-14 09:00"),
            reason="送检",
            requested_at=wuhan("2026-10-13 09:00"),
            granted=True,
        )
    return parse_period("2026-10", store.timekeeper().zone)


def unit(told: tuple[UnitThen, ...]) -> UnitThen:
    [found] = [one for one in told if one.was.unit_id == UNIT]
    return found


def test_other_limits_make_others_late_and_let_others_fall_due(
    store: Store, october: Period
) -> None:
    told = rehearse_policy_past(store, policy(store, SHORTER), october)
    close = told.steps[0]
    assert (close.due_before, close.late_before) == (6, 0)
    assert (close.due_after, close.late_after, close.turned_late) == (7, 1, 1)
    one = unit(told.units)
    assert (one.was.tally.on_time, one.was.tally.after_extension) == (5, 1)
    assert (one.would.tally.on_time, one.would.tally.after_extension) == (5, 1)
    assert (one.late, one.late_then, told.turned) == (0, 1, 1)
    row = told.rows[0]
    assert (row.number, row.limit_text, row.late) == ("T1", "3wd", True)
    assert (row.due_before, row.due_after) == (
        wuhan("2026-10-19 17:30"),
        wuhan("2026-10-15 17:30"),
    )


def test_a_day_more_at_work_makes_late_and_a_day_off_spares(store: Store, october: Period) -> None:
    put_round(
        store,
        "T8",
        UNIT,
        received_at=wuhan("2026-10-12 09:00"),
        due_at=wuhan("2026-10-19 17:30"),
        closed_at=wuhan("2026-10-20 10:00"),
    )
    days = CalendarDays(
        {wuhan("2026-10-15 12:00").date(): CalendarDay("停电", off=True)},
        wuhan("2026-01-02 00:00").date(),
        wuhan("2026-12-31 00:00").date(),
        "试",
    )
    told = rehearse_calendar_past(store, days, october)
    close = told.steps[0]
    assert (close.late_before, close.late_after, close.turned_kept) == (1, 0, 1)
    assert [(row.number, row.late) for row in told.rows] == [("T8", False)]


def test_a_limit_that_the_policy_does_not_set_falls_due_for_nobody(
    store: Store, october: Period
) -> None:
    told = rehearse_policy_past(store, policy(store, ('close = "5wd"', 'close = "none"')), october)
    assert (told.steps[0].unset, told.steps[0].due_after) == (4, 2)


def test_other_terms_of_the_ranking_give_other_places(store: Store, october: Period) -> None:
    for number, (unit_id, word) in enumerate(((6, "满意"), (7, "基本满意"), (8, "不满意")), 10):
        put_round(
            store,
            f"T{number}",
            unit_id,
            received_at=wuhan("2026-10-12 09:00"),
            due_at=wuhan("2026-10-19 17:30"),
            closed_at=wuhan("2026-10-14 10:00"),
            rating=word,
            rated_at=wuhan("2026-10-15 10:00"),
        )
    rated = ("min_rated_month = 10", "min_rated_month = 1")
    text = policy(store, rated, ("basic_weight = 1.0", "basic_weight = 0.5"))
    told = {u.was.unit_id: u for u in rehearse_policy_past(store, text, october).units}
    assert [told[id].was.place for id in (6, 7, 8)] == [None] * 3
    assert [told[id].would.place for id in (6, 7, 8)] == [1, 2, 3]
    assert not told[UNIT].moved


def test_what_went_with_a_lead_makes_it_due_with_the_first(store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store)
    dispatched(store, ids[1])
    clock.travel(hours=30)
    dispatched(store, ids[0])
    merged(store, ids[1], lead=ids[0])
    clock.travel_to(wuhan("2026-11-20 09:00"))
    casework.take(store, "acknowledge", [ids[0]])
    casework.take(store, "reply", [ids[0]], text=REPLY, outcome="已解决")
    casework.take(store, "close", [ids[0]])
    clock.travel(days=10)
    week = parse_period("2026-W47", store.timekeeper().zone)
    same = rehearse_policy_past(store, policy(store), week)
    assert not any(one.changed for one in same.units)
    # 3wd: by itself due on Friday the 20th, but on the 19th with the one that came first
    close = rehearse_policy_past(store, policy(store, SHORTER), week).steps[0]
    assert (close.due_before, close.due_after, close.late_after) == (0, 1, 1)


def test_a_period_that_lasts_and_a_policy_that_cannot_be_used_are_refused(store: Store) -> None:
    zone = store.timekeeper().zone
    with pytest.raises(Refused, match="2026年11月还没有结束"):
        rehearse_policy_past(store, policy(store), parse_period("2026-11", zone))
    with pytest.raises(PolicyError):
        rehearse_policy_past(store, "[bureu]", parse_period("2026-10", zone))
