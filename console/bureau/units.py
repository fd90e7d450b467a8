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
    Fact,
    Verb,
    argument,
    call_of,
    option,
    progress,
    say,
    say_table,
    switch,
    unit_id,
    verb_group,
)
from console.frame import plain_text
from models.bureau import (
    UnitChange,
    UnitRecord,
    UnitRevision,
    add_alias,
    load_units,
    rehearse_units,
    unit_records,
)
from models.intake import Attached, NamedUnit, attach_units, named_units
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

MOST_NAMES = 8
"""Names that mean no unit which are told one by one."""

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
    text = plain_text(file)
    store = call.store(create=True)
    units = _read(call, text, file)
    question = "装入此名录？请按 y 回车，其他键放弃："
    if not (yes or call.agreed(question, lambda: _show(rehearse_units(store, units)))):
        say("没有装入")
        return
    done = load_units(store, units, reason or f"装入名录 {file.name}")
    lines = [*_summary(done), *_waiting(_named(call))]
    call.answer(_as_object(call, done), lambda: say("已装入", *lines))


@app.command("alias", cls=Verb, help="给单位加一个别名：来源里写的这个名字，从此就认得。")
def units_alias(
    ctx: typer.Context,
    name: str = argument("名字", "来源里的写法，例如 市水务局（水质科）"),
    unit: str = argument("单位", "名称、简称、别名或代码"),
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
) -> None:
    """Let one more word mean a unit."""
    call = call_of(ctx)
    told = reason or f"来源里的“{name}”就是它"
    done = add_alias(call.store(), name, unit_id(call, unit), told)
    lines = [f"“{name}”从此指{done.changes[0].unit}", *_waiting(_named(call))]
    call.answer(_as_object(call, done), lambda: say(*lines))


@app.command("attach", cls=Verb, help="认领：来源写的单位当时不认得的件，名录补上后归其名下。")
def units_attach(
    ctx: typer.Context,
    dry_run: bool = switch("--dry-run", "只看会怎样，不作改动"),
    yes: bool = switch("--yes", "不再询问"),
) -> None:
    """Give tickets that wait for a unit the one that their source named."""
    call = call_of(ctx)
    store, names = call.store(), _named(call)
    known = sum(one.tickets for one in names if one.unit is not None)
    told = {"names": call.objects(NAMED, names)}
    if dry_run or not known:
        call.answer({**told, "open": 0, "closed": 0, "withheld": 0}, lambda: _show_names(names))
        return
    question = f"把这{known}件归到各自的单位名下？请按 y 回车，其他键放弃："
    if not (yes or call.agreed(question, lambda: _show_names(names))):
        say("没有改动")
        return
    with progress("认领", known) as moved:
        done = attach_units(store, moved)
    value = {**told, **asdict(done)}
    call.answer(value, lambda: say(*_done(done), *_unknown(names)))


def _named(call: Call) -> list[NamedUnit]:
    """Return the names that tickets wait for."""
    store = call.store()
    with store.reading() as reader:
        return named_units(reader, store.timekeeper().local(store.now()).date())


NAMED: tuple[Fact[NamedUnit], ...] = (
    Fact("name", "来源写的"),
    Fact("unit", "现在指"),
    Fact("open", "在办", number=True),
    Fact("closed", "办结", number=True),
    Fact("near", "相近的单位", shown=lambda one: "、".join(one.near)),
)


def _show_names(names: Sequence[NamedUnit]) -> None:
    """Show whom the names mean, or whom they may mean."""
    if not names:
        say("没有件在等单位：来源写的单位都认得")
        return
    known = [one for one in names if one.unit is not None]
    if known:
        say_table(
            ("来源写的", "归到", "在办", "办结"),
            ((one.name, one.unit, one.open, one.closed) for one in known),
            numbers=("在办", "办结"),
        )
    say(*_unknown(names))


def _unknown(names: Sequence[NamedUnit]) -> list[str]:
    """Return a line for each name that means nobody yet, the commonest first."""
    unknown = [one for one in names if one.unit is None]
    lines = []
    for one in unknown[:MOST_NAMES]:
        near = f"，相近的有{'、'.join(one.near)}" if one.near else ""
        lines.append(f"不认得“{one.name}”（{one.tickets}件）{near}")
    if len(unknown) > MOST_NAMES:
        lines.append(f"另有{len(unknown) - MOST_NAMES}个名字不认得：加 --json 看全部")
    if unknown:
        lines.append(
            "就是某单位的：duban units alias 名字 单位；名录里没有的：补入名录后 duban units load"
        )
    return lines


def _waiting(names: Sequence[NamedUnit]) -> list[str]:
    """Return what is said of tickets whose units are known by now, one line or none."""
    tickets = sum(one.tickets for one in names if one.unit is not None)
    return [f"{tickets}件的承办单位现在认得了：duban units attach"] if tickets else []


def _done(done: Attached) -> list[str]:
    lines = [f"已归到各自的单位：在办{done.open}件，办结{done.closed}件"]
    if done.withheld:
        lines.append(
            f"{done.withheld}件反映的正是来源所写的单位，没有交其办理：请在待办的“避让待认”核对"
        )
    return lines


def _units(call: Call, file: Path) -> tuple[UnitRecord, ...]:
    return _read(call, plain_text(file), file)


def _read(call: Call, text: str, file: Path) -> tuple[UnitRecord, ...]:
    """Read a list; it may point to units that only the store knows."""
    with call.store().reading() as reader:
        known = {unit.code for unit in unit_records(reader)}
    return read_units(text, file.name, known=known)


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
