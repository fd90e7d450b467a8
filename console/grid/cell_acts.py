"""What can be done with matters of cells: each act asks for one line, then works."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.frame import FullScreen, Session, exports_dir
from console.grid.cell_facts import place_meant, write_matters
from console.widgets import Asking
from models import grid
from rules.errors import Refused
from rules.grid import MATTER_KINDS

if TYPE_CHECKING:
    from models.grid import CellMatterView


class CellActs:
    """The acts of the screen of matters of cells."""

    def __init__(self, screen: FullScreen) -> None:
        """``screen`` shows the questions and runs the work."""
        self._screen = screen

    def note(self, kind: str, code: str, typed: str = "") -> None:
        """Ask where and what; ``code`` stands in the field already."""

        def said(line: str) -> None:
            def act(session: Session) -> str:
                place, _, title = line.strip().partition(" ")
                if not title.strip():
                    raise Refused("先写网格再写事项，中间空一格，例如 第3网格 楼道堆物")
                with session.reading("act") as reader:
                    cell = place_meant(reader, place, cells=True)
                made = grid.note_matter(session.store, cell, title, kind=kind)
                return f"已登记{made.kind_name}#{made.id} {made.place} · u 撤销"

            self._screen.work(act, partial(self.note, kind, code, line))

        prompt = "网格的代码或名称，空一格，是什么事：420111005012003 楼道堆物"
        value = typed or (f"{code} " if code else "")
        self._screen.ask(Asking(f"登记{MATTER_KINDS[kind]}", prompt, value=value), said)

    def finish(self, one: CellMatterView, typed: str = "") -> None:
        """Ask what came of it."""

        def said(result: str) -> None:
            def act(session: Session) -> str:
                grid.finish_matter(session.store, one, result)
                return f"网格事项#{one.id} 已办结 · u 撤销"

            self._screen.work(act, partial(self.finish, one, result))

        title = f"办结：{one.place} {one.title}"
        self._screen.ask(Asking(title, "办成什么样", value=typed), said)

    def pass_up(self, one: CellMatterView) -> None:
        """Pass it up one level at once."""

        def act(session: Session) -> str:
            up = grid.pass_up(session.store, one)
            whose = f"交{up.unit}办理，进督办队列" if up.unit else f"现由{up.holder}办理"
            return f"网格事项#{up.id} 已上报：{whose}，期限不变 · u 撤销"

        self._screen.work(act)

    def export(self, rows: list[CellMatterView]) -> None:
        """Write what is shown as the file that cells report in."""

        def act(session: Session) -> str:
            stamp = session.store.timekeeper().local(session.now())
            folder = exports_dir()
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"网格表-{stamp:%Y%m%d-%H%M%S}.xlsx"
            write_matters(session.store, path, rows)
            return f"已导出{len(rows)}件：{path} · 同 duban cell export"

        self._screen.work(act)
