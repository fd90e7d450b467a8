"""Every count of a tally has its rows: as many as it says, and the right ones, on both engines."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from models.ranking.editions import compute_edition
from models.ranking.frozen import edition_of
from models.ranking.publishing import publish_edition
from models.ranking.tallies import tallies_of, tickets_behind
from models.store.store import Store
from rules.ranking.periods import Period, parse_period
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.models.ranking.everything import Everything
from tests.models.ranking.past import OTHER, UNIT, complicate, merge, settle, verify
from tests.models.rounds import put_round

COUNTS = tuple(field.name for field in fields(Tally))


def test_every_count_has_as_many_rows_as_it_says_and_the_right_ones(store: Store) -> None:
    settle(store)
    complicate(store)
    verify(store)
    merge(store)
    everything = Everything.of(store)
    zone = store.timekeeper().zone
    week, month = parse_period("2026-W46", zone), parse_period("2026-10", zone)
    met = set[str]()
    for period, unrated, known in (
        (week, "exclude", None),
        (month, "exclude", NOW),
        (month, "10d", NOW),
    ):
        silence = None if unrated == "exclude" else int(unrated[:-1])
        counted = sorted(everything.counted(period, silence, known or period.to_at))
        with store.reading() as reader:
            tallies = tallies_of(reader, period, unrated, known)
            for unit in (UNIT, OTHER):
                for name in COUNTS:
                    found = tickets_behind(reader, period, (name,), (unit,), unrated, known)
                    assert len(found) == getattr(tallies[unit], name), (period.key, name)
                    assert sorted(found) == [
                        ticket for of, count, ticket in counted if (of, count) == (unit, name)
                    ], (period.key, name)
                    met.update({name} if found else ())
            both = tickets_behind(reader, period, COUNTS, (UNIT, OTHER), unrated, known)
            assert sorted(both) == sorted(ticket for _, _, ticket in counted)
    assert met == set(COUNTS)


def test_rows_of_a_published_edition_are_those_of_its_end_by_the_policy_it_was_made_by(
    store: Store,
) -> None:
    settle(store, 30)
    complicate(store)
    week = parse_period("2026-W46", store.timekeeper().zone)
    frozen = publish_edition(store, week)
    assert frozen.unrated == compute_edition(store, week).unrated == "exclude"
    own = next(row.tally for row in frozen.rows if row.unit_id == UNIT)
    assert _unsatisfied(store, week, frozen.unrated) == own.unsatisfied
    put_round(
        store,
        "LATER",
        UNIT,
        received_at=week.from_at,
        closed_at=week.from_at,
        rating="不满意",
        rated_at=week.from_at + timedelta(hours=1),
    )
    assert _unsatisfied(store, week, frozen.unrated) == own.unsatisfied + 1
    assert edition_of(store, week).rows == frozen.rows


def _unsatisfied(store: Store, period: Period, unrated: str) -> int:
    with store.reading() as reader:
        return len(tickets_behind(reader, period, ("result_unsatisfied",), (UNIT,), unrated))


@pytest.mark.parametrize("units", [(), (99,)])
def test_of_no_unit_and_of_one_without_anything_there_are_none(
    store: Store, units: tuple[int, ...]
) -> None:
    put_round(store, "T1", UNIT, received_at=NOW - timedelta(days=20))
    month = parse_period("2026-11", store.timekeeper().zone)
    with store.reading() as reader:
        assert tickets_behind(reader, month, ("due", "open"), units) == []
        assert tickets_behind(reader, month, ("due", "open"), (UNIT,))
