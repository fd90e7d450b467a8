"""Casework: each verb checks, changes and records; the clocks and the leading one follow."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from models.casework import take
from models.casework.amending import correct
from models.matter import load_matter
from models.store.errors import LostRace, NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from models.store.work import Work
from rules.errors import Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, numbered, one, taken, unit_id, wuhan
from tests.models.cells import rows_of

OTHER = "武汉市公安局"

LEADING = "SELECT step FROM deadline WHERE leads"


def test_dispatch_starts_the_units_clocks_and_stops_the_centres(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit="某某办"))
    take(
        store,
        "dispatch",
        [1],
        unit_id=unit_id(store, UNIT),
        at=wuhan("2026-11-20 14:00"),
        reason="按职责",
    )
    assert one(store, "SELECT state, lead_unit_id FROM round") == (
        "dispatched",
        unit_id(store, UNIT),
    )
    assert one(store, "SELECT unit_text FROM ticket") == (None,)
    rows = column(store, "SELECT stopped_at FROM deadline WHERE step = 'dispatch'")
    assert rows == [wuhan("2026-11-20 14:00")]
    started = column(
        store,
        "SELECT DISTINCT started_at FROM deadline WHERE step <> 'dispatch' AND unit_id IS NOT NULL",
    )
    assert started == [wuhan("2026-11-20 14:00")]
    event = one(store, "SELECT at, recorded_at, reason FROM event WHERE verb = 'ticket.dispatch'")
    assert event == (wuhan("2026-11-20 14:00"), clock.now, "按职责")


def test_handed_on_the_close_clock_goes_along_and_the_new_unit_signs_afresh(
    store: Store, clock: Clock
) -> None:
    dispatched = wuhan("2026-11-19 09:30")
    taken(store, appeal(unit=UNIT, dispatched_at=dispatched))
    take(store, "acknowledge", [1])
    due = one(store, "SELECT due_at FROM deadline WHERE step = 'close'")
    take(store, "dispatch", [1], unit_id=unit_id(store, OTHER))
    assert one(store, "SELECT state, acknowledged_at FROM round") == ("dispatched", None)
    with store.reading() as reader:
        rows = rows_of(
            reader,
            "SELECT step, started_at FROM deadline WHERE unit_id = :u AND stopped_at IS NULL "
            "ORDER BY step",
            u=unit_id(store, OTHER),
        )
    assert rows == [("acknowledge", clock.now), ("close", dispatched), ("contact", clock.now)]
    assert one(store, "SELECT due_at FROM deadline WHERE step = 'close'") == due


def test_a_unit_cannot_be_handed_what_it_has(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    with pytest.raises(Refused, match="请选择另一个承办单位"):
        take(store, "dispatch", [1], unit_id=unit_id(store, UNIT))


def test_the_leading_clock_moves_on_with_every_act(store: Store) -> None:
    taken(store, appeal())
    seen = [column(store, LEADING)]
    take(store, "dispatch", [1], unit_id=unit_id(store, UNIT), at=wuhan("2026-11-19 10:00"))
    seen.append(column(store, LEADING))
    take(store, "acknowledge", [1], at=wuhan("2026-11-19 11:00"))
    seen.append(column(store, LEADING))
    take(store, "contact", [1], at=wuhan("2026-11-19 12:00"))
    seen.append(column(store, LEADING))
    take(store, "reply", [1], text="已修复", at=wuhan("2026-11-20 09:00"))
    seen.append(column(store, LEADING))
    take(store, "close", [1], outcome="已解决")
    seen.append(column(store, LEADING))
    assert seen == [["dispatch"], ["acknowledge"], ["contact"], ["close"], ["judge"], []]


def test_the_close_clock_stops_at_the_reply_once_the_centre_accepts_it(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    replied = wuhan("2026-11-20 09:00")
    take(store, "reply", [1], text="已修复", at=replied)
    stop = "SELECT stopped_at FROM deadline WHERE step = :step"
    assert column(store, stop, step="close") == [None]
    take(store, "close", [1], outcome="已解决")
    assert column(store, stop, step="close") == [replied]
    assert column(store, stop, step="judge") == [wuhan("2026-11-20 15:20")]
    assert one(store, "SELECT state FROM ticket") == ("closed",)


def test_contact_stops_at_the_reply_where_none_was_recorded(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    take(store, "reply", [1], text="已修复", at=wuhan("2026-11-20 09:00"))
    stop = "SELECT stopped_at FROM deadline WHERE step = :step"
    for step in ("acknowledge", "contact"):
        assert column(store, stop, step=step) == [wuhan("2026-11-20 09:00")]


def test_a_rating_stands_beside_the_one_before_and_the_last_one_counts(store: Store) -> None:
    taken(store, appeal(unit=UNIT, closed_at=wuhan("2026-11-20 09:00")))
    take(store, "rate", [1], result="不满意", work_rating="满意", at=wuhan("2026-11-20 10:00"))
    take(store, "rate", [1], result="满意", work_rating=None, at=wuhan("2026-11-20 11:00"))
    take(store, "rate", [1], result="基本满意", work_rating=None, at=wuhan("2026-11-20 10:30"))
    assert one(store, "SELECT result_rating, work_rating, rated_at FROM round") == (
        "满意",
        "满意",
        wuhan("2026-11-20 11:00"),
    )
    assert one(store, "SELECT count(*) FROM rating") == (3,)
    assert one(store, "SELECT count(*) FROM review") == (1,)


def test_a_step_out_of_turn_is_refused_and_says_what_can_be_done(store: Store) -> None:
    taken(store, appeal())
    with pytest.raises(Refused, match="交办"):
        take(store, "acknowledge", [1])


def test_an_act_cannot_come_before_the_one_it_follows(store: Store) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 10:00")))
    with pytest.raises(Refused, match="签收时间早于交办时间"):
        take(store, "acknowledge", [1], at=wuhan("2026-11-19 09:00"))


def test_of_many_the_refused_are_named_and_the_others_done(store: Store) -> None:
    taken(store, *numbered([appeal("A1", unit=UNIT), appeal("A2")]))
    done = take(store, "acknowledge", [1, 2])
    assert done.done == (1,)
    assert [number for number, _ in done.skipped] == ["WH20261119-00002"]


def test_who_saw_an_older_state_loses_and_nothing_is_written(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    (id, version) = one(store, "SELECT ticket_id, version FROM deadline WHERE leads")
    take(store, "acknowledge", [1], seen={id: version})
    events = one(store, "SELECT count(*) FROM event")
    with pytest.raises(LostRace):
        take(store, "contact", [1], seen={id: version + 7})
    assert one(store, "SELECT count(*) FROM event") == events


def test_of_two_who_act_on_one_ticket_at_once_exactly_one_wins(
    opener: Callable[[], Store],
) -> None:
    store = opener()
    taken(store, *numbered(appeal(f"A{i}", unit=UNIT) for i in range(6)))
    outcomes: list[str] = []

    def run() -> None:
        mine = opener()
        for id in range(1, 7):
            try:
                take(mine, "acknowledge", [id])
                outcomes.append("done")
            except (Refused, LostRace):
                outcomes.append("lost")

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done"] * 6 + ["lost"] * 6
    assert one(store, "SELECT count(*) FROM event WHERE verb = 'ticket.acknowledge'") == (6,)
    with store.reading() as reader:
        assert verify_trail(reader).ok


def test_who_holds_no_role_changes_nothing(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    with store.writing() as work:
        from sqlalchemy import text

        work.conn.execute(text("DELETE FROM role WHERE role = 'supervisor'"))
    with pytest.raises(NotAllowed):
        take(store, "acknowledge", [1])


def test_an_error_at_any_point_of_a_verb_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(store, appeal())
    unit = unit_id(store, UNIT)
    names = ("update", "insert", "event")
    state = "SELECT (SELECT count(*) FROM event), (SELECT max(version) FROM round), " + (
        "(SELECT sum(version) FROM deadline)"
    )
    before = one(store, state)
    left = 0

    def failing(name: str) -> Callable[..., object]:
        real = getattr(Work, name)

        def act(self: Work, *args: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise RuntimeError
            return real(self, *args, **named)

        return act

    for name in names:
        monkeypatch.setattr(Work, name, failing(name))
    for allowed in range(8):
        left = allowed
        with pytest.raises(RuntimeError):
            take(store, "dispatch", [1], unit_id=unit)
        assert one(store, state) == before
    monkeypatch.undo()
    take(store, "dispatch", [1], unit_id=unit)


def test_correcting_a_time_moves_the_clocks_with_it(store: Store, clock: Clock) -> None:
    taken(store, appeal(unit=UNIT, dispatched_at=wuhan("2026-11-19 09:00")))
    clock.travel(days=5)
    take(store, "acknowledge", [1])
    worst = "SELECT worst_colour FROM deadline WHERE step = 'acknowledge'"
    assert one(store, worst) == ("red",)
    with store.writing() as work:
        correct(work, load_matter(work, 1), acknowledged_at=wuhan("2026-11-19 09:20"))
    assert one(store, worst) == ("blue",)
    alive = "SELECT count(*) FROM crossing WHERE annulled_at IS NULL"
    assert one(store, alive) == (0,)


def test_whoever_saw_the_matter_before_another_act_is_told_whose_it_was(store: Store) -> None:
    taken(store, appeal(unit=UNIT))
    seen = dict([one(store, "SELECT ticket_id, version FROM deadline WHERE leads")])
    take(store, "contact", [1])
    with pytest.raises(LostRace, match="（首次联系）改动"):
        take(store, "acknowledge", [1], seen=seen)
    assert one(store, "SELECT state FROM round") == ("dispatched",)
