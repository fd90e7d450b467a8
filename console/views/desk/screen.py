"""The desk: queues of decisions left, what waits in the chosen one right, each one key away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import OptionList

from console.casework import Which, adviser_of
from console.frame import DESK, HintLine, Refusal, Session, Symbols, bindings, tail
from console.views.desk.deciding import DecidingScreen, choices_of, chosen_of
from console.views.desk.matter_pane import MatterPane
from console.views.desk.piles import Piles, age
from console.views.desk.waiting import (
    ORDERS,
    Detail,
    Pile,
    Wanted,
    read_detail,
    read_pile,
    read_waiting,
)
from console.views.queue.typed import Typed, read_filter
from console.widgets import Cell, Column, FilterBar, VirtualTable
from models import views
from rules.casework import QueueFilter

if TYPE_CHECKING:
    from models.views import DeskRow


DIGITS = 10

DIGIT_KEYS = ("desk.first", "desk.second", "desk.third")
"""The keys that decide, by what they choose."""

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

HINT = "文字 · @地方 · u:单位 · q:渠道 · 我的"
"""What may be typed, as the empty filter says it."""


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


class DeskScreen(DecidingScreen):
    """F9: the desk."""

    TITLE = "待办"
    EMPTY = "这一类没有待办 · - = 换一类"
    CSS_PATH = Path(__file__).with_name("desk.tcss")
    BINDINGS = bindings(DESK)
    SURE = 1
    ORDERS: ClassVar[Mapping[str, str]] = {
        "waited": "等得最久在前",
        "newest": "新近在前",
        "unit": "单位",
        "number": "编号",
    }
    HEADINGS: ClassVar[Mapping[str, str]] = {"等待": "waited", "单位": "unit", "编号": "number"}
    sorted_by = "waited"

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._run = 0
        self._typed = Typed(QueueFilter())
        self._fresh = False
        self._detail: Detail | None = None
        self.pile: Pile | None = None

    def body(self) -> ComposeResult:
        """Lay out the filter, the queues, the matters and the one under the cursor."""
        yield FilterBar(HINT)
        with Horizontal(id="panes"):
            yield Piles(markup=False)
            with Container(id="work"):
                yield self.list_of(COLUMNS, self._cells)
                yield MatterPane(id="matter")

    # reading

    def begin(self, session: Session) -> None:
        """Read the first queue in which something waits."""
        self.adviser = adviser_of(session)
        self._say_digits()
        self._read(None)

    def resumed(self) -> None:
        """Read again: decisions may have been made on another screen meanwhile."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the queue again; cursor and marks stay where they are."""
        self._read(self.pile.key if self.pile is not None else None)

    def _read(self, key: str | None) -> None:
        self._run += 1
        wanted = Wanted(key, self._typed.filter, self.sorted_by, self.descending)
        seen = tuple(self.table.seen) if self.pile is not None and key == self.pile.key else ()
        self.fetch(
            "pile",
            lambda session: read_pile(session, wanted, seen),
            partial(self._pile_read, self._run, wanted),
        )

    def _pile_read(self, run: int, wanted: Wanted, pile: Pile) -> None:
        if run != self._run or self.session is None:
            return
        other = self.pile is None or self.pile.key != pile.key
        self.pile = pile
        self.query_one(Piles).show(pile.all, pile.key, pile.reviews, pile.now)
        if other:
            self.table.spend_marks()
        elif wanted.filter.empty:
            self.table.marks.ids &= set(pile.ids)
        if other or self._fresh:
            self._fresh = False
            self.table.restart(pile.ids, pile.rows)
        else:
            self.table.show(pile.ids, pile.rows)
        self.facts(pile.now.astimezone(self.session.bureau.zone))
        self._say_pile()
        self.say_marks()
        if not pile.ids:
            self._forget()
            self._say_digits()
            self.query_one(MatterPane).blank(
                "这一类没有待办" if wanted.filter.empty else "没有符合的 · Esc 去掉筛选"
            )

    def _say_pile(self) -> None:
        assert self.pile is not None
        waiting = next(one for one in self.pile.all if one.key == self.pile.key)
        left = "" if self._typed.filter.empty else f"，筛出{len(self.pile.ids):,}件"
        order = "" if self.sorted_by == "waited" and not self.descending else f" · {self.ordered}"
        self.say(f"{waiting.name} {waiting.count:,}件{left}{order}")

    @on(VirtualTable.RowsWanted)
    def _rows_wanted(self, news: VirtualTable.RowsWanted) -> None:
        if self.pile is not None:
            key, supply = self.pile.key, partial(self._supply, self._run)
            self.fetch("rows", lambda session: read_waiting(session, key, news.ids), supply)

    def _supply(self, run: int, rows: Mapping[int, DeskRow]) -> None:
        if run == self._run:
            self.table.supply(rows)
            if self.table.current in rows:
                self.rest(self._read_detail)

    # filter and order

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves of each queue."""
        assert self.session is not None
        bureau = self.session.bureau
        typed = read_filter(text, bureau.channels, bureau.mine)
        if typed != self._typed:
            self._typed = typed
            self._read_fresh()
        return typed.fault

    def reordered(self) -> None:
        """Read the queue in its new order, from the first row on."""
        self._read_fresh()

    def _read_fresh(self) -> None:
        self._fresh = True
        self.action_refresh()

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

    def on_refusal(self, message: Refusal) -> None:
        """Say why a matter could not be read, but never over what came of an act on it."""
        if message.group == "detail":
            message.stop().prevent_default()
            self.query_one(MatterPane).blank(message.line)
            self.say(message.line)

    def _show_detail(self) -> None:
        """Draw what is known of the matter; only once that is painted may it be decided."""
        if self._detail is not None and self.pile is not None:
            pane = self.query_one(MatterPane)
            pane.show(self.pile.key, self._detail, self.host.symbols.rule)
            self.drawn.put(self, self._detail)
            self._say_digits()

    def _say_digits(self) -> None:
        """Say in the line of keys what each digit does on the matter drawn."""
        key, detail = self.pile.key if self.pile is not None else "", self._detail
        names = () if detail is None else choices_of(key, detail)
        said = dict(zip_longest(DIGIT_KEYS, names[: len(DIGIT_KEYS)], fillvalue=""))
        self.query_one(HintLine).said = said | ({} if key == "dispatch" else {"desk.other": ""})

    def _forget(self) -> None:
        """Nothing is known of a matter now."""
        self._detail = None
        self.drawn.clear()

    def on_resize(self) -> None:
        """Draw the rules of the headings anew."""
        self.call_after_refresh(self._show_detail)

    def action_effect(self) -> None:
        """Show the appeals that the rate is of which an extension would change."""
        detail = self._detail
        if detail is None or not detail.due:
            self.say("这里没有可打开的率：延期待批的件写着按时办结率时才有")
            return
        self.host.open_matters(detail.due_of, partial(views.matter_ids, ticket_ids=detail.due))

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
        elif self.query_one(FilterBar).clear():
            self._typed = Typed(QueueFilter())
            self.table.focus()
            self.action_refresh()
        else:
            return False
        return True

    @on(VirtualTable.Marked)
    def _marked(self) -> None:
        self.say_marks()

    # deciding

    def action_decide(self, place: int) -> None:
        """Decide as the digit says, on what is marked or on the matter under the cursor."""
        pile = self.pile
        if pile is None or not pile.ids:
            self.say("这一类没有待办")
        elif not (self.chosen or self.table.marks.ids):
            self.say("这一件还没读完：看清右边的内容再按")
        else:
            far = self._far()
            if not far:
                self.decide(pile.key, self.chosen, place)
                return
            near = self.chosen
            self.question(
                lambda session: [*near, *read_waiting(session, pile.key, far).values()],
                lambda rows: self.decide(pile.key, rows, place),
            )

    def _far(self) -> list[int]:
        """Return the marks whose rows are not at hand: the list is long."""
        near = {row.id for row in self.chosen}
        return [id for id in self.table.marks.ids if id not in near]

    def done(self) -> None:
        """Read the queue again, and count anew what waits."""
        self.acted()
        self.host.recount()

    def beside(self) -> str:
        """Return where a paper stands, or the figures that a unit disputes."""
        return "ranking" if self.pile and self.pile.key == "objection" else super().beside()

    def which(self) -> Which:
        """Return the appeals that are marked, or the one under the cursor."""
        pile = self.pile
        if pile is None or pile.key in ORDERS:
            return Which(0, lambda session: [])
        near, far = [row for row in self.chosen if row.ticket_id is not None], self._far()
        return Which(
            len(near) + len(far),
            lambda session: chosen_of([*near, *read_waiting(session, pile.key, far).values()]),
            near[0].number if near else "",
        )
