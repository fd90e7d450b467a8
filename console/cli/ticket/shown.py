"""What the verbs of ``duban ticket`` share: the numbers, the options, the answer."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from console.cli.call import Call
from console.cli.output import say
from models.casework import Done
from models.views import ticket_ids

Numbers = Annotated[list[str], typer.Argument(metavar="工单编号", help="可写多个")]


At = Annotated[
    str | None, typer.Option("--at", metavar="时间", help="实际发生的时间，不写为现在")
]


Unit = Annotated[str, typer.Option("--unit", metavar="单位", help="名称、简称或代码")]


Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="写明理由")]


OptionalReason = Annotated[
    str | None, typer.Option("--reason", metavar="理由", help="理由，可不写")
]


OUTCOME_HELP = "已解决 部分解决 未解决 解释说明"


def ids_of(call: Call, numbers: list[str]) -> list[int]:
    """Return the tickets of numbers; refuses one there is not."""
    with call.store().reading() as reader:
        return ticket_ids(reader, numbers)


def answer(call: Call, done: Done) -> None:
    """Tell how many were done; name what was skipped on stderr."""
    told = "；".join(f"{number} {reason}" for number, reason in done.skipped)
    if told:
        print(f"已跳过{len(done.skipped)}件：{told}", file=sys.stderr)
    value = {
        "done": len(done.done),
        "skipped": [{"number": n, "reason": why} for n, why in done.skipped],
    }
    call.answer(value, lambda: say(f"已办理{len(done.done)}件"))
