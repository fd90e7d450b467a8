"""特殊时期: what is not urgent stands still, rescue never, and every due follows from the rule."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from typing import Any

import pytest

from models.campaigns.emergencies import (
    Reached,
    begin_emergency,
    correct_emergency,
    emergency_list,
    end_emergency,
)
from models.casework import take
from models.clocks.sweeping import sweep
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.errors import DubanError, Refused
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.campaigns.reckoning import wrong_dues
from tests.models.casework.test_walks import Hand
from tests.models.casework.walking import SAID
from tests.models.clocks.derived import wrong_co_units

HONGSHAN, WUCHANG = "420111", "420106"

SEEDS = [int(seed) for seed in os.environ.get("DUBAN_EVENTS", "4").split()]

STEPS = 45

DUE = "SELECT due_at, paused_at FROM deadline WHERE ticket_id = :t AND step = 'close'"


def begun(store: Store, since: str, kind: str = "暴雨", **more: Any) -> Reached:
    """Begin an event by a document of the command."""
    said: dict[str, Any] = {
        "number": "武防指〔2026〕3号",
        "day": date(2026, 11, 16),
        "title": "启动应急响应",
    }
    return begin_emergency(store, kind, since=wuhan(since), **said, **more)


def ended(store: Store, until: str, id: int = 1) -> Reached:
    """End it by another."""
    said: dict[str, Any] = {
        "number": "武防指〔2026〕9号",
        "day": date(2026, 11, 17),
        "title": "终止应急响应",
    }
    return end_emergency(store, id, until=wuhan(until), **said)


def sound(store: Store) -> bool:
    """Return whether trail and seals stand, and every due is as the rule says."""
    assert wrong_dues(store) == []
    with store.reading() as reader:
        return verify_trail(reader).ok


def dispatched(name: str, at: str, **changes: Any) -> Any:
    """Return an appeal handed to its unit at ``at``."""
    return appeal(name, unit=UNIT, received_at=wuhan(at), dispatched_at=wuhan(at), **changes)


def test_a_limit_is_due_later_by_the_time_the_event_held_it(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-17 18:00")
    taken(
        store,
        dispatched("A", "2026-11-16 10:00"),
        dispatched("B", "2026-11-16 10:00", urgency="特急"),
    )
    rescue = one(store, DUE, t=2)
    assert one(store, DUE, t=1) == (wuhan("2026-11-23 17:30"), None)
    assert begun(store, "2026-11-17 09:00").tickets == 1
    assert one(store, DUE, t=1) == (wuhan("2026-11-23 17:30"), wuhan("2026-11-17 09:00"))
    clock.travel_to("2026-11-19 18:00")
    assert ended(store, "2026-11-19 09:00").tickets == 1
    assert one(store, DUE, t=1) == (wuhan("2026-11-25 17:30"), None)
    assert one(store, DUE, t=2) == rescue
    verbs = column(store, "SELECT verb FROM event WHERE subject_kind = 'ticket' ORDER BY seq")
    assert verbs[-2:] == ["ticket.suspend", "ticket.unsuspend"]
    assert sound(store)


def test_what_was_late_when_it_began_stays_late(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-20 18:00")
    taken(store, dispatched("A", "2026-11-09 10:00"))
    late = one(store, DUE, t=1)
    assert begun(store, "2026-11-18 09:00").tickets == 0
    clock.travel_to("2026-11-23 18:00")
    ended(store, "2026-11-23 09:00")
    assert one(store, DUE, t=1) == late
    assert sound(store)


def test_an_appeal_that_comes_in_meanwhile_stands_still_from_its_dispatch(
    store: Store, clock: Clock
) -> None:
    clock.travel_to("2026-11-16 18:00")
    begun(store, "2026-11-16 12:00")
    clock.travel_to("2026-11-17 18:00")
    taken(
        store,
        dispatched("A", "2026-11-17 10:00"),
        dispatched("B", "2026-11-17 10:00", urgency="特急"),
        appeal("C", received_at=wuhan("2026-11-17 10:00")),
    )
    take(store, "dispatch", [3], unit_id=unit_id(store, UNIT), at=wuhan("2026-11-17 15:00"))
    assert [one(store, DUE, t=t)[1] for t in (1, 2, 3)] == [
        wuhan("2026-11-17 10:00"),
        None,
        wuhan("2026-11-17 15:00"),
    ]
    assert column(store, "SELECT ticket_id FROM emergency_ticket ORDER BY 1") == [1, 3]
    clock.travel_to("2026-11-19 18:00")
    ended(store, "2026-11-19 09:00")
    taken(store, dispatched("D", "2026-11-18 10:00"), digest="d" * 64)
    assert [one(store, DUE, t=t)[1] for t in (1, 3, 4)] == [None] * 3
    assert one(store, DUE, t=1)[0] == wuhan("2026-11-26 17:30")
    assert sound(store)


def test_a_unit_may_answer_meanwhile_and_is_in_time(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-17 18:00")
    taken(store, dispatched("A", "2026-11-16 10:00"))
    begun(store, "2026-11-17 09:00")
    with pytest.raises(Refused, match="不必申请"):
        take(store, "ask_extension", [1], limit_text="3wd", reason="来不及")
    clock.travel_to("2026-12-01 10:00")
    take(store, "reply", [1], text=SAID)
    take(store, "close", [1], outcome="已解决")
    stopped, due = one(store, "SELECT stopped_at, due_at FROM deadline WHERE step = 'close'")
    assert stopped == wuhan("2026-12-01 10:00") < due
    ended(store, "2026-11-30 09:00")
    assert one(store, DUE, t=1)[0] == wuhan("2026-12-04 17:30")
    assert sound(store)


def test_only_its_area_stands_still_and_urgency_ends_it(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-17 18:00")
    taken(
        store,
        dispatched("A", "2026-11-16 10:00", grid=HONGSHAN),
        dispatched("B", "2026-11-16 10:00", grid=WUCHANG),
    )
    assert begun(store, "2026-11-17 09:00", areas=(HONGSHAN,)).tickets == 1
    assert one(store, DUE, t=2)[1] is None
    clock.travel_to("2026-11-18 18:00")
    taken(
        store, dispatched("A", "2026-11-16 10:00", grid=HONGSHAN, urgency="特急"), digest="e" * 64
    )
    assert one(store, DUE, t=1)[1] is None


def test_a_corrected_end_counts_every_limit_again(store: Store, clock: Clock) -> None:
    clock.travel_to("2026-11-16 18:00")
    begun(store, "2026-11-16 12:00")
    taken(store, dispatched("A", "2026-11-16 14:00"))
    clock.travel_to("2026-11-19 18:00")
    ended(store, "2026-11-17 09:00")
    taken(store, dispatched("B", "2026-11-18 10:00"))
    first = one(store, DUE, t=1)[0], one(store, DUE, t=2)[0]
    said: dict[str, Any] = {"number": "武防指〔2026〕10号", "day": date(2026, 11, 19)}
    said["title"] = "更正终止时间"
    correct_emergency(store, 1, until=wuhan("2026-11-19 09:00"), **said)
    assert one(store, DUE, t=1)[0] > first[0] and one(store, DUE, t=2)[0] > first[1]
    assert sound(store)
    correct_emergency(store, 1, until=wuhan("2026-11-17 09:00"), **said)
    assert (one(store, DUE, t=1)[0], one(store, DUE, t=2)[0]) == first
    assert sound(store)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"number": ""}, "文号"),
        ({"number": "口头"}, "不像文号"),
        ({"day": date(2026, 12, 1)}, "文件日期在将来"),
        ({"since": wuhan("2026-12-01 09:00")}, "开始时间在将来"),
        ({"areas": ("999999",)}, "没有叫"),
        ({"steps": ("dispatch",)}, "不能暂停"),
        ({"kind": "刮风"}, "没有“刮风”"),
    ],
)
def test_only_a_document_of_the_command_begins_one(
    sqlite_store: Store, changes: dict[str, Any], told: str
) -> None:
    said: dict[str, Any] = {"kind": "暴雨", "number": "武防指〔2026〕3号", "title": "启动应急响应"}
    said |= {"day": date(2026, 11, 19), "since": wuhan("2026-11-19 09:00"), **changes}
    with pytest.raises(DubanError, match=told):
        begin_emergency(sqlite_store, said.pop("kind"), **said)
    with sqlite_store.reading() as reader:
        assert emergency_list(reader) == []


WALK_HOURS = (0, 1, 5, 20, 50)


@pytest.mark.parametrize("seed", SEEDS)
def test_through_any_acts_and_events_nobody_is_due_otherwise_than_the_rule_says(
    store: Store, clock: Clock, seed: int
) -> None:
    clock.travel_to("2026-11-02 09:00")
    dice, day = random.Random(seed), date(2026, 11, 1)
    places = (HONGSHAN, WUCHANG, None)
    taken(
        store,
        *(
            appeal(
                f"A{n}",
                received_at=wuhan("2026-11-02 09:00"),
                urgency=("一般", "紧急", "特急")[n % 3],
                grid=places[n // 3],
            )
            for n in range(5)
        ),
    )
    hand = Hand(store)
    for n in range(STEPS):
        back = timedelta(hours=dice.choice((0, 2, 30)))
        paper: dict[str, Any] = {"number": f"武防指〔2026〕{n}号", "day": day, "title": "响应"}
        events = column(store, "SELECT id FROM emergency ORDER BY to_at IS NOT NULL, id")
        try:
            match dice.randint(0, 8):
                case 0:
                    kind, area = dice.choice(("暴雨", "台风")), dice.choice([(), (HONGSHAN,)])
                    begin_emergency(store, kind, since=clock() - back, areas=area, **paper)
                case 1 if events:
                    end_emergency(store, events[0], until=clock() - back, **paper)
                case 2 if events:
                    correct_emergency(store, dice.choice(events), until=clock() - back, **paper)
                case 3:
                    taken(store, appeal(f"B{n}", unit=UNIT, received_at=clock() - back))
                case _:
                    ticket = dice.choice(column(store, "SELECT id FROM ticket ORDER BY id"))
                    offered = [one for one in hand.offered(ticket) if one != "close" or n % 5 == 0]
                    hand.take(ticket, dice.choice(offered), n)
        except Refused:
            pass
        assert wrong_dues(store) == [], n
        assert wrong_co_units(store) == [], n
        clock.travel(hours=dice.choice(WALK_HOURS))
        if n % 7 == 0:
            sweep(store)
    assert sound(store)
    told = column(store, "SELECT verb FROM event")
    assert {"ticket.suspend", "ticket.unsuspend", "emergency.correct"} <= set(told)
