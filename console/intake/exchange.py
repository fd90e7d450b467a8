"""``duban template`` and ``duban export``: the exchange form, empty or filled."""

from __future__ import annotations

from pathlib import Path

import typer

from console.command import Verb, argument, call_of, one_verb, option, say, unit_id
from console.frame import WrongUsage
from models.intake import Wanted, outgoing_tickets, record_export
from seed.exchange import write_template, write_tickets

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
        count = write_tickets(file, outgoing_tickets(reader, wanted), zone=store.timekeeper().zone)
    record_export(store, file.name, count)
    caution = store.policy.privacy.caution
    call.answer(
        {"file": str(file), "tickets": count},
        lambda: say(f"已导出{count}件到 {file}（脱敏）", *([caution] if caution else [])),
    )
