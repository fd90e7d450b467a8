"""``duban council``: councils over what nobody owns, accounts, and what is acted on first."""

from __future__ import annotations

from typing import Annotated

import typer

from console.command import (
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
from console.frame import typed_due
from models import councils
from models.councils import AccountView, CouncilView, FirstView

app = verb_group("会商、挂账、先办后议：没有单位认的、一时解决不了的。")

Numbered = Annotated[int, typer.Argument(metavar="编号", help="第几次会商")]

COUNCIL: tuple[Fact[CouncilView], ...] = (
    Fact("id", "编号", number=True),
    Fact("held_at", "时间"),
    Fact("topic", "议题"),
    Fact("chair", "主持"),
    Fact(
        "units",
        "单位",
        lambda one: [seat.unit for seat in one.seats],
        lambda one: "、".join(seat.unit for seat in one.seats),
    ),
    Fact(
        "tickets",
        "诉求",
        lambda one: [told.number for told in one.tickets],
        lambda one: str(len(one.tickets) or ""),
    ),
    Fact("state", "状态", shown=lambda one: "待定" if one.decided_at is None else "已定"),
    Fact("unit", "承办", lambda one: one.unit, lambda one: one.unit or ""),
    Fact("line", "目录", lambda one: one.line_number, lambda one: str(one.line_number or "")),
    Fact("decision", "结论", lambda one: one.decision, lambda one: one.decision or ""),
)

ACCOUNT_WORDS = {"asked": "待批", "granted": "待告知", "running": "挂账", "ended": "已了结"}

ACCOUNT: tuple[Fact[AccountView], ...] = (
    Fact("number", "工单"),
    Fact("unit", "单位"),
    Fact("state", "状态", shown=lambda one: ACCOUNT_WORDS[one.state]),
    Fact("asked_at", "申请"),
    Fact("due_at", "到期", lambda one: one.until_at),
    Fact("leader", "批准", lambda one: one.leader, lambda one: one.leader or ""),
    Fact("head", "签字"),
    Fact("renewed_at", ""),
    Fact("ended_at", ""),
)

FIRST: tuple[Fact[FirstView], ...] = (
    Fact("number", "工单"),
    Fact("unit", "先办单位"),
    Fact("ordered_at", "指定"),
    Fact("owner", "归属", lambda one: one.owner, lambda one: one.owner or "待议"),
    Fact("settled_at", "议定"),
    Fact("council", "会商", lambda one: one.council_id, lambda one: str(one.council_id or "")),
)


def _seen(call: Call, id: int) -> CouncilView:
    with call.store().reading() as reader:
        return councils.council_of(reader, id)


def _answer(call: Call, one: CouncilView) -> None:
    call.answer_rows(COUNCIL, [one])


@app.command("list", cls=Verb, help="列出会商，没有结论的在前。")
def list_councils(ctx: typer.Context) -> None:
    """List the councils."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = councils.council_list(reader)
    call.answer_rows(COUNCIL, found, none="还没有会商：用 duban council hold 登记")


@app.command("show", cls=Verb, help="一次会商：各单位意见、结论、所议诉求。")
def show_council(ctx: typer.Context, id: Numbered) -> None:
    """Show one council whole."""
    call = call_of(ctx)
    one = _seen(call, id)
    value = call.objects(COUNCIL, [one])[0]
    value["seats"] = [
        call.object(seat, "unit", "present", "person", "opinion", "dissents") for seat in one.seats
    ]

    def told() -> None:
        call.table(COUNCIL, [one])
        for seat in one.seats:
            came = "" if seat.present else "（未到会）"
            dissent = "不同意见：" if seat.dissents else ""
            say(f"{seat.unit}{came} {dissent}{seat.opinion}")
        say("诉求：" + ("、".join(told.number for told in one.tickets) or "没有列"))

    call.answer(value, told)


@app.command("hold", cls=Verb, help="登记会商：议题、主持人、参加单位、所议诉求。")
def hold_council(
    ctx: typer.Context,
    topic: str = argument("议题", "议什么"),
    chair: str = option("--chair", "主持人", "谁主持"),
    unit: list[str] = option("--unit", "单位", "参加的单位，可写多次"),
    ticket: list[str] | None = option("--ticket", "工单编号", "所议的诉求，可写多次"),
    held: str | None = option("--held", "时间", "何时开，不写为现在"),
    place: str = option("--place", "地点", "在哪里开", ""),
) -> None:
    """Enter a council."""
    call = call_of(ctx)
    done = councils.hold_council(
        call.store(),
        topic=topic,
        chair=chair,
        held_at=None if held is None else typed_due(held, call.now(), call.timekeeper()),
        place=place,
        units=[unit_id(call, one) for one in unit],
        numbers=ticket or [],
    )
    _answer(call, done)


@app.command("speak", cls=Verb, help="登记一个单位的意见：谁说的、同意还是保留，或未到会。")
def speak(
    ctx: typer.Context,
    id: Numbered,
    unit: str = option("--unit", "单位", "哪个单位"),
    opinion: str = option("--opinion", "意见", "怎么说", ""),
    person: str = option("--person", "到会人", "谁说的", ""),
    dissents: bool = option("--dissents", "", "持不同意见", False),
    absent: bool = option("--absent", "", "没有到会", False),
) -> None:
    """Enter what a unit holds."""
    call = call_of(ctx)
    done = councils.speak_at_council(
        call.store(),
        _seen(call, id),
        unit_id(call, unit),
        opinion=opinion,
        person=person,
        dissents=dissents,
        present=not absent,
    )
    _answer(call, done)


@app.command("decide", cls=Verb, help="登记会商结论和承办单位；先办后议的归属一并议定。")
def decide(
    ctx: typer.Context,
    id: Numbered,
    decision: str = option("--decision", "结论", "议定了什么"),
    unit: str = option("--unit", "单位", "由哪个单位承办"),
) -> None:
    """Enter what was decided."""
    call = call_of(ctx)
    one = _seen(call, id)
    done = councils.decide_council(
        call.store(), one, decision=decision, unit_id=unit_id(call, unit)
    )
    _answer(call, done)


@app.command("line", cls=Verb, help="把结论写入派单目录：按用词，或按所议诉求的共同类别。")
def line(
    ctx: typer.Context,
    id: Numbered,
    words: list[str] | None = option("--words", "用词", "派单用词，可写多次"),
) -> None:
    """Let the decision be a line of the directory."""
    call = call_of(ctx)
    done = councils.line_from_council(call.store(), _seen(call, id), words=words or ())
    _answer(call, done)


@app.command("accounts", cls=Verb, help="列出挂账的诉求，快到期的在前。")
def accounts(ctx: typer.Context, all: bool = option("--all", "", "已了结的也列出", False)) -> None:
    """List what is on account."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = councils.account_list(reader)
    shown = [one for one in found if all or one.state != "ended"]
    call.answer_rows(ACCOUNT, shown, none="没有挂账的诉求")


@app.command("first", cls=Verb, help="列出先办后议的诉求，归属未定的在前。")
def first(ctx: typer.Context) -> None:
    """List what units act on first."""
    call = call_of(ctx)
    with call.store().reading() as reader:
        found = councils.first_list(reader)
    call.answer_rows(FIRST, found, none="没有先办后议的诉求")
