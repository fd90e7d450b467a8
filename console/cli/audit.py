"""``duban audit``: does the trail still say what was recorded; the trail as files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say
from models.store import LINES, MANIFEST, Verification, transcribe, verify_trail
from rules.errors import DubanError

app = verb_group("留痕：核验是否被改动，导出抄本。")


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
        found = verify_trail(reader, anchor)
    call.answer(asdict(found), lambda: _show(found))
    if not found.ok:
        raise DubanError(
            f"留痕不符：第{found.first_bad}条起与记录不一致，请立即报告管理员并保全库文件"
        )


@app.command("export", cls=Verb, help="导出留痕抄本：逐条 JSON 与清单，清单含链头。")
def audit_export(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="抄本写到哪里")],
) -> None:
    """Write the whole trail and a manifest with its head; the export is on record."""
    call = call_of(ctx)
    made = transcribe(call.store(), folder)
    call.answer(
        {"folder": str(folder), **asdict(made)},
        lambda: say(
            f"已导出{made.events}条留痕到 {folder}（{LINES}、{MANIFEST}）",
            f"链头 {made.head}",
            "请把链头另存他处：日后 duban audit verify --anchor 链头 可查整链是否被重写",
        ),
    )
    if not made.ok:
        raise DubanError(f"抄本已写出，但留痕不符：第{made.first_bad}条起与记录不一致，请报管理员")


def _show(found: Verification) -> None:
    if found.ok:
        say(f"留痕完整：共{found.events}条", f"链头 {found.head}")
