"""``duban units``: who must answer."""

from __future__ import annotations

from dataclasses import asdict, astuple
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say, say_table
from models.facts import UnitLine, unit_lines

app = verb_group("承办单位。")


@app.command("show", cls=Verb, help="列出承办单位与联络方式。")
def units_show(
    ctx: typer.Context,
    group: Annotated[str | None, typer.Option("--group", metavar="组别", help="只列此组")] = None,
) -> None:
    """List the responsible units."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        units = [u for u in unit_lines(reader) if group in (None, u.group)]
    call.answer([asdict(u) for u in units], lambda: _show(units))


def _show(units: list[UnitLine]) -> None:
    say_table(
        ("代码", "单位", "简称", "组别", "联络员", "电话", "分管领导"),
        (astuple(unit) for unit in units),
    )
    say(f"共{len(units)}个单位")

