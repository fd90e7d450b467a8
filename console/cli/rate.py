"""``duban rate``: what the citizen said of the outcome and of the unit's work."""

from __future__ import annotations

from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say
from console.settings import WrongUsage
from models import casework
from models.views import ticket_ids

RATINGS = {"满意": "满意", "基本满意": "基本满意", "不满意": "不满意",
           "satisfied": "满意", "basic": "基本满意", "unsatisfied": "不满意"}  # fmt: skip


app = one_verb()


@app.command(cls=Verb, help="登记群众评价：对结果、对工作；不满意的转核查。")
def rate(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")],
    result: Annotated[
        str | None,
        typer.Option("--result", metavar="评价", help="群众满意：满意 基本满意 不满意"),
    ] = None,
    work: Annotated[
        str | None,
        typer.Option("--work", metavar="评价", help="工作满意：满意 基本满意 不满意"),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="时间", help="评价的时间，不写为现在")
    ] = None,
) -> None:
    """Record a citizen's rating of a closed ticket."""
    call = call_of(ctx)
    if not (result or work):
        raise WrongUsage("没有评价：请写 --result 或 --work；用法见 duban rate --help")
    given = (_rating(result), _rating(work))
    with call.store().reading() as reader:
        ids = ticket_ids(reader, [number])
    casework.rate(call.store(), ids, *given, at=call.at(at))
    value = {"number": number, "result": given[0], "work": given[1]}
    call.answer(value, lambda: say(f"已登记 {number} 的评价"))


def _rating(word: str | None) -> str | None:
    if word is None or word in RATINGS:
        return RATINGS[word] if word else None
    raise WrongUsage(f"没有评价 {word}：可写 满意、基本满意、不满意")
