"""Planned calls: drawn once, handed out one by one, made at lawful times, rechecked by others."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models import casework
from models.casework.undoing import undo
from models.privacy.looking import look_to_call
from models.ranking.tallies import tallies_of
from models.review.calling import plan_calls
from models.review.calls import next_call, planned_calls
from models.review.verdicts import judge
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_store, verify_trail
from models.tables.bookkeeping import Operator, Role
from rules.errors import Refused
from rules.ranking.periods import parse_period
from rules.review.calling import drawn
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import SAID

WUHAN = ZoneInfo("Asia/Shanghai")

CALL = "SELECT purpose, attempts, not_before, result, done_at IS NOT NULL FROM call ORDER BY id"

REVIEW = "SELECT verdict, decided_at IS NOT NULL FROM review"


def closed(store: Store, *ratings: str | None, **changes: Any) -> None:
    """Take in appeals and close them; each is rated as said."""
    given = [
        appeal(f"A{n}", received_at=wuhan("2026-11-20 09:00"), phone="13871234567", **changes)
        for n in range(len(ratings))
    ]
    taken(store, *given)
    ids = column(store, "SELECT id FROM ticket ORDER BY id")
    casework.take(store, "dispatch", ids, unit_id=unit_id(store, UNIT))
    casework.take(store, "reply", ids, text=SAID)
    casework.take(store, "close", ids, outcome="已解决")
    for id, rating in zip(ids, ratings, strict=True):
        if rating is not None:
            casework.take(store, "rate", [id], result=rating)


def share(store: Store, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Let the policy of a store say otherwise in ``[review]``."""
    for name, value in changes.items():
        monkeypatch.setitem(store.policy.review.__dict__, name, value)


def planned(store: Store, seed: int | None = 7, **how: Any) -> Any:
    week = parse_period("2026-W47", WUHAN)
    return plan_calls(store, week, seed=seed, **how)


def as_another(store: Store, *roles: str, login: str = "other") -> None:
    """Let somebody else with these roles act on the store from now on."""
    [store.login] = column(store, "SELECT login FROM operator WHERE id = 1")
    with store.writing() as work:
        id = work.insert(Operator, login=login, name=login, active=True, created_at=work.at)
        for role in roles:
            work.insert(Role, operator_id=id, role=role)
        work.event("operator.add", "operator", id, payload={"roles": sorted(roles)})
    store.login = login


def call(store: Store, result: str, **said: Any) -> None:
    casework.take(store, "callback", [1], result=result, **said)


def local(store: Store, instant: datetime) -> str:
    return f"{store.timekeeper().local(instant):%m-%d %H:%M}"


def test_all_unsatisfied_and_a_drawn_sample_are_planned_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(store, "不满意", "不满意", *["满意"] * 40, None)
    share(store, monkeypatch, sample=Decimal("0.25"))
    numbers = column(store, "SELECT number FROM ticket ORDER BY id")[2:42]
    expected = {n for n in numbers if drawn("7", n, Decimal("0.25"))}
    dry = planned(store, dry_run=True)
    assert (dry.unsatisfied, dry.satisfied, dry.sampled) == (2, 40, len(expected))
    assert column(store, "SELECT id FROM call") == []
    assert planned(store) == dry
    sampled = "SELECT t.number FROM call c JOIN ticket t ON t.id = c.ticket_id WHERE purpose = :of"
    assert set(column(store, sampled, of="sample")) == expected
    assert len(column(store, sampled, of="review")) == 2
    again = planned(store, seed=None)
    assert (again.seed, again.unsatisfied, again.sampled) == (7, 0, 0)
    with pytest.raises(Refused, match="已用种子 7 抽过"):
        planned(store, seed=8)
    told = one(store, "SELECT payload FROM event WHERE verb = 'callback.plan'")[0]
    assert '"seed":7' in told and '"of":40' in told
    assert verify_store(store).ok


def test_nobody_is_called_about_what_is_confidential(store: Store) -> None:
    closed(store, "不满意", confidential=True)
    assert (planned(store).unsatisfied, planned(store).confidential) == (0, 1)
    with pytest.raises(Refused, match="保密件不回访"):
        call(store, "拒访")
    with pytest.raises(Refused, match="保密件不回访"):
        judge(store, "unreached", [1])


def test_three_half_days_without_an_answer_are_unreached(store: Store, clock: Clock) -> None:
    closed(store, "不满意")
    planned(store)
    for attempt, (when, again) in enumerate(
        [("2026-11-20 15:30", "11-21 08:30"), ("2026-11-21 09:00", "11-21 14:00")], 1
    ):
        clock.travel_to(when)
        call(store, "未接通")
        purpose, attempts, not_before, result, done = one(store, CALL)
        assert (purpose, attempts, result, done) == ("review", attempt, None, False)
        assert local(store, not_before) == again
        clock.travel(minutes=20)
        with pytest.raises(Refused, match=f"这半天已打过、未接通：请在{again}以后"):
            call(store, "未接通")
        assert next_call(store) is None
    clock.travel_to("2026-11-21 14:00")
    assert next_call(store) is not None
    call(store, "未接通")
    assert one(store, CALL)[1:4:2] == (3, "未接通")
    assert one(store, CALL)[4]
    with pytest.raises(Refused, match="已在3个不同的半天未接通"):
        judge(store, "unreached", [1])
    undo(store)
    assert one(store, CALL)[1:4:2] == (2, None)


def test_a_reviewer_who_reaches_nobody_follows_the_same_rules(store: Store, clock: Clock) -> None:
    closed(store, "不满意")
    planned(store)
    judge(store, "unreached", [1])
    again = one(store, "SELECT again_at FROM review")[0]
    assert local(store, again) == "11-21 08:30" == local(store, one(store, CALL)[2])
    with pytest.raises(Refused, match="这半天已打过"):
        judge(store, "unreached", [1])
    for when in ("2026-11-21 09:00", "2026-11-21 15:00"):
        clock.travel_to(when)
        judge(store, "unreached", [1])
    assert one(store, "SELECT again_at FROM review") == (None,)
    assert one(store, CALL)[3:] == ("未接通", True)


@pytest.mark.parametrize("when", ["08:29", "12:00", "13:59", "20:00"])
def test_a_call_outside_the_hours_is_refused_by_when_it_was_made(
    store: Store, clock: Clock, when: str
) -> None:
    closed(store, "不满意")
    clock.travel_to("2026-11-22 15:00")
    with pytest.raises(Refused, match="不在回访时间（08:30-12:00、14:00-20:00）"):
        casework.take(store, "callback", [1], result="拒访", at=wuhan(f"2026-11-21 {when}"))
    casework.take(store, "callback", [1], result="拒访", at=wuhan("2026-11-21 11:59"))
    clock.travel_to(f"2026-11-23 {when}")
    with pytest.raises(Refused, match="现在不是回访时间"):
        next_call(store)


def test_what_a_citizen_says_of_an_undecided_review_is_kept_for_the_reviewer(store: Store) -> None:
    closed(store, "不满意")
    planned(store)
    call(store, "接通", text="已经修好了", rating="满意", recording="R-7", caller="小李")
    assert column(store, "SELECT result_rating FROM rating") == ["不满意"]
    kept = "SELECT purpose, recording, caller, said FROM callback"
    assert one(store, kept) == ("review", "R-7", "小李", "已经修好了")
    assert one(store, CALL)[3:] == ("接通", True)
    judge(store, "rerate", [1], result="满意")
    assert column(store, "SELECT means FROM rating ORDER BY id") == ["operator", "rerating"]


@pytest.mark.parametrize("said", [{"result": "未接通"}, {"result": "拒访"}])
def test_only_a_connected_call_rates(store: Store, said: dict[str, Any]) -> None:
    closed(store, "满意")
    with pytest.raises(Refused, match="只有接通的回访"):
        call(store, **said, rating="满意", recording="R1")
    with pytest.raises(Refused, match="须写录音编号"):
        call(store, "接通", text="很好", rating="满意")


def test_a_satisfied_citizen_of_the_sample_may_turn_out_unsatisfied(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(store, "满意")
    share(store, monkeypatch, sample=Decimal(1))
    planned(store)
    clock.travel(minutes=5)
    call(store, "接通", text="其实没有修好", rating="不满意", recording="R1")
    rated = "SELECT result_rating, means, callback_id FROM rating ORDER BY id DESC LIMIT 1"
    assert one(store, rated) == ("不满意", "callback", 1)
    assert one(store, REVIEW) == (None, False)


@pytest.fixture
def rechecked(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store whose one re-rating waits to be called again by somebody else."""
    share(store, monkeypatch, recheck=Decimal(1))
    closed(store, "不满意")
    judge(store, "rerate", [1], result="满意", text="这次可以")
    purpose, _, not_before, _, _ = one(store, CALL)
    assert (purpose, local(store, not_before)) == ("recheck", "11-21 08:30")
    clock.travel_to("2026-11-21 09:00")
    return store


def test_a_rerating_is_called_again_by_somebody_else(rechecked: Store) -> None:
    assert next_call(rechecked) is None
    with pytest.raises(Refused, match="不能由原来打电话的人再打"):
        call(rechecked, "接通", text="满意", rating="满意", recording="R1")
    as_another(rechecked, "caller")
    found = next_call(rechecked)
    assert found is not None and found.purpose_name == "改评抽查"
    with pytest.raises(Refused, match="须写明诉求人现在的评价"):
        call(rechecked, "接通", text="满意")
    call(rechecked, "接通", text="确实满意", rating="满意", recording="R1")
    assert one(rechecked, REVIEW) == ("rerated", True)
    assert column(rechecked, "SELECT result_rating FROM rating ORDER BY id") == ["不满意", "满意"]


def test_a_denied_rerating_is_undone_and_reviewed_again(rechecked: Store, clock: Clock) -> None:
    as_another(rechecked, "caller")
    call(rechecked, "接通", text="没有人来过", rating="不满意", recording="R1")
    ratings = "SELECT result_rating FROM rating ORDER BY id"
    assert column(rechecked, ratings) == ["不满意", "满意", "不满意"]
    with rechecked.reading() as reader:
        [tally] = tallies_of(reader, parse_period("2026-W47", WUHAN), known_at=clock.now).values()
    assert (tally.result_unsatisfied, tally.verified_unsatisfied) == (1, 1)
    assert one(rechecked, REVIEW) == (None, False)
    running = "SELECT started_at, leads FROM deadline WHERE subject_kind = 'review' AND "
    assert one(rechecked, f"{running} stopped_at IS NULL") == (clock.now, True)
    undo(rechecked)
    assert one(rechecked, REVIEW) == ("rerated", True)
    with rechecked.reading() as reader:
        assert verify_trail(reader).ok


def test_calls_are_handed_out_masked_and_their_numbers_for_a_reason(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(store, "不满意", "不满意", content="我是13871234567，路灯不亮")
    planned(store)
    as_another(store, "caller", login="li")
    mine = next_call(store)
    assert mine is not None and mine.number == one(store, "SELECT min(number) FROM ticket")[0]
    assert "138****4567" in mine.content and mine.phone == "138****4567"
    seen = look_to_call(store, mine.id)
    assert (seen.citizen.phone, seen.reason) == ("13871234567", "核查回访")
    as_another(store, "caller", login="wu")
    with pytest.raises(Refused, match="li刚看过号码"):
        look_to_call(store, mine.id)
    theirs = next_call(store)
    assert theirs is not None and theirs.id != mine.id
    share(store, monkeypatch, looks=1)
    look_to_call(store, theirs.id)
    with pytest.raises(Refused, match="今天已查看1次联系方式"):
        look_to_call(store, theirs.id)
    assert next_call(store, [theirs.id]) is None


def test_who_makes_no_calls_is_handed_none(store: Store) -> None:
    closed(store, "不满意")
    planned(store)
    as_another(store, "viewer", "signer")
    for act in (lambda: next_call(store), lambda: look_to_call(store, 1), lambda: planned(store)):
        with pytest.raises(NotAllowed, match="要有督办"):
            act()


def test_the_list_tells_what_is_to_be_called_and_what_came_of_it(store: Store) -> None:
    closed(store, "不满意", "不满意")
    planned(store)
    call(store, "拒访")
    with store.reading() as reader:
        found = planned_calls(reader, wuhan("2026-11-20 00:00"))
    assert [(one.purpose_name, one.result) for one in found] == [
        ("核查回访", None),
        ("核查回访", "拒访"),
    ]


def test_an_administrator_approves_only_where_nobody_else_signs(store: Store) -> None:
    closed(store, "不满意", "不满意")
    as_another(store, "supervisor", login="asks")
    judge(store, "exclude", [1], code="untrue", evidence="现场照片")
    as_another(store, "administrator", login="rules")
    with pytest.raises(NotAllowed, match="“同意剔除”请由签发员"):
        judge(store, "approve", [1])
    as_another(store, "signer", login="signs")
    judge(store, "approve", [1])
    assert one(store, "SELECT approved FROM exclusion") == (True,)
