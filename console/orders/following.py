"""Orders on the command line: how they are named, shown and taken further."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from console.command import Call, say, say_table
from models import orders
from models.orders import OrderView, order_by_name, orders_by_id
from rules.orders import PAPER_NAMES

Ids = Annotated[
    list[str], typer.Argument(metavar="编号", help="督办单的编号（12）或文号，可写多个")
]


def take(verb: str, call: Call, names: list[str], said: dict[str, Any]) -> None:
    """Take a step on the named orders, then answer with how they stand; name what was skipped."""
    ids = [view.id for view in named(call, names)]
    done = orders.follow(call.store(), verb, ids, **said)
    told = "；".join(f"{name} {reason}" for name, reason in done.skipped)
    if told:
        print(f"已跳过{len(done.skipped)}份：{told}", file=sys.stderr)
    with call.store().reading() as reader:
        show(call, orders_by_id(reader, ids))


def named(call: Call, names: Sequence[str]) -> list[OrderView]:
    """Return the orders of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        ids = [order_by_name(reader, word) for word in words]
        return orders_by_id(reader, ids)


def show(call: Call, views: Sequence[OrderView]) -> None:
    """Answer with a list of orders."""
    call.answer([as_object(call, view) for view in views], lambda: _table(call, views))


def as_object(call: Call, view: OrderView) -> dict[str, Any]:
    """Return an order for JSON."""
    return {
        "id": view.id,
        "number": view.number,
        "kind": view.kind,
        "level": view.level,
        "status": view.status,
        "unit": view.unit,
        "due_at": call.iso(view.due_at),
        "tickets": list(view.tickets),
    }


def _table(call: Call, views: Sequence[OrderView]) -> None:
    if not views:
        say("没有督办单")
        return
    say_table(
        ("编号", "文号", "文种", "级别", "状态", "单位", "事项", "反馈期限", "诉求"),
        (
            (
                view.id,
                view.number,
                PAPER_NAMES[view.kind],
                ("", "蓝色", "黄色", "红色")[view.level],
                view.label,
                view.unit,
                view.title,
                call.clock(view.due_at),
                f"{len(view.tickets)}件",
            )
            for view in views
        ),
        numbers=("编号", "诉求"),
    )
