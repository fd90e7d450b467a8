"""``duban visit``: 政法干部进社区, from the plan to what became of what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.command import (
    At,
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    unit_id,
    verb_group,
    warn,
)
from console.frame import WrongUsage, coming_instant
from console.visits.month_page import HEAD, LEGEND, month_of, signs_of, span_of, week_lines
from models import visits
from models.problems import link_or_leave
from models.visits import TakenVisits, VisitTaskView, VisitView
from rules.visits import COLUMNS, SERVICES, UnreadVisit
from seed.channels import read_visit_file
from seed.sheets import Column, write_rows

app = verb_group("走访：政法干部进社区，安排、登记、收诉求、布置任务；不登记被走访的人。")

Number = Annotated[int, typer.Argument(metavar="走访编号", help="用 duban visit list 查看")]

TASK: tuple[Fact[VisitTaskView], ...] = (
    Fact("id", "任务", number=True),
    Fact("visit_id", "走访", number=True),
    Fact("unit", "单位"),
    Fact("title", "任务内容"),
    Fact("limit_text", ""),
    Fact("due_at", "截止"),
    Fact("state", "状态", shown=lambda one: one.state),
    Fact("done_at", ""),
    Fact("result", "结果"),
)


def _services(one: VisitView) -> list[str]:
    return one.services.splitlines()


def _facts(call: Call) -> tuple[Fact[VisitView], ...]:
    now = call.now()
    return (
        Fact("id", "编号", number=True),
        Fact("at", "时间"),
        Fact("ends_at", ""),
        Fact("code", ""),
        Fact("place", "社区"),
        Fact("unit", "单位"),
        Fact("state", "状态", value=lambda one: one.state(now)),
        Fact("cadres", "", value=lambda one: one.cadres.splitlines()),
        Fact("services", "服务", value=_services, shown=lambda one: "、".join(_services(one))),
        Fact("summary", ""),
        Fact("appeals", "诉求", number=True),
        Fact("open", "在办", number=True),
        Fact("tasks", "任务", number=True),
        Fact("undone", "未完成", number=True),
    )


def _one(call: Call, id: int) -> VisitView:
    with call.store().reading() as reader:
        return visits.visit_of(reader, id)


def _month(call: Call, typed: str | None) -> date:
    if typed is None:
        return month_of(call.timekeeper().local(call.now()).date())
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        raise WrongUsage(f"月份 {typed} 写法不对：例如 2026-11") from None


Month = Annotated[
    str | None, typer.Option("--month", metavar="月", help="例如 2026-11，不写为本月")
]


@app.command("list", cls=Verb, help="列出一个月的走访，可只看一个社区。")
def list_visits(
    ctx: typer.Context,
    month: Month = None,
    place: str | None = option("--place", "社区", "名称或代码"),
) -> None:
    """List the visits of a month."""
    call = call_of(ctx)
    store, wanted = call.store(), _month(call, month)
    with store.reading() as reader:
        today = call.timekeeper().local(call.now()).date()
        code = visits.community_of(reader, place, today) if place else ""
        found = visits.visits_in(reader, *span_of(wanted, call.timekeeper().zone), code)
    call.answer_rows(_facts(call), found, none=f"{wanted:%Y年%m月}没有走访")


@app.command("calendar", cls=Verb, help="一个社区一个月的走访日历。")
def calendar(
    ctx: typer.Context, place: str = argument("社区", "名称或代码"), month: Month = None
) -> None:
    """Show the month of a community."""
    call = call_of(ctx)
    store, wanted = call.store(), _month(call, month)
    zone, now = call.timekeeper().zone, call.now()
    with store.reading() as reader:
        code = visits.community_of(reader, place, call.timekeeper().local(now).date())
        found = visits.visits_in(reader, *span_of(wanted, zone), code)
    signs = signs_of(found, now, zone)
    value = {
        "code": code,
        "month": f"{wanted:%Y-%m}",
        "days": {day.isoformat(): sign for day, sign in sorted(signs.items())},
        "visits": call.objects(_facts(call), found),
    }
    title = f"{found[0].place if found else place} {wanted:%Y年%m月}"
    call.answer(value, lambda: say(title, HEAD, *week_lines(wanted, signs), LEGEND))


@app.command("show", cls=Verb, help="查看一次走访：服务、情况、所收诉求、任务。")
def show(ctx: typer.Context, number: Number) -> None:
    """Show one visit whole."""
    call = call_of(ctx)
    view = _one(call, number)
    with call.store().reading() as reader:
        tasks = visits.visit_tasks(reader, view.id)
        masking = call.store().policy.privacy.on_screen
        appeals = visits.visit_appeals(reader, view.id, masking)
    value = {
        **call.objects(_facts(call), [view])[0],
        "task_list": call.objects(TASK, tasks),
        "ticket_list": [call.object(one, "number", "title", "unit", "state") for one in appeals],
    }

    def told() -> None:
        call.table(_facts(call), [view])
        say(f"人员：{'、'.join(view.cadres.splitlines()) or '未写'}", *view.summary.splitlines())
        if tasks:
            call.table(TASK, tasks)
        say(*(f"{one.number} {one.title} {one.unit} {one.state}" for one in appeals))

    call.answer(value, told)


Place = Annotated[str, typer.Argument(metavar="社区", help="名称或12位代码")]


@app.command("plan", cls=Verb, help="安排走访：社区、单位、时间。")
def plan(
    ctx: typer.Context,
    place: Place,
    unit: str = option("--unit", "单位", "哪个单位去", ...),
    at: str = option("--at", "时间", "何时去，例如 2026-11-25 09:30", ...),
    ends: str | None = option("--ends", "时间", "何时结束"),
    cadre: list[str] | None = option("--cadre", "姓名", "去的人，可写多次"),
) -> None:
    """Plan a visit."""
    call = call_of(ctx)
    zone, now = call.store().timekeeper().zone, call.now()
    view = visits.plan_visit(
        call.store(),
        place=place,
        unit_id=unit_id(call, unit),
        at=coming_instant(at, now, zone, day_alone=False),
        ends_at=coming_instant(ends, now, zone, day_alone=False) if ends else None,
        cadres="\n".join(cadre or ()),
    )
    call.answer_rows(_facts(call), [view])


@app.command("hold", cls=Verb, help="登记走访：写走访编号，或写社区、单位、时间登记没有安排过的。")
def hold(
    ctx: typer.Context,
    word: str = argument("走访编号或社区", "安排过的写编号，没有安排过的写社区"),
    unit: str | None = option("--unit", "单位", "没有安排过的写"),
    at: At = None,
    ends: str | None = option("--ends", "时间", "何时结束"),
    cadre: list[str] | None = option("--cadre", "姓名", "去的人，可写多次"),
    service: list[str] | None = option("--service", "服务", f"如{SERVICES[0]}，可写多次"),
    text: str = option("--text", "情况", "不写被走访的人", ""),
) -> None:
    """Record a visit."""
    call = call_of(ctx)
    cadres, services = "\n".join(cadre or ()), "\n".join(service or ())
    if unit is None:
        if not word.lstrip("#").isdecimal() or len(word) > 9:
            raise WrongUsage("没有安排过的走访要写 --unit 和 --at")
        view = visits.hold_visit(
            call.store(),
            _one(call, int(word.lstrip("#"))),
            services=services,
            summary=text,
            cadres=cadres,
            ends_at=call.at(ends),
        )
    else:
        when = call.at(at)
        if when is None:
            raise WrongUsage("请写走访的时间：--at")
        view = visits.record_visit(
            call.store(),
            place=word,
            unit_id=unit_id(call, unit),
            at=when,
            ends_at=call.at(ends),
            cadres=cadres,
            services=services,
            summary=text,
        )
    call.answer_rows(_facts(call), [view])


@app.command("cancel", cls=Verb, help="取消走访，写明理由。")
def cancel(
    ctx: typer.Context, number: Number, reason: str = option("--reason", "理由", "为何取消", ...)
) -> None:
    """Call a visit off."""
    call = call_of(ctx)
    call.answer_rows(_facts(call), [visits.cancel_visit(call.store(), _one(call, number), reason)])


@app.command("collect", cls=Verb, help="收诉求：群众说的事登记成工单；或关联已有工单（--ticket）。")
def collect(
    ctx: typer.Context,
    number: Number,
    text: str | None = option("--text", "内容", "群众说的事"),
    nature: str = option("--nature", "性质", "不写为其他", ""),
    reporter: str = option("--reporter", "姓名", "诉求人，只记在这件诉求里", ""),
    phone: str = option("--phone", "电话", "联系电话，只记在这件诉求里", ""),
    ticket: str | None = option("--ticket", "工单编号", "已登记过的，只关联"),
) -> None:
    """Register what was told on a visit, or link what is registered."""
    call = call_of(ctx)
    if (text is None) == (ticket is None):
        raise WrongUsage("请写 --text 内容，或 --ticket 工单编号，写一样")
    view, store = _one(call, number), call.store()
    if ticket is not None:
        call.answer_rows(_facts(call), [visits.link_appeal(store, view, ticket)])
        return
    entered = visits.collect_appeal(
        store, view, text or "", nature=nature, reporter=reporter, phone=phone
    )
    link_or_leave(store)
    call.answer(
        call.object(entered, "number", "unit", "step", "due_at"),
        lambda: say(f"已登记 {entered.number}，{entered.unit or '待派'}"),
    )


@app.command("task", cls=Verb, help="布置任务：走访发现的事交单位限时办。")
def task(
    ctx: typer.Context,
    number: Number,
    unit: str = option("--unit", "单位", "谁办", ...),
    text: str = option("--text", "任务", "办什么", ...),
    limit: str | None = option("--limit", "时限", "例如 10wd，不写按规则"),
    at: At = None,
) -> None:
    """Set a task."""
    call = call_of(ctx)
    view = _one(call, number)
    made = visits.add_visit_task(
        call.store(), view, unit_id(call, unit), text, limit_text=limit, at=call.at(at)
    )
    call.answer_rows(TASK, [made])


@app.command("finish", cls=Verb, help="走访任务完成：写任务的编号和结果。")
def finish(
    ctx: typer.Context,
    number: int = argument("任务编号", "用 duban visit show 查看"),
    text: str = option("--text", "结果", "办成什么样", ...),
    at: At = None,
) -> None:
    """Record what came of a task."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = visits.visit_task_of(reader, number)
    done = visits.finish_visit_task(call.store(), found, text, at=call.at(at))
    call.answer_rows(TASK, [done])


@app.command(
    "load", cls=Verb, help="导入走访表（.xlsx .csv）：走访、所收诉求、任务；再收一次不重复。"
)
def load(
    ctx: typer.Context,
    file: Path = argument("文件", "走访表，表头见 duban visit template"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Take a file of visits in."""
    call = call_of(ctx)
    store = call.store()
    taken = visits.take_visits(store, read_visit_file(file, call.timekeeper().zone, call.now()))
    link_or_leave(store)
    place = rejects or file.with_name(f"{file.stem}-退回.csv")
    if taken.refused:
        _write_rejects(place, taken.refused)
    _tell(call, taken, place)


def _tell(call: Call, taken: TakenVisits, place: Path) -> None:
    value = {
        **call.object(taken, "visits", "appeals", "tasks", "unchanged"),
        "refused": [{"line": one.line, "reason": one.reason} for one in taken.refused],
        "rejects": str(place) if taken.refused else None,
    }

    def told() -> None:
        say(
            f"登记走访{taken.visits}次，收诉求{taken.appeals}件，任务{taken.tasks}项，"
            f"没有变化{taken.unchanged}行，退回{len(taken.refused)}行"
        )
        if taken.refused:
            say(*[f"第{one.line}行：{one.reason}" for one in taken.refused[:10]])
            warn(f"退回的行在 {place}：改好后再收一次")

    call.answer(value, told)


def _write_rejects(place: Path, refused: Sequence[UnreadVisit]) -> None:
    columns = [Column(name, name) for name in (*COLUMNS, "退回原因")]
    write_rows(place, columns, ((*one.cells, one.reason) for one in refused))


@app.command("template", cls=Verb, help="写出空的走访表，发给各单位填。")
def template(ctx: typer.Context, out: Path = option("--out", "文件", "写到哪里", ...)) -> None:
    """Write an empty file with the heading."""
    call = call_of(ctx)
    write_rows(out, [Column(name, name) for name in COLUMNS], [])
    call.answer({"file": str(out)}, lambda: say(f"已写 {out}"))
