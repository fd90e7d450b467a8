"""``duban report send, answer, adopt, carry-out, tell``: what becomes of a signed report."""

from __future__ import annotations

from typing import Any

import typer

from console.command import At, Verb, argument, call_of, option
from console.reports.report_named import ONE, named_reports, show_reports
from models import reports
from models.views import ticket_ids
from rules.reports import MEANS

course_app = typer.Typer(rich_markup_mode=None)


@course_app.command("send", cls=Verb, help="登记报送：给谁、何时、怎样送的。")
def send(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    to: str = option("--to", "报送", "送给谁，不写为草稿上的报送对象", ""),
    means: str = option("--means", "方式", "、".join(MEANS), MEANS[0]),
    at: At = None,
) -> None:
    """Note to whom a report went."""
    call = call_of(ctx)
    [view] = named_reports(call, [id])
    done = reports.send_report(call.store(), view.id, to=to, means=means, at=call.at(at))
    show_reports(call, [done])


@course_app.command(
    "answer", cls=Verb, help="登记领导批示；写时限的成为一件批示待办，另有时限，可据此拟督办单。"
)
def answer(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    leader: str = option("--leader", "领导", "批示的领导", ...),
    text: str = option("--text", "批示", "批示内容", ...),
    limit: str | None = option("--limit", "时限", "例如 3wd；只是阅知的不写"),
    ticket: str | None = option("--ticket", "工单", "记在哪一件上，不写为专报中最早未办结的"),
    at: At = None,
) -> None:
    """Note what a leader said on a report."""
    call = call_of(ctx)
    [view] = named_reports(call, [id])
    with call.store().reading() as reader:
        lead = ticket_ids(reader, [ticket])[0] if ticket else None
    done = reports.answer_report(
        call.store(),
        view.id,
        leader=leader,
        text=text,
        limit_text=limit,
        ticket_id=lead,
        at=call.at(at),
    )
    show_reports(call, [done])


@course_app.command("adopt", cls=Verb, help="登记采纳：谁采纳的、写进了什么。")
def adopt(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    text: str = option("--text", "情况", "例如 写入市政府专题会议纪要", ...),
    at: At = None,
) -> None:
    """Note that a report was taken up."""
    _note(ctx, id, text, at, reports.adopt_report)


@course_app.command("carry-out", cls=Verb, help="登记落实：办了什么；由本专报而来的批示随之办结。")
def carry_out(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    text: str = option("--text", "结果", "落实的结果", ...),
    at: At = None,
) -> None:
    """Note what was done."""
    _note(ctx, id, text, at, reports.carry_out_report)


@course_app.command("tell", cls=Verb, help="登记告知群众：何时、怎样告知的。")
def tell(
    ctx: typer.Context,
    id: str = argument("编号", ONE),
    text: str = option("--text", "方式", "例如 小区公告栏公示，并逐件回复", ...),
    at: At = None,
) -> None:
    """Note that the citizens were told."""
    _note(ctx, id, text, at, reports.tell_of_report)


def _note(ctx: typer.Context, id: str, text: str, at: str | None, verb: Any) -> None:
    call = call_of(ctx)
    [view] = named_reports(call, [id])
    show_reports(call, [verb(call.store(), view.id, words=text, at=call.at(at))])
