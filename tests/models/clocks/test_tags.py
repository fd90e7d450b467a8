"""Limits that ask for unit, place, round and campaign, in a store: whatever way a clock is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import casework
from models.bureau.conditions import idle_conditions
from models.campaigns.gathering import gather, release
from models.campaigns.running import start_campaign
from models.casework.undoing import undo
from models.clocks.calendars import days_of
from models.clocks.derivations import ticket_derivations
from models.clocks.policies import load_policy
from models.clocks.recount import NewRules, plan_recount
from models.store.store import Store
from rules.bureau.policy import read_policy
from rules.errors import PolicyError
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, THIRD
from tests.models.cells import rows_of

POLICY = """
[[limits]]
dispatch = "4wh"
acknowledge = "1wd"
contact = "1wd"
close = "9wd"
extension = "5wd"
[[limits]]
grid = "420111"
close = "8wd"
[[limits]]
unit = "市水务局"
close = "7wd"
acknowledge = "4wh"
due_time = "12:00"
[[limits]]
nature = "建议"
close = "2mo"
[[limits]]
unit = "市城管委"
close = "none"
[[limits]]
round = 2
close = "3wd"
assist = "50%"
[[limits]]
campaign = "房屋租赁"
close = "2wd"
[[routing]]
keywords = "房租"
unit = "市公安局"
campaign = "房屋租赁"
"""

CLOSE = """SELECT d.limit_text FROM deadline d WHERE d.step = 'close' AND d.stopped_at IS NULL
           ORDER BY d.ticket_id"""


@pytest.fixture
def ruled(store: Store, clock: Clock) -> Store:
    """Return a store under the policy above, on Thursday 19 November 2026 at ten."""
    clock.travel_to("2026-11-19 10:00")
    load_policy(store, POLICY, "按单位、网格、轮次、专题定时限")
    return store


def nothing_moves(store: Store) -> bool:
    """Whether counting every clock again, and deriving each, gives what is stored."""
    with store.reading() as reader:
        calendar = store.versions(reader)[1]
        for policy in (None, read_policy(POLICY)):
            rules = NewRules(days_of(reader, calendar), policy)
            assert plan_recount(reader, rules, store.now()).changes == []
        for (ticket,) in rows_of(reader, "SELECT id FROM ticket"):
            assert all(one.agrees for one in ticket_derivations(reader, store.timekeeper, ticket))
    return True


def test_a_file_and_a_verb_give_an_appeal_the_limit_of_its_unit_place_and_campaign(
    ruled: Store,
) -> None:
    given = {"dispatched_at": wuhan("2026-11-19 10:00"), "received_at": wuhan("2026-11-19 09:30")}
    appeals = (
        appeal("A1", **given, unit=OTHER),
        appeal("A2", **given, unit=OTHER, grid="420111002"),
        appeal("A3", **given, unit=UNIT, grid="420111002"),
        appeal("A4", title="房租押金不退", received_at=wuhan("2026-11-19 09:30")),
        appeal("A5", grid="420111002", received_at=wuhan("2026-11-19 09:30")),
        appeal("A6", **given, nature="建议", unit=OTHER, co_units=(THIRD,)),
    )
    taken(ruled, *(replace(each, line=line) for line, each in enumerate(appeals, 2)))
    casework.take(ruled, "dispatch", [5], unit_id=unit_id(ruled, UNIT))
    assert column(ruled, CLOSE) == ["9wd", "8wd", "7wd", "2wd", "7wd", "2mo"]
    # the 7th working day after Thursday 19 November is Monday 30, at the unit's hour
    due = "SELECT due_at FROM deadline WHERE ticket_id IN (3, 5) AND step = 'close'"
    assert column(ruled, due) == [wuhan("2026-11-30 12:00")] * 2
    # two months end on Tuesday 19 January 2027: who helps answers the working day before
    due = "SELECT due_at FROM deadline WHERE step = 'assist'"
    assert column(ruled, due) == [wuhan("2027-01-18 17:30")]
    assert nothing_moves(ruled)


def test_a_unit_that_is_only_to_be_told_is_done_by_the_dispatch_by_file_and_by_verb(
    ruled: Store,
) -> None:
    taken(
        ruled,
        appeal("A1", unit=THIRD, dispatched_at=wuhan("2026-11-19 09:30")),
        appeal("A2", line=3),
    )
    casework.take(ruled, "dispatch", [2], unit_id=unit_id(ruled, THIRD))
    assert column(ruled, "SELECT state FROM ticket ORDER BY id") == ["closed", "closed"]


def test_a_second_round_and_its_co_units_go_by_the_rounds_own_entry(ruled: Store) -> None:
    taken(
        ruled,
        appeal(
            unit=OTHER,
            dispatched_at=wuhan("2026-11-18 10:00"),
            received_at=wuhan("2026-11-18 09:00"),
            replied_at=wuhan("2026-11-19 09:00"),
            closed_at=wuhan("2026-11-19 09:30"),
        ),
    )
    casework.take(ruled, "rework", [1], reason="群众不满意")
    casework.take(ruled, "join", [1], unit_id=unit_id(ruled, THIRD))
    sql = "SELECT step, limit_text FROM deadline WHERE stopped_at IS NULL ORDER BY step"
    with ruled.reading() as reader:
        assert rows_of(reader, sql) == [
            ("acknowledge", "1wd"),
            ("assist", "2wd"),  # half of three days, rounded up
            ("close", "3wd"),
            ("contact", "1wd"),
        ]
    assert nothing_moves(ruled)


def test_a_unit_that_takes_over_signs_by_its_own_limit_and_answers_by_the_running_one(
    ruled: Store,
) -> None:
    taken(ruled, appeal(unit=OTHER, dispatched_at=wuhan("2026-11-19 09:30")))
    was = one(ruled, "SELECT due_at FROM deadline WHERE step = 'close'")
    casework.take(ruled, "dispatch", [1], unit_id=unit_id(ruled, UNIT))
    sql = "SELECT limit_text FROM deadline WHERE step = :step AND stopped_at IS NULL"
    assert one(ruled, sql, step="acknowledge") == ("4wh",)
    assert one(ruled, sql, step="close") == ("9wd",)
    assert one(ruled, "SELECT due_at FROM deadline WHERE step = 'close'") == was
    assert nothing_moves(ruled)


def test_what_comes_under_a_campaign_or_leaves_it_keeps_its_limit_until_the_next_round(
    ruled: Store,
) -> None:
    given = {"dispatched_at": wuhan("2026-11-19 09:30"), "unit": UNIT}
    taken(ruled, appeal("A1", **given), appeal("A2", **given, line=3))
    view = start_campaign(
        ruled,
        "房屋租赁",
        due_at=wuhan("2026-12-31 17:30"),
        lead_unit_id=unit_id(ruled, UNIT),
        basis="常务会纪要",
        leader="周正副市长",
        theme="房屋租赁",
    )
    gather(ruled, view, [1, 2])
    assert nothing_moves(ruled)
    release(ruled, view, [2], reason="归错")
    assert column(ruled, CLOSE) == ["7wd", "7wd"]
    assert nothing_moves(ruled)
    undo(ruled)
    undo(ruled)
    assert column(ruled, "SELECT count(*) FROM deadline WHERE made_for IS NOT NULL") == [0]


def test_a_condition_that_no_appeal_can_meet_is_pointed_out(store: Store) -> None:
    policy = read_policy("""
        [[limits]]
        channel = ["人民网", "人民网站"]
        category = ["住房与物业", "住房与物业/房屋租赁", "住房"]
        grid = ["4201", "420111", "429999"]
        campaign = "房屋租赁"
        close = "1wd"
        [ranking]
        leave_out_channels = ["大接访", "接访日"]
    """)
    with store.reading() as reader:
        told = list(idle_conditions(policy, reader))
    assert [line.split("库中")[0] for line in told] == [
        "请留意：第1条时限的专题“房屋租赁”",
        "请留意：第1条时限的类别“住房”",
        "请留意：第1条时限的渠道“人民网站”",
        "请留意：第1条时限的网格“429999”",
        "请留意：排名不计的渠道“接访日”",
    ]
    assert "最接近的是 人民网）" in told[2]


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ('unit = "水务厅"\nclose = "1wd"', "第1条时限的单位“水务厅”不在单位名录中，最接近的是"),
        (
            'unit = "市水务局"\nclose = "1wd"\n[[limits]]\nunit = "武汉市水务局"\nclose = "2wd"',
            "第1条与第2条时限写的是同一单位",
        ),
    ],
)
def test_a_policy_whose_units_cannot_be_told_apart_is_not_loaded(
    store: Store, limits: str, told: str
) -> None:
    with pytest.raises(PolicyError, match=told):
        load_policy(store, f"[[limits]]\n{limits}\n", "试")
