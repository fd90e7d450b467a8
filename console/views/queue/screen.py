"""The queue screen: the list of what is supervised, its counters, colours and old matters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from console.frame import QUEUE, Session, bindings
from console.views.queue.bars import Counters, Figures, States
from console.views.queue.columns import CHIPS
from console.views.queue.matters import MattersList
from console.views.queue.snapshot import ListReader, View, count_again
from console.widgets import StepMenu
from rules.casework import QUEUE_STATES

if TYPE_CHECKING:
    from models.views import QueueCounts


MONTH = 30
"""Days back to which the states of the past are listed at first."""

PERIODS = (7, 30, 90, 365)

PAST = {"unsatisfied": "评价先后", "closed": "办结先后"}
"""The states of which a period is listed, in which nothing has a colour; how they are ordered."""

BOTH = ("received", "number", "unit")
"""The orders that what is closed has too."""

WATCH = 30
"""Seconds between two looks at whether the list is still what the store holds."""


class QueueScreen(MattersList):
    """F2: the supervision queue."""

    TITLE = "督办队列"
    BINDINGS = bindings(QUEUE)

    def __init__(self) -> None:
        """Nothing is read before there is a session."""
        super().__init__()
        self._colour: str | None = None
        self._state = "open"
        self._days = MONTH

    def head(self) -> ComposeResult:
        """Lay out the counters, with the signs this terminal can draw, and the states."""
        counters = Counters()
        counters.symbols = self.host.symbols
        yield counters
        yield States()

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list, and keep an eye on the store from now on."""
        super().begin(session)
        self.set_interval(WATCH, self._watch)

    def wanted(self) -> View:
        """Return what is typed, in the colour and the state that a key has chosen beside it."""
        view = super().wanted()
        typed = view.filter
        filter = replace(
            typed,
            colour=typed.colour or self._colour,
            state=typed.state if typed.state != self.START.state else self._state,
            days=self._days,
        )
        counters = self.query_one(Counters)
        counters.chosen, counters.coloured = filter.colour, filter.state not in PAST
        states = self.query_one(States)
        states.chosen, states.days = filter.state, filter.days
        return replace(view, filter=filter)

    def _watch(self) -> None:
        view, differs = self._view, partial(self._differs, self._run)
        if self.is_current and self._counted is not None:
            self.fetch("watch", lambda session: count_again(session, view), differs)

    def counted(self) -> None:
        """Show the counters, and what is asked of a place."""
        assert self._counted is not None
        self.query_one(Counters).counts = self._counted.counts
        self.say(self._counted.place)
        self._say_folded()

    def _differs(self, run: int, now: QueueCounts) -> None:
        if run != self._run or self._counted is None:
            return
        shown = self._counted.counts[0]
        changes = (
            ("红", now.red - shown.red),
            ("黄", now.yellow - shown.yellow),
            ("共", now.total - shown.total),
        )
        told = " ".join(f"{word}{change:+d}" for word, change in changes if change)
        if told:
            self.say(f"有变化：{told} · 按 r 刷新")

    @on(ListReader.Stated)
    def _came_stated(self, news: ListReader.Stated) -> None:
        if news.run == self._run:
            self.query_one(States).counts = news.states

    # colour, state, old matters

    def action_colour(self, colour: str) -> None:
        """Show one colour of what runs, or all that runs."""
        self._colour = colour or None
        if not colour or self._state in PAST:
            self._state = "open"
        self._untype(colour=True, state=True)
        self.read(fresh=True)

    def action_state(self, state: str) -> None:
        """Show what a state holds; once more, what runs."""
        self._state = "open" if state == self._view.filter.state else state
        if self._state in PAST:
            self._colour = None
        self._untype(colour=self._state in PAST, state=True)
        self.read(fresh=True)

    def _untype(self, *, colour: bool, state: bool) -> None:
        """Let a key have the last word over what was typed before."""
        typed = self._typed.filter
        filter = replace(
            typed,
            colour=None if colour else typed.colour,
            state=self.START.state if state else typed.state,
        )
        self._typed = replace(self._typed, filter=filter)

    def action_states(self) -> None:
        """Offer the states, and for how long back those of the past are listed."""
        periods = [(f"days {days}", f"不满意、已办结看{days}天内") for days in PERIODS]
        self.ask(StepMenu("看哪些", [*QUEUE_STATES.items(), *periods]), self._state_or_period)

    def _state_or_period(self, chosen: str) -> None:
        _, _, days = chosen.partition("days ")
        if not days:
            self._state = "open"
            self.action_state(chosen)
            return
        self._days = int(days)
        if self._view.filter.state not in PAST:
            self._state = "closed"
        self.read(fresh=True)

    @on(Figures.Taken)
    def _figure_taken(self, news: Figures.Taken) -> None:
        self.table.focus()
        if news.name in QUEUE_STATES:
            self._state_or_period(news.name)
        else:
            self.action_colour(news.name)

    def action_fold(self) -> None:
        """Unfold the old matters, or fold them again."""
        self._view = replace(self._view, unfold=not self._view.unfold)
        self.read(fresh=True)

    def unfilter(self) -> bool:
        """Give up, one after the other: what is typed, the colour, the state."""
        if super().unfilter():
            return True
        if self._colour is not None:
            self._colour = None
        elif self._state != "open":
            self._state = "open"
        else:
            return False
        return True

    # what is said about the list

    def listed(self) -> None:
        """Show how many there are of all, and in which order."""
        if self._counted is None:
            return
        counters, view = self.query_one(Counters), self._view
        total = self._counted.counts[1].total
        listed = len(self.table.ids)
        chip = f"只看{CHIPS[view.filter.colour]} " if view.filter.colour else ""
        share = f"{listed:,}/{total:,}件" if listed != total else f"{total:,}件"
        order = (
            self.ordered if self.sorted_by in BOTH else PAST.get(view.filter.state, self.ordered)
        )
        counters.aside = f"{chip}{share} 按{order}"

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
