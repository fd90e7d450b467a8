"""``duban reception``: 大接访 days planned, written down from workbooks, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    switch,
    verb_group,
    warn,
)
from console.frame import WrongUsage
from console.receptions.reception_files import beside, write_refused
from models import receptions
from models.problems import link_or_leave
from models.receptions import DayView, PlaceFigures, ReceptionView, day_figures, sum_of
from rules.casework import Reject
from rules.receptions import PARTY_COLUMNS, PLAN_COLUMNS
from seed.channels import read_parties, read_plan
from seed.sheets import Column, write_rows

app = verb_group("大接访：排接访日，收各接访点的登记表，看一天的数。")

Day = Annotated[str, typer.Argument(metavar="日期", help="例如 2026-12-18、昨天")]

DAYS: tuple[Fact[DayView], ...] = (
    Fact("day", "日期"),
    Fact("places", "接访点", number=True),
    Fact("batches", "批次", number=True),
    Fact("people", "人次", number=True),
    Fact("solved", "现场解决", number=True),
    Fact("pledged", "承诺", number=True),
    Fact("state", "状态", shown=lambda view: view.state),
)

PLACES: tuple[Fact[ReceptionView], ...] = (
    Fact("id", "编号", number=True),
    Fact("day", ""),
    Fact("place", "接访点"),
    Fact("leader", "接访领导"),
    Fact("post", "职务"),
    Fact("rank", "层级"),
    Fact("organ", ""),
    Fact("units", "到场单位", shown=lambda view: "、".join(view.units)),
    Fact("held_at", "开始"),
    Fact("ends_at", ""),
    Fact("batches", "批次", number=True),
    Fact("people", "人次", number=True),
    Fact("state", "状态", shown=lambda view: view.state),
)

FIGURES: tuple[Fact[PlaceFigures], ...] = (
    Fact("place", "接访点"),
    Fact("leader", "接访领导"),
    Fact("batches", "批次", number=True),
    Fact("people", "人次", number=True),
    Fact("collective", "集体访", number=True),
    Fact("collective_people", ""),
    Fact("first", "首访", number=True),
    Fact("again", "重访", number=True),
    Fact("solved", "现场解决", number=True),
    Fact("pledged", "承诺", number=True),
    Fact("referred", "转办", number=True),
    Fact("transferred", "移送", number=True),
    Fact("lawsuit", "涉法涉诉", number=True),
)


def day_of(call: Call, typed: str) -> date:
    """Return the day that is meant by a date as people say it."""
    at = call.at(typed)
    if at is None:
        raise WrongUsage("请写接访的日期：例如 2026-12-18")
    return call.timekeeper().local(at).date()


@app.command("list", cls=Verb, help="列出各接访日：接访点、批次、人次、现场解决、承诺。")
def list_days(ctx: typer.Context) -> None:
    """List every reception day, the last first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        days = receptions.reception_days(reader)
    call.answer_rows(DAYS, days, none="没有接访日：用 duban reception plan 排好")


@app.command("plan", cls=Verb, help="排接访日：收安排表，每个接访点一行；再收一次就是改。")
def plan(
    ctx: typer.Context,
    file: Path = argument("安排表", "空表用 duban reception template 写出"),
    dry_run: bool = switch("--dry-run", "只试，不写入"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Plan the places of reception days by a file."""
    call = call_of(ctx)
    store = call.store()
    lines = read_plan(file, call.timekeeper().zone, call.now())
    done = receptions.plan(store, lines, dry_run=dry_run)
    value = {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        **_refused(done.refused, PLAN_COLUMNS, rejects or beside(file)),
    }
    head = "试排" if dry_run else "排好"

    def told() -> None:
        say(f"{head}：新增{done.new}个接访点，改{done.changed}个，没有变化{done.unchanged}个")
        _tell_refused(done.refused, value["rejects"])

    call.answer(value, told)


@app.command("show", cls=Verb, help="看一个接访日的接访点：领导、到场单位、批次、人次。")
def show(ctx: typer.Context, day: Day) -> None:
    """Show the places of a day."""
    call = call_of(ctx)
    when = day_of(call, day)
    with call.store().reading() as reader:
        places = receptions.receptions_on(reader, when)
    call.answer_rows(PLACES, places, none=f"{when} 没有安排接访：用 duban reception plan 排好")


@app.command("load", cls=Verb, help="收接访登记表：一批一行，可收多次，已登记的行不重复登记。")
def load(
    ctx: typer.Context,
    file: Path = argument("登记表", "空表用 duban reception template 写出"),
    day: str = option("--day", "日期", "哪一天的接访", ...),
    dry_run: bool = switch("--dry-run", "只试，不写入"),
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Write down the parties of a workbook."""
    call = call_of(ctx)
    store, when = call.store(), day_of(call, day)
    lines = read_parties(file, when, call.timekeeper().zone, call.now())
    done = receptions.take_parties(store, when, lines, dry_run=dry_run)
    if not dry_run:
        link_or_leave(store)
    value = {
        "read": done.read,
        "new": done.new,
        "known": done.known,
        "linked": done.linked,
        "withheld": list(done.withheld),
        **_refused(done.refused, PARTY_COLUMNS, rejects or beside(file)),
    }
    head = "试收" if dry_run else "登记"

    def told() -> None:
        linked = f"（其中关联已有工单{done.linked}批）" if done.linked else ""
        say(f"读{done.read}行：{head}{done.new}批{linked}，早已登记{done.known}批")
        if done.withheld:
            lines = "、".join(map(str, done.withheld[:10]))
            say(f"第{lines}行反映的正是所写的责任单位，没有交给它，进待派")
        _tell_refused(done.refused, value["rejects"])

    call.answer(value, told)


@app.command("figures", cls=Verb, help="一个接访日的数：每个接访点和合计。")
def figures(ctx: typer.Context, day: Day) -> None:
    """Show the figures of a day, place by place and together."""
    call = call_of(ctx)
    when = day_of(call, day)
    with call.store().reading() as reader:
        found = day_figures(reader, when, when)
    total = sum_of(found, when)
    value = {"day": when.isoformat(), "places": call.objects(FIGURES, found)}
    call.answer(
        {**value, "total": call.objects(FIGURES, [total])[0]},
        lambda: (
            call.table(FIGURES, [*found, total])
            if found
            else say(f"{when} 没有安排接访：用 duban reception plan 排好")
        ),
    )


@app.command("close", cls=Verb, help="结束一天的登记：各接访点不再登记，数字不再变。")
def close(ctx: typer.Context, day: Day) -> None:
    """Close every place of a day."""
    call = call_of(ctx)
    when = day_of(call, day)
    done = receptions.close_day(call.store(), when)
    value = {"day": when.isoformat(), "closed": done}
    call.answer(value, lambda: say(f"{when} 已结束登记：{done}个接访点"))


@app.command("strike", cls=Verb, help="撤回自己最近登记的一批；编号作废，不再给出。")
def strike(ctx: typer.Context) -> None:
    """Take back the last party that was written down."""
    call = call_of(ctx)
    done = receptions.strike_last(call.store())
    call.answer(
        call.object(done, "serial", "number", "linked"),
        lambda: say(f"已撤回第{done.serial}批 {done.number}"),
    )


@app.command("template", cls=Verb, help="写出空的安排表或登记表，照着填。")
def template(
    ctx: typer.Context,
    kind: str = argument("种类", "安排表 或 登记表"),
    out: Path = option("--out", "文件", ".xlsx .csv", ...),
) -> None:
    """Write an empty table to be filled in."""
    call = call_of(ctx)
    kinds = {"安排表": PLAN_COLUMNS, "登记表": PARTY_COLUMNS, "plan": PLAN_COLUMNS}
    columns = {**kinds, "load": PARTY_COLUMNS}.get(kind)
    if columns is None:
        raise WrongUsage(f"没有“{kind}”：写 安排表 或 登记表")
    write_rows(out, [Column(name, name) for name in columns], ())
    call.answer({"file": str(out)}, lambda: say(f"已写空表：{out}"))


def _refused(refused: Sequence[Reject], columns: Sequence[str], place: Path) -> dict[str, object]:
    """Write refused lines as a file to mend and take again; return what JSON tells of them."""
    write_refused(refused, columns, place)
    told = [{"line": one.line, "reason": one.reason} for one in refused]
    return {"refused": told, "rejects": str(place) if refused else None}


def _tell_refused(refused: Sequence[Reject], place: object) -> None:
    if refused:
        say(*(f"第{one.line}行：{one.reason}" for one in refused[:10]))
        warn(f"退回{len(refused)}行，在 {place}：改好后再收一次")
