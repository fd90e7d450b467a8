"""结项报告: what a campaign did, told with figures, its tasks as an annex."""

from __future__ import annotations

from dataclasses import dataclass

from models.campaigns import (
    CampaignView,
    TaskView,
    campaign_of,
    extensions_of,
    sessions_of,
    tasks_of,
)
from models.letters.told import FACTS, Asked, Scene, Told, events_of, seqs
from models.store import Query
from rules.errors import Refused
from rules.paper import Row, Statement
from rules.text import MASKED


@dataclass(frozen=True, slots=True)
class _Appeals:
    """The appeals of a campaign at an instant."""

    received: int
    closed: int
    solved: int
    satisfied: int
    rated: int
    units: int


_APPEALS = Query(
    _Appeals,
    """
SELECT count(*) AS received, count(r.closed_at) AS closed,
       count(CASE WHEN r.closed_at IS NOT NULL AND r.outcome = '已解决' THEN 1 END) AS solved,
       count(CASE WHEN r.result_rating IN ('满意', '基本满意') THEN 1 END) AS satisfied,
       count(r.result_rating) AS rated, count(DISTINCT r.lead_unit_id) AS units
FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
WHERE t.campaign_id = :id AND t.received_at <= :now
""",
)


def closing_report(scene: Scene, asked: Asked) -> Told:
    """Tell of a campaign that is closed: its ground, its appeals, tasks, sessions, what was moved.

    Appeals are told in figures alone, so that none of them can be of wrongdoing or secret.
    """
    if asked.source_id is None:
        raise Refused("请写明是哪个专题的结项报告：用 duban campaign report")
    campaign = campaign_of(scene.source, asked.source_id, scene.now)
    if campaign.closed_at is None:
        raise Refused(f"专题“{campaign.name}”还没有结项：请先用 duban campaign close")
    scene.known_by_then(campaign.closed_at, "结项")
    tasks = tasks_of(scene.source, campaign.id)
    statements = (
        _ground(scene, campaign),
        _appeals(scene, campaign),
        _tasks(scene, campaign, tasks),
        *_sessions(scene, campaign),
        *_moved(scene, campaign),
    )
    title = f"关于“{_masked(campaign.name)}”专题结项情况的报告"
    rows = tuple(_row(scene, n, task) for n, task in enumerate(tasks, 1))
    return Told(
        asked, campaign.leader or "", title, statements, "任务完成情况" if rows else "", rows
    )


def _masked(text: str) -> str:
    return MASKED.text(text)


def _ground(scene: Scene, campaign: CampaignView) -> Statement:
    told = f"{scene.day(campaign.started_at)}，"
    told += f"依据{_masked(campaign.basis)}，" if campaign.basis else ""
    told += f"设立“{_masked(campaign.name)}”专题"
    told += f"，由{campaign.leader}牵头" if campaign.leader else ""
    told += f"，{campaign.lead_unit}牵头单位" if campaign.lead_unit else ""
    told += f"，期限至{scene.day(campaign.due_at)}" if campaign.due_at else ""
    assert campaign.closed_at is not None
    late = campaign.due_at is not None and campaign.closed_at > campaign.due_at
    told += f"；{scene.day(campaign.closed_at)}结项" + ("，超过期限。" if late else "。")
    theme = f"主要解决：{_masked(campaign.theme).rstrip('。')}。" if campaign.theme else ""
    events = events_of(scene.source, "campaign", campaign.id, "campaign.start", "campaign.close")
    return Statement("ground", told + theme, FACTS, seqs(*events))


def _appeals(scene: Scene, campaign: CampaignView) -> Statement:
    found = scene.source.first(_APPEALS, id=campaign.id, now=scene.now)
    assert found is not None
    told = f"专题归集诉求{found.received}件，涉及承办单位{found.units}家，已办结{found.closed}件，"
    told += f"其中已解决{found.solved}件"
    if found.rated:
        told += f"；群众评价{found.rated}件，满意和基本满意{found.satisfied}件"
    return Statement("appeals", told + "。", FACTS)


def _tasks(scene: Scene, campaign: CampaignView, tasks: list[TaskView]) -> Statement:
    done = [task for task in tasks if task.done_at is not None]
    late = [task for task in done if task.done_at and task.done_at > task.due_at]
    told = f"下达任务{len(tasks)}项，完成{len(done)}项" if tasks else "没有下达任务"
    told += f"，其中逾期完成{len(late)}项" if late else ""
    left = [task for task in tasks if task.done_at is None]
    told += f"；未完成{len(left)}项，原因见附件" if left else ""
    events = [
        event
        for task in tasks
        for event in events_of(
            scene.source, "campaign_task", task.id, "campaign_task.add", "campaign_task.leave"
        )
    ]
    return Statement("tasks", told + "。", FACTS, seqs(*events))


def _sessions(scene: Scene, campaign: CampaignView) -> list[Statement]:
    sessions = sessions_of(scene.source, campaign.id)
    if not sessions:
        return []
    asked = sum(len(one.answers) for one in sessions)
    linked = sum(1 for one in sessions for answer in one.answers if answer.ticket)
    held = "；".join(f"{scene.day(one.held_at)}{one.leader}{one.kind}" for one in sessions[:5])
    told = f"组织在线接访、访谈{len(sessions)}次（{held}），答复群众提问{asked}个"
    told += f"，其中转入办理{linked}件" if linked else ""
    events = events_of(scene.source, "campaign", campaign.id, "campaign.session")
    return [Statement("sessions", told + "。", FACTS, seqs(*events))]


def _moved(scene: Scene, campaign: CampaignView) -> list[Statement]:
    own = [one for one in extensions_of(scene.source, campaign.id) if one.task is None]
    if not own:
        return []
    told = "；".join(
        f"{scene.day(one.at)}展期至{scene.day(one.due_after)}，理由：{_masked(one.reason)}"
        for one in own
    )
    events = events_of(scene.source, "campaign", campaign.id, "campaign.extend")
    return [Statement("moved", f"专题期限展期{len(own)}次：{told}。", FACTS, seqs(*events))]


def _row(scene: Scene, n: int, task: TaskView) -> Row:
    if task.done_at is not None:
        late = "，逾期" if task.done_at > task.due_at else ""
        told = f"{scene.day(task.done_at)}完成{late}"
    else:
        told = f"未完成（{task.percent}%）：{_masked(task.undone_reason or '')}"
    return {"序号": str(n), "项目": f"{task.unit}：{_masked(task.title)}", "情况": told}
