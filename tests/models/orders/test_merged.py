"""并单 on papers: what was under a lead as of signing, by how many citizens, and its proof."""

from __future__ import annotations

import pytest

from models import casework, merging, orders
from models.casework.undoing import undo
from models.store.store import Store
from tests.conftest import Clock
from tests.models.appeals import appeal, column, numbered, taken
from tests.models.merging.groups import BEGUN, begin, dispatched, merged
from tests.models.orders.test_facts import draft, signed


def checked(store: Store, order: int) -> dict[str, orders.Checked]:
    """Return the sentences of an order by their claims, each held against the trail."""
    _, found = orders.check_order(store, order)
    return {one.statement.claim: one for one in found}


def test_an_order_on_a_lead_counts_what_is_merged_as_it_is_signed(
    store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store, 4)
    taken(store, *numbered([appeal("B0", received_at=BEGUN, reporter=None, phone=None)]))
    nameless = column(store, "SELECT max(id) FROM ticket")[0]
    numbers = column(store, "SELECT number FROM ticket ORDER BY id")
    dispatched(store, ids[0])
    merged(store, *ids[1:], nameless, lead=ids[0])
    view = draft(store, ids[0])
    clock.travel(hours=1)
    merging.split(store, [ids[1]], reason="情况不同")
    with pytest.raises(orders.WordsMoved, match="并入该件一并办理的诉求4件"):
        signed(store, view)
    merged(store, ids[1], lead=ids[0])
    undo(store)
    paper = signed(store, view)
    [said] = [one for one in paper.statements if one.claim == "merged"]
    assert said.text == (
        "并入该件一并办理的诉求3件（共性件3件，清单见附件1），"
        "连同该件涉及不同诉求人3人（另有1件未留诉求人）。"
    )
    assert said.tickets == (numbers[0], *numbers[2:])
    verbs = [column(store, "SELECT verb FROM event WHERE seq = :s", s=s)[0] for s in said.events]
    assert verbs == ["ticket.merge"] * 3
    assert paper.lines("附件")[0] == "1.涉及工单清单（1件，另并入3件）"
    rows = paper.rows("诉求清单")
    assert [row["工单编号"] for row in rows] == list(said.tickets)
    assert [row["办理情况"] for row in rows[1:]] == ["并入第1项"] * 3
    assert {row["办结时限"] for row in rows} == {rows[0]["办结时限"]}
    assert "13800000002" not in str(rows)
    clock.travel(hours=1)
    merging.split(store, [ids[0]], reason="各自办理")
    held = checked(store, view.id)["merged"]
    assert (held.proven, held.true, held.holds, held.now) == (True, True, False, "")


def test_a_due_date_on_a_signed_paper_stays_true_whatever_moves_it_later(
    store: Store, clock: Clock
) -> None:
    clock.travel_to(BEGUN)
    ids = begin(store, 3)
    dispatched(store, ids[0])
    clock.travel(hours=26)
    dispatched(store, *ids[1:])
    alone = draft(store, ids[1])
    signed(store, alone)
    clock.travel(hours=1)
    merged(store, ids[0], lead=ids[1])
    assert checked(store, alone.id)["dispatched"].true
    clock.travel(hours=1)
    merging.split(store, [ids[1]], reason="各自办理")
    clock.travel(hours=1)
    merged(store, ids[0], lead=ids[2])
    shared = draft(store, ids[2])
    signed(store, shared)
    clock.travel(hours=1)
    casework.take(store, "ask_extension", [ids[2]], limit_text="3wd", reason="需会商")
    casework.take(store, "grant_extension", [ids[2]])
    clock.travel(hours=1)
    merging.split(store, [ids[2]], reason="各自办理")
    for order in (alone, shared):
        told = checked(store, order.id)
        assert told["dispatched"].proven and told["dispatched"].true
    assert "merged" in told


def test_several_leads_are_told_together(sqlite_store: Store, clock: Clock) -> None:
    clock.travel_to(BEGUN)
    ids = begin(sqlite_store, 6)
    dispatched(sqlite_store, *ids)
    merged(sqlite_store, ids[1], lead=ids[0])
    merged(sqlite_store, ids[3], lead=ids[2])
    paper = signed(sqlite_store, draft(sqlite_store, ids[0], ids[2], ids[4]))
    [said] = [one for one in paper.statements if one.claim == "merged"]
    assert said.text == (
        "其中2件为并单主件，并入主件一并办理的诉求2件（共性件2件，清单见附件1），"
        "连同主件涉及不同诉求人4人。"
    )
    rows = paper.rows("诉求清单")
    under = [row["办理情况"] for row in rows if "并入" in row["办理情况"]]
    assert under == ["并入第1项", "并入第3项"]
    assert paper.line("件数") == "3件，另并入2件"
