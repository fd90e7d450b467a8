"""警务群: what waits for the police by its minute clocks; 警情 is never kept here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from console import frame
from console.frame import Session, bindings, colour_text
from console.orders import KindList, PaperPane
from console.police.message_page import colour_of_message, message_page, remaining, took
from console.police.minute_table import DAYS, told
from console.police.police_acts import PoliceActs
from console.widgets import Cell, Column, Reading
from models import police
from rules.police import CALL_110, CLUE
from rules.text import MASKED

if TYPE_CHECKING:
    from models.police import MessageView


class PoliceScreen(KindList["MessageView"]):
    """Messages of the groups, those that wait first."""

    TITLE = "警务群"
    EMPTY = "没有群内诉求：按 n 登记，或用 duban police load 收文件"
    CSS_PATH = Path(__file__).with_name("police.tcss")
    BINDINGS = bindings(frame.POLICE)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 10, frozen=True),
        Column("余时", 10),
        Column("警务群", 14, most=26),
        Column("内容", 22, most=60),
        Column("发言", 11),
        Column("应答", 8),
        Column("到场", 8),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "待应答": "待应答",
        "待到场": "待到场",
        "待反馈": "待反馈",
        "线索": "线索",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = PoliceActs(self)

    def body(self) -> ComposeResult:
        """Lay out what to do about 警情, then kinds, list and pane."""
        yield Static(CALL_110, id="alarm", markup=False)
        yield from super().body()

    def cells(self, row: MessageView) -> list[Cell]:
        """Return the cells of a message."""
        assert self.session is not None
        now, zone = self.session.now(), self.session.bureau.zone
        colour = colour_of_message(row, now)
        sign = colour_text(colour, 0, self.host.symbols)[:1] + " " if colour else ""
        return [
            (f"{sign}{row.state}", colour or "dim"),
            (remaining(row, now), colour or "dim"),
            (row.group, ""),
            (row.clue_number or "" if row.kind == CLUE else MASKED.text(row.text), ""),
            (f"{row.at.astimezone(zone):%m-%d %H:%M}", "dim"),
            (took(row.at, row.answered_at), "dim"),
            (took(row.at, row.arrived_at), "dim"),
        ]

    def kinds_of(self, row: MessageView) -> list[str]:
        """Return what a message waits for, or that it is a clue."""
        return ["线索"] if row.kind == CLUE else [row.state]

    @staticmethod
    def listed(session: Session) -> list[MessageView]:
        """Return what waits, then the newest."""
        with session.reading("list") as reader:
            return police.message_list(reader)

    def tick(self, now: datetime) -> None:
        """Show the time, and how long every clock still runs."""
        super().tick(now)
        if self.every:
            self.table.forget()
            self.table.refresh()

    def read_paper(self) -> None:
        """Show the message under the cursor."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is None or self.session is None or not pane.display:
            return
        now, zone = self.session.now(), self.session.bureau.zone
        pane.put(message_page(row, pane.room, self.host.symbols, now, zone))
        pane.scroll_home(animate=False)

    # acts

    def action_register_message(self) -> None:
        """Keep a message or a clue."""
        self._acts.register(self.current.group if self.current is not None else "")

    def action_answer_message(self) -> None:
        """Record that the police answered."""
        self._tell("应答")

    def action_arrive_message(self) -> None:
        """Record that somebody came."""
        self._tell("到场")

    def action_inform_message(self) -> None:
        """Record that the result was told."""
        self._tell("反馈")

    def _tell(self, word: str) -> None:
        row = self.current
        if row is not None and row.kind == CLUE:
            self.told("线索不计应答：按 c 登记受理回执", warning=True)
        elif row is not None:
            self._acts.tell(row, word)

    def action_clue_receipt(self) -> None:
        """Record by which number a clue was taken."""
        row = self.current
        if row is not None and row.kind != CLUE:
            self.told(f"#{row.id} 不是线索：按 e 应答、d 到场、f 反馈", warning=True)
        elif row is not None:
            self._acts.receipt(row)

    def action_hand_on_message(self) -> None:
        """Register the message under the cursor as an appeal."""
        row = self.current
        if row is not None and (row.kind == CLUE or row.ticket is not None):
            why = "线索按规定移交，不转诉求" if row.kind == CLUE else f"已转为 {row.ticket}"
            self.told(why, warning=True)
        elif row is not None:
            self._acts.hand_on(row)

    def action_ticket(self) -> None:
        """Open the appeal that the message became."""
        row = self.current
        if row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)
        elif row is not None:
            self.told(f"#{row.id} 没有转为诉求：按 t 转", warning=True)

    def action_minutes(self) -> None:
        """Show how fast the police answered and arrived."""

        def read(session: Session) -> str:
            until = session.now() + timedelta(seconds=1)
            since = until - timedelta(days=DAYS)
            with session.reading("minutes") as reader:
                rows = police.minute_rows(reader, since, until)
            zone = session.bureau.zone
            return told(rows, since.astimezone(zone), until.astimezone(zone))

        self.question(read, lambda text: self.app.push_screen(Reading("应答、到场用时", text)))

    def action_export(self) -> None:
        """Write the list as it is shown."""
        rows = [one for one in self.every if self.table.row(one.id) is not None]
        cells = [[text for text, _ in self.cells(one)] for one in rows]
        self._acts.export(cells, [column.title for column in self.COLUMNS])
