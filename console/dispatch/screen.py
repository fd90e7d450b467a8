"""派单目录: the lines with hits, returns and how often they were right; beside it one whole."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from console import frame
from console.frame import Session, bindings
from console.orders import PaperList, PaperPane
from console.widgets import Cell, Column, Sheet
from models import dispatch
from seed import channels

if TYPE_CHECKING:
    from models.casework import StoredLine
    from models.dispatch import Standing

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

FILTERS = {"unused": "从没用过", "returned": "常退单", "draft": "草案"}

Local = Callable[[datetime], datetime]

SORTS = ("编号", "命中", "退单", "首派准确")


class Row(NamedTuple):
    """One line with how it stands; ``kinds`` are those of ``FILTERS`` it belongs to."""

    id: int
    stored: StoredLine
    used: Standing
    kinds: frozenset[str]
    cells: list[Cell]


class DirectoryScreen(PaperList[Row]):
    """The directory of dispatch."""

    TITLE = "派单目录"
    EMPTY = "目录还是空的：用 duban directory load 装入，或 add 增加"
    CSS_PATH = Path(__file__).with_name("dispatch.tcss")
    BINDINGS = bindings(frame.DIRECTORY)
    MARKABLE = False

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._wanted: str | None = None
        self._sort = 0
        self._run = 0
        self._all: list[Row] = []

    def body(self) -> ComposeResult:
        """Lay out the filters, the list and the pane."""
        yield Static("", id="chips", markup=False)
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, lambda row: row.cells)
            yield PaperPane()

    def narrowed(self) -> bool:
        """Return whether some lines alone are wanted."""
        return self._wanted is not None

    def begin(self, session: Session) -> None:
        """Read the list."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the list again; the cursor stays where it is."""
        self._run += 1
        self.fetch("list", _listed, partial(self._show, self._run))

    def action_narrow(self, kind: str) -> None:
        """Show one kind of line, or all."""
        self._wanted = kind or None
        self._lay()

    def action_order(self) -> None:
        """Order the lines by the next of ``SORTS``."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._lay()
        self.told(f"按{SORTS[self._sort]}排")

    def step_back(self) -> bool:
        """Give up, one after the other: the large pane, the marks, the filter."""
        if super().step_back():
            return True
        if self._wanted is None:
            return False
        self.action_narrow("")
        return True

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

    def _show(self, run: int, found: list[Row]) -> None:
        if run != self._run or self.session is None:
            return
        self._all = found
        self._lay()
        self.facts(self.session.now())

    def _lay(self) -> None:
        ordered = sorted(self._all, key=partial(_place, self._sort))
        rows = {row.id: row for row in ordered if self._wanted in (None, *row.kinds)}
        self.say_marks()
        self.table.show(array("q", rows), rows)
        counts = Counter(kind for row in self._all for kind in row.kinds)
        line = Text(no_wrap=True, overflow="crop")
        for digit, (kind, word) in enumerate(FILTERS.items(), 1):
            look = "reverse" if kind == self._wanted else ""
            line.append(f"{digit} {word} {counts[kind]}", look).append("    ")
        line.append("0 全部", "reverse" if self._wanted is None else "")
        self.query_one("#chips", Static).update(line)
        if not rows:
            self.query_one(PaperPane).blank(self.nothing())


def _place(sort: int, row: Row) -> tuple[float, int]:
    """Return where a line stands in an order: the worst first."""
    accuracy = row.used.accuracy.sure if row.used.accuracy else 2.0
    return (0.0, -row.used.hits, -row.used.returns, accuracy)[sort], row.id


def _listed(session: Session) -> list[Row]:
    local = session.store.timekeeper().local
    with session.store.reading() as reader:
        used = dispatch.standings(reader)
        return [
            _row(stored, used.get(stored.number) or dispatch.Standing(stored.number), local)
            for stored in dispatch.all_lines(reader)
        ]


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
