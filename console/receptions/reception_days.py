"""接访日: the days of receptions with their sums, beside them the figures of each place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from console import frame
from console.frame import Session, bindings
from console.intake import AskingFile
from console.orders import KindList
from console.receptions.reception_files import plan_by_file, receive_by_file
from console.receptions.reception_pages import day_page
from console.receptions.reception_places import PlacesScreen
from console.widgets import Cell, Column, Confirming
from models import receptions

if TYPE_CHECKING:
    from models.receptions import DayView, PlaceFigures


class DaysScreen(KindList["DayView"]):
    """The days of receptions."""

    TITLE = "大接访 · 接访日"
    EMPTY = "没有接访日：按 i 收安排表，空表用 duban reception template 写出"
    CSS_PATH = Path(__file__).with_name("receptions.tcss")
    BINDINGS = bindings(frame.RECEPTION_DAYS)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("日期", 10),
        Column("接访点", 6),
        Column("批次", 7),
        Column("人次", 7),
        Column("现场解决", 8),
        Column("承诺", 7),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "已安排": "已安排",
        "登记中": "登记中",
        "已结束": "已结束",
    }

    def cells(self, row: DayView) -> list[Cell]:
        """Return the cells of a day."""
        return [
            (row.state, "" if row.state == "登记中" else "dim"),
            (row.day.isoformat(), ""),
            (f"{row.places:,}", "dim"),
            (f"{row.batches:,}", ""),
            (f"{row.people:,}", ""),
            (f"{row.solved:,}", ""),
            (f"{row.pledged:,}", ""),
        ]

    def kinds_of(self, row: DayView) -> list[str]:
        """Return whether a day is planned, under way or over."""
        return ["已结束" if row.state == "已公布" else row.state]

    @staticmethod
    def listed(session: Session) -> list[DayView]:
        """Return every day, the last first."""
        with session.reading("list") as reader:
            return receptions.reception_days(reader)

    def resumed(self) -> None:
        """Read again: parties may have been written down meanwhile."""
        self.action_refresh()

    def opened(self) -> None:
        """Show the places of the day under the cursor."""
        if (row := self.current) is not None:
            self.app.push_screen(PlacesScreen(row.day))

    def read_paper(self) -> None:
        """Show the figures of the day under the cursor, as far as it is still that one."""
        if (row := self.current) is None:
            return

        def drawn(found: list[PlaceFigures], session: Session, room: int) -> Content:
            return day_page(row.day, found, room, self.host.symbols)

        self.show_beside(row.id, partial(_figures, row=row), drawn)

    def action_plan_days(self) -> None:
        """Ask for a file of planned places, and take it."""
        asking = AskingFile("收安排表", "文件，一行一个接访点")
        self.ask(asking, lambda path: self.work(partial(plan_by_file, path)))

    def action_load_parties(self) -> None:
        """Ask for a workbook of the day under the cursor, and take it."""
        if (row := self.current) is None:
            self.told("先按 i 收安排表，再收登记表", warning=True)
            return
        asking = AskingFile(f"收 {row.day} 的登记表", "文件，一行一批")
        self.ask(asking, lambda path: self.work(partial(receive_by_file, path, row.day)))

    def action_close_day(self) -> None:
        """Ask whether the day under the cursor is over, and close its places."""
        if (row := self.current) is None:
            return
        said = f"{row.day} {row.places}个接访点 {row.batches:,}批 {row.people:,}人次，此后不再登记"
        question = Confirming("结束登记", said, act="结束", undo="可按 u 撤销")

        def close(session: Session) -> str:
            done = receptions.close_day(session.store, row.day)
            return f"{row.day} 已结束登记：{done}个接访点 · u 撤销"

        self.ask(question, lambda _: self.work(close))


def _figures(session: Session, row: DayView) -> list[PlaceFigures]:
    with session.reading("paper") as reader:
        return receptions.day_figures(reader, row.day, row.day)
