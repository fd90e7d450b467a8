"""The queue screen: what is supervised, its counters, what came and what changes meanwhile."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console import widgets
from console.frame import QUEUE, Session, bindings
from console.views.queue.bars import Counters, Figures, States
from console.views.queue.choices import BOTH, PAST, ChosenQueue
from console.views.queue.columns import CHIPS
from console.views.queue.news import Look, came_since, look, newly, since_told, told
from console.views.queue.snapshot import ListReader, View
from console.widgets import FilterBar
from rules.casework import QUEUE_STATES
from rules.clocks import short_instant

if TYPE_CHECKING:
    from models.views import Since

WATCH = 5
"""Seconds between two looks at whether somebody else has changed what the list shows."""

TURNS = 6
"""Looks after which the queue is counted whatever anybody did: time alone turns colours."""


class QueueScreen(ChosenQueue):
    """F2: the supervision queue."""

    TITLE = "督办队列"
    EMPTY = "没有在办的 · F9 看待办 · 7 8 9 S 看其他状态"
    BINDINGS = bindings(QUEUE)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._since: Since | None = None
        self._news = ""
        self._looks: list[Look] = []
        self._looked = 0

    def head(self) -> ComposeResult:
        """Lay out the counters, with the signs this terminal can draw, and the states."""
        counters = Counters()
        counters.symbols = self.host.symbols
        yield counters
        yield States()

    def nothing(self) -> str:
        """Return what stands where there is no matter."""
        state = self._view.filter.state
        if self.table.state == "read" and state != "open" and not self.narrowed():
            return f"没有{QUEUE_STATES[state]}的 · 0 回到在办"
        if self._found_nothing():
            return "没有符合的 · Esc 去掉筛选 · 回车到已办结、单位、督办单里找"
        return super().nothing()

    def _found_nothing(self) -> bool:
        """Return whether nothing in this state has the words that are typed."""
        return self.table.state == "read" and not self.table.ids and bool(self._typed.filter.text)

    def typed(self) -> None:
        """Put the hand on the list; where it has nothing, look everywhere."""
        super().typed()
        shown = self.understood(self.query_one(FilterBar).text) == self._typed
        if shown and self._found_nothing():
            self.host.action_palette(self._typed.filter.text)

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list, that of my units if I have any, and what came since I last left."""
        self._mine = bool(session.bureau.mine)
        super().begin(session)
        self.fetch("since", came_since, self._came_since)
        self.set_interval(WATCH, self._watch)

    def action_refresh(self) -> None:
        """Take a new snapshot; what came since the last visit has been told by then."""
        self._news = ""
        super().action_refresh()

    def wanted(self) -> View:
        """Return what is typed and chosen, and show what that is."""
        view = super().wanted()
        filter = view.filter
        counters = self.query_one(Counters)
        counters.chosen, counters.coloured = filter.colour, filter.state not in PAST
        states = self.query_one(States)
        states.chosen, states.days = filter.state, filter.days
        return view

    def counted(self) -> None:
        """Show the counters, and what is asked of a place."""
        counted = self._counted
        assert counted is not None
        self.query_one(Counters).counts = counted.counts
        self._looks = [Look(counted.trail, 0, counted.counts[0], monotonic())]
        self.say(counted.place or self._news)
        self._say_folded()

    @on(ListReader.Stated)
    def _came_stated(self, news: ListReader.Stated) -> None:
        if news.run == self._run:
            self.query_one(States).counts = news.states

    @on(Figures.Taken)
    def _figure_taken(self, news: Figures.Taken) -> None:
        self.table.focus()
        if news.name in QUEUE_STATES:
            self._state_or_period(news.name)
        else:
            self.action_colour(news.name)

    # what changes while the list stands still

    def _watch(self) -> None:
        if not (self.is_current and self._looks) or self.query_one(FilterBar).typing:
            return
        self._looked += 1
        view, read_at = self._view, self._looks[0].trail
        last = self._looks[-1].trail if self._looked % TURNS else None
        self.fetch(
            "watch",
            lambda session: look(session, view, read_at, last),
            partial(self._seen_again, self._run),
        )

    def _seen_again(self, run: int, now: Look | None) -> None:
        if run != self._run or now is None:
            return
        line = told(self._looks[0], now, self._looks[-1])
        self._looks = [self._looks[0], now]
        if line:
            self.say(line)

    # what came since the last visit

    def _came_since(self, since: Since | None) -> None:
        self._since = since
        if since is not None and self._left_at is not None:
            self._news = since_told(since, self._left_at)
            self.say(self._news)

    @property
    def _left_at(self) -> datetime | None:
        left = self.session.bureau.left_at if self.session is not None else None
        return None if left is None else self._local(left)

    def action_since(self) -> None:
        """Offer what came since the last visit."""
        since, left = self._since, self._left_at
        if since is None or left is None:
            self.say("这是您第一次打开，还没有“上次离开”：下次来时再看")
            return
        steps = [
            ("red", f"新红 {since.red:,}件"),
            ("yellow", f"新黄 {since.yellow:,}件"),
            ("desk", f"反馈 {since.feedback:,}件 · 到待办台"),
            ("ranking", f"异议 {since.objection:,}件 · 到排名"),
        ]
        self.ask(
            widgets.StepMenu(f"自上次离开（{short_instant(left)}）以来", steps), self._open_since
        )

    def _open_since(self, chosen: str) -> None:
        if chosen in ("desk", "ranking"):
            self.host.action_open(chosen)
            return
        session = self.session
        assert session is not None
        word = {"red": "新红", "yellow": "新黄"}[chosen]
        self.host.open_matters(f"上次离开以来 · {word}", partial(newly, session, chosen))

    # what is said about the list

    def listed(self) -> None:
        """Show how many there are of all, and in which order."""
        if self._counted is None:
            return
        counters, view = self.query_one(Counters), self._view
        total = self._counted.counts[1].total
        listed = len(self.table.ids)
        chip = f"只看{CHIPS[view.filter.colour]}" if view.filter.colour else ""
        share = f"{listed:,}/{total:,}件" if listed != total else f"{total:,}件"
        order = (
            self.ordered if self.sorted_by in BOTH else PAST.get(view.filter.state, self.ordered)
        )
        counters.aside = tuple(part for part in (chip, share, f"按{order}") if part)

    def _say_folded(self) -> None:
        assert self._counted is not None
        folded, view = self._counted.counts[0].folded, self._view
        plain = view.filter.colour is None and view.filter.state == "open"
        shown = bool(folded) and view.order == "banded" and plain
        signs = self.host.symbols
        line = self.query_one("#folded", Static)
        line.display = shown
        sign, state, key = (
            (signs.unfold, "已展开，排在最后", "f 收起")
            if view.unfold
            else (signs.fold, "（转红超过30个工作日）未列出", "f 展开")
        )
        line.update(f" {sign} 历史积案 {folded:,} 件{state}{signs.separator}{key}")

    def about(self) -> str:
        """Return what the list is called."""
        wanted = self._view.filter
        state = QUEUE_STATES[wanted.state] if wanted.state != "open" else ""
        period = f"{wanted.days}天内" if wanted.state in PAST else ""
        chip = CHIPS.get(wanted.colour or "", "")
        return " ".join(part for part in (self.TITLE, f"{state}{period}", chip) if part)
