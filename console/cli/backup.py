"""``duban backup``: the whole store as one archive that restores into either engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say
from models.store import back_up

app = one_verb()


@app.command(cls=Verb, help="备份整个库；备份含诉求人信息，请妥善保管。")
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="备份写到哪里")],
) -> None:
    """Write the whole store into one archive."""
    call = call_of(ctx)
    tables = back_up(call.store(), file)
    rows = sum(tables.values())
    call.answer(
        {"file": str(file), "rows": rows, "tables": tables},
        lambda: say(f"已备份到 {file}：{len(tables)}张表，{rows}行"),
    )
