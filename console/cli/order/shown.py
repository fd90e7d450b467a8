"""Orders as the command line names, answers and lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from console.cli.call import Call
from console.cli.output import say, say_table
from models.orders import OrderView, order_by_name, orders_by_id
from rules.orders import PAPER_NAMES

Ids = Annotated[
    list[str], typer.Argument(metavar="编号", help="督办单的编号（12）或文号，可写多个")
]


At = Annotated[
    str | None, typer.Option("--at", metavar="时间", help="实际发生的时间，不写为现在")
]


def each(call: Call, names: Sequence[str], act: Callable[[OrderView], OrderView]) -> None:
    """Do one thing to each named order, then answer with how they stand."""
    seen = named(call, names)
    show(call, [act(view) for view in seen])


def named(call: Call, names: Sequence[str]) -> list[OrderView]:
    """Return the orders of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        ids = [order_by_name(reader.rows, word) for word in words]
        return orders_by_id(reader.rows, ids)


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
