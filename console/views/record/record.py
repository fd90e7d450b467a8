"""``duban trail``: the record of one matter in its order, or the whole of it, searched."""

from __future__ import annotations

from typing import Any

import typer

from console.command import Call, Fact, Verb, argument, call_of, one_verb, option, say
from console.frame import WrongUsage
from console.views.record.asked import days_of
from models.views import (
    EventLine,
    TrailFilter,
    TrailLine,
    storyline,
    ticket_ids,
    trail_snapshot,
    trail_window,
)
from rules.casework import verbs_named
from rules.clocks import MomentError

SHOWN = 50
"""Rows of a search, unless --limit says otherwise."""

CHUNK = 2000

app = one_verb()


@app.command("trail", cls=Verb, help="留痕：何时、由谁、办了什么、为什么；一件的全部，或按条件找。")
def trail(
    ctx: typer.Context,
    number: str | None = argument("工单编号", "例如 WH20261120-00871，不写则在全部留痕里找", None),
    unit: str | None = option("--unit", "单位", "名称、简称、代码或拼音首字母"),
    operator: str | None = option("--operator", "经办人", "姓名的一部分或登录名"),
    verb: str | None = option("--verb", "步骤", "签收、延期、查看联系方式等，或拼音首字母"),
    day: str | None = option("--day", "日", "录入的日子：昨天、11-20、11-01..11-20"),
    text: str | None = option("--text", "文字", "理由和内容里的字"),
    limit: int = option("--limit", "条数", "最多列出多少条", SHOWN, min=1, max=10**9),
) -> None:
    """List the record of one ticket as it was written, or what is asked for, newest first."""
    call = call_of(ctx)
    wanted = TrailFilter(
        words=tuple((text or "").split()),
        unit=unit or "",
        operator=operator or "",
        verb=verb or "",
        number=number or "",
        **_days(call, day),
    )
    if number is not None and wanted == TrailFilter(number=number):
        _show_one(call, number)
        return
    if verb and not verbs_named(verb):
        raise WrongUsage(f"没有步骤 {verb}：可写 签收、办结、延期、查看联系方式、导出 等")
    masking = call.store().policy.privacy.on_screen
    lines = list[EventLine]()
    with call.store().reading() as reader:
        ids = trail_snapshot(reader, wanted, limit=limit)
        for start in range(0, len(ids), CHUNK):
            lines += trail_window(reader, ids[start : start + CHUNK], masking)
    call.answer(call.objects(EVENT, lines), lambda: _show(call, lines, limit))


def _show(call: Call, lines: list[EventLine], limit: int) -> None:
    if not lines:
        say("没有这样的留痕")
        return
    call.table(EVENT, lines)
    if len(lines) == limit:
        say(f"只列出最新的{limit}条：用 --limit 多列，或加条件缩小范围")


def _days(call: Call, day: str | None) -> dict[str, Any]:
    if day is None:
        return {}
    try:
        return days_of(day, call.now(), call.timekeeper().zone)
    except MomentError as error:
        raise WrongUsage(str(error)) from None


def _show_one(call: Call, number: str) -> None:
    masking = call.store().policy.privacy.on_screen
    with call.store().reading() as reader:
        lines = storyline(reader, ticket_ids(reader, [number])[0], masking=masking)
    call.answer_rows(LINE, lines)


_WHEN_AND_WHO: tuple[Fact[Any], ...] = (
    Fact("recorded_at", "录入时间"),
    Fact("at", "发生时间", shown=lambda line: line.happened_at),
    Fact("seq"),
    Fact("who", "经办人"),
    Fact("verb"),
    Fact("text", "做了什么"),
)
_WHY: Fact[Any] = Fact("reason", "理由", value=lambda line: line.reason or None)

LINE: tuple[Fact[TrailLine], ...] = (*_WHEN_AND_WHO, _WHY)
"""One line of the record of a ticket."""

EVENT: tuple[Fact[EventLine], ...] = (
    *_WHEN_AND_WHO,
    Fact("kind"),
    Fact("subject", "哪一件"),
    Fact("unit", "单位", value=lambda line: line.unit or None),
    _WHY,
)
"""One event of a search."""
