"""Orders as the command line names and shows them."""

from __future__ import annotations

from collections.abc import Sequence

from console.command import Call, Fact
from models.orders import OrderView, order_by_name, seen_orders
from rules.casework import PAPER_NAMES


def named(call: Call, names: Sequence[str]) -> list[OrderView]:
    """Return the orders of ids or numbers, in that order; commas may join them."""
    words = [word for name in names for word in name.replace("，", ",").split(",") if word]
    with call.store().reading() as reader:
        ids = [order_by_name(reader, word) for word in words]
        return seen_orders(reader, ids, call.store().operator)


LEVELS = ("", "蓝色", "黄色", "红色")

ORDER: tuple[Fact[OrderView], ...] = (
    Fact("id", "编号", number=True),
    Fact("number", "文号"),
    Fact("code"),
    Fact("kind", "文种", shown=lambda view: PAPER_NAMES[view.kind]),
    Fact("level", "级别", shown=lambda view: LEVELS[view.level] if view.kind == "order" else ""),
    Fact("status", "状态", shown=lambda view: view.label),
    Fact("unit", "单位", value=lambda view: view.to),
    Fact("", "事项", shown=lambda view: view.title),
    Fact("due_at", "反馈期限"),
    Fact("flag_id"),
    Fact("instruction_id"),
    Fact("previous_id"),
    Fact("tickets", "诉求", shown=lambda view: f"{len(view.tickets)}件", number=True),
)


def show(call: Call, views: Sequence[OrderView]) -> None:
    """Answer with a list of orders."""
    call.answer_rows(ORDER, views, none="没有督办单")
