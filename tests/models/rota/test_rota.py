"""值班与代理: bad spans are refused; reminders, signers, units and reviews follow who answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from models.bureau.operators import add_operator, assign_units
from models.casework.undoing import undo
from models.casework.verbs import rehearse
from models.review.leasing import take_next
from models.rota.assigning import end_duty, set_deputy, set_duty
from models.rota.duty import DutyView, may_sign, on_duty, rota_since
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views.mine import units_looked_after
from models.views.queue import queue_moment
from models.views.unitpage import unit_now
from rules.errors import Refused
from tests.conftest import NOW, Clock
from tests.models.appeals import UNIT, appeal, column, taken, unit_id, wuhan

DAY = timedelta(days=1)


def duty(store: Store, days: float = 0, long: float = 1, **said: Any) -> DutyView:
    """Put somebody of a unit on duty, so many days from now for so many."""
    span = {"from_at": NOW + days * DAY, "to_at": NOW + (days + long) * DAY}
    return set_duty(store, **{"unit_id": unit_id(store, UNIT), "person": "张敏", **span, **said})


def deputy(store: Store, days: float = 0, long: float = 1, **said: Any) -> DutyView:
    """Let the second leader stand in for the first."""
    span = {"from_at": NOW + days * DAY, "to_at": NOW + (days + long) * DAY}
    return set_deputy(store, **{"leader": "张明", "person": "李华", **span, **said})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"long": -1}, "结束要晚于开始"),
        ({"long": 0}, "结束要晚于开始"),
        ({"days": -3}, "时间已过"),
        ({"long": 32}, "最多31天"),
        ({"person": " "}, "值班人员"),
        ({"leader": "张明"}, "写一样"),
        ({"unit_id": None}, "写一样"),
        ({"unit_id": None, "leader": "无此人"}, "不在规则"),
        ({"unit_id": None, "login": "无此人"}, "没有在用的操作员"),
        ({"days": 0.5}, "已有值班（#1 张敏）"),
    ],
)
def test_a_bad_span_is_refused(sqlite_store: Store, said: dict[str, Any], why: str) -> None:
    duty(sqlite_store)
    with pytest.raises(Refused, match=why):
        duty(sqlite_store, **said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"person": "张明"}, "不能由本人"),
        ({"person": "路人甲"}, "不在规则"),
        ({"leader": "周正", "person": "张明"}, "自己由李华代理"),
        ({"leader": "李华", "person": "周正"}, "正代理张明"),
        ({"person": "周正"}, "已有代理"),
        ({"days": 2, "long": 400}, "最多366天"),
    ],
)
def test_nobody_stands_in_who_is_away(sqlite_store: Store, said: dict[str, Any], why: str) -> None:
    deputy(sqlite_store)
    with pytest.raises(Refused, match=why):
        deputy(sqlite_store, **said)


def test_spans_may_touch_and_end_before_their_time(store: Store, clock: Clock) -> None:
    first, second = duty(store), duty(store, days=1, person="刘洋", phone="027-87650000")
    unit = unit_id(store, UNIT)
    with store.reading() as reader:
        who = [on_duty(reader, [unit], NOW + n * DAY) for n in (0, 0.99, 1, 1.99, 2)]
    assert [one[unit].person if one else "" for one in who] == ["张敏", "张敏", "刘洋", "刘洋", ""]
    with pytest.raises(Refused, match="理由"):
        end_duty(store, second, "")
    clock.travel(hours=1)
    ended = end_duty(store, first, "换班")
    assert ended.state(store.now()) == "已结束"
    undo(store)
    with store.reading() as reader:
        assert [one.state(store.now()) for one in rota_since(reader, NOW)] == ["值班中", "未开始"]
        assert verify_trail(reader).ok
    clock.travel(days=5)
    with pytest.raises(Refused, match="已经结束"):
        end_duty(store, second, "换班")


def urged(store: Store) -> Sequence[Any]:
    """Return the reminders that would be written now."""
    seen = dict.fromkeys(column(store, "SELECT id FROM ticket"), 1)
    return rehearse(store, "urge", list(seen), at=store.now(), seen=seen).made


def test_a_reminder_goes_to_whoever_is_on_duty(store: Store, clock: Clock) -> None:
    received = wuhan("2026-11-19 09:00")
    taken(store, appeal(unit=UNIT, dispatched_at=received))
    (before,) = urged(store)
    duty(store, person="张敏", phone="027-87650000")
    (now,) = urged(store)
    assert (now.liaison, now.phone) == ("张敏", "027-87650000") != (before.liaison, before.phone)
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        contact = unit_now(reader, unit_id(store, UNIT), moment).contact
    assert (contact.answers, contact.phone) == ("张敏（值班）", "027-87650000")
    clock.travel(days=1)
    (after,) = urged(store)
    assert (after.liaison, after.phone) == (before.liaison, before.phone)


def test_who_stands_in_signs_and_whoever_is_away_does_not(store: Store, clock: Clock) -> None:
    assert next(one.name for one in may_sign(store, ["order"])) == "张明"
    deputy(store)
    assert "张明" not in [one.name for one in may_sign(store, ["order"])]
    assert "李华" in [one.name for one in may_sign(store, ["order"])]
    clock.travel(days=1)
    assert next(one.name for one in may_sign(store, ["order"])) == "张明"


def test_units_of_whoever_is_away_are_looked_after_and_not_reviewed(
    sqlite_store: Store, clock: Clock
) -> None:
    store = sqlite_store
    add_operator(store, "liu", "刘婉清", ("viewer", "supervisor"))
    assign_units(store, "liu", add=[unit_id(store, UNIT)])
    closed = wuhan("2026-11-19 15:00")
    taken(
        store,
        appeal(
            unit=UNIT,
            dispatched_at=wuhan("2026-11-19 09:05"),
            replied_at=closed,
            reply="已修复",
            closed_at=closed,
            outcome="已解决",
            result_rating="不满意",
            work_rating="满意",
            rated_at=closed,
        ),
    )
    me = column(store, "SELECT login FROM operator ORDER BY id")[0]
    set_deputy(store, login="liu", person=me, from_at=NOW, to_at=NOW + DAY)
    with store.reading() as reader:
        assert units_looked_after(reader, me, store.now()) == (unit_id(store, UNIT),)
    assert take_next(store, "desk") is None
    clock.travel(days=1)
    with store.reading() as reader:
        assert units_looked_after(reader, me, store.now()) == ()
    assert take_next(store, "desk") is not None
