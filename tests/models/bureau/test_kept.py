"""What is an operator's own: units looked after, saved views, the last visit, what came since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.bureau.kept import drop_view, keep_view, leave
from models.bureau.operators import all_operators, assign_units
from models.casework import take
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views import (
    kept_views,
    last_left,
    newly,
    queue_moment,
    queue_snapshot,
    since,
    stir,
    trail_count,
    units_looked_after,
)
from rules.casework import QueueFilter
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import column, unit_id
from tests.models.views.test_queues import fill, titles


def test_units_are_assigned_and_taken_away_and_the_trail_knows(store: Store) -> None:
    fill(store)
    [me] = column(store, "SELECT login FROM operator ORDER BY id LIMIT 1")
    ours, water = (unit_id(store, f"武汉市{name}") for name in ("武昌区人民政府", "水务局"))
    assert assign_units(store, me, add=[ours, water]).units == ("武昌区", "市水务局")
    assert assign_units(store, me, drop=[water]).units == ("武昌区",)
    with pytest.raises(Refused, match="没有改动"):
        assign_units(store, me, add=[ours])
    with store.reading() as reader:
        assert all_operators(reader)[0].units == ("武昌区",)
        assert units_looked_after(reader, me, store.now()) == (ours,)
        assert verify_trail(reader).ok
    by_name = titles(store, QueueFilter(unit="武昌区"))
    assert titles(store, QueueFilter(units=(ours,))) == by_name != []


def test_views_are_kept_by_name_and_for_their_owner_alone(store: Store) -> None:
    keep_view(store, "queue", "红的", "{}")
    keep_view(store, "queue", "水务", '{"filter":"u:水务"}')
    keep_view(store, "queue", " 红的 ", '{"colour":"red"}')
    with store.reading() as reader:
        kept = [(one.name, one.text) for one in kept_views(reader, store.login, "queue")]
        assert kept == [("水务", '{"filter":"u:水务"}'), ("红的", '{"colour":"red"}')]
        assert kept_views(reader, "somebody", "queue") == []
    drop_view(store, "水务")
    with store.reading() as reader:
        assert [one.name for one in kept_views(reader, store.login, "queue")] == ["红的"]
    for name in ("", " ", "长" * 25):
        with pytest.raises(Refused, match="名称"):
            keep_view(store, "queue", name, "{}")


def test_what_came_since_the_last_visit_is_counted_and_listed(store: Store, clock: Clock) -> None:
    with store.reading() as reader:
        assert last_left(reader, store.login) is None
    leave(store)
    left = store.now()
    fill(store)
    clock.travel_to(left + timedelta(days=2))
    with store.reading() as reader:
        assert last_left(reader, store.login) == left
        came = since(reader, left, store.now())
        red = list(newly(reader, "red", left, store.now()))
        yellow = list(newly(reader, "yellow", left, store.now()))
        moment = queue_moment(store.timekeeper(), store.now())
        listed = queue_snapshot(reader, QueueFilter(colour="red"), moment, unfold=True)
        assert (came.red, came.yellow) == (len(red), len(yellow)) and red
        assert set(red) < set(listed)
        assert since(reader, store.now(), store.now()).nothing


def test_acts_of_others_are_told_from_my_own(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        before = trail_count(reader)
        assert (stir(reader, before, store.login).count, before > 0) == (before, True)
    [id] = column(store, "SELECT min(id) FROM ticket")
    take(store, "note", [id], text="请关注")
    with store.reading() as reader:
        now = trail_count(reader)
        assert now > before
        assert stir(reader, before, store.login).others == 0
        assert stir(reader, before, "somebody").others == now - before
