"""Minute clocks swept every minute across midnight: nothing missed, nothing doubled."""

from __future__ import annotations

from datetime import datetime

from models.store.store import Store
from tests.conftest import Clock
from tests.minutes import day_of_messages, swept_day


def test_every_threshold_is_recorded_once_at_its_own_instant(
    sqlite_store: Store, clock: Clock
) -> None:
    start = datetime.fromisoformat("2026-12-31T23:30:00+08:00")
    clock.travel_to(start)
    messages = day_of_messages(60, start, 45, seed=3)
    found = swept_day(sqlite_store, clock, messages, start, 61)
    assert found.clocks == 160 and found.sound
    assert (found.missed, found.wrong, found.doubled) == (set(), set(), 0)
    assert len(found.recorded) > 150
