"""``duban import``, ``template`` and ``export``: a channel's files in, the exchange form out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
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
from console.intake.learning import Knowledge, brought_in, keep, knowledge_of, opened, unknown_in
from console.intake.profile import profile_in, tell_unknown
from models.intake import (
    IntakeResult,
    Wanted,
    named_units,
    outgoing_tickets,
    record_export,
    withheld_tickets,
)
from rules.errors import Refused
from rules.intake import profile_from, profile_text, read_profile
from rules.text import harmless_line
from seed.channels import PROFILES, UnknownUnit, UnknownWord, profile_of, shipped_text
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


STATES = {"未结": "open", "办结": "closed", "仅供分析": "analysis"}

export_app = one_verb()


@export_app.command("export", cls=Verb, help="导出诉求（.xlsx .csv .tsv .jsonl），脱敏，留痕。")
def export_tickets(
    ctx: typer.Context,
    file: Path = argument("文件", "写到哪里，按后缀定格式"),
    unit: str | None = option("--unit", "单位", "当前主办单位"),
    area: str | None = option("--area", "地方", "所在地"),
    channel: str | None = option("--channel", "渠道", "来源渠道"),
    urgency: str | None = option("--urgency", "程度", "一般 紧急 特急"),
    state: str | None = option("--state", "状态", "未结 办结 仅供分析"),
    since: str | None = option("--since", "时间", "此时起受理的"),
    until: str | None = option("--until", "时间", "此时前受理的"),
) -> None:
    """Write tickets into a file and keep in the trail that they went out."""
    call = call_of(ctx)
    store = call.store()
    if state is not None and state not in (*STATES, *STATES.values()):
        raise WrongUsage(f"没有状态 {state}：可写 {'、'.join(STATES)}")
    wanted = Wanted(
        unit_id=unit_id(call, unit) if unit else None,
        area=area,
        channel=channel,
        urgency=urgency,
        state=STATES.get(state, state) if state else None,
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
    mapping: Path | None = option("--map", "文件", "按这份来源格式（.toml）读，见 profile guess"),
    save: str | None = option("--save", "名称", "把 --map 的来源格式以此名存下，以后自动认出"),
    dry_run: bool = switch("--dry-run", "只试读，不写入"),
    analysis: bool = switch("--analysis", "仅供分析：由来源方办理，不设时限、不派单"),
) -> None:
    """Take files in, one after the other."""
    call = call_of(ctx)
    known, profile = _profiles(call, profile, mapping, save, dry_run)
    done = [_one(call, path, known, profile, source, sheet, dry_run, analysis) for path in files]
    value = _together(done)
    if dry_run:
        value["unknown_words"] = [asdict(word) for one in done for word in one.words]
        value["unknown_units"] = [asdict(unit) for one in done for unit in one.units]
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


def _profiles(
    call: Call, name: str, mapping: Path | None, save: str | None, dry_run: bool
) -> tuple[Knowledge, str]:
    """Return what the bureau knows and the name of the profile asked for.

    One in a file is used alone, whether it is kept or not.
    """
    known = knowledge_of(call.store(create=True))
    if mapping is None:
        if save is not None:
            raise WrongUsage("--save 要与 --map 一起用：请写上 --map 文件")
        for fault in known.faults:
            warn(fault)
        names = ("auto", *(each.name for each in known.own), *PROFILES)
        if name not in names:
            raise WrongUsage(f"没有来源格式 {name}：可写 {'、'.join(names)}")
        return known, name
    file = read_profile(profile_in(mapping))
    if save is not None:
        file = profile_from(file.model_dump(by_alias=True) | {"name": save})
    if file.name in PROFILES and shipped_text(file.name) is None:
        raise Refused(f"{file.name} 是督办台自己的交换表：请把 {mapping} 里的 name 换一个")
    profile = profile_of(file)
    if save is not None and not dry_run:
        keep(call.store(create=True), profile_text(file))
    return replace(known, own=(profile,)), profile.name


@dataclass(frozen=True)
class Brought:
    """What became of one file.

    ``rejects`` is where its refused rows were written; ``words`` and ``units`` are what it says
    that nobody knows, told by a dry run.
    """

    result: IntakeResult
    rejects: str | None
    words: Sequence[UnknownWord] = ()
    units: Sequence[UnknownUnit] = ()


def _one(
    call: Call,
    path: Path,
    known: Knowledge,
    profile: str,
    source: str | None,
    sheet: str | None,
    dry_run: bool,
    analysis: bool,
) -> Brought:
    """Take one file in, and write its refused rows."""
    store = call.store(create=True)
    reading = opened(store, path, known.own, profile=profile, source=source, sheet=sheet)
    _tell_unknown(path, reading.unknown_columns)
    for notice in reading.notices:
        warn(f"{path.name} {notice}")
    with progress(path.name, reading.total) as moved:
        result = brought_in(
            store, path, reading, dry_run=dry_run, analysis=analysis, progress=moved
        )
    rejects = str(keep_rejects(path, reading, result.rejects)) if result.rejects else None
    if not dry_run:
        return Brought(result, rejects)
    unknown = unknown_in(reading, known)
    return Brought(result, rejects, *unknown)


def _tell_unknown(path: Path, columns: tuple[str, ...]) -> None:
    """Say on stderr which columns nobody reads: a misspelt header must not pass in silence."""
    named = [harmless_line(name) for name in columns if name.strip()]
    if named:
        more = f" 等{len(named)}列" if len(named) > MOST_NAMED else ""
        told = "、".join(named[:MOST_NAMED])
        warn(f"{path.name} 里不认识的列没有读入：{told}{more}；是笔误就改表头")


def _together(done: Sequence[Brought]) -> dict[str, Any]:
    value: dict[str, Any] = {name: sum(getattr(b.result, name) for b in done) for name in COUNTS}
    written = [one.rejects for one in done if one.rejects]
    value["analysis"] = sum(one.result.analysis for one in done)
    value["withheld"] = sum(len(one.result.withheld) for one in done)
    value["places"] = [
        {"line": line, "reason": why} for one in done for line, why in one.result.places
    ]
    value["rejects_file"] = written[0] if len(written) == 1 else written or None
    return value


def _show(files: Sequence[Path], done: Sequence[Brought], dry_run: bool) -> None:
    if dry_run:
        say("试读，没有写入：")
    say_table(
        ("文件", "读入", "新增", "更新", "未变", "冲突", "拒收"),
        (
            (path.name, *(getattr(one.result, name) for name in COUNTS))
            for path, one in zip(files, done, strict=True)
        ),
        numbers=("读入", "新增", "更新", "未变", "冲突", "拒收"),
    )
    for path, one in zip(files, done, strict=True):
        if one.result.analysis:
            count = one.result.analysis
            say(f"{path.name} 有{count}件仅供分析：由来源方办理，不设时限、不派单、不计数")
        if one.result.withheld:
            say(_withheld(path, one.result.withheld))
        if one.result.waiting:
            say(_waiting(path, one.result.waiting))
        say(*_places(path, one.result.places))
        tell_unknown(one.words, one.units)
        if one.rejects:
            say(f"拒收的行与原因在 {one.rejects}：改好后再导入即可")


def _places(path: Path, doubts: Sequence[tuple[int, str]]) -> list[str]:
    """Return what is said of rows whose place is to be looked at, the first of them one by one."""
    told = [f"{path.name} 第{line}行：{why}" for line, why in doubts[:MOST_NAMED]]
    if (more := len(doubts) - MOST_NAMED) > 0:
        told.append(f"{path.name} 另有{more}行的地点要核对：加 --json 看全部")
    return told


def _waiting(path: Path, lines: tuple[int, ...]) -> str:
    """Return what is said of rows in which a unit reports a time without evidence."""
    return (
        f"{path.name} 第{_lines(lines)}单位自报的时间已过期限又没有证据，没有登记："
        "请在待办的“补录待核”核定，或请单位补写证据后再交"
    )


def _lines(lines: tuple[int, ...]) -> str:
    named = "、".join(str(line) for line in lines[:MOST_NAMED])
    return named + (f"等{len(lines)}行" if len(lines) > MOST_NAMED else "行")


def _withheld(path: Path, lines: tuple[int, ...]) -> str:
    """Return what is said of rows that are against the very unit they name."""
    return (
        f"{path.name} 第{_lines(lines)}反映的正是所写的承办或协办单位，没有交其办理："
        "请在待办的“避让待认”核对，移送有权机关或改派其他单位"
    )
