"""``duban find``: anything by what is at hand, open or closed."""

from __future__ import annotations

import typer

from console.command import Fact, Verb, argument, call_of, one_verb, option
from models.views import Hit, find_hits

KINDS = {"ticket": "诉求", "order": "督办单", "unit": "单位"}

FACTS: tuple[Fact[Hit], ...] = (
    Fact("kind", "类别", shown=lambda hit: KINDS[hit.kind]),
    Fact("number", "编号"),
    Fact("title", "名称"),
    Fact("unit", "单位"),
    Fact("status", "状态"),
    Fact("open"),
    Fact("closed_at", "办结"),
)

NONE = "没有找到：可写编号末几位、标题里的两个字、单位名称或督办单号"

app = one_verb()


@app.command(cls=Verb, help="找诉求、督办单、单位：编号或末几位、标题的一部分。")
def find(
    ctx: typer.Context,
    words: list[str] = argument("要找的", "例如 00871、停水、洪山区、武网督〔2026〕1号"),
    limit: int = option("--limit", "件数", "最多列出多少件", 20, min=1, max=1000),
) -> None:
    """Find a ticket, an order or a unit, the likeliest first."""
    call = call_of(ctx)
    masking = call.store().policy.privacy.on_screen
    with call.store().reading() as reader:
        hits = find_hits(reader, " ".join(words), limit, masking=masking)
    call.answer_rows(FACTS, hits, none=NONE)
