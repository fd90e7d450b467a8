"""``duban campaign``: 专题 from its start to its closing report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.campaigns.campaign_book import write_task_books
from console.campaigns.campaign_facts import (
    CAMPAIGN,
    TASK,
    due_of,
    named,
    reasons_of,
    tell_gathered,
    write_rejects,
)
from console.campaigns.standing import colour_of_view
from console.command import (
    At,
    Call,
    Verb,
    argument,
    call_of,
    option,
    say,
    switch,
    unit_id,
    verb_group,
    warn,
)
from console.frame import WrongUsage
from models import campaigns, letters
from models.campaigns import (
    SESSION_KINDS,
    Asked,
    CampaignView,
    task_of,
    tasks_of,
)
from models.problems import problem_appeals
from models.views import ticket_ids
from rules.errors import Refused
from seed.channels import read_progress_file, read_questions

MOST = 10_000  # appeals of one problem

app = verb_group("专题：归集诉求，给单位下达任务，登记进展和在线接访，展期，结项。")

Name = Annotated[str, typer.Argument(metavar="专题", help="编号或名称")]


def _show(call: Call, view: CampaignView) -> None:
    call.answer_rows(CAMPAIGN, [view])


@app.command("list", cls=Verb, help="列出专题，没有结项的在前。")
def list_campaigns(ctx: typer.Context) -> None:
    """List every campaign."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        views = campaigns.campaign_list(reader, call.now())
    call.answer_rows(CAMPAIGN, views, none="没有专题：用 duban campaign start 设立")


@app.command("start", cls=Verb, help="设立专题：名称、期限和依据；规则归集的同名专题接着用。")
def start(
    ctx: typer.Context,
    name: str = argument("名称", "专题的名称"),
    due: str = option("--due", "时间", "期限，例如 2026-12-31", ...),
    basis: str = option("--basis", "依据", "期限依据的文件或会议", ...),
    theme: str = option("--theme", "主题", "主要解决什么", ""),
    leader: str = option("--leader", "领导", "牵头领导", ""),
    unit: str | None = option("--unit", "单位", "牵头单位"),
) -> None:
    """Set a campaign up."""
    call = call_of(ctx)
    view = campaigns.start_campaign(
        call.store(),
        name,
        due_at=due_of(call, due),
        basis=basis,
        theme=theme,
        leader=leader,
        lead_unit_id=unit_id(call, unit) if unit else None,
    )
    _show(call, view)


@app.command("show", cls=Verb, help="查看专题：任务、进展、在线接访、展期、诉求。")
def show(ctx: typer.Context, name: Name) -> None:
    """Show one campaign whole."""
    call = call_of(ctx)
    view, now = named(call, name), call.now()
    with call.store().reading() as reader:
        tasks = tasks_of(reader, view.id)
        sessions = campaigns.sessions_of(reader, view.id)
        moved = campaigns.extensions_of(reader, view.id)
        masking = call.store().policy.privacy.on_screen
        appeals = campaigns.appeals_of(reader, view.id, masking)
    value = {
        **call.objects(CAMPAIGN, [view])[0],
        "colour": colour_of_view(view, now),
        "task_list": call.objects(TASK, tasks),
        "sessions": [call.object(one, "kind", "held_at", "leader", "topic") for one in sessions],
        "extensions": [
            call.object(one, "task", "due_before", "due_after", "reason") for one in moved
        ],
        "ticket_list": [call.object(one, "number", "title", "unit", "state") for one in appeals],
    }

    def told() -> None:
        call.table(CAMPAIGN, [view])
        say(*([view.theme] if view.theme else []), f"期限依据：{view.basis or '未写'}")
        call.table(TASK, tasks) if tasks else say("没有任务：用 duban campaign task 下达")
        for held in sessions:
            when = f"{call.clock(held.held_at)} {held.leader} {held.kind}"
            say(f"{when} {len(held.answers)}问 {held.topic}")
        for later in moved:
            whose = f"任务“{later.task}”" if later.task else "专题"
            say(f"{whose}展期至 {call.due(later.due_after)}：{later.reason}")
        for appeal in appeals[:20]:
            say(f"{appeal.number} {appeal.title} {appeal.unit} {appeal.state}")
        if view.tickets > 20:
            say(f"只列出前20件，共{view.tickets}件：用 --json 查看更多")

    call.answer(value, told)


@app.command("add", cls=Verb, help="归入专题：写工单编号，或一个共性问题的全部诉求；期限不变。")
def add(
    ctx: typer.Context,
    name: Name,
    numbers: list[str] | None = argument("工单编号", "可写多个", None),
    problem: int | None = option("--problem", "编号", "共性问题的编号"),
    out: bool = switch("--remove", "移出专题"),
    reason: str = option("--reason", "理由", "移出的理由", ""),
) -> None:
    """Put tickets under a campaign, or take them out."""
    call = call_of(ctx)
    if bool(numbers) == (problem is not None):
        raise WrongUsage("请写工单编号，或 --problem 共性问题的编号")
    view = named(call, name)
    with call.store().reading() as reader:
        if problem is not None:
            ids = [one.ticket_id for one in problem_appeals(reader, problem, limit=MOST)]
        else:
            ids = ticket_ids(reader, numbers or [])
    if out:
        if not reason:
            raise WrongUsage("移出专题要写理由：--reason")
        done = campaigns.release(call.store(), view, ids, reason=reason)
    else:
        done = campaigns.gather(call.store(), view, ids)
    tell_gathered(call, done, "移出" if out else "归入")


@app.command("task", cls=Verb, help="给单位下达任务，各有时限；不晚于专题期限。")
def task(
    ctx: typer.Context,
    name: Name,
    unit: list[str] = option("--unit", "单位", "承担的单位，可写多次，每个单位一项", ...),
    title: str = option("--text", "任务", "办什么", ...),
    limit: str | None = option("--limit", "时限", "例如 10wd"),
    due: str | None = option("--due", "时间", "截止时间，与时限写一样"),
) -> None:
    """Set units a task."""
    call = call_of(ctx)
    view, units = named(call, name), [unit_id(call, word) for word in unit]
    made = [
        campaigns.add_task(
            call.store(),
            view,
            id,
            title,
            limit_text=limit,
            due_at=due_of(call, due) if due else None,
        )
        for id in units
    ]
    call.answer_rows(TASK, made)


@app.command("progress", cls=Verb, help="登记任务进展：一项一项写，或收单位填好的任务表。")
def progress(
    ctx: typer.Context,
    word: str = argument("任务或专题", "任务的编号；用 --file 时写专题"),
    percent: int | None = option("--percent", "数", "进度，0到100"),
    text: str = option("--text", "内容", "进展情况", ""),
    done: bool = switch("--done", "任务完成"),
    file: Path | None = option("--file", "文件", "任务表（.xlsx .csv），写专题的编号或名称"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
    at: At = None,
) -> None:
    """Record what units report of their tasks."""
    call = call_of(ctx)
    if file is not None:
        _by_file(call, named(call, word), file, rejects)
        return
    if percent is None and not text and not done:
        raise WrongUsage("请写 --percent、--text 或 --done，或用 --file 收任务表")
    if not word.lstrip("#").isdecimal():
        raise WrongUsage(f"{word} 不是任务的编号：用 duban campaign show 查看")
    with call.store().reading() as reader:
        found = task_of(reader, int(word.lstrip("#")))
    view = campaigns.tell_progress(
        call.store(), found, percent=percent, text=text, done=done, at=call.at(at)
    )
    call.answer_rows(TASK, [view])


def _by_file(call: Call, view: CampaignView, file: Path, rejects: Path | None) -> None:
    lines = read_progress_file(file, call.timekeeper().zone, call.now())
    taken = campaigns.take_progress(call.store(), view, lines)
    place = rejects or file.with_name(f"{file.stem}-退回.csv")
    if taken.refused:
        write_rejects(place, taken.refused)
    value = {
        "taken": taken.taken,
        "unchanged": taken.unchanged,
        "refused": [{"line": one.line, "reason": one.reason} for one in taken.refused],
        "rejects": str(place) if taken.refused else None,
    }
    lines_told = [f"第{one.line}行：{one.reason}" for one in taken.refused]

    def told() -> None:
        say(f"登记{taken.taken}项，没有变化{taken.unchanged}项，退回{len(taken.refused)}行")
        if taken.refused:
            say(*lines_told[:10])
            warn(f"退回的行在 {place}：改好后再收一次")

    call.answer(value, told)


@app.command("session", cls=Verb, help="登记在线接访、在线访谈：时间、领导、问答，可关联工单。")
def session(
    ctx: typer.Context,
    name: Name,
    leader: str = option("--leader", "领导", "接访的领导", ...),
    kind: str = option("--kind", "种类", "、".join(SESSION_KINDS), SESSION_KINDS[0]),
    topic: str = option("--topic", "主题", "谈什么", ""),
    file: Path | None = option("--file", "文件", "问答表：问题、答复、工单编号三列"),
    question: str | None = option("--question", "问题", "只登记一问时写"),
    answer: str | None = option("--answer", "答复", "对这一问的答复"),
    ticket: str | None = option("--ticket", "工单编号", "这一问关联的诉求"),
    at: At = None,
) -> None:
    """Record a session with a leader."""
    call = call_of(ctx)
    if (question is None) != (answer is None):
        raise WrongUsage("问题和答复要一起写：--question --answer")
    asked = [Asked(question, answer, ticket)] if question and answer else []
    if file is not None:
        asked += [Asked(q, a, number or None) for q, a, number in read_questions(file)]
    view = named(call, name)
    id = campaigns.hold_session(
        call.store(),
        view,
        kind=kind,
        held_at=call.at(at) or call.now(),
        leader=leader,
        topic=topic,
        asked=asked,
    )
    told = f"已登记{kind}#{id}：{leader}，{len(asked)}问"
    call.answer({"id": id, "questions": len(asked)}, lambda: say(told))


@app.command("extend", cls=Verb, help="展期：专题的，或其中一项任务的；写明理由。诉求的时限不动。")
def extend(
    ctx: typer.Context,
    name: Name,
    due: str = option("--due", "时间", "新的期限", ...),
    reason: str = option("--reason", "理由", "展期的理由", ...),
    task_id: int | None = option("--task", "任务编号", "只展这一项任务"),
) -> None:
    """Let a deadline be later."""
    call = call_of(ctx)
    view = named(call, name)
    if task_id is None:
        _show(call, campaigns.extend_campaign(call.store(), view, due_of(call, due), reason))
        return
    with call.store().reading() as reader:
        found = task_of(reader, task_id)
    if found.campaign_id != view.id:
        raise Refused(f"任务#{task_id} 不属于专题“{view.name}”")
    moved = campaigns.extend_task(call.store(), found, due_of(call, due), reason)
    call.answer_rows(TASK, [moved])


@app.command("close", cls=Verb, help="结项：任务都完成，或逐项写明原因（--undone 编号=原因）。")
def close(
    ctx: typer.Context,
    name: Name,
    summary: str = option("--summary", "结果", "专题的结果", ...),
    undone: list[str] | None = option("--undone", "编号=原因", "未完成的任务和原因，可写多次"),
    at: At = None,
) -> None:
    """Close a campaign."""
    call = call_of(ctx)
    done = campaigns.close_campaign(
        call.store(),
        named(call, name),
        summary=summary,
        reasons=reasons_of(undone or ()),
        at=call.at(at),
    )
    _show(call, done)


@app.command("report", cls=Verb, help="拟结项报告（公文草稿），用 duban letter sign 签发。")
def report(
    ctx: typer.Context,
    name: Name,
    to: str | None = option("--to", "领导", "呈送哪位领导，不写为牵头领导"),
    text: str | None = option("--text", "内容", "另写的话，不写用结项时写的结果"),
) -> None:
    """Draft the closing report."""
    call = call_of(ctx)
    view = named(call, name)
    letter = letters.draft_letter(
        call.store(),
        "campaign_report",
        letters.Asked(source_id=view.id),
        recipient=to or view.leader,
        words=text or view.summary,
    )
    told = f"已拟结项报告草稿#{letter.id}：{letter.title}，用 duban letter sign {letter.id} 签发"
    call.answer(call.object(letter, "id", "title", "recipient"), lambda: say(told))


@app.command("export", cls=Verb, help="导出任务表（.xlsx），单位填好用 progress --file 收回。")
def export(
    ctx: typer.Context,
    name: Name,
    out: Path = option("--out", "文件夹", "写到哪里", ...),
    whole: bool = switch("--whole", "全部单位一份，不写则每个单位一份"),
) -> None:
    """Write the tasks as workbooks."""
    call = call_of(ctx)
    view = named(call, name)
    with call.store().reading() as reader:
        tasks = tasks_of(reader, view.id)
    if not tasks:
        raise Refused(f"专题“{view.name}”没有任务：先用 duban campaign task 下达")
    files = write_task_books(call.store(), view, tasks, out, by_unit=not whole)
    call.answer([{"file": str(file)} for file in files], lambda: say(*map(str, files)))
