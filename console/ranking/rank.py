"""``duban rank``: the ranking of a week or month; publishing it; its files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from console.command import (
    Call,
    Verb,
    call_of,
    chosen_period,
    one_verb,
    option,
    say,
    say_table,
    switch,
)
from console.ranking.edition import render_edition, render_one
from console.ranking.standings import (
    SHORT,
    columns_named,
    footnotes,
    group_name,
    heading,
    printed,
    standing_of,
)
from models.ranking import EditionView, edition_of, publish_edition
from rules.ranking import Standing
from seed.sheets import put

app = one_verb()


@app.command(cls=Verb, help="按群众满意率排名；不写期间为上一个完整的周。")
def rank(
    ctx: typer.Context,
    week: str | None = option("--week", "周", "last 或 2018-W45"),
    month: str | None = option("--month", "月", "last 或 2018-10"),
    release: bool = switch("--publish", "发布：编期号、冻结，不能撤销"),
    reason: str | None = option("--reason", "理由", "再次发布（修订）的理由"),
    out: Path | None = option("--out", "文件", "按后缀写出：.xlsx .csv .docx .md .json"),
) -> None:
    """Rank units over a period; publish or write it where asked."""
    call = call_of(ctx)
    period = chosen_period(call, week, month)
    store = call.store()
    if release:
        view = publish_edition(store, period, render=render_edition, reason=reason)
    else:
        view = edition_of(store, period)
    value = as_object(call, view)
    if out is not None:
        _write(view, value, out)
    call.answer(value, lambda: _show(view, out))


def as_object(call: Call, view: EditionView) -> dict[str, Any]:
    """Return an edition for JSON."""
    return {
        "period": view.period.key,
        "from": call.iso(view.period.from_at),
        "to": call.iso(view.period.to_at),
        **call.object(view, "published", "revision", "digest"),
        "rows": [_row(call, standing) for standing in view.rows],
    }


COUNTS = ("unsatisfied", "rated", "due", "on_time", "after_extension", "late", "open", "carried")


def _row(call: Call, standing: Standing) -> dict[str, Any]:
    result, work = standing.result_rate, standing.work_rate
    return {
        **call.object(standing, "group", "unit", "code", "place"),
        "result_rate": None if result is None else float(result),
        "work_rate": None if work is None else float(work),
        **call.object(standing.tally, *COUNTS),
        **call.object(standing, "ranked", "movement"),
    }


def _write(view: EditionView, value: dict[str, Any], out: Path) -> None:
    if out.suffix.lower() == ".json":
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        put(out, text.encode())
    else:
        put(out, render_one(view, out.suffix.lower()))


def _show(view: EditionView, out: Path | None) -> None:
    say(f"{heading(view)} · {standing_of(view)} · {view.bureau}")
    columns = columns_named(SHORT)
    titles = [column.title for column in columns]
    for group, table in view.groups.items():
        say("", group_name(group))
        say_table(titles, printed(columns, table), numbers=titles[3:])
    say("", *footnotes(view))
    if out is not None:
        say(f"已写入 {out}")
