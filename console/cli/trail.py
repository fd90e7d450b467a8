"""``duban trail``: what was done to one ticket, by whom, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from console.cli.call import Call, call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say_table
from models.views import TrailLine, storyline, ticket_ids

app = one_verb()


@app.command("trail", cls=Verb, help="留痕：一件诉求何时、由谁、办了什么、为什么。")
def show_trail(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")],
) -> None:
    """List the record of one ticket in the order in which things happened."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        lines = storyline(reader.rows, ticket_ids(reader, [number])[0])
    call.answer([_object(call, line) for line in lines], lambda: _show(call, lines))


def _object(call: Call, line: TrailLine) -> dict[str, Any]:
    return {
        "at": call.iso(line.at),
        "recorded_at": call.iso(line.recorded_at),
        "seq": line.seq,
        "who": line.who,
        "verb": line.verb,
        "text": line.text,
        "reason": line.reason or None,
    }


def _show(call: Call, lines: Sequence[TrailLine]) -> None:
    say_table(
        ("时间", "记录时间", "经办", "事项", "理由"),
        (
            (call.clock(one.at), call.clock(one.recorded_at), one.who, one.text, one.reason)
            for one in lines
        ),
    )
