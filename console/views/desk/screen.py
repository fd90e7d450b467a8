"""The desk: queues of decisions left, what waits in the chosen one right, each one key away."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from console.casework import Which
from console.frame import DESK, Session, StatusLine, Symbols, bindings, fit, tail
from console.views.desk.deciding import DecidingScreen, chosen_of, verdicts
from console.views.desk.waiting import ORDERS, Adviser, Detail, Pile, read_detail, read_pile
from console.widgets import Cell, Column, Page, Sheet, VirtualTable

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


class DeskScreen(DecidingScreen):
    """F9: the desk."""

    TITLE = "待办"
    CSS_PATH = Path(__file__).with_name("desk.tcss")
    BINDINGS = bindings(DESK)
    SURE = 1

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._detail: Detail | None = None
        self.pile: Pile | None = None

    def body(self) -> ComposeResult:
        """Lay out the queues, the matters and the one under the cursor."""
        with Horizontal(id="panes"):
            yield Piles(markup=False)
            with Container(id="work"):
                yield self.list_of(COLUMNS, self._cells)
                yield MatterPane(id="matter")

    # reading

    def begin(self, session: Session) -> None:
        """Read the first queue in which something waits."""
        self.adviser = Adviser(session)
        self._read(None)

    def resumed(self) -> None:
        """Read again: decisions may have been made on another screen meanwhile."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the queue again; cursor and marks stay where they are."""
        self._read(self.pile.key if self.pile is not None else None)

    def _read(self, key: str | None) -> None:
        self._run += 1
        self.fetch(
            "pile", lambda session: read_pile(session, key), partial(self._pile_read, self._run)
        )

    def _pile_read(self, run: int, pile: Pile) -> None:
        if run != self._run or self.session is None:
            return
        other = self.pile is None or self.pile.key != pile.key
        self.pile = pile
        rows = {row.id: row for row in pile.rows}
        self.query_one(Piles).show(pile.all, pile.key, pile.now)
        if other:
            self.table.spend_marks()
            self.table.restart(array("q", rows), rows)
        else:
            self.table.marks.ids &= set(rows)
            self.table.show(array("q", rows), rows)
        self.facts(pile.now.astimezone(self.session.bureau.zone))
        self._say_pile()
        self._marked()
        if not rows:
            self._forget()
            self.query_one(MatterPane).blank("这一类没有待办")

    def _say_pile(self) -> None:
        assert self.pile is not None
        waiting = next(one for one in self.pile.all if one.key == self.pile.key)
        shown = len(self.pile.rows)
        self.say(
            f"{waiting.name} {waiting.count:,}件"
            + (f"，先列最早的{shown}件，办完接着列" if waiting.count > shown else "")
        )

    def _cells(self, row: DeskRow) -> list[tuple[str, str]]:
        assert self.pile is not None
        return cells(row, self.pile.now, self.host.symbols)

    # moving

    @on(OptionList.OptionHighlighted)
    def _turned(self, event: OptionList.OptionHighlighted) -> None:
        if self.pile is not None and event.option.id != self.pile.key:
            self._read(event.option.id)

    @on(OptionList.OptionSelected)
    def _chosen_pile(self) -> None:
        self.action_to_rows()

    def action_pile(self, by: int) -> None:
        """Go to the next queue, or the one before."""
        self.query_one(Piles).turn(by)

    def action_to_rows(self) -> None:
        """Put the hand on the matters."""
        self.table.focus()

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        if self._detail is not None and self._detail.row != self.current:
            self._forget()
            self.query_one(MatterPane).blank("正在读取")
        self.rest(self._read_detail)

    def _read_detail(self) -> None:
        adviser, pile, row = self.adviser, self.pile, self.current
        if adviser is None or pile is None or row is None:
            return

        def read(detail: Detail) -> None:
            if self.pile is not None and pile.key == self.pile.key and detail.row == self.current:
                self._detail = detail
                self._show_detail()

        self.fetch("detail", lambda session: read_detail(session, adviser, pile.key, row), read)

    def _show_detail(self) -> None:
        """Draw what is known of the matter; only once that is painted may it be decided."""
        if self._detail is not None and self.pile is not None:
            pane = self.query_one(MatterPane)
            pane.show(self.pile.key, self._detail, self.host.symbols.rule)
            self.drawn.put(self, self._detail)

    def _forget(self) -> None:
        """Nothing is known of a matter now."""
        self._detail = None
        self.drawn.clear()

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        self.call_after_refresh(self._show_detail)

    def action_zoom(self) -> None:
        """Give the matter the whole width, and take it back."""
        self.toggle_class("-zoomed")
        (self.query_one(MatterPane) if self.has_class("-zoomed") else self.table).focus()

    def step_back(self) -> bool:
        """Give up, one after the other: the large matter, the range, the marks."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif self.drop_range():
            pass
        elif gone := self.table.clear_marks():
            self.say(f"已清除{gone}个标记 · u 恢复")
        else:
            return False
        return True

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        marks = self.table.marks.ids
        self.query_one(StatusLine).marks = f"已标记{len(marks)}件" if marks else ""

    # deciding

    def action_decide(self, place: int) -> None:
        """Decide as the digit says, on what is marked or on the matter under the cursor."""
        if self.pile is None or not self.chosen:
            self.say("这一类没有待办")
        elif self.may_write():
            self.decide(self.pile.key, self.chosen, place)

    def done(self) -> None:
        """Read the queue again, and count anew what waits."""
        self.acted()
        self.host.recount()

    def which(self) -> Which:
        """Return the appeals that are marked, or the one under the cursor."""
        found = [] if self.pile is None or self.pile.key in ORDERS else chosen_of(self.chosen)
        return Which(len(found), lambda session: found, found[0].number if found else "")
