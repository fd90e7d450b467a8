"""协办: a co-unit's clock is the same whichever way the unit came to help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models import casework
from models.clocks.calendars import load_calendar
from models.clocks.derivations import ticket_derivations
from models.clocks.sweeping import sweep
from models.store.store import Store
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER, THIRD, leading_is_right
from tests.models.cells import rows_of
from tests.models.clocks.holidays import with_2027

ASSIST = "SELECT due_at FROM deadline WHERE step = 'assist' AND stopped_at IS NULL ORDER BY id"

GIVEN: dict[str, Any] = {"unit": UNIT, "dispatched_at": wuhan("2026-11-19 10:00")}


def shape(store: Store, ticket: int) -> list[tuple[Any, ...]]:
    """Return all clocks of a ticket without their place in the store."""
    with store.reading() as reader:
        return rows_of(
            reader,
            "SELECT step, unit_id, limit_text, started_at, blue_at, yellow_at, red_at, due_at, "
            "original_due_at, stopped_at, next_at, leads, pressing, provisional, source_fixed, "
            "worst_colour FROM deadline WHERE ticket_id = :t ORDER BY step, unit_id",
            t=ticket,
        )


def test_co_units_of_a_file_have_the_clocks_that_the_verb_gives_them(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-19 10:00")
    for urgency in ("一般", "特急"):
        taken(
            store,
            appeal(f"F{urgency}", **GIVEN, co_units=(OTHER, THIRD), urgency=urgency),
            replace(appeal(f"V{urgency}", urgency=urgency), line=3),
        )
        last = int(column(store, "SELECT max(id) FROM ticket")[0])
        helping = [unit_id(store, OTHER), unit_id(store, THIRD)]
        casework.take(store, "dispatch", [last], unit_id=unit_id(store, UNIT), co_units=helping)
        assert shape(store, last - 1) == shape(store, last)
        assert [row[0] for row in shape(store, last)].count("assist") == 2
    assert leading_is_right(store)


def test_an_answered_appeal_awaits_its_co_units_and_a_closed_one_does_not(store: Store) -> None:
    answered = appeal("A1", **GIVEN, co_units=(OTHER,), replied_at=wuhan("2026-11-20 09:00"))
    closed = replace(
        answered, external_id="A2", content="另一处", line=3, closed_at=wuhan("2026-11-20 10:00")
    )
    taken(store, answered, closed)
    assert column(store, "SELECT ticket_id FROM deadline WHERE step = 'assist'") == [1]
    assert leading_is_right(store)


def test_a_co_unit_named_by_a_later_file_has_its_clock_from_then(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-19 10:00")
    taken(store, appeal(**GIVEN))
    clock.travel_to("2026-11-20 09:00")
    assert taken(store, appeal(**GIVEN, co_units=(OTHER,))).updated == 1
    assert one(store, "SELECT started_at, unit_id FROM deadline WHERE step = 'assist'") == (
        clock.now,
        unit_id(store, OTHER),
    )
    before = shape(store, 1)
    assert taken(store, appeal(**GIVEN, co_units=(OTHER,))).unchanged == 1
    assert shape(store, 1) == before


def test_a_co_unit_named_before_the_dispatch_has_its_clock_with_it(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal())
    taken(store, appeal(co_units=(OTHER,)))
    assert column(store, ASSIST) == []
    clock.travel_to("2026-11-20 16:00")
    casework.take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))
    assert column(store, "SELECT started_at FROM deadline WHERE step = 'assist'") == [clock.now]


def test_the_clock_of_a_co_unit_ends_before_the_date_its_source_fixed_and_its_receipt_says_so(
    store: Store,
) -> None:
    taken(store, appeal(**GIVEN, co_units=(OTHER,), due_at=wuhan("2026-11-27 17:30")))
    assert column(store, ASSIST) == [wuhan("2026-11-26 17:30")]
    with store.reading() as reader:
        told = ticket_derivations(reader, store.timekeeper, 1)
    assert "assist" in {each.derived.clock.step for each in told}
    assert all(each.agrees for each in told)


def test_a_new_calendar_moves_imported_clocks_of_co_units(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-12-29 10:00")
    taken(
        store, appeal(unit=UNIT, dispatched_at=clock.now, received_at=clock.now, co_units=(OTHER,))
    )
    assert column(store, ASSIST) == [wuhan("2027-01-05 17:30")]
    load_calendar(store, with_2027(store, "2027-01-01", "2027-01-04"), "国办放假通知")
    assert column(store, ASSIST) == [wuhan("2027-01-06 17:30")]
    assert leading_is_right(store)


def test_imported_clocks_of_co_units_are_swept_answered_and_gone(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-19 11:00")
    taken(store, appeal(**GIVEN, co_units=(OTHER,)))
    clock.travel_to("2026-11-26 09:00")
    sweep(store)
    crossed = """SELECT level FROM crossing c JOIN deadline d ON d.id = c.deadline_id
                 WHERE d.step = 'assist' ORDER BY c.at"""
    assert column(store, crossed) == ["yellow", "red1"]
    casework.take(
        store,
        "assist",
        [1],
        unit_id=unit_id(store, OTHER),
        text="已派员配合疏导交通，现场秩序已恢复",
    )
    assert column(store, ASSIST) == []
    assert leading_is_right(store)
