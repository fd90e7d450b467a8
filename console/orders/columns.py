"""What the orders screen shows: the list under a filter, its columns, the paper beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message

from console.frame import Session
from console.orders.paper import order_paper
from console.paper import lines_of
from console.widgets import Cell, Column, Page
from models import orders

if TYPE_CHECKING:
    from console.paper import PaperLine
    from models.orders import OrderView


LATE = "late"
"""The filter for orders whose feedback was due and is not in."""


@dataclass(frozen=True, slots=True)
class OrderList:
    """The orders under one filter, how many stand in each status, and when they were read."""

    orders: tuple[OrderView, ...]
    counts: Mapping[str, int]
    now: datetime


def order_list(session: Session, wanted: str | None) -> OrderList:
    """Return the orders of a status, of ``LATE``, or all of them, what waits longest first."""
    now = session.store.now()
    with session.reading("orders") as reader:
        everything = orders.listing(reader)
    counts = Counter(order.status for order in everything)
    counts[LATE] = sum(is_late(order, now) for order in everything)
    shown = (
        o
        for o in everything
        if wanted is None or wanted == o.status or (wanted == LATE and is_late(o, now))
    )
    return OrderList(tuple(shown), counts, now)


def is_late(order: OrderView, now: datetime) -> bool:
    """Whether an order's feedback was due and is not in."""
    waiting = order.status in ("signed", "delivered", "received")
    return waiting and order.due_at is not None and order.due_at < now


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


WIDTH = 58
"""Cells of a line: 28 characters of the printed page and the sign that may hang over."""


class PaperPane(Page):
    """One paper, scrolled by itself."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paper--plain", "paper--heavy", "paper--red"}

    class Resized(Message):
        """There is another room for the paper, or one at all."""

    def on_resize(self, event: events.Resize) -> None:
        """Say so: lines are folded for the room there is."""
        if event.size.width:
            self.post_message(self.Resized())

    @property
    def room(self) -> int:
        """How many cells a line may have here."""
        return min(WIDTH, max(24, self.size.width - 4))

    def blank(self, told: str = "") -> None:
        """Show no paper, or say why there is none."""
        self.put(Text(told))

    def show(self, lines: Sequence[PaperLine], rule: str) -> None:
        """Show a paper from its top; ``rule`` is the sign that rules are drawn with."""
        page = Text("\n").join(self._line(line, rule) for line in lines)
        self.put(page)
        self.scroll_home(animate=False)

    def _line(self, line: PaperLine, rule: str) -> Text:
        width = self.room
        look = "red" if line.red else "heavy" if line.heavy else "plain"
        style = self.get_component_rich_style(f"paper--{look}", partial=True)
        if line.rule:
            return Text(rule * width, style)
        before = width - cell_len(line.text)
        space = {"center": before // 2, "right": before}.get(line.align, 0)
        return Text(" " * max(0, space) + line.text, style)


def paper_lines(session: Session, order: OrderView, width: int) -> list[PaperLine]:
    """Return the paper of an order as lines: the signed one itself, or what a draft would be."""
    if order.sha256 is None:
        return lines_of(order_paper(orders.preview_order(session.store, order.id)), width)
    with session.reading("paper") as reader:
        return lines_of(orders.paper_of(reader, order.id)[1], width)
