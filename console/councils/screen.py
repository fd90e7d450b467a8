"""会商、挂账、先办后议 in one list, what waits first; beside it one of them whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from console import frame
from console.councils.council_acts import CouncilActs
from console.councils.council_page import account_page, council_page, first_page
from console.frame import Session, bindings
from console.orders import KindList, PaperPane
from console.widgets import Cell, Column, Sheet
from models import councils
from rules.casework import kept_back
from rules.clocks import due_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from models.councils import AccountView, CouncilView, FirstView
    from rules.text import Masking

KEPT = "举报、保密件"
"""What stands for the words of an appeal that is kept back."""


class Row(NamedTuple):
    """One line: a council, an account (ids from 1,000,000), an order to act first (2,000,000)."""

    id: int
    kind: str
    cells: list[Cell]
    council: CouncilView | None = None
    account: AccountView | None = None
    first: FirstView | None = None

    @property
    def ticket_ids(self) -> tuple[int, ...]:
        """The appeals it is about."""
        if self.council is not None:
            return tuple(one.ticket_id for one in self.council.tickets)
        one = self.account or self.first
        assert one is not None
        return (one.ticket_id,)


ACCOUNT_STATES = {
    "asked": ("待批", "yellow"),
    "granted": ("待告知", "yellow"),
    "running": ("挂账", ""),
    "ended": ("已销账", "dim"),
}


class CouncilsScreen(KindList[Row]):
    """What nobody owns or nobody can solve now."""

    TITLE = "会商挂账"
    EMPTY = "没有会商、挂账和先办后议：按 n 登记会商"
    CSS_PATH = Path(__file__).with_name("councils.tcss")
    BINDINGS = bindings(frame.COUNCILS)
    MARKABLE = False

    COLUMNS = (
        Column("类别", 8, frozen=True),
        Column("状态", 6),
        Column("事项", 20, most=40),
        Column("单位", 12, most=20),
        Column("日期", 10),
        Column("到期", 10),
        Column("结论", 10, most=40),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "council": "待定会商",
        "account": "挂账",
        "first": "先办后议",
        "over": "已了结",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = CouncilActs(self)

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of a line."""
        return row.cells

    def kinds_of(self, row: Row) -> tuple[str]:
        """Return what kind of line it is."""
        return (row.kind,)

    @staticmethod
    def listed(session: Session) -> list[Row]:
        """Return what is open of each kind, then what is over."""
        local, masking = session.store.timekeeper().local, session.store.policy.privacy.on_screen
        with session.reading("list") as reader:
            rows = [
                *(_council(one, local) for one in councils.council_list(reader)),
                *(_account(one, local, masking) for one in councils.account_list(reader)),
                *(_first(one, local, masking) for one in councils.first_list(reader)),
            ]
        return sorted(rows, key=lambda row: row.kind == "over")

    def read_paper(self) -> None:
        """Show the line under the cursor."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is None or not pane.display or self.session is None:
            return
        sheet = Sheet(pane.room, self.host.symbols.rule)
        zone, masking = self.session.bureau.zone, self.session.bureau.masking

        def local(at: datetime) -> datetime:
            return at.astimezone(zone)

        if row.council is not None:
            council_page(sheet, row.council, local)
        elif row.account is not None:
            account_page(sheet, row.account, local, masking)
        elif row.first is not None:
            first_page(sheet, row.first, local, masking)
        pane.put(sheet.content())
        pane.scroll_home(animate=False)

    # acts

    def action_hold(self) -> None:
        """Enter a council."""
        self._acts.hold()

    def action_speak(self) -> None:
        """Enter what a unit holds."""
        if (one := self._council()) is not None:
            self._acts.speak(one)

    def action_conclude(self) -> None:
        """Enter what was decided."""
        if (one := self._council()) is not None:
            self._acts.decide(one)

    def action_line(self) -> None:
        """Let the decision be a line of the directory."""
        if (one := self._council()) is not None:
            self._acts.line(one)

    def action_tickets(self) -> None:
        """Go to the appeals the line is about."""
        row = self.current
        if row is None or not row.ticket_ids:
            self.say("这一行没有所议的诉求")
        elif len(row.ticket_ids) == 1:
            self.host.open_ticket(row.ticket_ids[0])
        else:
            ids = row.ticket_ids
            self.host.open_matters("所议诉求", lambda _: ids)

    def _council(self) -> CouncilView | None:
        """Return the council under the cursor; say that there is none."""
        row = self.current
        if row is None or row.council is None:
            self.say("这一行不是会商：按 1 只看会商，或按 i 打开诉求办理")
            return None
        return row.council


def _council(one: CouncilView, local: Callable[[datetime], datetime]) -> Row:
    open = one.decided_at is None
    units = one.unit or "、".join(seat.unit for seat in one.seats)
    result = one.decision or ""
    if one.line_number is not None:
        result = f"目录第{one.line_number}条 {result}"
    cells: list[Cell] = [
        ("会商", ""),
        ("待定", "yellow") if open else ("已定", "dim"),
        (one.topic, ""),
        (units, ""),
        (f"{local(one.held_at):%Y-%m-%d}", "dim"),
        ("", ""),
        (result, "dim"),
    ]
    return Row(one.id, "council" if open else "over", cells, council=one)


def _account(one: AccountView, local: Callable[[datetime], datetime], masking: Masking) -> Row:
    words, shade = ACCOUNT_STATES[one.state]
    if one.state == "ended" and one.began_at is None:
        words = "未挂"
    kept = kept_back(one.nature, one.confidential)
    reason = KEPT if kept else masking.about(one).text(one.reason)
    cells: list[Cell] = [
        ("挂账", ""),
        (words, shade),
        (f"{reason} {one.number}", ""),
        (one.unit, ""),
        (f"{local(one.began_at or one.asked_at):%Y-%m-%d}", "dim"),
        (str(due_day(local(one.until_at))) if one.until_at else "", "dim"),
        ("" if kept else masking.about(one).text(one.end_words or ""), "dim"),
    ]
    kind = "over" if one.state == "ended" else "account"
    return Row(1_000_000 + one.id, kind, cells, account=one)


def _first(one: FirstView, local: Callable[[datetime], datetime], masking: Masking) -> Row:
    open = one.settled_at is None
    kept = kept_back(one.nature, one.confidential)
    reason = KEPT if kept else masking.about(one).text(one.reason)
    cells: list[Cell] = [
        ("先办后议", ""),
        ("待议", "yellow") if open else ("已议定", "dim"),
        (f"{reason} {one.number}", ""),
        (one.unit, ""),
        (f"{local(one.ordered_at):%Y-%m-%d}", "dim"),
        ("", ""),
        (f"归{one.owner}" if one.owner else "", "dim"),
    ]
    return Row(2_000_000 + one.id, "first" if open else "over", cells, first=one)
