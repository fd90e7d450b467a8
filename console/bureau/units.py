"""``duban units``: who must answer; a new list rehearsed and loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from console.bureau.telling import tell_unit
from console.command import (
    Call,
    Verb,
    argument,
    call_of,
    option,
    say,
    say_table,
    switch,
    verb_group,
)
from console.frame import plain_text
from models.bureau import (
    UnitChange,
    UnitRecord,
    UnitRevision,
    load_units,
    rehearse_units,
    unit_records,
)
from seed.putting import put
from seed.reference import read_units, units_text

KINDS = {"new": "新增", "changed": "变更", "ended": "停用"}

COLUMNS = {
    "name": "名称",
    "short_name": "简称",
    "group": "组别",
    "aliases": "别名",
    "parent": "上级",
    "liaison": "联络员",
    "phone": "电话",
    "leader": "分管领导",
    "grid": "网格",
    "is_centre": "中心",
    "valid_from": "启用",
    "valid_to": "停用",
    "successor": "承接单位",
}

File = Annotated[Path, typer.Argument(metavar="文件", help="单位名录（CSV，UTF-8）")]

app = verb_group("承办单位：查看、导出、试算、装入名录。")


@app.command("show", cls=Verb, help="列出承办单位与联络方式；写出单位名，看这一个单位的情况。")
def units_show(
    ctx: typer.Context,
    name: str | None = argument("单位", "名称、简称、别名或代码；不写则列出全部", None),
    group: str | None = option("--group", "组别", "只列此组"),
) -> None:
    """List the responsible units, or tell of one what its page shows."""
    call = call_of(ctx)
    if name is not None:
        tell_unit(call, name)
        return
    with call.store().reading() as reader:
        found = [u for u in unit_records(reader) if not u.is_centre and group in (None, u.group)]
    call.answer([_object(call, u) for u in found], lambda: _list(found))


@app.command("export", cls=Verb, help="把现行名录写成文件，改好后再装入。")
def units_export(
    ctx: typer.Context,
    file: Path = argument("文件", "写到哪里（CSV）"),
) -> None:
    """Write the units into a file of the form that ``load`` reads."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = unit_records(reader)
    put(file, units_text(found).encode("utf-8-sig"))
    value = {"file": str(file), "units": len(found)}
    call.answer(value, lambda: say(f"已写出 {file}：{len(found)}行"))


@app.command("rehearse", cls=Verb, help="试算：装入后哪些单位会变，不作任何改动。")
def units_rehearse(ctx: typer.Context, file: File) -> None:
    """Say what loading a list would change; write nothing."""
    call = call_of(ctx)
    told = rehearse_units(call.store(), _units(call, file))
    call.answer(_as_object(call, told), lambda: _show(told))


@app.command("load", cls=Verb, help="装入名录：新增、变更、停用；从不删除，逐个留痕。")
def units_load(
    ctx: typer.Context,
    file: File,
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
    yes: bool = switch("--yes", "不再询问"),
) -> None:
    """Make the units of a list new, changed or ended."""
    call = call_of(ctx)
    store, units = call.store(), _units(call, file)
    question = "装入此名录？请按 y 回车，其他键放弃："
    if not (yes or call.agreed(question, lambda: _show(rehearse_units(store, units)))):
        say("没有装入")
        return
    done = load_units(store, units, reason or f"装入名录 {file.name}")
    call.answer(_as_object(call, done), lambda: say("已装入", *_summary(done)))


def _units(call: Call, file: Path) -> tuple[UnitRecord, ...]:
    """Read a list; it may point to units that only the store knows."""
    with call.store().reading() as reader:
        known = {unit.code for unit in unit_records(reader)}
    return read_units(plain_text(file), file.name, known=known)


def _object(call: Call, unit: UnitRecord) -> dict[str, Any]:
    hidden = ("initials", "is_centre")
    return {name: call.plain(v) for name, v in asdict(unit).items() if name not in hidden}


def _list(units: Sequence[UnitRecord]) -> None:
    say_table(
        ("代码", "单位", "简称", "组别", "联络员", "电话", "分管领导", "停用"),
        (
            (u.code, u.name, u.short_name, u.group, u.liaison, u.phone, u.leader, u.valid_to)
            for u in units
        ),
    )
    say(f"共{len(units)}个单位")


def _as_object(call: Call, revision: UnitRevision) -> dict[str, Any]:
    counts = {kind: sum(c.kind == kind for c in revision.changes) for kind in KINDS}
    return {
        **counts,
        **call.object(revision, "unchanged", "groups", "absent"),
        "changes": [
            {
                **call.object(change, "kind", "code", "unit", "open"),
                "columns": {
                    name: [call.plain(before), call.plain(after)]
                    for name, before, after in change.columns
                },
            }
            for change in revision.changes
        ],
    }


def _summary(revision: UnitRevision) -> list[str]:
    """Return what it comes to: counts, new groups, units left alone, work of those that end."""
    told = "，".join(
        f"{word} {sum(c.kind == kind for c in revision.changes)} 个" for kind, word in KINDS.items()
    )
    lines = [f"{told}，未变 {revision.unchanged} 个"]
    if revision.groups:
        lines.append(f"新组别：{'、'.join(revision.groups)}")
    if revision.absent:
        lines.append(f"表中没有的 {len(revision.absent)} 个单位不动；要停用请填 valid_to")
    lines += [
        f"注意：{c.unit} 停用时仍有在办 {c.open} 件，请转派"
        for c in revision.changes
        if c.kind == "ended" and c.open
    ]
    return lines


def _show(revision: UnitRevision) -> None:
    if revision.changes:
        say_table(("事项", "代码", "单位", "内容"), map(_row, revision.changes))
    say(*_summary(revision))


def _row(change: UnitChange) -> tuple[str, str, str, str]:
    told = "；".join(
        f"{COLUMNS[name]} {_word(before)} → {_word(after)}"
        for name, before, after in change.columns
    )
    return KINDS[change.kind], change.code, change.unit, told


def _word(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "无" if value is None else str(value)
