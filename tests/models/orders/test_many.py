"""Steps on several orders at once: one transaction, one act to undo, what is refused is named."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from models import orders
from models.casework.undoing import undo
from models.orders.following import ORDERS
from models.orders.order import OrderView
from models.store.errors import LostRace
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.steps import STEPS
from rules.errors import Refused
from tests.conftest import NOW, Opener
from tests.models.appeals import one
from tests.models.presses import Plain
from tests.models.rounds import put_round
from tests.models.statements import statements

UNITS = (5, 6, 7)

STATUS = "SELECT status FROM supervision_order ORDER BY id"

SAID: dict[str, dict[str, Any]] = {
    "receive": {"received_by": "王五"},
    "feedback": {"text": "已恢复供水"},
    "accept": {"verified": "visit", "note": "已恢复供水"},
    "reject": {"reason": "没有办理结果"},
    "void": {"reason": "对象有误"},
}

BEFORE: dict[str, tuple[str, ...]] = {
    "deliver": (),
    "receive": ("deliver",),
    "feedback": ("deliver", "receive"),
    "accept": ("deliver", "receive", "feedback"),
    "reject": ("deliver", "receive", "feedback"),
    "void": ("deliver",),
}


def signed(store: Store) -> list[int]:
    """Return the ids of three signed orders, each of a unit of its own."""
    old = NOW - timedelta(days=20)
    ids = [put_round(store, f"T{n}", unit, received_at=old)[0] for n, unit in enumerate(UNITS, 1)]
    drafts = [view.id for view in orders.draft(store, ids).orders]
    signer = store.policy.leaders[0].name
    views: list[OrderView] = orders.sign(
        store,
        drafts,
        signer=signer,
        basis="paper",
        press=Plain(lambda paper: paper.line("主送").encode()),
    )
    return sorted(view.id for view in views)


def statuses(store: Store) -> list[str]:
    """Return the states of all orders."""
    with store.reading() as reader:
        return [row[0] for row in reader.rows(STATUS)]


def take(store: Store, *verbs: str, ids: list[int]) -> None:
    """Take some steps on orders that must be lawful."""
    for verb in verbs:
        assert len(orders.follow(store, verb, ids, **SAID.get(verb, {})).done) == len(ids)


def test_every_step_that_follows_an_order_is_here() -> None:
    assert BEFORE.keys() == {s.verb for s in STEPS if s.kind == "order"} - {"amend", "sign"}


@pytest.mark.parametrize("verb", BEFORE)
def test_every_step_raises_the_version_of_its_order_by_one_and_is_cheap(
    store: Store, verb: str
) -> None:
    ids = signed(store)
    take(store, *BEFORE[verb], ids=ids)
    sums = "SELECT sum(version), min(version) FROM supervision_order"
    before = one(store, sums)
    with statements(store) as alone:
        take(store, verb, ids=ids[:1])
    assert one(store, sums) == (before[0] + 1, before[1])
    with statements(store) as together:
        take(store, verb, ids=ids[1:])
    assert one(store, sums) == (before[0] + 3, before[1] + 1)
    assert len(alone) <= 18, alone
    assert len(together) <= 40 + 2 * 6
    assert "SAVEPOINT" not in " ".join((*alone, *together))


def test_orders_delivered_together_are_one_act_and_refused_ones_are_named(store: Store) -> None:
    ids = signed(store)
    take(store, "deliver", ids=ids[:1])
    done = orders.follow(store, "deliver", ids)
    assert done.done == tuple(ids[1:])
    assert [name for name, _ in done.skipped] == ["武网督〔2026〕1号"]
    assert statuses(store) == ["delivered"] * 3
    assert undo(store).matters == 2
    assert statuses(store) == ["delivered", "signed", "signed"]
    assert one(store, "SELECT count(*) FROM deadline WHERE subject_kind = 'order'") == (2,)


def test_receipts_of_several_orders_are_taken_back_at_once(store: Store) -> None:
    ids = signed(store)
    take(store, "deliver", ids=ids[:2])
    done = orders.follow(store, "receive", ids, received_by="王五")
    assert done.done == tuple(ids[:2])
    assert len(done.skipped) == 1
    running = """SELECT count(*) FROM deadline
                 WHERE subject_kind = 'order' AND step = 'receipt' AND stopped_at IS NULL"""
    assert one(store, running) == (0,)
    undo(store)
    assert one(store, running) == (2,)
    assert statuses(store) == ["delivered", "delivered", "signed"]


def test_an_error_on_one_order_leaves_all_undelivered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = signed(store)
    deliver = ORDERS.functions["deliver"]

    def failing(work: Any, order: OrderView) -> Any:
        if order.id == ids[-1]:
            raise RuntimeError
        return deliver(work, order)

    monkeypatch.setitem(ORDERS.functions, "deliver", failing)
    with pytest.raises(RuntimeError):
        orders.follow(store, "deliver", ids)
    assert statuses(store) == ["signed"] * 3


def test_an_order_that_moved_since_it_was_seen_is_left_and_named(store: Store) -> None:
    ids = signed(store)
    seen = dict.fromkeys(ids, 2)
    take(store, "deliver", ids=ids[:1])
    with pytest.raises(LostRace):
        orders.follow(store, "void", ids[:1], seen=seen, reason="对象有误")
    done = orders.follow(store, "void", ids, seen=seen, reason="对象有误")
    assert [why for _, why in done.skipped] == ["刚被改动，请看过再办"]
    assert statuses(store) == ["delivered", "void", "void"]


def test_of_two_who_deliver_the_same_orders_exactly_one_does(opener: Opener) -> None:
    store = opener()
    ids = signed(store)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def run(order: list[int]) -> None:
        mine = opener()
        mine.timekeeper()
        ready.wait()
        try:
            orders.follow(mine, "deliver", order)
            outcomes.append("done")
        except (Refused, LostRace):
            outcomes.append("lost")

    threads = [threading.Thread(target=run, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert sorted(outcomes) == ["done", "lost"]
    assert one(store, "SELECT count(*) FROM event WHERE verb = 'order.deliver'") == (3,)
    with store.reading() as reader:
        assert verify_trail(reader).ok
