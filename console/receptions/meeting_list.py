"""来访: who was received at one place, in the order they came, the last first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from console import frame
from console.frame import Session, bindings
from console.orders import KindList, PaperPane
from console.receptions.meeting_form import MeetingForm, struck
from console.receptions.reception_pages import meeting_page
from console.widgets import Cell, Column, Confirming
from models import receptions

if TYPE_CHECKING:
    from models.receptions import MeetingView, ReceptionView


class MeetingsScreen(KindList["MeetingView"]):
    """The parties of a place."""

    EMPTY = "还没有登记：按 n 登记来访"
    CSS_PATH = Path(__file__).with_name("receptions.tcss")
    BINDINGS = bindings(frame.MEETINGS)
    MARKABLE = False

    COLUMNS = (
        Column("批次", 6, frozen=True),
        Column("来访事项", 26, most=70),
        Column("来访", 12),
        Column("结果", 8),
        Column("责任单位", 10, most=18),
        Column("工单", 17),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "solved": "现场解决",
        "pledged": "承诺",
        "referred": "转办",
        "transferred": "移送",
        "seen": "疑似重访",
    }

    def __init__(self, place: ReceptionView) -> None:
        """``place`` is one of a day."""
        super().__init__()
        self.place = place
        self.title = f"大接访 · {place.day} {place.place}"

    def cells(self, row: MeetingView) -> list[Cell]:
        """Return the cells of a party."""
        visit = "重访" if row.again else "疑重访" if row.seen_before else "首访"
        return [
            (f"第{row.serial}批", "dim"),
            (row.title, ""),
            (f"{row.people}人 {visit}{'集' if row.collective else ''}", ""),
            (row.outcome_word, ""),
            (row.unit or "", ""),
            (row.ticket or "", "dim"),
        ]

    def kinds_of(self, row: MeetingView) -> list[str]:
        """Return what came of a party, and whether it may be a second visit."""
        return [row.outcome, "seen"] if row.seen_before else [row.outcome]

    def listed(self, session: Session) -> list[Any]:  # type: ignore[override]  # of its place
        """Return the parties of the place, the last first."""
        masking = session.store.policy.privacy.on_screen
        with session.reading("list") as reader:
            return receptions.meetings_of(reader, self.place.id, masking)

    def resumed(self) -> None:
        """Read again: parties may have been written down meanwhile."""
        self.action_refresh()

    def opened(self) -> None:
        """Open the appeal of the party under the cursor."""
        row = self.current
        if row is not None and row.ticket_id is not None:
            self.host.open_ticket(row.ticket_id)

    def read_paper(self) -> None:
        """Show the party under the cursor."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is not None and pane.display and self.session is not None:
            zone = self.session.bureau.zone
            pane.put(meeting_page(row, pane.room, self.host.symbols, zone))
            pane.scroll_home(animate=False)

    def action_meet(self) -> None:
        """Open the form of this place."""
        self.app.push_screen(MeetingForm(self.place))

    def action_again(self) -> None:
        """Let the party under the cursor be 重访 where it was 首访, and the other way round."""
        if (row := self.current) is None:
            return

        def turn(session: Session) -> str:
            receptions.mark_again(session.store, row, again=not row.again)
            return f"第{row.serial}批改为{'首访' if row.again else '重访'} · u 撤销"

        self.work(turn)

    def action_strike(self) -> None:
        """Ask whether the last party that the operator wrote down is to go."""
        question = Confirming(
            "撤回最近登记的一批",
            "自己在这个接访点最近登记的一批：内容和联系方式清除，编号作废",
            act="撤回",
            undo="撤回后不能恢复，只能重新登记",
        )
        self.ask(question, lambda _: self.work(struck(self.place.id)))
