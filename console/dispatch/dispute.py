"""``duban dispute``: matters that units will not have, from the objection to the ruling."""

from __future__ import annotations

from typing import Annotated

import typer

from console.command import Call, Fact, Verb, argument, call_of, option, say, unit_id, verb_group
from models.dispatch import (
    ORGANS,
    DisputeView,
    dispute_by_id,
    name_provisional,
    open_disputes,
    opinions_of,
    raise_dispute,
    record_opinion,
    rule_dispute,
)
from models.views import ticket_ids
from rules.casework import DISPUTES

app = verb_group("派单争议：提出、临时主办、编办司法意见、裁定（目录随之改）。")

Id = Annotated[int, typer.Argument(metavar="争议编号", help="见 duban dispute list")]


COLUMNS: tuple[Fact[DisputeView], ...] = (
    Fact("id", "编号", number=True),
    Fact("number", "工单"),
    Fact("kind", "来由", shown=lambda view: DISPUTES[view.kind]),
    Fact("unit", "提出单位"),
    Fact("opened_at", "提出时间"),
    Fact("holder", "现在办理"),
    Fact("provisional", "临时主办"),
    Fact("opinions", "意见", number=True),
    Fact("ruled_at", ""),
    Fact("ruled_unit", "裁定"),
    Fact("line_number", "目录", shown=lambda view: view.line_number and f"第{view.line_number}条"),
    Fact("letter", "裁定书"),
)


@app.command("list", cls=Verb, help="列出没有裁定的派单争议，最早的在前。")
def dispute_list(
    ctx: typer.Context,
    ruled: bool = typer.Option(False, "--all", help="已裁定的也列出"),
) -> None:
    """List the disputes."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = open_disputes(reader, ruled=ruled)
    call.answer_rows(COLUMNS, found, none="没有派单争议")


@app.command("show", cls=Verb, help="看一件争议：经过、各方意见、裁定。")
def dispute_show(ctx: typer.Context, id: Id) -> None:
    """Show one dispute with what was said of it."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found, opinions = dispute_by_id(reader, id), opinions_of(reader, id)
    mask = call.store().policy.privacy.on_screen
    value = {
        **call.objects(COLUMNS, [found])[0],
        "reason": mask.text(found.reason or ""),
        "ruling": mask.text(found.ruling or ""),
        "said": [
            {**call.object(one, "organ", "person", "given_at"), "said": mask.text(one.said)}
            for one in opinions
        ],
    }
    lines = [
        f"{found.number}  {DISPUTES[found.kind]}  {found.unit}：{value['reason'] or '没有写理由'}"
    ]
    lines += [f"{one.organ} {one.person}：{mask.text(one.said)}" for one in opinions]
    if found.ruled_at is not None:
        lines.append(f"裁定由{found.ruled_unit}办理：{value['ruling']}")
    else:
        lines.append(f"现由{found.holder or '中心'}办理，待裁定")
    call.answer(value, lambda: say(*lines))


@app.command("open", cls=Verb, help="登记单位对派单的异议；时限照走。")
def dispute_open(
    ctx: typer.Context,
    number: str = argument("工单编号", "已派出、还没答复的诉求"),
    reason: str = option("--reason", "理由", "单位的理由", ...),
) -> None:
    """Record a unit's objection to a dispatch."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        ticket_id = ticket_ids(reader, [number])[0]
    _show(call, raise_dispute(call.store(), ticket_id, reason=reason))


@app.command("provisional", cls=Verb, help="指定临时主办单位，裁定前由它办；时限照走。")
def dispute_provisional(
    ctx: typer.Context,
    id: Id,
    unit: str = option("--unit", "单位", "名称、简称或代码", ...),
    reason: str = option("--reason", "理由", "为什么先由它办", ...),
) -> None:
    """Name a provisional handler."""
    call = call_of(ctx)
    _show(call, name_provisional(call.store(), id, unit_id=unit_id(call, unit), reason=reason))


@app.command("opinion", cls=Verb, help="登记编办、司法的意见：谁、何时、怎么说。")
def dispute_opinion(
    ctx: typer.Context,
    id: Id,
    person: str = option("--person", "姓名", "谁出具的", ...),
    text: str = option("--text", "意见", "意见原文", ...),
    organ: str = option("--organ", "机关", "、".join(ORGANS), ORGANS[0]),
) -> None:
    """Record an opinion."""
    call = call_of(ctx)
    _show(call, record_opinion(call.store(), id, organ=organ, person=person, said=text))


@app.command("rule", cls=Verb, help="裁定由谁办理，不得再退；目录在同一次办理中改好或拟出一条。")
def dispute_rule(
    ctx: typer.Context,
    id: Id,
    unit: str = option("--unit", "单位", "裁定由哪个单位办理", ...),
    reason: str = option("--reason", "理由", "裁定的理由", ...),
    basis: str = option("--basis", "文件", "裁定书的名称、文号，写进目录", ...),
    line: int | None = option("--line", "编号", "改目录哪一条，不写为合适的那条"),
) -> None:
    """Rule on a dispute; the directory follows in the same act."""
    call = call_of(ctx)
    ruled = rule_dispute(
        call.store(), id, unit_id=unit_id(call, unit), ruling=reason, basis=basis, number=line
    )
    _show(call, ruled)
    if not call.settings.json:
        if ruled.line_number is not None:
            say(f"目录随裁定写好，请核对：duban directory show {ruled.line_number}")
        say(f"裁定书：duban letter draft 分歧裁定书 {ruled.number}")


def _show(call: Call, view: DisputeView) -> None:
    call.answer_rows(COLUMNS, [view])
