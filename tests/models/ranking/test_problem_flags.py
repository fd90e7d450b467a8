"""Prominence from problems: different citizens of one problem, whatever else the appeals name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.problems import refuse_problem, split_tickets
from models.ranking.editions import period_of
from models.ranking.flags import flags_of, raise_flags
from models.store.store import Store
from models.tables.problems import Problem, ProblemTicket
from models.tables.supervision import Instruction
from models.tables.tickets import Person, Ticket
from rules.ranking.periods import Period
from tests.conftest import NOW, Clock
from tests.models.appeals import column
from tests.models.rounds import put_round

UNIT = 5

OLD = NOW - timedelta(days=40)


@pytest.fixture
def october(store: Store) -> Period:
    return period_of(store, "2026-10")


def _appeals(store: Store, *reporters: str, title: str = "小区停水") -> list[int]:
    """Put in old open appeals of a unit by some citizens, a day apart; return their tickets."""
    ids = []
    for n, reporter in enumerate(reporters):
        at = OLD + timedelta(days=n)
        ids.append(put_round(store, f"{title}{n}", UNIT, received_at=at, title=title)[0])
        with store.writing() as work:
            work.insert(Person, ticket_id=ids[-1], reporter_key=reporter)
    return ids


def _problem(store: Store, tickets: list[int], reporters: int, state: str = "likely") -> int:
    with store.writing() as work:
        id = work.insert(
            Problem,
            name="某小区停水",
            state=state,
            first_at=OLD,
            last_at=OLD,
            recorded_at=work.at,
            appeals=len(tickets),
            reporters=reporters,
        )
        for ticket in tickets:
            work.insert(ProblemTicket, ticket_id=ticket, problem_id=id, at=work.at)
        work.event("problem.link", "problem", id)
    return id


def test_the_citizens_of_one_problem_are_one_matter(store: Store, october: Period) -> None:
    ids = _appeals(store, "a", "b", "c", "a")
    id = _problem(store, ids, 3)
    [flag] = raise_flags(store, october)
    assert flag.key == f"prominent-long:{UNIT}:共性问题：第{id}号"
    assert flag.ticket_ids == tuple(ids)
    assert flag.evidence[0] == "小区停水0 3名诉求人反映同一问题（某小区停水），首件10月11日"
    assert flag.rests_on[0] == tuple(ids)


def test_what_was_split_off_refused_or_is_secret_counts_nobody(
    store: Store, october: Period
) -> None:
    split = _appeals(store, "a", "b", "c", title="停水")
    refused = _appeals(store, "a", "b", "c", title="停电")
    secret = _appeals(store, "a", "b", "c", title="停气")
    one, other, _ = (_problem(store, some, 3) for some in (split, refused, secret))
    assert len(flags_of(store, october)) == 3
    split_tickets(store, one, tickets=split[:1])
    refuse_problem(store, other, reason="不是一件事")
    with store.writing() as work:
        work.update(Ticket, secret[0], 1, nature="举报")
        work.event("ticket.note", "ticket", secret[0])
    assert flags_of(store, october) == []


def test_a_flag_under_an_old_key_is_not_raised_again_under_the_problems(
    store: Store, october: Period
) -> None:
    ids = _appeals(store, "a", "b", "c")
    with store.writing() as work:
        for ticket in ids[:2]:
            work.insert(
                Instruction, ticket_id=ticket, leader="张市长", content="抓紧", given_at=OLD
            )
    first, second = raise_flags(store, october)
    assert first.key.endswith("工单：小区停水0")
    _problem(store, ids, 3)
    [flag] = raise_flags(store, october)
    assert (flag.id, flag.key, flag.ticket_ids) == (first.id, first.key, tuple(ids))
    assert column(store, "SELECT withdrawn_reason FROM flag ORDER BY id") == [
        None,
        "所列诉求与其他诉求是同一问题，并入同一预警",
    ]
    assert [one.id for one in flags_of(store, october)] == [first.id]
    assert second.id is not None


def test_a_young_problem_is_no_flag_until_it_is_long(
    store: Store, october: Period, clock: Clock
) -> None:
    ids = _appeals(store, "a", "b", "c")
    _problem(store, ids, 3)
    clock.travel_to(OLD + timedelta(days=9))
    assert flags_of(store, period_of(store, "2026-09")) == []
