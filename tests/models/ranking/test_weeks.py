"""One unit's weeks are what the ranking counts of it, and cost what the unit has done."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.ranking.places import unit_places, week_places
from models.ranking.publishing import publish_edition
from models.ranking.tallies import tallies_of
from models.ranking.weeks import DUE, RATINGS, SOURCES, UnitPeriod, unit_periods, unit_weeks
from models.store.store import Store
from rules.ranking.periods import parse_period
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.models.cells import rows_of
from tests.models.ranking.past import UNIT, settle, verify
from tests.models.rounds import put_round
from tests.models.statements import statements

COUNTS = (
    "due",
    *DUE,
    *(
        f"{kind}_{word}"
        for kind in ("result", "work", "verified", "verified_work")
        for word in RATINGS.values()
    ),
    "excluded",
    "rerated",
    *SOURCES.values(),
    "by_operator",
)


def _counts(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in COUNTS}


def _weeks(store: Store, count: int = 8) -> list[UnitPeriod]:
    with store.reading() as reader:
        return unit_weeks(reader, store, UNIT, count)


def test_every_week_is_counted_as_the_ranking_counts_it_and_so_is_a_month(store: Store) -> None:
    settle(store)
    verify(store)
    month = parse_period("2026-10", store.timekeeper().zone)
    weeks = [week.period for week in _weeks(store, 12)]
    with store.reading() as reader:
        for periods, unrated in ((weeks, "exclude"), (weeks, "5d"), ([month], "exclude")):
            counted = unit_periods(reader, UNIT, periods, unrated, NOW)
            for one_period in counted:
                told = tallies_of(reader, one_period.period, unrated, NOW).get(UNIT, Tally())
                assert _counts(one_period.tally) == _counts(told), one_period.period.key
                assert len(one_period.behind(*DUE)) == told.due
                assert len(one_period.behind("result_unsatisfied")) == told.unsatisfied
            assert sum(one_period.tally.due for one_period in counted) > 10
            assert sum(one_period.tally.rated for one_period in counted) > 4


def test_a_published_week_stays_as_it_was_published(store: Store) -> None:
    settle(store, 30)
    week = parse_period("2026-W46", store.timekeeper().zone)
    view = publish_edition(store, week)
    then = next(row.tally for row in view.rows if row.unit_id == UNIT)
    put_round(
        store,
        "LATER",
        UNIT,
        received_at=week.from_at - timedelta(days=2),
        due_at=week.from_at + timedelta(days=1),
        closed_at=week.from_at,
        rating="不满意",
        rated_at=week.from_at + timedelta(hours=1),
    )
    last = _weeks(store)[-1]
    assert last.published and last.tally == then
    assert len(last.behind(*DUE)) == then.due + 1


def test_however_many_weeks_take_five_reads(sqlite_store: Store) -> None:
    periods = [week.period for week in _weeks(sqlite_store, 12)]
    with statements(sqlite_store) as sent, sqlite_store.reading() as reader:
        unit_periods(reader, UNIT, periods, "exclude", NOW)
    assert len(sent) == 5, sent


def _rate(store: Store, unit_id: int, satisfied: int, month: int) -> None:
    day = datetime(2026, month, 6, 4, tzinfo=NOW.tzinfo)
    for n in range(10):
        put_round(
            store,
            f"{month}-{unit_id}-{n}",
            unit_id,
            received_at=day,
            closed_at=day,
            rating="满意" if n < satisfied else "不满意",
            rated_at=day,
        )


def test_places_are_those_of_published_and_newest_periods_with_runs_of_last_places(
    store: Store,
) -> None:
    central = [id for (id,) in _central(store)]
    for month, order in ((9, (9, 8, 7)), (10, (9, 8, 6))):
        for unit_id, satisfied in zip(central, order, strict=True):
            _rate(store, unit_id, satisfied, month)
    publish_edition(store, parse_period("2026-09", store.timekeeper().zone))
    last, middle = unit_places(store, central[2]), unit_places(store, central[1])
    assert [(one.period, one.standing.place, one.of) for one in last.months[-2:]] == [
        ("2026-09", 3, 3),
        ("2026-10", 3, 3),
    ]
    assert [one.last for one in last.months[-2:]] == [True, True]
    assert [one.provisional for one in last.months[-2:]] == [False, True]
    assert last.run is not None and len(last.run.months) == 2
    assert middle.run is None and middle.months[-1].standing.place == 2
    assert week_places(store)[central[0]].standing.place is None  # nobody was rated last week


def _central(store: Store) -> list[tuple[int]]:
    with store.reading() as reader:
        return rows_of(
            reader,
            "SELECT u.id FROM unit u JOIN unit_group g ON g.id = u.group_id "
            "WHERE g.name = '中心城区' ORDER BY u.id LIMIT 3",
        )
