"""认领: units that come after the tickets that name them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.bureau.operators import add_operator
from models.bureau.roster import load_units
from models.bureau.units import UnitRecord
from models.casework.verbs import take
from models.clocks.sweeping import sweep
from models.intake.attaching import Attached, NamedUnit, attach_units, named_units
from models.ranking.tallies import tallies_of
from models.store.errors import NotAllowed
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.casework.appeal import Appeal
from rules.ranking.periods import Period
from rules.ranking.tally import Tally
from tests.conftest import NOW
from tests.models.appeals import COLUMNS, UNIT, appeal, column, numbered, one, taken, wuhan
from tests.models.cells import rows_of

LATER = (
    UnitRecord("Z1", "武汉市低空经济办公室", "市低空办", "市直部门", ("低空办",)),
    UnitRecord("Z2", "武汉市数据资产局", "市数资局", "市直部门"),
)

AUTUMN = Period("autumn", "month", wuhan("2026-08-01 00:00"), wuhan("2026-12-01 00:00"), "秋")


def load(store: Store) -> None:
    load_units(store, LATER, "机构改革")


def names(store: Store) -> list[NamedUnit]:
    with store.reading() as reader:
        return named_units(reader, store.now().date())


def verified(store: Store) -> bool:
    with store.reading() as reader:
        return verify_trail(reader).ok


def cases(chance: random.Random, silent: bool) -> list[Appeal]:
    """Return appeals in every stage, naming units to come, of a file that may be silent."""
    told = COLUMNS - {"acknowledged_at", "contacted_at"} if silent else COLUMNS
    return numbered(_case(chance, f"A{n}{silent:d}", told) for n in range(60))


def _case(chance: random.Random, id: str, told: frozenset[str]) -> Appeal:
    at = wuhan("2026-09-01 08:30") + timedelta(minutes=chance.randrange(80 * 1440))

    def later(odds: float) -> datetime | None:
        nonlocal at
        if chance.random() > odds:
            return None
        at += timedelta(minutes=chance.randrange(4 * 1440))
        return at if at < NOW else None

    received, dispatched, taken_at = at, later(0.6), later(0.5)
    replied = later(0.6)
    closed = later(0.7) if replied else later(0.1)
    rating = chance.choice(("满意", "不满意", None)) if closed else None
    accusing = chance.random() < 0.2
    unit = chance.choice(("市低空办", " 低空办", "武汉市数据资产局", "市数资局"))
    name = unit.strip()
    return appeal(
        id,
        nature=chance.choice(("投诉", "咨询", "举报")),
        urgency=chance.choice(("一般", "一般", "特急")),
        title=f"举报{name}工作人员收受红包" if accusing else "路灯不亮",
        received_at=received,
        dispatched_at=dispatched,
        acknowledged_at=taken_at if "acknowledged_at" in told else None,
        replied_at=replied,
        closed_at=closed,
        outcome="已解决" if closed else None,
        result_rating=rating,
        rated_at=closed if rating else None,
        due_at=received + timedelta(days=9) if chance.random() < 0.1 else None,
        unit=unit,
        co_units=chance.choice(((), (), (UNIT,), ("Z2", UNIT), ("市低空办",))),
        fields=told,
    )


ROUNDS = """
SELECT t.external_id, t.unit_text, t.state, t.worst_colour, r.lead_unit_id, r.dispatched_at,
       r.dispatch_assumed, r.state, r.acknowledged_at, r.replied_at, r.closed_at
FROM ticket t JOIN round r ON r.ticket_id = t.id WHERE t.source = :whose ORDER BY 1
"""

CLOCKS = """
SELECT t.external_id, d.subject_kind, d.step, d.unit_id, d.limit_text, d.started_at, d.blue_at,
       d.yellow_at, d.red_at, d.due_at, d.original_due_at, d.stopped_at, d.next_at, d.leads,
       d.revision, d.pressing, d.provisional, d.source_fixed, d.worst_colour, d.grid, d.channel,
       d.urgency, (SELECT count(*) FROM crossing c WHERE c.deadline_id = d.id) AS crossed
FROM deadline d JOIN ticket t ON t.id = d.ticket_id WHERE t.source = :whose
ORDER BY 1, 2, 3, 4
"""

BESIDE = """
SELECT t.external_id, 'helps', x.unit_id FROM round_unit x JOIN round r ON r.id = x.round_id
JOIN ticket t ON t.id = r.ticket_id WHERE t.source = :whose
UNION ALL SELECT t.external_id, 'accused', a.unit_id FROM accused a
JOIN ticket t ON t.id = a.ticket_id WHERE t.source = :whose ORDER BY 1, 2, 3
"""


def stands(store: Store, source: str) -> list[list[tuple[Any, ...]]]:
    """Return how the tickets of a source stand: rounds, clocks, helpers and accused."""
    with store.reading() as reader:
        return [rows_of(reader, sql, whose=source) for sql in (ROUNDS, CLOCKS, BESIDE)]


def tallies(store: Store) -> dict[int, Tally]:
    with store.reading() as reader:
        return tallies_of(reader, AUTUMN)


def doubled(tally: Tally) -> Tally:
    return Tally(**{name: 2 * count for name, count in asdict(tally).items()})


@pytest.mark.parametrize("seed", [1])
def test_units_that_come_later_leave_everything_as_if_they_had_come_first(
    store: Store, seed: int
) -> None:
    files = [cases(random.Random(seed), silent) for silent in (False, True)]
    for file in files:
        taken(store, *file, source="before")
    sweep(store)
    load(store)
    done = attach_units(store)
    alone = tallies(store)
    for file in files:
        taken(store, *file, source="after")
    sweep(store)
    for before, after in zip(stands(store, "before"), stands(store, "after"), strict=True):
        assert before == after
    assert {unit: doubled(tally) for unit, tally in alone.items()} == tallies(store)
    assert done.open and done.closed and done.withheld
    assert done.open + done.closed + done.withheld == 120
    assert not names(store) and verified(store)


def test_each_attached_ticket_has_one_event_and_nothing_is_done_twice(store: Store) -> None:
    taken(store, *numbered(_named(("低空办", "某某办"))))
    load(store)
    assert attach_units(store) == Attached(open=1, closed=1)
    assert attach_units(store) == Attached()
    events = column(store, "SELECT reason FROM event WHERE verb = 'ticket.dispatch'")
    assert events == ["名录里已有来源所写的“低空办”"] * 2
    assert taken(store, *numbered(_named(("低空办", "某某办"))), digest="again").unchanged == 4


def _named(units: Sequence[str]) -> list[Appeal]:
    """Return for each name an open appeal and a closed one."""
    closed = {"closed_at": wuhan("2026-11-19 11:00"), "outcome": "已解决"}
    return [
        appeal(f"{unit}{bool(more):d}", unit=unit, **more)
        for unit in units
        for more in ({}, closed)
    ]


def test_the_names_waited_for_are_told_with_whom_they_mean_or_nearly_mean(store: Store) -> None:
    taken(store, *numbered(_named(("低空办", "市水务局（水质科）", "qqq"))))
    assert [one.unit for one in names(store)] == [None] * 3
    load(store)
    known, *unknown = names(store)
    assert known == NamedUnit("低空办", "市低空办", 1, 1)
    assert {one.name: one.near[:1] for one in unknown} == {
        "市水务局（水质科）": ("市水务局",),
        "qqq": (),
    }


def test_what_a_person_has_handed_on_meanwhile_stays_with_that_unit(store: Store) -> None:
    taken(store, appeal(unit="低空办"))
    water = one(store, "SELECT id FROM unit WHERE name = :name", name=UNIT)[0]
    take(store, "dispatch", [1], unit_id=water)
    load(store)
    assert attach_units(store) == Attached()
    assert one(store, "SELECT lead_unit_id FROM round") == (water,)


def test_a_step_that_an_old_file_may_not_have_told_of_is_not_held_against_its_unit(
    sqlite_store: Store,
) -> None:
    told = appeal(
        unit="低空办", received_at=wuhan("2026-11-02 09:00"), closed_at=wuhan("2026-11-19 09:00")
    )
    taken(sqlite_store, told)
    with sqlite_store.writing() as work:
        work.conn.exec_driver_sql("UPDATE import_batch SET silent = NULL")
    load(sqlite_store)
    attach_units(sqlite_store)
    assert column(sqlite_store, "SELECT step FROM deadline") == ["close"]


def test_only_who_may_dispatch_attaches(sqlite_store: Store) -> None:
    taken(sqlite_store, appeal(unit="低空办"))
    load(sqlite_store)
    add_operator(sqlite_store, "liu", roles=["auditor"])
    sqlite_store.login = "liu"
    with pytest.raises(NotAllowed, match="督办"):
        attach_units(sqlite_store)
    assert [one.tickets for one in names(sqlite_store)] == [1]
