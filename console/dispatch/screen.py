"""派单目录: the lines with hits, returns and how often they were right; beside it one whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from console import frame
from console.frame import Session, bindings
from console.orders import KindList, PaperPane
from console.widgets import Cell, Column, Sheet
from models import dispatch
from seed import channels

if TYPE_CHECKING:
    from models.casework import StoredLine
    from models.dispatch import Standing

Local = Callable[[datetime], datetime]

SORTS = ("编号", "命中", "退单", "首派准确")


class Row(NamedTuple):
    """One line with how it stands; ``kinds`` are those of ``FILTERS`` it belongs to."""

    id: int
    stored: StoredLine
    used: Standing
    kinds: frozenset[str]
    cells: list[Cell]


class DirectoryScreen(KindList[Row]):
    """The directory of dispatch."""

    TITLE = "派单目录"
    EMPTY = "目录还是空的：用 duban directory load 装入，或 add 增加"
    CSS_PATH = Path(__file__).with_name("dispatch.tcss")
    BINDINGS = bindings(frame.DIRECTORY)
    MARKABLE = False

    COLUMNS = (
        Column("编号", 4, frozen=True),
        Column("问题", 16, most=36),
        Column("承办", 12, most=20),
        Column("命中", 5),
        Column("退单", 5),
        Column("首派", 5),
        Column("最近", 10),
        Column("依据", 12, most=40),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "unused": "从没用过",
        "returned": "常退单",
        "draft": "草案",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._sort = 0

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of a line."""
        return row.cells

    def kinds_of(self, row: Row) -> frozenset[str]:
        """Return what is to be looked over about a line."""
        return row.kinds

    def in_order(self, rows: list[Row]) -> list[Row]:
        """Return the lines in the order wanted, the worst first."""
        return sorted(rows, key=partial(_place, self._sort))

    @staticmethod
    def listed(session: Session) -> list[Row]:
        """Return every line with how it stands."""
        local = session.store.timekeeper().local
        with session.reading("list") as reader:
            used = dispatch.standings(reader)
            return [
                _row(stored, used.get(stored.number) or dispatch.Standing(stored.number), local)
                for stored in dispatch.all_lines(reader)
            ]

    def action_order(self) -> None:
        """Order the lines by the next of ``SORTS``."""
        self._sort = (self._sort + 1) % len(SORTS)
        self.lay()
        self.told(f"按{SORTS[self._sort]}排")

    def read_paper(self) -> None:
        """Show the line under the cursor."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is None or not pane.display or self.session is None:
            return
        sheet = Sheet(pane.room)
        sheet.line((f"第{row.id}条  第{row.stored.revision}版", "bold $accent"))
        for label, said in channels.labels_of(row.stored.line):
            if said:
                sheet.fact(label, said)
        sheet.fact("用过", f"命中{row.used.hits}  未按目录{row.used.against}")
        sheet.fact("退单", str(row.used.returns))
        if (found := row.used.accuracy) is not None:
            low, high = found.between
            sheet.fact("首派", f"{found.asked}件办过的里{found.right}件没有退、没有改派")
            sheet.fact("区间", f"95% 在{low:.0%}至{high:.0%}之间")
        pane.put(sheet.content())
        pane.scroll_home(animate=False)


def _place(sort: int, row: Row) -> tuple[float, int]:
    """Return where a line stands in an order: the worst first."""
    accuracy = row.used.accuracy.sure if row.used.accuracy else 2.0
    return (0.0, -row.used.hits, -row.used.returns, accuracy)[sort], row.id


def _row(stored: StoredLine, used: Standing, local: Local) -> Row:
    accuracy = used.accuracy
    kinds = {
        "unused": not used.hits and not stored.draft,
        "returned": used.returns * 10 > used.hits > 0,
        "draft": stored.draft,
    }
    ended = "dim" if stored.until is not None or stored.draft else ""
    cells: list[Cell] = [
        (str(stored.number), "dim"),
        (stored.problem, ended),
        (stored.taker, ended),
        (str(used.hits or ""), ""),
        (str(used.returns or ""), "yellow" if kinds["returned"] else ""),
        (f"{accuracy.sure:.0%}" if accuracy else "", ""),
        (f"{local(used.last_at):%Y-%m-%d}" if used.last_at else "", "dim"),
        (stored.basis, "dim"),
    ]
    belongs = frozenset(kind for kind, true in kinds.items() if true)
    return Row(stored.number, stored, used, belongs, cells)
