"""``duban export``: tickets in exchange form, citizens masked; the export is on record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.cli.call import call_of
from console.cli.chinese import Verb, one_verb
from console.cli.choices import unit_id
from console.cli.output import say
from console.settings import WrongUsage
from models.intake import Wanted, outgoing_tickets, record_export
from seed.exchange import write_tickets

STATES = {"未结": "open", "办结": "closed", "open": "open", "closed": "closed"}


app = one_verb()


@app.command("export", cls=Verb, help="导出诉求（.xlsx .csv .tsv .jsonl），脱敏，留痕。")
def export_tickets(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里，按后缀定格式")],
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="单位", help="当前主办单位")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="地方", help="所在地")] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="渠道", help="来源渠道")
    ] = None,
    urgency: Annotated[
        str | None, typer.Option("--urgency", metavar="程度", help="一般 紧急 特急")
    ] = None,
    state: Annotated[str | None, typer.Option("--state", metavar="状态", help="未结 办结")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="时间", help="此时起受理的")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="时间", help="此时前受理的")
    ] = None,
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
    call.answer(
        {"file": str(file), "tickets": count}, lambda: say(f"已导出{count}件到 {file}（脱敏）")
    )
