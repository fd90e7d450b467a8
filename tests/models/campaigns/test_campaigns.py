"""专题: one deadline, tasks with clocks, progress by hand and file, its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models.campaigns.campaign import (
    CampaignView,
    appeals_of,
    campaign_list,
    campaign_of,
    tasks_of,
)
from models.campaigns.gathering import Campaigns, gather, release
from models.campaigns.reporting import take_progress
from models.campaigns.running import (
    add_task,
    close_campaign,
    extend_campaign,
    extend_task,
    start_campaign,
    tell_progress,
)
from models.campaigns.sessions import Asked, hold_session
from models.casework.undoing import undo
from models.clocks.sweeping import sweep
from models.letters.composing import preview_letter
from models.letters.lettering import draft_letter
from models.letters.told import Asked as About
from models.store.store import Store
from models.store.verifying import verify_trail
from rules.campaigns.tasks import Reported, Unread
from rules.errors import DubanError, Refused
from rules.text import MASKED
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER

DUE = wuhan("2026-12-31 17:30")


def started(store: Store, name: str = "供水整治", **more: Any) -> CampaignView:
    """Set a campaign up until the end of the year."""
    said = {"basis": "常务会纪要", "leader": "周正副市长", "theme": "停水漏水", **more}
    return start_campaign(store, name, due_at=DUE, lead_unit_id=unit_id(store, UNIT), **said)


def now_of(store: Store, view: CampaignView) -> CampaignView:
    """Return a campaign as it is now."""
    with store.reading() as reader:
        return campaign_of(reader, view.id, store.now())


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


TASK = "SELECT due_at, stopped_at, worst_colour FROM deadline WHERE subject_kind = 'campaign_task'"


def test_a_task_has_a_clock_of_its_own_and_progress_stops_it(store: Store, clock: Clock) -> None:
    view = started(store)
    task = add_task(store, view, unit_id(store, OTHER), "改造泵房", limit_text="3wd")
    assert one(store, TASK) == (wuhan("2026-11-25 17:30"), None, "blue")
    clock.travel(days=6)
    assert sweep(store).total > 0
    assert one(store, TASK)[2] == "red"
    task = tell_progress(store, task, percent=60, text="改造六处")
    assert (task.percent, task.state, task.told) == (60, "办理中", "改造六处")
    clock.travel(hours=1)
    task = tell_progress(store, task, done=True, at=wuhan("2026-11-26 16:00"))
    assert (task.percent, task.state, one(store, TASK)[1]) == (
        100,
        "完成",
        wuhan("2026-11-26 16:00"),
    )
    now = now_of(store, view)
    assert (now.tasks, now.done, now.late, now.percent) == (1, 1, 0, 100)
    with pytest.raises(Refused, match="已登记完成"):
        tell_progress(store, task, percent=10)
    assert sound(store)
    undo(store)
    assert one(store, TASK)[1] is None
    assert sound(store)


def test_no_task_is_due_after_its_campaign_until_that_is_extended(store: Store) -> None:
    view = started(store)
    unit = unit_id(store, OTHER)
    late = wuhan("2027-01-29 17:30")
    with pytest.raises(Refused, match="晚于专题期限"):
        add_task(store, view, unit, "改造", due_at=late)
    task = add_task(store, view, unit, "改造", due_at=DUE)
    with pytest.raises(Refused, match="先展期专题"):
        extend_task(store, task, late, "设备未到")
    with pytest.raises(Refused, match="理由"):
        extend_campaign(store, view, late, " ")
    extended = extend_campaign(store, view, late, "设备未到")
    assert (extended.due_at, extended.original_due_at) == (late, DUE)
    assert extend_task(store, task, late, "设备未到").due_at == late
    dues = "SELECT due_at, original_due_at FROM deadline WHERE subject_kind LIKE 'campaign%'"
    assert set(column(store, dues)) == {late}
    assert sound(store)


def test_appeals_keep_their_clocks_and_are_under_one_campaign(store: Store) -> None:
    at = wuhan("2026-11-19 10:00")
    taken(
        store,
        appeal("A", unit=UNIT, received_at=at, dispatched_at=at),
        appeal("B", nature="举报", title="举报张某某", received_at=at),
        appeal("C", received_at=at),
    )
    clocks = "SELECT due_at, red_at, revision FROM deadline WHERE ticket_id IS NOT NULL ORDER BY id"
    with store.reading() as reader:
        before = reader.rows(clocks)
    view, other = started(store), started(store, "夜间施工")
    assert gather(store, view, [1, 2]).done == (1, 2)
    done = gather(store, other, [1, 3])
    assert (done.done, len(done.skipped)) == ((3,), 1)
    release(store, other, [3], reason="归错")
    assert now_of(store, view).tickets == 2
    with store.reading() as reader:
        assert reader.rows(clocks) == before
        listed = {line.number: line.title for line in appeals_of(reader, view.id, MASKED)}
        assert "举报件" in listed.values() and not any("张" in title for title in listed.values())
    undo(store)
    assert now_of(store, other).tickets == 1
    assert sound(store)


def line(number: int | None, percent: int | None, at: datetime | None, **more: Any) -> Reported:
    """Return a line of a file."""
    values: dict[str, Any] = {"line": 2, "unit": "", "title": "", "text": "", "done": False}
    return Reported(**{**values, "number": number, "percent": percent, "at": at, **more})


def test_a_file_of_progress_is_taken_line_by_line_and_once(store: Store, clock: Clock) -> None:
    view = started(store)
    for name in (UNIT, OTHER):
        add_task(store, view, unit_id(store, name), "改造", limit_text="5wd")
    clock.travel(days=4)
    at = wuhan("2026-11-23 10:00")
    lines: list[Reported | Unread] = [
        line(1, 60, at, text="已进场"),
        line(None, 100, at, unit=OTHER, title="改造", done=True),
        line(9, 10, at),
        line(1, 30, wuhan("2026-11-01 10:00")),
        line(None, 10, at, unit="火星区", title="改造"),
        Unread(7, ("1",), "进度不是数"),
    ]
    taken_in = take_progress(store, view, lines)
    assert (taken_in.taken, taken_in.unchanged, len(taken_in.refused)) == (2, 0, 4)
    again = take_progress(store, view, lines)
    assert (again.taken, again.unchanged, len(again.refused)) == (0, 2, 4)
    with store.reading() as reader:
        states = [(task.percent, task.state) for task in tasks_of(reader, view.id)]
    assert states == [(60, "办理中"), (100, "完成")]
    assert sound(store)


def test_it_is_closed_with_a_reason_for_what_is_not_done_and_told_in_a_report(
    store: Store,
) -> None:
    view = started(store)
    task = add_task(store, view, unit_id(store, OTHER), "改造", limit_text="5wd")
    taken(store, appeal("A", unit=UNIT, received_at=wuhan("2026-11-19 10:00")))
    gather(store, view, [1])
    number = one(store, "SELECT number FROM ticket")[0]
    asked = (Asked("何时通水", "周五前", number),)
    held = wuhan("2026-11-20 10:00")
    hold_session(store, view, kind="在线接访", held_at=held, leader="周正副市长", asked=asked)
    with pytest.raises(Refused, match="没有完成"):
        close_campaign(store, now_of(store, view), summary="基本完成")
    with pytest.raises(DubanError, match="还没有结项"):
        draft_letter(store, "campaign_report", About(source_id=view.id), words="完成")
    done = close_campaign(
        store, now_of(store, view), summary="基本完成", reasons={task.id: "设备未到"}
    )
    assert done.closed_at is not None
    running = "SELECT id FROM deadline WHERE stopped_at IS NULL AND ticket_id IS NULL"
    assert column(store, running) == []
    letter = draft_letter(store, "campaign_report", About(source_id=view.id), words="完成")
    content = preview_letter(store, letter.id)
    told = "".join(content.lines("事实"))
    for words in ("常务会纪要", "归集诉求1件", "下达任务1项，完成0项", "答复群众提问1个"):
        assert words in told
    assert "设备未到" in content.rows("情况表")[0]["情况"]
    assert sound(store)


def test_a_campaign_begun_by_a_rule_is_taken_over(store: Store) -> None:
    with store.writing() as work:
        id = Campaigns(work).id_of("供水整治")
    assert started(store).id == id
    with pytest.raises(Refused, match="已设立"):
        started(store)
    with store.reading() as reader:
        assert [view.name for view in campaign_list(reader, store.now())] == ["供水整治"]
