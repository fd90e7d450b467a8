"""``duban cell``: 网格自办 and 自发现, apart from residents' appeals."""

from __future__ import annotations

from pathlib import Path

import typer

from console.command import At, Call, Verb, argument, call_of, option, say, verb_group
from console.grid.cell_facts import COUNTS, MATTER, answer_taken, place_meant, write_matters
from models import grid
from models.grid import CellMatterView
from models.store import Reader
from rules.grid import MATTER_COLUMNS, kind_named
from seed.channels import read_cell_matters

app = verb_group("网格事项：网格自办和自发现，登记、办结、上报；不算诉求，不进任何排名。")

FILE = argument("文件", f"表头：{'、'.join(MATTER_COLUMNS)}")

EVERYWHERE = "4"
"""How every code begins."""


def _meant(reader: Reader, word: str) -> str:
    return word if word == EVERYWHERE else place_meant(reader, word)


def _one(call: Call, id: int) -> CellMatterView:
    with call.store().reading() as reader:
        return grid.cell_matter_of(reader, id)


@app.command("list", cls=Verb, help="列出网格事项：未办的在前，另有近30天办结的。")
def list_matters(
    ctx: typer.Context,
    code: str = argument("代码", "只看一处：区、街道、社区或网格的代码或名称", EVERYWHERE),
) -> None:
    """List the matters of a place."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        rows = grid.matters_in(reader, call.now(), _meant(reader, code))
    call.answer_rows(MATTER, rows, none="没有网格事项：用 duban cell add 登记")


@app.command("add", cls=Verb, help="登记一件网格事项。")
def add(
    ctx: typer.Context,
    code: str = argument("代码", "15位的网格代码"),
    title: str = option("--text", "事项", "一句是什么事", ...),
    kind: str = option("--kind", "种类", "网格自办 或 自发现", "网格自办"),
    content: str = option("--content", "情况", "别的情况", ""),
    at: At = None,
) -> None:
    """Note a matter; ``--at`` is when it was found."""
    call = call_of(ctx)
    view = grid.note_matter(
        call.store(), code, title, kind=kind_named(kind), content=content, found_at=call.at(at)
    )
    call.answer_rows(MATTER, [view])


@app.command("done", cls=Verb, help="办结一件网格事项。")
def done(
    ctx: typer.Context,
    id: int = argument("编号", "网格事项的编号"),
    result: str = option("--text", "结果", "办成什么样", ...),
    at: At = None,
) -> None:
    """Finish a matter."""
    call = call_of(ctx)
    view = grid.finish_matter(call.store(), _one(call, id), result, at=call.at(at))
    call.answer_rows(MATTER, [view])


@app.command("up", cls=Verb, help="上报一级：期限不变；到了有承办单位的一级，就交该单位。")
def up(
    ctx: typer.Context,
    id: int = argument("编号", "网格事项的编号"),
    why: str = option("--reason", "理由", "为什么网格办不了", ""),
) -> None:
    """Pass a matter up."""
    call = call_of(ctx)
    view = grid.pass_up(call.store(), _one(call, id), why)
    call.answer_rows(MATTER, [view])


@app.command("load", cls=Verb, help="收网格表（.xlsx .csv）：逐行登记或办结，同一份再收不变。")
def load(
    ctx: typer.Context,
    file: Path = FILE,
    rejects: Path | None = option("--rejects", "文件", "退回行写到哪里，不写存在原文件旁"),
) -> None:
    """Take what a file tells."""
    call = call_of(ctx)
    lines = read_cell_matters(file, call.timekeeper().zone, call.now())
    taken = grid.take_matters(call.store(), lines)
    counts = {"noted": taken.noted, "finished": taken.finished, "unchanged": taken.unchanged}
    told = f"登记{taken.noted}件，办结{taken.finished}件，没有变化{taken.unchanged}行"
    answer_taken(call, file, rejects, MATTER_COLUMNS, taken.refused, counts, told)


@app.command("export", cls=Verb, help="导出网格表（.xlsx .csv），一行一件。")
def export(
    ctx: typer.Context,
    code: str = argument("代码", "只写一处的：代码或名称", EVERYWHERE),
    out: Path = option("--out", "文件", "写到哪里", ...),
) -> None:
    """Write the matters of a place."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        rows = grid.matters_in(reader, call.now(), _meant(reader, code))
    write_matters(call.store(), out, rows)
    call.answer({"rows": len(rows), "file": str(out)}, lambda: say(f"{len(rows)}件：{out}"))


@app.command("figures", cls=Verb, help="一处近30天的网格自办、自发现各多少，按时多少；不按人计。")
def figures(
    ctx: typer.Context, code: str = argument("代码", "区、街道、社区或网格的代码或名称", EVERYWHERE)
) -> None:
    """Count the matters of one place."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = grid.cell_counts(reader, _meant(reader, code), call.now())
    call.answer_rows(COUNTS, [found])
