"""``duban import``, ``template`` and ``export``: a channel's files in, the exchange form out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Call,
    Verb,
    argument,
    call_of,
    one_verb,
    option,
    progress,
    say,
    say_table,
    switch,
    unit_id,
    warn,
)
from console.frame import WrongUsage
from models.intake import (
    IntakeResult,
    Wanted,
    named_units,
    outgoing_tickets,
    record_export,
    take_in,
    withheld_tickets,
)
from models.store import plain_file
from rules.text import harmless_line
from seed.channels import PROFILES, read_file
from seed.exchange import keep_rejects, write_template, write_tickets

template_app = one_verb()


@template_app.command(cls=Verb, help="写出空白的导入模板（.xlsx .csv .tsv）。")
def template(
    ctx: typer.Context,
    file: Path = argument("文件", "例如 模板.xlsx，附填写说明"),
) -> None:
    """Write the empty exchange form."""
    write_template(file)
    call_of(ctx).answer({"file": str(file)}, lambda: say(f"模板已写入 {file}"))


STATES = {"未结": "open", "办结": "closed", "open": "open", "closed": "closed"}

export_app = one_verb()


@export_app.command("export", cls=Verb, help="导出诉求（.xlsx .csv .tsv .jsonl），脱敏，留痕。")
def export_tickets(
    ctx: typer.Context,
    file: Path = argument("文件", "写到哪里，按后缀定格式"),
    unit: str | None = option("--unit", "单位", "当前主办单位"),
    area: str | None = option("--area", "地方", "所在地"),
    channel: str | None = option("--channel", "渠道", "来源渠道"),
    urgency: str | None = option("--urgency", "程度", "一般 紧急 特急"),
    state: str | None = option("--state", "状态", "未结 办结"),
    since: str | None = option("--since", "时间", "此时起受理的"),
    until: str | None = option("--until", "时间", "此时前受理的"),
) -> None:
    """Write tickets into a file and keep in the trail that they went out."""
    call = call_of(ctx)
    store = call.store()
    if state is not None and state not in STATES:
        raise WrongUsage(f"没有状态 {state}：可写 未结、办结")
    wanted = Wanted(
        unit_id=unit_id(call, unit) if unit else None,
        area=area,
        channel=channel,
        urgency=urgency,
        state=STATES[state] if state else None,
        since=call.at(since),
        until=call.at(until),
    )
    with store.reading() as reader:
        withheld = withheld_tickets(reader, wanted)
        count = write_tickets(
            file,
            outgoing_tickets(reader, wanted),
            zone=store.timekeeper().zone,
            recorded=lambda count: record_export(store, file.name, count),
        )
    caution = store.policy.privacy.caution
    left = f"另有{withheld}件反映的正是该单位，没有导出" if withheld else ""
    told = [f"已导出{count}件到 {file}（脱敏）", *filter(None, (left, caution))]
    call.answer({"file": str(file), "tickets": count, "withheld": withheld}, lambda: say(*told))


COUNTS = ("read", "new", "updated", "unchanged", "conflicts", "rejected")

MOST_NAMED = 8

import_app = one_verb()


@import_app.command(cls=Verb, help="导入诉求文件；再次导入只更新变化的部分。")
def import_(
    ctx: typer.Context,
    files: list[Path] = argument("文件", "可写多个"),
    profile: str = option("--profile", "来源格式", "auto 按表头识别", "auto"),
    source: str | None = option("--source", "来源", "渠道编号属于谁，不写为来源格式名"),
    sheet: str | None = option("--sheet", "工作表", "工作簿有几张可导入时指明一张"),
    dry_run: bool = switch("--dry-run", "只试读，不写入"),
) -> None:
    """Take files in, one after the other."""
    call = call_of(ctx)
    if profile != "auto" and profile not in PROFILES:
        raise WrongUsage(f"没有来源格式 {profile}：可写 auto、{'、'.join(PROFILES)}")
    done = [_one(call, path, profile, source, sheet, dry_run) for path in files]
    value = _together(done)
    call.answer(value, lambda: _show(files, done, dry_run))
    if not (dry_run or call.settings.json):
        _tell_unnamed(call)


def _tell_unnamed(call: Call) -> None:
    """Say how many tickets wait because the register does not hold the unit their source named."""
    store = call.store()
    with store.reading() as reader:
        names = named_units(reader, store.timekeeper().local(store.now()).date())
    tickets = sum(one.tickets for one in names)
    if tickets:
        say(f"{tickets}件写的承办单位不在名录里：是哪些可看 duban units attach --dry-run")


def _one(
    call: Call, path: Path, profile: str, source: str | None, sheet: str | None, dry_run: bool
) -> tuple[IntakeResult, str | None]:
    """Take one file in; return what became of it and where its refused rows were written."""
    digest = _digest(path)
    store = call.store(create=True)
    zone = store.timekeeper().zone
    reading = read_file(
        path, profile=profile, source=source, sheet=sheet, zone=zone, now=store.now()
    )
    _tell_unknown(path, reading.unknown_columns)
    for notice in reading.notices:
        warn(f"{path.name} {notice}")
    with progress(path.name, reading.total) as moved:
        result = take_in(
            store,
            reading,
            source=reading.source,
            profile=reading.profile,
            file_name=path.name,
            file_digest=digest,
            progress=moved,
            dry_run=dry_run,
        )
    if not result.rejects:
        return result, None
    return result, str(keep_rejects(path, reading, result.rejects))


def _tell_unknown(path: Path, columns: tuple[str, ...]) -> None:
    """Say on stderr which columns nobody reads: a misspelt header must not pass in silence."""
    named = [harmless_line(name) for name in columns if name.strip()]
    if named:
        more = f" 等{len(named)}列" if len(named) > MOST_NAMED else ""
        told = "、".join(named[:MOST_NAMED])
        warn(f"{path.name} 里不认识的列没有读入：{told}{more}；是笔误就改表头")


def _digest(path: Path) -> str:
    with plain_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _together(done: list[tuple[IntakeResult, str | None]]) -> dict[str, Any]:
    value: dict[str, Any] = {name: sum(getattr(r, name) for r, _ in done) for name in COUNTS}
    written = [rejects for _, rejects in done if rejects]
    value["withheld"] = sum(len(result.withheld) for result, _ in done)
    value["rejects_file"] = written[0] if len(written) == 1 else written or None
    return value


def _show(files: list[Path], done: list[tuple[IntakeResult, str | None]], dry_run: bool) -> None:
    if dry_run:
        say("试读，没有写入：")
    say_table(
        ("文件", "读入", "新增", "更新", "未变", "冲突", "拒收"),
        (
            (path.name, *(getattr(result, name) for name in COUNTS))
            for path, (result, _) in zip(files, done, strict=True)
        ),
        numbers=("读入", "新增", "更新", "未变", "冲突", "拒收"),
    )
    for path, (result, _) in zip(files, done, strict=True):
        if result.withheld:
            say(_withheld(path, result.withheld))
    for _, rejects in done:
        if rejects:
            say(f"拒收的行与原因在 {rejects}：改好后再导入即可")


def _withheld(path: Path, lines: tuple[int, ...]) -> str:
    """Return what is said of rows that are against the very unit they name."""
    named = "、".join(str(line) for line in lines[:MOST_NAMED])
    more = f"等{len(lines)}行" if len(lines) > MOST_NAMED else "行"
    return (
        f"{path.name} 第{named}{more}反映的正是所写的承办或协办单位，没有交其办理："
        "请在待办的“避让待认”核对，移送有权机关或改派其他单位"
    )
