"""The states of the queue: what runs, what is in review, unsatisfied, closed, and all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import casework
from models.store.store import Store
from models.views import QueueRow, queue_counts, queue_snapshot, queue_states, queue_total
from rules.casework import COUNTED_STATES, QUEUE_STATES, QueueFilter
from tests.models.appeals import UNIT, appeal, column, taken, wuhan
from tests.models.views.test_queues import DAY, Case, cut, fill as put, rows

CLOSED = {
    "unit": UNIT,
    "dispatched_at": wuhan("2026-10-12 09:00"),
    "replied_at": wuhan("2026-10-13 09:00"),
    "reply": "已恢复供水，请市民放心使用",
    "outcome": "已解决",
    "received_at": wuhan("2026-10-12 08:00"),
}


def fill(store: Store) -> None:
    """Take in a waiting matter, closed ones of all kinds, and one that is handled again."""
    happy = {"result_rating": "满意", "work_rating": "满意"}
    bad = {"result_rating": "不满意", "work_rating": "满意"}
    taken(
        store,
        appeal("1", title="待派"),
        appeal("9", title="他方办理", channel="12315"),
        appeal("2", title="很久以前", closed_at=wuhan("2026-10-14 09:00"), **CLOSED),
        appeal("3", title="办结", closed_at=wuhan("2026-11-10 09:00"), **CLOSED),
        appeal(
            "4",
            title="不满意",
            closed_at=wuhan("2026-11-11 09:00"),
            rated_at=wuhan("2026-11-12 09:00"),
            **CLOSED,
            **bad,
        ),
        appeal(
            "5",
            title="重办",
            closed_at=wuhan("2026-11-12 09:00"),
            rated_at=wuhan("2026-11-13 09:00"),
            **CLOSED,
            **bad,
        ),
        appeal(
            "6",
            title="满意",
            closed_at=wuhan("2026-11-13 09:00"),
            rated_at=wuhan("2026-11-14 09:00"),
            **CLOSED,
            **happy,
        ),
    )
    casework.take(store, "rework", column(store, _ID, title="重办"), reason="群众不满意")


_ID = "SELECT id FROM ticket WHERE title = :title"

HELD = {
    "open": ["重办", "待派", "不满意"],
    "review": ["不满意"],
    "unsatisfied": ["不满意"],
    "closed": ["满意", "不满意", "办结"],
    "all": ["重办", "待派", "不满意", "满意", "不满意", "办结", "很久以前"],
    "analysis": ["他方办理"],
}
"""A review that runs is a matter of its own beside the appeal that is closed."""


def listed(store: Store, filter: QueueFilter, order: str = "banded", **how: bool) -> list[str]:
    return [row.title for row in rows(store, filter, order=order, **how)]


@pytest.mark.parametrize("state", QUEUE_STATES)
def test_a_state_lists_and_counts_what_it_holds(store: Store, state: str) -> None:
    fill(store)
    wanted = QueueFilter(state=state)
    assert sorted(listed(store, wanted)) == sorted(HELD[state])
    if state not in ("open", "all"):
        assert listed(store, wanted) == HELD[state]
    with store.reading() as reader:
        assert queue_total(reader, wanted, cut(store)) == len(HELD[state])
        assert queue_counts(reader, wanted, cut(store)).total == len(HELD[state])
        held = queue_states(reader, QueueFilter(), cut(store))
        first = queue_snapshot(reader, wanted, cut(store), limit=2)
        whole = queue_snapshot(reader, wanted, cut(store))
    assert {name: getattr(held, name) for name in COUNTED_STATES} == {
        name: len(HELD[name]) for name in COUNTED_STATES
    }
    assert list(first) == list(whole[:2])


def test_a_matter_is_named_by_its_clock_or_by_minus_its_ticket(store: Store) -> None:
    fill(store)
    for row in rows(store, QueueFilter(state="all")):
        assert row.ticket_id is not None
        assert (row.id == -row.ticket_id) == (row.closed_at is not None)
        assert (row.id > 0) == (row.state != "closed" or row.kind == "review")
    again = next(r for r in rows(store, QueueFilter(state="review")) if r.title == "不满意")
    assert again.id > 0


def test_a_closed_matter_says_how_it_ended(store: Store) -> None:
    fill(store)
    told = {row.title: row for row in rows(store, QueueFilter(state="closed"))}
    closed = told["不满意"]
    assert (closed.kind, closed.state, closed.unit) == ("ticket", "closed", "市水务局")
    assert closed.closed_at == wuhan("2026-11-11 09:00")
    assert (closed.rated, closed.in_review, closed.late) == ("不满意", True, False)
    assert (told["满意"].rated, told["满意"].in_review) == ("满意", False)


def test_what_was_done_too_late_says_so(store: Store) -> None:
    late = {**CLOSED, "replied_at": wuhan("2026-11-09 09:00")}
    taken(store, appeal("1", closed_at=wuhan("2026-11-10 09:00"), **late))
    (row,) = rows(store, QueueFilter(state="closed"))
    assert row.late
    assert row.due_at < wuhan("2026-11-09 09:00")


def test_a_period_of_days_is_looked_back(store: Store) -> None:
    fill(store)
    assert listed(store, QueueFilter(state="closed", days=9)) == ["满意", "不满意"]
    assert "很久以前" in listed(store, QueueFilter(state="closed", days=60))
    assert listed(store, QueueFilter(state="unsatisfied", days=3)) == []


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (QueueFilter(unit="水务"), {"重办", "满意", "不满意", "办结", "很久以前"}),
        (QueueFilter(text="满意"), {"满意", "不满意"}),
        (QueueFilter(place="水务"), {"重办", "满意", "不满意", "办结", "很久以前"}),
        (QueueFilter(channel="微信"), set()),
        (QueueFilter(kind="order"), set()),
        (QueueFilter(step="dispatch"), {"待派"}),
        (QueueFilter(step="close"), set()),
        (QueueFilter(colour="paused"), set()),
    ],
)
def test_every_filter_holds_in_every_state(
    store: Store, filter: QueueFilter, expected: set[str]
) -> None:
    fill(store)
    for state in HELD:
        wanted = replace(filter, state=state)
        titles = sorted(title for title in held_by(state, wanted) if title in expected)
        assert sorted(listed(store, wanted)) == titles, state
        with store.reading() as reader:
            total = queue_total(reader, wanted, cut(store))
        assert total == len(titles), state


def held_by(state: str, filter: QueueFilter) -> list[str]:
    """Return what a state holds; a review that runs is the centre's own, no unit has it."""
    titles = list(HELD[state])
    if state in ("open", "all") and (filter.unit or filter.place):
        titles.remove("不满意")
    return titles


@pytest.mark.parametrize("state", QUEUE_STATES)
@pytest.mark.parametrize("order", ["due", "received", "number", "unit", "step"])
def test_every_order_of_a_state_lists_the_same(store: Store, state: str, order: str) -> None:
    fill(store)
    wanted = QueueFilter(state=state)
    for descending in (False, True):
        found = rows(store, wanted, order=order, descending=descending)
        assert sorted(row.title for row in found) == sorted(HELD[state])
        if order == "number":
            assert found == sorted(found, key=_number, reverse=descending)


def _number(row: QueueRow) -> str:
    return row.number


def test_a_colour_is_that_of_the_clock_that_runs(store: Store) -> None:
    fill(store)
    with store.reading() as reader:
        for state in ("review", "all"):
            counts = queue_counts(reader, QueueFilter(state=state), cut(store))
            coloured = counts.red + counts.yellow + counts.blue
            assert coloured == {"review": 1, "all": 3}[state]
        past = queue_counts(reader, QueueFilter(state="closed"), cut(store))
        assert (past.red, past.yellow, past.blue, past.total) == (0, 0, 0, 3)
        assert queue_total(reader, QueueFilter(state="closed", colour="red"), cut(store)) == 0


def test_what_is_paused_is_among_all(store: Store) -> None:
    put(store, (Case("paused", -2 * DAY, paused=True), Case("blue", 3 * DAY)))
    assert listed(store, QueueFilter(state="all")) == ["blue", "paused"]
    with store.reading() as reader:
        counts = queue_counts(reader, QueueFilter(state="all"), cut(store))
        assert (counts.paused, counts.total) == (1, 2)
        assert queue_states(reader, QueueFilter(), cut(store)).open == 2
