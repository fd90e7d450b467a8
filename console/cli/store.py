"""``duban store``: the store itself, brought to the version this program knows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, verb_group
from console.cli.output import say
from console.locations import store_target
from models.store import SCHEMA, StoreError

app = verb_group("库的维护。")


@app.command("upgrade", cls=Verb, help="升级 PostgreSQL 库（管理员办理，先备份）。")
def store_upgrade(ctx: typer.Context) -> None:
    """Migrate a PostgreSQL store; a SQLite one is brought up to date whenever it is opened."""
    call = call_of(ctx)
    target = store_target(call.settings.store)
    if call.settings.read_only:
        raise StoreError("现在是只读方式：不带 --read-only 才能升级")
    if isinstance(target, Path):
        call.store()
        value = {"engine": "sqlite", "before": SCHEMA, "after": SCHEMA}
        call.answer(value, lambda: say(f"已是最新版本 {SCHEMA}：SQLite 库打开时自动升级，不必另办"))
        return
    from models.store import upgrade_postgres

    done = upgrade_postgres(target, lambda: datetime.now(UTC))
    value = {"engine": "postgresql", "before": done.before, "after": done.after}
    told = "已是最新版本" if done.before == done.after else f"已从 {done.before} 升级到"
    call.answer(value, lambda: say(f"{told} {done.after}"))
