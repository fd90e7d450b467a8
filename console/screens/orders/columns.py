"""The columns of the list of orders and the filters over it."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from console.desk.orders import LATE, is_late
from console.widgets.columns import Cell, Column

if TYPE_CHECKING:
    from models.orders import OrderView


FILTERS = {
    "draft": "待签发",
    "signed": "待送达",
    "delivered": "待签收",
    "received": "待反馈",
    "replied": "待审核",
    LATE: "逾期",
}
"""What the digits 1 to 6 leave of the list; 0 shows everything."""


COLUMNS = (
    Column("状态", 8, frozen=True),
    Column("文号", 19),
    Column("单位", 18),
    Column("反馈期限", 11),
    Column("事项", 10, most=50),
    Column("件数", 4, align="right", later=True),
)


SHADES = {"draft": "yellow", "replied": "yellow", "closed": "dim", "void": "dim"}


def cells(order: OrderView, now: datetime, zone: tzinfo) -> list[Cell]:
    """Return the cells of an order, one for each of ``COLUMNS``."""
    late = is_late(order, now)
    shade = "red" if late else SHADES.get(order.status, "")
    return [
        ("逾期" if late else order.label, shade),
        (order.number or f"草稿#{order.id}", ""),
        (order.unit, ""),
        (f"{order.due_at.astimezone(zone):%m-%d %H:%M}" if order.due_at else "—", shade),
        (order.title.removeprefix("关于").removesuffix("的督办单"), "dim"),
        (str(len(order.tickets)), "dim"),
    ]
