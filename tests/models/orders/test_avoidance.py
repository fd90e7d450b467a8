"""举报避让 on paper: nothing that is addressed to a unit holds a matter that is against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.frame.session import open_session
from console.views.queue.snapshot import Snapshot, View, write_list
from models import casework, orders
from models.intake.outgoing import Wanted, outgoing_tickets, withheld_tickets
from models.orders.order import OrderView
from models.store.store import Store
from models.tables.rankings import Flag
from rules.casework.appeal import QueueFilter
from rules.errors import Refused
from rules.paper import Content
from tests.conftest import NOW, Clock
from tests.console.sheets import opened, table_of
from tests.models.appeals import UNIT, appeal, column, numbered, taken, unit_id
from tests.models.casework.walking import OTHER
from tests.models.presses import Plain

TOLD = "反映的是市水务局"


@pytest.fixture
def against(store: Store) -> Store:
    """Return a store with three matters at one unit, the second of which is against it."""
    rows = [appeal(f"A{n}", title=f"水压低{n}", unit=UNIT) for n in (1, 2, 3)]
    taken(store, *numbered(rows))
    return store


def accuse(store: Store) -> None:
    casework.take(store, "accuse", [2], unit_id=unit_id(store, UNIT))


def render(paper: Content) -> bytes:
    return repr(paper.values).encode()


def sign(store: Store, view: OrderView) -> OrderView:
    signer = store.policy.leaders[0].name
    return orders.sign(store, [view.id], signer=signer, basis="paper", press=Plain(render))[0]


def number(store: Store) -> str:
    return str(column(store, "SELECT number FROM ticket WHERE id = 2")[0])


def test_no_order_is_drafted_to_it_from_marks_or_by_name_or_from_a_flag(against: Store) -> None:
    accuse(against)
    unit = unit_id(against, UNIT)
    drafted = orders.draft(against, [1, 2, 3])
    assert [len(order.tickets) for order in drafted.orders] == [2]
    assert TOLD in drafted.skipped[0].reason
    assert orders.draft(against, [2], unit_id=unit).orders == ()
    with against.writing() as work:
        flag = work.insert(
            Flag,
            rule="prominent",
            unit_id=unit,
            raised_at=NOW,
            evidence='{"tickets": [2], "lines": []}',
            key="k",
        )
    assert orders.draft_flag(against, flag).orders == ()


def test_another_organ_may_be_given_the_matter(against: Store) -> None:
    accuse(against)
    referred = orders.draft(against, [2], unit_id=unit_id(against, OTHER), kind="referral_duty")
    assert [order.tickets for order in referred.orders] == [(number(against),)]


def test_a_paper_found_to_be_against_its_unit_goes_no_further(against: Store) -> None:
    first = orders.draft(against, [2]).orders[0]
    accuse(against)
    with pytest.raises(Refused, match=TOLD):
        sign(against, first)
    casework.take(against, "absolve", [2], unit_id=unit_id(against, UNIT))
    signed = sign(against, first)
    accuse(against)
    for away in (
        lambda: orders.follow(against, "deliver", [signed.id]),
        lambda: orders.export_paper(against, signed.id, lambda content, _: content),
        lambda: orders.export_copy(
            against, signed.id, lambda content, _: content, lambda content, _: content
        ),
    ):
        with pytest.raises(Refused, match=TOLD):
            away()
    assert orders.follow(against, "void", [signed.id], reason="应当避让").done == (signed.id,)


def test_no_second_order_takes_it_over(against: Store, clock: Clock) -> None:
    signed = sign(against, orders.draft(against, [2]).orders[0])
    orders.follow(against, "deliver", [signed.id])
    accuse(against)
    clock.travel(days=30)
    with pytest.raises(Refused, match=TOLD):
        orders.draft_second(against, signed.id)


def test_it_is_in_no_export_list_or_reminder_of_the_unit(
    against: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accuse(against)
    unit, hidden = unit_id(against, UNIT), number(against)
    with against.reading() as reader:
        own = [one.number for one in outgoing_tickets(reader, Wanted(unit_id=unit))]
        assert withheld_tickets(reader, Wanted(unit_id=unit)) == 1
        all = [one.number for one in outgoing_tickets(reader, Wanted())]
    assert (len(own), len(all)) == (2, 3)
    assert hidden not in own
    monkeypatch.setattr("console.views.sheets.exports_dir", lambda: tmp_path)
    session = open_session(lambda: against)
    queue = Snapshot(session, View(QueueFilter(unit=UNIT)))
    with session.reading("list") as reader:
        ids = queue.ids(reader)
    written, path = write_list(session, queue, ids, "市水务局")
    cells = str(table_of(opened(path)["督办队列"]))
    assert (written, len(ids)) == (2, 3)
    assert hidden not in cells
    reminded = casework.take(against, "urge", [1, 2, 3])
    assert reminded.done == (1, 3)
    assert hidden not in reminded.made[0].text
