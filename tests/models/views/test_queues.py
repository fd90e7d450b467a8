"""The queue: bands, colours, counters and filters over running deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.store.store import Store
from models.store.work import Work
from models.tables.deadlines import Deadline
from models.tables.rounds import Round
from models.tables.tickets import Ticket
from models.views.counting import queue_counts, queue_total
from models.views.mine import since
from models.views.queue import (
    QueueMoment,
    QueueRow,
    queue_moment,
    queue_snapshot,
    queue_window,
)
from rules.casework.appeal import QueueFilter
from tests.conftest import NOW

HOUR = timedelta(hours=1)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """One open ticket: when its leading deadline is due, and what matters for the order."""

    name: str
    due: timedelta  # from now
    pressing: bool = False
    unit: str = "洪山区"
    area: str = "洪山区关山街道"
    paused: bool = False
    provisional: bool = False


CASES = (
    Case("blue far", 9 * DAY),
    Case("blue near", 3 * DAY, provisional=True),
    Case("yellow late", 5 * HOUR),
    Case("yellow soon", HOUR, unit="武昌区"),
    Case("red today", -HOUR),
    Case("red old", -5 * DAY),
    Case("red very old", -90 * DAY),
    Case("pressing yellow", 2 * HOUR, pressing=True),
    Case("pressing red", -3 * DAY, pressing=True, unit="武昌区"),
    Case("pressing blue", 4 * DAY, pressing=True),
    Case("paused", -2 * DAY, paused=True),
)


def fill(store: Store, cases: tuple[Case, ...] = CASES) -> None:
    with store.writing() as work:
        for i, case in enumerate(cases, 1):
            unit = work.one("SELECT id FROM unit WHERE short_name = :n", n=case.unit)
            assert unit is not None
            _one(work, i, case, int(unit[0]))


def _one(work: Work, i: int, case: Case, unit: int) -> None:
    due: datetime = NOW + case.due
    ticket = work.insert(
        Ticket,
        number=f"WH20261101-{i:05d}",
        source="t",
        channel="12345电话",
        nature="求助",
        urgency="特急" if case.pressing else "一般",
        title=case.name,
        content="内容",
        received_at=due - 10 * DAY,
        recorded_at=NOW,
        area=case.area,
        grid=case.area,
    )
    handled = work.insert(
        Round, ticket_id=ticket, lead_unit_id=unit, state="dispatched", opened_at=NOW - DAY
    )
    work.insert(
        Deadline,
        subject_kind="ticket",
        subject_id=ticket,
        ticket_id=ticket,
        round_id=handled,
        step="close",
        unit_id=unit,
        limit_text="5wd",
        started_at=due - 10 * DAY,
        blue_at=due - 10 * DAY,
        yellow_at=due - DAY,
        red_at=due,
        due_at=due,
        original_due_at=due,
        leads=True,
        pressing=case.pressing,
        policy=1,
        calendar=1,
        provisional=case.provisional,
        paused_at=NOW - 3 * DAY if case.paused else None,
    )


def cut(store: Store) -> QueueMoment:
    return queue_moment(store.timekeeper(), NOW)


def rows(store: Store, filter: QueueFilter | None = None, **options: Any) -> list[QueueRow]:
    with store.reading() as reader:
        ids = queue_snapshot(reader, filter or QueueFilter(), cut(store), **options)
        return queue_window(reader, ids)


def titles(store: Store, filter: QueueFilter | None = None, **options: Any) -> list[str]:
    return [row.title for row in rows(store, filter, **options)]


BANDED = [
    "pressing red",
    "pressing yellow",
    "red today",
    "yellow soon",
    "yellow late",
    "red old",
    "blue near",
    "pressing blue",
    "blue far",
]


def test_the_queue_goes_by_bands_and_folds_what_is_long_red(store: Store) -> None:
    fill(store)
    assert titles(store) == BANDED
    assert titles(store, unfold=True) == [*BANDED, "red very old"]


def test_the_first_rows_are_the_beginning_of_the_whole(store: Store) -> None:
    fill(store)
    for n in range(len(BANDED) + 1):
        assert titles(store, limit=n) == BANDED[:n]


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("red", ["pressing red", "red today", "red old", "red very old"]),
        ("yellow", ["pressing yellow", "yellow soon", "yellow late"]),
        ("blue", ["blue near", "pressing blue", "blue far"]),
        ("paused", ["paused"]),
        ("today", ["red today"]),
        ("next", ["pressing yellow", "yellow soon", "yellow late", "blue near"]),
        ("pressing", ["pressing red", "pressing yellow", "pressing blue"]),
    ],
)
def test_a_colour_is_a_range_of_instants(store: Store, colour: str, expected: list[str]) -> None:
    fill(store)
    assert titles(store, QueueFilter(colour=colour)) == expected
    with store.reading() as reader:
        assert queue_total(reader, QueueFilter(colour=colour), cut(store)) == len(expected)


def test_counters_count_matters_and_obey_every_filter_but_the_colour(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        whole = queue_counts(reader, QueueFilter(), cut(store))
        same = queue_counts(reader, QueueFilter(colour="red"), cut(store))
        part = queue_counts(reader, QueueFilter(unit="武昌区"), cut(store))
    assert (whole.red, whole.yellow, whole.blue, whole.paused) == (4, 3, 3, 1)
    assert (whole.total, whole.provisional, whole.folded) == (11, 1, 1)
    assert same == whole
    assert (part.red, part.yellow, part.blue, part.total) == (1, 1, 0, 2)


@pytest.mark.parametrize("due", [timedelta(), timedelta(minutes=40)])
def test_at_the_due_second_a_matter_is_not_yet_red(store: Store, due: timedelta) -> None:
    fill(store, (Case("one", due),))
    left = NOW - HOUR
    found = []
    for now in (NOW + due, NOW + due + timedelta(seconds=1)):
        moment = queue_moment(store.timekeeper(), now)
        with store.reading() as reader:
            kept = queue_counts(reader, QueueFilter(), moment)
            counted = queue_counts(reader, QueueFilter(area="洪山区"), moment)
            came = since(reader, left, now)
            shown = [
                [len(queue_snapshot(reader, QueueFilter(colour=colour), moment))]
                for colour in ("red", "yellow", "next", "today")
            ]
            banded = queue_snapshot(reader, QueueFilter(), moment)
        assert kept == counted
        assert len(banded) == 1
        found.append((kept.red, kept.yellow, came.red, [n for (n,) in shown]))
    assert found == [(0, 1, 0, [0, 1, 1, 0]), (1, 0, 1, [1, 0, 0, 1])]


@pytest.mark.parametrize("part", ["武昌", "wcq", "WCQ"])
def test_a_unit_is_found_by_part_of_its_name_or_its_initials(store: Store, part: str) -> None:
    fill(store)
    assert set(titles(store, QueueFilter(unit=part))) == {"yellow soon", "pressing red"}


def test_a_place_is_where_it_lies_or_where_it_is_handled(store: Store) -> None:
    fill(
        store,
        (
            Case("lies there", DAY, unit="武昌区"),
            Case("handled there", DAY, area="江岸区"),
            Case("neither", DAY, unit="武昌区", area="江岸区"),
        ),
    )
    found = titles(store, QueueFilter(place="洪山"))
    assert sorted(found) == ["handled there", "lies there"]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_a_wildcard_or_quote_in_a_filter_is_only_text(store: Store, text: str) -> None:
    fill(store)
    assert titles(store, QueueFilter(text=f"no such {text}")) == []


@pytest.mark.parametrize("order", ["due", "received", "number", "unit", "step"])
def test_every_order_runs_both_ways_over_the_same_matters(store: Store, order: str) -> None:
    fill(store)
    there = titles(store, order=order)
    back = titles(store, order=order, descending=True)
    assert sorted(there) == sorted(back) == sorted([*BANDED, "red very old"])
    assert there == back[::-1]


def test_a_vanished_id_gives_no_row(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        assert [row.id for row in queue_window(reader, [3, 99999, 1])] == [3, 1]
