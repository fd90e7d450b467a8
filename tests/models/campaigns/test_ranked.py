"""Inside 特殊时期: editions list apart, no last place counts, nothing is drafted or planned."""

from __future__ import annotations

from models.clocks.sweeping import sweep
from models.orders.longred import draft_due
from models.ranking.editions import compute_edition, period_of
from models.ranking.evidence import month_table
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.review.calling import plan_calls
from models.store.store import Store
from rules.campaigns.ranked import APART
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, taken, wuhan
from tests.models.campaigns.test_emergencies import begun, ended
from tests.models.ranking.test_editions import _rate


def _october(store: Store) -> None:
    for unit_id, satisfied in ((3, 9), (4, 8), (5, 7)):
        _rate(store, unit_id, satisfied, 10 - satisfied)


def test_an_edition_inside_one_is_printed_without_places_and_frozen_so(store: Store) -> None:
    _october(store)
    period = period_of(store, "2026-10")
    assert compute_edition(store, period).remarked == ()
    begun(store, "2026-10-10 09:00")
    view = compute_edition(store, period)
    assert {row.reason for row in view.rows} == {APART}
    assert {(row.place, row.grade) for row in view.rows} == {(None, None)}
    assert "特殊时期：暴雨" in view.notes[-1]
    frozen = publish_edition(store, period)
    ended(store, "2026-10-12 09:00")
    assert edition_of(store, period) == frozen
    again = compute_edition(store, period)
    assert {row.place for row in again.rows if row.unit_id in (3, 4, 5)} == {1, 2, 3}
    table = month_table(again, grouped=True)
    assert table.spared >= {3, 4, 5}


def test_one_district_alone_is_listed_apart(store: Store) -> None:
    _october(store)
    period = period_of(store, "2026-10")
    begun(store, "2026-10-02 09:00", areas=("420102",))
    with store.reading() as reader:
        (held,) = (int(row[0]) for row in reader.rows("SELECT id FROM unit WHERE grid = '420102'"))
    rows = {row.unit_id: row.reason for row in compute_edition(store, period).rows}
    assert [id for id, reason in rows.items() if reason == APART] == [held]


def test_nothing_is_drafted_while_it_lasts_and_all_comes_back(store: Store, clock: Clock) -> None:
    late = wuhan("2026-10-12 10:00")
    taken(store, appeal("A", unit=UNIT, received_at=late, dispatched_at=late))
    sweep(store)
    begun(store, "2026-11-19 09:00")
    assert draft_due(store) == []
    clock.travel(days=1)
    ended(store, "2026-11-20 16:00")
    assert len(draft_due(store)) == 1


def test_no_callback_is_planned_while_it_lasts_and_all_come_back(
    store: Store, clock: Clock
) -> None:
    _october(store)
    period = period_of(store, "2026-10")
    assert plan_calls(store, period, seed=7, dry_run=True).satisfied == 24
    begun(store, "2026-11-19 09:00")
    assert plan_calls(store, period, seed=7).satisfied == 0
    clock.travel(days=1)
    ended(store, "2026-11-20 16:00")
    assert plan_calls(store, period, seed=7).satisfied == 24
