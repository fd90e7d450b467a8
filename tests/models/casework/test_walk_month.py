"""A month of appeals side by side, smaller than ``tests.bench.walk`` walks it; DUBAN_MONTH many."""

from __future__ import annotations

import os

from models.store.store import Store
from tests.bench.walk import walk
from tests.conftest import Clock

TICKETS = int(os.environ.get("DUBAN_MONTH", "60"))


def test_a_month_of_appeals_ends_with_every_matter_led_and_none_stuck(
    sqlite_store: Store, clock: Clock
) -> None:
    found = walk(sqlite_store, clock, TICKETS, steps=3)
    assert found.leads
    assert found.stuck == []
    assert found.verified
    assert found.replays
    assert len(found.steps) > 15
