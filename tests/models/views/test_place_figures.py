"""What is told of a place is what its appeals give, at every level, and each number opens them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from models.casework import take
from models.grid import note_matter, pass_up
from models.store.store import Store
from models.tables import Grid
from models.views import (
    PlaceDone,
    PlaceFigures,
    figures_of_place,
    matters_of_place,
    place_in_hand,
    queue_moment,
    top_place,
)
from models.views.place_figures import _STEPS, span_of
from models.views.place_matters import DONE
from models.views.workload import _LEADING
from rules.errors import DubanError
from tests.conftest import Clock
from tests.models.appeals import appeal, taken, wuhan

WUHAN = ZoneInfo("Asia/Shanghai")

COMMUNITY, CELL, OTHER = "420111002901", "420111002901001", "420111002901002"

WAY = ("4201", "420111", "420111002", COMMUNITY, CELL)


def settled(store: Store, clock: Clock) -> None:
    """Take in appeals of two cells of one community, of its street, and of another district."""
    with store.writing() as work:
        for code, name, level in (
            (COMMUNITY, "试点社区", "社区"),
            (CELL, "第1网格", "网格"),
            (OTHER, "第2网格", "网格"),
        ):
            parent = code[:9] if len(code) == 12 else code[:12]
            work.insert(Grid, code=code, name=name, level=level, parent=parent)
    at = wuhan("2026-10-30 09:00")
    given = {"unit": "武汉市水务局", "received_at": at, "dispatched_at": at}
    done = {
        **given,
        "contacted_at": at + timedelta(hours=2),
        "replied_at": at + timedelta(days=2),
        "closed_at": at + timedelta(days=3),
        "reply": "已更换路灯。",
        "outcome": "已解决",
    }
    taken(
        store,
        appeal("A1", grid=CELL, **done, result_rating="满意", rated_at=at + timedelta(days=4)),
        appeal("A2", grid=CELL, **given),
        appeal("A3", grid=OTHER, **{**done, "outcome": "解释说明"}, result_rating="不满意"),
        appeal("A4", grid="420111002", **given),
        appeal("A5", grid="420106", **done),
        appeal("A6", grid="试点社区", **given),
    )


def told(store: Store, code: str) -> PlaceFigures:
    """Return what is told of a place now."""
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        return figures_of_place(reader, code, moment, WUHAN)


def counted(done: PlaceDone) -> dict[str, int]:
    """Return what is counted of a place by the name under which it is opened."""
    plain = ("received", "closed", "solved", "rated", "satisfied", "fair", "unsatisfied")
    return {"contacts": done.contacted, **{name: getattr(done, name) for name in plain}}


@pytest.mark.parametrize(
    ("code", "received", "closed", "solved"),
    [
        ("4201", 5, 3, 2),
        ("420111", 4, 2, 1),
        ("420111002", 4, 2, 1),
        (COMMUNITY, 3, 2, 1),
        (CELL, 2, 1, 1),
        (OTHER, 1, 1, 0),
    ],
)
def test_every_level_tells_its_appeals_and_each_number_opens_them(
    store: Store, clock: Clock, code: str, received: int, closed: int, solved: int
) -> None:
    settled(store, clock)
    figures = told(store, code)
    done = counted(figures.line.done)
    assert (done["received"], done["closed"], done["solved"]) == (received, closed, solved)
    begins = figures.begins
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        for what in ("received", *DONE):
            found = matters_of_place(reader, code, what, begins[0], store.now())
            assert len(found) == done[what], what
        for place, month in zip(begins, figures.months, strict=True):
            until = place + timedelta(days=31)
            if place.month == 10:
                assert len(matters_of_place(reader, code, "received", place, until)) == received
                assert month.received == received
        for kind in ("red", "yellow", "blue", "next", "late"):
            there = place_in_hand(reader, code, moment, kind)
            assert len(there) == figures.line.in_hand(kind), kind
            for step in figures.line.steps:
                ids = place_in_hand(reader, code, moment, kind, step.step)
                assert len(ids) == getattr(step, kind)


def test_what_lies_in_a_place_is_told_as_the_place_itself_tells_it(
    store: Store, clock: Clock
) -> None:
    settled(store, clock)
    for code, below in pairwise(WAY):
        inside = {line.place.code: line for line in told(store, code).inside}
        own = told(store, below)
        assert [place.code for place in own.path] == list(WAY[: WAY.index(below)])
        line = inside[below]
        assert (line.done, line.steps, line.paused) == (
            own.line.done,
            own.line.steps,
            own.line.paused,
        )


def test_a_matter_that_stands_still_is_told_apart(store: Store, clock: Clock) -> None:
    settled(store, clock)
    at = wuhan("2026-11-20 09:00")
    given = appeal("A7", grid=CELL, unit="武汉市水务局", received_at=at, dispatched_at=at)
    taken(store, given, digest="7" * 64)
    before = in_colours(store)
    take(store, "acknowledge", [7])
    take(store, "contact", [7], text="已电话联系")
    take(store, "ask_pause", [7], reason="送检")
    take(store, "grant_pause", [7], approval="批准号041")
    line = told(store, CELL).line
    assert (line.paused, in_colours(store)) == (1, before - 1)
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        assert len(place_in_hand(reader, CELL, moment, "paused")) == 1


def test_what_a_cell_settles_itself_is_no_appeal_of_it(store: Store, clock: Clock) -> None:
    settled(store, clock)
    before = told(store, "4201").line
    pass_up(store, pass_up(store, pass_up(store, note_matter(store, CELL, "楼道堆物"))))
    assert told(store, "4201").line == before


def in_colours(store: Store) -> int:
    """Return how many matters of the cell have a colour."""
    line = told(store, CELL).line
    return sum(line.in_hand(kind) for kind in ("red", "yellow", "blue"))


def test_an_ended_cell_is_no_longer_listed_and_keeps_its_appeals(
    store: Store, clock: Clock
) -> None:
    settled(store, clock)
    with store.writing() as work:
        work.change_where(Grid, "valid_to = :day", "code = :code", code=CELL, day=date(2026, 11, 1))
    assert [one.place.code for one in told(store, COMMUNITY).inside] == [OTHER]
    assert told(store, COMMUNITY).line.done.received == 3
    assert told(store, CELL).line.done.received == 2


def test_only_a_place_that_is_known_is_told_of(store: Store) -> None:
    with store.reading() as reader:
        assert top_place(reader) == "4201"
    for code in ("420199", "420111002999", "421", ""):
        with pytest.raises(DubanError, match="没有编码为"):
            told(store, code)


def test_rates_and_medians_of_nothing_are_none_and_fair_counts_as_policy_says() -> None:
    nothing = PlaceDone()
    assert nothing.contact_median is None
    assert nothing.solved_rate is None and nothing.satisfaction(Fraction(1)) is None
    done = PlaceDone(satisfied=1, fair=2, unsatisfied=1, contacts=((60, 1), (120, 1), (600, 2)))
    assert done.satisfaction(Fraction(1, 2)) == Fraction(1, 2)
    assert done.contact_median == 120


def test_what_a_place_has_in_hand_is_sought_by_place_and_matters_by_ticket(store: Store) -> None:
    if store.kind != "sqlite":
        return
    moment = queue_moment(store.timekeeper(), store.now())
    asked = {"digits": 6, **span_of("4201"), **asdict(moment)}
    with store.reading() as reader:
        plans = [
            str(reader.rows(f"EXPLAIN QUERY PLAN {sql}", **params))
            for sql, params in ((_STEPS.sql, asked), (_LEADING.sql, {"ids": [1, 2, 3]}))
        ]
    assert "ix_deadline_grid" in plans[0] and "ix_deadline_subject" not in plans[1]
