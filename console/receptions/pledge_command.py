"""``duban pledge``: what was promised at receptions, from its paper to what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.command import (
    At,
    Call,
    Fact,
    Verb,
    argument,
    call_of,
    option,
    say,
    unit_id,
    verb_group,
)
from console.frame import WrongUsage, typed_due
from console.receptions.pledge_paper import write_pledges
from models import receptions
from models.receptions import PledgeView
from models.views import ticket_ids
from rules.receptions import FATES, KINDS

app = verb_group("承诺：登记接访时的承诺书、保证书，打印、签字、改期、兑现、未兑现。")

Id = Annotated[str, typer.Argument(metavar="编号", help="承诺的编号")]
Ids = Annotated[list[str], typer.Argument(metavar="编号", help="承诺的编号，可写多个")]


def _facts(call: Call) -> tuple[Fact[PledgeView], ...]:
    now = call.now()
    return (
        Fact("id", "编号", number=True),
        Fact("kind", "文书", shown=lambda view: view.noun),
        Fact("fate", "状态", value=lambda view: view.fate(now), shown=lambda v: v.stands(now)),
        Fact("unit", "单位"),
        Fact("text", "承诺事项", shown=lambda view: " ".join(view.text.split("\n"))),
        Fact("due_at", "期限"),
        Fact("original_due_at", ""),
        Fact("leader", "接访领导"),
        Fact("person", ""),
        Fact("day", "接访日"),
        Fact("place", ""),
        Fact("number", "诉求"),
        Fact("signed_at", ""),
        Fact("kept_at", ""),
        Fact("broken_at", ""),
        Fact("verdict_words", ""),
        Fact("evidence", ""),
        Fact("extended", ""),
    )


def _show(call: Call, views: Sequence[PledgeView], none: str = "") -> None:
    masking = call.store().policy.privacy.on_screen
    call.answer_rows(_facts(call), [view.masked(masking) for view in views], none=none)


def _named(call: Call, words: Sequence[str]) -> list[PledgeView]:
    ids = []
    for word in words:
        plain = word.strip().lstrip("#＃")
        if not plain.isdecimal() or len(plain) > 10:
            raise WrongUsage(f"{word} 不是承诺的编号：用 duban pledge list 查看")
        ids.append(int(plain))
    with call.store().reading() as reader:
        return receptions.pledges_of_ids(reader, ids)


@app.command("list", cls=Verb, help="列出承诺：上次接访月的，和还没有兑现的；最急的在前。")
def list_pledges(
    ctx: typer.Context,
    month: str | None = option("--month", "月份", "只列这个月接访时承诺的，例如 2026-10"),
    fate: str | None = option("--fate", "状态", "、".join(FATES.values())),
) -> None:
    """List promises."""
    call = call_of(ctx)
    now = call.now()
    today = call.timekeeper().local(now).date()
    if fate is not None and fate not in (*FATES, *FATES.values()):
        raise WrongUsage(f"没有状态 {fate}：可写 {'、'.join(FATES.values())}")
    with call.store().reading() as reader:
        if month is not None:
            first = _month(month)
            found = receptions.pledges_of_days(reader, first, receptions.last_of_month(first))
        else:
            before = receptions.promised_before(reader, today.replace(day=1))
            first = before[0] if before else today.replace(day=1)
            found = receptions.pledge_list(reader, first, today)
    wanted = [
        view for view in found if fate is None or fate in (view.fate(now), FATES[view.fate(now)])
    ]
    _show(call, wanted, "没有承诺：用 duban pledge make 登记")


def _month(typed: str) -> date:
    try:
        return date.fromisoformat(f"{typed.strip()}-01")
    except ValueError:
        raise WrongUsage(f"月份写成 2026-10：{typed} 无法识别") from None


@app.command("make", cls=Verb, help="登记承诺：哪个接访点、哪个单位、办什么、哪天以前。")
def make(
    ctx: typer.Context,
    place: str = argument("接访点", "编号或名称，取最近一次接访的"),
    unit: str | None = option("--unit", "单位", "责任单位，不写为诉求的承办单位"),
    text: str = option("--text", "内容", "承诺办什么", ...),
    due: str | None = option("--due", "期限", "哪天以前兑现，例如 2026-12-31 或 10wd"),
    leader: str = option("--leader", "领导", "签字的接访领导，不写为该点的", ""),
    person: str = option("--person", "责任人", "单位里负责的人", ""),
    ticket: str | None = option("--ticket", "工单编号", "所涉诉求"),
    kind: str = option("--kind", "文书", "、".join(KINDS.values()), KINDS["pledge"]),
) -> None:
    """Write a promise down."""
    call = call_of(ctx)
    store = call.store()
    kinds = {name: code for code, name in KINDS.items()}
    with store.reading() as reader:
        where = receptions.reception_named(reader, place)
        ticket_id = ticket_ids(reader, [ticket])[0] if ticket else None
    view = receptions.make_pledge(
        store,
        where,
        text=text,
        due_at=typed_due(due, call.now(), call.timekeeper()) if due else None,
        unit_id=unit_id(call, unit) if unit else None,
        leader=leader,
        person=person,
        ticket_id=ticket_id,
        kind=kinds.get(kind, kind),
    )
    _show(call, [view])


@app.command("show", cls=Verb, help="查看一份承诺：内容、期限、签字、改期、结果。")
def show(ctx: typer.Context, id: Id) -> None:
    """Show one promise whole."""
    call = call_of(ctx)
    view = _named(call, [id])[0]
    with call.store().reading() as reader:
        moved = receptions.moves_of(reader, view.id)
    clean = view.masked(call.store().policy.privacy.on_screen)
    value = {
        **call.objects(_facts(call), [clean])[0],
        "moved": [call.object(one, "due_before", "due_after", "leader", "reason") for one in moved],
    }

    def told() -> None:
        call.table(_facts(call), [clean])
        say(f"{clean.day} {clean.place}　签字 {call.clock(clean.signed_at) or '未登记'}")
        for one in moved:
            say(f"{one.leader}同意改到 {call.due(one.due_after)}：{one.reason}")
        if clean.verdict_words:
            say(f"结果：{clean.verdict_words}　凭据：{clean.evidence or '无'}")

    call.answer(value, told)


@app.command("print", cls=Verb, help="打印承诺书、保证书（.docx），给接访领导和单位签字。")
def print_papers(
    ctx: typer.Context, ids: Ids, out: Path = option("--out", "文件夹", "写到哪里", ...)
) -> None:
    """Print papers to be signed."""
    call = call_of(ctx)
    path = write_pledges(call.store(), _named(call, ids), out)
    call.answer({"file": str(path)}, lambda: say(str(path)))


@app.command("sign", cls=Verb, help="登记签字：接访领导和单位都签好了。")
def sign(ctx: typer.Context, ids: Ids, at: At = None) -> None:
    """Write down that papers are signed."""
    call = call_of(ctx)
    _show(call, receptions.sign_pledges(call.store(), _named(call, ids), call.at(at)))


@app.command("extend", cls=Verb, help="改期：只有作出承诺的领导可以同意，期限以前提出。")
def extend(
    ctx: typer.Context,
    id: Id,
    due: str = option("--due", "期限", "新期限", ...),
    leader: str = option("--leader", "领导", "同意改期的领导", ...),
    reason: str = option("--reason", "理由", "为什么不能按期", ...),
) -> None:
    """Move the date of a promise."""
    call = call_of(ctx)
    until = typed_due(due, call.now(), call.timekeeper())
    view = _named(call, [id])[0]
    _show(
        call,
        [receptions.extend_pledge(call.store(), view, until, leader=leader, reason=reason)],
    )


@app.command("keep", cls=Verb, help="登记兑现：做了什么，凭据是什么。")
def keep(
    ctx: typer.Context,
    id: Id,
    text: str = option("--text", "内容", "怎样兑现的", ...),
    evidence: str = option("--evidence", "凭据", "验收单、照片等的名称或编号", ...),
    at: At = None,
) -> None:
    """Write down that a promise is kept."""
    call = call_of(ctx)
    view = _named(call, [id])[0]
    done = receptions.keep_pledge(call.store(), view, words=text, evidence=evidence, at=call.at(at))
    _show(call, [done])


@app.command("break", cls=Verb, help="登记未兑现：为什么。")
def give_up(
    ctx: typer.Context,
    id: Id,
    reason: str = option("--reason", "原因", "没有兑现的原因", ...),
    evidence: str = option("--evidence", "凭据", "单位的书面说明等", ""),
) -> None:
    """Write down that a promise is not kept."""
    call = call_of(ctx)
    view = _named(call, [id])[0]
    _show(call, [receptions.break_pledge(call.store(), view, reason=reason, evidence=evidence)])


@app.command("void", cls=Verb, help="作废没有签字的、登记错了的承诺。")
def void(
    ctx: typer.Context, id: Id, reason: str = option("--reason", "理由", "作废的理由", ...)
) -> None:
    """Void a promise that was written down by mistake."""
    call = call_of(ctx)
    view = _named(call, [id])[0]
    _show(call, [receptions.void_pledge(call.store(), view, reason=reason)])
