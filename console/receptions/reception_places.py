"""接访点: the places of one reception day; enter shows who was received at one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content

from console import frame
from console.frame import Session, bindings
from console.orders import KindList
from console.receptions.meeting_form import MeetingForm
from console.receptions.meeting_list import MeetingsScreen
from console.receptions.reception_pages import place_page
from console.widgets import Cell, Column
from models import receptions

if TYPE_CHECKING:
    from models.receptions import PlaceFigures, ReceptionView


class PlacesScreen(KindList["ReceptionView"]):
    """The places of a day."""

    EMPTY = "这一天没有接访点：在接访日按 i 收安排表"
    CSS_PATH = Path(__file__).with_name("receptions.tcss")
    BINDINGS = bindings(frame.RECEPTION_PLACES)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("接访点", 20, most=44),
        Column("接访领导", 10, most=20),
        Column("批次", 6),
        Column("人次", 6),
        Column("到场单位", 16, most=60),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "已安排": "还没登记",
        "登记中": "登记中",
        "已结束": "已结束",
    }

    def __init__(self, day: date) -> None:
        """``day`` is the reception day."""
        super().__init__()
        self.day = day
        self.title = f"大接访 · {day} 接访点"

    def cells(self, row: ReceptionView) -> list[Cell]:
        """Return the cells of a place."""
        return [
            (row.state, "" if row.state == "登记中" else "dim"),
            (row.place, ""),
            (f"{row.post or ''}{row.leader}", ""),
            (f"{row.batches:,}", ""),
            (f"{row.people:,}", ""),
            ("、".join(row.units), "dim"),
        ]

    def kinds_of(self, row: ReceptionView) -> list[str]:
        """Return whether anything was written down at a place, or it is closed."""
        return [row.state]

    def listed(self, session: Session) -> list[Any]:  # type: ignore[override]  # of its day
        """Return the places of the day in the order of the plan."""
        with session.reading("list") as reader:
            return receptions.receptions_on(reader, self.day)

    def resumed(self) -> None:
        """Read again: parties may have been written down meanwhile."""
        self.action_refresh()

    def opened(self) -> None:
        """Show who was received at the place under the cursor."""
        if (row := self.current) is not None:
            self.app.push_screen(MeetingsScreen(row))

    def action_meet(self) -> None:
        """Open the form of the place under the cursor."""
        if (row := self.current) is not None:
            self.app.push_screen(MeetingForm(row))

    def read_paper(self) -> None:
        """Show the place under the cursor, as far as it is still that one."""
        if (row := self.current) is None:
            return

        def drawn(found: PlaceFigures | None, session: Session, room: int) -> Content:
            return place_page(row, found, room, self.host.symbols, session.bureau.zone)

        self.show_beside(row.id, partial(_figures, row=row), drawn)


def _figures(session: Session, row: ReceptionView) -> PlaceFigures | None:
    with session.reading("paper") as reader:
        found = receptions.day_figures(reader, row.day, row.day)
    return next((one for one in found if one.reception_id == row.id), None)
