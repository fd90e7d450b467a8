"""``duban ticket show suggest``: what an appeal is, and who might take it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.cli.call import Call, call_of
from console.cli.output import say, say_table
from console.cli.words import level_mark
from models.casework import Suggestion, Suggestions
from models.views import DeadlineView, TicketView, ticket_ids, ticket_view

Number = Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")]


UNTAKEN = frozenset({"callback", "review"})
"""Lawful steps of the lifecycle that no command takes."""


def show(ctx: typer.Context, number: Number) -> None:
    """Show one ticket, its citizen masked, with the lawful next steps."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        view = ticket_view(
            reader.rows, store.timekeeper(), ticket_ids(reader, [number])[0], store.now(),
            roles=store.operator.roles,
        )  # fmt: skip
    call.answer(_object(call, view), lambda: _show(call, view))


def suggest(ctx: typer.Context, number: Number) -> None:
    """Name the units that might take a ticket, with what speaks for each."""
    call = call_of(ctx)
    store = call.store()
    keeper = store.timekeeper()
    with store.reading() as reader:
        ticket_id = ticket_ids(reader, [number])[0]
        memory = Suggestions(
            reader, store.policy.routing, today=keeper.local(store.now()).date()
        )
        found = memory.of(reader, ticket_id)
    call.answer([_suggestion(one) for one in found], lambda: _show_suggestions(found))


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {"unit": one.unit, "why": one.why, "share": round(one.share, 4), "alike": one.alike,
            "number": one.number}  # fmt: skip


def _show_suggestions(found: tuple[Suggestion, ...]) -> None:
    if not found:
        say("没有相似的诉求可参考：请按职责选择单位")
        return
    say_table(
        ("", "建议单位", "依据", "把握"),
        ((place, one.unit, one.why, f"{one.share:.0%}") for place, one in enumerate(found, 1)),
        numbers=("把握",),
    )


def _object(call: Call, view: TicketView) -> dict[str, Any]:
    return {
        "number": view.number,
        "title": view.title,
        "content": view.content,
        "status": view.status,
        "state": view.round.state,
        "round": view.round.n,
        "unit": view.round.unit,
        "co_units": list(view.round.co_units),
        "channel": view.channel,
        "nature": view.nature,
        "category": view.category,
        "urgency": view.urgency,
        "received_at": call.iso(view.received_at),
        "reply": view.round.reply,
        "outcome": view.round.outcome,
        "deadlines": [_deadline(call, one) for one in view.deadlines],
        "conflicts": list(view.conflicts),
        "next": [{"verb": verb, "name": name} for verb, name in _next(view)],
    }


def _deadline(call: Call, one: DeadlineView) -> dict[str, Any]:
    return {
        "step": one.step,
        "unit": one.unit,
        "limit": one.limit_text,
        "due_at": call.iso(one.due_at),
        "original_due_at": call.iso(one.original_due_at),
        "stopped_at": call.iso(one.stopped_at),
        "paused_at": call.iso(one.paused_at),
        "colour": one.colour,
        "level": one.level,
        "late": one.late,
        "provisional": one.provisional,
        "leads": one.leads,
    }


def _show(call: Call, view: TicketView) -> None:
    round_ = view.round
    say(
        f"{view.number}  {view.status}  第{round_.n}轮  {round_.unit or view.unit_text or '待派'}",
        f"{view.channel} · {view.nature} · {view.urgency}"
        + (f" · {view.category}" if view.category else ""),
        view.title,
        view.content,
        *((f"答复：{round_.reply}",) if round_.reply else ()),
    )
    if view.deadlines:
        say_table(
            ("时限", "颜色", "余时", "到期"),
            (
                (one.step_name, level_mark(one.colour, one.level), one.remaining,
                 (call.clock(one.due_at) or "") + ("（暂定）" if one.provisional else ""))
                for one in view.deadlines if one.stopped_at is None
            ),
        )  # fmt: skip
    say("现在可以：" + "、".join(f"{name}（{verb}）" for verb, name in _next(view)))


def _next(view: TicketView) -> list[tuple[str, str]]:
    """Return the lawful steps as the command line takes them: verb and name."""
    return [(typed(verb), name) for verb, name in view.next_steps if verb not in UNTAKEN]


def typed(verb: str) -> str:
    """Return a step of the lifecycle as the command line takes it."""
    return "dispatch" if verb == "transfer" else verb.replace("_", "-")
