"""What units have in hand, counted again from the rows themselves, on both engines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.store.store import Store
from models.views.queue import QueueMoment, queue_moment, queue_window
from models.views.workload import (
    KINDS,
    coming_reds,
    load_ids,
    matter_ids,
    step_loads,
    unit_loads,
)
from tests.console.town import settle_town
from tests.models.cells import rows_of
from tests.models.statements import statements

PAUSE = "UPDATE deadline SET paused_at = started_at WHERE leads AND id / 9 * 9 = id"

STOP = "UPDATE deadline SET stopped_at = started_at, leads = false WHERE ticket_id = 3"


@dataclass(frozen=True)
class Clock:
    """A leading clock as the table has it."""

    id: int
    unit_id: int | None
    step: str
    blue_at: datetime
    yellow_at: datetime
    red_at: datetime
    due_at: datetime
    paused: bool

    def kinds(self, moment: QueueMoment) -> set[str]:
        """Return under which of ``KINDS`` it is counted, told once more."""
        if self.paused:
            return {"paused"}
        red = self.red_at <= moment.now
        yellow = self.yellow_at <= moment.now and not red
        blue = self.blue_at <= moment.now and not red and not yellow
        coming = not red and self.red_at <= moment.next_workday_end
        found = {"red": red, "yellow": yellow, "blue": blue, "next": coming}
        return {kind for kind, it_is in found.items() if it_is} | (
            {"late"} if self.due_at < moment.now else set()
        )


def _clocks(store: Store) -> list[Clock]:
    with store.reading() as reader:
        rows = rows_of(
            reader,
            "SELECT id, unit_id, step, blue_at, yellow_at, red_at, due_at, paused_at IS NOT NULL "
            "FROM deadline WHERE leads AND stopped_at IS NULL ORDER BY red_at, due_at, id",
        )
    return [Clock(*row) for row in rows]


def _expected(clocks: Iterable[Clock], moment: QueueMoment) -> dict[int, dict[str, list[Clock]]]:
    found: dict[int, dict[str, list[Clock]]] = defaultdict(lambda: defaultdict(list))
    for clock in clocks:
        if clock.unit_id is not None:
            for kind in clock.kinds(moment):
                found[clock.unit_id][kind].append(clock)
    return found


def test_counts_ids_and_steps_are_those_of_the_rows(store: Store) -> None:
    settle_town(store, 48)
    with store.writing() as work:
        work.conn.exec_driver_sql(PAUSE)
    moment = queue_moment(store.timekeeper(), store.now())
    expected = _expected(_clocks(store), moment)
    with store.reading() as reader:
        loads = unit_loads(reader, moment)
        assert set(loads) == set(expected)
        for unit_id, kinds in expected.items():
            steps = {one.step: one for one in step_loads(reader, unit_id, moment)}
            for kind in KINDS:
                clocks = kinds.get(kind, [])
                assert getattr(loads[unit_id], kind) == len(clocks), (unit_id, kind)
                ids = [clock.id for clock in clocks]
                assert list(load_ids(reader, unit_id, moment, kind)) == ids
                for step, count in Counter(clock.step for clock in clocks).items():
                    assert kind == "paused" or getattr(steps[step], kind) == count
                    of_step = [clock.id for clock in clocks if clock.step == step]
                    assert list(load_ids(reader, unit_id, moment, kind, step)) == of_step
        coming = coming_reds(reader, moment)
    told = {unit_id: [one.id for one in found] for unit_id, found in coming.items()}
    assert told == {u: [c.id for c in k["next"]] for u, k in expected.items() if k["next"]}
    assert told
    assert all(one.led for found in coming.values() for one in found)


def test_tickets_are_listed_by_their_clock_and_closed_ones_by_themselves(store: Store) -> None:
    settle_town(store, 12)
    with store.writing() as work:
        work.conn.exec_driver_sql(STOP)
    with store.reading() as reader:
        ids = list(matter_ids(reader, [5, 3, 1]))
        rows = queue_window(reader, [id for id in ids if id > 0])
    assert ids[1] == -3
    assert [row.ticket_id for row in rows] == [5, 1]


def test_every_unit_together_takes_three_reads(sqlite_store: Store) -> None:
    moment = queue_moment(sqlite_store.timekeeper(), sqlite_store.now())
    sent: list[Any]
    with statements(sqlite_store) as sent, sqlite_store.reading() as reader:
        unit_loads(reader, moment)
    assert len(sent) == 3, sent
