"""Running a campaign: its deadline, its tasks with clocks of their own, progress, its end.

Its appeals keep their own clocks: nothing that is done to a campaign moves the due date of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.campaigns.campaign import CampaignView, TaskView, campaign_of, task_of, tasks_of
from models.clocks import EXTENDED, Clocks, Subject, clocks_of
from models.store import Journal, Work, retried
from models.tables import Campaign, CampaignExtension, CampaignProgress, CampaignTask
from rules.campaigns import DONE, require_reasons
from rules.clocks import Remade, plain_due
from rules.errors import Refused
from rules.text import harmless_line

if TYPE_CHECKING:
    from models.store import Store

OWN, TASK = "campaign", "task"
"""The steps of the clocks of a campaign and of its tasks."""


@retried
def start_campaign(
    store: Store,
    name: str,
    *,
    due_at: datetime,
    basis: str,
    theme: str = "",
    leader: str = "",
    lead_unit_id: int | None = None,
) -> CampaignView:
    """Set a campaign up, or take over one that a rule of routing has begun; its clock starts."""
    with store.writing(journal=Journal("campaign.start")) as work:
        work.require(verb="campaign.start")
        name, basis = harmless_line(name), harmless_line(basis)
        if not name or not basis:
            raise Refused("请写明专题名称和期限依据（文件、会议）：--basis")
        if due_at <= work.at:
            raise Refused("专题期限已过：请写将来的日期")
        values: dict[str, Any] = {
            "theme": harmless_line(theme) or None,
            "leader": harmless_line(leader) or None,
            "lead_unit_id": lead_unit_id,
            "basis": basis,
            "due_at": due_at,
            "original_due_at": due_at,
            "operator_id": work.operator.id,
        }
        found = work.one(_BY_NAME, name=name)
        if found is None:
            id = work.insert(Campaign, name=name, started_at=work.at, **values)
        else:
            id = int(found[0])
            if found[2] is not None:
                raise Refused(
                    f"专题“{name}”已设立（#{id}）：请换名称，或用 duban campaign show {id}"
                )
            work.update(Campaign, id, int(found[1]), **values)
        clocks = Clocks(work, Subject("campaign", id), ())
        clocks.put(work.timekeeper().fixed(OWN, work.at, due_at), lead_unit_id)
        _settle(clocks)
        told = {"name": name, "due": work.timekeeper().local(due_at).isoformat()}
        work.event("campaign.start", "campaign", id, unit_id=lead_unit_id, payload=told)
        return campaign_of(work, id, work.at)


_BY_NAME = "SELECT id, version, operator_id FROM campaign WHERE name = :name"


@retried
def add_task(
    store: Store,
    campaign: CampaignView,
    unit_id: int,
    title: str,
    *,
    limit_text: str | None = None,
    due_at: datetime | None = None,
) -> TaskView:
    """Set a unit a task within a limit or by an instant, never later than the campaign."""
    with store.writing(journal=Journal("campaign_task.add")) as work:
        work.require(verb="campaign_task.add")
        now = _running(work, campaign)
        title, keeper = harmless_line(title), work.timekeeper()
        if not title:
            raise Refused("请写明任务")
        if (limit_text is None) == (due_at is None):
            raise Refused("任务要写时限（如 5wd）或截止时间，两样写一样")
        clock = (
            keeper.timed(TASK, limit_text, work.at)
            if limit_text is not None
            else keeper.fixed(TASK, work.at, due_at or work.at)
        )
        if clock.due_at <= work.at:
            raise Refused("任务期限已过：请写将来的日期")
        if now.due_at is None or clock.due_at > now.due_at:
            own = plain_due(keeper.local(now.due_at)) if now.due_at else "未定"
            raise Refused(f"任务期限晚于专题期限（{own}）：请提前，或先展期专题")
        id = work.insert(
            CampaignTask,
            campaign_id=now.id,
            unit_id=unit_id,
            title=title,
            started_at=work.at,
            due_at=clock.due_at,
        )
        clocks = Clocks(work, Subject("campaign_task", id), ())
        clocks.put(clock, unit_id)
        _settle(clocks)
        told = {"campaign": now.id, "title": title, "limit": clock.limit_text}
        work.event("campaign_task.add", "campaign_task", id, unit_id=unit_id, payload=told)
        return task_of(work, id)


@retried
def tell_progress(
    store: Store,
    task: TaskView,
    *,
    percent: int | None = None,
    text: str = "",
    done: bool = False,
    at: datetime | None = None,
) -> TaskView:
    """Record what a unit reports of its task; done stops its clock as of ``at``."""
    with store.writing(at=at, journal=Journal("campaign_task.progress")) as work:
        work.require(verb="campaign_task.progress")
        now = task_of(work, task.id)
        _require_seen(now.version, task.version, f"任务#{task.id}")
        put_progress(work, now, percent=percent, text=text, done=done, at=work.at)
        return task_of(work, task.id)


def put_progress(
    work: Work,
    task: TaskView,
    *,
    percent: int | None,
    text: str,
    done: bool,
    at: datetime,
    by_file: bool = False,
) -> None:
    """Record what is reported of a task within an act; ``Refused`` where it cannot have been."""
    text = harmless_line(text)
    whole = DONE if done else task.percent if percent is None else percent
    if not 0 <= whole <= DONE:
        raise Refused("进度写0到100的数")
    if task.done_at is not None:
        raise Refused("任务已登记完成")
    if at < task.started_at:
        raise Refused("时间早于下达任务的时间")
    if at > work.now:
        raise Refused("时间在将来")
    if task.told_at is not None and at < task.told_at:
        raise Refused("时间早于上次登记的进展")
    if work.value(_CLOSED, id=task.campaign_id) is not None:
        raise Refused("专题已结项")
    finished = done or whole == DONE
    changes = {"percent": whole, "done_at": at if finished else None}
    before = {"percent": task.percent, "done_at": task.done_at}
    work.update(CampaignTask, task.id, task.version, before, **changes)
    work.insert(
        CampaignProgress,
        campaign_id=task.campaign_id,
        task_id=task.id,
        at=at,
        recorded_at=work.now,
        percent=whole,
        text=text,
        by_file=by_file,
        operator_id=work.operator.id,
    )
    if finished:
        _stop(work, "campaign_task", task.id, at)
    told = {"percent": whole, "done": finished, "by_file": by_file}
    reason = text or None
    unit = task.unit_id
    verb = "campaign_task.progress"
    work.event(verb, "campaign_task", task.id, unit_id=unit, at=at, reason=reason, payload=told)


_CLOSED = "SELECT closed_at FROM campaign WHERE id = :id AND closed_at IS NOT NULL"


@retried
def extend_campaign(
    store: Store, campaign: CampaignView, due_at: datetime, reason: str
) -> CampaignView:
    """展期: let the campaign's own deadline be later, with a reason; nobody else's moves."""
    with store.writing(journal=Journal("campaign.extend")) as work:
        work.require(verb="campaign.extend")
        now = _running(work, campaign)
        if now.due_at is None:
            raise Refused("专题还没有期限：请先用 duban campaign start 设立")
        _move(work, "campaign", now.id, now.id, None, now.due_at, due_at, reason)
        work.update(Campaign, now.id, now.version, {"due_at": now.due_at}, due_at=due_at)
        told = {"due": work.timekeeper().local(due_at).isoformat()}
        work.event("campaign.extend", "campaign", now.id, reason=reason, payload=told)
        return campaign_of(work, now.id, work.at)


@retried
def extend_task(store: Store, task: TaskView, due_at: datetime, reason: str) -> TaskView:
    """展期 of one task, never past the campaign's own deadline."""
    with store.writing(journal=Journal("campaign_task.extend")) as work:
        work.require(verb="campaign_task.extend")
        now = task_of(work, task.id)
        _require_seen(now.version, task.version, f"任务#{task.id}")
        campaign = campaign_of(work, now.campaign_id, work.at)
        if now.done_at is not None or campaign.closed_at is not None:
            raise Refused("任务已完成或专题已结项，不用展期")
        if campaign.due_at is None or due_at > campaign.due_at:
            raise Refused("任务期限晚于专题期限：请先展期专题")
        _move(work, "campaign_task", now.id, campaign.id, now.id, now.due_at, due_at, reason)
        work.update(CampaignTask, now.id, now.version, {"due_at": now.due_at}, due_at=due_at)
        told = {"due": work.timekeeper().local(due_at).isoformat()}
        verb, unit = "campaign_task.extend", now.unit_id
        work.event(verb, "campaign_task", now.id, unit_id=unit, reason=reason, payload=told)
        return task_of(work, task.id)


def _move(
    work: Work,
    kind: str,
    id: int,
    campaign_id: int,
    task_id: int | None,
    before: datetime,
    after: datetime,
    reason: str,
) -> None:
    """Let a clock be due later, and keep why."""
    if not harmless_line(reason):
        raise Refused("请写明展期的理由：--reason")
    if after <= before or after <= work.at:
        raise Refused("新期限要晚于原期限和现在：请核对日期")
    clocks = clocks_of(work, Subject(kind, id))
    for one in clocks.running():
        made = clocks.keeper_of(one).fixed(one.step, one.started_at, after)
        clocks.remake(one, Remade(made, one.original_due_at), work.at, EXTENDED, noted=True)
    _settle(clocks)
    work.insert(
        CampaignExtension,
        campaign_id=campaign_id,
        task_id=task_id,
        due_before=before,
        due_after=after,
        reason=harmless_line(reason),
        at=work.at,
        operator_id=work.operator.id,
    )


@retried
def close_campaign(
    store: Store,
    campaign: CampaignView,
    *,
    summary: str,
    reasons: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> CampaignView:
    """结项: every task is done, or ``reasons`` says of each that is not why; the clocks stop."""
    with store.writing(at=at, journal=Journal("campaign.close")) as work:
        work.require(verb="campaign.close")
        now = _running(work, campaign)
        undone = [task for task in tasks_of(work, now.id) if task.done_at is None]
        reasons = {id: harmless_line(why) for id, why in (reasons or {}).items()}
        require_reasons([(task.id, task.title) for task in undone], reasons)
        text = "\n".join(filter(None, map(harmless_line, summary.splitlines())))
        if not text:
            raise Refused("请写明专题的结果：--summary")
        for task in undone:
            why = reasons[task.id]
            work.update(
                CampaignTask, task.id, task.version, {"undone_reason": None}, undone_reason=why
            )
            _stop(work, "campaign_task", task.id, work.at)
            verb, unit = "campaign_task.leave", task.unit_id
            work.event(verb, "campaign_task", task.id, unit_id=unit, reason=why)
        _stop(work, "campaign", now.id, work.at)
        before = {"closed_at": None, "summary": now.summary}
        work.update(Campaign, now.id, now.version, before, closed_at=work.at, summary=text)
        told = {"tasks": now.tasks, "undone": len(undone)}
        work.event("campaign.close", "campaign", now.id, payload=told)
        return campaign_of(work, now.id, work.at)


def _running(work: Work, campaign: CampaignView) -> CampaignView:
    """Return a campaign as it is now; ``Refused`` where it is closed, or is not as it was seen."""
    now = campaign_of(work, campaign.id, work.at)
    if now.closed_at is not None:
        raise Refused(f"专题“{now.name}”已结项，不能再改")
    _require_seen(now.version, campaign.version, f"专题“{now.name}”")
    return now


def _require_seen(now: int, seen: int, name: str) -> None:
    if now != seen:
        raise Refused(f"{name}刚被他人改动：请刷新后核对再办")


def _stop(work: Work, kind: str, id: int, at: datetime) -> None:
    """Stop the clock of a subject; what a sweep recorded after is annulled."""
    clocks = clocks_of(work, Subject(kind, id))
    for one in clocks.running():
        clocks.stop(one, at)
    _settle(clocks)


def _settle(clocks: Clocks) -> None:
    clocks.lead()
    clocks.write()


@retried
def exported(store: Store, campaign: CampaignView, names: list[str]) -> None:
    """Put it on record that files of a campaign's tasks were written."""
    with store.writing() as work:
        work.require(verb="campaign.export")
        told = {"name": campaign.name, "files": names}
        work.event("campaign.export", "campaign", campaign.id, payload=told)
