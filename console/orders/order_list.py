"""The orders of a list: of one status, narrowed by what is typed, in the order that is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from console.frame import Session
from console.widgets import Cell, Column
from models import orders
from rules.casework import PAPER_NAMES
from rules.clocks import short_due
from rules.text import half_width

if TYPE_CHECKING:
    from models.orders import Issued, OrderView
    from models.views import UnitChoice


COLUMNS = (
    Column("状态", 8, frozen=True),
    Column("文号", 19),
    Column("单位", 12),
    Column("反馈期限", 11),
    Column("事项", 16, most=50),
    Column("件数", 4, align="right", later=True),
)

SHADES = {"draft": "yellow", "replied": "yellow", "closed": "dim", "void": "dim"}

LATE = "late"
"""The filter for orders whose feedback was due and is not in."""

FILTERS = {
    "draft": "待签发",
    "signed": "待送达",
    "delivered": "待签收",
    "received": "待反馈",
    "replied": "待审核",
    LATE: "逾期",
}
"""What the digits 1 to 6 leave of the list; 0 shows everything."""

HINT = "文字、文号或工单编号 · u:单位 · 我的"
"""What may be typed, as the empty filter says it."""

ORDERS = {
    "waited": "等得最久在前",
    "newest": "新近在前",
    "due": "反馈期限",
    "unit": "单位",
    "number": "文号",
}

HEADINGS = {"状态": "waited", "文号": "number", "单位": "unit", "反馈期限": "due"}
"""The order that a click on a heading gives."""

_KEYS: Mapping[str, Callable[[OrderView], Any]] = {
    "newest": lambda order: (-order.drafted_at.timestamp(), -order.id),
    "due": lambda order: (order.due_at is None, order.due_at or order.drafted_at),
    "unit": lambda order: order.unit_code,
    "number": lambda order: (order.number is None, order.number or ""),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders are wanted: a status, ``LATE`` or all, what was typed, and in which order."""

    status: str | None = None
    typed: str = ""
    order: str = "waited"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class OrderList:
    """The orders that are wanted, how many stand in each status, how many were issued."""

    orders: tuple[OrderView, ...]
    counts: Mapping[str, int]
    issued: Issued
    now: datetime


def order_list(session: Session, wanted: Wanted) -> OrderList:
    """Return the orders that are wanted; what waits longest is the first unless said otherwise."""
    now = session.store.now()
    with session.reading("orders") as reader:
        everything = orders.listing(reader, session.store.operator)
        issued = orders.orders_issued(reader, session.store.timekeeper(), now)
    counts = Counter(order.status for order in everything)
    counts[LATE] = sum(is_late(order, now) for order in everything)
    found = _reader_of(wanted.typed, session)
    shown = [
        order
        for order in everything
        if wanted.status in (None, order.status) or (wanted.status == LATE and is_late(order, now))
        if found(order)
    ]
    if wanted.order in _KEYS:
        shown.sort(key=_KEYS[wanted.order])
    if wanted.descending:
        shown.reverse()
    return OrderList(tuple(shown), counts, issued, now)


def cells(order: OrderView, unit: str, now: datetime, zone: tzinfo) -> list[Cell]:
    """Return the cells of an order, one for each of ``COLUMNS``; ``unit`` is its short name."""
    late = is_late(order, now)
    shade = "red" if late else SHADES.get(order.status, "")
    return [
        ("逾期" if late else order.label, shade),
        (order.number or draft_name(order), ""),
        (order.said.get("organ", unit), ""),
        (short_due(order.due_at.astimezone(zone)) if order.due_at else "—", shade),
        (order.title.removeprefix("关于").removesuffix("的督办单"), "dim"),
        (str(len(order.tickets)), "dim"),
    ]


def draft_name(order: OrderView) -> str:
    """Return what a draft is called: 草稿#12, with its kind where that is no order."""
    kind = "" if order.kind == "order" else PAPER_NAMES[order.kind].partition("（")[0]
    return f"{order.name} {kind}".rstrip()


def is_late(order: OrderView, now: datetime) -> bool:
    """Whether an order's feedback was due and is not in."""
    waiting = order.status in ("signed", "delivered", "received")
    return waiting and order.due_at is not None and order.due_at < now


def _reader_of(typed: str, session: Session) -> Callable[[OrderView], bool]:
    """Return what tells whether an order is meant by every word that is typed."""
    units = {unit.id: _unit_words(unit) for unit in session.bureau.units}

    def means(word: str, order: OrderView) -> bool:
        if word in ("我的", "m:"):
            return order.unit_id in session.bureau.mine
        name, colon, part = word.partition(":")
        if colon and name in ("u", "单位", "dw"):
            return any(part in one for one in units.get(order.unit_id, (order.unit,)))
        words = (order.number, f"草稿#{order.id}", order.title, order.unit, *order.tickets)
        return any(word in one.lower() for one in words if one)

    words = half_width(typed).lower().split()
    return lambda order: all(means(word, order) for word in words)


def _unit_words(unit: UnitChoice) -> tuple[str, ...]:
    words = (unit.name, unit.short_name, unit.code, unit.initials, *unit.aliases)
    return tuple(word.lower() for word in words)
