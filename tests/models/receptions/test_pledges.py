"""承诺 as it is kept: its clock in the queue, its date moved, kept or not, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.casework.undoing import redo, undo
from models.clocks.sweeping import sweep
from models.receptions.pledge import (
    PledgeView,
    moves_of,
    pledge_list,
    promised_before,
)
from models.receptions.pledge_keeping import (
    break_pledge,
    extend_pledge,
    keep_pledge,
    void_pledge,
)
from models.receptions.pledge_making import print_pledges, sign_pledges
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views.queue import queue_moment, queue_snapshot, queue_window
from rules.casework import QueueFilter
from rules.errors import DubanError, Refused
from rules.text import MASKED
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, one, taken, unit_id, wuhan
from tests.models.receptions.promises import DUE, LEADER, now_of, promised, reception

CLOCK = "SELECT due_at, stopped_at, worst_colour, leads FROM deadline WHERE subject_kind = 'pledge'"
LATER = wuhan("2027-01-15 17:30")


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


def queued(store: Store) -> list[tuple[str, str, str]]:
    """Return number, title and unit of what the queue holds of promises."""
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        rows = queue_window(reader, queue_snapshot(reader, QueueFilter(), moment))
        return [(row.number, row.title, row.step) for row in rows if row.kind == "pledge"]


def test_a_promise_stands_in_the_queue_until_it_is_kept(store: Store, clock: Clock) -> None:
    view = promised(store, reception(store))
    assert (view.noun, view.leader, view.organ) == ("承诺书", LEADER, "洪山区人民政府")
    assert view.stands(store.now()) == "待签字"
    assert queued(store) == [(f"承诺#{view.id}", "修好狮子山泵房", "pledge")]
    with pytest.raises(Refused, match="先登记签字"):
        keep_pledge(store, view, words="已修好", evidence="验收单3号")
    (view,) = sign_pledges(store, [view])
    assert view.stands(store.now()) == "兑现中"
    clock.travel_to(DUE)
    clock.travel(days=3)
    assert sweep(store).total > 0
    assert one(store, CLOCK)[2:] == ("red", True)
    assert now_of(store, view).fate(store.now()) == "overdue"
    with pytest.raises(Refused, match="凭据"):
        keep_pledge(store, view, words="已修好", evidence=" ")
    kept = keep_pledge(
        store, view, words="已修好", evidence="验收单3号", at=wuhan("2026-12-18 10:00")
    )
    assert kept.fate(store.now()) == "kept"
    assert one(store, CLOCK)[1:] == (wuhan("2026-12-18 10:00"), "yellow", False)
    assert queued(store) == [] and sound(store)
    undo(store)
    assert one(store, CLOCK)[1] is None and now_of(store, view).kept_at is None
    redo(store)
    assert now_of(store, view).kept_at is not None
    assert sound(store)


def test_its_leader_alone_moves_its_date(store: Store, clock: Clock) -> None:
    view = promised(store, reception(store))
    with pytest.raises(Refused, match=f"只有作出承诺的{LEADER}"):
        extend_pledge(store, view, LATER, leader="李局长", reason="设备未到")
    with pytest.raises(Refused, match="理由"):
        extend_pledge(store, view, LATER, leader=LEADER, reason=" ")
    moved = extend_pledge(store, view, LATER, leader=LEADER, reason="设备未到")
    assert (moved.due_at, moved.original_due_at, moved.extended) == (LATER, DUE, 1)
    assert one(store, CLOCK)[0] == LATER
    with store.reading() as reader:
        assert [(one.due_after, one.reason) for one in moves_of(reader, view.id)] == [
            (LATER, "设备未到")
        ]
    with pytest.raises(Refused, match="刚被他人改动"):
        sign_pledges(store, [view])
    clock.travel_to(LATER)
    clock.travel(hours=1)
    with pytest.raises(Refused, match="已过兑现期限"):
        extend_pledge(store, moved, wuhan("2027-02-15 17:30"), leader=LEADER, reason="再延")
    assert sound(store)


def test_a_broken_promise_stays_broken_though_it_is_made_good_later(
    store: Store, clock: Clock
) -> None:
    (view,) = sign_pledges(store, [promised(store, reception(store))])
    clock.travel_to(DUE)
    clock.travel(days=1)
    broken = break_pledge(store, view, reason="资金未到位")
    assert broken.fate(store.now()) == "broken" and queued(store) == []
    with pytest.raises(Refused, match="已登记未兑现"):
        extend_pledge(store, broken, LATER, leader=LEADER, reason="再给时间")
    clock.travel(days=20)
    late = keep_pledge(store, broken, words="已修好", evidence="验收单9号")
    assert (late.fate(store.now()), late.broken_at) == ("late", broken.broken_at)
    undo(store)
    assert now_of(store, view).verdict_words == "资金未到位"
    assert sound(store)


def test_what_is_signed_is_never_void(store: Store) -> None:
    place = reception(store)
    slip, real = promised(store, place, text="写错的"), promised(store, place)
    (real,) = sign_pledges(store, [real])
    with pytest.raises(Refused, match="已签字，不能作废"):
        void_pledge(store, real, reason="不想办了")
    gone = void_pledge(store, slip, reason="重复登记")
    assert gone.fate(store.now()) == "void"
    with pytest.raises(Refused, match="已作废"):
        sign_pledges(store, [now_of(store, slip)])
    kept: list[str] = []
    with pytest.raises(Refused, match="不能打印"):
        print_pledges(
            store, [gone], lambda found: ("承诺.docx", b"x"), lambda name, _: kept.append(name)
        )
    print_pledges(
        store, [real], lambda found: ("承诺.docx", b"x"), lambda name, _: kept.append(name)
    )
    assert kept == ["承诺.docx"] and sound(store)


def test_a_promise_on_a_matter_names_nobody_and_tells_nothing_of_what_is_kept_back(
    store: Store,
) -> None:
    when = wuhan("2026-11-19 10:00")
    taken(
        store,
        appeal("A", unit=UNIT, received_at=when, dispatched_at=when, reporter="王小二"),
        appeal("B", nature="举报", title="举报某局", received_at=when),
    )
    place = reception(store)
    known = promised(store, place, text="为王小二家修好水管", ticket_id=1, unit_id=None)
    assert known.unit_id == unit_id(store, UNIT)
    hidden = promised(store, place, text="查办某局长", ticket_id=2)
    assert "王小二" not in known.masked(MASKED).text
    assert hidden.masked(MASKED).text == "举报件"
    with pytest.raises(Refused, match="不能由诉求人签"):
        promised(store, place, ticket_id=1, person="王小二")
    undo(store)
    undo(store)
    assert [number for number, _, _ in queued(store)] == []
    assert sound(store)


def test_the_list_opens_on_the_newest_month_with_promises_before(store: Store) -> None:
    old = promised(store, reception(store, date(2026, 9, 18)))
    last = promised(store, reception(store, date(2026, 10, 16)))
    promised(store, reception(store))
    with store.reading() as reader:
        month = promised_before(reader, date(2026, 11, 1))
        assert month == (date(2026, 10, 1), date(2026, 10, 31))
        assert promised_before(reader, date(2026, 9, 1)) is None
        listed = [one.id for one in pledge_list(reader, *month)]
    assert {old.id, last.id} <= set(listed)  # whatever still runs is there too


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda store, view: break_pledge(store, view, reason=""), "原因"),
        (lambda store, view: void_pledge(store, view, reason=""), "理由"),
        (lambda store, view: sign_pledges(store, [view], at=wuhan("2026-11-01 09:00")), "早于"),
        (lambda store, view: promised(store, 99), "没有这个接访点"),
        (lambda store, view: promised(store, view.reception_id, due_at=None), "没有期限"),
    ],
)
def test_what_is_missing_is_said_in_a_line(
    sqlite_store: Store, act: Callable[[Store, PledgeView], Any], said: str
) -> None:
    view = promised(sqlite_store, reception(sqlite_store))
    with pytest.raises(DubanError, match=said):
        act(sqlite_store, view)
    assert now_of(sqlite_store, view) == view
