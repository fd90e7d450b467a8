"""Doors that a policy leaves out count in no rate and no place; the footnote says which."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

from models.clocks.policies import load_policy
from models.ranking.editions import compute_edition, period_of
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.ranking.tallies import tallies_of, tickets_behind
from models.store.store import Store
from rules.ranking.tally import Tally
from seed.reference.content import shipped_policy
from tests.models.rounds import put_round

DAY = datetime(2026, 10, 6, 4, tzinfo=UTC)

DOORS = {"大接访": 4, "社区警务群": 3, "城市留言板": 12}

COUNTS = tuple(field.name for field in fields(Tally))


def rated(store: Store, unit_id: int) -> None:
    """Let a unit have appeals by every door, those of receptions unsatisfied."""
    for door, many in DOORS.items():
        for n in range(many):
            put_round(
                store,
                f"{door}-{unit_id}-{n}",
                unit_id,
                received_at=DAY,
                due_at=DAY,
                closed_at=DAY,
                outcome="已解决",
                rating="不满意" if door == "大接访" else "满意",
                rated_at=DAY,
                channel=door,
            )


def test_every_count_leaves_the_door_out_and_so_does_what_is_behind_it(store: Store) -> None:
    period = period_of(store, "2026-10")
    rated(store, 3)
    with store.reading() as reader:
        for unrated in ("exclude", "10d"):
            every = tallies_of(reader, period, unrated)[3]
            some = tallies_of(reader, period, unrated, left_out=("大接访", "社区警务群"))[3]
            assert (every.due, every.closed, every.result_unsatisfied) == (19, 19, 4)
            assert (some.due, some.closed, some.result_unsatisfied) == (12, 12, 0)
            for name in COUNTS:
                found = tickets_behind(
                    reader, period, (name,), (3,), unrated, left_out=("大接访", "社区警务群")
                )
                assert len(found) == getattr(some, name), name


def test_the_ranking_says_which_doors_do_not_count_and_keeps_it(sqlite_store: Store) -> None:
    store = sqlite_store
    period = period_of(store, "2026-10")
    rated(store, 3)
    assert not any("不计入各率和排名" in note for note in compute_edition(store, period).notes)
    text = shipped_policy().replace("[ranking]\n", '[ranking]\nleave_out_channels = ["大接访"]\n')
    load_policy(store, text, "只比热线和网上")
    view = compute_edition(store, period)
    assert "大接访的诉求不计入各率和排名" in view.notes[-1]
    assert (view.total.rated, view.total.result_unsatisfied) == (15, 0)
    frozen = publish_edition(store, period)
    load_policy(store, shipped_policy(), "各渠道都计")
    assert edition_of(store, period) == frozen
    assert frozen.left_out == ("大接访",)
