"""What the desk shows: its queues, the columns of one, and the matter under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from console.frame import Symbols, fit, tail
from console.views.desk.deciding import verdicts
from console.views.desk.waiting import Detail
from console.widgets import Cell, Column, Page, Sheet

if TYPE_CHECKING:
    from models.orders import OrderView
    from models.views import DeskRow, Waiting


DIGITS = 10

OLD = timedelta(days=3)
"""What has waited longer stands out."""

COLUMNS = (
    Column("等待", 6, frozen=True),
    Column("事项", 18, most=44),
    Column("单位", 10),
    Column("提示", 8),
    Column("所请所答", 24, most=60, later=True),
    Column("编号", DIGITS + 2, later=True),
)


def cells(row: DeskRow, now: datetime, symbols: Symbols) -> list[Cell]:
    """Return the cells of a matter, one for each of ``COLUMNS``."""
    waited = now - row.since_at
    return [
        (age(waited), "yellow" if waited > OLD else ""),
        (row.title, ""),
        (row.unit or "—", ""),
        (row.mark, "yellow"),
        (" ".join(row.said.split()), "dim"),
        (tail(row.number, DIGITS + len(symbols.ellipsis), symbols.ellipsis), "dim"),
    ]


def age(waited: timedelta) -> str:
    """Return how long somebody has waited: ``3天`` ``5小时`` ``20分``."""
    if waited.days > 0:
        return f"{waited.days}天"
    hours, rest = divmod(max(0, waited.seconds), 3600)
    return f"{hours}小时" if hours else f"{rest // 60}分"


class Piles(OptionList, inherit_bindings=False):
    """The list on the left; ``[`` and ``]`` move in it from anywhere on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "上一类", id="piles.up"),
        Binding("down,j", "cursor_down", "下一类", id="piles.down"),
        Binding("enter,l,right", "screen.to_rows", "看这一类", id="piles.open"),
    ]

    def show(self, waiting: Sequence[Waiting], key: str, now: datetime) -> None:
        """Show the queues, ``key`` chosen, without saying that it was."""
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options([Option(_line(one, now), id=one.key) for one in waiting])
            self.highlighted = [one.key for one in waiting].index(key)

    def turn(self, by: int) -> None:
        """Go to another queue."""
        if self.option_count:
            self.highlighted = ((self.highlighted or 0) + by) % self.option_count


def _line(one: Waiting, now: datetime) -> Text:
    oldest = age(now - one.oldest_at) if one.oldest_at is not None else ""
    text = f"{fit(one.name, 8)}{fit(f'{one.count:,}' if one.count else '—', 6, align='right')}"
    return Text(f"{text}{fit(oldest, 7, align='right')}", "" if one.count else "dim")


class MatterPane(Page):
    """What to know before deciding."""

    def blank(self, line: str) -> None:
        """Show one line instead of a matter."""
        self.put(Content(line))

    def show(self, key: str, detail: Detail, rule: str) -> None:
        """Show a matter of a queue."""
        sheet = Sheet(self.content_size.width - 2, rule)
        row = detail.row
        sheet.line(
            (row.number or "草稿", "bold $accent"),
            "  ",
            (row.unit, Sheet.DIM),
            "  ",
            (_mark(key, row.mark), "bold $duban-yellow"),
        )
        self._choices(sheet, key, detail)
        if detail.order is not None:
            _order(sheet, detail.order)
        else:
            _appeal(sheet, key, detail)
        self.put(sheet.content())
        self.scroll_home(animate=False)

    def _choices(self, sheet: Sheet, key: str, detail: Detail) -> None:
        """Say what each digit would do, and what would come of it."""
        if key == "dispatch":
            for place, one in enumerate(detail.suggestions, 1):
                sheet.line(
                    (f"{place} ", "bold $accent"),
                    (one.unit, "bold"),
                    f"  {one.share:.0%}  ",
                    (one.why, Sheet.DIM),
                )
            if not detail.suggestions:
                sheet.line(("没有相似的诉求可参考", Sheet.DIM))
            sheet.line(("t ", "bold $accent"), "其他单位")
            return
        if detail.row.said:
            sheet.line((detail.row.said, "bold"))
        for line in detail.effect:
            sheet.line(("同意后 ", Sheet.DIM), (line, "$duban-yellow"))
        if detail.claimed:
            sheet.fact("单位报", detail.claimed)
        parts: list[tuple[str, str] | str] = []
        for place, verdict in enumerate(verdicts(key, detail.row.mark), 1):
            parts += [(f"{place} ", "bold $accent"), f"{verdict.name}  "]
        sheet.line(*parts)


def _mark(key: str, mark: str) -> str:
    return f"套话：{mark}" if key == "judge" and mark else mark


def _appeal(sheet: Sheet, key: str, detail: Detail) -> None:
    view = detail.view
    assert view is not None
    sheet.heading("诉求")
    sheet.line((view.title, "bold"))
    sheet.line(
        (" ".join(filter(None, (view.nature, view.channel, view.urgency, view.area))), Sheet.DIM)
    )
    sheet.text(view.content)
    if key != "dispatch":
        running = [one for one in view.deadlines if one.stopped_at is None]
        for one in running:
            sheet.fact(one.step_name, f"{one.remaining or '挂起'}")


def _order(sheet: Sheet, order: OrderView) -> None:
    sheet.heading("督办单")
    sheet.line((order.title, "bold"))
    sheet.text(order.cause)
    for n, demand in enumerate(order.demands, 1):
        sheet.line(f"{n}．{demand}")
    sheet.fact("诉求", "、".join(order.tickets))
    if order.feedback:
        sheet.heading("反馈")
        sheet.text(order.feedback)
