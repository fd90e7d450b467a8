"""专题: campaigns with their progress and colour, beside them tasks, sessions, what was moved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from console import frame
from console.campaigns.campaign_acts import CampaignActs
from console.campaigns.campaign_page import Told, campaign_page
from console.campaigns.standing import bar, colour_of_view, mark
from console.frame import Session, bindings
from console.orders import KindList
from console.widgets import Cell, Column
from models import campaigns
from rules.clocks import due_day

if TYPE_CHECKING:
    from models.campaigns import CampaignView


class CampaignsScreen(KindList["CampaignView"]):
    """Campaigns and their tasks."""

    TITLE = "专题"
    EMPTY = "没有专题：按 n 设立，或在规则里写 campaign 自动归集"
    CSS_PATH = Path(__file__).with_name("campaigns.tcss")
    BINDINGS = bindings(frame.CAMPAIGNS)
    MARKABLE = False

    COLUMNS = (
        Column("颜色", 8, frozen=True),
        Column("专题", 18, most=40),
        Column("进度", 15),
        Column("任务", 9),
        Column("诉求", 11),
        Column("牵头", 10, most=20),
        Column("期限", 10),
    )
    FILTERS: ClassVar[Mapping[str, str]] = {
        "running": "进行中",
        "late": "有逾期",
        "closed": "已结项",
    }

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._acts = CampaignActs(self)

    def cells(self, row: CampaignView) -> list[Cell]:
        """Return the cells of a campaign."""
        assert self.session is not None
        now, zone = self.session.now(), self.session.bureau.zone
        colour = colour_of_view(row, now)
        state = "已结项" if row.closed_at else mark(row, now, self.host.symbols) or "未定期限"
        due = due_day(row.due_at.astimezone(zone)).isoformat() if row.due_at else ""
        late = f" 逾{row.late}" if row.late and not row.closed_at else ""
        return [
            (state, colour or "dim"),
            (row.name, ""),
            (bar(row.percent, self.host.symbols), ""),
            (f"{row.done}/{row.tasks}{late}", "red" if late else ""),
            (f"{row.open}/{row.tickets:,}", ""),
            (row.leader or row.lead_unit or "", ""),
            (due, "dim"),
        ]

    def kinds_of(self, row: CampaignView) -> list[str]:
        """Return whether a campaign runs, with a task that is late, or is closed."""
        if row.closed_at is not None:
            return ["closed"]
        return ["running", "late"] if row.late else ["running"]

    def holds(self, row: CampaignView, kind: str, id: int) -> bool:
        """Return whether a row is the campaign that is looked for."""
        return kind == "campaign" and row.id == id

    @staticmethod
    def listed(session: Session) -> list[CampaignView]:
        """Return every campaign, in the order the store tells them."""
        with session.reading("list") as reader:
            return campaigns.campaign_list(reader, session.now())

    def resumed(self) -> None:
        """Read again: another screen may have put appeals under a campaign."""
        self.action_refresh()

    # the campaign under the cursor

    def read_paper(self) -> None:
        """Show the campaign under the cursor, as far as it is still that one when it is read."""
        if (row := self.current) is None:
            return

        def drawn(told: Told, session: Session, room: int) -> Content:
            now, zone = session.now(), session.bureau.zone
            return campaign_page(told, room, self.host.symbols, now, zone)

        self.show_beside(row.id, lambda session: _told(session, row), drawn)

    # acts

    def action_start_campaign(self) -> None:
        """Set a campaign up."""
        self._acts.start()

    def action_task(self) -> None:
        """Set a unit a task in the campaign under the cursor."""
        if (one := self._unclosed()) is not None:
            self._acts.task(one)

    def action_progress(self) -> None:
        """Record what a unit reports of a task."""
        if (one := self._unclosed()) is not None:
            self._acts.progress(one)

    def action_session(self) -> None:
        """Record a session with a leader."""
        if (one := self._unclosed()) is not None:
            self._acts.session(one)

    def action_extend(self) -> None:
        """Let the deadline of the campaign, or of a task, be later."""
        if (one := self._unclosed()) is not None:
            self._acts.extend(one)

    def action_close_campaign(self) -> None:
        """Close the campaign under the cursor."""
        if (one := self._unclosed()) is not None:
            self._acts.close(one)

    def action_export(self) -> None:
        """Write the tasks of the campaign under the cursor, a workbook for each unit."""
        if (one := self.current) is not None:
            self._acts.export(one)

    def action_tickets(self) -> None:
        """Open the appeals of the campaign under the cursor."""
        if (row := self.current) is not None:
            self.open_appeals(f"专题 · {row.name}", partial(_appeals, id=row.id))

    def _unclosed(self) -> CampaignView | None:
        row = self.current
        if row is not None and row.closed_at is not None:
            self.told(f"专题“{row.name}”已结项，不能再改", warning=True)
            return None
        return row


def _told(session: Session, row: CampaignView) -> Told:
    masking = session.store.policy.privacy.on_screen
    with session.reading("paper") as reader:
        return Told(
            campaigns.campaign_of(reader, row.id, session.now()),
            campaigns.tasks_of(reader, row.id),
            campaigns.sessions_of(reader, row.id),
            campaigns.extensions_of(reader, row.id),
            campaigns.appeals_of(reader, row.id, masking, limit=30),
        )


def _appeals(session: Session, id: int) -> list[int]:
    masking = session.store.policy.privacy.on_screen
    with session.reading("act") as reader:
        return [one.id for one in campaigns.appeals_of(reader, id, masking, limit=5000)]
