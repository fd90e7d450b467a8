"""The sweep writes down what was crossed: once, at the threshold's instant, whoever sweeps when."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from models.casework import take
from models.clocks.sweeping import SweepResult, held_until, sweep
from models.store.store import Store
from models.store.verifying import verify_trail
from models.tables.bookkeeping import Lease
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, wuhan

CROSSED = "SELECT d.step || ' ' || c.level FROM crossing c JOIN deadline d ON d.id = c.deadline_id "


def test_a_threshold_is_recorded_at_its_own_instant_with_when_that_was_done(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal())
    assert sweep(store).crossed == {"yellow": 1, "red1": 1, "red2": 1}
    assert column(store, "SELECT at FROM crossing ORDER BY at") == [
        wuhan("2026-11-19 13:30"),
        wuhan("2026-11-19 14:30"),
        wuhan("2026-11-20 10:00"),
    ]
    assert column(store, "SELECT DISTINCT recorded_at FROM crossing") == [clock.now]
    assert one(store, "SELECT worst_colour FROM ticket") == ("red",)


def test_at_the_due_second_nothing_is_swept_as_red(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-19 13:00")
    taken(store, appeal())
    clock.travel_to("2026-11-19 14:30")
    assert sweep(store).crossed == {"yellow": 1}
    assert sweep(store).total == 0
    clock.travel(seconds=1)
    assert sweep(store).crossed == {"red1": 1}
    assert column(store, "SELECT at FROM crossing WHERE level = 'red1'") == [
        wuhan("2026-11-19 14:30")
    ]


def test_sweeping_again_records_nothing_twice(store: Store) -> None:
    taken(store, appeal())
    sweep(store)
    events = one(store, "SELECT count(*) FROM event")
    assert sweep(store).total == 0
    assert one(store, "SELECT count(*) FROM event") == events


def test_a_week_without_a_sweep_loses_no_level(store: Store, clock: Clock) -> None:
    taken(
        store,
        appeal(
            unit=UNIT,
            acknowledged_at=wuhan("2026-11-19 10:00"),
            contacted_at=wuhan("2026-11-19 10:00"),
        ),
    )
    assert sweep(store).total == 0
    clock.travel(days=21)
    sweep(store)
    assert column(store, CROSSED + "ORDER BY c.at") == [
        "close yellow",
        "close red1",
        "close red2",
        "close red3",
    ]
    assert one(store, "SELECT next_at FROM deadline WHERE step = 'close'") == (None,)
    assert one(store, "SELECT worst_colour FROM deadline WHERE step = 'close'") == ("red",)


def test_what_a_clock_crossed_before_it_stopped_is_recorded_without_any_sweep(
    store: Store, clock: Clock
) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")))
    clock.travel_to("2026-11-20 17:40")
    take(store, "acknowledge", column(store, "SELECT id FROM ticket"))
    found = column(store, CROSSED + "WHERE d.step = 'acknowledge' ORDER BY c.at")
    assert found == ["acknowledge yellow", "acknowledge red1"]
    sweep(store)
    assert column(store, CROSSED + "WHERE d.step = 'acknowledge' ORDER BY c.at") == found


def test_an_act_recorded_late_annuls_the_crossing_it_disproves(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")))
    clock.travel_to("2026-11-20 18:00")
    sweep(store)
    ids = column(store, "SELECT id FROM ticket")
    take(store, "contact", ids, at=wuhan("2026-11-19 16:00"))
    alive = CROSSED + "WHERE annulled_at IS NULL AND d.step = 'contact'"
    assert column(store, alive) == []
    assert column(store, "SELECT verb FROM event WHERE verb = 'crossing.annul'")
    assert one(store, "SELECT worst_colour FROM deadline WHERE step = 'contact'") == ("blue",)


def test_what_is_done_at_the_very_second_of_its_date_crossed_nothing(
    store: Store, clock: Clock
) -> None:
    taken(
        store,
        appeal(
            unit=UNIT,
            acknowledged_at=wuhan("2026-11-19 10:00"),
            contacted_at=wuhan("2026-11-19 10:00"),
        ),
    )
    (due,) = one(store, "SELECT due_at FROM deadline WHERE step = 'close'")
    clock.travel_to(due)
    sweep(store)
    take(store, "close", column(store, "SELECT id FROM ticket"), outcome="已解决")
    assert column(store, CROSSED + "WHERE annulled_at IS NULL") == ["close yellow"]


def test_a_stopped_matter_is_not_swept(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, closed_at=wuhan("2026-11-19 11:00")))
    clock.travel(days=30)
    assert sweep(store).total == 0


def test_two_sweeps_at_once_record_each_crossing_once(opener: Callable[[], Store]) -> None:
    store = opener()
    taken(store, *numbered(appeal(f"A{i}") for i in range(40)))
    results: list[SweepResult] = []

    def run() -> None:
        results.append(sweep(opener(), chunk=7))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one(store, "SELECT count(*) FROM crossing") == (120,)
    assert sum(result.total for result in results) == 120
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_a_lease_keeps_others_out_until_it_ends(store: Store, clock: Clock) -> None:
    taken(store, appeal())
    with store.writing() as work:
        work.insert(Lease, name="sweep", holder="别人", until=clock.now + timedelta(minutes=5))
    assert sweep(store).busy
    assert held_until(store) == clock.now + timedelta(minutes=5)
    clock.travel(minutes=6)
    assert not sweep(store).busy
    assert held_until(store) is None
