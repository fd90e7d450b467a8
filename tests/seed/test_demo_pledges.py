"""What the demo's receptions promised: some in every state, nothing of it impossible."""

from __future__ import annotations

from collections import Counter
from random import Random

from models.receptions.planning import plan
from models.receptions.pledge import PledgeView, pledges_of_days
from models.receptions.receiving import take_parties
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.receptions.planned import Planned
from seed.demo.pledges import settle_promises
from tests.models.receptions.test_receiving import DAY, party


def settled(store: Store) -> list[PledgeView]:
    """Return what two days of receptions promised, a month and a half ago and today."""
    old = DAY.replace(month=10, day=9)
    days = (old, DAY)
    assert not plan(store, [Planned(day, "接待室", "周正") for day in days]).refused
    for n, day in enumerate(days):
        lines = [party(50 * n + i, outcome="pledged", place="接待室") for i in range(1, 31)]
        assert not take_parties(store, day, lines).refused
    settle_promises(store, Random(7), store.now())
    with store.reading() as reader:
        assert verify_trail(reader).ok
        return pledges_of_days(reader, old, DAY)


def test_there_is_some_of_every_fate(sqlite_store: Store) -> None:
    found, now = settled(sqlite_store), sqlite_store.now()
    met = Counter(one.fate(now) for one in found)
    assert len(found) == 60 and {"kept", "late", "broken", "overdue", "running"} <= set(met)
    assert any(one.extended for one in found) and any(one.signed_at is None for one in found)
    for one in found:
        assert one.made_at <= (one.signed_at or one.made_at) <= (one.kept_at or now) <= now
