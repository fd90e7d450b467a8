"""``duban ticket urge instruct fulfil undo redo``: reminders, leaders' words, taking back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.call import Call, call_of
from console.cli.output import say
from console.cli.ticket.shown import At, Numbers, Reason, ids_of
from console.settings import WrongUsage
from models import casework
from models.casework import Undoable, redo as do_again, undo as take_back
from models.views import VERB_NAMES
from rules.errors import Refused

Text = Annotated[str, typer.Option("--text", metavar="内容", help="批示内容")]


def urge(
    ctx: typer.Context,
    numbers: Numbers,
    answered_by: Annotated[
        str | None, typer.Option("--answered-by", metavar="姓名", help="电话催办：谁接的")
    ] = None,
    promised: Annotated[
        str | None, typer.Option("--promised", metavar="内容", help="电话催办：答应了什么")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="每个单位另存一份催办通知")
    ] = None,
    at: At = None,
) -> None:
    """Remind each unit of its tickets, by a text or by telephone."""
    call = call_of(ctx)
    ids, when = ids_of(call, numbers), call.at(at)
    if (answered_by is None) != (promised is None):
        raise WrongUsage(
            "电话催办要同时写 --answered-by 和 --promised；用法见 duban ticket urge --help"
        )
    if answered_by is None or promised is None:
        urged = casework.urge(call.store(), ids, at=when)
    else:
        urged = casework.urge_by_phone(call.store(), ids, answered_by, promised, at=when)
    if out is not None:
        from console.documents.reminder_paper import write_reminders  # python-docx is slow to load

        bureau = call.store().policy.bureau.name
        write_reminders(urged.reminders, bureau, call.timekeeper().local(call.now()), out)
    for number, why in urged.skipped:
        print(f"已跳过 {number}：{why}", file=sys.stderr)
    call.answer(
        {
            "reminders": [_reminder(one) for one in urged.reminders],
            "skipped": [{"number": n, "reason": why} for n, why in urged.skipped],
        },
        lambda: say("\n\n".join(one.text for one in urged.reminders)),
    )


def _reminder(one: casework.Reminded) -> dict[str, Any]:
    return {"unit": one.unit, "liaison": one.liaison, "phone": one.phone, "text": one.text,
            "numbers": list(one.numbers)}  # fmt: skip


def instruct(
    ctx: typer.Context,
    numbers: Numbers,
    leader: Annotated[str, typer.Option("--leader", metavar="姓名", help="批示人")],
    text: Text,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="时限", help="例如 3wd，不写按规则")
    ] = None,
    at: At = None,
) -> None:
    """Record a leader's written word on tickets."""
    call = call_of(ctx)
    ids = ids_of(call, numbers)
    given = [
        casework.instruct(call.store(), id, leader, text, limit, at=call.at(at)) for id in ids
    ]
    call.answer({"instructions": given}, lambda: say(f"已登记批示{len(given)}件"))


def fulfil(ctx: typer.Context, numbers: Numbers, reason: Reason, at: At = None) -> None:
    """Record that what leaders asked for on tickets is done."""
    call = call_of(ctx)
    found = [id for ticket_id in ids_of(call, numbers) for id in _open(call, ticket_id)]
    if not found:
        raise Refused("没有未办结的批示：用 duban ticket show 查看")
    for id in found:
        casework.fulfil(call.store(), id, reason, at=call.at(at))
    call.answer({"done": len(found)}, lambda: say(f"已办结批示{len(found)}件"))


def _open(call: Call, ticket_id: int) -> list[int]:
    sql = "SELECT id FROM instruction WHERE ticket_id = :id AND done_at IS NULL ORDER BY id"
    with call.store().reading() as reader:
        return [int(row[0]) for row in reader.rows(sql, id=ticket_id)]


def undo(ctx: typer.Context) -> None:
    """Take back one's own last act."""
    call = call_of(ctx)
    _reverted(call, take_back(call.store()), "已撤销")


def redo(ctx: typer.Context) -> None:
    """Do again what was taken back."""
    call = call_of(ctx)
    _reverted(call, do_again(call.store()), "已重做")


def _reverted(call: Call, act: Undoable, done: str) -> None:
    name = VERB_NAMES.get(f"ticket.{act.verb}", act.verb)
    call.answer(
        {"verb": act.verb, "matters": act.matters}, lambda: say(f"{done}：{name} {act.matters}件")
    )
