"""``duban privacy``: personal data kept long enough, who asks to erase it and who approves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from console.command import Call, Fact, Verb, call_of, say, say_table, verb_group
from models.privacy import (
    Closed,
    Due,
    Request,
    approve_erasure,
    ask_erasure,
    due_now,
    hold as hold_back,
    lift as lift_hold,
    refuse_erasure,
    requests,
)

SHOWN = 20  # appeals of a table on a terminal

app = verb_group("个人信息：保存期满的清除（一人申请、另一人批准，不能撤销），须保留的下保留令。")

Id = Annotated[int, typer.Argument(metavar="申请号", help="duban privacy list 中的申请号", min=1)]

Number = Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")]

Reason = Annotated[str | None, typer.Option("--reason", metavar="理由", help="记入留痕的理由")]

Basis = Annotated[
    str, typer.Option("--reason", metavar="依据", help="卷宗号、来函文号等，记入留痕")
]


@app.command("list", cls=Verb, help="列出保存期满可清除的、应予保留的，和清除申请。")
def privacy_list(ctx: typer.Context) -> None:
    """Say what is due, what is kept whole and why, and what was asked and decided."""
    call = call_of(ctx)
    store = call.store()
    due = due_now(store)
    with store.reading() as reader:
        asked = requests(reader)
    kept_for = store.policy.privacy.years
    call.answer(
        {
            "years": kept_for,
            "before": call.iso(due.before_at),
            "erasable": [one.number for one in due.erasable],
            "exempt": [{"number": one.number, "reason": one.exempt} for one in due.exempt],
            "requests": call.objects(REQUEST, asked),
        },
        lambda: _show(call, due, asked, kept_for),
    )


@app.command("ask", cls=Verb, help="申请清除现已保存期满的；督办员、管理员提出，批准前什么也不动。")
def privacy_ask(ctx: typer.Context, reason: Reason = None) -> None:
    """List what is due now and ask somebody else to approve."""
    call = call_of(ctx)
    asked, due = ask_erasure(call.store(), reason)

    def shown() -> None:
        say(f"清除申请{asked.id}号：{asked.tickets}件，另有{len(due.exempt)}件应予保留")
        say(f"请另一位管理员或签发员办理：duban privacy approve {asked.id}")

    call.answer(_object(call, asked), shown)


@app.command("approve", cls=Verb, help="批准清除：由另一位管理员或签发员办理，不能撤销。")
def privacy_approve(ctx: typer.Context, id: Id, reason: Reason = None) -> None:
    """Erase what was listed and is still due."""
    call = call_of(ctx)
    done = approve_erasure(call.store(), id, reason)
    kept = [{"number": number, "reason": why} for number, why in done.kept]

    def shown() -> None:
        say(f"已清除{len(done.erased)}件的个人信息，不能撤销；以前的备份请按规定销毁")
        say(*(f"{number} 未清除：{why}" for number, why in done.kept))

    call.answer({**_object(call, done.request), "numbers": list(done.erased), "kept": kept}, shown)


@app.command("refuse", cls=Verb, help="驳回清除申请，什么也不动；由另一位管理员或签发员办理。")
def privacy_refuse(ctx: typer.Context, id: Id, reason: Basis) -> None:
    """Decide that nothing is erased."""
    call = call_of(ctx)
    refused = refuse_erasure(call.store(), id, reason)
    call.answer(_object(call, refused), lambda: say(f"已驳回清除申请{id}号，什么也没有动"))


@app.command("hold", cls=Verb, help="下保留令：归档、涉诉等的诉求，期满也不清除。")
def privacy_hold(ctx: typer.Context, number: Number, reason: Basis) -> None:
    """Keep an appeal whole."""
    call = call_of(ctx)
    hold_back(call.store(), number, reason)
    call.answer({"number": number, "held": True}, lambda: say(f"{number} 已下保留令"))


@app.command("lift", cls=Verb, help="解除保留令：期满后可以清除。")
def privacy_lift(ctx: typer.Context, number: Number, reason: Basis) -> None:
    """Keep an appeal no longer than any other."""
    call = call_of(ctx)
    lift_hold(call.store(), number, reason)
    call.answer({"number": number, "held": False}, lambda: say(f"{number} 已解除保留令"))


def _outcome(one: Request) -> str:
    if one.decided_at is None:
        return "待批"
    if one.approved:
        return f"{one.decider} 批准，清除{one.erased}件"
    return f"{one.decider} 驳回：{one.decision}"


REQUEST: tuple[Fact[Request], ...] = (
    Fact("id", "申请号", number=True),
    Fact("asked_at", "申请时间"),
    Fact("asked_by", "申请人", value=lambda one: one.asker),
    Fact("before", value=lambda one: one.before_at),
    Fact("reason"),
    Fact("tickets", "件数", number=True),
    Fact("decided_at"),
    Fact("decided_by", value=lambda one: one.decider),
    Fact("approved"),
    Fact("decision"),
    Fact("erased"),
    Fact("", "办理", shown=_outcome),
)


def _object(call: Call, one: Request) -> dict[str, Any]:
    return call.objects(REQUEST, [one])[0]


def _show(call: Call, due: Due, asked: Sequence[Request], years: int) -> None:
    say(
        f"办结满{years}年的（{call.clock(due.before_at)} 前办结）："
        f"可清除{len(due.erasable)}件，应予保留{len(due.exempt)}件"
    )
    _show_some(call, due.erasable, "可清除")
    _show_some(call, due.exempt, "应予保留")
    if asked:
        call.table(REQUEST, asked)


def _show_some(call: Call, found: Sequence[Closed], what: str) -> None:
    if found:
        say_table(
            (what, "办结时间", "保留原因"),
            ((one.number, call.clock(one.closed_at), one.exempt or "") for one in found[:SHOWN]),
        )
    if len(found) > SHOWN:
        say(f"只列出前{SHOWN}件，共{len(found)}件：全部用 --json 查看")
