"""走访: planned, held or called off; what is told on it becomes appeals, what it leaves tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from models.clocks import Clocks, Subject, clocks_of
from models.grid import find_places, require_place
from models.intake import Entered, enter_within
from models.matter import ticket_id_of
from models.store import Journal, Source, Work, retried
from models.tables import Visit, VisitAppeal, VisitTask
from models.visits.visit import VisitTaskView, VisitView, visit_of, visit_task_of
from rules.clocks import Tags
from rules.errors import Refused
from rules.grid import COMMUNITY
from rules.intake import Entry
from rules.text import harmless_line
from rules.visits import appeal_told, of_nobody, require_span, told_lines

if TYPE_CHECKING:
    from models.store import Store

TASK = "visit_task"
"""The step of the clock of what a visit left to do."""


def community_of(source: Source, word: str, on: date) -> str:
    """Return the code of a community by code or name; ``Refused`` says what to write instead."""
    word = harmless_line(word)
    if word.isdecimal():
        code = require_place(source, word, on).code
        if len(code) != COMMUNITY:
            raise Refused(f"走访写到社区：{word} 不是社区的代码（{COMMUNITY}位）")
        return code
    found = [one for one in find_places(source, word) if len(one.code) == COMMUNITY]
    called = [one for one in found if one.name.endswith(word)] or found
    if len(called) == 1:
        return require_place(source, called[0].code, on).code
    if not called:
        raise Refused(f"没有社区“{word}”：请用 duban grid find 查名称或代码")
    named = "、".join(f"{one.name} {one.code}" for one in called[:3])
    raise Refused(f"叫“{word}”的社区有{len(called)}个：请写代码，如 {named}")


@retried
def plan_visit(
    store: Store,
    *,
    place: str,
    unit_id: int,
    at: datetime,
    cadres: str = "",
    ends_at: datetime | None = None,
) -> VisitView:
    """安排走访: an organ will go to a community."""
    with store.writing(journal=Journal("visit.plan")) as work:
        work.require(verb="visit.plan")
        if at < work.now:
            raise Refused("走访时间已过：走访过的请直接登记")
        id = put_visit(work, place=place, unit_id=unit_id, at=at, cadres=cadres, ends_at=ends_at)
        return visit_of(work, id)


@retried
def record_visit(
    store: Store,
    *,
    place: str,
    unit_id: int,
    at: datetime,
    cadres: str,
    ends_at: datetime | None = None,
    services: str = "",
    summary: str = "",
) -> VisitView:
    """登记走访 that nobody had planned, once it has been."""
    with store.writing(journal=Journal("visit.hold")) as work:
        work.require(verb="visit.hold")
        id = put_visit(
            work,
            place=place,
            unit_id=unit_id,
            at=at,
            cadres=cadres,
            ends_at=ends_at,
            services=services,
            summary=summary,
            held=True,
        )
        return visit_of(work, id)


def put_visit(
    work: Work,
    *,
    place: str,
    unit_id: int,
    at: datetime,
    cadres: str,
    ends_at: datetime | None,
    services: str = "",
    summary: str = "",
    held: bool = False,
    known_as: tuple[str | None, str | None] = (None, None),
) -> int:
    """Keep a visit within an act and return its id; ``known_as`` is the source and its number."""
    require_span(at, ends_at)
    code = community_of(work, place, work.timekeeper().local(at).date())
    cadres = told_lines(of_nobody(cadres, "走访人员"))
    if held:
        _require_been(work, at, ends_at, cadres)
    id = work.insert(
        Visit,
        code=code,
        unit_id=unit_id,
        cadres=cadres,
        at=at,
        ends_at=ends_at,
        recorded_at=work.now,
        done_at=(ends_at or at) if held else None,
        services=told_lines(of_nobody(services, "服务")),
        summary=of_nobody(summary, "情况"),
        source=known_as[0],
        external_id=known_as[1],
        operator_id=work.operator.id,
    )
    told = {"place": code, "on": work.timekeeper().local(at).isoformat()}
    verb = "visit.hold" if held else "visit.plan"
    work.event(verb, "visit", id, unit_id=unit_id, payload=told)
    return id


def _require_been(work: Work, at: datetime, ends_at: datetime | None, cadres: str) -> None:
    if max(at, ends_at or at) > work.now:
        raise Refused("走访时间在将来：走访过再登记")
    if not cadres:
        raise Refused("请写明走访人员")


@retried
def hold_visit(
    store: Store,
    visit: VisitView,
    *,
    services: str = "",
    summary: str = "",
    cadres: str = "",
    ends_at: datetime | None = None,
) -> VisitView:
    """登记走访 that was planned: what was given, how it went."""
    with store.writing(journal=Journal("visit.hold")) as work:
        work.require(verb="visit.hold")
        now = _standing(work, visit)
        if now.done_at is not None:
            raise Refused(f"走访#{now.id} 已登记：不用再登记")
        until = ends_at or now.ends_at
        who = told_lines(of_nobody(cadres, "走访人员")) or now.cadres
        require_span(now.at, until)
        if until is not None and until > work.now >= now.at and ends_at is None:
            until = None  # it was over sooner than planned
        _require_been(work, now.at, until, who)
        work.update(
            Visit,
            now.id,
            now.version,
            cadres=who,
            ends_at=until,
            done_at=until or now.at,
            services=told_lines(of_nobody(services, "服务")),
            summary=of_nobody(summary, "情况"),
        )
        work.event("visit.hold", "visit", now.id, unit_id=now.unit_id, at=until or now.at)
        return visit_of(work, now.id)


@retried
def cancel_visit(store: Store, visit: VisitView, reason: str) -> VisitView:
    """取消走访, with a reason; what was told on it or left by it keeps it."""
    with store.writing(journal=Journal("visit.cancel")) as work:
        work.require(verb="visit.cancel")
        now = _standing(work, visit)
        reason = harmless_line(reason)
        if not reason:
            raise Refused("请写明取消的理由")
        if now.appeals or now.tasks:
            raise Refused(f"走访#{now.id} 已收诉求或有任务，不能取消")
        work.update(Visit, now.id, now.version, {"void_at": None}, void_at=work.at)
        work.event("visit.cancel", "visit", now.id, unit_id=now.unit_id, reason=reason)
        return visit_of(work, now.id)


@retried
def collect_appeal(
    store: Store,
    visit: VisitView,
    content: str,
    *,
    nature: str = "",
    reporter: str = "",
    phone: str = "",
) -> Entered:
    """收诉求: what a resident told becomes an appeal like any other, received at the visit.

    It cannot be taken back: its number is given.
    """
    with store.writing() as work:
        work.require(verb="visit.collect")
        now = _standing(work, visit)
        if now.at > work.now:
            raise Refused("走访还没有到时间：走访过再收诉求")
        appeal = appeal_told(
            content, nature=nature, reporter=reporter, phone=phone, place=now.code, at=now.at
        )
        entered = enter_within(work, Entry(appeal))
        tie(work, now.id, entered.ticket_id, now.version)
        told = {"number": entered.number}
        work.event("visit.collect", "visit", now.id, unit_id=now.unit_id, payload=told)
        return entered


@retried
def link_appeal(store: Store, visit: VisitView, number: str) -> VisitView:
    """关联诉求: a matter that is registered already was told on a visit again."""
    with store.writing(journal=Journal("visit.link")) as work:
        work.require(verb="visit.link")
        now = _standing(work, visit)
        ticket_id = ticket_id_of(work, number)
        if work.value(_TIED, visit=now.id, ticket=ticket_id) is not None:
            raise Refused(f"{number} 已在走访#{now.id} 里")
        tie(work, now.id, ticket_id, now.version)
        told = {"number": harmless_line(number)}
        work.event("visit.link", "visit", now.id, unit_id=now.unit_id, payload=told)
        return visit_of(work, now.id)


_TIED = "SELECT id FROM visit_appeal WHERE visit_id = :visit AND ticket_id = :ticket"


def tie(work: Work, visit_id: int, ticket_id: int, version: int | None = None) -> None:
    """Keep that an appeal was told on a visit; with ``version`` the visit is changed by that."""
    work.insert(VisitAppeal, visit_id=visit_id, ticket_id=ticket_id)
    if version is not None:
        work.update(Visit, visit_id, version)


@retried
def add_visit_task(
    store: Store,
    visit: VisitView,
    unit_id: int,
    title: str,
    *,
    limit_text: str | None = None,
    at: datetime | None = None,
) -> VisitTaskView:
    """布置任务: what a visit left a unit to do, within the policy's limit unless one is written."""
    with store.writing(at=at, journal=Journal("visit_task.add")) as work:
        work.require(verb="visit_task.add")
        now = _standing(work, visit)
        if work.at < now.at:
            raise Refused("布置任务早于走访的时间：走访过再布置")
        return visit_task_of(work, put_task(work, now.id, now.code, unit_id, title, limit_text))


def put_task(
    work: Work, visit_id: int, code: str, unit_id: int, title: str, limit_text: str | None
) -> int:
    """Set a unit a task within an act; its clock starts."""
    title, keeper = of_nobody(harmless_line(title), "任务"), work.timekeeper()
    if not title:
        raise Refused("请写明任务")
    limit = limit_text or keeper.limit_text(TASK, Tags())
    if limit is None:
        raise Refused("规则没有为走访任务设时限：请写明时限，如 10wd")
    clock = keeper.timed(TASK, limit, work.at)
    id = work.insert(
        VisitTask,
        visit_id=visit_id,
        unit_id=unit_id,
        title=title,
        limit_text=clock.limit_text,
        started_at=work.at,
        due_at=clock.due_at,
        operator_id=work.operator.id,
    )
    clocks = Clocks(work, Subject(TASK, id, grid=code), ())
    clocks.put(clock, unit_id)
    clocks.lead()
    clocks.write()
    told = {"visit": visit_id, "title": title, "limit": clock.limit_text}
    work.event("visit_task.add", TASK, id, unit_id=unit_id, payload=told)
    return id


@retried
def finish_visit_task(
    store: Store, task: VisitTaskView, result: str, *, at: datetime | None = None
) -> VisitTaskView:
    """任务完成: what came of it; its clock stops as of ``at``."""
    with store.writing(at=at, journal=Journal("visit_task.finish")) as work:
        work.require(verb="visit_task.finish")
        now = visit_task_of(work, task.id)
        if now.version != task.version:
            raise Refused(f"走访任务#{now.id} 刚被他人改动：请刷新后核对再办")
        if now.done_at is not None:
            raise Refused(f"走访任务#{now.id} 已登记完成")
        if work.at < now.started_at:
            raise Refused("完成时间早于布置任务的时间：请核对")
        result = of_nobody(result, "结果")
        if not result:
            raise Refused("请写明任务的结果")
        work.update(
            VisitTask,
            now.id,
            now.version,
            {"done_at": None, "result": None},
            done_at=work.at,
            result=result,
        )
        clocks = clocks_of(work, Subject(TASK, now.id))
        for one in clocks.running():
            clocks.stop(one, work.at)
        clocks.lead()
        clocks.write()
        work.event("visit_task.finish", TASK, now.id, unit_id=now.unit_id, reason=result)
        return visit_task_of(work, now.id)


def _standing(work: Work, visit: VisitView) -> VisitView:
    """Return a visit as it is now; ``Refused`` where it is called off, or not as it was seen."""
    now = visit_of(work, visit.id)
    if now.void_at is not None:
        raise Refused(f"走访#{now.id} 已取消，不能再办")
    if now.version != visit.version:
        raise Refused(f"走访#{now.id} 刚被他人改动：请刷新后核对再办")
    return now
