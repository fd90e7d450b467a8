"""Verdicts of reviews: what each does, who may, what is refused, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from models.casework.undoing import undo
from models.review.leasing import release, take_next, take_one
from models.review.verdicts import FUNCTIONS, judge
from models.store.errors import LostRace, NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Operator, Role
from rules.casework.steps import STEPS
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import one
from tests.models.casework.walking import STATES, begin, walk

REVIEW = "SELECT verdict, cause, reason, decided_at IS NOT NULL FROM review"

CLOCK = "SELECT stopped_at IS NULL, leads FROM deadline WHERE subject_kind = 'review'"

RATED = "SELECT result_rating, means FROM rating ORDER BY id"


@pytest.fixture
def unsatisfied(store: Store) -> Store:
    """Return a store whose first appeal is closed and rated 不满意."""
    begin(store)
    walk(store, STATES["closed"])
    casework.take(store, "rate", [1], result="不满意")
    return store


def as_another(store: Store, *roles: str) -> None:
    """Let somebody else with these roles act on the store from now on."""
    with store.writing() as work:
        id = work.insert(Operator, login="other", name="他人", active=True, created_at=work.at)
        for role in roles:
            work.insert(Role, operator_id=id, role=role)
        work.event("operator.add", "operator", id, payload={"roles": sorted(roles)})
    store.login = "other"


def test_every_verdict_of_the_table_has_its_function() -> None:
    assert {step.function for step in STEPS if step.kind == "review"} == FUNCTIONS.keys()


def test_an_unsatisfied_rating_opens_a_review_with_a_clock_that_leads(unsatisfied: Store) -> None:
    assert one(unsatisfied, REVIEW) == (None, None, None, False)
    assert one(unsatisfied, CLOCK) == (True, True)


SAID: dict[str, dict[str, Any]] = {
    "uphold": {"cause": "slow", "text": "核实无误"},
    "excuse": {"cause": "hopes", "reason": "政策所限"},
    "rerate": {"result": "满意", "text": "已经解决了", "recording": "R-1"},
    "rework": {"cause": "unsolved", "reason": "没有解决"},
    "supervise": {"cause": "unsolved", "reason": "多次不满意"},
    "exclude": {"code": "legal", "evidence": "法院受理通知书"},
}

VERDICT = {
    "uphold": "unit",
    "excuse": "other",
    "rerate": "rerated",
    "rework": "rework",
    "supervise": "order",
    "exclude": "excluded",
}


@pytest.mark.parametrize("verb", SAID)
def test_a_verdict_decides_stops_the_clock_and_can_be_taken_back(
    unsatisfied: Store, verb: str
) -> None:
    judge(unsatisfied, verb, [1], **SAID[verb])
    verdict, cause, _, decided = one(unsatisfied, REVIEW)
    assert (verdict, cause, decided) == (VERDICT[verb], SAID[verb].get("cause"), True)
    assert one(unsatisfied, CLOCK) == (False, False)
    with pytest.raises(Refused, match="不能维持"):
        judge(unsatisfied, "uphold", [1])
    undo(unsatisfied)
    assert one(unsatisfied, REVIEW) == (None, None, None, False)
    assert one(unsatisfied, CLOCK) == (True, True)
    with unsatisfied.reading() as reader:
        assert verify_trail(reader).ok


def test_a_rerating_is_a_second_rating_of_a_connected_call(unsatisfied: Store) -> None:
    with pytest.raises(Refused, match="没有接通的回访"):
        judge(unsatisfied, "rerate", [1], result="满意")
    casework.take(unsatisfied, "callback", [1], result="接通", text="这次可以")
    judge(unsatisfied, "rerate", [1], result="满意")
    with unsatisfied.reading() as reader:
        assert reader.rows(RATED) == [("不满意", "operator"), ("满意", "rerating")]
    assert one(unsatisfied, "SELECT count(*) FROM rating WHERE callback_id = 1") == (1,)


def test_what_is_sent_back_is_done_again_and_an_order_is_drafted(unsatisfied: Store) -> None:
    judge(unsatisfied, "rework", [1], reason="没有解决")
    assert one(unsatisfied, "SELECT rounds, state FROM ticket WHERE id = 1") == (2, "open")


def test_supervising_drafts_an_order_to_the_unit(unsatisfied: Store) -> None:
    done = judge(unsatisfied, "supervise", [1], reason="多次不满意")
    drafted = "SELECT id, status, cause FROM supervision_order"
    assert one(unsatisfied, drafted) == (done.made[0], "draft", "群众不满意")


def test_having_it_done_again_elsewhere_decides_the_review(unsatisfied: Store) -> None:
    casework.take(unsatisfied, "rework", [1], reason="领导要求")
    assert one(unsatisfied, REVIEW) == ("rework", None, "领导要求", True)
    with pytest.raises(Refused, match="没有待核查的不满意评价"):
        judge(unsatisfied, "uphold", [1])


def test_an_exclusion_waits_for_another_person(unsatisfied: Store) -> None:
    judge(unsatisfied, "exclude", [1], code="untrue", evidence="现场照片")
    with pytest.raises(Refused, match="申请人不能批准自己的申请"):
        judge(unsatisfied, "approve", [1])
    as_another(unsatisfied, "supervisor")
    with pytest.raises(NotAllowed):
        judge(unsatisfied, "approve", [1])


def test_another_person_approves_or_refuses(unsatisfied: Store) -> None:
    judge(unsatisfied, "exclude", [1], code="untrue", evidence="现场照片")
    as_another(unsatisfied, "signer")
    with pytest.raises(Refused, match="须写明理由"):
        judge(unsatisfied, "refuse", [1])
    judge(unsatisfied, "refuse", [1], decision="照片看不清")
    assert one(unsatisfied, REVIEW) == (None, None, None, False)
    assert one(unsatisfied, CLOCK) == (True, True)
    undo(unsatisfied)
    judge(unsatisfied, "approve", [1])
    asked = "SELECT approved, decided_by <> asked_by FROM exclusion"
    assert one(unsatisfied, asked) == (True, True)


def test_nobody_decides_what_moved_since_it_was_seen(unsatisfied: Store) -> None:
    (seen,) = one(unsatisfied, "SELECT version FROM ticket WHERE id = 1")
    casework.take(unsatisfied, "note", [1], text="市民来电")
    with pytest.raises(LostRace):
        judge(unsatisfied, "uphold", [1], seen={1: seen})


def test_an_unreached_citizen_comes_again_on_another_half_day(
    unsatisfied: Store, clock: Clock
) -> None:
    casework.take(unsatisfied, "note", [1], text="先看一遍")
    as_another(unsatisfied, "supervisor")
    assert take_next(unsatisfied, "A") is not None
    judge(unsatisfied, "unreached", [1])
    assert not one(unsatisfied, REVIEW)[3]
    assert take_next(unsatisfied, "A") is None
    clock.travel(days=4)
    assert take_next(unsatisfied, "A") is not None


def test_a_lease_keeps_others_away_until_it_ends(unsatisfied: Store, clock: Clock) -> None:
    assert take_next(unsatisfied, "A") is None  # 回避: who closed it does not review it
    first = unsatisfied.login
    as_another(unsatisfied, "supervisor")
    handed = take_next(unsatisfied, "A")
    assert handed is not None and handed.ticket_id == 1
    assert take_next(unsatisfied, "A") == handed
    assert take_next(unsatisfied, "B") is None
    assert take_one(unsatisfied, "B", 1) is None
    unsatisfied.login = first
    with pytest.raises(Refused, match="他人正在核查此件"):
        judge(unsatisfied, "uphold", [1])
    unsatisfied.login = "other"
    clock.travel(minutes=16)
    assert take_next(unsatisfied, "B") == handed
    release(unsatisfied, "B")
    assert take_next(unsatisfied, "A") == handed
    judge(unsatisfied, "uphold", [1])
    assert one(unsatisfied, "SELECT count(*) FROM review_lease") == (0,)
