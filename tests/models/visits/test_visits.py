"""政法干部进社区: planned, held, what is told becomes appeals, what is left becomes tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.casework.undoing import undo
from models.clocks.sweeping import sweep
from models.store.store import Store
from models.store.verifying import verify_trail
from models.visits.visit import (
    VisitView,
    visit_appeals,
    visit_of,
    visit_task_of,
    visit_tasks,
    visits_in,
)
from models.visits.visit_lines import take_visits
from models.visits.visiting import (
    add_visit_task,
    cancel_visit,
    collect_appeal,
    finish_visit_task,
    hold_visit,
    link_appeal,
    plan_visit,
    record_visit,
)
from rules.errors import DubanError, Refused
from rules.text import MASKED
from rules.visits.visit import COLUMNS, UnreadVisit, VisitLine, read_visit
from tests.conftest import Clock
from tests.models.appeals import UNIT, appeal, column, one, taken, unit_id, wuhan
from tests.models.casework.walking import OTHER
from tests.models.visits.communities import HUQUAN, LUONAN, settle_communities

HELD = wuhan("2026-11-19 09:30")


def held(store: Store, place: str = "虎泉社区", at: str = "2026-11-19 09:30") -> VisitView:
    """Record a visit of Thursday morning."""
    return record_visit(
        store,
        place=place,
        unit_id=unit_id(store, UNIT),
        at=wuhan(at),
        cadres="李明、王芳",
        services="法律咨询，普法宣传",
        summary="在党群服务中心设点",
    )


def now_of(store: Store, view: VisitView) -> VisitView:
    """Return a visit as it is now."""
    with store.reading() as reader:
        return visit_of(reader, view.id)


def sound(store: Store) -> bool:
    """Return whether trail and seals stand."""
    with store.reading() as reader:
        found = verify_trail(reader)
        assert found.ok, found
        return True


def test_a_visit_is_planned_held_and_taken_back(store: Store, clock: Clock) -> None:
    settle_communities(store)
    at = wuhan("2026-11-23 09:30")
    with pytest.raises(Refused, match="时间已过"):
        plan_visit(store, place=HUQUAN, unit_id=unit_id(store, UNIT), at=HELD)
    plan = plan_visit(store, place="虎泉社区", unit_id=unit_id(store, UNIT), at=at)
    assert (plan.code, plan.place, plan.state(store.now())) == (
        HUQUAN,
        "珞南街道虎泉社区",
        "待走访",
    )
    with pytest.raises(Refused, match="在将来"):
        hold_visit(store, plan, cadres="李明")
    with pytest.raises(Refused, match="没有到时间"):
        collect_appeal(store, plan, "路灯不亮")
    clock.travel_to("2026-11-23 11:00")
    assert plan.state(store.now()) == "未登记"
    with pytest.raises(Refused, match="走访人员"):
        hold_visit(store, plan)
    done = hold_visit(store, plan, cadres="李明；王芳", services="法律咨询", summary="设点半天")
    assert (done.state(store.now()), done.cadres) == ("已走访", "李明\n王芳")
    with pytest.raises(Refused, match="已登记"):
        hold_visit(store, done, cadres="李明")
    undo(store)
    assert now_of(store, plan).done_at is None
    with pytest.raises(Refused, match="刚被他人改动"):
        cancel_visit(store, replace(plan, version=99), "下雨")
    gone = cancel_visit(store, now_of(store, plan), "下雨")
    assert gone.state(store.now()) == "已取消"
    with pytest.raises(Refused, match="已取消"):
        hold_visit(store, gone, cadres="李明")
    assert sound(store)


def test_what_is_told_on_a_visit_is_an_appeal_by_its_own_door(store: Store) -> None:
    settle_communities(store)
    visit = held(store)
    entered = collect_appeal(
        store, visit, "楼道灯坏了半年。请修", nature="求助", reporter="赵铁柱", phone="13871234567"
    )
    told = one(
        store,
        "SELECT t.channel, t.title, t.grid, t.received_at, p.reporter FROM ticket t "
        "JOIN person p ON p.ticket_id = t.id",
    )
    assert told == ("政法干部进社区", "楼道灯坏了半年", HUQUAN, HELD, "赵铁柱")
    with store.reading() as reader:
        (shown,) = visit_appeals(reader, visit.id, MASKED)
    assert (shown.number, shown.state) == (entered.number, "待派")
    seen = now_of(store, visit)
    assert (seen.appeals, seen.open) == (1, 1)
    with pytest.raises(Refused, match="已登记为"):
        collect_appeal(store, seen, "楼道灯坏了半年。请修", nature="求助")
    with pytest.raises(Refused, match="没有诉求性质"):
        collect_appeal(store, seen, "路面破损", nature="牢骚")
    taken(store, appeal("A7"))
    number = column(store, "SELECT number FROM ticket ORDER BY id DESC")[0]
    assert link_appeal(store, seen, number).appeals == 2
    with pytest.raises(Refused, match="已在走访"):
        link_appeal(store, now_of(store, visit), number)
    with pytest.raises(Refused, match="不能取消"):
        cancel_visit(store, now_of(store, visit), "登记错了")
    assert sound(store)


TASK = """
SELECT due_at, stopped_at, worst_colour, leads, grid FROM deadline
WHERE subject_kind = 'visit_task'
"""


def test_what_a_visit_leaves_has_a_clock_that_leads(store: Store, clock: Clock) -> None:
    settle_communities(store)
    visit = held(store)
    task = add_visit_task(store, visit, unit_id(store, OTHER), "修好楼道灯")
    assert one(store, TASK) == (wuhan("2026-12-04 17:30"), None, "blue", True, HUQUAN)
    clock.travel(days=20)
    assert sweep(store).total > 0
    assert one(store, TASK)[2] == "red"
    with pytest.raises(Refused, match="结果"):
        finish_visit_task(store, task, " ")
    done = finish_visit_task(store, task, "已换感应灯", at=wuhan("2026-12-02 16:00"))
    assert (done.state, one(store, TASK)[1]) == ("完成", wuhan("2026-12-02 16:00"))
    with pytest.raises(Refused, match="已登记完成"):
        finish_visit_task(store, done, "又换一次")
    undo(store)
    with store.reading() as reader:
        assert visit_task_of(reader, task.id).done_at is None
        assert [one.id for one in visit_tasks(reader, visit.id)] == [task.id]
    assert sound(store)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("4201110010", "10位"),
        ("420111001", "写到社区"),
        (f"{LUONAN}001", "写到社区"),
        ("420111001999", "没有"),
        ("百步亭", "没有社区"),
        ("社区", "有2个"),
    ],
)
def test_a_visit_goes_to_one_community(sqlite_store: Store, place: str, why: str) -> None:
    settle_communities(sqlite_store)
    with pytest.raises(DubanError, match=why):
        held(sqlite_store, place)


@pytest.mark.parametrize(
    "summary", ["走访了王大爷13871234567", "到了8栋2单元501室", "身份证420111196001011234"]
)
def test_nobody_who_was_visited_is_written_down(sqlite_store: Store, summary: str) -> None:
    settle_communities(sqlite_store)
    visit = held(sqlite_store)
    with pytest.raises(Refused, match="走访不记被走访的人"):
        add_visit_task(sqlite_store, visit, visit.unit_id, summary)
    with pytest.raises(Refused, match="走访不记被走访的人"):
        record_visit(
            sqlite_store,
            place=HUQUAN,
            unit_id=visit.unit_id,
            at=HELD,
            cadres="李明",
            summary=summary,
        )


def line(n: int = 2, **said: str) -> VisitLine | UnreadVisit:
    """Return a line of a file."""
    cells = {
        "走访编号": "Z1",
        "社区": "虎泉社区",
        "走访单位": UNIT,
        "走访人员": "李明",
        "时间": "2026-11-19 09:30",
        **said,
    }
    found = read_visit(n, {name: cells.get(name, "") for name in COLUMNS}, HELD, None)
    assert found is not None
    return found


def test_a_file_is_taken_once_line_by_line(store: Store) -> None:
    settle_communities(store)
    lines = [
        line(2, 诉求="楼道灯坏了半年", 诉求人="赵铁柱", 联系电话="13871234567"),
        line(3, 诉求="路面破损", 任务="补路面", 任务单位=OTHER, 任务时限="5wd"),
        line(4, 社区="百步亭社区", 走访编号="Z2"),
        line(5, 走访单位="无此局", 走访编号="Z3"),
        line(6, 诉求人="赵铁柱", 走访编号="Z4"),
        line(7, 社区="珞南东社区"),
        line(8, 任务="补路面", 任务单位=OTHER, 任务时限="很快", 走访编号="Z5"),
    ]
    told = take_visits(store, lines)
    assert (told.visits, told.appeals, told.tasks, told.unchanged) == (1, 2, 1, 0)
    assert [(one.line, one.reason[:8]) for one in told.refused] == [
        (4, "没有社区“百步亭"),
        (5, "没有单位“无此局"),
        (6, "写了诉求人，没有"),
        (7, "走访编号 Z1 "),
        (8, told.refused[-1].reason[:8]),
    ]
    again = take_visits(store, lines[:2])
    assert (again.visits, again.appeals, again.tasks, again.unchanged) == (0, 0, 0, 2)
    assert one(store, "SELECT count(*) FROM visit") == (1,)
    assert sound(store)


def test_a_month_holds_what_begins_in_it(sqlite_store: Store) -> None:
    settle_communities(sqlite_store)
    first, second = held(sqlite_store), held(sqlite_store, LUONAN, "2026-10-31 23:59")
    since, until = wuhan("2026-11-01 00:00"), wuhan("2026-12-01 00:00")
    with sqlite_store.reading() as reader:
        assert [v.id for v in visits_in(reader, since, until)] == [first.id]
        assert visits_in(reader, since, until, LUONAN) == []
        october = visits_in(reader, wuhan("2026-10-01 00:00"), since, LUONAN)
    assert [v.id for v in october] == [second.id]
