"""网格自办 and 自发现: noted, settled, passed up with their clock, never in a rate."""

from __future__ import annotations

from typing import Any

import pytest

from models.casework.undoing import redo, undo
from models.clocks.calendars import load_calendar
from models.clocks.sweeping import sweep
from models.grid.cell_file import take_matters
from models.grid.cell_matters import finish_matter, note_matter, pass_up
from models.grid.cell_reading import CellMatterView, cell_counts, matters_in
from models.ranking.editions import compute_edition, period_of
from models.store.store import Store
from models.store.verifying import verify_trail
from models.views.queue import queue_moment, queue_snapshot, queue_window
from rules.casework.appeal import QueueFilter
from rules.errors import Refused
from rules.grid.cell_matter import Noted, Untaken
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, one, taken, wuhan
from tests.models.clocks.holidays import with_2027
from tests.models.grid.cells import CELL, ENDED, OTHER_CELL, laid

NEW_YEAR = ("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04")

CLOCK = (
    "SELECT due_at, unit_id, leads, stopped_at, worst_colour FROM deadline "
    "WHERE subject_kind = 'cell_matter'"
)


def noted(store: Store, title: str = "楼道堆物", **more: Any) -> CellMatterView:
    """Note a matter of the third cell, found this Friday morning."""
    found = wuhan("2026-11-20 09:00")
    return note_matter(store, CELL, title, **{"found_at": found, **more})


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


def test_a_matter_has_a_clock_that_leads_nothing_until_a_unit_has_it(
    store: Store, clock: Clock
) -> None:
    laid(store)
    seen = noted(store, content="电话13812345678，三楼")
    due = wuhan("2026-11-23 17:30")
    assert one(store, CLOCK) == (due, None, False, None, "blue")
    assert (seen.place, seen.holder, seen.content) == (
        "梨园街道葛光社区第3网格",
        "本网格",
        "电话138****5678，三楼",
    )
    for holder in ("葛光社区", "梨园街道"):
        seen = pass_up(store, seen)
        assert (seen.holder, one(store, CLOCK)[2]) == (holder, False)
    seen = pass_up(store, seen, "要执法")
    assert (seen.unit, seen.due_at, one(store, CLOCK)[2]) == ("洪山区", due, True)
    with pytest.raises(Refused, match="已交洪山区"):
        pass_up(store, seen)
    assert sound(store)
    undo(store)
    assert one(store, CLOCK) == (due, None, False, None, "blue")
    redo(store)
    assert one(store, CLOCK)[2]
    clock.travel(days=7)
    assert sweep(store).total > 0
    done = finish_matter(store, noted_now(store), "已清理", at=wuhan("2026-11-23 10:00"))
    assert done.on_time and one(store, CLOCK)[3] == wuhan("2026-11-23 10:00")
    assert sound(store)


def noted_now(store: Store) -> CellMatterView:
    """Return the one matter as it is now."""
    with store.reading() as reader:
        (found,) = matters_in(reader, store.now())
        return found


def test_what_cannot_be_is_refused_with_what_to_do(store: Store) -> None:
    laid(store)
    for code, words in (
        ("42011100501200", "14位"),
        ("310111005012003", "网格名录里没有"),
        (ENDED, "已拆分为 420111005012003第3网格"),
        ("葛光", "不是数字"),
    ):
        with pytest.raises(Refused, match=words):
            note_matter(store, code, "楼道堆物")
    with pytest.raises(Refused, match="将来"):
        noted(store, found_at=wuhan("2026-11-21 09:00"))
    with pytest.raises(Refused, match="没有写事项"):
        noted(store, "\u200b ")
    seen = noted(store)
    with pytest.raises(Refused, match="早于发现"):
        finish_matter(store, seen, "清理", at=wuhan("2026-11-19 09:00"))
    finish_matter(store, seen, "清理")
    with pytest.raises(Refused, match="刚被他人改动"):
        pass_up(store, seen)
    with pytest.raises(Refused, match="已办结"):
        pass_up(store, noted_now(store))


def line(n: int, **more: Any) -> Noted:
    """Return a line of a file."""
    told: dict[str, Any] = {
        "line": n,
        "external_id": f"W{n}",
        "code": CELL,
        "kind": "found",
        "title": f"井盖松动{n}",
        "content": "",
        "found_at": wuhan("2026-11-20 08:00"),
        "done_at": None,
        "result": "",
    }
    return Noted(**{**told, **more})


def test_a_file_is_taken_line_by_line_and_once(store: Store) -> None:
    laid(store)
    done: dict[str, Any] = {"done_at": wuhan("2026-11-20 09:30"), "result": "已加固"}
    lines: list[Noted | Untaken] = [
        line(2),
        line(3, **done),
        line(4, external_id="", code=OTHER_CELL),
        line(5, code=ENDED),
        line(6, done_at=wuhan("2026-11-19 08:00"), result="早"),
        Untaken(7, ("x",), "没有写网格：写15位代码"),
    ]
    found = take_matters(store, lines)
    assert (found.noted, found.finished, found.unchanged) == (3, 0, 0)
    assert [one.line for one in found.refused] == [5, 6, 7]
    again = take_matters(store, [line(2, **done), *lines[1:3], line(3, title="另一件")])
    assert (again.noted, again.finished, again.unchanged) == (0, 1, 2)
    assert "已登记为另一事项" in again.refused[0].reason
    with store.reading() as reader:
        counts = cell_counts(reader, "420111", store.now())
        assert (counts.seen, counts.own, counts.open, counts.done, counts.on_time) == (
            3,
            0,
            1,
            2,
            2,
        )
        assert cell_counts(reader, "420112", store.now()).seen == 0
    assert sound(store)


def test_no_rate_and_no_place_moves_by_what_cells_settle(store: Store, clock: Clock) -> None:
    laid(store)
    at = wuhan("2026-11-19 10:00")
    taken(
        store,
        appeal("A", unit=UNIT, received_at=at, dispatched_at=at, result_rating="满意"),
        appeal("B", unit="洪山区", received_at=at, dispatched_at=at, result_rating="不满意"),
    )
    period = period_of(store, "2026-11")
    before = compute_edition(store, period)
    for n in range(3):
        seen = noted(store, f"堆物{n}")
        for _ in range(3):
            seen = pass_up(store, seen)
        if n:
            finish_matter(store, seen, "清理")
    clock.travel(days=7)
    sweep(store)
    after = compute_edition(store, period)
    assert (after.rows, after.total) == (before.rows, before.total)


def test_the_queue_holds_what_was_passed_up_to_a_unit_alone(store: Store) -> None:
    laid(store)
    kept, passed = noted(store, "自己办"), noted(store, "要上报")
    for _ in range(3):
        passed = pass_up(store, passed)
    with store.reading() as reader:
        moment = queue_moment(store.timekeeper(), store.now())
        rows = queue_window(reader, queue_snapshot(reader, QueueFilter(), moment))
    assert [(row.kind, row.number, row.title, row.unit) for row in rows] == [
        ("cell_matter", f"网格#{passed.id}", "要上报", "洪山区")
    ]
    assert kept.id != passed.id


def test_a_new_calendar_counts_a_cells_clock_anew_and_it_still_leads_nothing(
    store: Store, clock: Clock
) -> None:
    laid(store)
    clock.travel_to("2026-12-31 10:00")
    noted(store, found_at=wuhan("2026-12-31 09:00"))
    assert one(store, CLOCK)[:3] == (wuhan("2027-01-04 17:30"), None, False)
    load_calendar(store, with_2027(store, *NEW_YEAR), reason="放假安排")
    assert one(store, CLOCK)[:3] == (wuhan("2027-01-05 17:30"), None, False)
    with store.reading() as reader:
        assert [each.due_at for each in matters_in(reader, store.now())] == [
            wuhan("2027-01-05 17:30")
        ]
    assert sound(store)
