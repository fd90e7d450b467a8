"""A date and a time of that day say the same thing, in the source's own zone (DESIGN §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.store.store import Store
from rules.casework.appeal import Appeal
from tests.models.appeals import appeal, one, taken

MIDNIGHT = datetime(2026, 11, 18, 5, tzinfo=UTC)  # of 18 November in Boston, 13:00 in Wuhan

EVENING = MIDNIGHT + timedelta(hours=20)  # still that day there, the next one here

LAST = MIDNIGHT + timedelta(hours=23, minutes=59, seconds=59)

DATED = frozenset({"received_at", "due_at"})


def _exact() -> Appeal:
    return replace(appeal(), received_at=EVENING, due_at=EVENING + timedelta(days=1))


def _dated() -> Appeal:
    due = LAST + timedelta(days=1)
    return replace(appeal(), received_at=MIDNIGHT, due_at=due, date_only=DATED)


def test_a_date_never_overrides_a_time_of_that_day(store: Store) -> None:
    taken(store, _exact())
    assert taken(store, _dated(), digest="later").unchanged == 1
    assert one(store, "SELECT received_at FROM ticket") == (EVENING,)


def test_a_time_makes_a_date_exact_and_is_no_conflict(store: Store) -> None:
    taken(store, _dated())
    result = taken(store, _exact())
    assert (result.updated, result.conflicts) == (1, 0)
    assert one(store, "SELECT received_at FROM ticket") == (EVENING,)
    assert taken(store, _dated(), digest="later").unchanged == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_date_of_another_day_is_news(store: Store, days: int) -> None:
    taken(store, _exact())
    other = replace(_dated(), received_at=MIDNIGHT + timedelta(days=days))
    result = taken(store, other)
    assert result.unchanged == 0
