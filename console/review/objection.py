"""``duban objection``: what units dispute, entered from paper or file, and how it was ruled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from console.command import (
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    switch,
    unit_id,
    verb_group,
)
from console.frame import WrongUsage
from models.review import (
    ObjectionView,
    last_objections,
    raise_objection,
    rule_objection,
    undecided_objections,
)
from rules.casework import OBJECTION_WORDS, OBJECTIONS, Reject
from rules.errors import DubanError
from seed.channels import Dispute, DisputeFile
from seed.exchange import keep_rejects

app = verb_group("异议：单位对数据、派单、评价提出的异议，在期限内登记，由中心裁定一次。")

KINDS = "、".join(f"{code} {name}" for code, name in OBJECTIONS.items())


@app.command("raise", cls=Verb, help="登记异议：逐件写明，或用 --file 成批读入；过期的不收。")
def raise_(
    ctx: typer.Context,
    unit: str | None = option("--unit", "单位", "名称、简称或代码"),
    kind: str | None = option("--kind", "类别", KINDS),
    number: str | None = option("--number", "工单编号", "对数字提的可不写"),
    reason: str | None = option("--reason", "理由", "单位的理由"),
    by: str | None = option("--by", "提出人", "单位里谁提的"),
    period: str | None = option("--period", "统计期", "数据异议用：2018-W45；不写为上一周"),
    at: str | None = option("--at", "时间", "单位提出的时间，不写为现在"),
    file: Path | None = option(
        "--file", "文件", "表头：单位、工单编号、类别、理由、提出人、提出时间"
    ),
) -> None:
    """Enter one objection, or a file of them."""
    call = call_of(ctx)
    if file is not None:
        _take_file(call, file)
        return
    if unit is None or kind is None or reason is None:
        raise WrongUsage("须写 --unit、--kind 和 --reason，或用 --file 读入一份文件")
    raised = raise_objection(
        call.store(),
        unit_id(call, unit),
        _kind(kind),
        reason,
        number=number,
        period=period,
        raised_by=by,
        at=call.at(at),
    )
    call.answer(
        call.objects(_facts(call), [raised])[0],
        lambda: say(
            f"已登记异议{raised.id}号：{raised.unit} {OBJECTIONS[raised.kind]}"
            f"（{call.due(raised.window_at)} 截止）",
            f"裁定：duban objection rule {raised.id} --accept|--refuse --reason 理由",
        ),
    )


def _take_file(call: Call, path: Path) -> None:
    """Enter every row of a file that can be; the others go into a file to be mended."""
    store = call.store()
    reading = DisputeFile(path, store.timekeeper().zone, store.now())
    raised: list[ObjectionView] = []
    rejects: list[Reject] = []
    for row in reading:
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        try:
            raised.append(_enter(call, row))
        except DubanError as error:
            rejects.append(Reject(row.line, str(error)))
    written = keep_rejects(path, reading, rejects) if rejects else None
    call.answer(
        {
            "raised": [one.id for one in raised],
            "rejected": len(rejects),
            "rejects_file": None if written is None else str(written),
        },
        lambda: _show_taken(raised, rejects, written),
    )


def _enter(call: Call, row: Dispute) -> ObjectionView:
    return raise_objection(
        call.store(),
        unit_id(call, row.unit),
        row.kind,
        row.reason,
        number=row.number or None,
        period=row.period or None,
        raised_by=row.raised_by or None,
        at=row.raised_at,
    )


def _show_taken(
    raised: Sequence[ObjectionView], rejects: Sequence[Reject], written: Path | None
) -> None:
    say(f"已登记异议{len(raised)}件，拒收{len(rejects)}件")
    if written is not None:
        say(f"拒收的行与原因在 {written}：改好后再读入即可")


@app.command("rule", cls=Verb, help="裁定异议：督办员或签发员，一次为准；成立的写明要改正什么。")
def rule(
    ctx: typer.Context,
    id: int = argument("异议号", "duban objection list 中的号"),
    accept: bool = switch("--accept", "成立"),
    refuse: bool = switch("--refuse", "不成立"),
    reason: str = option("--reason", "理由", "裁定的理由，记入留痕", ...),
) -> None:
    """Rule on an objection, and say what that does to the unit's place."""
    call = call_of(ctx)
    if accept == refuse:
        raise WrongUsage("--accept 和 --refuse 写且只写一个")
    ruled = rule_objection(call.store(), id, accepted=accept, decision=reason)
    assert ruled.effect is not None
    place = ruled.effect.words
    call.answer(
        call.objects(_facts(call), [ruled])[0],
        lambda: say(
            f"异议{id}号裁定{outcome(ruled)} · {ruled.unit} {ruled.period} {place}",
            *([FOLLOWS[ruled.kind]] if accept else []),
        ),
    )


FOLLOWS = {
    "data": "时间录错的请另行更正：重新导入更正后的文件，或在诉求页修改；本期位次随之重算",
    "dispatch": "请据此转派或同意退单：duban ticket dispatch 工单编号 --unit 单位",
    "rating": "该件已退回核查，由另一人重新核查；要剔除的由核查员申请、另一人批准",
}
"""What an accepted objection leaves to be done, each an act of its own."""


@app.command("list", cls=Verb, help="列出异议：未裁定的；--all 连同已裁定的。")
def list_(
    ctx: typer.Context,
    every: bool = switch("--all", "连同已裁定的，最近200件"),
) -> None:
    """List what waits for a ruling, or all."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = last_objections(reader) if every else undecided_objections(reader)
    call.answer_rows(_facts(call), found, none="没有未裁定的异议")


def _kind(typed: str) -> str:
    if typed not in OBJECTION_WORDS:
        raise WrongUsage(f"没有异议类别 {typed}：可写 {'、'.join(OBJECTIONS)}")
    return OBJECTION_WORDS[typed]


def outcome(one: ObjectionView) -> str:
    """Return how an objection was ruled, in a word."""
    return "未裁定" if one.accepted is None else "成立" if one.accepted else "不成立"


def _facts(call: Call) -> tuple[Fact[ObjectionView], ...]:
    masking = call.store().policy.privacy.on_screen
    return (
        Fact("id", "异议号", number=True),
        Fact("unit", "单位"),
        Fact("kind", "类别", shown=lambda one: OBJECTIONS[one.kind]),
        Fact("number", "工单编号", shown=lambda one: one.number or "（对数字）"),
        Fact("period", "统计期"),
        Fact("reason", "理由", value=lambda one: one.told(masking, one.reason)),
        Fact("raised_by", value=lambda one: one.raised_by),
        Fact("raised_at", "提出"),
        Fact("window_at", "截止"),
        Fact("decided_at"),
        Fact("decided_by", value=lambda one: one.decider),
        Fact("accepted", "裁定", shown=outcome),
        Fact("decision", value=lambda one: one.told(masking, one.decision) or None),
        Fact("place_before", value=lambda one: one.effect and one.effect.before),
        Fact("place_after", value=lambda one: one.effect and one.effect.after),
        Fact("", "位次", shown=lambda one: one.effect.words if one.effect else ""),
    )
