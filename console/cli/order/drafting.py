"""``duban order draft``, ``sign`` and ``void``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from console.cli.call import Call, call_of
from console.cli.choices import unit_id
from console.cli.order.shown import At, Ids, each, named, show
from console.cli.periods import chosen_period
from console.documents.order_paper import order_paper
from console.settings import WrongUsage
from models import orders
from models.orders import Drafted
from models.ranking import raise_flags
from models.views import ticket_ids
from rules.errors import DubanError


def draft(
    ctx: typer.Context,
    tickets: Annotated[
        str | None, typer.Option("--tickets", metavar="工单", help="工单编号，逗号分隔")
    ] = None,
    flag: Annotated[
        str | None, typer.Option("--flag", metavar="预警", help="据此预警拟制（duban flags 所列）")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="单位", help="发给此单位，不写则各发主办单位")
    ] = None,
    level: Annotated[
        int, typer.Option("--level", metavar="级别", help="1 蓝色，2 黄色，3 红色")
    ] = 1,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="时限", help="反馈时限，例如 3wd")
    ] = None,
    at: At = None,
) -> None:
    """Draft orders from tickets or from a flag."""
    call = call_of(ctx)
    if (tickets is None) == (flag is None):
        raise WrongUsage("--tickets 和 --flag 要写一个，也只能写一个")
    store = call.store()
    if flag is not None:
        drafted = orders.draft_flag(store, _flag_id(call, flag), at=call.at(at))
    else:
        with store.reading() as reader:
            ids = ticket_ids(reader, [n for n in _words(tickets) if n])
        drafted = orders.draft(
            store,
            ids,
            unit_id=unit_id(call, unit) if unit else None,
            level=level,
            limit_text=limit,
            at=call.at(at),
        )
    _name_skipped(drafted)
    show(call, drafted.orders)


def sign(
    ctx: typer.Context,
    ids: Ids,
    signer: Annotated[
        str | None, typer.Option("--signer", metavar="领导", help="签发人，不写为规则中的第一位")
    ] = None,
    basis: Annotated[
        str, typer.Option("--basis", metavar="依据", help="paper 纸质批件，OA，telephone 电话")
    ] = "paper",
    at: At = None,
) -> None:
    """Sign drafts: numbers, papers, clocks."""
    call = call_of(ctx)
    store = call.store()
    leader = signer or next((p.name for p in store.policy.leaders), "")
    wanted = [view.id for view in named(call, ids)]
    signed = orders.sign(
        store, wanted, signer=leader, basis=basis, render=order_paper, at=call.at(at)
    )
    show(call, signed)


def void(
    ctx: typer.Context,
    ids: Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="作废理由")],
    at: At = None,
) -> None:
    """Void orders; their numbers are never used again."""
    call = call_of(ctx)
    each(call, ids, lambda o: orders.void(call.store(), o.id, o.version, reason, at=call.at(at)))


def _flag_id(call: Call, named: str) -> int:
    """Return the flag of an id or a key; one that is only found so far is raised first."""
    if named.isdecimal():
        return int(named)
    for flag in raise_flags(call.store(), chosen_period(call, None, "last")):
        if flag.key == named and flag.id is not None:
            return flag.id
    raise DubanError(f"没有预警 {named}：请用 duban flags 查看")


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").replace("，", ",").split(",")]


def _name_skipped(drafted: Drafted) -> None:
    """Name on stderr what was left out; nothing drafted at all is a refusal."""
    told = "；".join(f"{one.number} {one.reason}" for one in drafted.skipped)
    if told and not drafted.orders:
        raise DubanError(f"没有拟制督办单：{told}")
    if told:
        print(f"已跳过{len(drafted.skipped)}件：{told}", file=sys.stderr)
