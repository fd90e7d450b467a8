"""网格事项: what cells have in hand, by when it turns red; beside it one whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from console import frame
from console.frame import Session, bindings, colour_text
from console.grid.cell_acts import CellActs
from console.grid.cell_facts import place_meant
from console.orders import KindList, PaperPane
from console.widgets import Asking, Cell, Column, Sheet
from models import grid
from rules.clocks import short_due
from rules.text import MASKED

if TYPE_CHECKING:
    from models.grid import CellMatterView
    from rules.clocks import Timekeeper

EVERYWHERE = "4"
"""How every code begins."""


class CellMattersScreen(KindList["CellMatterView"]):
    """Matters that cells settle themselves; ``code`` is the place whose they are."""

    TITLE = "网格事项"
    EMPTY = "没有网格事项：按 n 登记网格自办，f 登记自发现；收表用 duban cell load"
    CSS_PATH = Path(__file__).with_name("cells.tcss")
    BINDINGS = bindings(frame.CELL_MATTERS)
    MARKABLE = False

    COLUMNS = (
        Column("颜色", 8, frozen=True),
        Column("余时", 12),
        Column("事项", 16, most=40),
        Column("网格", 17, most=30),
        Column("现由", 10, most=16),
        Column("种类", 8),
        Column("发现", 11),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "open": "未办",
        "late": "逾期",
        "passed": "交单位",
        "done": "已办结",
    }

    def __init__(self, code: str = EVERYWHERE) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = CellActs(self)
        self._code = code
        self._named = ""
        self._keeper: Timekeeper | None = None

    def listed(self, session: Session) -> list[CellMatterView]:  # type: ignore[override]  # of its own place
        """Return the matters of the place, in the order the store tells them; keep its rules."""
        self._keeper = session.store.timekeeper()
        with session.reading("list") as reader:
            return grid.matters_in(reader, session.now(), self._code)

    def cells(self, row: CellMatterView) -> list[Cell]:
        """Return the cells of a matter."""
        assert self.session is not None and self._keeper is not None
        keeper, now = self._keeper, self.session.now()
        colour, level = row.colour(now), 0
        if colour == "red":
            level = keeper.level(row.limit_text, row.found_at, row.due_at, now)
        state = colour_text(colour, level, self.host.symbols) if colour else "已办结"
        left = keeper.remaining(row.limit_text, row.due_at, now)
        return [
            (state, colour or "dim"),
            (left if colour else ("按时办结" if row.on_time else "逾期办结"), ""),
            (MASKED.text(row.title), ""),
            (row.near, ""),
            (row.holder, ""),
            (row.kind_name, "dim"),
            (f"{keeper.local(row.found_at):%m-%d %H:%M}", "dim"),
        ]

    def kinds_of(self, row: CellMatterView) -> list[str]:
        """Return whether a matter is open, late, a unit's, or done."""
        assert self.session is not None
        if row.done_at is not None:
            return ["done"]
        late = ["late"] if self.session.now() > row.due_at else []
        return ["open", *late, *(["passed"] if row.unit_id is not None else [])]

    def aside(self) -> str:
        """Return what place is shown; that these are no appeals."""
        return f"    只看{self._named}" if self._named else "    不算诉求，不进排名"

    def narrowed(self) -> bool:
        """Return whether one kind or one place alone is wanted."""
        return super().narrowed() or bool(self._named)

    def step_back(self) -> bool:
        """Give up the large pane, the kind, then the place."""
        if super().step_back():
            return True
        if not self._named:
            return False
        self._show_place(EVERYWHERE, "")
        return True

    def resumed(self) -> None:
        """Read again: another screen may have changed them."""
        self.action_refresh()

    def read_paper(self) -> None:
        """Show the matter under the cursor; all of it is at hand."""
        row, pane = self.current, self.query_one(PaperPane)
        if row is not None and pane.display and self._keeper is not None:
            pane.put(matter_page(row, pane.room, self._keeper, self.host.symbols.rule))
            pane.scroll_home(animate=False)

    # acts

    def action_note_matter(self, kind: str) -> None:
        """Note a matter, of the cell under the cursor unless another is typed."""
        row = self.current
        self._acts.note(kind, "" if row is None else row.code)

    def action_finish_matter(self) -> None:
        """Finish the matter under the cursor."""
        if (one := self._unfinished()) is not None:
            self._acts.finish(one)

    def action_pass_up(self) -> None:
        """Pass the matter under the cursor up one level."""
        if (one := self._unfinished()) is not None:
            self._acts.pass_up(one)

    def action_place(self) -> None:
        """Ask for the one place that is to be shown."""

        def said(word: str) -> None:
            def meant(code: str) -> None:
                self._show_place(code, word)

            self.question(partial(_place, word=word), meant)

        self.ask(Asking("只看一处", "区、街道、社区、网格的代码或名称"), said)

    def action_export(self) -> None:
        """Write what is shown."""
        shown = [row for row in self.every if self._is(row, self._wanted)]
        if shown:
            self._acts.export(shown)
        else:
            self.told("没有可导出的网格事项", warning=True)

    def _show_place(self, code: str, named: str) -> None:
        self._code, self._named = code, named
        self.action_refresh()

    def _unfinished(self) -> CellMatterView | None:
        row = self.current
        if row is not None and row.done_at is not None:
            self.told(f"网格事项#{row.id} 已办结", warning=True)
            return None
        return row


def _place(session: Session, word: str) -> str:
    with session.reading("act") as reader:
        return place_meant(reader, word)


def matter_page(row: CellMatterView, width: int, keeper: Timekeeper, rule: str) -> Content:
    """Return a matter as the pane shows it, in so many cells."""
    sheet, local = Sheet(width, rule), keeper.local
    sheet.line((MASKED.text(row.title), Sheet.STRONG))
    sheet.fact("种类", f"{row.kind_name}（不算诉求，不进任何率和排名）")
    sheet.fact("网格", f"{row.place} {row.code}")
    sheet.fact("现由", row.holder)
    sheet.fact("发现", f"{local(row.found_at):%Y-%m-%d %H:%M}")
    sheet.fact("期限", short_due(local(row.due_at)))
    sheet.text(MASKED.text(row.content))
    if row.passed_at is not None:
        sheet.heading("上报")
        sheet.line(f"{local(row.passed_at):%m-%d %H:%M} 到{row.holder}，期限不变")
        sheet.line(MASKED.text(row.passed_why or ""))
    if row.done_at is not None:
        sheet.heading("结果")
        kept = "按时" if row.on_time else "逾期"
        sheet.line(f"{local(row.done_at):%m-%d %H:%M} 办结，{kept}")
        sheet.line(MASKED.text(row.result or ""))
    else:
        sheet.line("")
        keys = "c 办结 · u 撤销" if row.unit_id else "c 办结 · p 办不了上报一级 · u 撤销"
        sheet.line((keys, Sheet.DIM))
    return sheet.content()
