"""u takes back one's own last act while nobody else has touched the matter, for a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models import casework
from models.casework.handing import dispatch
from models.casework.undoing import redo, undo, undoable
from models.clocks.sweeping import sweep
from models.matter import load_matter
from models.orders.drafting import draft
from models.store.store import Store
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER

RECEIVED = wuhan("2026-11-20 09:00")


def test_a_batch_is_taken_back_as_a_batch(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{n}", received_at=RECEIVED) for n in range(3)))
    casework.take(store, "dispatch", [1, 2, 3], unit_id=unit_id(store, UNIT))
    assert undo(store).matters == 3
    assert column(store, "SELECT DISTINCT state FROM round") == ["waiting"]
    assert column(store, "SELECT step FROM deadline WHERE leads") == ["dispatch"] * 3
    verbs = column(store, "SELECT verb FROM event WHERE verb LIKE '%undo'")
    assert verbs == ["ticket.undo"] * 3


def test_undone_step_by_step_and_redone_step_by_step(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "acknowledge", [1])
    casework.take(store, "contact", [1])
    state = "SELECT acknowledged_at IS NULL, contacted_at IS NULL FROM round"
    undo(store)
    undo(store)
    assert tuple(map(bool, one(store, state))) == (True, True)
    redo(store)
    assert tuple(map(bool, one(store, state))) == (False, True)
    redo(store)
    assert tuple(map(bool, one(store, state))) == (False, False)
    with pytest.raises(Refused, match="没有可重做"):
        redo(store)
    undo(store)
    assert tuple(map(bool, one(store, state))) == (False, True)


def test_after_another_act_nothing_is_redone(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "acknowledge", [1])
    undo(store)
    casework.take(store, "contact", [1])
    with pytest.raises(Refused, match="没有可重做"):
        redo(store)


def test_what_somebody_else_touched_since_is_not_taken_back(
    store: Store, opener: Callable[[], Store]
) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "acknowledge", [1])
    with store.writing() as work:
        from models.tables.bookkeeping import Operator, Role

        id = work.insert(Operator, login="other", name="李四", created_at=work.now)
        work.insert(Role, operator_id=id, role="supervisor")
    other = opener()
    other.login = "other"
    with pytest.raises(Refused, match="没有可撤销"):
        undo(other)
    casework.take(other, "note", [1], text="市民来电")
    with pytest.raises(Refused, match="又有新的办理"):
        undo(store)
    undo(other)
    assert one(store, "SELECT count(*) FROM note") == (0,)


def test_an_act_of_yesterday_stands(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "acknowledge", [1])
    clock.travel(hours=24, seconds=1)
    with pytest.raises(Refused, match="24小时"):
        undo(store)
    with store.reading() as reader:
        assert undoable(reader, store.operator.id, clock.now) is None


def test_an_import_is_no_act_to_take_back(store: Store) -> None:
    taken(store, appeal(received_at=RECEIVED))
    with pytest.raises(Refused, match="没有可撤销"):
        undo(store)


def test_a_crossing_disproved_by_an_act_stands_again_when_the_act_is_taken_back(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 10:00")))
    clock.travel_to("2026-11-23 10:00")
    sweep(store)
    alive = """SELECT count(*) FROM crossing c JOIN deadline d ON d.id = c.deadline_id
               WHERE d.step = 'acknowledge' AND c.annulled_at IS NULL"""
    worst = "SELECT worst_colour FROM deadline WHERE step = 'acknowledge'"
    before = one(store, alive), one(store, worst)
    casework.take(store, "acknowledge", [1], at=wuhan("2026-11-19 11:00"))
    assert (one(store, alive), one(store, worst)) == ((0,), ("blue",))
    undo(store)
    assert (one(store, alive), one(store, worst)) == (before)
    redo(store)
    assert (one(store, alive), one(store, worst)) == ((0,), ("blue",))


def test_rows_come_back_under_another_id_where_theirs_is_taken(store: Store) -> None:
    taken(store, *numbered([appeal("A1", received_at=RECEIVED), appeal("A2")]))
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    undo(store)
    with store.writing() as work:
        dispatch(work, load_matter(work, 2), unit_id=unit_id(store, OTHER))
    redo(store)
    mine = "SELECT count(*) FROM deadline WHERE ticket_id = :t AND stopped_at IS NULL"
    assert one(store, mine, t=1) == one(store, mine, t=2) == (3,)
    undo(store)
    assert (one(store, mine, t=1), one(store, mine, t=2)) == ((1,), (3,))


def test_an_act_that_cannot_be_taken_back_is_not_passed_over(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    casework.take(store, "acknowledge", [1])
    draft(store, [1])
    with pytest.raises(Refused, match="最近一次办理是“拟制督办单”"):
        undo(store)
    casework.take(store, "note", [1], text="市民来电")
    assert undo(store).numbers == ("WH20261120-00001",)


def test_what_is_rehearsed_is_what_would_be_done_and_leaves_nothing(store: Store) -> None:
    taken(store, appeal(unit=UNIT, received_at=RECEIVED))
    events = one(store, "SELECT count(*) FROM event")
    tried = casework.rehearse(store, "urge", [1], at=store.now(), seen={1: 1})
    assert "请抓紧办理" in tried.made[0].text
    assert one(store, "SELECT count(*) FROM event") == events
    done = casework.take(store, "urge", [1], at=store.now())
    assert done.made[0].text == tried.made[0].text


def test_each_ticket_may_be_told_its_own_in_one_act(store: Store) -> None:
    taken(store, *numbered(appeal(f"A{n}", received_at=RECEIVED) for n in range(2)))
    units = [unit_id(store, UNIT), unit_id(store, OTHER)]
    own = {1: {"unit_id": units[0]}, 2: {"unit_id": units[1]}}
    casework.take(store, "dispatch", [1, 2], own=own)
    assert column(store, "SELECT lead_unit_id FROM round ORDER BY ticket_id") == units
    assert undo(store).matters == 2
    assert column(store, "SELECT DISTINCT state FROM round") == ["waiting"]
