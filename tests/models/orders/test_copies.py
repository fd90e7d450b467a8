"""抄送: whom an order is copied to, and that no unit gets an appeal against it as a copy."""

from __future__ import annotations

import pytest

from models import orders
from models.orders.order import OrderView
from models.store.store import Store
from models.tables.reviews import Accused
from rules.errors import Refused
from tests.conftest import NOW, Clock
from tests.models.appeals import one, wuhan
from tests.models.presses import Plain
from tests.models.rounds import put_round

UNIT, OTHER = 5, 6


def draft(store: Store, *copy_to: str) -> OrderView:
    """Draft an order to the unit over one late appeal."""
    ticket, _ = put_round(store, "T1", UNIT, received_at=wuhan("2026-10-20 09:00"))
    [view] = orders.draft(store, [ticket], copy_to=copy_to).orders
    return view


def words(store: Store, unit_id: int) -> tuple[str, str]:
    """Return the short and the full name of a unit."""
    short, full = one(store, "SELECT short_name, name FROM unit WHERE id = :id", id=unit_id)
    return short, full


def test_a_unit_stands_by_its_full_name_a_leader_with_the_post_an_office_as_typed(
    store: Store,
) -> None:
    short, full = words(store, OTHER)
    leader = store.policy.leaders[0]
    view = draft(store, f"{short}、{leader.name}，市委督查室", full)
    assert view.copies == (full, f"{leader.post}{leader.name}", "市委督查室")


def test_copies_are_amended_and_taken_away_again(store: Store) -> None:
    view = draft(store)
    assert view.copies == ()
    told = orders.edit(store, view.id, view.version, copy_to=["市委督查室"])
    assert told.copies == ("市委督查室",)
    assert orders.edit(store, told.id, told.version, title="停水").copies == told.copies
    assert orders.edit(store, told.id, told.version + 1, copy_to=[""]).copy_to is None


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("U",), "主送单位"),
        (("市" * 41,), "超过40字"),
        (tuple(f"第{n}处" for n in range(13)), "最多12个"),
    ],
)
def test_what_is_no_copy_is_refused(store: Store, names: tuple[str, ...], why: str) -> None:
    own = words(store, UNIT)[0]
    with pytest.raises(Refused, match=why):
        draft(store, *(own if name == "U" else name for name in names))


def test_no_unit_gets_an_appeal_against_it_as_a_copy(store: Store) -> None:
    view = draft(store, words(store, OTHER)[0])
    with store.writing() as work:
        ticket = work.value("SELECT id FROM ticket")
        work.insert(Accused, ticket_id=ticket, unit_id=OTHER, found_at=NOW, confirmed=True)
    with pytest.raises(Refused, match="不能给其看"):
        orders.sign(
            store,
            [view.id],
            signer=store.policy.leaders[0].name,
            basis="paper",
            press=Plain(lambda paper: paper.line("文号").encode()),
        )


def test_a_second_order_is_copied_to_the_same(store: Store, clock: Clock) -> None:
    view = draft(store, "市委督查室")
    orders.sign(
        store,
        [view.id],
        signer=store.policy.leaders[0].name,
        basis="paper",
        press=Plain(lambda paper: paper.line("抄送").encode()),
    )
    with store.reading() as reader:
        assert orders.paper_of(reader, view.id)[1].decode() == "市委督查室。"
    orders.follow(store, "deliver", [view.id])
    clock.travel(days=21)
    assert orders.draft_second(store, view.id).copies == ("市委督查室",)
