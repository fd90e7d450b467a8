"""The queue screen: the list of what is supervised, its counters, colours and old matters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from console.frame import QUEUE, Session, bindings
from console.views.queue.bars import Counters
from console.views.queue.columns import CHIPS
from console.views.queue.matters import MattersList
from console.views.queue.snapshot import View, count_again

if TYPE_CHECKING:
    from models.views import QueueCounts


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

    def head(self) -> Counters:
        """Return the counters, with the signs this terminal can draw."""
        counters = Counters()
        counters.symbols = self.host.symbols
        return counters

    # reading the list

    def begin(self, session: Session) -> None:
        """Read the list, and keep an eye on the store from now on."""
        super().begin(session)
        self.set_interval(WATCH, self._watch)

    def wanted(self) -> View:
        """Return what is typed, in the colour of the last digit or in that which is typed."""
        view = super().wanted()
        filter = replace(view.filter, colour=self._colour or view.filter.colour)
        self.query_one(Counters).colour = filter.colour
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

    # colour, order, old matters

    def action_colour(self, colour: str) -> None:
        """Show one colour, or all."""
        self._colour = colour or None
        if not colour and self._typed.filter.colour:
            self._typed = replace(self._typed, filter=replace(self._typed.filter, colour=None))
        self.read(fresh=True)

    def action_fold(self) -> None:
        """Unfold the old matters, or fold them again."""
        self._view = replace(self._view, unfold=not self._view.unfold)
        self.read(fresh=True)

    def unfilter(self) -> bool:
        """Take the typed filter away, or else the colour; return whether there was one."""
        typed = self._typed.filter != self.START
        was = super().unfilter() or self._colour is not None
        if not typed:
            self._colour = None
        return was

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
        counters.place = f"{chip}{share} 按{self.ordered}"

    def _say_folded(self) -> None:
        assert self._counted is not None
        folded, view = self._counted.counts[0].folded, self._view
        shown = bool(folded) and view.order == "banded" and view.filter.colour is None
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
        chip = CHIPS.get(self._view.filter.colour or "", "")
        return " ".join(part for part in (self.TITLE, chip) if part)
