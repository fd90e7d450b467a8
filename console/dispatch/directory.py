"""``duban directory``: the dispatch rules as lines that people maintain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, say, typed_day, verb_group
from console.frame import WrongUsage
from models.casework import StoredLine
from models.dispatch import (
    Standing,
    add_line,
    all_lines,
    change_line,
    clashes_in,
    end_line,
    line_by_number,
    load_lines,
    standings,
)
from rules.dispatch import Line
from rules.errors import Refused
from seed.channels import labels_of, read_lines, write_lines

app = verb_group("派单目录：哪类问题派给谁、依据是什么、派得准不准。")

Numbered = Annotated[int, typer.Argument(metavar="编号", help="第几条")]

File = Annotated[Path, typer.Argument(metavar="文件", help="CSV 或 XLSX，表头见 export 写出的")]


@dataclass(frozen=True, slots=True)
class Row:
    """A line with how it stands."""

    stored: StoredLine
    standing: Standing

    @property
    def line(self) -> Line:
        """What it says."""
        return self.stored.line


def _accuracy(row: Row) -> float | None:
    found = row.standing.accuracy
    return None if found is None else round(found.sure, 4)


def _days(row: Row) -> str:
    line = row.line
    return f"{line.since}起" + (f"至{line.until}" if line.until else "")


ROWS: tuple[Fact[Row], ...] = (
    Fact("number", "编号", lambda row: row.line.number, number=True),
    Fact("revision", "", lambda row: row.line.revision),
    Fact("problem", "问题", lambda row: row.line.problem),
    Fact("words", "", lambda row: list(row.line.words)),
    Fact("category", "", lambda row: row.line.category),
    Fact("nature", "", lambda row: row.line.nature),
    Fact("grid", "", lambda row: list(row.line.grid)),
    Fact("taker", "承办", lambda row: row.line.taker),
    Fact("co_units", "", lambda row: list(row.line.co_units)),
    Fact("duty", "法定", lambda row: row.line.duty, lambda row: "是" if row.line.duty else ""),
    Fact("basis_kind", "依据", lambda row: row.line.basis_kind),
    Fact("basis", "", lambda row: row.line.basis),
    Fact("since", "", lambda row: row.line.since.isoformat()),
    Fact("until", "", lambda row: row.line.until and row.line.until.isoformat()),
    Fact("", "起止", shown=_days),
    Fact("replaced_by", "", lambda row: row.line.replaced_by),
    Fact("draft", "草案", lambda row: row.line.draft, lambda row: "是" if row.line.draft else ""),
    Fact("hits", "命中", lambda row: row.standing.hits, number=True),
    Fact("against", "未按", lambda row: row.standing.against, number=True),
    Fact("returns", "退单", lambda row: row.standing.returns, number=True),
    Fact(
        "accuracy",
        "首派准确",
        _accuracy,
        lambda row: f"{a:.0%}" if (a := _accuracy(row)) is not None else "",
        number=True,
    ),
    Fact("settled", "", lambda row: row.standing.settled),
    Fact("stayed", "", lambda row: row.standing.stayed),
    Fact("last_at", "最近使用", lambda row: row.standing.last_at),
)

SORTS: dict[str, Callable[[Row], Any]] = {
    "number": lambda row: row.line.number,
    "hits": lambda row: -row.standing.hits,
    "returns": lambda row: -row.standing.returns,
    "accuracy": lambda row: row.standing.accuracy.sure if row.standing.accuracy else 2.0,
    "unused": lambda row: (row.standing.hits > 0, row.line.number),
}


def rows_of(call: Call) -> list[Row]:
    """Return every line with how it stands, in the order of their numbers."""
    with call.store().reading() as reader:
        used = standings(reader)
        return [
            Row(stored, used.get(stored.number, Standing(stored.number)))
            for stored in all_lines(reader)
        ]


@app.command("list", cls=Verb, help="列出目录：命中、退单、首派准确率、最近使用。")
def directory_list(
    ctx: typer.Context,
    sort: str = option("--sort", "次序", f"按什么排：{' '.join(SORTS)}", "number"),
) -> None:
    """List the directory."""
    if sort not in SORTS:
        raise WrongUsage(f"没有次序 {sort}：可写 {' '.join(SORTS)}")
    call = call_of(ctx)
    none = "派单目录还是空的：用 duban directory load 文件 装入，或 add 增加"
    call.answer_rows(ROWS, sorted(rows_of(call), key=SORTS[sort]), none=none)


@app.command("show", cls=Verb, help="看一条：各栏内容、依据、使用情况。")
def directory_show(ctx: typer.Context, number: Numbered) -> None:
    """Show one line."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        line_by_number(reader, number)
    show(call, number)


def show(call: Call, number: int) -> None:
    """Answer with one line and how it stands."""
    row = next(row for row in rows_of(call) if row.line.number == number)
    used = row.standing
    lines = [f"{label}　{said}" for label, said in labels_of(row.line) if said]
    stored = row.stored
    changed = call.timekeeper().local(stored.changed_at)
    lines.append(f"第{stored.revision}版　{stored.changed_by} {changed:%Y-%m-%d %H:%M}")
    lines.append(f"命中 {used.hits}　未按目录 {used.against}　退单 {used.returns}")
    if (accuracy := used.accuracy) is not None:
        low, high = accuracy.between
        lines.append(
            f"首派准确 {accuracy.sure:.0%}（{used.settled} 件办过的里 {used.stayed} 件没有退、"
            f"没有改派；95% 区间 {low:.0%} 至 {high:.0%}）"
        )
    call.answer(call.objects(ROWS, [row])[0], lambda: say(*lines))


@app.command("add", cls=Verb, help="增加一条；与现行的冲突就指出是哪两条。")
def directory_add(
    ctx: typer.Context,
    problem: str = argument("问题", "管什么问题，例如 小区停水"),
    taker: str = option("--unit", "承办", "单位，或 属地区、属地街道", ...),
    basis_kind: str = option("--basis-kind", "种类", "三定 权责清单 街道履职清单 裁定 其他", ...),
    basis: str = option("--basis", "依据", "文件名称、文号", ...),
    words: list[str] = option("--words", "关键词", "含其中一个；空格隔开的须都有", []),
    category: str | None = option("--category", "类别", "类别或其上级"),
    nature: str | None = option("--nature", "性质", "诉求性质"),
    grid: list[str] = option("--grid", "网格", "网格编码或其前几位，可写多次", []),
    co: list[str] = option("--co", "协办", "协办单位，可写多次", []),
    duty: bool = typer.Option(False, "--duty", help="部门法定职责，不派街道"),
    since: str | None = option("--since", "起", "从哪天起，不写为今天"),
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
) -> None:
    """Add one line."""
    call = call_of(ctx)
    line = Line(
        0,
        0,
        problem,
        tuple(words),
        category,
        nature,
        tuple(grid),
        taker,
        None,
        tuple(co),
        duty,
        basis_kind,
        basis,
        typed_day(since) if since else _today(call),
    )
    show(call, add_line(call.store(), line, reason=reason).number)


@app.command("change", cls=Verb, help="修改一条：原来那版留着，记下是谁、为什么。")
def directory_change(
    ctx: typer.Context,
    number: Numbered,
    reason: str = option("--reason", "理由", "为什么改", ...),
    problem: str | None = option("--problem", "问题", "管什么问题"),
    taker: str | None = option("--unit", "承办", "单位，或 属地区、属地街道"),
    basis_kind: str | None = option("--basis-kind", "种类", "依据种类"),
    basis: str | None = option("--basis", "依据", "文件名称、文号"),
    words: list[str] | None = option("--words", "关键词", "可写多次，代替原有的"),
    category: str | None = option("--category", "类别", "类别或其上级"),
    nature: str | None = option("--nature", "性质", "诉求性质"),
    grid: list[str] | None = option("--grid", "网格", "可写多次，代替原有的"),
    co: list[str] | None = option("--co", "协办", "可写多次，代替原有的"),
    duty: bool | None = typer.Option(None, "--duty/--no-duty", help="是否部门法定职责"),
    since: str | None = option("--since", "起", "从哪天起"),
) -> None:
    """Write the next revision of a line."""
    call = call_of(ctx)
    said: dict[str, Any] = {
        "problem": problem,
        "taker": taker,
        "basis_kind": basis_kind,
        "basis": basis,
        "words": tuple(words) if words else None,
        "category": category,
        "nature": nature,
        "grid": tuple(grid) if grid else None,
        "co_units": tuple(co) if co else None,
        "duty": duty,
        "since": typed_day(since) if since else None,
    }
    changes = {key: value for key, value in said.items() if value is not None}
    with call.store().reading() as reader:
        seen = line_by_number(reader, number)
    if not changes and not seen.draft:
        raise WrongUsage("请写明改什么：--unit --basis --words 等，用法见 --help")
    change_line(
        call.store(),
        number,
        lambda line: replace(line, draft=False, **changes),
        seen=seen.revision,
        reason=reason,
    )
    show(call, number)


@app.command("end", cls=Verb, help="停用一条，可写由哪一条替代；从不删除。")
def directory_end(
    ctx: typer.Context,
    number: Numbered,
    reason: str = option("--reason", "理由", "为什么停用", ...),
    on: str | None = option("--on", "止", "最后一天，不写为今天"),
    replaced_by: int | None = option("--replaced-by", "编号", "由哪一条替代"),
) -> None:
    """End a line."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        seen = line_by_number(reader, number)
    day = typed_day(on) if on else _today(call)
    end_line(
        call.store(), number, on=day, seen=seen.revision, reason=reason, replaced_by=replaced_by
    )
    show(call, number)


@app.command("load", cls=Verb, help="装入目录文件：编号空着的新增，其余按编号修改。")
def directory_load(
    ctx: typer.Context,
    file: File,
    reason: str | None = option("--reason", "理由", "记入留痕的理由"),
) -> None:
    """Load a directory from a file."""
    call = call_of(ctx)
    done = load_lines(call.store(), read_lines(file), reason=reason or f"装入 {file.name}")
    value = {
        "added": list(done.added),
        "changed": list(done.changed),
        "unchanged": done.unchanged,
    }
    told = f"新增{len(done.added)}条，修改{len(done.changed)}条，未变{done.unchanged}条"
    call.answer(value, lambda: say(told))


@app.command("export", cls=Verb, help="把目录写成文件（CSV、XLSX），改好后再装入。")
def directory_export(ctx: typer.Context, file: File) -> None:
    """Write the directory into a file."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        lines = [stored.line for stored in all_lines(reader)]
    count = write_lines(file, lines)
    call.answer({"file": str(file), "lines": count}, lambda: say(f"已写出 {file}：{count}条"))


@app.command("check", cls=Verb, help="核对目录：冲突的两条、从没用过的、常退单的。")
def directory_check(ctx: typer.Context) -> None:
    """Say what is wrong with the directory."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = clashes_in(reader)
    rows = [row for row in rows_of(call) if row.line.in_force(_today(call))]
    unused = [row.line.number for row in rows if not row.standing.hits]
    returned = [row.line.number for row in rows if often_returned(row.standing)]
    value = {
        "clashes": [{"one": c.one, "other": c.other, "about": c.about} for c in found],
        "unused": unused,
        "returned": returned,
    }
    lines = [clash.words() for clash in found]
    lines += [f"从没用过：{_numbers(unused)}"] if unused else []
    lines += [f"常退单（十次里退一次以上）：{_numbers(returned)}"] if returned else []
    call.answer(value, lambda: say(*(lines or ["没有冲突，条条用过，退单不多"])))
    if found:
        raise Refused("目录有冲突：请按上面所列修改")


def often_returned(standing: Standing) -> bool:
    """Return whether more than every tenth hit came back."""
    return standing.returns * 10 > standing.hits > 0


def _numbers(numbers: list[int]) -> str:
    return "、".join(f"第{number}条" for number in numbers)


def _today(call: Call) -> date:
    store = call.store()
    return store.timekeeper().local(store.now()).date()
