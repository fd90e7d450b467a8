"""大接访: first of all what became of what was promised last time, then what still runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from console import frame
from console.frame import Session, bindings, colour_text
from console.orders import KindList
from console.receptions.pledge_acts import PledgeActs
from console.receptions.pledge_page import pledge_page
from console.widgets import Cell, Column
from models import receptions
from rules.clocks import due_day
from rules.receptions import FATES

if TYPE_CHECKING:
    from models.receptions import PledgeMoved, PledgeView

WORST = tuple(FATES)


class PledgesScreen(KindList["PledgeView"]):
    """Promises of receptions."""

    TITLE = "大接访 · 承诺"
    EMPTY = "没有承诺：按 n 登记，或在接访登记里写承诺事项和期限"
    CSS_PATH = Path(__file__).with_name("pledge_list.tcss")
    BINDINGS = bindings(frame.RECEPTIONS)

    COLUMNS = (
        Column("状态", 9, frozen=True),
        Column("编号", 6),
        Column("单位", 10, most=18),
        Column("承诺事项", 18, most=60),
        Column("期限", 10),
        Column("接访领导", 10, most=16),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "last": "上月承诺",
        "open": "兑现中",
        "overdue": "逾期未办",
        "broken": "未兑现",
        "done": "已兑现",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = PledgeActs(self)
        self._wanted = "last"
        self._month: tuple[date, date] | None = None

    def cells(self, row: PledgeView) -> list[Cell]:
        """Return the cells of a promise: how it stands, of one that runs in its colour."""
        assert self.session is not None
        now, zone = self.session.now(), self.session.bureau.zone
        colour, state = _colour(row, self.session), row.stands(now)
        if colour is not None and row.fate(now) in ("running", "overdue"):
            state = colour_text(colour, 0, self.host.symbols)
            state = state if row.signed_at is not None else f"{state} 待签"
        return [
            (state, colour or "dim"),
            (f"#{row.id}", "dim"),
            (row.unit, ""),
            (" ".join(row.text.split("\n")), ""),
            (due_day(row.due_at.astimezone(zone)).isoformat(), "dim"),
            (row.leader, "dim"),
        ]

    def kinds_of(self, row: PledgeView) -> list[str]:
        """Return of which lists a promise is one."""
        assert self.session is not None
        met = row.fate(self.session.now())
        kinds = {"running": ["open"], "overdue": ["open", "overdue"], "broken": ["broken"]}
        found = kinds.get(met, [] if met == "void" else ["done"])
        if self._month is not None and self._month[0] <= row.day <= self._month[1]:
            found = [*found, "last"]
        return found

    def in_order(self, rows: list[PledgeView]) -> list[PledgeView]:
        """Return what is worst first, the soonest due first among equals."""
        assert self.session is not None
        now = self.session.now()
        return sorted(rows, key=lambda row: (WORST.index(row.fate(now)), row.due_at, row.id))

    def aside(self) -> str:
        """Return what became of what was promised in the month before, in numbers."""
        if self._month is None or self.session is None:
            return ""
        now, sums = self.session.now(), dict.fromkeys(FATES, 0)
        for row in self.every:
            if "last" in self.kinds_of(row):
                sums[row.fate(now)] += 1
        told = " ".join(f"{FATES[met]}{count}" for met, count in sums.items() if count)
        return f"  {self._month[0]:%Y-%m}：{told}"

    @staticmethod
    def listed(session: Session) -> list[PledgeView]:
        """Return what was promised since the month before, and whatever still runs."""
        today = session.now().astimezone(session.bureau.zone).date()
        masking = session.store.policy.privacy.on_screen
        with session.reading("list") as reader:
            month = receptions.promised_before(reader, today.replace(day=1))
            first = month[0] if month else today.replace(day=1)
            found = receptions.pledge_list(reader, first, today)
            return [row.masked(masking) for row in found]

    def lay(self) -> None:
        """Show what is wanted; the month before is the newest with promises."""
        assert self.session is not None
        today = self.session.now().astimezone(self.session.bureau.zone).date()
        days = [row.day for row in self.every if row.day < today.replace(day=1)]
        newest = max(days, default=None)
        self._month = None
        if newest is not None:
            self._month = newest.replace(day=1), receptions.last_of_month(newest)
        super().lay()

    # the promise under the cursor

    def read_paper(self) -> None:
        """Show the promise under the cursor, as far as it is still that one when it is read."""
        if (row := self.current) is None:
            return

        def drawn(moved: list[PledgeMoved], session: Session, room: int) -> Content:
            now, zone = session.now(), session.bureau.zone
            return pledge_page(row, moved, room, self.host.symbols, now, zone)

        self.show_beside(row.id, lambda session: _moved(session, row.id), drawn)

    # acts

    def action_promise(self) -> None:
        """Write down what was promised at a place."""
        self._acts.promise()

    def action_print_pledge(self) -> None:
        """Print the papers of what is marked, or of the promise under the cursor."""
        if self.chosen:
            self._acts.print(self.chosen)

    def action_sign_pledge(self) -> None:
        """Write down that the papers of what is marked are signed."""
        if self.chosen:
            self._acts.sign(self.chosen)

    def action_keep_pledge(self) -> None:
        """Write down that the promise under the cursor is kept."""
        if self.current is not None:
            self._acts.keep(self.current)

    def action_break_pledge(self) -> None:
        """Write down that the promise under the cursor is not kept."""
        if self.current is not None:
            self._acts.give_up(self.current)

    def action_extend_pledge(self) -> None:
        """Move the date of the promise under the cursor."""
        if self.current is not None:
            self._acts.extend(self.current)

    def action_void_pledge(self) -> None:
        """Void the promise under the cursor, which was written down by mistake."""
        if self.current is not None:
            self._acts.void(self.current)

    def action_day_report(self) -> None:
        """Write the report of the reception day of the promise under the cursor."""
        if self.current is not None:
            self._acts.report(self.current.day)

    def action_publish_day(self) -> None:
        """Publish that report."""
        if self.current is not None:
            self._acts.publish(self.current.day)

    def action_ticket(self) -> None:
        """Open the matter of the promise under the cursor."""
        row = self.current
        if row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)
        elif row is not None:
            self.told(f"{row.noun}#{row.id} 没有关联诉求", warning=True)


def _colour(row: PledgeView, session: Session) -> str | None:
    """Return the colour of its clock; None once that has stopped."""
    if row.red_at is None or row.yellow_at is None or row.stopped_at is not None:
        return None
    now = session.now()
    if now > row.red_at:
        return "red"
    return "yellow" if now >= row.yellow_at else "blue"


def _moved(session: Session, id: int) -> list[PledgeMoved]:
    with session.reading("paper") as reader:
        return receptions.moves_of(reader, id)
