"""Which step may follow which, who may take it, and how a state is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.casework.course import Acts, state_of
from rules.casework.lawful import (
    FACTS,
    LACKS,
    ORDER_LABELS,
    Position,
    allowed_steps,
    check_step,
    status_label,
)
from rules.casework.step import Step
from rules.casework.steps import ANY_STATE, STEPS, TICKET_STATES
from rules.casework.verdicts import REVIEW_STATES
from rules.errors import Refused


def ticket(state: str, *facts: str, round: int = 1) -> Position:
    return Position("ticket", state, frozenset(facts), round)


def order(state: str) -> Position:
    return Position("order", state)


def verbs(position: Position, *roles: str) -> set[str]:
    return {step.verb for step in allowed_steps(position, roles or None)}


START = datetime(2026, 11, 19, 1, tzinfo=UTC)

HAPPENED = {
    "dispatch": "dispatched_at",
    "acknowledge": "acknowledged_at",
    "contact": "contacted_at",
    "progress": "progressed_at",
    "reply": "replied_at",
    "close": "closed_at",
}


def test_an_appeal_goes_from_dispatch_to_close_step_by_step() -> None:
    acts = Acts(START)
    for verb in ("dispatch", "acknowledge", "contact", "progress", "reply", "close"):
        check_step(verb, ticket(state_of(acts)))
        happened: dict[str, Any] = {HAPPENED[verb]: START}
        acts = replace(acts, **happened)
    assert state_of(acts) == "closed"
    check_step("rework", ticket("closed"))


def test_an_order_goes_from_draft_to_close_out_with_feedback_sent_back_once() -> None:
    for verb, state in (
        ("amend", "draft"),
        ("sign", "draft"),
        ("deliver", "signed"),
        ("receive", "delivered"),
        ("feedback", "received"),
        ("reject", "replied"),
        ("feedback", "received"),
        ("accept", "replied"),
    ):
        check_step(verb, order(state))
    assert verbs(order("closed")) == set()


@pytest.mark.parametrize(
    ("verb", "position", "line"),
    [
        ("reply", ticket("waiting"), "待派，不能答复；现在可以：交办、先办后议、登记批示、批注"),
        ("dispatch", ticket("acknowledged", round=2), "重办中，不能交办"),
        ("close", ticket("dispatched", "paused"), "不能办结：已挂起，请先恢复"),
        ("reply", ticket("acknowledged", "return_asked"), "不能答复：退单申请待裁，请先裁定"),
        ("ask_extension", ticket("acknowledged", "overdue"), "延期、挂账须在到期前申请"),
        ("ask_return", ticket("dispatched", "arbitrated"), "已经分歧裁定，不得再退单"),
        ("grant_return", ticket("dispatched", "return_asked", "last_return"), "须作分歧裁定"),
        ("arbitrate", ticket("dispatched", "return_asked"), "不是末次退单"),
        ("ask_extension", ticket("dispatched", "unextendable"), "按规则不能延期"),
        ("progress", ticket("dispatched", "paused"), "已挂起，请先恢复"),
        ("assist", ticket("dispatched"), "没有待反馈的协办单位"),
        ("reopen", ticket("closed", "rated"), "请改用重办"),
        ("grant_return", ticket("dispatched"), "没有待裁的退单申请"),
        ("resume", ticket("dispatched"), "没有挂起"),
        ("uphold", Position("review", "none"), "没有待核查的不满意评价，不能维持·单位责任"),
        ("rerate", Position("review", "held"), "剔除待批，不能群众改评；现在可以：同意剔除"),
        ("exclude", Position("review", "decided"), "已核查，不能申请剔除；现在可以：只能查看"),
        ("contact", ticket("dispatched", "contacted"), "已记首次联系"),
        ("reply", ticket("dispatched", "accused", "against_lead"), "该件反映的正是承办单位"),
        ("absolve", ticket("dispatched"), "没有列为被举报的单位"),
        ("deliver", order("draft"), "待签发，不能送达；现在可以：修改、签发、作废"),
        ("accept", order("void"), "已作废，不能销号；现在可以：只能查看"),
    ],
)
def test_a_step_out_of_turn_is_refused_saying_what_can_be_done(
    verb: str, position: Position, line: str
) -> None:
    with pytest.raises(Refused) as refusal:
        check_step(verb, position)
    assert line in str(refusal.value)


def test_an_unknown_verb_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no step fly"):
        check_step("fly", ticket("waiting"))


def test_a_request_waits_for_its_answer_and_leaves_the_state_alone() -> None:
    for what in ("return", "extension", "pause"):
        check_step(f"ask_{what}", ticket("acknowledged"))
        waiting = ticket("acknowledged", f"{what}_asked")
        assert {f"grant_{what}", f"refuse_{what}"} <= verbs(waiting)
        assert f"ask_{what}" not in verbs(waiting)
    check_step("grant_return", ticket("acknowledged", "return_asked"))


def test_who_may_record_a_step() -> None:
    assert verbs(ticket("waiting"), "viewer", "auditor") == set()
    waiting = {"dispatch", "act_first", "instruct", "note", "accuse", "amend"}
    assert verbs(ticket("waiting"), "supervisor") == waiting
    assert verbs(order("draft"), "supervisor") == {"amend", "void"}
    assert verbs(order("draft"), "signer") == {"amend", "sign", "void"}
    assert verbs(order("signed"), "supervisor") == {"deliver"}
    assert verbs(order("signed"), "signer") == {"deliver", "void"}


@pytest.mark.parametrize(
    ("position", "status"),
    [
        (ticket("waiting"), "待派"),
        (ticket("dispatched"), "待签收"),
        (ticket("acknowledged"), "办理中"),
        (ticket("acknowledged", round=2), "重办中"),
        (ticket("acknowledged", "paused"), "挂起"),
        (ticket("acknowledged", "return_asked", "extension_asked"), "退单待裁"),
        (ticket("acknowledged", "extension_asked"), "延期待批"),
        (ticket("acknowledged", "pause_asked"), "挂起待批"),
        (ticket("replied"), "答复待审"),
        (ticket("closed"), "办结"),
        (ticket("closed", "unsatisfied"), "待核查"),
        (ticket("closed", "unsatisfied", "reviewed"), "办结"),
        (order("draft"), "待签发"),
        (order("closed"), "已销号"),
        (Position("review", "closed"), "待核查"),
        (Position("pledge", ""), "承诺待办"),
    ],
)
def test_a_status_names_first_what_waits_for_a_decision(position: Position, status: str) -> None:
    found = status_label(position.kind, position.state, facts=position.facts, round=position.round)
    assert found == status


def test_every_row_of_the_table_speaks_of_known_states_and_facts() -> None:
    states = {
        "ticket": set(ANY_STATE),
        "order": set(ORDER_LABELS),
        "review": set(REVIEW_STATES),
    }
    for step in STEPS:
        assert {*step.after} <= states[step.kind]
        assert step.bars <= FACTS.keys()
        assert step.needs <= LACKS.keys()


positions = st.builds(
    Position,
    st.just("ticket"),
    st.sampled_from(TICKET_STATES),
    st.frozensets(st.sampled_from(sorted({*FACTS, *LACKS}))),
    st.integers(1, 3),
)


@given(positions, st.sampled_from([step for step in STEPS if step.kind == "ticket"]))
def test_what_is_offered_is_exactly_what_is_not_refused(position: Position, step: Step) -> None:
    verb = step.verb
    if verb in verbs(position):
        assert check_step(verb, position).verb == verb
    else:
        with pytest.raises(Refused):
            check_step(verb, position)


@given(positions)
def test_whatever_the_facts_a_note_can_be_made_and_a_status_read(position: Position) -> None:
    assert "note" in verbs(position)
    assert status_label(position.kind, position.state, facts=position.facts, round=position.round)
