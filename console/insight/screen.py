"""F6: what is new, rises, repeats or crosses, each with its curve and its appeals beside it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from console import frame
from console.campaigns import offer_campaign
from console.casework import CaseworkScreen, Chosen, Which, chosen_rows
from console.frame import Session, bindings
from console.insight.finding_acts import FindingActs
from console.insight.finding_page import TICKET, FindingPage
from console.insight.found_list import (
    COLUMNS,
    KINDS,
    Looked,
    Stretch,
    cells,
    look,
    reader_of,
)
from console.reports import offer_report
from console.widgets import FigurePage, FilterBar, ListScreen, Picking, VirtualTable
from models import insight, reports, views

if TYPE_CHECKING:
    from models.insight import AppealLine, FindingView, ProblemNow, Share
    from models.store import Reader

ROOMY = 100
"""Cells from which the finding stands beside the list."""

FIRST = 30
"""Appeals that are told one by one."""


class InsightScreen(ListScreen["FindingView"], CaseworkScreen):
    """F6: 民情."""

    TITLE = "民情"
    EMPTY = "没有新的、上升的、重复的或跨渠道跨区的问题 · - 看上一周"
    CSS_PATH = Path(__file__).with_name("insight.tcss")
    BINDINGS = bindings(frame.INSIGHT)
    MARKABLE = False
    READS = frozenset({"insight"})

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._stretch = Stretch()
        self._kind = ""
        self._typed = ""
        self._run = 0
        self._looked: Looked | None = None
        self._page: FindingPage | None = None
        self._acts = FindingActs(self, self._present)

    def body(self) -> ComposeResult:
        """Lay out the days looked at, the kinds, the list and the finding."""
        yield Static("", id="stretch", markup=False)
        yield Static("", id="chips", markup=False)
        yield FilterBar("名称、关键词、单位、渠道或区")
        with Horizontal(id="panes"):
            yield self.list_of(COLUMNS, cells)
            yield FigurePage(id="finding")

    # reading

    def begin(self, session: Session) -> None:
        """Look at the last days."""
        self.action_refresh()

    def resumed(self) -> None:
        """Look again: another screen may have changed what is known of a problem."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Look again at the same days."""
        self._run += 1
        stretch = self._stretch
        self.fetch("insight", lambda session: look(session, stretch), self._came(stretch))

    def _came(self, stretch: Stretch) -> partial[None]:
        return partial(self._found, self._run, stretch)

    def _found(self, run: int, stretch: Stretch, looked: Looked) -> None:
        if run != self._run or self.session is None:
            return
        self._looked = looked
        self.facts(looked.now.astimezone(self.session.bureau.zone))
        self._list()

    def action_period(self, by: int) -> None:
        """Go a week back, or forward up to the last days."""
        back = self._stretch.back - by
        if back < 0:
            self.say("已是最近几天")
            return
        self._stretch = Stretch(back)
        self.table.state = "reading"
        self.action_refresh()

    def action_kind(self, kind: str) -> None:
        """Show one kind of finding, or all."""
        self._kind = kind
        self._list()

    def filtered(self, text: str) -> str:
        """Show what a typed filter leaves; every word can be understood."""
        if text != self._typed:
            self._typed = text
            self._list()
        return ""

    def narrowed(self) -> bool:
        """Return whether less than everything is wanted."""
        return bool(self._kind) or super().narrowed()

    def _list(self) -> None:
        if self._looked is None:
            return
        kept = KINDS.get(self._kind)
        rows = {one.id: one for one in self._meant() if kept is None or kept.keeps(one)}
        self.table.show(array("q", rows), rows)
        self._head()
        self._chips()
        if not rows:
            self._blank()

    def _meant(self) -> list[FindingView]:
        """Return the findings that what is typed leaves."""
        assert self._looked is not None
        means = reader_of(self._typed)
        return [one for one in self._looked.found.findings if means(one)]

    def _head(self) -> None:
        assert self._looked is not None
        found = self._looked.found
        told = f"{self._looked.label} · {found.appeals:,}件诉求 · 比对{found.watched:,}项"
        if found.known_from is not None:
            told += f" · 数据自{found.known_from:%Y-%m-%d}起，不足四周的不判上升"
        self.query_one("#stretch", Static).update(Text(told, "dim", no_wrap=True))

    def _chips(self) -> None:
        if self._looked is None:
            return
        left = self._meant()
        line = Text(no_wrap=True, overflow="crop")
        for digit, (kind, kept) in enumerate(KINDS.items(), 1):
            count = sum(1 for one in left if kept.keeps(one))
            space = "" if self.size.width < ROOMY else " "
            look = "reverse" if kind == self._kind else ""
            line.append(f"{digit}{space}{kept.word} {count}", look).append("  " + 2 * space)
        line.append(f"0 全部 {len(left)}", "" if self._kind else "reverse")
        self.query_one("#chips", Static).update(line)

    # the finding under the cursor

    @on(VirtualTable.Moved)
    def _moved(self) -> None:
        self._show()
        self.rest(self._read_appeals)

    def on_resize(self, event: events.Resize) -> None:
        """Show the finding beside the list where there is room."""
        self.set_class(event.size.width >= ROOMY, "-roomy")
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        self._chips()
        self._show()
        self.rest(self._read_appeals)

    def _blank(self) -> None:
        self._page = None
        self.query_one(FigurePage).put(Content(""))

    def _show(self, lines: Sequence[AppealLine] | None = None) -> None:
        """Write the finding under the cursor, with its appeals once they are read."""
        pane, finding = self.query_one(FigurePage), self.current
        if finding is None or self.session is None:
            self._blank()
            return
        if not pane.display:
            return
        width = max(24, pane.scrollable_content_region.width)
        page = FindingPage(finding, width, self.host.symbols)
        if lines is not None:
            page.appeals(lines, self.session.bureau.zone)
        self._page = page
        pane.show(page.sheet)

    def _read_appeals(self) -> None:
        finding = self.current
        if finding is None or not self.query_one(FigurePage).display:
            return
        newest = finding.ticket_ids[-FIRST:]

        def read(session: Session) -> tuple[AppealLine, ...]:
            masking = session.store.policy.privacy.on_screen
            with session.reading("appeals") as reader:
                return insight.appeal_lines(reader, newest, masking)

        def came(lines: tuple[AppealLine, ...]) -> None:
            if self.current is finding:
                self._show(lines)

        self.fetch("appeals", read, came)

    @on(VirtualTable.Opened)
    def _opened(self) -> None:
        if (finding := self._seen()) is not None:
            self._open_appeals(finding.name, finding.ticket_ids)

    @on(FigurePage.Opened)
    def _figure_opened(self, news: FigurePage.Opened) -> None:
        if self._page is None or self.current is None:
            return
        if news.opens.startswith(TICKET):
            self.host.open_ticket(int(news.opens.removeprefix(TICKET)))
        else:
            ids = self._page.behind[news.opens]
            self._open_appeals(f"{self.current.name} · {news.opens}", ids)

    def _open_appeals(self, origin: str, ids: Sequence[int]) -> None:
        def given(reader: Reader) -> Sequence[int]:
            return views.matter_ids(reader, ids)

        self.host.open_matters(f"民情 · {origin}", given)

    def action_zoom(self) -> None:
        """Give the finding the whole width, and take it back."""
        self.toggle_class("-zoomed")
        zoomed = self.has_class("-zoomed")
        (self.query_one(FigurePage) if zoomed else self.table).focus()
        self.call_after_refresh(self._show)
        self.rest(self._read_appeals)

    def step_back(self) -> bool:
        """Give up, one after the other: the large finding, the filter, the kind."""
        if self.has_class("-zoomed"):
            self.action_zoom()
        elif self.query_one(FilterBar).clear():
            self.table.focus()
            self.filtered("")
        elif self._kind:
            self.action_kind("")
        else:
            return False
        return True

    # acts

    def _seen(self) -> FindingView | None:
        """Return the finding under the cursor as it stood painted when the key was pressed."""
        found: FindingView | None = self.table.painted(self.table.current, self.host.pressed_at)
        return found

    def which(self) -> Which:
        """Return the open appeals of the finding under the cursor."""
        finding = self._seen()
        return Which(0, lambda session: []) if finding is None else _of(finding.ticket_ids)

    def action_draft(self) -> None:
        """Draft a paper on the finding's appeals to one of its units."""
        finding = self._seen()
        if finding is None:
            return
        units = [(share, f"{share.name} {len(share.ticket_ids)}件") for share in finding.units]
        if not units:
            self.say("这些诉求还没有派单：派出以后才能对承办单位拟督办单")
            return
        self.ask(Picking(f"{finding.name} · 拟给哪个单位", units), self._draft_to)

    def _draft_to(self, share: Share) -> None:
        self.question(_of(share.ticket_ids).read, self._confirm_draft)

    def action_gather(self) -> None:
        """Put the finding's appeals under a campaign that runs."""
        if (finding := self._seen()) is not None:
            offer_campaign(self, finding.ticket_ids)

    def action_report(self) -> None:
        """Draft a 民情专报 on the problem under the cursor, or on a finding's appeals."""
        if (finding := self._seen()) is None:
            return
        problem = finding.problem
        about = (
            reports.About(ticket_ids=finding.ticket_ids)
            if problem is None
            else reports.About(problem_id=problem.id)
        )
        offer_report(self, about, finding.name)

    def action_problem(self, act: str) -> None:
        """Decide on the problem under the cursor."""
        if (finding := self._seen()) is not None:
            self._acts.take(act, finding)

    def _present(self, one: ProblemNow) -> ProblemNow | None:
        """Return a problem as it is listed now."""
        found = self._looked.found.findings if self._looked is not None else ()
        now = (finding.problem for finding in found)
        return next((other for other in now if other is not None and other.id == one.id), None)

    def refused(self) -> None:
        """Show what is true now."""
        self.action_refresh()

    def acted(self) -> None:
        """Show what an act changed."""
        self.action_refresh()

    def done(self) -> None:
        """Look again."""
        self.action_refresh()


def _of(ticket_ids: Sequence[int]) -> Which:
    """Return those of some appeals that are open."""

    def read(session: Session) -> list[Chosen]:
        with session.store.reading() as reader:
            ids = [id for id in views.matter_ids(reader, ticket_ids) if id > 0]
        return chosen_rows(session, ids, {})

    return Which(len(ticket_ids), read)
