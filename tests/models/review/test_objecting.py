"""Objections: in their windows, by the unit concerned, ruled once by another, on both engines."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models import casework
from models.ranking.editions import compute_edition, period_of
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.ranking.waiting import publication_waits
from models.review.leasing import release, take_next
from models.review.objecting import raise_objection, rule_objection
from models.review.objections import last_objections, objections_of, undecided_objections
from models.review.verdicts import judge
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, one, unit_id, wuhan
from tests.models.casework.walking import OTHER, STATES, begin, walk
from tests.models.review.test_calls import as_another as join
from tests.models.review.test_verdicts import as_another
from tests.models.rounds import put_round

WEEK = "2026-W47"

ZONE = ZoneInfo("Asia/Shanghai")

MONDAY = wuhan("2026-11-23 09:00")


@pytest.fixture
def upheld(store: Store) -> Store:
    """Return a store whose first appeal is closed, rated 不满意 and upheld on Friday afternoon."""
    begin(store)
    walk(store, STATES["closed"])
    casework.take(store, "rate", [1], result="不满意", work_rating="不满意")
    judge(store, "uphold", [1], cause="slow")
    return store


@pytest.fixture
def number(upheld: Store) -> str:
    """Return the number of that appeal."""
    return str(one(upheld, "SELECT number FROM ticket WHERE id = 1")[0])


def rate(store: Store, unit: int, satisfied: int, unsatisfied: int, day: datetime) -> None:
    """Let a unit have ratings of appeals closed on a day."""
    for n in range(satisfied + unsatisfied):
        put_round(
            store,
            f"{unit}-{n}",
            unit,
            received_at=day,
            closed_at=day,
            rating="满意" if n < satisfied else "不满意",
            rated_at=day,
        )


def test_an_accepted_one_leaves_the_verdict_to_somebody_else(upheld: Store, number: str) -> None:
    own = unit_id(upheld, UNIT)
    raised = raise_objection(
        upheld, own, "rating", "群众要求超出职责", number=number, raised_by="李科长"
    )
    assert (raised.period, raised.window_at) == (WEEK, wuhan("2026-11-24 17:30"))
    with pytest.raises(Refused, match="还没有裁定"):
        raise_objection(upheld, own, "rating", "再提一次", number=number)
    with pytest.raises(Refused, match="是您作出的"):
        rule_objection(upheld, raised.id, accepted=True, decision="成立")
    as_another(upheld, "supervisor")
    with pytest.raises(Refused, match="写明理由"):
        rule_objection(upheld, raised.id, accepted=True, decision=" ")
    ruled = rule_objection(upheld, raised.id, accepted=True, decision="确属市级权限，重新核查")
    assert (ruled.accepted, ruled.decider, ruled.decision) == (
        True,
        "他人",
        "确属市级权限，重新核查",
    )
    assert one(upheld, "SELECT verdict, decided_at IS NULL FROM review") == (None, True)
    clocks = (
        "SELECT stopped_at IS NULL, leads FROM deadline WHERE subject_kind = 'review' ORDER BY id"
    )
    with upheld.reading() as reader:
        assert [tuple(map(bool, row)) for row in reader.rows(clocks)] == [
            (False, False),
            (True, True),
        ]
        assert verify_trail(reader).ok
        assert undecided_objections(reader) == []
        assert last_objections(reader) == [ruled]
    with pytest.raises(Refused, match="已经裁定"):
        rule_objection(upheld, raised.id, accepted=False, decision="改主意")
    judge(upheld, "excuse", [1], reason="市级权限")


def test_a_refused_one_changes_nothing(upheld: Store, number: str) -> None:
    raised = raise_objection(upheld, unit_id(upheld, UNIT), "rating", "不服", number=number)
    as_another(upheld, "signer")
    ruled = rule_objection(upheld, raised.id, accepted=False, decision="结论有据")
    assert ruled.effect is not None and ruled.effect.before == ruled.effect.after
    assert one(upheld, "SELECT verdict FROM review") == ("unit",)


REFUSED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("rating", {"number": "WH20260101-00001"}, "没有工单"),
    ("rating", {}, "须写明工单编号"),
    ("dispatch", {}, "须写明工单编号"),
    ("data", {"period": "2026-W47"}, "尚未结束"),
    ("data", {"period": "2026-W46"}, "已过期：数据异议到 2026-11-17"),
)


@pytest.mark.parametrize(("kind", "said", "why"), REFUSED)
def test_what_cannot_be_disputed(upheld: Store, kind: str, said: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        raise_objection(upheld, unit_id(upheld, UNIT), kind, "不符", **said)


def test_only_the_unit_that_leads_it_and_only_in_time(
    upheld: Store, number: str, clock: Clock
) -> None:
    with pytest.raises(Refused, match="不是该单位承办的"):
        raise_objection(upheld, unit_id(upheld, OTHER), "rating", "不符", number=number)
    own = unit_id(upheld, UNIT)
    assert raise_objection(upheld, own, "dispatch", "不属水务", number=number).kind == "dispatch"
    clock.travel_to("2026-11-25 09:00")
    with pytest.raises(Refused, match="已过期：评价异议到 2026-11-24"):
        raise_objection(upheld, own, "rating", "不符", number=number)
    raised = raise_objection(
        upheld, own, "rating", "不符", number=number, at=wuhan("2026-11-24 17:30")
    )
    assert raised.raised_at == raised.window_at


def test_the_effect_on_the_place_is_there_after_the_ruling_only(store: Store, clock: Clock) -> None:
    friday = wuhan("2026-11-20 10:00")
    rate(store, 3, 9, 1, friday)
    rate(store, 4, 9, 0, friday)
    rate(store, 5, 8, 2, friday)
    (late,) = one(store, "SELECT number FROM ticket WHERE number = '3-9'")
    clock.travel_to(MONDAY)
    raised = raise_objection(store, 3, "dispatch", "不属我区", number=late, at=friday)
    assert raised.effect is None
    before = {row.unit_id: row.place for row in compute_edition(store, period_of(store, WEEK)).rows}
    assert [before[id] for id in (3, 4, 5)] == [2, 1, 3]
    ruled = rule_objection(store, raised.id, accepted=True, decision="转派市水务局")
    assert ruled.effect is not None
    assert (ruled.effect.before, ruled.effect.after, ruled.effect.ranked) == (2, 1, 3)


def test_publication_waits_for_the_window_and_for_rulings(store: Store, clock: Clock) -> None:
    week = period_of(store, WEEK)
    rate(store, 3, 9, 1, wuhan("2026-11-20 10:00"))
    clock.travel_to(MONDAY)
    with pytest.raises(Refused, match="数据异议到 11-24 周二 17:30 截止，不能发布"):
        publish_edition(store, week)
    raised = raise_objection(store, 3, "data", "办结时间录错", number="3-9")
    clock.travel(days=2)
    assert publication_waits(store, week).words == "1件异议未裁定"
    assert publication_waits(store, period_of(store, "2026-11")).undecided == 1
    assert publication_waits(store, period_of(store, "2026-W46")).words == ""
    with pytest.raises(Refused, match="1件异议未裁定"):
        publish_edition(store, week)
    done = publish_edition(store, week, reason="市领导要求按期")
    told = "发布时1件异议未裁定，提前发布的理由：市领导要求按期"
    assert done.notes[-1] == told
    assert edition_of(store, week) == done
    rule_objection(store, raised.id, accepted=True, decision="改正办结时间为11月19日")
    with store.reading() as reader:
        assert [one.accepted for one in objections_of(reader, week, ZONE)] == [True]
        month = period_of(store, "2026-11")
        assert len(objections_of(reader, month, ZONE)) == 1
    revised = publish_edition(store, week, reason="异议成立")
    assert (revised.revision, told in revised.notes) == (2, False)


def test_figures_may_be_disputed_without_a_ticket(store: Store, clock: Clock) -> None:
    clock.travel_to(MONDAY)
    raised = raise_objection(store, 3, "data", "应办结多计2件")
    assert (raised.period, raised.number) == (WEEK, None)
    with pytest.raises(Refused, match="还没有裁定"):
        raise_objection(store, 3, "data", "又一次")
    ruled = rule_objection(store, raised.id, accepted=False, decision="核对无误")
    assert ruled.decided_at == clock.now


def test_a_reopened_review_goes_to_another_reviewer_where_there_is_one(store: Store) -> None:
    begin(store)
    walk(store, STATES["closed"])
    casework.take(store, "rate", [1], result="不满意")
    own = store.login
    join(store, "supervisor", login="first")
    judge(store, "uphold", [1])
    number, store.login = str(one(store, "SELECT number FROM ticket")[0]), own
    raised = raise_objection(store, unit_id(store, UNIT), "rating", "超出职责", number=number)
    rule_objection(store, raised.id, accepted=True, decision="重新核查")
    assert take_next(store, "own") is None  # who accepted the reply
    store.login = "first"
    assert take_next(store, "first") is not None
    release(store, "first")
    join(store, "supervisor", login="second")
    store.login = "first"
    assert take_next(store, "first") is None
    store.login = "second"
    assert take_next(store, "second") is not None
