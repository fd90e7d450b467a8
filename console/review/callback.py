"""``duban callback``: the calls to citizens, planned, listed and handed out one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    call_of,
    chosen_period,
    option,
    say,
    switch,
    verb_group,
)
from models.privacy import look_to_call
from models.review import NextCall, PlannedCall, next_call, plan_calls, planned_calls
from rules.errors import Refused

app = verb_group("回访：安排、列出、逐件领取；结果用 duban ticket callback 登记。")


@app.command(
    "plan", cls=Verb, help="安排一周的回访：待核查的不满意件全部，满意件抽样；不重复安排。"
)
def plan(
    ctx: typer.Context,
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
    seed: int | None = option(
        "--seed", "种子", "抽样的种子，不写则随机取一个", min=0, max=10**8 - 1
    ),
    dry_run: bool = switch("--dry-run", "只试算，不安排"),
) -> None:
    """Plan the calls of a period, the sample drawn from a seed that is printed."""
    call = call_of(ctx)
    period = chosen_period(call, week, month)
    made = plan_calls(call.store(), period, seed=seed, dry_run=dry_run)
    names = ("period", "seed", "unsatisfied", "satisfied", "sampled", "confidential")

    def shown() -> None:
        done = "试算" if dry_run else "已安排"
        say(
            f"{period.label}：{done}核查回访{made.unsatisfied}件，"
            f"满意件{made.satisfied}件中抽{made.sampled}件（种子 {made.seed}）"
        )
        if made.confidential:
            say(f"另有保密件{made.confidential}件，不回访")

    call.answer({**call.object(made, *names), "dry_run": dry_run}, shown)


PLANNED: tuple[Fact[PlannedCall], ...] = (
    Fact("number", "工单编号"),
    Fact("purpose", "用途", shown=lambda one: one.purpose_name),
    Fact("unit", "承办单位"),
    Fact("attempts", "已打", number=True),
    Fact("not_before", "可打时间"),
    Fact("done_at", "完成"),
    Fact("result", "结果"),
    Fact("planned_at"),
    Fact("plan"),
)


@app.command("list", cls=Verb, help="列出安排了的回访：待打的，和近几天打完的。")
def listed(
    ctx: typer.Context, days: int = option("--days", "天数", "打完的列几天", 1, min=0, max=366)
) -> None:
    """List the planned calls, those to be made first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = planned_calls(reader, call.now() - timedelta(days=days))
    call.answer_rows(PLANNED, found, none="没有待打的回访：用 duban callback plan 安排")


@app.command("next", cls=Verb, help="领取下一件要打的回访（脱敏）：事由、答复、以前的回访。")
def upcoming(ctx: typer.Context) -> None:
    """Show the call to make now."""
    call = call_of(ctx)
    found = next_call(call.store(outside=True))
    call.answer(None if found is None else _object(call, found), lambda: _show(call, found))


@app.command("phone", cls=Verb, help="显示下一件回访的号码：先记入留痕，每人每天有上限。")
def phone(ctx: typer.Context) -> None:
    """Show the number of the call to make now, once the look is on record."""
    call = call_of(ctx)
    store = call.store(outside=True)
    found = next_call(store)
    if found is None:
        raise Refused("现在没有要打的回访：稍后再试")
    seen = look_to_call(store, found.id)
    call.answer(
        {
            **call.object(seen, "number"),
            **call.object(seen.citizen, "reporter", "phone", "address"),
            **call.object(seen, "reason"),
        },
        lambda: say(
            f"{seen.citizen.reporter or '未留姓名'}  {seen.citizen.phone or '未留电话'}",
            f"{seen.number} 的查看已记入留痕：{seen.reason}",
        ),
    )


def _object(call: Call, found: NextCall) -> dict[str, Any]:
    names = ("number", "purpose", "title", "content", "unit", "reply", "result_rating")
    times = ("received_at", "closed_at", "attempts", "reporter", "phone")
    return {
        **call.object(found, *names, *times),
        "calls": [call.object(one, "at", "result", "said") for one in found.calls],
    }


def _show(call: Call, found: NextCall | None) -> None:
    if found is None:
        say("现在没有要打的回访")
        return
    say(
        f"{found.number}  {found.purpose_name}  {found.unit}",
        f"{call.clock(found.received_at)} 受理  {call.clock(found.closed_at)} 办结"
        + (f"  评价：{found.result_rating}" if found.result_rating else ""),
        found.title,
        found.content,
        *((f"答复：{found.reply}",) if found.reply else ()),
        *(f"{call.clock(one.at)} {one.result} {one.said}".rstrip() for one in found.calls),
        f"诉求人：{found.reporter or '未留姓名'}  {found.phone or '未留电话'}",
        "看号码：duban callback phone",
        f"登记：duban ticket callback {found.number} --result 接通 --text 诉求人的话",
    )
