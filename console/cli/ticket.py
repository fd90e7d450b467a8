"""``duban ticket``: casework on tickets, one or many."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from console.cli.call import Call, call_of
from console.cli.chinese import Verb, verb_group
from console.cli.choices import unit_id
from console.cli.output import say
from models import casework
from models.casework import Done
from models.facts import ticket_ids

Numbers = Annotated[list[str], typer.Argument(metavar="工单编号", help="可写多个")]
At = Annotated[
    str | None, typer.Option("--at", metavar="时间", help="实际发生的时间，不写为现在")
]

app = verb_group("办理诉求：交办、签收、联系、答复、办结。")


@app.command("dispatch", cls=Verb, help="交办或转派：单位的时限从交办时起算。")
def dispatch(
    ctx: typer.Context,
    numbers: Numbers,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="名称、简称或代码")],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="理由", help="转派的理由")
    ] = None,
    at: At = None,
) -> None:
    """Hand tickets to a unit."""
    call = call_of(ctx)
    ids, to = _ids(call, numbers), unit_id(call, unit)
    _answer(call, casework.dispatch(call.store(), ids, to, at=call.at(at), reason=reason))


@app.command("acknowledge", cls=Verb, help="签收：登记单位已收下。")
def acknowledge(ctx: typer.Context, numbers: Numbers, at: At = None) -> None:
    """Record that the unit took the tickets."""
    call = call_of(ctx)
    _answer(call, casework.acknowledge(call.store(), _ids(call, numbers), at=call.at(at)))


@app.command("contact", cls=Verb, help="首次联系：登记单位已联系诉求人。")
def contact(ctx: typer.Context, numbers: Numbers, at: At = None) -> None:
    """Record the unit's first contact with the citizen."""
    call = call_of(ctx)
    _answer(call, casework.contact(call.store(), _ids(call, numbers), at=call.at(at)))


@app.command("reply", cls=Verb, help="答复：登记单位的答复意见，等待审核。")
def reply(
    ctx: typer.Context,
    numbers: Numbers,
    text: Annotated[str, typer.Option("--text", metavar="意见", help="答复意见")],
    at: At = None,
) -> None:
    """Record the unit's answer."""
    call = call_of(ctx)
    _answer(call, casework.reply(call.store(), _ids(call, numbers), text, at=call.at(at)))


@app.command("close", cls=Verb, help="办结：中心认可办理结果。")
def close(
    ctx: typer.Context,
    numbers: Numbers,
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="结果", help="已解决 部分解决 未解决 解释说明"),
    ],
    reason: Annotated[str | None, typer.Option("--reason", metavar="说明", help="说明")] = None,
    at: At = None,
) -> None:
    """Close tickets with their outcome."""
    call = call_of(ctx)
    ids = _ids(call, numbers)
    _answer(call, casework.close(call.store(), ids, outcome, at=call.at(at), reason=reason))


def _ids(call: Call, numbers: list[str]) -> list[int]:
    with call.store().reading() as reader:
        return ticket_ids(reader, numbers)


def _answer(call: Call, done: Done) -> None:
    """Tell how many were done; name what was skipped on stderr."""
    told = "；".join(f"{number} {reason}" for number, reason in done.skipped)
    if told:
        print(f"已跳过{len(done.skipped)}件：{told}", file=sys.stderr)
    value = {
        "done": len(done.done),
        "skipped": [{"number": n, "reason": why} for n, why in done.skipped],
    }
    call.answer(value, lambda: say(f"已办理{len(done.done)}件"))
