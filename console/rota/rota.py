"""``duban rota``: 值班与代理, who answers for a unit, a leader or an operator and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, unit_id, verb_group
from console.frame import WrongUsage, coming_instant
from console.rota.rota_span import end_typed
from models import rota
from models.rota import DutyView
from rules.rota import KINDS, WHOSE

app = verb_group("值班与代理：登记单位、领导、操作员的值班和请假代理；催办、签发、联系单位随之。")

Unit = Annotated[str | None, typer.Option("--unit", metavar="单位", help="为单位登记")]
Leader = Annotated[str | None, typer.Option("--leader", metavar="领导", help="为领导登记")]
Operator = Annotated[str | None, typer.Option("--operator", metavar="登录名", help="为操作员登记")]
From = Annotated[str, typer.Option("--from", metavar="时间", help="从何时起")]
To = Annotated[str, typer.Option("--to", metavar="时间", help="到何时；只写日期算到当天结束")]
Phone = Annotated[str, typer.Option("--phone", metavar="电话", help="值班电话")]


def _facts(call: Call) -> tuple[Fact[DutyView], ...]:
    now = call.now()
    return (
        Fact("id", "编号", number=True),
        Fact("kind", "种类", shown=lambda one: f"{WHOSE[one.of]}{KINDS[one.kind]}"),
        Fact("of", ""),
        Fact("whom", "为谁"),
        Fact("person", "由谁", shown=lambda one: one.person or one.whom),
        Fact("phone", "电话"),
        Fact("from_at", "从"),
        Fact("to_at", "到"),
        Fact("state", "状态", value=lambda one: one.state(now)),
        Fact("reason", "事由"),
    )


def _whose(
    call: Call, unit: str | None, leader: str | None, operator: str | None
) -> dict[str, Any]:
    if sum(one is not None for one in (unit, leader, operator)) != 1:
        raise WrongUsage("请写 --unit、--leader、--operator 其中一个")
    if unit is not None:
        return {"unit_id": unit_id(call, unit)}
    return {"leader": leader} if leader is not None else {"login": operator}


def _span(call: Call, typed_from: str, typed_to: str) -> dict[str, Any]:
    zone, now = call.store().timekeeper().zone, call.now()
    from_at = coming_instant(typed_from, now, zone)
    return {"from_at": from_at, "to_at": end_typed(typed_to, now, zone)}


@app.command("list", cls=Verb, help="列出现在和以后的值班、代理；--days 连同以前多少天的。")
def list_rota(
    ctx: typer.Context, days: int = option("--days", "天数", "连同以前多少天的", 0, min=0)
) -> None:
    """List the rota."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = rota.rota_since(reader, call.now() - timedelta(days=days))
    call.answer_rows(_facts(call), found, none="没有值班和代理：用 duban rota duty 登记")


@app.command("duty", cls=Verb, help="登记值班：单位的值班人员和电话，或值班的领导、操作员。")
def duty(
    ctx: typer.Context,
    start: From,
    to: To,
    unit: Unit = None,
    leader: Leader = None,
    operator: Operator = None,
    person: str = option("--person", "姓名", "单位的值班人员", ""),
    phone: Phone = "",
) -> None:
    """Put somebody on duty."""
    call = call_of(ctx)
    made = rota.set_duty(
        call.store(),
        **_whose(call, unit, leader, operator),
        person=person,
        phone=phone,
        **_span(call, start, to),
    )
    call.answer_rows(_facts(call), [made])


@app.command("deputy", cls=Verb, help="登记代理：请假期间由谁代单位联络员、领导或操作员。")
def deputy(
    ctx: typer.Context,
    start: From,
    to: To,
    person: str = option("--person", "姓名", "由谁代理；操作员写登录名", ...),
    unit: Unit = None,
    leader: Leader = None,
    operator: Operator = None,
    phone: Phone = "",
    reason: str = option("--reason", "事由", "例如 休假、出差", ""),
) -> None:
    """Let somebody stand in."""
    call = call_of(ctx)
    made = rota.set_deputy(
        call.store(),
        **_whose(call, unit, leader, operator),
        person=person,
        phone=phone,
        reason=reason,
        **_span(call, start, to),
    )
    call.answer_rows(_facts(call), [made])


@app.command("end", cls=Verb, help="提前结束一条值班或代理，写明理由。")
def end(
    ctx: typer.Context,
    number: int = argument("编号", "用 duban rota list 查看"),
    reason: str = option("--reason", "理由", "为何提前结束", ...),
) -> None:
    """End an entry before its time."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = rota.duty_of(reader, number)
    call.answer_rows(_facts(call), [rota.end_duty(call.store(), found, reason)])
