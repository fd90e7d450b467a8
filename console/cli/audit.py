"""``duban audit``: does the trail still say what was recorded."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say
from models.trail import Verification, verify
from rules.errors import DubanError

app = verb_group("核验留痕是否被改动。")


@app.command("verify", cls=Verb, help="逐条核验留痕链，指出第一条不符的记录。")
def audit_verify(
    ctx: typer.Context,
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", metavar="校验值", help="另存的链头，整链重写只有靠它才能发现"),
    ] = None,
) -> None:
    """Recompute the chain of the trail; refuse where it is not what was recorded."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = verify(reader, anchor)
    call.answer(asdict(found), lambda: _show(found))
    if not found.ok:
        raise DubanError(
            f"留痕不符：第{found.first_bad}条起与记录不一致，请立即报告管理员并保全库文件"
        )


def _show(found: Verification) -> None:
    if found.ok:
        say(f"留痕完整：共{found.events}条", f"链头 {found.head}")
