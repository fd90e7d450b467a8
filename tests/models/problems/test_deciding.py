"""What a person decides on problems stays, whatever comes in later; and can be taken back."""

from __future__ import annotations

import pytest

from models.casework import undo
from models.problems import (
    ProblemFilter,
    ProblemLine,
    confirm_problem,
    join_problems,
    link_new,
    link_tickets,
    name_problem,
    problem_appeals,
    problem_of,
    problems,
    refuse_problem,
    split_by_key,
    split_tickets,
    spread_of,
)
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_store
from rules.errors import Refused
from tests.models.appeals import column, taken
from tests.models.problems.crowd import about, linked, plant

EVERY = ProblemFilter(states=("likely", "confirmed", "refused", "closed"))


def tickets(store: Store, id: int) -> list[int]:
    """Return the tickets of a problem, the oldest first."""
    with store.reading() as reader:
        return [one.ticket_id for one in problem_appeals(reader, id)][::-1]


def now(store: Store, id: int) -> ProblemLine:
    """Return a problem as it stands."""
    with store.reading() as reader:
        found = problem_of(reader, id)
    assert found is not None
    return found


def test_a_refused_problem_takes_what_says_the_same_and_never_returns(store: Store) -> None:
    (found,) = linked(store, *plant(0, 1, 2))
    refuse_problem(store, found.id, found.version, reason="各说各的")
    assert linked(store, *plant(3, 4, 5)) == []
    with store.reading() as reader:
        (only,) = problems(reader, EVERY)
    assert (only.state, only.appeals) == ("refused", 6)
    with pytest.raises(LostRace):
        confirm_problem(store, found.id, found.version)
    with pytest.raises(Refused, match="写明"):
        refuse_problem(store, found.id, reason=" ")


def test_what_was_confirmed_and_named_stays_so(store: Store) -> None:
    (found,) = linked(store, *plant(0, 1, 2))
    confirm_problem(store, found.id, found.version)
    name_problem(store, found.id, name="丽发新城搅拌站，电话13800001234")
    (later,) = linked(store, *plant(3, 4, 5))
    assert (later.state, later.named, later.appeals) == ("confirmed", True, 6)
    assert later.name == "丽发新城搅拌站，电话138****1234", "what leads to a person is masked"


def test_a_ticket_taken_out_never_comes_back_by_itself(store: Store) -> None:
    (found,) = linked(store, *plant(0, 1, 2, 3))
    out = tickets(store, found.id)[1]
    assert split_tickets(store, found.id, found.version, tickets=[out]) == 1
    (later,) = linked(store, *plant(4, 5))
    assert (later.appeals, later.reporters) == (5, 5)
    assert out not in tickets(store, found.id)
    link_tickets(store, found.id, tickets=[out])
    assert out in tickets(store, found.id)
    assert now(store, found.id).known_at is not None
    undo(store)
    assert out not in tickets(store, found.id)
    assert verify_store(store).ok


def test_all_with_one_key_become_a_problem_of_their_own(store: Store) -> None:
    dust = [about("丽发新城搅拌站粉尘污染，孩子咳嗽", n, day=n) for n in range(4, 8)]
    noise = [about("丽发新城搅拌站噪音扰民，夜间轰鸣", n, day=n) for n in range(10, 14)]
    (found,) = linked(store, *dust, *noise)
    with store.reading() as reader:
        keys = {key.text: key for key in spread_of(reader, found.id).keys}
    assert keys["噪音"].appeals == 4
    new = split_by_key(store, found.id, found.version, key_id=keys["噪音"].id)
    assert (now(store, new).appeals, now(store, found.id).appeals) == (4, 4)
    assert now(store, new).state == "confirmed"
    taken(store, about("丽发新城搅拌站噪音扰民，夜间轰鸣不止", 20))
    link_new(store)
    assert {now(store, new).appeals, now(store, found.id).appeals} == {4, 5}
    assert verify_store(store).ok
    with pytest.raises(Refused, match="拆不开"):
        split_by_key(store, new, key_id=keys["噪音"].id)


def test_splitting_by_a_key_is_taken_back_whole(store: Store) -> None:
    mixed = [about("丽发新城搅拌站粉尘污染", n) for n in range(3)]
    (found,) = linked(store, *mixed, *plant(4, 5, 6))
    before = tickets(store, found.id)
    with store.reading() as reader:
        key = next(k for k in spread_of(reader, found.id).keys if k.text == "粉尘")
    split_by_key(store, found.id, key_id=key.id)
    undo(store)
    assert tickets(store, found.id) == before
    with store.reading() as reader:
        assert [one.id for one in problems(reader, EVERY)] == [found.id]
    (later,) = linked(store, *plant(7))
    assert later.appeals == len(before) + 1
    assert verify_store(store).ok


def test_two_problems_become_one_and_what_comes_goes_there(store: Store) -> None:
    lifts = [about("翡翠华庭电梯停运无人维修", n) for n in range(20, 23)]
    one, other = sorted(linked(store, *plant(0, 1, 2), *lifts), key=lambda found: found.id)
    assert join_problems(store, one.id, one.version, other=other.id) == 3
    assert (now(store, one.id).appeals, now(store, other.id).joined_id) == (6, one.id)
    with pytest.raises(Refused, match="并入"):
        confirm_problem(store, other.id)
    (later,) = linked(store, about("翡翠华庭电梯停运无人维修", 30))
    assert (later.id, later.appeals) == (one.id, 7)
    assert verify_store(store).ok


def test_joining_is_taken_back(store: Store) -> None:
    lifts = [about("翡翠华庭电梯停运无人维修", n) for n in range(20, 23)]
    one, other = linked(store, *plant(0, 1, 2, 3), *lifts)
    join_problems(store, one.id, other=other.id)
    undo(store)
    assert [now(store, each.id).appeals for each in (one, other)] == [4, 3]
    assert now(store, other.id).joined_id is None
    assert verify_store(store).ok


def test_reports_are_never_linked_by_hand(store: Store) -> None:
    (found,) = linked(store, *plant(0, 1, 2))
    taken(store, about("丽发新城搅拌站有人收好处", 40, nature="举报"))
    secret = column(store, "SELECT id FROM ticket WHERE nature = '举报'")
    with pytest.raises(Refused, match="举报件"):
        link_tickets(store, found.id, tickets=secret)
    with pytest.raises(Refused, match="不在"):
        split_tickets(store, found.id, tickets=secret)
