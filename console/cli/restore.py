"""``duban restore``: build a store from an archive; never over one that is there."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.output import say
from console.locations import store_target
from console.opening import system_user
from models.store import restore as restore_into

app = one_verb()


@app.command(cls=Verb, help="从备份恢复到 --store 所指的新库；已有的库不会被覆盖。")
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="duban backup 写出的备份")],
) -> None:
    """Build a new store from an archive."""
    call = call_of(ctx)
    target = str(store_target(call.settings.store))
    tables = restore_into(file, target, lambda: datetime.now(UTC), login=system_user())
    rows = sum(tables.values())
    store = call.store()
    if not store.operator.roles:
        told = f"注意：{store.login} 不是库中的操作员，只能查看；要办理，请用操作员的登录打开"
        print(told, file=sys.stderr)
    call.answer(
        {"store": target, "rows": rows, "tables": tables},
        lambda: say(f"已恢复到 {target}：{len(tables)}张表，{rows}行，留痕核验无误"),
    )
