"""走访: a month of visits, beside them what was told, what is left to do, the community's month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from console.frame import VISITS, Session, bindings, colour_text
from console.orders import KindList
from console.visits.month_page import beside, month_of, span_of
from console.visits.visit_acts import VisitActs
from console.visits.visit_page import ToldVisit, colour_at, visit_page
from console.widgets import Cell, Column
from models import visits

if TYPE_CHECKING:
    from models.visits import VisitView


class VisitsScreen(KindList["VisitView"]):
    """The visits of a month."""

    TITLE = "走访"
    EMPTY = "这个月没有走访：按 n 安排，或用 duban visit load 导入；按 - = 换月"
    CSS_PATH = Path(__file__).with_name("visits.tcss")
    BINDINGS = bindings(VISITS)
    MARKABLE = False

    COLUMNS = (
        Column("状态", 8, frozen=True),
        Column("时间", 11),
        Column("社区", 14, most=30),
        Column("单位", 10, most=20),
        Column("诉求", 6),
        Column("任务", 12),
        Column("服务", 12, most=40),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "to_go": "待走访",
        "untold": "未登记",
        "left": "有任务在办",
    }

    def __init__(self) -> None:
        """The month is the present one, as soon as there is a session."""
        super().__init__()
        self._acts = VisitActs(self)
        self._month: date | None = None

    @property
    def month(self) -> date:
        """The first day of the month that is shown."""
        if self._month is None:
            assert self.session is not None
            self._month = month_of(self.session.now().astimezone(self.session.bureau.zone).date())
        return self._month

    def cells(self, row: VisitView) -> list[Cell]:
        """Return the cells of a visit."""
        assert self.session is not None
        now, zone = self.session.now(), self.session.bureau.zone
        state, colour = row.state(now), colour_at(row, now)
        left = colour_text(colour, 0, self.host.symbols) if colour else ""
        tasks = f"{row.tasks - row.undone}/{row.tasks} {left}" if row.tasks else ""
        look = {"未登记": "yellow", "待走访": ""}.get(state, "dim")
        return [
            (state, look),
            (f"{row.at.astimezone(zone):%m-%d %H:%M}", ""),
            (row.community, ""),
            (row.unit, ""),
            (f"{row.open}/{row.appeals}" if row.appeals else "", ""),
            (tasks, colour or "dim"),
            ("、".join(row.services.splitlines()), "dim"),
        ]

    def kinds_of(self, row: VisitView) -> list[str]:
        """Return whether a visit is to come, was not told of, or left something to do."""
        assert self.session is not None
        state = row.state(self.session.now())
        found = {"待走访": ["to_go"], "未登记": ["untold"]}.get(state, [])
        return [*found, "left"] if row.undone else found

    def aside(self) -> str:
        """Return which month is shown."""
        return "" if self.session is None else f"    {self.month:%Y年%m月}"

    def action_refresh(self) -> None:
        """Read the month again; cursor stays where it is."""
        self._run += 1
        month = self.month
        self.fetch("list", partial(_month, month=month), partial(self._show, self._run))

    def action_month(self, by: int) -> None:
        """Go to the month before or after."""
        self._month = beside(self.month, by)
        self.action_refresh()

    def go_to(self, kind: str, id: int) -> None:
        """Put the cursor on a visit, or on that which left a task, in its month."""

        def found(visit: VisitView | None) -> None:
            if visit is not None and self.session is not None:
                self._month = month_of(visit.at.astimezone(self.session.bureau.zone).date())
                self._sought = ("visit", visit.id)
                self.action_refresh()

        self.fetch("seek", partial(_sought, kind=kind, id=id), found)

    def resumed(self) -> None:
        """Read again: another screen may have moved on what was told."""
        self.action_refresh()

    def read_paper(self) -> None:
        """Show the visit under the cursor, as far as it is still that one when it is read."""
        if (row := self.current) is None:
            return

        def drawn(told: ToldVisit, session: Session, room: int) -> Content:
            return visit_page(told, room, self.host.symbols, session.now(), session.bureau.zone)

        self.show_beside(row.id, partial(_told, row=row, month=self.month), drawn)

    # acts

    def action_plan_visit(self) -> None:
        """Let an organ go to a community."""
        self._acts.plan()

    def action_hold_visit(self) -> None:
        """Tell of the visit under the cursor, or of one that nobody had planned."""
        self._acts.hold(self.current)

    def action_collect(self) -> None:
        """Register what a resident told on the visit under the cursor."""
        if (one := self.current) is not None:
            self._acts.collect(one)

    def action_visit_task(self) -> None:
        """Set a unit a task that the visit left."""
        if (one := self.current) is not None:
            self._acts.task(one)

    def action_finish_task(self) -> None:
        """Record what came of a task."""
        if (one := self.current) is not None:
            self._acts.finish(one)

    def action_cancel_visit(self) -> None:
        """Call the visit under the cursor off."""
        if (one := self.current) is not None:
            self._acts.cancel(one)

    def action_appeals(self) -> None:
        """Open the appeals that were told on the visit under the cursor."""
        if (row := self.current) is not None:
            self.open_appeals(f"走访#{row.id} · {row.place}", partial(_appeal_ids, id=row.id))


def _month(session: Session, month: date) -> list[VisitView]:
    with session.reading("list") as reader:
        return visits.visits_in(reader, *span_of(month, session.bureau.zone))


def _sought(session: Session, kind: str, id: int) -> VisitView | None:
    if kind not in ("visit", "visit_task"):
        return None
    with session.reading("seek") as reader:
        visit_id = visits.visit_task_of(reader, id).visit_id if kind == "visit_task" else id
        return visits.visit_of(reader, visit_id)


def _told(session: Session, row: VisitView, month: date) -> ToldVisit:
    masking = session.store.policy.privacy.on_screen
    with session.reading("paper") as reader:
        return ToldVisit(
            visits.visit_of(reader, row.id),
            visits.visit_tasks(reader, row.id),
            visits.visit_appeals(reader, row.id, masking),
            month,
            visits.visits_in(reader, *span_of(month, session.bureau.zone), row.code),
        )


def _appeal_ids(session: Session, id: int) -> list[int]:
    masking = session.store.policy.privacy.on_screen
    with session.reading("act") as reader:
        return [one.id for one in visits.visit_appeals(reader, id, masking)]
