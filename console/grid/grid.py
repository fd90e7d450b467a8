"""``duban grid``: places found, shown as they are and were; a new list rehearsed and loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    say_table,
    switch,
    typed_day,
    verb_group,
    warn,
)
from console.grid.grid_figures import grid_figures
from console.grid.typed_place import code_of
from models.grid import (
    FaultyList,
    FoundPlace,
    Move,
    PlaceView,
    appeals_at,
    find_places,
    load_places,
    place_on,
    places_by_code,
    rehearse_places,
)
from rules.errors import Refused
from rules.grid import KINDS, NEW, PlaceChange, PlaceLine, PlaceRevision
from seed.channels import read_places, write_places

app = verb_group("网格（微邻里）：市、区、街道、社区、网格五级名录。")

File = Annotated[Path, typer.Argument(metavar="文件", help="名录：.csv .tsv .xlsx，表头中英文皆可")]

app.command("figures", cls=Verb, help="一处和它下面各处的数：在办、近12个月、逐月。")(grid_figures)

MOST_CHANGES = 20
"""Changes, and faults, that are told one by one."""

COLUMNS = {
    "name": "名称",
    "officer": "网格员",
    "households": "户数",
    "followers": "关注户数",
    "estates": "小区",
    "valid_from": "启用",
    "valid_to": "停用",
    "successors": "承接",
}

_BECAME = {"split": "拆分为", "merged": "并入", "moved": "改为"}
_CAME_OF = {"split": "拆分自", "merged": "合并自", "moved": "原编码"}

FOUND: tuple[Fact[FoundPlace], ...] = (
    Fact("code", "编码"),
    Fact("name", "名称"),
    Fact("level", "级别"),
    Fact("estates", "小区", shown=lambda one: "、".join(one.estates)),
    Fact("valid_to", "停用"),
)


@app.command("find", cls=Verb, help="找地方：写编码或其前几位、街道、社区、小区或拼音首字母。")
def grid_find(
    ctx: typer.Context,
    text: str = argument("文字", "例如 珞南街道、梅园小区、420111001、lnjd"),
    most: int = option("--most", "个", "最多列几个", 50),
) -> None:
    """List the places that a text means."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = find_places(reader, text, most)
    call.answer_rows(FOUND, found, none=f"没有找到“{text}”：请少写几个字，或核对编码")


@app.command("show", cls=Verb, help="看一个地方：网格员、户数、所含小区、拆分合并；可看当时的。")
def grid_show(
    ctx: typer.Context,
    code: str = argument("编码", "4、6、9、12或15位；也可写只有一处的名称"),
    on: str | None = option("--on", "日期", "看这一天的情况，例如 2026-03-01；不写为今天"),
) -> None:
    """Show one place as it stood on a day."""
    call = call_of(ctx)
    store = call.store()
    keeper = store.timekeeper()
    day = typed_day(on) if on else keeper.local(store.now()).date()
    until = datetime.combine(day + timedelta(days=1), time(), keeper.zone)
    with store.reading() as reader:
        view = place_on(reader, code_of(find_places(reader, code), code), day, until)
        appeals = None if view.stood else appeals_at(reader, view.place.code)
    call.answer(_as_object(call, view), lambda: say(*_told(view, day, appeals)))


@app.command("load", cls=Verb, help="装入名录：新增、变更、拆分、合并、停用；从不删除，旧的留存。")
def grid_load(
    ctx: typer.Context,
    file: File,
    dry_run: bool = switch("--dry-run", "只看会怎样，不作改动"),
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
    yes: bool = switch("--yes", "不再询问"),
) -> None:
    """Make the places of a list new, changed, split, merged or ended, all or none."""
    call = call_of(ctx)
    lines = read_places(file)
    store = call.store(create=not dry_run)
    try:
        if dry_run:
            told = rehearse_places(store, lines)
            call.answer(_revision_object(call, told), lambda: _show(told))
            return
        question = "装入此名录？请按 y 回车，其他键放弃："
        if not (yes or call.agreed(question, lambda: _show(rehearse_places(store, lines)))):
            say("没有装入")
            return
        done = load_places(store, lines, reason or f"装入网格名录 {file.name}")
    except FaultyList as error:
        _tell_faults(error, lines)
        raise
    call.answer(_revision_object(call, done), lambda: say("已装入", *_summary(done)))


def _tell_faults(error: FaultyList, lines: Sequence[PlaceLine]) -> None:
    for fault in error.faults[1:MOST_CHANGES]:
        warn(f"第{fault.line}行：{fault.message}")
    if (more := len(error.faults) - MOST_CHANGES) > 0:
        warn(f"另有{more}行有误（共{len(lines)}行）：改好上面的再试")


@app.command("export", cls=Verb, help="把现行名录写成文件，改好后再装入。")
def grid_export(
    ctx: typer.Context,
    file: File,
    inside: str = option("--in", "编码", "只写这个地方和其下的", ""),
) -> None:
    """Write the list into a file of the form that ``load`` reads."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = [one for code, one in places_by_code(reader).items() if code.startswith(inside)]
    if not found:
        raise Refused(f"网格名录里没有 {inside}：请核对编码")
    count = write_places(file, found)
    call.answer({"file": str(file), "lines": count}, lambda: say(f"已写出 {file}：{count}行"))


@app.command("template", cls=Verb, help="写出空白的名录样表。")
def grid_template(ctx: typer.Context, file: File) -> None:
    """Write an empty list."""
    write_places(file, [])
    told = (
        f"已写出 {file}：一行一个地方，上级在前。只有要改的栏也可以，没有的栏不动",
        "拆分、合并：原网格写停用日期和承接编码（几个用顿号隔开），新网格另起一行写启用日期",
    )
    call_of(ctx).answer({"file": str(file)}, lambda: say(*told))


def _told(view: PlaceView, day: date, appeals: int | None) -> list[str]:
    """Return what is said of a place, line by line."""
    place = view.place
    facts = {
        "网格员": place.officer,
        "户数": place.households,
        "关注户数": place.followers,
        "小区": "、".join(place.estates),
        "启用": place.valid_from,
        "停用": place.valid_to,
        "下辖": f"{view.inside}个" if view.inside else None,
    }
    lines = [f"{place.code}　{view.name}　{view.level}"]
    lines.append(f"{day}{'在用' if view.stood else '不在用'}")
    if view.replaced_at is not None:
        lines.append("这是当时的情况，后来装入的名录改过")
    lines += [f"{label}　{fact}" for label, fact in facts.items() if fact not in (None, "")]
    lines += [f"{_BECAME[m.kind]}　{m.successor}{m.name}（{m.on_day}起）" for m in view.onward]
    lines += [f"{_CAME_OF[m.kind]}　{m.code}{m.name}（{m.on_day}起）" for m in view.origins]
    if appeals:
        lines.append(f"记在这一编码下的诉求{appeals}件，留在这里，不随承接网格改动")
    return lines


def _move(call: Call, move: Move) -> dict[str, Any]:
    return call.object(move, "code", "successor", "name", "kind", "on_day")


def _as_object(call: Call, view: PlaceView) -> dict[str, Any]:
    return {
        **call.object(view.place, "code"),
        **call.object(view.place, *COLUMNS),
        **call.object(view, "level", "stood", "inside", "replaced_at"),
        "whole_name": view.name,
        "way": [call.object(step, "code", "name") for step in view.way],
        "onward": [_move(call, move) for move in view.onward],
        "origins": [_move(call, move) for move in view.origins],
    }


def _revision_object(call: Call, revision: PlaceRevision) -> dict[str, Any]:
    return {
        **{kind: revision.count(kind) for kind in KINDS},
        **call.object(revision, "unchanged", "absent"),
        "changes": [
            {
                "kind": change.kind,
                "code": change.place.code,
                "name": change.place.name,
                "columns": {
                    name: [call.plain(before), call.plain(after)]
                    for name, before, after in change.columns
                },
            }
            for change in revision.changes
        ],
    }


def _summary(revision: PlaceRevision) -> list[str]:
    told = [f"{word}{n:,}个" for kind, word in KINDS.items() if (n := revision.count(kind))]
    lines = [f"{'，'.join(told) or '没有改动'}；未变{revision.unchanged:,}个"]
    if revision.absent:
        lines.append(f"表中没有的{revision.absent:,}个不动；要停用请写停用日期")
    return lines


def _show(revision: PlaceRevision) -> None:
    """Show what a list changes: new places by their number, others one by one."""
    order = [*KINDS]
    others = [change for change in revision.changes if change.kind != NEW]
    others.sort(key=lambda change: order.index(change.kind))
    if others:
        say_table(("事项", "编码", "名称", "内容"), map(_row, others[:MOST_CHANGES]))
    if len(others) > MOST_CHANGES:
        say(f"另有{len(others) - MOST_CHANGES:,}个改动：加 --json 看全部")
    say(*_summary(revision))


def _row(change: PlaceChange) -> tuple[str, str, str, str]:
    told = "；".join(
        f"{COLUMNS[name]} {_word(before)} → {_word(after)}"
        for name, before, after in change.columns
    )
    return KINDS[change.kind], change.place.code, change.place.name, told


def _word(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    return "无" if value is None else str(value)
