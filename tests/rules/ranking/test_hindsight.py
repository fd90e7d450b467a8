"""How a clock was kept by another due instant, and the places that follow from it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.ranking.hindsight import Ended, counted, fate, is_late, past_due, units_then
from rules.ranking.periods import parse_period
from rules.ranking.tally import Tally
from tests.rules.ranking.standings import month, unit

OCTOBER = parse_period("2026-10", ZoneInfo("Asia/Shanghai"))


def on(day: int, month: int = 10) -> datetime:
    """Return 12:00 in Wuhan of a day."""
    return datetime(2026, month, day, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "original", "stopped", "ended", "told"),
    [
        (on(20), on(20), on(20), on(21), "on_time"),
        (on(20), on(10), on(20), on(21), "after_extension"),
        (on(20), on(20), on(21), on(22), "late"),
        (on(20), on(20), on(19), on(1, 11), "open"),
        (on(20), on(20), None, None, "open"),
        (on(30, 9), on(30, 9), None, None, "carried"),
        (on(30, 9), on(30, 9), on(2), on(3), None),
        (on(1, 11), on(1, 11), on(2), on(3), None),
    ],
)
def test_a_clock_is_counted_as_the_ranking_counts_it(
    due: datetime,
    original: datetime,
    stopped: datetime | None,
    ended: datetime | None,
    told: str | None,
) -> None:
    found = fate(OCTOBER, Ended("close", 1, stopped, ended), due, original)
    assert found == told
    tally = counted("close", found)
    assert tally == Tally() if told is None else getattr(tally, told) == 1
    assert tally.due == (is_late(found) is not None)
    assert past_due(tally) == (is_late(found) is True)
    kept = counted("acknowledge", found)
    assert kept.acknowledge_due == tally.due and kept.due == 0
    assert kept.acknowledged_on_time == (is_late(found) is False)


def test_places_by_what_was_kept_stand_within_a_table_and_are_shared() -> None:
    was = month(
        unit(1, 9, 10, due=4, on_time=4),
        unit(2, 8, 10, due=4, on_time=3),
        unit(3, 7, 10, due=8, on_time=6),
        unit(4, 6, 10),
        unit(5, 6, 10, "功能区", due=2),
        unit(6, 5, 10, "功能区", due=2, on_time=1),
    )
    would = month(
        unit(1, 9, 10, due=4, on_time=2),
        unit(2, 8, 10, due=4, on_time=3),
        unit(3, 7, 10, due=8, on_time=6),
        unit(4, 6, 10),
        unit(5, 6, 10, "功能区", due=2),
        unit(6, 5, 10, "功能区", due=2, on_time=1),
    )
    then = {u.was.unit_id: u for u in units_then(was, would, grouped=(True, True))}
    places = {id: (u.on_time_place, u.on_time_place_then) for id, u in then.items()}
    assert places == {
        1: (1, 3),
        2: (2, 1),
        3: (2, 1),
        4: (None, None),
        5: (None,) * 2,
        6: (None,) * 2,
    }
    assert [u.changed for u in then.values()] == [True, True, True, False, False, False]
    assert (then[1].late, then[1].late_then) == (0, 2)
    together = units_then(was, would, grouped=(True, False))
    assert {u.was.unit_id: u.on_time_place_then for u in together}[5] == 5
