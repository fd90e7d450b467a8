"""``duban backup``, ``restore`` and ``store``: the whole store as one archive, its upkeep."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from console.command import (
    Call,
    Verb,
    argument,
    call_of,
    one_verb,
    option,
    say,
    switch,
    verb_group,
    warn,
)
from console.frame import shown_target, store_target, system_user
from models.store import (
    SCHEMA,
    ClockState,
    StoreError,
    back_up,
    clock_state,
    confirm_clock,
    restore as restore_into,
    upgrade_postgres,
)

backup_app = one_verb()


@backup_app.command(cls=Verb, help="备份整个库；备份含诉求人信息，请妥善保管。")
def backup(
    ctx: typer.Context,
    file: Path = argument("文件", "备份写到哪里"),
) -> None:
    """Write the whole store into one archive."""
    call = call_of(ctx)
    tables = back_up(call.store(), file)
    rows = sum(tables.values())
    call.answer(
        {"file": str(file), "rows": rows, "tables": tables},
        lambda: say(f"已备份到 {file}：{len(tables)}张表，{rows}行"),
    )


restore_app = one_verb()


@restore_app.command(cls=Verb, help="从备份恢复到 --store 所指的新库；已有的库不会被覆盖。")
def restore(
    ctx: typer.Context,
    file: Path = argument("文件", "duban backup 写出的备份"),
) -> None:
    """Build a new store from an archive."""
    call = call_of(ctx)
    target = str(store_target(call.settings.store))
    shown = shown_target(target)
    tables = restore_into(file, target, lambda: datetime.now(UTC), login=system_user())
    rows = sum(tables.values())
    store = call.store()
    if not store.operator.roles:
        told = f"注意：{store.login} 不是库中的操作员，只能查看；要办理，请用操作员的登录打开"
        warn(told)
    call.answer(
        {"store": shown, "rows": rows, "tables": tables},
        lambda: say(f"已恢复到 {shown}：{len(tables)}张表，{rows}行，留痕核验无误"),
    )


store_app = verb_group("库的维护。")


@store_app.command("upgrade", cls=Verb, help="升级 PostgreSQL 库（管理员办理，先备份）。")
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
    done = upgrade_postgres(target, lambda: datetime.now(UTC))
    value = {"engine": "postgresql", "before": done.before, "after": done.after}
    told = "已是最新版本" if done.before == done.after else f"已从 {done.before} 升级到"
    call.answer(value, lambda: say(f"{told} {done.after}"))


@store_app.command("clock", cls=Verb, help="系统时钟与最近留痕相比；时钟停办后由管理员确认。")
def store_clock(
    ctx: typer.Context,
    confirm: bool = switch("--confirm", "确认系统时钟无误，恢复办理（管理员，留痕）"),
    reason: str | None = option("--reason", "理由", "时钟为何变动"),
) -> None:
    """Show the system's clock beside the newest event, or let the trail go on from it."""
    call = call_of(ctx)
    store = call.store()
    found = confirm_clock(store, reason) if confirm else clock_state(store)
    value = {
        "system": call.iso(found.system),
        "newest_event": call.iso(found.newest),
        "ok": found.ok or confirm,
        "confirmed": confirm,
    }
    call.answer(value, lambda: say(*_clock_lines(call, found, confirmed=confirm)))


def _clock_lines(call: Call, found: ClockState, *, confirmed: bool) -> list[str]:
    lines = [f"系统时钟 {call.clock(found.system)}", f"最近留痕 {call.clock(found.newest) or '无'}"]
    if confirmed:
        return [*lines, "已确认系统时钟：继续办理"]
    if found.ok:
        return [*lines, "时钟正常"]
    return [*lines, "时钟早于留痕，暂停办理：请校准时钟；无误的，管理员加 --confirm 确认"]
