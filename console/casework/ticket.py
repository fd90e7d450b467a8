"""``duban ticket`` and ``rate``: casework on appeals, one or many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from console.casework.attachments import (
    add_attachment,
    list_attachments,
    open_attachment,
    remove_attachment,
)
from console.casework.receipts import ABOUT_RECEIPT, receipt
from console.casework.reminding import add_reminders
from console.casework.suggested import ABOUT_SUGGEST, suggest
from console.command import (
    Call,
    Fact,
    Verb,
    call_of,
    command_of,
    commands_of,
    level_mark,
    one_verb,
    option,
    say,
    verb_group,
    warn,
)
from console.frame import WrongUsage, act_in_words
from models import casework
from models.casework import (
    Done,
    Relimited,
    Reminded,
    Undoable,
    redo as do_again,
    undo as take_back,
)
from models.privacy import Seen, look
from models.views import DeadlineView, TicketView, ticket_ids, ticket_view
from rules.casework import LIMITS_AFTER, STEPS
from seed.putting import papers

Number = Annotated[str, typer.Argument(metavar="工单编号", help="例如 WH20261120-00871")]

Numbers = Annotated[list[str], typer.Argument(metavar="工单编号", help="可写多个")]

Out = Annotated[
    Path | None, typer.Option("--out", metavar="文件夹", help="每个单位另存一份催办通知")
]


def show(ctx: typer.Context, number: Number) -> None:
    """Show one ticket, masked as the policy has it on screens, with the lawful next steps."""
    call = call_of(ctx)
    store = call.store()
    with store.reading() as reader:
        view = ticket_view(
            reader,
            store.timekeeper(),
            ticket_ids(reader, [number])[0],
            store.now(),
            roles=store.operator.roles,
            masking=store.policy.privacy.on_screen,
        )
    call.answer(_object(call, view), lambda: _show(call, view))


def phone(
    ctx: typer.Context,
    number: Number,
    reason: str = option("--reason", "事由", "联系诉求人、核实情况、核查回访、督办协调、其他", ...),
    text: str | None = option("--text", "一句话", "事由是其他的，写明为什么要看"),
) -> None:
    """Show whose a ticket is; the look and its reason are on record first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        ticket_id = ticket_ids(reader, [number])[0]
    seen = look(call.store(), ticket_id, reason, text)
    call.answer(
        {
            **call.object(seen, "number"),
            **call.object(seen.citizen, "reporter", "phone", "address"),
            **call.object(seen, "reason"),
        },
        lambda: _show_whose(seen),
    )


def _show_whose(seen: Seen) -> None:
    citizen = seen.citizen
    told = (citizen.reporter or "未留姓名", citizen.phone or "未留电话", citizen.address)
    say("  ".join(told).rstrip(), f"{seen.number} 的查看已记入留痕：{seen.reason}")


def _object(call: Call, view: TicketView) -> dict[str, Any]:
    return {
        **call.object(view, "number", "title", "content", "status"),
        **call.object(view.round, "state"),
        "round": view.round.n,
        **call.object(view.round, "unit", "co_units"),
        **call.object(view, "channel", "nature", "category", "urgency", "received_at"),
        **call.object(view.round, "reply", "outcome"),
        "closing": view.closing.kept if view.closing is not None else None,
        "deadlines": call.objects(DEADLINE, view.deadlines),
        "conflicts": list(view.conflicts),
        "analysis": view.for_analysis,
        "same": call.objects((Fact("number"), Fact("channel"), Fact("counts")), view.same),
        "accused": [{"unit": one.unit, "confirmed": bool(one.confirmed)} for one in view.accused],
        "next": [{"verb": verb, "name": name} for verb, name in _next(view)],
    }


DEADLINE: tuple[Fact[DeadlineView], ...] = (
    Fact("step", "时限", shown=lambda one: one.step_name),
    Fact("unit"),
    Fact("limit", value=lambda one: one.limit_text),
    Fact("due_at", "到期", after=lambda one: "（暂定）" if one.provisional else ""),
    Fact("original_due_at"),
    Fact("stopped_at"),
    Fact("paused_at"),
    Fact("colour", "颜色", shown=lambda one: level_mark(one.colour, one.level)),
    Fact("level"),
    Fact("late"),
    Fact("kept", value=lambda one: one.kept or None),
    Fact("provisional"),
    Fact("leads"),
    Fact("", "余时", shown=lambda one: one.remaining),
)


def _show(call: Call, view: TicketView) -> None:
    round_ = view.round
    say(
        f"{view.number}  {view.status}  第{round_.n}轮  {view.holder}"
        + (f"  {view.closing.kept}" if view.closing is not None else ""),
        f"{view.channel} · {view.nature} · {view.urgency}"
        + (f" · {view.category}" if view.category else ""),
        view.title,
        view.content,
        *((f"答复：{round_.reply}",) if round_.reply else ()),
        *((f"避让：{view.avoided}，不交其办理",) if view.accused else ()),
        *view.elsewhere,
    )
    if view.deadlines:
        running = [one for one in view.deadlines if one.stopped_at is None]
        call.table(DEADLINE, running, ("时限", "颜色", "余时", "到期"))
    say("现在可以：" + "、".join(f"{name}（{verb}）" for verb, name in _next(view)))


def _next(view: TicketView) -> list[tuple[str, str]]:
    """Return the lawful steps as the command line takes them: command and name."""
    return [(COMMANDS[verb], name) for verb, name in view.next_steps if verb in COMMANDS]


COMMANDS = {step.verb: step.command for step in STEPS if step.kind == "ticket"}
"""How the command line takes each step of an appeal; 评价 has a command of its own."""


def _take(
    call: Call,
    verb: str,
    numbers: list[str],
    said: dict[str, Any],
    ready: Callable[[Done], object] | None = None,
) -> Done:
    """Take a step on the tickets of numbers; name on stderr what was skipped."""
    with call.store(outside=verb == "callback").reading() as reader:
        ids = ticket_ids(reader, numbers)
    done = casework.take(call.store(), verb, ids, ready=ready, **said)
    told = "；".join(f"{number} {reason}" for number, reason in done.skipped)
    if told:
        warn(f"已跳过{len(done.skipped)}件：{told}")
    return done


def _take_as(verb: str, call: Call, numbers: list[str], said: dict[str, Any]) -> None:
    done = _take(call, verb, numbers, said)
    value = {"done": len(done.done), "skipped": _skipped(done)}
    call.answer(value, lambda: say(f"已办理{len(done.done)}件"))


def _relimited(verb: str, call: Call, numbers: list[str], said: dict[str, Any]) -> None:
    """Take a step that decides on limits, and say what became of them."""
    done = _take(call, verb, numbers, {name: one for name, one in said.items() if one is not None})
    made: tuple[Relimited, ...] = done.made
    value = {
        "done": len(done.done),
        "skipped": _skipped(done),
        "limits": [call.object(one, "number", "limits", "clocks") for one in made],
    }
    lines = [f"{one.number} {LIMITS_AFTER[one.limits]}" for one in made]
    call.answer(value, lambda: say(f"已办理{len(done.done)}件", *lines))


def _urged(call: Call, numbers: list[str], said: dict[str, Any]) -> None:
    """Remind each unit, by a text or by telephone, and put it on paper if that was asked."""
    out = said.pop("out")
    if (said["answered_by"] is None) != (said["promised"] is None):
        raise WrongUsage(
            "电话催办要同时写 --answered-by 和 --promised；用法见 duban ticket urge --help"
        )
    if out is None:
        done = _take(call, "urge", numbers, said)
    else:
        bureau, made = call.store().policy.bureau.name, call.timekeeper().local(call.now())
        with papers(out) as written:
            done = _take(
                call,
                "urge",
                numbers,
                said,
                lambda done: add_reminders(written, done.made, bureau, made),
            )
    reminders: tuple[Reminded, ...] = done.made
    names = ("unit", "liaison", "phone", "text", "numbers")
    value = {
        "reminders": [call.object(one, *names) for one in reminders],
        "skipped": _skipped(done),
    }
    call.answer(value, lambda: say("\n\n".join(one.text for one in reminders)))


def _skipped(done: Done) -> list[dict[str, str]]:
    return [{"number": number, "reason": why} for number, why in done.skipped]


def _rated(call: Call, numbers: list[str], said: dict[str, Any]) -> None:
    if not (said["result"] or said["work_rating"]):
        raise WrongUsage("没有评价：请写 --result 或 --work；用法见 duban rate --help")
    _take(call, "rate", numbers, said)
    value = {"number": numbers[0], "result": said["result"], "work": said["work_rating"]}
    call.answer(value, lambda: say(f"已登记 {'、'.join(numbers)} 的评价"))


def undo(ctx: typer.Context) -> None:
    """Take back one's own last act."""
    call = call_of(ctx)
    _reverted(call, take_back(call.store()), "已撤销")


def redo(ctx: typer.Context) -> None:
    """Do again what was taken back."""
    call = call_of(ctx)
    _reverted(call, do_again(call.store()), "已重做")


def _reverted(call: Call, act: Undoable, done: str) -> None:
    value = {"verb": act.verb, "matters": act.matters}
    call.answer(value, lambda: say(f"{done}：{act_in_words(act)}"))


ticket_app = verb_group("办理诉求：交办、签收、联系、答复、审核、退单、延期、挂起、办结、重办。")

ticket_app.command("show", cls=Verb, help="查看一件诉求（脱敏）和现在能办的步骤。")(show)
ticket_app.command("phone", cls=Verb, help="查看联系方式：写明事由，先记入留痕再显示。")(phone)
ticket_app.command("suggest", cls=Verb, help=ABOUT_SUGGEST)(suggest)
ticket_app.command("receipt", cls=Verb, help=ABOUT_RECEIPT)(receipt)

_steps = commands_of("ticket")
_rate = _steps.pop("rate")

for _word, _rows in _steps.items():
    _urges = _rows[0].verb == "urge"
    _answer = _relimited if _rows[0].verb in ("amend", "relimit") else _take_as
    _act = _urged if _urges else partial(_answer, _rows[0].verb)
    ticket_app.command(_word, cls=Verb, help=_rows[0].about)(
        command_of(_rows, Numbers, _act, {"out": Out} if _urges else None)
    )

ticket_app.command("attach", cls=Verb, help="添加附件：只记文件或网址的位置和校验值。")(
    add_attachment
)
ticket_app.command("attachments", cls=Verb, help="列出附件：未变、变了还是找不到。")(
    list_attachments
)
ticket_app.command("detach", cls=Verb, help="移除附件：写明理由。")(remove_attachment)
ticket_app.command("open", cls=Verb, help="交系统打开附件。")(open_attachment)
ticket_app.command("undo", cls=Verb, help="撤销自己最近一次办理（24小时内、此后无人再办）。")(undo)
ticket_app.command("redo", cls=Verb, help="重做刚撤销的办理。")(redo)

rate_app = one_verb()
rate_app.command(cls=Verb, help=_rate[0].about)(command_of(_rate, Number, _rated))
